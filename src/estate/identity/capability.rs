//! What identities can do together with those they may become.

use super::Right;
use super::components::strongly_connected;
use crate::estate::{DataRef, Estate, IdentityRef, ServiceRef};
use crate::model::IdentityId;
use crate::today::Held;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How much it counts when two rights are combined at an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It is not reported; its rights count for identities that may become it.
    None,
    /// It is reported, and so is the nearest one of full weight that may become it.
    Light,
    /// It is reported, and identities that may become it add nothing.
    Full,
}

/// The nearest identity at which two rights are combined, and where.
pub struct Combining<'e, 'a, T> {
    pub identity: IdentityRef<'e, 'a>,
    pub found: T,
}

/// What a right contributes to each of the two halves of a combination: one bit for each way.
type Halves = (u8, u8);

fn both(halves: Halves) -> bool {
    halves.0 != 0 && halves.1 != 0
}

/// Where, on which data, and to which of the two halves.
type Duty<'e, 'a> = (Option<ServiceRef<'e, 'a>>, Vec<DataRef<'e, 'a>>, Halves);

/// A right that contributes something, and the number of the duty that it is.
#[derive(Clone, Copy)]
struct Part<'e, 'a> {
    right: Right<'e, 'a>,
    halves: Halves,
    duty: usize,
}

/// Rights of several identities, without duplicates.
#[derive(Default)]
struct Rights<'e, 'a> {
    all: Vec<Part<'e, 'a>>,
    halves: Halves,
    known: HashSet<usize>,
}

/// More different duties than occur by accident; the bound keeps hostile chains from growing a list each.
const MAX_ASSUMED: usize = 64;

/// How many duties a whole estate may carry along its chains, when it is small enough for more than that.
const MAX_CARRIED: usize = 200_000;

impl<'e, 'a> Rights<'e, 'a> {
    fn extend(&mut self, parts: &[Part<'e, 'a>], most: usize) {
        for part in parts {
            if self.all.len() >= most {
                return;
            }
            if self.known.insert(part.duty) {
                self.halves = (self.halves.0 | part.halves.0, self.halves.1 | part.halves.1);
                self.all.push(*part);
            }
        }
    }

    fn rights(&self) -> Vec<Right<'e, 'a>> {
        self.all.iter().map(|part| part.right).collect()
    }
}

/// The duties that are known, each with a number.
#[derive(Default)]
struct Numbered<'e, 'a>(HashMap<Duty<'e, 'a>, usize>);

impl<'e, 'a> Numbered<'e, 'a> {
    /// Those of some rights that contribute anything.
    fn parts(
        &mut self,
        rights: impl Iterator<Item = Right<'e, 'a>>,
        (first, second): (&impl Fn(&Right<'e, 'a>) -> u8, &impl Fn(&Right<'e, 'a>) -> u8),
    ) -> Vec<Part<'e, 'a>> {
        let mut parts = Vec::new();
        for right in rights {
            let halves = (first(&right), second(&right));
            if halves != (0, 0) {
                let next = self.0.len();
                let duty = *self.0.entry((right.service, right.data(), halves)).or_insert(next);
                parts.push(Part { right, halves, duty });
            }
        }
        parts
    }
}

/// Which active identities may act as which others.
pub fn becoming(estate: &Estate<'_>) -> Held<Vec<(IdentityId, IdentityId)>> {
    let identities = estate.identities.par_ids();
    let acting = identities.map(|index| {
        estate.as_of.held(|| {
            let identity = Some(estate.identity(index)).filter(IdentityRef::is_active);
            let others = identity.into_iter().flat_map(IdentityRef::is_stated_to_act_as);
            others.map(|other| (index, other.index)).collect::<Vec<_>>()
        })
    });
    let acting: Vec<Held<Vec<_>>> = acting.collect();
    estate.as_of.held(|| {
        let each = acting.iter().flat_map(|one| one.get(&estate.as_of));
        each.copied().collect()
    })
}

/// The active identities of an estate, and which of them act as which others.
pub struct Chains<'e, 'a> {
    /// Most identities act as no other, and are checked by themselves.
    alone: Vec<IdentityRef<'e, 'a>>,
    chained: Vec<IdentityRef<'e, 'a>>,
    /// What each that is chained may do by itself.
    rights: Vec<Vec<Right<'e, 'a>>>,
    /// For each that is chained, those that it may become.
    next: Vec<Vec<usize>>,
    /// Those that may become each other; what each leads to comes before it.
    components: Vec<Vec<usize>>,
    /// For each that is chained, its component.
    component_of: Vec<usize>,
}

impl<'a> Estate<'a> {
    pub fn chains(&self) -> Chains<'_, 'a> {
        let active = || self.identities().filter(IdentityRef::is_active);
        let becoming = self.becoming.get(&self.as_of);
        let chained: BTreeSet<IdentityId> = becoming.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let alone = active().filter(|identity| !chained.contains(&identity.index)).collect();
        let nodes: HashMap<IdentityId, usize> =
            chained.iter().enumerate().map(|(node, index)| (*index, node)).collect();
        let mut next = vec![Vec::new(); chained.len()];
        // The last first: which of several paths to a right is reported depends on the order.
        for (one, other) in becoming.iter().rev() {
            next[nodes[one]].push(nodes[other]);
        }
        let mut components = strongly_connected(&next);
        let mut component_of = vec![usize::MAX; chained.len()];
        for (number, component) in components.iter_mut().enumerate() {
            component.sort_unstable();
            for node in component {
                component_of[*node] = number;
            }
        }
        let chained: Vec<IdentityRef<'_, 'a>> = chained.into_iter().map(|index| self.identity(index)).collect();
        Chains {
            alone,
            rights: chained.iter().map(|one| one.own_rights().collect()).collect(),
            chained,
            next,
            components,
            component_of,
        }
    }
}

impl<'e, 'a> Chains<'e, 'a> {
    /// The identities whose own rights, together with those of the identities they may become, satisfy `judge`.
    ///
    /// Along a chain, only the nearest one is reported: identities that may become it add nothing, unless it has less
    /// weight. In a cycle it is the first by path. `first` and `second` state what a right contributes to each of the two
    /// things that have to come together. Most identities have nothing of the first, and are passed over for that.
    pub fn nearest_combining<T>(
        &self,
        first: impl Fn(&Right<'e, 'a>) -> u8,
        second: impl Fn(&Right<'e, 'a>) -> u8,
        judge: impl Fn(&[Right<'e, 'a>]) -> Option<T>,
        weight: impl Fn(&IdentityRef<'e, 'a>) -> Weight,
    ) -> Vec<Combining<'e, 'a, T>> {
        let alone = self.alone.iter().filter_map(|identity| {
            if identity.own_rights().all(|right| first(&right) == 0)
                || identity.own_rights().all(|right| second(&right) == 0)
            {
                return None;
            }
            let mut own = Rights::default();
            own.extend(
                &Numbered::default().parts(identity.own_rights(), (&first, &second)),
                usize::MAX,
            );
            let found = judge(&own.rights()).filter(|_| weight(identity) != Weight::None)?;
            Some(Combining {
                identity: *identity,
                found,
            })
        });
        let mut found: Vec<Combining<'e, 'a, T>> = alone.collect();
        found.extend(self.combining_in_chains((&first, &second), judge, weight));
        found.sort_by_key(|combining| combining.identity.index);
        found
    }

    /// The same among identities of which each may become another, or is one that another may become.
    fn combining_in_chains<T>(
        &self,
        halves: (&impl Fn(&Right<'e, 'a>) -> u8, &impl Fn(&Right<'e, 'a>) -> u8),
        judge: impl Fn(&[Right<'e, 'a>]) -> Option<T>,
        weight: impl Fn(&IdentityRef<'e, 'a>) -> Weight,
    ) -> Vec<Combining<'e, 'a, T>> {
        let mut numbered = Numbered::default();
        let own = self.rights.iter();
        let own: Vec<Vec<Part<'e, 'a>>> = own.map(|own| numbered.parts(own.iter().copied(), halves)).collect();
        // For each component, the rights that matter of all that it leads to; those that are alike count once.
        let mut reach: Vec<Vec<Part<'e, 'a>>> = Vec::with_capacity(self.components.len());
        // For each component, the weight with which it, or one that it leads to, is reported.
        let mut combined: Vec<Weight> = Vec::with_capacity(self.components.len());
        let mut found = Vec::new();
        let most_assumed = (MAX_CARRIED / self.chained.len().max(1)).max(MAX_ASSUMED);
        for (number, component) in self.components.iter().enumerate() {
            let mut here = Rights::default();
            let mut below = Weight::None;
            // Its own rights come first, and all of them count.
            for node in component {
                here.extend(&own[*node], usize::MAX);
            }
            let most = here.all.len().saturating_add(most_assumed);
            for node in component {
                for next in &self.next[*node] {
                    let next = self.component_of[*next];
                    if next != number {
                        below = below.max(combined[next]);
                        here.extend(&reach[next], most);
                    }
                }
            }
            let members = || component.iter().map(|node| self.chained[*node]);
            let together = if below < Weight::Full && both(here.halves) {
                judge(&here.rights())
            } else {
                None
            };
            let named = together.and_then(|found| {
                let full = members().find(|one| weight(one) == Weight::Full);
                let light = || members().find(|one| weight(one) == Weight::Light);
                let identity = full.or_else(|| light().filter(|_| below == Weight::None))?;
                Some(Combining { identity, found })
            });
            let mut weighs = below;
            match named {
                Some(named) => {
                    weighs = weighs.max(weight(&named.identity));
                    found.push(named);
                }
                // What it may do by itself is a separate fact, whatever else it may become.
                None if below > Weight::None => {
                    for node in component {
                        let identity = self.chained[*node];
                        let mut alone = Rights::default();
                        alone.extend(&own[*node], usize::MAX);
                        if both(alone.halves) && weight(&identity) != Weight::None {
                            let own = judge(&alone.rights());
                            found.extend(own.map(|found| Combining { identity, found }));
                        }
                    }
                }
                None => {}
            }
            reach.push(here.all);
            combined.push(weighs);
        }
        found
    }
}
