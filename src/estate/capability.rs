//! What identities can do together with those they may become.

use super::{Estate, IdentityRef, Right};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The nearest identity at which two things come together, and where.
pub struct Combining<'e, 'a, T> {
    pub identity: IdentityRef<'e, 'a>,
    pub found: T,
}

/// Rights of several identities, without those that say the same again.
#[derive(Default)]
struct Rights<'e, 'a> {
    all: Vec<Right<'e, 'a>>,
    halves: (bool, bool),
    known: HashSet<Duty>,
}

/// Where, on which data, and which of the two halves.
type Duty = (Option<usize>, Vec<usize>, (bool, bool));

/// Nobody takes on this many different duties by accident; the bound keeps hostile chains from growing a list each.
const MOST_ASSUMED: usize = 64;

/// How many duties a whole estate may carry along its chains, when it is small enough for more than that.
const MOST_CARRIED: usize = 200_000;

impl<'e, 'a> Rights<'e, 'a> {
    fn extend(
        &mut self,
        rights: impl Iterator<Item = Right<'e, 'a>>,
        halves: &impl Fn(&Right<'e, 'a>) -> (bool, bool),
        most: usize,
    ) {
        for right in rights {
            if self.all.len() >= most {
                return;
            }
            let half = halves(&right);
            if half == (false, false) {
                continue;
            }
            if self.known.insert((right.service, right.data(), half)) {
                self.halves = (self.halves.0 | half.0, self.halves.1 | half.1);
                self.all.push(right);
            }
        }
    }
}

impl<'a> Estate<'a> {
    /// The identities whose own rights, together with those of the identities they may become, satisfy `judge`.
    ///
    /// Along a chain only the nearest one is named: who may become it adds nothing. In a cycle it is the first
    /// by path. `halves` says which of the two things that have to come together a right contributes to, so that
    /// most identities are passed over without looking at their rights twice.
    pub fn nearest_combining<'e, T>(
        &'e self,
        halves: impl Fn(&Right<'e, 'a>) -> (bool, bool),
        judge: impl Fn(&[Right<'e, 'a>]) -> Option<T>,
    ) -> Vec<Combining<'e, 'a, T>> {
        let active = || self.identities_view().filter(IdentityRef::is_active);
        let becoming = active().flat_map(|identity| {
            let others = identity.assumable().into_iter();
            let others = others.filter(move |other| other.is_active() && other.index != identity.index);
            others.map(move |other| (identity.index, other.index))
        });
        let becoming: Vec<(usize, usize)> = becoming.collect();
        // Most identities become no other, and are judged by themselves.
        let chained: BTreeSet<usize> = becoming.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let alone = active().filter(|identity| identity.is_non_human() && !chained.contains(&identity.index));
        let alone = alone.filter_map(|identity| {
            let both = identity.own_rights().map(|right| halves(&right));
            let both = both.fold((false, false), |both, half| (both.0 | half.0, both.1 | half.1));
            if both != (true, true) {
                return None;
            }
            let mut own = Rights::default();
            own.extend(identity.own_rights(), &halves, usize::MAX);
            judge(&own.all).map(|found| Combining { identity, found })
        });
        let mut found: Vec<Combining<'e, 'a, T>> = alone.collect();
        found.extend(self.combining_in_chains(&chained, &becoming, halves, judge));
        found.sort_by_key(|combining| combining.identity.index);
        found
    }

    /// The same among identities of which each may become another, or is one that another may become.
    fn combining_in_chains<'e, T>(
        &'e self,
        chained: &BTreeSet<usize>,
        becoming: &[(usize, usize)],
        halves: impl Fn(&Right<'e, 'a>) -> (bool, bool),
        judge: impl Fn(&[Right<'e, 'a>]) -> Option<T>,
    ) -> Vec<Combining<'e, 'a, T>> {
        let identities: Vec<IdentityRef<'e, 'a>> = chained.iter().map(|index| self.identity(*index)).collect();
        let rights: Vec<Vec<Right<'e, 'a>>> = identities.iter().map(|one| one.own_rights().collect()).collect();
        let mut graph = DiGraph::<(), ()>::with_capacity(identities.len(), becoming.len());
        let nodes: HashMap<usize, NodeIndex> = chained.iter().map(|index| (*index, graph.add_node(()))).collect();
        for (one, other) in becoming {
            graph.add_edge(nodes[one], nodes[other], ());
        }
        // For each component, the rights that matter of all that it leads to; those that are alike count once.
        let mut reach: Vec<Vec<Right<'e, 'a>>> = Vec::new();
        let mut combined: Vec<bool> = Vec::new();
        let mut component_of = vec![usize::MAX; identities.len()];
        let mut found = Vec::new();
        let most_assumed = (MOST_CARRIED / self.identities.len().max(1)).max(MOST_ASSUMED);
        // Components come with those they lead to before them.
        for (number, mut component) in kosaraju_scc(&graph).into_iter().enumerate() {
            component.sort_unstable();
            for node in &component {
                component_of[node.index()] = number;
            }
            let mut here = Rights::default();
            let mut below = false;
            // All that is its own goes first, and all of it counts.
            for node in &component {
                here.extend(rights[node.index()].iter().copied(), &halves, usize::MAX);
            }
            let most = here.all.len().saturating_add(most_assumed);
            for node in &component {
                for next in graph.neighbors(*node).map(|next| component_of[next.index()]) {
                    if next != number {
                        below |= combined[next];
                        here.extend(reach[next].iter().copied(), &halves, most);
                    }
                }
            }
            let members = || component.iter().map(|node| identities[node.index()]);
            let mut combines = below;
            if below {
                // What it may do by itself is a fact of its own, whoever else it may become.
                for node in &component {
                    let identity = identities[node.index()];
                    if identity.is_non_human() {
                        found.extend(judge(&rights[node.index()]).map(|found| Combining { identity, found }));
                    }
                }
            } else if here.halves == (true, true)
                && let Some(what) = judge(&here.all)
            {
                // A human may do both; a non-human identity that may become that human is the one to name.
                let named = members().find(IdentityRef::is_non_human);
                combines = named.is_some();
                found.extend(named.map(|identity| Combining { identity, found: what }));
            }
            reach.push(here.all);
            combined.push(combines);
        }
        found
    }
}
