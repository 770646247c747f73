//! From what each file shows to the identities that are seen: what belongs together is one.

use super::{Demand, Locator, Rank, Shows, Sighting, Suggests, What, github_actions, gitlab_ci, secret_name};
use crate::model::Credential;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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

/// Puts together what files show, in their order, each with its path. `well_known` says whether the names of secrets that
/// can only report or post are heeded.
pub fn assemble(mut files: Vec<(String, Shows)>, well_known: bool) -> Vec<Thing> {
    for file in called(&files) {
        let shows = &mut files[file].1;
        shows.sightings.append(&mut shows.parameters);
    }
    let mut sightings: Vec<(usize, Sighting)> = Vec::new();
    let mut same = Vec::new();
    let mut defined = HashSet::new();
    for (file, (_, shows)) in files.into_iter().enumerate() {
        sightings.extend(shows.sightings.into_iter().map(|sighting| (file, sighting)));
        same.extend(shows.same);
        defined.extend(shows.defines);
    }
    // What a file of the repository sets is no setting of the project.
    sightings.retain(|(_, sighting)| {
        let variable = sighting.locator.strip_prefix(gitlab_ci::VARIABLE);
        variable.is_none_or(|name| !defined.contains(name))
    });
    by_use(&mut sightings);
    for (_, sighting) in &mut sightings {
        heed(sighting, well_known);
    }
    same.extend(by_stems(&sightings));
    let mut names = Names::default();
    let numbered: Vec<usize> = sightings
        .iter()
        .map(|(_, sighting)| names.of(&sighting.locator))
        .collect();
    for (one, other) in same {
        names.join(&one, &other);
    }
    names.join_open_namespaces();
    for (one, other) in made_and_taken(&sightings) {
        names.join(&one, &other);
    }
    let mut groups: BTreeMap<usize, Vec<(usize, Sighting)>> = BTreeMap::new();
    for (name, seen) in numbered.into_iter().zip(sightings) {
        groups.entry(names.root(name)).or_default().push(seen);
    }
    let mut things: Vec<Thing> = groups.into_values().map(thing).collect();
    things.sort_by(|one, other| one.locator.cmp(&other.locator));
    things
}

/// The workflows that take all secrets of one that is not only called itself, by way of others or not.
fn called(files: &[(String, Shows)]) -> Vec<usize> {
    let numbered = files.iter().enumerate();
    let by_path: HashMap<&str, usize> = numbered.map(|(at, (path, _))| (path.as_str(), at)).collect();
    let is_called_only = |at: &usize| files[*at].1.is_called_only;
    let mut ahead: Vec<usize> = (0..files.len()).filter(|at| !is_called_only(at)).collect();
    let mut called = vec![false; files.len()];
    while let Some(caller) = ahead.pop() {
        for path in &files[caller].1.inherits {
            if let Some(at) = by_path.get(path.as_str())
                && !std::mem::replace(&mut called[*at], true)
                && is_called_only(at)
            {
                ahead.push(*at);
            }
        }
    }
    (0..files.len()).filter(|at| called[*at]).collect()
}

/// What takes a secret tells more of it than its name, wherever else it is used.
fn by_use(sightings: &mut [(usize, Sighting)]) {
    let mut ranks: HashMap<String, Rank> = HashMap::new();
    for (_, sighting) in sightings.iter().filter(|(_, sighting)| sighting.by_use) {
        let rank = ranks.entry(sighting.locator.clone()).or_insert(sighting.rank);
        *rank = (*rank).min(sighting.rank);
    }
    for (_, sighting) in sightings.iter_mut() {
        if let Some(rank) = ranks.get(&sighting.locator)
            && sighting.rank != *rank
        {
            sighting.rank = *rank;
            sighting.demand = demand_of(*rank);
            if *rank == Rank::Identifier {
                let of_secrets = |what: &What| matches!(what, What::StaticCredential(_) | What::Store(_));
                sighting.facts.retain(|fact| !of_secrets(&fact.what));
            }
        }
    }
}

/// The schemes of secrets that are told apart by their names.
const NAMED: [&str; 2] = [github_actions::SECRET, gitlab_ci::VARIABLE];

/// Secrets that are one by their names.
fn by_stems(sightings: &[(usize, Sighting)]) -> Vec<(String, String)> {
    let of_scheme = |scheme: &'static str| {
        let mut names: BTreeMap<String, Rank> = BTreeMap::new();
        for (_, sighting) in sightings {
            if let Some(name) = sighting.locator.strip_prefix(scheme) {
                let rank = names.entry(name.to_owned()).or_insert(sighting.rank);
                *rank = (*rank).min(sighting.rank);
            }
        }
        let names: Vec<(String, Rank)> = names.into_iter().collect();
        let locator = move |name: String| format!("{scheme}{name}");
        let pairs = github_actions::pairs(&names).into_iter();
        pairs.map(move |(one, other)| (locator(one), locator(other)))
    };
    NAMED.into_iter().flat_map(of_scheme).collect()
}

/// A role or an account that a workflow takes, and the one place where the repository makes it.
fn made_and_taken(sightings: &[(usize, Sighting)]) -> Vec<(String, String)> {
    let is_taken = |locator: &str| locator.starts_with("arn:") || locator.contains('@');
    let mut made: BTreeMap<&str, Vec<Locator>> = BTreeMap::new();
    for (_, sighting) in sightings.iter().filter(|(_, sighting)| !is_taken(&sighting.locator)) {
        let also = sighting.also.iter().filter(|also| is_taken(also));
        let also = also.filter_map(|also| Locator::read(also));
        made.entry(&sighting.locator).or_default().extend(also);
    }
    let locators: BTreeSet<&str> = sightings
        .iter()
        .map(|(_, sighting)| sighting.locator.as_str())
        .collect();
    let taken = locators.into_iter().filter(|locator| is_taken(locator));
    let pairs = taken.filter_map(|locator| {
        let read = Locator::read(locator)?;
        let mut fits = made
            .iter()
            .filter(|(_, also)| also.iter().any(|also| also.means(&read)));
        let (one, _) = fits.next()?;
        fits.next().is_none().then(|| (locator.to_owned(), (*one).to_owned()))
    });
    pairs.collect()
}

/// What the name of a well-known secret makes of it, where such names are heeded.
fn heed(sighting: &mut Sighting, well_known: bool) {
    let Some(name) = NAMED.iter().find_map(|scheme| sighting.locator.strip_prefix(scheme)) else {
        return;
    };
    if !secret_name::is_well_known(name) {
        return;
    }
    if well_known {
        sighting.rank = Rank::LowStake;
        sighting
            .facts
            .retain(|fact| !matches!(fact.what, What::StaticCredential(_)));
    } else if sighting.rank == Rank::LowStake {
        sighting.rank = secret_name::by_name(name);
    }
    sighting.demand = if sighting.locator.starts_with(gitlab_ci::VARIABLE) {
        gitlab_ci::demand_of_variable(sighting.rank)
    } else {
        demand_of(sighting.rank)
    };
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
        .map(|(_, sighting)| {
            // A namespace that is known says more than one that is open.
            let is_open = sighting.locator.starts_with("k8s:*/");
            (sighting.rank, is_open, sighting.locator.clone())
        })
        .min()
        .map_or((Rank::LowStake, String::new()), |(rank, _, locator)| (rank, locator));
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
    // Whoever has a secret is not federated alone.
    let facts = group.iter().flat_map(|(_, sighting)| &sighting.facts);
    let has_static = facts
        .into_iter()
        .any(|fact| matches!(fact.what, What::StaticCredential(_)));
    if has_static && suggests.credential == Some(Credential::Federated) {
        suggests.credential = Some(Credential::StaticSecret);
        suggests.authentication = None;
    }
    let demand = group.iter().map(|(_, sighting)| sighting.demand).max();
    group.dedup();
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
