//! Names of secret stores that look like a known one.

use super::{Context, Finding, Rule};
use crate::decode::{Text, Val, shortened};
use crate::estate::Entity;
use crate::manifest::{Declaration, Store, store};

/// A name that is one slip away from a known one, and that the config does not list.
pub fn look_alikes(cx: &Context<'_, '_>, rule: &Rule) -> Vec<Finding> {
    let own = cx.identities.iter().filter_map(|identity| {
        let stated = identity.body.store.known()?;
        judge(cx, rule, identity, stated)
    });
    let profiles = cx.profiles.iter().filter_map(|profile| {
        let stated = profile.body.0.store.known()?;
        judge(cx, rule, profile, stated)
    });
    own.chain(profiles).collect()
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
    let message = format!("the store \"{name}\" is not one that is known, and is a letter away from `{known}`");
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
