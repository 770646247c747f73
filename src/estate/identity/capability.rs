//! What identities can do together with those they may become.

use super::Right;
use super::components::strongly_connected;
use crate::estate::{DataRef, Estate, IdentityRef, ServiceRef};
use crate::model::IdentityId;
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
pub type Halves = (u8, u8);

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
        contributes: &impl Fn(&Right<'e, 'a>) -> Halves,
    ) -> Vec<Part<'e, 'a>> {
        let mut parts = Vec::new();
        for right in rights {
            let halves = contributes(&right);
            if halves != (0, 0) {
                let next = self.0.len();
                let duty = *self.0.entry((right.service, right.data(), halves)).or_insert(next);
                parts.push(Part { right, halves, duty });
            }
        }
        parts
    }
}

/// The active identities that are stated to act as others, or as which others act, and which of them do.
pub struct Chains<'e, 'a> {
    /// Those that act as no other active one, and as which none acts, are checked by themselves.
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
    /// `None` where no identity is stated to act as another.
    pub fn chains(&self) -> Option<Chains<'_, 'a>> {
        if self.naming.acting.is_empty() {
            return None;
        }
        let stated = self.identities().filter(|identity| identity.may_be_chained());
        let active: Vec<IdentityRef<'_, 'a>> = stated.filter(IdentityRef::is_active).collect();
        let becoming = active
            .iter()
            .flat_map(|one| one.acts_as().map(|other| (one.index, other.index)));
        let becoming: Vec<(IdentityId, IdentityId)> = becoming.collect();
        let chained: BTreeSet<IdentityId> = becoming.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let alone = active
            .into_iter()
            .filter(|identity| !chained.contains(&identity.index))
            .collect();
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
        Some(Chains {
            alone,
            rights: chained.iter().map(|one| one.own_rights().collect()).collect(),
            chained,
            next,
            components,
            component_of,
        })
    }
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    /// Whether it is stated to act as others, or others as it.
    pub fn may_be_chained(&self) -> bool {
        self.estate.naming.chained[self.index]
    }

    /// Itself, where its own rights satisfy `judge`; the same as [`Chains::nearest_combining`] otherwise.
    pub fn combining<T>(
        self,
        halves: impl Fn(&Right<'e, 'a>) -> Halves,
        judge: impl Fn(&[Right<'e, 'a>]) -> Option<T>,
        weight: impl Fn(&IdentityRef<'e, 'a>) -> Weight,
    ) -> Option<Combining<'e, 'a, T>> {
        let held = self.own_rights().map(|right| halves(&right));
        if !both(held.fold((0, 0), |all, half| (all.0 | half.0, all.1 | half.1))) {
            return None;
        }
        let mut own = Rights::default();
        own.extend(&Numbered::default().parts(self.own_rights(), &halves), usize::MAX);
        let found = judge(&own.rights()).filter(|_| weight(&self) != Weight::None)?;
        Some(Combining { identity: self, found })
    }
}

impl<'e, 'a> Chains<'e, 'a> {
    /// The identities whose own rights, together with those of the identities they may become, satisfy `judge`.
    ///
    /// Along a chain, only the nearest one is reported: identities that may become it add nothing, unless it has less
    /// weight. In a cycle it is the first by path. `halves` states which of the two things that have to come together a
    /// right contributes to, so that most identities are passed over without looking at their rights twice.
    pub fn nearest_combining<T>(
        &self,
        halves: impl Fn(&Right<'e, 'a>) -> Halves,
        judge: impl Fn(&[Right<'e, 'a>]) -> Option<T>,
        weight: impl Fn(&IdentityRef<'e, 'a>) -> Weight,
    ) -> Vec<Combining<'e, 'a, T>> {
        let alone = self.alone.iter();
        let alone = alone.filter_map(|identity| identity.combining(&halves, &judge, &weight));
        let mut found: Vec<Combining<'e, 'a, T>> = alone.collect();
        found.extend(self.combining_in_chains(halves, judge, weight));
        found.sort_by_key(|combining| combining.identity.index);
        found
    }

    /// The same among identities of which each may become another, or is one that another may become.
    fn combining_in_chains<T>(
        &self,
        halves: impl Fn(&Right<'e, 'a>) -> Halves,
        judge: impl Fn(&[Right<'e, 'a>]) -> Option<T>,
        weight: impl Fn(&IdentityRef<'e, 'a>) -> Weight,
    ) -> Vec<Combining<'e, 'a, T>> {
        let mut numbered = Numbered::default();
        let own = self.rights.iter();
        let own: Vec<Vec<Part<'e, 'a>>> = own.map(|own| numbered.parts(own.iter().copied(), &halves)).collect();
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
