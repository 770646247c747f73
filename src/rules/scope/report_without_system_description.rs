//! The newest report declares no system description, or an incomplete one.

use crate::decode::Field;
use crate::estate::{ReportRef, names_evidence};
use crate::finding::{Finding, Severity};
use crate::manifest::{Report, SystemDescription};
use crate::model::{Framework, Section, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "report-without-system-description",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "The newest report declares no system description, no evidence of it, or not all of its components.",
    references: &["DC 200", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("report_without_system_description.md"),
    check: Check::Report(judge),
};

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let family = report.assurance().family.known()?;
    let finding = finding(cx, report, family)?;
    // A service that is no longer used has no readers.
    let services = report.assurance().services().into_iter();
    let mut in_use = services.filter(|service| !service.body.may_be_retired());
    let is_newest = in_use.any(|service| service.newest_described(family) == Some(report.into()));
    is_newest.then(|| finding.citing(references(report, family)))
}

fn finding(cx: &Context<'_, '_>, report: ReportRef<'_, '_>, family: Family) -> Option<Finding> {
    let title = words::report(report);
    let description = match &*report.body.system_description {
        Field::Unknown(_) => return None,
        // A table with a syntax error leaves nothing behind.
        Field::Absent if cx.may_hide(&report.id) => return None,
        Field::Absent => {
            let message = format!("{title} declares no system description");
            let finding = RULE.finding(report.path(), report.place(), "no `system-description`", message);
            return Some(finding.help(match family {
                Family::Icfr => WHERE,
                Family::TrustServices => WHERE_AND_WHICH,
            }));
        }
        Field::Known(description) => description,
    };
    let body = &description.value;
    let components = components(&report.body, body, family);
    let mut lacking = Vec::new();
    let lacks_evidence = !names_evidence(&body.evidence);
    if lacks_evidence {
        lacking.push("no evidence".to_owned());
    }
    match &components {
        Components::NotJudged => {}
        Components::NotStated => lacking.push("no `sections`".to_owned()),
        Components::Lacking(names) => lacking.push(format!("{names} among the sections")),
    }
    if lacking.is_empty() {
        return None;
    }
    let message = format!(
        "{title} declares {} of its system description",
        list_words(&lacking, "and")
    );
    let (place, label) = match (&components, lacks_evidence) {
        (Components::Lacking(names), false) => (report.at(body.sections.span), names.clone()),
        (_, true) => (report.at(description.span), "no `evidence`".to_owned()),
        (_, false) => (report.at(description.span), "no `sections`".to_owned()),
    };
    let is_lacking = matches!(components, Components::Lacking(_));
    let severity = if lacks_evidence || (is_lacking && is_soc2(&report.body)) {
        Severity::Warning
    } else {
        Severity::Note
    };
    let mut finding = RULE.finding(report.path(), place, label, message);
    if let Components::Lacking(names) = &components {
        finding = finding.related(report.at(body.sections.span), names.clone());
    }
    let framework = report.body.framework.known();
    if let Some(framework) = framework.filter(|_| !matches!(components, Components::NotJudged)) {
        let label = "for SOC 2, DC 3 names five components of a system";
        finding = finding.related(report.at(framework.span), label);
    }
    Some(finding.severity(severity).help(match components {
        Components::NotJudged => WHERE,
        Components::NotStated => WHERE_AND_WHICH,
        Components::Lacking(_) => {
            "if the description has them, complete `sections`; if it does not, have them described before the next report"
        }
    }))
}

const WHERE: &str = "state where the description is: `system-description = { evidence = .. }`";

const WHERE_AND_WHICH: &str = "state where the description is and which of the five components it has: `system-description = { sections = [\"infrastructure\", \"software\", \"people\", \"procedures\", \"data\"], evidence = .. }`";

/// DC 200 is for SOC 2; a description with an ISAE 3000 report is practice.
fn references(report: ReportRef<'_, '_>, family: Family) -> &'static [&'static str] {
    match family {
        Family::Icfr => &["ISAE 3402"],
        Family::TrustServices if is_soc2(&report.body) => &["DC 200"],
        Family::TrustServices => &[],
    }
}

/// The components of a system that DC 3 names, as far as a description declares them.
enum Components {
    /// Other standards name others, and unreadable values are not known.
    NotJudged,
    NotStated,
    /// "no `people` or `data`".
    Lacking(String),
}

fn components(report: &Report<'_>, description: &SystemDescription<'_>, family: Family) -> Components {
    let sections = &description.sections;
    let lacking = SECTIONS.iter().filter(|section| sections.find(section).is_none());
    let lacking: Vec<String> = lacking.map(|section| format!("`{section}`")).collect();
    if sections.damaged || lacking.is_empty() || family != Family::TrustServices {
        return Components::NotJudged;
    }
    match sections.stated {
        // Under ISAE 3000, too, a list with some of the five follows that standard.
        true => Components::Lacking(format!("no {}", list_words(&lacking, "or"))),
        false if is_soc2(report) => Components::NotStated,
        false => Components::NotJudged,
    }
}

/// Whether a report is a SOC 2, alone or with ISAE 3000.
fn is_soc2(report: &Report<'_>) -> bool {
    report.framework.value() == Some(Framework::Soc2) || report.also.find(&Framework::Soc2).is_some()
}

const SECTIONS: [Section; 5] = [
    Section::Infrastructure,
    Section::Software,
    Section::People,
    Section::Procedures,
    Section::Data,
];
