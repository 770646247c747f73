//! A claimed report does not state which services it covers.

use crate::estate::ReportRef;
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "report-covers-nothing",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A claimed report does not state which services it covers.",
    references: &["DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("report_covers_nothing.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let assurance = report.assurance();
    let services = assurance.claimed_by();
    if !report.is_issued() || assurance.states_covers || services.is_empty() {
        return None;
    }
    let message = format!(
        "{} is claimed by {}, but does not declare the services that it covers",
        words::report(report),
        words::services(&services)
    );
    let mut finding = RULE.finding(report.path(), report.place(), "no `covers`", message);
    for claimed in assurance.claims() {
        if let Some(place) = claimed.place() {
            let label = format!("`{}` tells its readers that it is covered", claimed.service.name());
            finding = finding.related(place, label);
        }
    }
    Some(finding.help("list in `covers` the services that the report's own scope names"))
}
