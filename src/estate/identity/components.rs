//! The strongly connected components of a graph: which of its nodes lead to each other.

/// Not seen yet.
const UNSEEN: usize = usize::MAX;

/// The components of the graph in which a node `n` leads to each of `next[n]`. What a component leads to comes before it;
/// the order within one means nothing.
///
/// Tarjan's algorithm, with a stack of its own: a chain may be longer than the thread's stack is deep.
pub fn strongly_connected(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        number: vec![UNSEEN; next.len()],
        lowest: vec![UNSEEN; next.len()],
        is_open: vec![false; next.len()],
        ..Search::default()
    };
    for node in 0..next.len() {
        if search.number[node] == UNSEEN {
            search.from(node, next);
        }
    }
    search.found
}

#[derive(Default)]
struct Search {
    /// For each node, the order in which it was seen.
    number: Vec<usize>,
    /// For each node, the lowest number of those that it is known to lead to and that are open.
    lowest: Vec<usize>,
    /// Whether a node was seen, and belongs to no component that is found.
    is_open: Vec<bool>,
    /// The open nodes, in the order in which they were seen.
    open: Vec<usize>,
    seen: usize,
    found: Vec<Vec<usize>>,
}

impl Search {
    fn see(&mut self, node: usize) {
        (self.number[node], self.lowest[node]) = (self.seen, self.seen);
        self.seen += 1;
        self.is_open[node] = true;
        self.open.push(node);
    }

    /// Finds the components of all that `start` leads to.
    fn from(&mut self, start: usize, next: &[Vec<usize>]) {
        self.see(start);
        // The nodes on the way from `start`, each with how many of those that it leads to were looked at.
        let mut way = vec![(start, 0)];
        while let Some((node, looked_at)) = way.last_mut() {
            let node = *node;
            if let Some(&to) = next[node].get(*looked_at) {
                *looked_at += 1;
                if self.number[to] == UNSEEN {
                    self.see(to);
                    way.push((to, 0));
                } else if self.is_open[to] {
                    self.lowest[node] = self.lowest[node].min(self.number[to]);
                }
                continue;
            }
            way.pop();
            if let Some(&(before, _)) = way.last() {
                self.lowest[before] = self.lowest[before].min(self.lowest[node]);
            }
            if self.lowest[node] == self.number[node] {
                self.close(node);
            }
        }
    }

    /// The nodes that were seen since `first`, and are still open, lead to each other.
    fn close(&mut self, first: usize) {
        let from = self.open.iter().rposition(|node| *node == first).unwrap_or(0);
        let component = self.open.split_off(from);
        for node in &component {
            self.is_open[*node] = false;
        }
        self.found.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn graph(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let mut next = vec![Vec::new(); nodes];
        for (from, to) in edges {
            next[*from].push(*to);
        }
        next
    }

    fn sorted(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let mut found = strongly_connected(next);
        found.iter_mut().for_each(|component| component.sort_unstable());
        found
    }

    #[test]
    fn a_cycle_is_one_component_and_what_it_leads_to_comes_first() {
        assert_eq!(strongly_connected(&[]), Vec::<Vec<usize>>::new());
        assert_eq!(sorted(&graph(1, &[(0, 0)])), [[0]]);
        assert_eq!(sorted(&graph(3, &[(0, 1), (1, 2)])), [[2], [1], [0]]);
        let cycle_with_ends = graph(5, &[(0, 1), (1, 2), (2, 3), (3, 1), (3, 4)]);
        assert_eq!(sorted(&cycle_with_ends), [vec![4], vec![1, 2, 3], vec![0]]);
        let two_cycles_in_one = graph(4, &[(0, 1), (1, 0), (1, 2), (2, 3), (3, 1)]);
        assert_eq!(sorted(&two_cycles_in_one), [[0, 1, 2, 3]]);
        // An edge into a component that is found already does not open it again.
        let met_twice = graph(4, &[(0, 1), (1, 0), (2, 0), (2, 3), (3, 2)]);
        assert_eq!(sorted(&met_twice), [[0, 1], [2, 3]]);
    }

    #[test]
    fn the_longest_chain_needs_no_deep_stack() {
        const LONG: usize = 300_000;
        let chain: Vec<Vec<usize>> = (1..=LONG).map(|next| vec![next % LONG]).collect();
        assert_eq!(strongly_connected(&chain).len(), 1);
        let mut open = chain;
        open[LONG - 1].clear();
        let found = strongly_connected(&open);
        assert_eq!((found.len(), found[0].as_slice()), (LONG, [LONG - 1].as_slice()));
    }

    /// Whether each node leads to each.
    fn reachable(next: &[Vec<usize>]) -> Vec<Vec<bool>> {
        let nodes = next.len();
        let mut leads: Vec<Vec<bool>> = (0..nodes)
            .map(|from| (0..nodes).map(|to| from == to || next[from].contains(&to)).collect())
            .collect();
        for by in 0..nodes {
            for from in 0..nodes {
                for to in 0..nodes {
                    leads[from][to] |= leads[from][by] && leads[by][to];
                }
            }
        }
        leads
    }

    proptest! {
        #[test]
        fn two_nodes_are_together_if_each_leads_to_the_other(edges in prop::collection::vec((0..9usize, 0..9usize), 0..30)) {
            let next = graph(9, &edges);
            let (found, leads) = (strongly_connected(&next), reachable(&next));
            let mut component_of = [UNSEEN; 9];
            for (number, component) in found.iter().enumerate() {
                for node in component {
                    prop_assert_eq!(component_of[*node], UNSEEN, "a node is in one component");
                    component_of[*node] = number;
                }
            }
            for (from, to) in (0..9).flat_map(|from| (0..9).map(move |to| (from, to))) {
                let together = component_of[from] == component_of[to];
                prop_assert_eq!(together, leads[from][to] && leads[to][from]);
                prop_assert!(!leads[from][to] || component_of[to] <= component_of[from]);
            }
        }
    }
}
