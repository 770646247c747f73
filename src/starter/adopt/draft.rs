//! An entry for something that is seen: what of it is stated, and where it is seen.

use super::keys::{self, Keys};
use crate::config::Settings;
use crate::discover::{Demand, Locator, What};
use crate::estate::{Nobodys, SightingRef};
use crate::source::{Place, Sources};
use std::collections::BTreeSet;

/// An entry that is still without an id, an owner and a service.
#[derive(Debug, Clone)]
pub struct Draft {
    pub locator: String,
    /// Where it is seen first.
    pub place: Place,
    pub keys: Keys,
    /// Whether a file shows its kind.
    pub shows_kind: bool,
    /// Whether it may be no credential, by its name.
    pub is_asked_for: bool,
}

/// The entries for something that is no identity's: one, or one for each deployment environment whose secret it is where
/// that of another is declared. `wanted` narrows it to locators of single environments.
pub fn drafts(
    nobodys: Nobodys<'_, '_>,
    settings: &Settings<'_>,
    sources: &Sources,
    wanted: Option<&Locator>,
) -> Vec<Draft> {
    let thing = nobodys.thing.thing();
    let named = |sighting: SightingRef<'_, '_>| {
        let narrow = sighting.of_environment()?;
        let is_wanted = |wanted: &Locator| Locator::read(narrow).is_some_and(|narrow| wanted.means(&narrow));
        wanted.is_none_or(is_wanted).then(|| narrow.to_owned())
    };
    let of_all = || vec![(thing.locator.clone(), None)];
    let is_whole = wanted.is_none_or(|wanted| thing.locators.iter().any(|seen| wanted.means(seen)));
    let own = || nobodys.thing.sightings().filter(|sighting| sighting.is_nobodys());
    let locators: Vec<(String, Option<String>)> = if is_whole && nobodys.locator == thing.locator {
        of_all()
    } else {
        // A place outside of any environment needs the name of all.
        let names: Option<BTreeSet<String>> = match is_whole {
            true => own().map(named).collect(),
            false => Some(own().filter_map(named).collect()),
        };
        match names {
            Some(names) => names.into_iter().map(|name| (name.clone(), Some(name))).collect(),
            None => of_all(),
        }
    };
    let draft = |(locator, narrow): (String, Option<String>)| {
        let mut here = own().filter(|sighting| narrow.is_none() || sighting.of_environment() == narrow.as_deref());
        let first = match &narrow {
            None => nobodys.first,
            Some(_) => here.next().unwrap_or(nobodys.first),
        };
        let places: Vec<SightingRef<'_, '_>> = match &narrow {
            None => own().collect(),
            Some(_) => std::iter::once(first).chain(here).collect(),
        };
        let facts = places.iter().flat_map(|sighting| &sighting.sighting().facts);
        let facts = facts.map(|fact| &fact.what);
        let environments = environments(&places, settings, sources);
        let (keys, shows_kind) = keys::seen(&locator, thing.suggests, facts, environments);
        Draft {
            locator,
            place: first.place(),
            keys,
            shows_kind,
            is_asked_for: thing.demand == Demand::AskedFor,
        }
    };
    // A name that reads as something else cannot be declared.
    let is_locator = |(locator, _): &(String, Option<String>)| Locator::read(locator).is_some();
    locators.into_iter().filter(is_locator).map(draft).collect()
}

/// The environments in which it acts: none unless each use says one that is known, since it may act anywhere else.
fn environments(places: &[SightingRef<'_, '_>], settings: &Settings<'_>, sources: &Sources) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for sighting in places {
        let named = sighting.sighting().facts.iter().filter_map(|fact| match &fact.what {
            What::Environment(name) => Some(name),
            _ => None,
        });
        let named: Vec<&String> = named.collect();
        if named.is_empty() && !is_made(*sighting, sources) {
            return BTreeSet::new();
        }
        for name in named {
            match settings.environment_named(name) {
                Some(meant) => drop(found.insert(meant.value.as_str())),
                None => return BTreeSet::new(),
            }
        }
    }
    found
}

/// Whether it is set up at a place, which does not say where it is used.
fn is_made(sighting: SightingRef<'_, '_>, sources: &Sources) -> bool {
    let path = &sources.get(sighting.place().file).path;
    let by_terraform = [".tf", ".tofu", ".tf.json", ".tofu.json"];
    by_terraform.iter().any(|end| path.ends_with(end)) || {
        let scheme = sighting.sighting().locator.split(':').next().unwrap_or_default();
        matches!(scheme, "cloudformation" | "k8s" | "k8s-secret")
    }
}
