//! One report is declared under frameworks of two families, which require two reports with two opinions.

use crate::estate::ReportRef;
use crate::finding::{Finding, Severity};
use crate::manifest::Report;
use crate::model::Framework;
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "combined-report-crosses-families",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "One report is declared under frameworks of two families, which require two reports with two opinions.",
    references: &["AT-C 320", "TSP 100"],
    options: &[],
    yields_to: &[],
    page: include_str!("combined_report_crosses_families.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let assurance = report.assurance();
    let family = assurance.family.known().filter(|_| assurance.is_live())?;
    let body = &report.body;
    let framework = body.framework.known()?;
    let mut others = body
        .also
        .iter()
        .filter(|also| family_of(also.value, body) == Some(family.other()));
    let first = others.next()?;
    let message = format!(
        "`{}` is declared as {} and {} in one, but these report on different subject matters: {}, and {}; they are two reports with two opinions",
        report.name(),
        framework.value.title(),
        first.value.title(),
        family.subject_matter(),
        family.other().subject_matter()
    );
    let label = format!("reports on {}", family.other().subject_matter());
    let finding = RULE
        .finding(report.path(), report.at(first.span), label, message)
        .related(
            report.at(framework.span),
            format!(
                "reports on {}; the report counts for this only",
                family.subject_matter()
            ),
        );
    let finding = others.fold(finding, |finding, other| {
        finding.related(report.at(other.span), format!("and so does {}", other.value.title()))
    });
    Some(finding.help(format!(
        "declare {} as a report of its own and remove it from `also`; `also` is for the other framework of the same family (`isae3402` with `soc1`, `isae3000` with `soc2`)",
        first.value.title()
    )))
}

/// The family of a further framework; none for ISAE 3000 that is, or may be, on criteria of its own.
fn family_of(also: Framework, body: &Report<'_>) -> Option<Family> {
    let own_criteria = also == Framework::Isae3000 && !body.suitable_criteria.is_surely_empty();
    also.family().filter(|_| !own_criteria)
}
