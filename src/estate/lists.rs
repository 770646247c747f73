//! Many short lists, one for each of something, in two pieces of memory.

use rayon::prelude::*;
use std::ops::Index;

/// Lists that one thread puts together before another takes over.
const AT_ONCE: usize = 512;

#[derive(Debug)]
pub struct Lists<T> {
    items: Vec<T>,
    /// Where each list ends.
    ends: Vec<u32>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            ends: Vec::new(),
        }
    }
}

impl<T> Lists<T> {
    /// Adds one more list.
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds the lists of another after its own.
    pub fn append(&mut self, other: Self) {
        let before = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.extend(other.items);
        self.ends
            .extend(other.ends.into_iter().map(|end| end.saturating_add(before)));
    }
}

impl<T: Send> Lists<T> {
    /// One list for each number below `count`, of what `fill` puts into it.
    pub fn filled(count: usize, fill: impl Fn(usize, &mut Vec<T>) + Sync) -> Self {
        let parts: Vec<Self> = (0..count.div_ceil(AT_ONCE))
            .into_par_iter()
            .map(|part| {
                let mut lists = Self::default();
                let mut list = Vec::new();
                for at in (part * AT_ONCE)..count.min((part + 1) * AT_ONCE) {
                    fill(at, &mut list);
                    lists.push(list.drain(..));
                }
                lists
            })
            .collect();
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_default();
        parts.for_each(|part| all.append(part));
        all
    }
}

impl<T: Copy + Default> Lists<T> {
    /// One list for each of `count`, of what is paired with its number, in the order of the pairs.
    pub fn grouped(count: usize, pairs: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        let mut ends = vec![0_u32; count];
        for (list, _) in pairs.clone() {
            ends[list] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            // Where the list begins, for now; putting its items there moves it to its end.
            sum += std::mem::replace(end, sum);
        }
        let mut items = vec![T::default(); sum as usize];
        for (list, item) in pairs {
            items[ends[list] as usize] = item;
            ends[list] += 1;
        }
        Self { items, ends }
    }
}

impl<T> Index<usize> for Lists<T> {
    type Output = [T];
    fn index(&self, at: usize) -> &[T] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start as usize..self.ends[at] as usize]
    }
}

impl<T, L: IntoIterator<Item = T>> FromIterator<L> for Lists<T> {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Self {
        let mut all = Self::default();
        lists.into_iter().for_each(|list| all.push(list));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Lists};

    fn all<T: Copy>(lists: &Lists<T>) -> Vec<Vec<T>> {
        (0..lists.len()).map(|at| lists[at].to_vec()).collect()
    }

    #[test]
    fn lists_are_what_was_put_in() {
        let lists: Lists<u8> = [vec![1, 2], vec![], vec![3]].into_iter().collect();
        assert_eq!(all(&lists), [vec![1, 2], vec![], vec![3]]);
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c')];
        let lists = Lists::grouped(4, pairs.into_iter());
        assert_eq!(all(&lists), [vec!['b'], vec![], vec!['a', 'c'], vec![]]);
    }

    #[test]
    fn lists_put_together_by_several_threads_keep_their_order() {
        let lists = Lists::filled(AT_ONCE * 2 + 3, |at, list| list.extend(0..at % 4));
        assert_eq!(lists.len(), AT_ONCE * 2 + 3);
        assert!((0..lists.len()).all(|at| lists[at].iter().copied().eq(0..at % 4)));
    }
}
