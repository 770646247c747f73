//! A control of an issued type 2 report has no evidence that it operated.

use crate::estate::names_evidence;
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "type-2-control-without-operating-evidence",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "A control of an issued type 2 report has no evidence that it operated.",
    references: &["AT-C 205", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("type_2_control_without_operating_evidence.md"),
    check: Check::Control(judge),
};

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let control = cx.controls.get(index);
    let body = &control.body;
    if !control.readable || names_evidence(&body.operating) || body.did_not_operate.explains() {
        return None;
    }
    let type_2 = cx.reports_on_operation(index)?;
    let first = *type_2.first()?;
    let message = format!(
        "the control `{}` is part of the {} report `{}`, but no evidence that it operated is declared",
        cx.name(control),
        cx.assurance_title(first),
        cx.name(cx.reports.get(first))
    );
    let mut finding = RULE.finding(cx.path(control), control.place(), "no `operating` evidence", message);
    for report in type_2 {
        let report = cx.reports.get(report);
        if let Some(stated) = report.body.report_type.known() {
            finding = finding.related(
                report.at(stated.span),
                format!("`{}` says how controls operated over its period", cx.name(report)),
            );
        }
    }
    let finding = words::unexplained(finding, &body.did_not_operate, |span| control.at(span));
    Some(finding.help("name the evidence in `operating` (logs, tickets, reviews, exceptions); if there was no occasion in the period, say so in `did-not-operate`"))
}
