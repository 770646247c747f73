//! A static credential is declared without evidence that it is rotated.

use crate::estate::{IdentityRef, Said, names_evidence};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{IdentityKind, Rotation, RotationMode};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "nhi-without-rotation-evidence",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Error,
    summary: "A static credential is declared without evidence that it is rotated.",
    references: &["A.5.17", "IA-5", "NHI7", "CC6.1"],
    options: &[],
    yields_to: &[],
    page: include_str!("without_rotation_evidence.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let entity = identity.entity();
    let kind = identity.said(|i| &i.kind).known()?;
    let credential = match identity.said(|i| &i.credential) {
        Said::Unknown => return None,
        Said::Known(credential) if !credential.value.is_static() => return None,
        Said::Known(credential) => Some(credential),
        Said::Absent if !ORDINARILY_STATIC.contains(kind.value) => return None,
        Said::Absent => None,
    };
    let what = match credential {
        Some(credential) => format!("has a static credential (`{}`)", credential.value),
        None => format!(
            "is of kind `{}` and states no `credential`, so a static one is assumed",
            kind.value
        ),
    };
    let name = cx.name(entity);
    let (place, label) = match credential {
        Some(credential) => (credential.place(), "stays the same until it is rotated"),
        None => (kind.place(), "ordinarily has a static credential"),
    };
    let finding = match identity.said(|i| &i.rotation) {
        Said::Unknown => return None,
        Said::Absent => {
            let message = format!("`{name}` {what}, but no rotation is declared");
            RULE.finding(cx.path(entity), place, label, message)
                .related(entity.place(), "no `rotation`")
        }
        Said::Known(rotation) => {
            if rotation.value.does_not_apply() {
                return None;
            }
            let missing = missing(cx, rotation.value);
            if missing.is_empty() {
                return None;
            }
            let message = format!(
                "`{name}` {what}, but its rotation states {}",
                list_words(&missing, "and")
            );
            let finding = RULE
                .finding(cx.path(entity), rotation.place(), list_words(&missing, "and"), message)
                .related(place, label);
            match rotation.value.mode.value() {
                Some(RotationMode::NotApplicable) => {
                    words::unexplained(finding, &rotation.value.reason, |span| rotation.at(span))
                }
                _ => finding,
            }
        }
    };
    Some(finding.help(
        "state `rotation` with `last` and `evidence`; if there is nothing to rotate, say so with `mode = \"not-applicable\"` and a `reason`, or declare a `federated` or `ephemeral` credential",
    ))
}

/// Kinds that have a static credential unless another one is declared.
const ORDINARILY_STATIC: [IdentityKind; 5] = [
    IdentityKind::ApiKey,
    IdentityKind::ServiceAccount,
    IdentityKind::CiPipeline,
    IdentityKind::Bot,
    IdentityKind::OauthApp,
];

fn missing(cx: &Context<'_, '_>, rotation: &Rotation<'_>) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if cx.happened(&rotation.last).is_absent() {
        missing.push(if rotation.last.is_absent() {
            "no `last`"
        } else {
            "a `last` that lies ahead"
        });
    }
    if !names_evidence(&rotation.evidence) {
        missing.push("no `evidence`");
    }
    missing
}
