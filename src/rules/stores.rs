//! Names of secret stores that look like a known one.

use super::{Context, Finding, Rule};
use crate::decode::Val;
use crate::estate::Entity;
use crate::manifest::{Declaration, Identity, Store, store};
use crate::model::{Text, shortened};

/// A name that is one slip away from a known one and is not listed in the config.
pub fn look_alikes(cx: &Context<'_, '_>, rule: &Rule) -> Vec<Finding> {
    let own = cx.identities.iter().flat_map(|identity| {
        let stated = named(&identity.body);
        stated.filter_map(|stated| judge(cx, rule, identity, stated))
    });
    let profiles = cx.profiles.iter().flat_map(|profile| {
        let stated = named(&profile.body.0);
        stated.filter_map(|stated| judge(cx, rule, profile, stated))
    });
    own.chain(profiles).collect()
}

/// The stores that an identity, or a profile, names.
fn named<'i, 'a>(identity: &'i Identity<'a>) -> impl Iterator<Item = &'i Val<Text<'a>>> {
    identity.store.known().into_iter().chain(identity.copies.iter())
}

fn judge<'a, T: Declaration<'a>>(
    cx: &Context<'_, 'a>,
    rule: &Rule,
    entity: &Entity<'a, T>,
    stated: &Val<Text<'_>>,
) -> Option<Finding> {
    let Store::LooksLike(known) = store(&stated.value) else {
        return None;
    };
    if cx.is_listed_store(&stated.value) {
        return None;
    }
    let name = shortened(&stated.value);
    let message = format!("the store \"{name}\" is unknown, and one letter away from `{known}`");
    let finding = rule.finding(
        cx.path(entity),
        entity.at(stated.span),
        format!("did you mean \"{known}\"?"),
        message,
    );
    Some(finding.help(format!(
        "write \"{known}\"; if the store is really called \"{name}\", list it in the config's `[policy] secret-stores`"
    )))
}
