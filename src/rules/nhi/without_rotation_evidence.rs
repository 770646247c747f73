//! A static credential is declared without evidence that it is rotated.

use crate::estate::{IdentityRef, Part, StatedAt};
use crate::finding::{Finding, Severity};
use crate::manifest::Rotation;
use crate::model::{IdentityKind, RotationMode, list_words};
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
    let kind = identity.stated(|i| &i.kind).known()?;
    let credential = match identity.stated(|i| &i.credential) {
        StatedAt::Unknown => return None,
        StatedAt::Known(credential) if !credential.value.is_static() => return None,
        StatedAt::Known(credential) => Some(credential),
        StatedAt::Absent if !ORDINARILY_STATIC.contains(kind.value) => return None,
        StatedAt::Absent => None,
    };
    let rotation = identity.part(|i| &i.rotation);
    if rotation.is_unknown() || rotation.does_not_apply() {
        return None;
    }
    let missing = missing(cx, &rotation);
    if missing.is_empty() {
        return None;
    }
    let what = match credential {
        Some(credential) => format!("has a static credential (`{}`)", credential.value),
        None => format!(
            "is of kind `{}` and states no `credential`, so a static one is assumed",
            kind.value
        ),
    };
    let name = identity.name();
    let (place, label) = match credential {
        Some(credential) => (credential.place(), credential.label("unchanged until it is rotated")),
        None => (kind.place(), kind.label("ordinarily has a static credential")),
    };
    if rotation.is_absent() {
        let message = format!("`{name}` {what}, but no rotation is declared");
        let finding = RULE.finding(identity.path(), place, label, message);
        return Some(finding.related(identity.place(), "no `rotation`").help(HELP));
    }
    let missing = list_words(&missing, "and");
    let message = format!("`{name}` {what}, but its rotation states {missing}");
    let finding = RULE
        .finding(identity.path(), rotation.place()?, missing, message)
        .related(place, label);
    let finding = match (rotation.stated(|r| &r.mode), rotation.stated(|r| &r.reason)) {
        (StatedAt::Known(mode), StatedAt::Known(reason)) if *mode.value == RotationMode::NotApplicable => {
            finding.related(reason.place(), reason.label(words::NO_EXPLANATION))
        }
        (StatedAt::Known(mode), _) if *mode.value == RotationMode::Automatic => {
            finding.related(mode.place(), mode.label("rotated automatically"))
        }
        _ => finding,
    };
    Some(finding.help(HELP))
}

const HELP: &str = "state the date of the last rotation in `rotation.last` and its record in `evidence`; where a system rotates the credential automatically, state `mode = \"automatic\"`, its interval in `every`, and its configuration as `evidence`";

/// Kinds that have a static credential unless another one is declared.
const ORDINARILY_STATIC: [IdentityKind; 5] = [
    IdentityKind::ApiKey,
    IdentityKind::ServiceAccount,
    IdentityKind::CiPipeline,
    IdentityKind::Bot,
    IdentityKind::OauthApp,
];

/// What a rotation lacks. An automatic one is shown by its configuration, not by a date kept manually.
fn missing(cx: &Context<'_, '_>, rotation: &Part<'_, Rotation<'_>>) -> Vec<&'static str> {
    let mut missing = Vec::new();
    let last = rotation.stated(|r| &r.last);
    if cx.happened_by_now(last).is_absent() {
        match rotation.is_automatic() {
            true if rotation.stated(|r| &r.every).is_absent() => missing.push("no `every`"),
            true => {}
            false if last.is_absent() => missing.push("no `last`"),
            false => missing.push("a future `last`"),
        }
    }
    if !rotation.names_evidence(|r| &r.evidence) {
        missing.push("no `evidence`");
    }
    missing
}
