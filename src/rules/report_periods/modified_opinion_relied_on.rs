//! Readers are sent to a report whose opinion is modified.

use crate::estate::Entity;
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Opinion, Report};
use crate::model::{ReportId, ServiceId};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "modified-opinion-relied-on",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "Readers are sent to a report whose opinion is modified.",
    references: &["AT-C 205", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("modified_opinion_relied_on.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    cx.issued_reports()
        .filter_map(|(id, report)| judge(cx, id, report))
        .collect()
}

fn judge<'a>(cx: &Context<'_, 'a>, id: ReportId, report: &Entity<'a, Report<'a>>) -> Option<Finding> {
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
    let mut services: Vec<ServiceId> = cx.claimed_by(id).iter().map(|(service, _)| *service).collect();
    services.dedup();
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
            "readers cannot rely on what this report says".to_owned(),
            "take the claims back until a report with another opinion is issued, and tell readers what the auditor found",
        ),
        _ => (
            format!("qualified, with no {missing} stated"),
            format!("no {missing} beside it"),
            "state in `affected` which criteria or objectives the qualification is about, and in `remediation` what is done about it",
        ),
    };
    let message = format!(
        "`{}` is claimed by {}, but the opinion of this {} report is declared as {what}",
        cx.name(report),
        words::services(cx, &services),
        cx.assurance_title(id),
    );
    let mut finding = RULE
        .finding(cx.path(report), report.at(opinion.span), label, message)
        .severity(severity);
    for (service, entry) in cx.claimed_by(id) {
        let service = cx.services.get(*service);
        if let Some(cited) = service.body.claims.items[*entry].value.report.known() {
            finding = finding.related(service.at(cited.span), format!("`{}` claims it", cx.name(service)));
        }
    }
    Some(finding.help(help))
}
