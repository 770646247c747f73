//! One report is declared as a combination of two families, which takes two reports and two opinions.

use crate::estate::Entity;
use crate::finding::{Finding, Severity};
use crate::manifest::{Framework, Report};
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "combined-report-crosses-families",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "One report is declared as a combination of two families, which takes two reports and two opinions.",
    references: &["AT-C 320", "TSP 100"],
    options: &[],
    yields_to: &[],
    page: include_str!("combined_report_crosses_families.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let reports = cx.reports.enumerate();
    let live = reports.filter(|(id, _)| cx.assurance(*id).is_live());
    live.filter_map(|(id, report)| {
        let family = cx.assurance(id).family.ok()??;
        judge(cx, report, family)
    })
    .collect()
}

fn judge<'a>(cx: &Context<'_, 'a>, report: &Entity<'a, Report<'a>>, family: Family) -> Option<Finding> {
    let body = &report.body;
    let framework = body.framework.known()?;
    let mut others = body
        .also
        .iter()
        .filter(|also| family_of(also.value, body) == Some(family.other()));
    let first = others.next()?;
    let message = format!(
        "`{}` is declared as {} and {} in one, but those speak about different things: {}, and {}. They are two reports with two opinions",
        cx.name(report),
        framework.value.title(),
        first.value.title(),
        family.subject_matter(),
        family.other().subject_matter()
    );
    let label = format!("speaks about {}", family.other().subject_matter());
    let finding = RULE
        .finding(cx.path(report), report.at(first.span), label, message)
        .related(
            report.at(framework.span),
            format!(
                "speaks about {}; the report counts for this alone",
                family.subject_matter()
            ),
        );
    let finding = others.fold(finding, |finding, other| {
        finding.related(report.at(other.span), format!("and so does {}", other.value.title()))
    });
    Some(finding.help(format!(
        "declare {} as a report of its own and take it out of `also`; `also` is for the other framework of the same family (`isae3402` with `soc1`, `isae3000` with `soc2`)",
        first.value.title()
    )))
}

/// The family of a further framework; of ISAE 3000 on criteria of its own, or perhaps so, none.
fn family_of(also: Framework, body: &Report<'_>) -> Option<Family> {
    let own_criteria = also == Framework::Isae3000 && !body.suitable_criteria.is_surely_empty();
    also.family().filter(|_| !own_criteria)
}
