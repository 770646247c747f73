//! Many short lists, one for each of something, in two pieces of memory.

use crate::model::Id;
use rayon::prelude::*;
use std::marker::PhantomData;
use std::ops::{Index, Range};

/// So many one thread goes through in one job.
pub(super) const AT_ONCE: usize = 512;

/// A list of `T` for each `K`.
#[derive(Debug)]
pub struct Lists<K, T> {
    items: Vec<T>,
    /// Where each list ends.
    ends: Vec<u32>,
    of: PhantomData<fn(K)>,
}

impl<K, T> Default for Lists<K, T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            ends: Vec::new(),
            of: PhantomData,
        }
    }
}

impl<K: Id, T> Lists<K, T> {
    /// Adds one more list, and says how long it is.
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) -> usize {
        let before = self.items.len();
        self.items.extend(list);
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        self.items.len() - before
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no list has an item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Each item of each list, with the key of its list.
    pub fn pairs(&self) -> impl Iterator<Item = (K, &T)> + Clone {
        (0..self.len())
            .map(K::at)
            .flat_map(|of| self[of].iter().map(move |item| (of, item)))
    }

    /// Adds the lists of another after its own.
    pub fn append(&mut self, other: Self) {
        let before = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.extend(other.items);
        self.ends
            .extend(other.ends.into_iter().map(|end| end.saturating_add(before)));
    }
}

impl<K: Id, T: Send> Lists<K, T> {
    /// One list for each of `count`, as `list` makes it.
    pub fn filled<L: IntoIterator<Item = T>>(count: usize, list: impl Fn(K) -> L + Sync) -> Self {
        Self::joined(in_parts(count, |part| part.map(|at| list(K::at(at))).collect()))
    }

    /// One part after the other.
    pub fn joined(parts: Vec<Self>) -> Self {
        let mut all = Self {
            items: Vec::with_capacity(parts.iter().map(|part| part.items.len()).sum()),
            ends: Vec::with_capacity(parts.iter().map(|part| part.ends.len()).sum()),
            of: PhantomData,
        };
        parts.into_iter().for_each(|part| all.append(part));
        all
    }
}

/// Makes something of each part of so many, by several threads; in order.
pub fn in_parts<P: Send>(count: usize, make: impl Fn(Range<usize>) -> P + Sync) -> Vec<P> {
    let parts = (0..count.div_ceil(AT_ONCE)).into_par_iter();
    let part = |part: usize| make((part * AT_ONCE)..count.min((part + 1) * AT_ONCE));
    parts.map(part).collect()
}

impl<K: Id, T: Copy + Default> Lists<K, T> {
    /// One list for each of `count`, of the items paired with it, in the order of the pairs.
    pub fn grouped(count: usize, pairs: impl Iterator<Item = (K, T)> + Clone) -> Self {
        let mut ends = vec![0_u32; count];
        for (list, _) in pairs.clone() {
            ends[list.index()] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            // The beginning of the list for now; adding its items moves it to the end.
            sum += std::mem::replace(end, sum);
        }
        let mut items = vec![T::default(); sum as usize];
        for (list, item) in pairs {
            let end = &mut ends[list.index()];
            items[*end as usize] = item;
            *end += 1;
        }
        Self {
            items,
            ends,
            of: PhantomData,
        }
    }
}

impl<K: Id, T> Index<K> for Lists<K, T> {
    type Output = [T];
    fn index(&self, of: K) -> &[T] {
        let at = of.index();
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start as usize..self.ends[at] as usize]
    }
}

impl<K: Id, T, L: IntoIterator<Item = T>> FromIterator<L> for Lists<K, T> {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Self {
        let mut all = Self::default();
        for list in lists {
            all.push(list);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Lists};
    use crate::model::{Id, ServiceId};

    fn all<T: Copy>(lists: &Lists<ServiceId, T>) -> Vec<Vec<T>> {
        (0..lists.len()).map(|at| lists[ServiceId::at(at)].to_vec()).collect()
    }

    #[test]
    fn lists_are_what_was_put_in() {
        let lists: Lists<ServiceId, u8> = [vec![1, 2], vec![], vec![3]].into_iter().collect();
        assert_eq!(all(&lists), [vec![1, 2], vec![], vec![3]]);
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c')].map(|(of, item)| (ServiceId::at(of), item));
        let lists = Lists::grouped(4, pairs.into_iter());
        assert_eq!(all(&lists), [vec!['b'], vec![], vec!['a', 'c'], vec![]]);
        assert!(
            lists
                .pairs()
                .map(|(of, item)| (of.index(), *item))
                .eq([(0, 'b'), (2, 'a'), (2, 'c')])
        );
    }

    #[test]
    fn lists_put_together_by_several_threads_keep_their_order() {
        let lists = Lists::filled(AT_ONCE * 2 + 3, |of: ServiceId| 0..of.index() % 4);
        assert_eq!(lists.len(), AT_ONCE * 2 + 3);
        assert!((0..lists.len()).all(|at| lists[ServiceId::at(at)].iter().copied().eq(0..at % 4)));
    }
}
