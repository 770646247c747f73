//! A control of an issued type 2 report has no evidence that it operated.

use crate::estate::ControlRef;
use crate::finding::{Finding, Severity};
use crate::model::list_words;
use crate::rules::{Check, Context, Group, Rule, words};
use std::collections::BTreeSet;

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

fn judge(_: &Context<'_, '_>, control: ControlRef<'_, '_>) -> Option<Finding> {
    let body = &control.body;
    if !control.readable || body.did_not_operate.explains() {
        return None;
    }
    let designs = control.only_designs()?;
    let only_design = !designs.is_empty();
    let type_2 = control.reports_on_operation()?;
    let first = *type_2.first()?;
    let (name, report) = (control.name(), first.name());
    let title = first.title();
    let mut finding = match designs.first() {
        None => {
            let message = format!(
                "the control `{name}` is part of the {title} report `{report}`, but no evidence that it operated is declared"
            );
            RULE.finding(control.path(), control.place(), "no `operating` evidence", message)
        }
        Some((named, ..)) => {
            let kinds: BTreeSet<&str> = designs.iter().map(|(.., kind)| kind.as_str()).collect();
            let kinds: Vec<&str> = kinds.into_iter().collect();
            let message = format!(
                "the control `{name}` is part of the {title} report `{report}`, but its `operating` names only evidence of design ({})",
                list_words(&kinds, "and")
            );
            RULE.finding(control.path(), control.at(*named), "evidence of design", message)
        }
    };
    for (named, entry, _) in designs {
        finding = finding.related(control.at(named), "also evidence of design");
        if let Some(stated) = entry.body.kind.known() {
            let label = format!("by its kind, `{}` is evidence of design", entry.name());
            finding = finding.related(entry.at(stated.span), label);
        }
    }
    for report in type_2 {
        if let Some(stated) = report.body.report_type.known() {
            finding = finding.related(
                report.at(stated.span),
                format!("`{}` covers the operation of controls over its period", report.name()),
            );
        }
    }
    let finding = words::unexplained(finding, &body.did_not_operate, |span| control.at(span));
    Some(finding.help(if only_design {"move it to `design`, and link in `operating` the evidence that the control operated (logs, tickets, reviews, exceptions); if there was no occasion in the period, state that in `did-not-operate`"} else {"link the evidence in `operating` (logs, tickets, reviews, exceptions); if there was no occasion in the period, state that in `did-not-operate`"}))
}
