//! A long-lived key is used where the workflow's own token would do.

use crate::discover::What;
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::rules::seen::{self, at};
use crate::rules::{Check, Context, Group, Rule, YieldsTo};

pub static RULE: Rule = Rule {
    name: "federation-not-used",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Warning,
    summary: "A workflow logs in with a long-lived key where its own short-lived token is accepted.",
    references: &["NHI4", "NHI7", "A.8.5"],
    options: &[],
    yields_to: &[
        YieldsTo::on_subject("credential-contradicted"),
        YieldsTo::on_subject("nhi-weak-authentication"),
    ],
    page: include_str!("federation_not_used.md"),
    check: Check::SeenIdentity(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let credential = identity.stated(|i| &i.credential).known()?;
    if !identity.is_active() || !credential.value.is_static() {
        return None;
    }
    if !identity.stated(|i| &i.authentication_reason).is_absent() {
        return None;
    }
    let facts = seen::facts(identity, |what| match what {
        What::KeyInsteadOfToken(action) => Some(*action),
        _ => None,
    });
    let (first, fact, action) = *facts.first()?;
    let message = format!(
        "`{}` logs in with a long-lived key, and `{action}` would take the workflow's own short-lived token",
        identity.name()
    );
    let finding = RULE
        .finding(
            identity.path(),
            first.place_of(fact),
            "a key that stays the same until it is rotated",
            message,
        )
        .related(
            credential.place(),
            credential.label(format!("declared {}", credential.value)),
        )
        .fact(action);
    let finding = facts.iter().skip(1).fold(finding, |finding, (other, fact, _)| {
        finding.related_with(other.place_of(fact), || at(cx, "the key again", other.place_of(fact)))
    });
    Some(finding.help(
        "have the other side trust the workflow's token (OIDC), declare `credential = \"federated\"`, and delete the key; where that is not possible, state why in `authentication-reason`",
    ))
}
