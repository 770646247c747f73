//! A report is declared as issued under a standard that does not apply to its framework.

use crate::estate::ReportRef;
use crate::finding::{Finding, Severity};
use crate::model::{Framework, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::{attestation, national};

pub static RULE: Rule = Rule {
    name: "standard-framework-mismatch",
    since: "0.2.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "A report is declared as issued under a standard that does not apply to its framework.",
    references: &["AT-C 320", "AT-C 205", "ISAE 3402", "ISAE 3000"],
    options: &[],
    yields_to: &[],
    page: include_str!("standard_framework_mismatch.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    if !report.is_filed() || !report.assurance().is_live() {
        return None;
    }
    let body = &report.body;
    let stated = body.issued_under.known()?;
    let standards = attestation::named(&stated.value);
    if standards.is_empty() || body.also.damaged || national::countries(&stated.value).next().is_some() {
        return None;
    }
    let framework = *body.framework.known()?;
    let frameworks = std::iter::once(framework).chain(body.also.iter().copied());
    let carried = |of: Framework| standards.iter().any(|standard| standard.carries().contains(&of));
    if frameworks.clone().any(|of| carried(of.value)) {
        return None;
    }
    let mut carries: Vec<&str> = Vec::new();
    for of in standards.iter().flat_map(|standard| standard.carries()) {
        if *of != Framework::Other && !carries.contains(&of.title()) {
            carries.push(of.title());
        }
    }
    let message = format!(
        "{} is declared as issued under \"{}\", a standard for {} reports",
        words::report(report),
        stated.value.as_str(),
        list_words(&carries, "and")
    );
    let label = match framework.value {
        Framework::Other => "not a standard for such a report".to_owned(),
        framework => format!("not a standard for {} reports", framework.title()),
    };
    let mut finding = RULE.finding(report.path(), report.at(stated.span), label, message);
    for of in frameworks {
        let label = match of.value {
            Framework::Other => "declared as `other`".to_owned(),
            framework => format!("declared as {}", framework.title()),
        };
        finding = finding.related(report.at(of.span), label);
    }
    Some(finding.citing(references(framework.value)).help(help(framework.value)))
}

/// The references for the standards under which such a report is issued.
const fn references(framework: Framework) -> &'static [&'static str] {
    match framework {
        Framework::Soc1 => &["AT-C 320", "ISAE 3402"],
        Framework::Isae3402 => &["ISAE 3402"],
        Framework::Isae3000 => &["ISAE 3000"],
        _ => &["AT-C 205", "ISAE 3000"],
    }
}

const fn help(framework: Framework) -> &'static str {
    match framework {
        Framework::Soc1 => {
            "state the standard that the report itself names, such as \"SSAE 18\" or \"AT-C 320\"; if it is not a SOC 1 report, correct `framework`"
        }
        Framework::Isae3402 => {
            "state the standard that the report itself names, such as \"ISAE 3402\"; if it is a SOC 1 report or a combined one, correct `framework` or `also`"
        }
        Framework::Isae3000 => {
            "state the standard that the report itself names, such as \"ISAE 3000\"; if it is a SOC 2 or an ISAE 3402 report, correct `framework`"
        }
        _ => {
            "state the standard that the report itself names, such as \"AT-C 205\" or, outside the US, \"ISAE 3000\"; if its subject matter is controls relevant to user entities' financial reporting, correct `framework`"
        }
    }
}
