//! From what each file shows to the identities that are seen: what belongs together is one.

use super::{Demand, Locator, Rank, Shows, Sighting, Suggests, secret_name};
use std::collections::{BTreeMap, HashMap};

/// One identity that is seen, at all of its places.
#[derive(Debug, Clone)]
pub struct Thing {
    /// Its canonical locator.
    pub locator: String,
    pub demand: Demand,
    pub suggests: Suggests,
    /// Those of its canonical locator first, each by file and place.
    pub sightings: Vec<Seen>,
    /// Every locator that means it wherever it is seen.
    pub locators: Vec<Locator>,
}

/// A sighting, and the file in which it is.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Which of the files that show something.
    pub file: usize,
    pub sighting: Sighting,
    /// Locators that mean it at this place alone: those of a deployment environment.
    pub here: Vec<Locator>,
}

/// Puts together what files show, in their order. `well_known` says whether the names of secrets that can only report or
/// post are heeded.
pub fn assemble(files: Vec<Shows>, well_known: bool) -> Vec<Thing> {
    let mut names = Names::default();
    let mut sightings: Vec<(usize, usize, Sighting)> = Vec::new();
    let mut same = Vec::new();
    for (file, shows) in files.into_iter().enumerate() {
        for mut sighting in shows.sightings {
            heed(&mut sighting, well_known);
            let name = names.of(&sighting.locator);
            sightings.push((name, file, sighting));
        }
        same.extend(shows.same);
    }
    for (one, other) in same {
        names.join(&one, &other);
    }
    names.join_open_namespaces();
    let mut groups: BTreeMap<usize, Vec<(usize, Sighting)>> = BTreeMap::new();
    for (name, file, sighting) in sightings {
        groups.entry(names.root(name)).or_default().push((file, sighting));
    }
    let mut things: Vec<Thing> = groups.into_values().map(thing).collect();
    things.sort_by(|one, other| one.locator.cmp(&other.locator));
    things
}

/// What the name of a well-known secret makes of it, where such names are heeded.
fn heed(sighting: &mut Sighting, well_known: bool) {
    let Some(name) = sighting.locator.strip_prefix("github-secret:") else {
        return;
    };
    if !secret_name::is_well_known(name) {
        return;
    }
    if well_known {
        sighting.rank = Rank::LowStake;
        sighting
            .facts
            .retain(|fact| !matches!(fact.what, super::What::StaticCredential(_)));
    } else if sighting.rank == Rank::LowStake {
        sighting.rank = secret_name::by_name(name);
    }
    sighting.demand = demand_of(sighting.rank);
}

/// What is asked of a secret by what it is.
pub fn demand_of(rank: Rank) -> Demand {
    match rank {
        Rank::Account | Rank::Credential => Demand::Demanded,
        Rank::Unclassified => Demand::AskedFor,
        Rank::Identifier | Rank::LowStake => Demand::Shown,
    }
}

fn thing(mut group: Vec<(usize, Sighting)>) -> Thing {
    // The name is that of the account or the credential; of several, the first.
    let (_, locator) = group
        .iter()
        .map(|(_, sighting)| (sighting.rank, sighting.locator.clone()))
        .min()
        .unwrap_or((Rank::LowStake, String::new()));
    group.sort_by(|(file, one), (other_file, other)| {
        let is_other = |sighting: &Sighting| sighting.locator != locator;
        (is_other(one), *file, one.span, one.rank).cmp(&(is_other(other), *other_file, other.span, other.rank))
    });
    let mut by_rank: Vec<&Sighting> = group.iter().map(|(_, sighting)| sighting).collect();
    by_rank.sort_by_key(|sighting| sighting.rank);
    let mut suggests = Suggests::default();
    for sighting in &by_rank {
        let own = sighting.suggests;
        suggests = Suggests {
            kind: suggests.kind.or(own.kind),
            credential: suggests.credential.or(own.credential),
            authentication: suggests.authentication.or(own.authentication),
            store: suggests.store.or(own.store),
            provider: suggests.provider.or(own.provider),
        };
    }
    let demand = group.iter().map(|(_, sighting)| sighting.demand).max();
    let mut locators = Vec::new();
    let mut sightings = Vec::with_capacity(group.len());
    for (file, sighting) in group {
        locators.extend(Locator::read(&sighting.locator));
        let (here, also): (Vec<Locator>, Vec<Locator>) = sighting
            .also
            .iter()
            .filter_map(|also| Locator::read(also))
            .partition(|also| also.as_str().starts_with("github-secret:") && also.as_str().contains('/'));
        locators.extend(also);
        sightings.push(Seen { file, sighting, here });
    }
    locators.sort();
    locators.dedup();
    Thing {
        locator,
        demand: demand.unwrap_or(Demand::Shown),
        suggests,
        sightings,
        locators,
    }
}

/// Canonical locators, and which of them are one.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, usize>,
    parents: Vec<usize>,
}

impl Names {
    fn of(&mut self, locator: &str) -> usize {
        if let Some(number) = self.numbers.get(locator) {
            return *number;
        }
        let number = self.parents.len();
        self.numbers.insert(locator.to_owned(), number);
        self.parents.push(number);
        number
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    /// Makes one of two that are both seen.
    fn join(&mut self, one: &str, other: &str) {
        if let (Some(one), Some(other)) = (self.numbers.get(one).copied(), self.numbers.get(other).copied()) {
            self.unite(one, other);
        }
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (first, last) = (one.min(other), one.max(other));
        self.parents[last] = first;
    }

    /// A service account whose object leaves its namespace open is the one of that name, if there is just one.
    fn join_open_namespaces(&mut self) {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (locator, number) in &self.numbers {
            if let Some((_, name)) = locator.strip_prefix("k8s:").and_then(|rest| rest.split_once('/')) {
                by_name.entry(name).or_default().push(*number);
            }
        }
        let open: Vec<(usize, usize)> = by_name
            .into_iter()
            .filter_map(|(name, numbers)| {
                let open = *self.numbers.get(&format!("k8s:*/{name}"))?;
                let mut others = numbers.into_iter().filter(|number| *number != open);
                let other = others.next()?;
                others.next().is_none().then_some((open, other))
            })
            .collect();
        for (open, other) in open {
            self.unite(open, other);
        }
    }
}
