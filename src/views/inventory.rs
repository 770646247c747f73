//! Each non-human identity that is declared or seen.

use super::SeenPlace;
use crate::discover::Demand;
use crate::estate::{Estate, SeenAs, SeenRef, SightingRef};
use crate::model::IdentityId;
use crate::source::Sources;
use std::collections::HashMap;

/// Every identity, and what hides some.
pub struct Inventory {
    /// In the order of their subjects.
    pub rows: Vec<InventoryRow>,
    /// Files that could not be read, or not as a whole.
    pub incomplete: Vec<String>,
}

/// One identity.
pub struct InventoryRow {
    /// The entity's path, or `seen(..)`.
    pub subject: String,
    pub state: State,
    /// Whether it has to be declared; nothing of what is.
    pub demand: Option<Demand>,
    /// Where it is seen, by file and place.
    pub places: Vec<SeenPlace>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    DeclaredAndSeen,
    Declared,
    Seen,
    Ignored,
}

impl State {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DeclaredAndSeen => "declared and seen",
            Self::Declared => "declared",
            Self::Seen => "seen",
            Self::Ignored => "ignored",
        }
    }
}

/// Lists the identities of an estate: those that are declared, those that must be and, if `all`, those that are only
/// shown.
pub fn inventory(
    estate: &Estate<'_>,
    sources: &Sources,
    is_ignored: impl Fn(SeenRef<'_, '_>) -> bool,
    all: bool,
) -> Inventory {
    // What several identities claim is seen, whoever's it is.
    let mut claimed: HashMap<IdentityId, Vec<SeenPlace>> = HashMap::new();
    for sighting in estate.seen_things().flat_map(SeenRef::sightings) {
        if let SeenAs::Several(claiming) = sighting.owner() {
            for (identity, _) in claiming {
                claimed.entry(identity.index).or_default().push(seen_at(sighting));
            }
        }
    }
    let mut rows: Vec<InventoryRow> = estate
        .identities()
        .filter(|identity| identity.is_non_human())
        .map(|identity| {
            let own = identity.sightings().map(seen_at);
            let claimed = claimed.remove(&identity.index).unwrap_or_default();
            let places = sorted(own.chain(claimed).collect());
            InventoryRow {
                subject: identity.path(),
                state: if places.is_empty() {
                    State::Declared
                } else {
                    State::DeclaredAndSeen
                },
                demand: None,
                places,
            }
        })
        .collect();
    for thing in estate.seen_things() {
        let nobodys = thing
            .sightings()
            .filter(|sighting| matches!(sighting.owner(), SeenAs::Nobody));
        let places: Vec<SeenPlace> = nobodys.map(seen_at).collect();
        let demanded = thing.thing().demand != Demand::Shown;
        if places.is_empty() || !demanded && !all {
            continue;
        }
        rows.push(InventoryRow {
            subject: thing.path(),
            state: if is_ignored(thing) { State::Ignored } else { State::Seen },
            demand: Some(thing.thing().demand),
            places: sorted(places),
        });
    }
    rows.sort_by(|one, other| one.subject.cmp(&other.subject));
    Inventory {
        rows,
        incomplete: incomplete(estate, sources),
    }
}

fn seen_at(sighting: SightingRef<'_, '_>) -> SeenPlace {
    SeenPlace {
        place: sighting.place(),
        locator: sighting.sighting().locator.clone(),
    }
}

fn sorted(mut places: Vec<SeenPlace>) -> Vec<SeenPlace> {
    places.sort_by(|one, other| (one.place, &one.locator).cmp(&(other.place, &other.locator)));
    places.dedup_by(|one, other| one.place == other.place && one.locator == other.locator);
    places
}

/// Files of which something could not be read, each once.
fn incomplete(estate: &Estate<'_>, sources: &Sources) -> Vec<String> {
    let flaws = estate
        .flaws
        .iter()
        .filter(|flaw| crate::rules::is_reading_error(flaw.fault.name()));
    let unread = estate
        .seen
        .discovered()
        .into_iter()
        .flat_map(|discovered| &discovered.unread);
    let places = flaws
        .map(|flaw| flaw.place)
        .chain(unread.map(|(file, part)| estate.place_in_shown(*file, part.span)));
    let mut paths: Vec<String> = places.map(|place| sources.get(place.file).path.clone()).collect();
    paths.sort();
    paths.dedup();
    paths
}
