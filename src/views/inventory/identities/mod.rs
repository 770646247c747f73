//! Every non-human identity that is declared or seen.

mod columns;
mod declared;
mod seen;

pub use columns::COLUMNS;
pub use declared::declared;

use super::{Judged, Row, Wanted};
use crate::discover::Demand;
use crate::estate::{SeenRef, SightingRef};
use crate::model;
use crate::source::{Place, Sources};
use crate::views::{Cell, SeenPlace, cells};
use seen::nobodys;
use std::collections::BTreeSet;

pub fn rows(judged: &Judged<'_, '_>, wanted: &Wanted) -> Vec<Row> {
    let mut rows = if wanted.undeclared {
        Vec::new()
    } else {
        declared(judged, wanted.all)
    };
    let seen = judged.estate.seen_things().filter_map(|thing| {
        let is_listed = thing.thing().demand != Demand::Shown || wanted.all;
        match nobodys(thing) {
            places if !places.is_empty() => is_listed.then(|| seen::row(judged, thing, places, "seen")),
            // What several identities claim can have findings of its own.
            _ if wanted.undeclared || !judged.found.is_about(&thing.path()) => None,
            _ => Some(seen::row(
                judged,
                thing,
                thing.sightings().collect(),
                "declared and seen",
            )),
        }
    });
    rows.extend(seen);
    rows
}

/// What the rows leave out, in sentences.
pub fn notes(judged: &Judged<'_, '_>, wanted: &Wanted) -> Vec<String> {
    let estate = judged.estate;
    let mut notes = Vec::new();
    if !judged.found.compares() {
        notes.push(
            "`[discover]` is not in the config: what is seen is listed, and no rule compares it with what is declared"
                .to_owned(),
        );
    }
    let (sources, _) = judged.settings.discovered_sources();
    let off = model::SourceKind::ALL.iter().filter(|kind| !sources.contains(kind));
    let off: Vec<String> = off.map(|kind| format!("`{kind}`")).collect();
    if !off.is_empty() {
        notes.push(format!(
            "not read, as the config says: {}",
            model::list_words(&off, "and")
        ));
    }
    let is_left_out = |thing: &SeenRef<'_, '_>| thing.thing().demand == Demand::Shown && !nobodys(*thing).is_empty();
    let shown = estate.seen_things().filter(is_left_out).count();
    if shown > 0 && !wanted.all {
        let things = model::counted(shown, "name or account", "names or accounts");
        notes.push(format!(
            "not listed without `--all`: {things} seen that nobody is asked to declare"
        ));
    }
    let humans = estate.identities().filter(|identity| identity.is_human()).count();
    if humans > 0 && !wanted.all && !wanted.undeclared {
        notes.push(format!("not listed without `--all`: {}", model::count(humans, "human")));
    }
    let untold: BTreeSet<&str> = estate
        .untold_uses()
        .map(|(place, _)| path(judged.sources, place))
        .collect();
    if !untold.is_empty() {
        notes.push(format!(
            "names of secrets that cannot be told are used in {}",
            model::count(untold.len(), "file")
        ));
    }
    notes
}

fn path(sources: &Sources, place: Place) -> &str {
    &sources.get(place.file).path
}

/// What is open about it, each matter once.
fn open_matters(judged: &Judged<'_, '_>, subject: &str) -> Cell {
    let mut open = judged.found.open(subject);
    let mut words = Vec::new();
    for matter in super::matters() {
        let before = open.len();
        open.retain(|rule| !matter.rules.contains(rule));
        if open.len() < before {
            words.push(matter.key);
        }
    }
    cells::list(words.into_iter().chain(open))
}

fn places(sightings: &[SightingRef<'_, '_>]) -> Cell {
    let seen_at = |sighting: &SightingRef<'_, '_>| SeenPlace {
        place: sighting.place(),
        locator: sighting.sighting().locator.clone(),
    };
    let mut places: Vec<SeenPlace> = sightings.iter().map(seen_at).collect();
    places.sort_by(|one, other| (one.place, &one.locator).cmp(&(other.place, &other.locator)));
    places.dedup();
    if places.is_empty() {
        Cell::Nothing
    } else {
        Cell::Places(places)
    }
}
