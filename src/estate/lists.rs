//! Many short lists, one for each of something, in two pieces of memory.

use std::ops::Index;

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

    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.ends.len()).map(|at| &self[at])
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
    use super::Lists;

    #[test]
    fn lists_are_what_was_put_in() {
        let lists: Lists<u8> = [vec![1, 2], vec![], vec![3]].into_iter().collect();
        assert_eq!(lists.iter().collect::<Vec<_>>(), [&[1, 2][..], &[], &[3]]);
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c')];
        let lists = Lists::grouped(4, pairs.into_iter());
        assert_eq!(lists.iter().collect::<Vec<_>>(), [&['b'][..], &[], &['a', 'c'], &[]]);
    }
}
