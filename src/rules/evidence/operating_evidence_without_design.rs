//! A control has operating evidence, but neither design evidence nor an owner.

use crate::estate::{ControlRef, names_evidence};
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule, YieldsTo};

pub static RULE: Rule = Rule {
    name: "operating-evidence-without-design",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "A control has operating evidence, but neither design evidence nor an owner.",
    references: &["CC5.3"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("type-1-control-without-design")],
    page: include_str!("operating_evidence_without_design.md"),
    check: Check::Control(judge),
};

fn judge(cx: &Context<'_, '_>, control: ControlRef<'_, '_>) -> Option<Finding> {
    let body = &control.body;
    // The file's owner is that of everything in it, not the performer of this control.
    let has_owner = body.owner.says_something();
    let inherited = !body.inherited_from.is_absent();
    if !control.readable
        || has_owner
        || inherited
        || names_evidence(&body.design)
        || control.may_operation_show_design()
    {
        return None;
    }
    let shown = control.instances().into_iter().find(|shown| shown.named.is_some())?;
    let message = format!(
        "the control `{}` has evidence that it operated, but neither evidence of its design nor an owner of its own is declared",
        control.name()
    );
    let mut finding = RULE
        .finding(control.path(), control.place(), "no `design` and no `owner`", message)
        .related(control.at(shown.at.span), "evidence that it operated");
    if let Some(owner) = cx.file(control.file).owner.known() {
        let label = "the owner of everything in this file, not of this control";
        finding = finding.related(control.at(owner.span), label);
    }
    Some(finding.help("link the policy or procedure that the control follows in `design`, or name who performs it in an `owner` of its own"))
}
