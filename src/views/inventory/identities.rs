//! Every non-human identity that is declared or seen.

use super::matters::{DECLARATION, MATTERS};
use super::{DECLARED_AT, HELD_BACK, Judged, OPEN, OWNER, Row, SUBJECT, Wanted, column, paths};
use crate::discover::{Demand, What};
use crate::estate::{IdentityRef, SeenAs, SeenRef, SightingRef, StatedAt};
use crate::model::IdentityId;
use crate::source::Sources;
use crate::views::standing::Says;
use crate::views::{Cell, Column, Holds, SeenPlace, cells};
use crate::{model, rules};
use std::collections::{BTreeSet, HashMap};

const fn matter(key: &'static str, head: &'static str, about: &'static str) -> Column {
    column(key, head, about, Holds::Standing, false)
}

pub const COLUMNS: &[Column] = &[
    SUBJECT,
    column(
        "kind",
        "Kind",
        "What kind of identity it is: as declared, or as what is seen suggests.",
        Holds::Text,
        false,
    ),
    OWNER,
    column(
        "state",
        "State",
        "`declared and seen`, `declared`, `seen` or `ignored`; seen is in a file of the repository.",
        Holds::Text,
        true,
    ),
    column(
        "demand",
        "Demand",
        "Of what is not declared, whether it has to be: `demanded`, `asked` or `shown`.",
        Holds::Text,
        false,
    ),
    column(
        "in-use",
        "In use",
        "Whether it is declared to be in use on the as-of date: `yes`, `no` or `unknown`.",
        Holds::Text,
        false,
    ),
    column(
        "services",
        "Services",
        "Its home services, and those to which it has access.",
        Holds::List,
        false,
    ),
    column(
        "access",
        "Access",
        "What it may do, and on which service, as declared.",
        Holds::List,
        false,
    ),
    column(
        "environments",
        "Environments",
        "Where it acts: as declared or, of what is not declared, as it is seen.",
        Holds::List,
        false,
    ),
    column(
        "credential",
        "Credential",
        "Its kind of credential: as declared, or as what is seen suggests.",
        Holds::Text,
        false,
    ),
    column(
        "credentials",
        "Credentials",
        "For how many things seen it stands, if several.",
        Holds::Count,
        false,
    ),
    column(
        "store",
        "Store",
        "Where its secret is declared to be stored.",
        Holds::Text,
        false,
    ),
    column(
        "created",
        "Created",
        "The day on which it was created.",
        Holds::Day,
        false,
    ),
    column(
        "expires",
        "Expires",
        "The last day on which it works.",
        Holds::Day,
        false,
    ),
    column(
        "retired",
        "Retired",
        "The day on which it was taken out of use.",
        Holds::Day,
        false,
    ),
    column(
        "rotated-on",
        "Rotated on",
        "The day of the last rotation.",
        Holds::Day,
        false,
    ),
    column(
        "reviewed-on",
        "Reviewed on",
        "The day of the last review.",
        Holds::Day,
        false,
    ),
    matter(
        "declaration",
        "Declaration",
        "Whether it is declared where it is seen, and only once.",
    ),
    matter("ownership", "Ownership", "Whether someone answers for it."),
    matter(
        "authentication",
        "Authentication",
        "How it authenticates, and whether people can log in with it.",
    ),
    matter("storage", "Storage", "Where its secret is stored."),
    matter("rotation", "Rotation", "Whether its credential is rotated in time."),
    matter(
        "privilege",
        "Privilege",
        "What it may do, and what that may not be combined with.",
    ),
    matter("review", "Review", "Whether its access is reviewed in time."),
    matter("offboarding", "Offboarding", "How it ends, and whether it has."),
    matter("monitoring", "Monitoring", "Whether its use is monitored."),
    column(
        "open-matters",
        "Open",
        "The matters that are open, and the other rules of which a finding is reported about it.",
        Holds::List,
        true,
    ),
    Column {
        head: "Findings",
        is_narrow: false,
        ..OPEN
    },
    HELD_BACK,
    DECLARED_AT,
    column(
        "places",
        "Places",
        "Where it is seen, each with its locator there.",
        Holds::Places,
        false,
    ),
];

pub fn rows(judged: &Judged<'_, '_>, wanted: &Wanted) -> Vec<Row> {
    let mut rows = if wanted.undeclared {
        Vec::new()
    } else {
        declared(judged, wanted.all)
    };
    let nobodys = judged.estate.seen_things().filter_map(|thing| {
        let places = nobodys(thing);
        let is_listed = thing.thing().demand != Demand::Shown || wanted.all;
        (is_listed && !places.is_empty()).then(|| seen(judged, thing, places))
    });
    rows.extend(nobodys);
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

fn path(sources: &Sources, place: crate::source::Place) -> &str {
    &sources.get(place.file).path
}

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

fn environments(identity: IdentityRef<'_, '_>) -> Vec<&'static str> {
    let mut words = Vec::new();
    for (environment, _, _) in identity.works_in() {
        if !words.contains(&environment.as_str()) {
            words.push(environment.as_str());
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

/// The places of something at which it is nobody's.
fn nobodys<'e, 'a>(thing: SeenRef<'e, 'a>) -> Vec<SightingRef<'e, 'a>> {
    let nobodys = thing
        .sightings()
        .filter(|sighting| matches!(sighting.owner(), SeenAs::Nobody));
    nobodys.collect()
}

/// Something that is seen, and that no identity declares.
fn seen(judged: &Judged<'_, '_>, thing: SeenRef<'_, '_>, sightings: Vec<SightingRef<'_, '_>>) -> Row {
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
        cells::text(if is_ignored { "ignored" } else { "seen" }),
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
        cells::off(&DECLARATION.rules[..1])
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
