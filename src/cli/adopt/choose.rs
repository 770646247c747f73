//! What is adopted: all that has to be declared, or what is named.

use crate::cli::estate::Opened;
use crate::cli::failure::Usage;
use crate::config::Settings;
use crate::discover::Locator;
use crate::estate::{Estate, SeenAs, SeenRef};
use crate::model::nearest;
use crate::rules;
use crate::session::Linked;
use crate::source::Sources;
use crate::starter::{self, Draft};
use std::collections::BTreeMap;

/// An entry for each.
pub fn drafts(linked: &Linked<'_>, opened: &Opened, locators: &[String]) -> Result<Vec<Draft>, Usage> {
    if locators.is_empty() {
        return Ok(linked.undeclared(|_| true));
    }
    // What is named twice is adopted once.
    let mut drafts = BTreeMap::new();
    for written in locators {
        for draft in named(&linked.estate, opened.settings(), opened.sources(), written)? {
            drafts.entry(draft.locator.clone()).or_insert(draft);
        }
    }
    Ok(drafts.into_values().collect())
}

fn named(estate: &Estate<'_>, settings: &Settings<'_>, sources: &Sources, written: &str) -> Result<Vec<Draft>, Usage> {
    let written = written.to_owned();
    let Some(wanted) = Locator::read(&written) else {
        return Err(Usage::NoLocator { written });
    };
    let is_meant = |thing: &SeenRef<'_, '_>| names(*thing).any(|name| wanted.means(name));
    let things: Vec<SeenRef<'_, '_>> = estate.seen_things().filter(is_meant).collect();
    if things.is_empty() {
        let known = estate.seen_things().flat_map(names).map(Locator::as_str);
        let near = nearest(&written, known).map(str::to_owned);
        return Err(Usage::SeenNowhere { written, near });
    }
    let (mut drafts, mut may_be_declared) = (Vec::new(), false);
    for nobodys in things.iter().filter_map(|thing| thing.nobodys()) {
        if rules::may_be_declared(estate, nobodys.thing) {
            may_be_declared = true;
        } else {
            drafts.extend(starter::drafts(nobodys, settings, sources, Some(&wanted)));
        }
    }
    if !drafts.is_empty() {
        return Ok(drafts);
    }
    if may_be_declared {
        return Err(Usage::MayBeDeclared { written });
    }
    let by = things
        .into_iter()
        .flat_map(owners)
        .collect::<std::collections::BTreeSet<String>>();
    let by = by.into_iter().collect();
    Err(Usage::DeclaredAlready { written, by })
}

/// All that means something where it is seen.
fn names<'e>(thing: SeenRef<'e, '_>) -> impl Iterator<Item = &'e Locator> {
    let thing = thing.thing();
    let here = thing.sightings.iter().flat_map(|seen| &seen.here);
    thing.locators.iter().chain(here)
}

/// The identities that have it.
fn owners(thing: SeenRef<'_, '_>) -> Vec<String> {
    let owners = thing.sightings().flat_map(|sighting| match sighting.owner() {
        SeenAs::Nobody => Vec::new(),
        SeenAs::One(identity, _) => vec![identity.path()],
        SeenAs::Several(identities) => identities.into_iter().map(|(identity, _)| identity.path()).collect(),
    });
    owners.collect()
}
