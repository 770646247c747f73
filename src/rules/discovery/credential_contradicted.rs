//! An identity without a lasting secret is seen with one.

use crate::discover::What;
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::model::Credential;
use crate::rules::seen::{self, at};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "credential-contradicted",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Error,
    summary: "An identity is declared federated, ephemeral or managed by its provider, and is seen with a static credential.",
    references: &["NHI7", "NHI4", "A.5.17"],
    options: &[],
    yields_to: &[],
    page: include_str!("credential_contradicted.md"),
    check: Check::SeenIdentity(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    if !identity.is_active() {
        return None;
    }
    let credential = identity.stated(|i| &i.credential).known()?;
    if credential.value.is_static() {
        return None;
    }
    let facts = seen::facts(identity, |what| match what {
        What::StaticCredential(what) => Some(*what),
        _ => None,
    });
    let (first, fact, what) = *facts.first()?;
    let locator = &first.sighting().locator;
    let what = match what {
        "a secret" => "a static secret",
        other => other,
    };
    let message = format!(
        "`{}` is declared {}, and is seen with {what}: `{locator}`",
        identity.name(),
        credential.value
    );
    let finding = RULE
        .finding(
            identity.path(),
            first.place_of(fact),
            format!("{what}, which stays the same until it is rotated"),
            message,
        )
        .related(
            credential.place(),
            credential.label(format!("declared {}", credential.value)),
        )
        .fact(format!("{} {}", credential.value, first.seen.thing().locator));
    let finding = facts.iter().skip(1).fold(finding, |finding, (other, fact, what)| {
        finding.related_with(other.place_of(fact), || at(cx, what, other.place_of(fact)))
    });
    let word = Credential::StaticSecret;
    Some(finding.help(format!(
        "remove the static credential where the {} one is used; if it is still needed, declare `credential = \"{word}\"` with its store and rotation, or declare the two as identities of their own",
        credential.value
    )))
}
