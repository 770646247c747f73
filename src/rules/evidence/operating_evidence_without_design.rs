//! A control is shown to operate, but nothing says how it is meant to, or who performs it.

use crate::estate::{Named, names_evidence};
use crate::finding::{Finding, Severity};
use crate::manifest::EvidenceKind;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "operating-evidence-without-design",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "A control is shown to operate, but nothing says how it is meant to, or who performs it.",
    references: &["CC5.3"],
    options: &[],
    yields_to: &[],
    page: include_str!("operating_evidence_without_design.md"),
    check: Check::Control(judge),
};

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let control = cx.controls.get(index);
    let body = &control.body;
    // The file's owner is that of everything in it, and does not say who performs this control.
    let has_owner = body.owner.says_something();
    let inherited = !body.inherited_from.is_absent();
    if !control.readable || has_owner || inherited || names_evidence(&body.design) || shows_design(cx, index) {
        return None;
    }
    let shown = cx.instances(index).into_iter().find(|shown| shown.named.is_some())?;
    let message = format!(
        "the control `{}` has evidence that it operated, but neither evidence of its design nor an owner of its own is declared",
        cx.name(control)
    );
    let mut finding = RULE
        .finding(
            cx.path(control),
            control.place(),
            "no `design`, and no `owner`",
            message,
        )
        .related(control.at(shown.at.span), "shows that it operated");
    if let Some(owner) = cx.files[control.file.0 as usize].owner.known() {
        let label = "the owner of all in this file: who performs this control is not said";
        finding = finding.related(control.at(owner.span), label);
    }
    Some(finding.help("name the policy or procedure that the control follows in `design`, or who performs it in an `owner` of its own"))
}

/// Whether what is named as evidence of its operation shows its design, or may do so.
fn shows_design(cx: &Context<'_, '_>, index: usize) -> bool {
    let control = cx.controls.get(index);
    cx.names_more(control.namespace, &control.body.operating)
        || control.body.operating.iter().any(|item| {
            let Some(Named::Entry(entry)) = cx.named_evidence(control.namespace, item) else {
                return false;
            };
            let entry = cx.evidence.get(entry);
            let kind = entry.body.kind;
            !entry.readable || kind.is_unknown() || kind.value().is_some_and(EvidenceKind::shows_design)
        })
}
