//! A service claims a report whose opinion is modified.

use crate::estate::ReportRef;
use crate::finding::{Finding, Severity};
use crate::model::{Opinion, list_words};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "modified-opinion-relied-on",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "A service claims a report whose opinion is modified.",
    references: &["AT-C 205", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("modified_opinion_relied_on.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    if !report.is_issued() {
        return None;
    }
    let body = &report.body;
    let opinion = body.opinion.known()?;
    let missing: Vec<&str> = [
        (body.affected.is_surely_empty(), "`affected`"),
        (!body.remediation.says_something(), "`remediation`"),
    ]
    .into_iter()
    .filter_map(|(missing, key)| missing.then_some(key))
    .collect();
    let severity = match opinion.value {
        Opinion::Adverse | Opinion::Disclaimer => Severity::Error,
        Opinion::Qualified if !missing.is_empty() => Severity::Warning,
        Opinion::Qualified | Opinion::Unmodified => return None,
    };
    let services = report.assurance().claimed_by();
    if services.is_empty() {
        return None;
    }
    let missing = list_words(&missing, "and no");
    let (what, label, help) = match severity {
        Severity::Error => (
            match opinion.value {
                Opinion::Adverse => "adverse".to_owned(),
                _ => "a disclaimer".to_owned(),
            },
            "readers cannot rely on this report".to_owned(),
            "remove the claims until a report with another opinion is issued, and tell readers what the auditor found",
        ),
        _ => (
            format!("qualified, with no {missing} stated"),
            format!("no {missing} stated with it"),
            "state in `affected` the criteria or objectives that the qualification concerns, and in `remediation` what is being done about it",
        ),
    };
    let message = format!(
        "`{}` is claimed by {}, but the opinion of this {} report is declared as {what}",
        report.name(),
        words::services(&services),
        report.title(),
    );
    let mut finding = RULE
        .finding(report.path(), report.at(opinion.span), label, message)
        .severity(severity);
    for claimed in report.assurance().claims() {
        if let Some(place) = claimed.place() {
            finding = finding.related(place, format!("`{}` claims it", claimed.service.name()));
        }
    }
    Some(finding.help(help))
}
