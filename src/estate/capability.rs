//! What identities can do together with those they may become.

use super::{Estate, IdentityRef, Right};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use std::collections::HashSet;

/// The nearest identity at which two things come together, and where.
pub struct Combining<'e, 'a, T> {
    pub identity: IdentityRef<'e, 'a>,
    pub found: T,
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
        let identities: Vec<IdentityRef<'e, 'a>> = self.identities_view().collect();
        let rights: Vec<Vec<Right<'e, 'a>>> = identities
            .iter()
            .map(|identity| {
                if identity.is_active() {
                    identity.own_rights()
                } else {
                    Vec::new()
                }
            })
            .collect();
        let mut graph = DiGraph::<(), ()>::with_capacity(identities.len(), 0);
        let nodes: Vec<_> = identities.iter().map(|_| graph.add_node(())).collect();
        for identity in identities.iter().filter(|identity| identity.is_active()) {
            for other in identity.assumable() {
                if other.is_active() && other.index != identity.index {
                    graph.add_edge(nodes[identity.index], nodes[other.index], ());
                }
            }
        }
        let mut reach: Vec<(bool, bool)> = vec![(false, false); identities.len()];
        let mut combined = vec![false; identities.len()];
        let mut component_of = vec![usize::MAX; identities.len()];
        let mut found = Vec::new();
        // Components come with those they lead to before them.
        for (number, mut component) in kosaraju_scc(&graph).into_iter().enumerate() {
            component.sort_unstable();
            for node in &component {
                component_of[node.index()] = number;
            }
            let mut here = (false, false);
            let mut below = false;
            for node in &component {
                for right in &rights[node.index()] {
                    let (first, second) = halves(right);
                    here = (here.0 | first, here.1 | second);
                }
                for next in graph.neighbors(*node) {
                    let (first, second) = reach[next.index()];
                    here = (here.0 | first, here.1 | second);
                    below |= combined[next.index()] && component_of[next.index()] != number;
                }
            }
            let mut combines = below;
            if below {
                // What it may do by itself is a fact of its own, whoever else it may become.
                for node in &component {
                    let identity = identities[node.index()];
                    if identity.is_non_human()
                        && let Some(what) = judge(&rights[node.index()])
                    {
                        found.push(Combining { identity, found: what });
                    }
                }
            }
            if !below && here == (true, true) {
                let mut all = Vec::new();
                let mut seen = HashSet::new();
                let mut stack: Vec<_> = component.iter().rev().copied().collect();
                while let Some(node) = stack.pop() {
                    if seen.insert(node) {
                        all.extend(rights[node.index()].iter().copied());
                        stack.extend(graph.neighbors(node));
                    }
                }
                if let Some(what) = judge(&all) {
                    // A human may do both; a non-human identity that may become that human is the one to name.
                    let named = component
                        .iter()
                        .map(|node| identities[node.index()])
                        .find(IdentityRef::is_non_human);
                    combines = named.is_some();
                    found.extend(named.map(|identity| Combining { identity, found: what }));
                }
            }
            for node in component {
                reach[node.index()] = here;
                combined[node.index()] = combines;
            }
        }
        found.sort_by_key(|combining| combining.identity.index);
        found
    }
}
