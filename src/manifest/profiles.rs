//! Which keys of an identity a profile may have: not those that are facts of one identity.

use super::problems::in_entity;
use super::{Identity, Manifest};
use crate::decode::{Fault, Problem};
use crate::source::Span;

pub fn check(manifest: &Manifest<'_>, problems: &mut Vec<Problem>) {
    for profile in &manifest.profiles {
        for (key, span) in facts_of_one(&profile.body.0) {
            let (message, help) = match key {
                "profile" => (
                    "a profile cannot take another profile".to_owned(),
                    "state the keys in this profile itself".to_owned(),
                ),
                _ => (
                    format!("`{key}` is a fact of one identity, and no key of a profile"),
                    format!("state `{key}` on each identity that it is true of"),
                ),
            };
            let problem = Problem::new(Fault::UnknownKey, span, message, "not a key of a profile").with_help(help);
            problems.push(in_entity(problem, "profiles", &profile.id));
        }
    }
    for identity in &manifest.identities {
        if let Some(keep) = identity.body.keep.known() {
            let message = "`keep` is not a key of an identity".to_owned();
            let problem = Problem::new(Fault::UnknownKey, keep.span, message, "not a key of an identity").with_help(
                "an identity needs none: `keep` explains why a profile, an evidence entry, a data category or a third party is declared although nothing refers to it",
            );
            problems.push(in_entity(problem, "identities", &identity.id));
        }
    }
}

/// What a profile states that cannot be true of several identities, and where.
fn facts_of_one(profile: &Identity<'_>) -> impl Iterator<Item = (&'static str, Span)> {
    let offboarding = profile.offboarding.get();
    let locators = &profile.locators;
    [
        ("profile", profile.profile.known().map(|name| name.span)),
        ("retired", profile.retired.known().map(|day| day.span)),
        (
            "offboarding.revoked",
            offboarding.and_then(|table| table.revoked.known()).map(|day| day.span),
        ),
        ("locators", locators.stated.then_some(locators.span)),
    ]
    .into_iter()
    .filter_map(|(key, span)| Some((key, span?)))
}
