//! A control of an issued type 1 report has no evidence of its design.

use crate::estate::{ControlRef, ReportRef, names_evidence};
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule, words};
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    name: "type-1-control-without-design",
    since: "0.2.0",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "A control of an issued type 1 report has no evidence of its design.",
    references: &["AT-C 205", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("type_1_control_without_design.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    // Many controls may be part of one report.
    let mut superseded: HashMap<ReportRef<'_, '_>, bool> = HashMap::new();
    let mut is_superseded = |report| {
        *superseded
            .entry(report)
            .or_insert_with(|| report.assurance().may_be_superseded())
    };
    let controls = cx.controls();
    controls
        .filter_map(|control| judge(control, &mut is_superseded))
        .collect()
}

fn judge<'e, 'a>(
    control: ControlRef<'e, 'a>,
    is_superseded: &mut impl FnMut(ReportRef<'e, 'a>) -> bool,
) -> Option<Finding> {
    let design = &control.body.design;
    if !control.readable || names_evidence(design) || control.may_operation_show_design() {
        return None;
    }
    let type_1: Vec<ReportRef<'_, '_>> = control
        .reports_on_design()?
        .into_iter()
        .filter(|report| !is_superseded(*report))
        .collect();
    let first = *type_1.first()?;
    let message = format!(
        "the control `{}` is part of {}, but declares no evidence of its design",
        control.name(),
        words::report(first)
    );
    let (place, label) = if design.stated {
        (control.at(design.span), "names no evidence")
    } else {
        (control.place(), "no `design`")
    };
    let mut finding = RULE.finding(control.path(), place, label, message);
    for report in type_1 {
        if let Some(stated) = report.body.report_type.known() {
            let label = format!("`{}` covers design, as of one day", report.name());
            finding = finding.related(report.at(stated.span), label);
        }
    }
    if let Some(shown) = control.body.operating.iter().find_map(|item| item.value.at.known()) {
        finding = finding.related(
            control.at(shown.span),
            "evidence of operation, which a type 1 report does not cover",
        );
    }
    Some(finding.help("link in `design` the policy, procedure or description of how the control is meant to work; if a carved-out organization performs it, state that in `inherited-from`"))
}
