//! Every identity that is declared.

use super::super::matters::{DECLARATION, MATTERS};
use super::super::{Judged, Row, paths};
use super::{open_matters, path, places};
use crate::estate::{IdentityRef, SeenAs, SeenRef, SightingRef, StatedAt};
use crate::model::IdentityId;
use crate::rules;
use crate::views::standing::Says;
use crate::views::{Cell, cells};
use std::collections::{BTreeSet, HashMap};

/// Every identity that is declared; humans only if `all`.
pub fn declared(judged: &Judged<'_, '_>, all: bool) -> Vec<Row> {
    let estate = judged.estate;
    // What several identities claim is seen, whoever's it is.
    let mut claimed: HashMap<IdentityId, Vec<SightingRef<'_, '_>>> = HashMap::new();
    for sighting in estate.seen_things().flat_map(SeenRef::sightings) {
        if let SeenAs::Several(claiming) = sighting.owner() {
            for (identity, _) in claiming {
                claimed.entry(identity.index).or_default().push(sighting);
            }
        }
    }
    let flawed = flawed(judged);
    let identities = estate.identities().filter(|identity| all || !identity.is_human());
    let row = |identity: IdentityRef<'_, '_>| {
        let claimed = claimed.get(&identity.index).into_iter().flatten().copied();
        let sightings: Vec<SightingRef<'_, '_>> = identity.sightings().chain(claimed).collect();
        one(judged, identity, &sightings, &flawed)
    };
    identities.map(row).collect()
}

/// The subjects of which a part could not be read.
fn flawed(judged: &Judged<'_, '_>) -> BTreeSet<String> {
    let flaws = judged.estate.flaws.iter();
    let flaws = flaws.filter(|flaw| rules::is_reading_error(flaw.fault.name()));
    flaws.map(|flaw| flaw.subject.clone()).collect()
}

fn one(
    judged: &Judged<'_, '_>,
    identity: IdentityRef<'_, '_>,
    sightings: &[SightingRef<'_, '_>],
    flawed: &BTreeSet<String>,
) -> Row {
    let subject = identity.path();
    let owner = judged.owner(&subject);
    let body = identity.entity();
    let file = path(judged.sources, identity.place());
    let profile = identity.profile_taken().map(|profile| profile.path());
    // Where a part of it could not be read, rules keep silent that would speak.
    let is_flawed = !body.readable
        || flawed.contains(&subject)
        || flawed.contains(file)
        || profile.is_some_and(|profile| flawed.contains(&profile))
        || identity.profile_taken().is_none() && !body.body.profile.is_absent();
    let rotation = identity.part(|i| &i.rotation);
    let review = identity.part(|i| &i.review);
    let access = identity.list(|i| &i.access);
    let rights: Vec<String> = access
        .iter()
        .map(|right| {
            let service = right.value.service.get().map_or("unknown", |name| name.as_str());
            let actions: Vec<&str> = right.value.actions.iter().map(|action| action.value.as_str()).collect();
            format!(
                "{service}: {}",
                if actions.is_empty() {
                    "not stated".to_owned()
                } else {
                    actions.join(", ")
                }
            )
        })
        .collect();
    let mut services: BTreeSet<_> = identity.own_rights().filter_map(|right| right.service).collect();
    let homes = identity.list(|i| &i.services);
    services.extend(
        homes
            .iter()
            .filter_map(|name| judged.estate.service_named(name.namespace, name.value)),
    );
    let things: BTreeSet<&str> = sightings
        .iter()
        .map(|sighting| sighting.thing().locator.as_str())
        .collect();
    let is_seen = !sightings.is_empty();
    let in_use = match (identity.is_active(), is_flawed) {
        (true, _) => "yes",
        (false, true) => "unknown",
        (false, false) => "no",
    };
    let mut cells = vec![
        cells::text(&subject),
        cells::stated(identity.stated(|i| &i.kind)),
        owner.as_ref().map_or(Cell::Nothing, cells::text),
        cells::text(if is_seen { "declared and seen" } else { "declared" }),
        Cell::Nothing,
        Cell::Nothing,
        cells::text(in_use),
        cells::list(services.iter().map(|service| service.name())),
        cells::list(rights),
        cells::list(environments(identity)),
        cells::stated(identity.stated(|i| &i.credential)),
        if things.len() > 1 {
            Cell::Count(things.len())
        } else {
            Cell::Nothing
        },
        cells::stated(identity.stated(|i| &i.store)),
        cells::stated_day(identity.stated(|i| &i.created)),
        cells::stated_day(identity.stated(|i| &i.expires)),
        cells::day(&body.body.retired),
        cells::stated_day(rotation.stated(|rotation| &rotation.last)),
        cells::stated_day(review.stated(|review| &review.last)),
    ];
    let standing = |matter, says: Says| {
        let says = if is_flawed && says == Says::Nothing {
            Says::Unknown
        } else {
            says
        };
        Cell::Standing(judged.found.standing(matter, &subject, file, says))
    };
    cells.push(standing(&DECLARATION, Says::Something));
    for matter in &MATTERS {
        cells.push(standing(matter, says(identity, matter.key)));
    }
    cells.push(open_matters(judged, &subject));
    cells.extend(judged.ending(&subject, Some(identity.place())));
    cells.push(places(sightings));
    Row {
        services: paths(services),
        subject,
        owner,
        cells,
    }
}

fn environments(identity: IdentityRef<'_, '_>) -> Vec<String> {
    let mut words = Vec::new();
    for (environment, place, _) in identity.works_in() {
        let word = match place == identity.place() {
            true => format!("{environment} (not stated)"),
            false => environment.to_string(),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// What an identity declares of a matter.
fn says(identity: IdentityRef<'_, '_>, matter: &str) -> Says {
    let of = |absent: bool, unknown: bool| match (unknown, absent) {
        (true, _) => Says::Unknown,
        (_, true) => Says::Nothing,
        _ => Says::Something,
    };
    macro_rules! any_of {
        ($($stated:expr),*) => {{
            let all = [$({
                let stated = $stated;
                (stated.is_absent(), stated.is_unknown())
            }),*];
            if all.iter().any(|(absent, unknown)| !absent && !unknown) {
                Says::Something
            } else {
                of(all.iter().all(|(absent, _)| *absent), all.iter().any(|(_, unknown)| *unknown))
            }
        }};
    }
    match matter {
        "ownership" => any_of!(identity.owner()),
        "authentication" => any_of!(
            identity.stated(|i| &i.authentication),
            identity.stated(|i| &i.credential)
        ),
        "storage" => any_of!(identity.stated(|i| &i.store)),
        "rotation" => any_of!(identity.part(|i| &i.rotation)),
        "privilege" => {
            let access = identity.list(|i| &i.access);
            let privilege = identity.stated(|i| &i.privilege);
            match (access.is_surely_empty(), access.damaged) {
                (false, false) => Says::Something,
                (_, damaged) => of(privilege.is_absent(), damaged || matches!(privilege, StatedAt::Unknown)),
            }
        }
        "review" => any_of!(identity.part(|i| &i.review)),
        "offboarding" => any_of!(identity.part(|i| &i.offboarding)),
        "monitoring" => any_of!(identity.part(|i| &i.monitoring)),
        _ => Says::Nothing,
    }
}
