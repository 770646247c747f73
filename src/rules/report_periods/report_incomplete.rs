//! An issued report lacks what its readers look for first.

use crate::decode::{Field, Val};
use crate::estate::ReportRef;
use crate::finding::{Finding, Severity};
use crate::manifest::NotedException;
use crate::model::{Framework, Status, list_words};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "report-incomplete",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "An issued report lacks what its readers look for first.",
    references: &["AT-C 205", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("report_incomplete.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    if !report.is_issued() {
        return None;
    }
    let body = &report.body;
    if body.framework.value() == Some(Framework::Other) {
        return None;
    }
    let has_types = body.framework.value() != Some(Framework::Soc3);
    let auditor = body.auditor.says_something();
    let missing: Vec<(&str, &str)> = [
        (has_types && body.report_type.is_absent(), "`type`", "type"),
        // A future date is stated nonetheless: `impossible-report-dates` checks it.
        (matches!(body.issued, Field::Absent), "`issued`", "issue date"),
        (!auditor, "`auditor`", "auditor"),
        (body.opinion.is_absent(), "`opinion`", "opinion"),
    ]
    .into_iter()
    .filter_map(|(missing, key, what)| missing.then_some((key, what)))
    .collect();
    if missing.is_empty() {
        return without_response(report);
    }
    let what: Vec<String> = missing.iter().map(|(_, what)| format!("no {what}")).collect();
    let keys: Vec<&str> = missing.iter().map(|(key, _)| *key).collect();
    let declared = match body.status.value() {
        Some(Status::Planned | Status::InProgress) => "counts",
        _ => "is declared",
    };
    let message = format!(
        "the {} report `{}` {declared} as issued, but states {}",
        report.title(),
        report.name(),
        list_words(&what, "and")
    );
    let label = format!("{} missing", list_words(&keys, "and"));
    let finding = RULE.finding(report.path(), report.place(), label, message);
    let finding = match body.framework.known() {
        Some(framework) => finding.related(
            report.at(framework.span),
            format!("an issued {} report has them", framework.value.title()),
        ),
        None => finding,
    };
    Some(finding.help(format!(
        "state {} as in the report; if it is not issued yet, state `status = \"planned\"` or `\"in-progress\"`",
        list_words(&keys, "and")
    )))
}

/// For a complete report, the exceptions that management did not respond to.
fn without_response(report: ReportRef<'_, '_>) -> Option<Finding> {
    let noted = &report.body.exceptions;
    let without_response: Vec<&Val<NotedException<'_>>> =
        noted.iter().filter(|noted| !noted.value.response.explains()).collect();
    let place = |noted: &Val<NotedException<'_>>| match noted.value.about.iter().next() {
        Some(about) => report.at(about.span),
        None => report.at(noted.span),
    };
    let (first, others) = without_response.split_first()?;
    let exceptions = match without_response.len() {
        1 => "an exception".to_owned(),
        many => format!("{many} exceptions"),
    };
    let message = format!(
        "the {} report `{}` declares {exceptions} without a management response",
        report.title(),
        report.name()
    );
    let finding = RULE
        .finding(report.path(), place(first), "no `response`", message)
        .severity(Severity::Note)
        .fact("exceptions");
    let finding = words::unexplained(finding, &first.value.response, |span| report.at(span));
    let finding = others.iter().fold(finding, |finding, noted| {
        let finding = finding.related(place(noted), "nor here");
        words::unexplained(finding, &noted.value.response, |span| report.at(span))
    });
    Some(finding.help(
        "state management's response in `response`; an exception does not modify the opinion by itself, and readers first ask what was done about it",
    ))
}
