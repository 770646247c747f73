//! Lists of which many are the same, each kept once: a thousand reports that cover a thousand services make a million
//! pairs, and one list.

use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, RandomState};
use std::ops::Index;

/// Shorter lists take less room than finding out whether they are known.
const SHORT: usize = 8;
/// Lists that one thread puts together before another takes over.
const AT_ONCE: usize = 512;

#[derive(Debug)]
pub struct SharedLists<T> {
    items: Vec<T>,
    /// Where each list begins and ends.
    ranges: Vec<(u32, u32)>,
}

impl<T> Default for SharedLists<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            ranges: Vec::new(),
        }
    }
}

impl<T> Index<usize> for SharedLists<T> {
    type Output = [T];
    fn index(&self, at: usize) -> &[T] {
        &self.items[range(self.ranges[at])]
    }
}

impl<T> SharedLists<T> {
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Where a list is kept. Lists of one place are the same.
    pub fn place(&self, at: usize) -> (u32, u32) {
        self.ranges[at]
    }

    /// Of some lists, those that are not kept as one with another before them: what all of them hold is in these.
    pub fn distinct(&self, lists: impl Iterator<Item = usize>) -> impl Iterator<Item = (usize, &[T])> {
        let (mut seen, mut last) = (HashSet::new(), None);
        let firsts = lists.filter(move |at| {
            let place = Some(self.ranges[*at]);
            // Most are those of one after the other.
            std::mem::replace(&mut last, place) != place && seen.insert(place)
        });
        firsts.map(|at| (at, &self[at]))
    }
}

/// Puts lists together one after the other.
struct Builder<T> {
    lists: SharedLists<T>,
    known: HashMap<u64, (u32, u32)>,
    hasher: RandomState,
}

impl<T: Copy + Eq + Hash> Builder<T> {
    fn new() -> Self {
        Self {
            lists: SharedLists::default(),
            known: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    fn push(&mut self, list: &[T]) {
        let hash = (list.len() >= SHORT).then(|| self.hasher.hash_one(list));
        let same = hash.and_then(|hash| self.known.get(&hash).copied());
        let same = same.filter(|same| self.lists.items[range(*same)] == *list);
        let own = same.unwrap_or_else(|| {
            let start = index(self.lists.items.len());
            self.lists.items.extend_from_slice(list);
            (start, index(self.lists.items.len()))
        });
        if let Some(hash) = hash {
            self.known.entry(hash).or_insert(own);
        }
        self.lists.ranges.push(own);
    }
}

impl<T: Copy + Eq + Hash + Send + Sync> SharedLists<T> {
    /// One list for each number below `count`, of what `fill` puts into it.
    pub fn filled(count: usize, fill: impl Fn(usize, &mut Vec<T>) + Sync) -> Self {
        let parts: Vec<Self> = (0..count.div_ceil(AT_ONCE))
            .into_par_iter()
            .map(|part| {
                let mut lists = Builder::new();
                let mut list = Vec::new();
                for at in (part * AT_ONCE)..count.min((part + 1) * AT_ONCE) {
                    list.clear();
                    fill(at, &mut list);
                    lists.push(&list);
                }
                lists.lists
            })
            .collect();
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_default();
        for part in parts {
            let before = index(all.items.len());
            all.items.extend(part.items);
            let moved = |(start, end): (u32, u32)| (start.saturating_add(before), end.saturating_add(before));
            all.ranges.extend(part.ranges.into_iter().map(moved));
        }
        all
    }
}

impl SharedLists<usize> {
    /// For each number below `count`, the lists that it is in, in order.
    pub fn turned(&self, count: usize) -> Self {
        // Lists of one range are the same; each is looked at once.
        let mut by_range: HashMap<(u32, u32), usize> = HashMap::new();
        let mut same: Vec<Vec<usize>> = Vec::new();
        for (list, own) in self.ranges.iter().enumerate().filter(|(_, (start, end))| start < end) {
            let at = *by_range.entry(*own).or_insert(same.len());
            match same.get_mut(at) {
                Some(others) => others.push(list),
                None => same.push(vec![list]),
            }
        }
        let within = |at: usize| self[same[at][0]].iter().map(move |item| (*item, at));
        let groups = super::lists::Lists::grouped(count, (0..same.len()).flat_map(within));
        Self::filled(count, |item, lists| {
            lists.extend(groups[item].iter().flat_map(|at| &same[*at]));
            lists.sort_unstable();
            lists.dedup();
        })
    }
}

fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn range((start, end): (u32, u32)) -> std::ops::Range<usize> {
    start as usize..end as usize
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, SharedLists};

    #[test]
    fn lists_are_what_was_put_in() {
        let count = AT_ONCE * 2 + 3;
        let list = |at: usize| match at % 3 {
            0 => (0..100).collect::<Vec<usize>>(),
            1 => (0..at % 20).collect(),
            _ => (50..150).collect(),
        };
        let lists = SharedLists::filled(count, |at, own| own.extend(list(at)));
        assert_eq!(lists.len(), count);
        assert!((0..count).all(|at| lists[at] == *list(at)));
        assert!(
            lists.items.len() < count * 20,
            "equal ones are kept once: {}",
            lists.items.len()
        );

        let turned = lists.turned(200);
        for item in 0..200 {
            let expected: Vec<usize> = (0..count).filter(|at| list(*at).contains(&item)).collect();
            assert_eq!(turned[item], *expected, "{item}");
        }
    }

    #[test]
    fn a_product_takes_the_room_of_a_sum() {
        let lists = SharedLists::filled(3_000, |_, list| list.extend(0..3_000));
        let turned = lists.turned(3_000);
        assert!(turned[2_999].iter().copied().eq(0..3_000));
        for lists in [&lists, &turned] {
            assert!(lists.items.len() <= 3_000 * 6, "{}", lists.items.len());
            let distinct: usize = lists.distinct(0..3_000).map(|(_, list)| list.len()).sum();
            assert_eq!(distinct, lists.items.len());
        }
    }
}
