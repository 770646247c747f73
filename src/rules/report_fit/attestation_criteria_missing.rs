//! An ISAE 3000 report does not state the criteria against which the controls were measured.

use crate::estate::{ReportRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::Framework;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "attestation-criteria-missing",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "An ISAE 3000 report does not state the criteria against which the controls were measured.",
    references: &["ISAE 3000"],
    options: &[],
    yields_to: &[],
    page: include_str!("attestation_criteria_missing.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    if report.assurance().standing() != Standing::Issued {
        return None;
    }
    let body = &report.body;
    let framework = body.framework.known().filter(|f| f.value == Framework::Isae3000)?;
    let states_none = body.categories.is_surely_empty()
        && body.criteria.is_surely_empty()
        && body.suitable_criteria.is_surely_empty();
    // Combined with SOC 2, it is on the criteria of SOC 2.
    if !states_none || !body.also.is_surely_empty() {
        return None;
    }
    let message = format!(
        "`{}` is declared as ISAE 3000, a standard for reports on any subject matter, but states no criteria",
        report.name()
    );
    let label = "ISAE 3000 has no criteria of its own";
    let finding = RULE.finding(report.path(), report.at(framework.span), label, message);
    Some(finding.help("for the trust services criteria, state the `categories` or `criteria`; for other criteria, name them in `suitable-criteria`, such as \"C5:2026\""))
}
