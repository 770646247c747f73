//! Everything that is seen, and that no identity declares.

use super::super::matters::{DECLARATION, MATTERS};
use super::super::{Judged, Row};
use super::{open_matters, path, places};
use crate::discover::{Demand, What};
use crate::estate::{SeenAs, SeenRef, SightingRef};
use crate::views::standing::Says;
use crate::views::{Cell, Word, cells};
use crate::{model, rules};
use std::collections::BTreeSet;

/// The places of something at which it is nobody's.
pub fn nobodys<'e, 'a>(thing: SeenRef<'e, 'a>) -> Vec<SightingRef<'e, 'a>> {
    let nobodys = thing
        .sightings()
        .filter(|sighting| matches!(sighting.owner(), SeenAs::Nobody));
    nobodys.collect()
}

/// Something that is seen, and that no identity declares.
pub fn row(judged: &Judged<'_, '_>, thing: SeenRef<'_, '_>, sightings: Vec<SightingRef<'_, '_>>, state: &str) -> Row {
    let subject = thing.path();
    let is_ignored = rules::is_ignored(judged.settings, thing);
    let suggests = thing.thing().suggests;
    let demand = thing.thing().demand;
    let mut environments = BTreeSet::new();
    for sighting in &sightings {
        for fact in &sighting.sighting().facts {
            if let What::Environment(name) = &fact.what {
                let known = judged.settings.environment_named(name);
                environments.insert(known.map_or(name.clone(), |known| known.value.to_string()));
            }
        }
    }
    let word = |word: Option<&'static str>| word.map_or(Cell::Nothing, cells::text);
    let mut cells = vec![
        cells::text(&subject),
        word(suggests.kind.map(model::IdentityKind::as_str)),
        Cell::Nothing,
        cells::text(if is_ignored { "ignored" } else { state }),
        cells::text(match demand {
            Demand::Demanded => "demanded",
            Demand::AskedFor => "asked",
            Demand::Shown => "shown",
        }),
        Cell::Nothing,
        Cell::Nothing,
        Cell::Nothing,
        cells::list(environments),
        word(suggests.credential.map(model::Credential::as_str)),
        Cell::Nothing,
        word(suggests.store),
        Cell::Nothing,
        Cell::Nothing,
        Cell::Nothing,
        Cell::Nothing,
        Cell::Nothing,
    ];
    let file = sightings
        .first()
        .map_or("", |sighting| path(judged.sources, sighting.place()));
    let is_asked = demand != Demand::Shown && !is_ignored;
    let compares = judged.found.compares();
    let says = |is_declaration: bool| match (is_asked, is_declaration) {
        (false, _) => Says::Nothing,
        // No rule asked, or something that could not be read may declare it.
        (true, _) => Says::Unknown,
    };
    cells.push(if is_asked && !compares {
        Cell::Standing(Word::Off)
    } else {
        Cell::Standing(judged.found.standing(&DECLARATION, &subject, file, says(true)))
    });
    for matter in &MATTERS {
        cells.push(Cell::Standing(judged.found.standing(
            matter,
            &subject,
            file,
            says(false),
        )));
    }
    cells.push(open_matters(judged, &subject));
    cells.extend(judged.ending(&subject, None));
    cells.push(places(&sightings));
    Row {
        services: BTreeSet::new(),
        subject,
        owner: None,
        cells,
    }
}
