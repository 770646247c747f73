//! Deduplicated lists: a thousand reports that cover a thousand services make a million
//! pairs, and one list.

use super::lists::{Lists, in_parts};
use crate::model::{Id, ids};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, RandomState};
use std::marker::PhantomData;
use std::ops::Index;

/// Shorter lists take less memory than their lookup.
const SHORT: usize = 8;

/// A list of `T` for each `K`.
#[derive(Debug)]
pub struct SharedLists<K, T> {
    items: Vec<T>,
    /// Where each list begins and ends.
    ranges: Vec<(u32, u32)>,
    of: PhantomData<fn(K)>,
}

impl<K, T> Default for SharedLists<K, T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            ranges: Vec::new(),
            of: PhantomData,
        }
    }
}

impl<K: Id, T> Index<K> for SharedLists<K, T> {
    type Output = [T];
    fn index(&self, of: K) -> &[T] {
        &self.items[range(self.ranges[of.index()])]
    }
}

impl<K: Id, T> SharedLists<K, T> {
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Where a list is stored. Lists at the same place are equal.
    pub fn place(&self, of: K) -> (u32, u32) {
        self.ranges[of.index()]
    }

    /// The distinct lists among some: together they hold all items.
    pub fn distinct(&self, lists: impl Iterator<Item = K>) -> impl Iterator<Item = (K, &[T])> {
        let (mut seen, mut last) = (HashSet::new(), None);
        let firsts = lists.filter(move |of| {
            let place = Some(self.place(*of));
            // Most duplicates are adjacent.
            std::mem::replace(&mut last, place) != place && seen.insert(place)
        });
        firsts.map(|of| (of, &self[of]))
    }
}

/// Builds lists one after the other.
struct Builder<K, T> {
    lists: SharedLists<K, T>,
    known: HashMap<u64, (u32, u32)>,
    hasher: RandomState,
}

impl<K, T: Copy + Eq + Hash> Builder<K, T> {
    fn new() -> Self {
        Self {
            lists: SharedLists::default(),
            known: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    fn push(&mut self, list: &[T]) {
        // Neighbours are often alike, however short their lists.
        if let Some(last) = self.lists.ranges.last().copied()
            && self.lists.items[range(last)] == *list
        {
            self.lists.ranges.push(last);
            return;
        }
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

impl<K: Id, T: Copy + Eq + Hash + Send + Sync> SharedLists<K, T> {
    /// One list for each of `count`, filled by `fill`.
    pub fn filled(count: usize, fill: impl Fn(K, &mut Vec<T>) + Sync) -> Self {
        let parts: Vec<Self> = in_parts(count, |part| {
            let mut lists = Builder::new();
            let mut list = Vec::new();
            for at in part {
                list.clear();
                fill(K::at(at), &mut list);
                lists.push(&list);
            }
            lists.lists
        });
        let mut all = Self {
            items: Vec::with_capacity(parts.iter().map(|part| part.items.len()).sum()),
            ranges: Vec::with_capacity(count),
            of: PhantomData,
        };
        for part in parts {
            let before = index(all.items.len());
            all.items.extend(part.items);
            let moved = |(start, end): (u32, u32)| (start.saturating_add(before), end.saturating_add(before));
            all.ranges.extend(part.ranges.into_iter().map(moved));
        }
        all
    }
}

ids! {
    /// Lists at the same range: they are equal, and visited once.
    Group,
}

impl<K: Id, T: Id> SharedLists<K, T> {
    /// For each of `count`, the lists that it is in, in order.
    pub fn turned(&self, count: usize) -> SharedLists<T, K> {
        let mut by_range: HashMap<(u32, u32), usize> = HashMap::new();
        let mut same: Vec<Vec<K>> = Vec::new();
        for (list, own) in self.ranges.iter().enumerate().filter(|(_, (start, end))| start < end) {
            let at = *by_range.entry(*own).or_insert(same.len());
            match same.get_mut(at) {
                Some(others) => others.push(K::at(list)),
                None => same.push(vec![K::at(list)]),
            }
        }
        let within = |at: usize| self[same[at][0]].iter().map(move |item| (*item, Group::at(at)));
        let groups: Lists<T, Group> = Lists::grouped(count, (0..same.len()).flat_map(within));
        SharedLists::filled(count, |item, lists| {
            lists.extend(groups[item].iter().flat_map(|group| &same[group.index()]));
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
    use super::super::lists::AT_ONCE;
    use super::SharedLists;
    use crate::model::{Id, ReportId, ServiceId};

    fn services(numbers: impl IntoIterator<Item = usize>) -> Vec<ServiceId> {
        numbers.into_iter().map(ServiceId::at).collect()
    }

    #[test]
    fn lists_are_what_was_put_in() {
        let count = AT_ONCE * 2 + 3;
        let list = |at: usize| match at % 3 {
            0 => services(0..100),
            1 => services(0..at % 20),
            _ => services(50..150),
        };
        let lists = SharedLists::filled(count, |of: ReportId, own| own.extend(list(of.index())));
        assert_eq!(lists.len(), count);
        assert!((0..count).all(|at| lists[ReportId::at(at)] == *list(at)));
        assert!(
            lists.items.len() < count * 20,
            "equal ones are kept once: {}",
            lists.items.len()
        );

        let turned = lists.turned(200);
        for item in services(0..200) {
            let all = (0..count).filter(|at| list(*at).contains(&item));
            let expected: Vec<ReportId> = all.map(ReportId::at).collect();
            assert_eq!(turned[item], *expected, "{item:?}");
        }
    }

    #[test]
    fn a_product_takes_the_room_of_a_sum() {
        let lists = SharedLists::filled(3_000, |_: ReportId, list| list.extend(services(0..3_000)));
        let turned = lists.turned(3_000);
        let reports = turned[ServiceId::at(2_999)].iter().copied();
        assert!(reports.eq((0..3_000).map(ReportId::at)));
        assert!(lists.items.len() <= 3_000 * 6, "{}", lists.items.len());
        assert!(turned.items.len() <= 3_000 * 6, "{}", turned.items.len());
        let all = lists.distinct((0..3_000).map(ReportId::at));
        assert_eq!(all.map(|(_, list)| list.len()).sum::<usize>(), lists.items.len());
    }
}
