//! A control objective has no control of the report, or a control serves no objective of its report.

use crate::decode::Entry;
use crate::estate::{ControlRef, Met, ReportRef};
use crate::finding::{Finding, Severity};
use crate::manifest::Objective;
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "objective-without-control",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Error,
    summary: "A control objective has no control of the report, or a control serves no objective of its report.",
    references: &["AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("objective_without_control.md"),
    check: Check::Several(&[Check::PartsOfReport(unmet), Check::Control(orphan)]),
};

fn unmet(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Vec<Finding> {
    let is_bare = |objective: &Entry<'_, Objective<'_>>| objective.body.controls.is_surely_empty();
    if !report.body.objectives.iter().any(is_bare) || !report.is_issued() {
        return Vec::new();
    }
    let csocs = cx.csocs_of_third_parties();
    let title = words::report(report);
    let objectives = report.body.objectives.iter();
    let finding = |objective: &Entry<'_, Objective<'_>>| match report.met(objective, &csocs) {
        Met::ByNothing => Some(nothing_under(report, &title, objective)),
        Met::ByOthers => only_complementary(report, &title, objective),
        Met::ByControls | Met::Unknown => None,
    };
    objectives.filter_map(finding).collect()
}

fn nothing_under(report: ReportRef<'_, '_>, title: &str, objective: &Entry<'_, Objective<'_>>) -> Finding {
    let id = objective.id.as_str();
    let message = format!("{title} declares the objective `{id}`, but no control that achieves it");
    let place = report.at(objective.span);
    let finding = RULE.finding(report.path(), place, "no `controls`", message);
    finding.help("list in its `controls` the controls that achieve it; state complementary controls that it also needs in `met-by`")
}

fn only_complementary(report: ReportRef<'_, '_>, title: &str, objective: &Entry<'_, Objective<'_>>) -> Option<Finding> {
    let first = objective.body.met_by.items.first()?;
    let id = objective.id.as_str();
    let message = format!(
        "{title} declares the objective `{id}`, but only complementary controls, which others perform, and no control that achieves it"
    );
    let label = "only complementary controls";
    let mut finding = RULE.finding(report.path(), report.at(first.span), label, message);
    finding = finding.related(report.at(objective.span), "no `controls`");
    let help = "list in its `controls` the controls of the service organization that achieve it together with these; if there are none, remove the objective";
    Some(finding.severity(Severity::Warning).help(help))
}

fn orphan(cx: &Context<'_, '_>, control: ControlRef<'_, '_>) -> Option<Finding> {
    if cx.may_hide(&control.id) {
        return None;
    }
    let mut finding: Option<Finding> = None;
    for link in control.body.reports.iter() {
        let Some(reference) = link.value.report.known() else {
            continue;
        };
        let Some(report) = cx.report_named(control.namespace, &reference.value) else {
            continue;
        };
        if !report.are_objectives_known() || control.is_under_objectives_of(report) || !report.is_issued() {
            continue;
        }
        let place = control.at(reference.span);
        let new = match finding {
            Some(finding) => finding.related(place, "nor under one of this report's"),
            None => {
                let message = format!(
                    "the control `{}` is part of {}, but not listed under any of its objectives",
                    control.name(),
                    words::report(report)
                );
                let finding = RULE.finding(control.path(), place, "not under any of its objectives", message);
                finding.severity(Severity::Note)
            }
        };
        finding = Some(match report.body.objectives.first() {
            Some(first) => {
                let label = format!("the objectives of `{}` begin here", report.name());
                new.related(report.at(first.span), label)
            }
            None => new,
        });
    }
    Some(finding?.help("list the control under the objective that it serves (`objectives.<id>.controls`), or remove the report from its `reports`"))
}
