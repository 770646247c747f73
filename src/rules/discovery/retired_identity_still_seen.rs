//! An identity that was taken out of use is still used.

use crate::decode::{Field, Val};
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::model::Date;
use crate::rules::seen::{self, at};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "retired-identity-still-seen",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Error,
    summary: "An identity is declared retired or revoked, and a file of the repository still uses it.",
    references: &["NHI1", "CC6.2", "A.5.18"],
    options: &[],
    yields_to: &[],
    page: include_str!("retired_identity_still_seen.md"),
    check: Check::SeenIdentity(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let (word, date) = ended(cx, identity)?;
    let mut sightings: Vec<_> = identity.sightings().collect();
    sightings.sort_by_key(|sighting| sighting.place());
    let first = *sightings.first()?;
    let locator = &first.sighting().locator;
    let message = format!(
        "`{}` is declared {word} since {}, and `{locator}` is still {}",
        identity.name(),
        date.value,
        seen::used(cx, first)
    );
    let declared = Place {
        file: identity.file,
        span: date.span,
    };
    let finding = RULE
        .finding(identity.path(), first.place(), seen::label(cx, first), message)
        .related(declared, format!("declared {word} here"))
        .fact(first.seen.thing().locator.clone());
    let finding = sightings.iter().skip(1).fold(finding, |finding, other| {
        finding.related_with(other.place(), || at(cx, "also still seen", other.place()))
    });
    Some(finding.help(
        "remove what still uses it, and the credential with it; if it is in use after all, correct the date in its declaration",
    ))
}

/// How and when it was taken out of use, by a date of its own on or before today.
fn ended<'e>(cx: &Context<'_, '_>, identity: IdentityRef<'e, '_>) -> Option<(&'static str, &'e Val<Date>)> {
    let body = &identity.entity().body;
    let past = |date: &'e Field<Date>| date.known().filter(|date| date.value.0 <= cx.as_of);
    if let Some(retired) = past(&body.retired) {
        return Some(("retired", retired));
    }
    let offboarding = body.offboarding.known()?;
    past(&offboarding.value.revoked).map(|revoked| ("revoked", revoked))
}
