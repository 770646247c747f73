//! Which declared locators mean which things seen.

use crate::discover::{Locator, Seen, Specificity, Thing};
use crate::estate::Estate;
use crate::model::IdentityId;
use crate::source::Place;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// A locator that an identity declares.
#[derive(Debug, Clone)]
pub struct DeclaredLocator {
    pub identity: IdentityId,
    pub place: Place,
    pub locator: Locator,
}

/// A declared locator that means a thing, and by which of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Which of the declared locators.
    pub declared: u32,
    /// Which of the names of the thing, or of the sighting.
    pub name: u32,
    pub specificity: Specificity,
}

/// What may mean a thing: wherever it is seen, and at single places.
#[derive(Debug, Default)]
pub struct Candidates {
    pub anywhere: Vec<Candidate>,
    /// For each sighting; empty where none has names of its own.
    pub here: Vec<Vec<Candidate>>,
}

/// Every locator that an identity declares and that is of a known form, in the order of the identities.
pub fn declared(estate: &Estate<'_>) -> Vec<DeclaredLocator> {
    let identities = estate.identities().filter(|identity| identity.readable);
    let locators = identities.flat_map(|identity| {
        let file = identity.file;
        identity.entity().body.locators.iter().filter_map(move |locator| {
            Some(DeclaredLocator {
                identity: identity.index,
                place: Place {
                    file,
                    span: locator.span,
                },
                locator: Locator::read(&locator.value)?,
            })
        })
    });
    locators.collect()
}

/// Whether some identity may have locators that could not be read.
pub fn may_have_more(estate: &Estate<'_>) -> bool {
    estate.files.iter().any(|file| file.identities.is_damaged())
        || estate.identities().any(|identity| {
            let body = &identity.entity().body;
            !identity.readable || body.locators.damaged
        })
}

/// For each thing, what may mean it.
pub fn candidates(things: &[Thing], declared: &[DeclaredLocator]) -> Vec<Candidates> {
    let index = Index::of(declared);
    things.par_iter().map(|thing| index.candidates(thing)).collect()
}

/// The declared locators, by what is looked up.
struct Index<'d> {
    declared: &'d [DeclaredLocator],
    /// Those without `*`.
    exact: HashMap<&'d str, Vec<u32>>,
    /// Those with `*`, and Terraform's without a folder.
    open: Vec<u32>,
}

impl<'d> Index<'d> {
    fn of(declared: &'d [DeclaredLocator]) -> Self {
        let mut exact: HashMap<&str, Vec<u32>> = HashMap::new();
        let mut open = Vec::new();
        for (at, one) in (0_u32..).zip(declared) {
            if one.locator.has_star() || one.locator.address_anywhere().is_some() {
                open.push(at);
            }
            if !one.locator.has_star() {
                exact.entry(one.locator.as_str()).or_default().push(at);
            }
        }
        Self { declared, exact, open }
    }

    fn candidates(&self, thing: &Thing) -> Candidates {
        let here = if thing.sightings.iter().all(|seen| seen.here.is_empty()) {
            Vec::new()
        } else {
            let here = |seen: &Seen| self.meaning(&seen.here);
            thing.sightings.iter().map(here).collect()
        };
        Candidates {
            anywhere: self.meaning(&thing.locators),
            here,
        }
    }

    fn meaning(&self, names: &[Locator]) -> Vec<Candidate> {
        let mut found = BTreeSet::new();
        for (at, name) in (0_u32..).zip(names) {
            let mut add = |declared: u32| {
                found.insert(Candidate {
                    declared,
                    name: at,
                    specificity: self.declared[declared as usize].locator.specificity(),
                });
            };
            if name.has_star() {
                // What the file leaves open may be any of them.
                let all = (0_u32..).zip(self.declared);
                all.filter(|(_, one)| one.locator.means(name))
                    .for_each(|(one, _)| add(one));
                continue;
            }
            self.exact
                .get(name.as_str())
                .into_iter()
                .flatten()
                .for_each(|one| add(*one));
            let open = self
                .open
                .iter()
                .filter(|one| self.declared[**one as usize].locator.means(name));
            open.for_each(|one| add(*one));
        }
        found.into_iter().collect()
    }
}
