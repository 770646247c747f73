//! One value for each entity of a kind.

use super::Id;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A value of `T` for each `K`, in their order.
#[derive(Debug)]
pub struct IdVec<K, T> {
    values: Vec<T>,
    of: PhantomData<fn(K)>,
}

impl<K, T> Default for IdVec<K, T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<K, T> From<Vec<T>> for IdVec<K, T> {
    fn from(values: Vec<T>) -> Self {
        Self {
            values,
            of: PhantomData,
        }
    }
}

impl<K: Id, T> IdVec<K, T> {
    /// The same value for each of `count`.
    pub fn filled(value: T, count: usize) -> Self
    where
        T: Clone,
    {
        Self::from(vec![value; count])
    }

    /// The values alone.
    pub fn into_values(self) -> Vec<T> {
        self.values
    }

    /// Adds the value of the next one.
    pub fn push(&mut self, value: T) {
        self.values.push(value);
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }

    /// Each value with whose it is.
    pub fn enumerate(&self) -> impl Iterator<Item = (K, &T)> + Clone {
        self.values.iter().enumerate().map(|(at, value)| (K::at(at), value))
    }

    pub fn enumerate_mut(&mut self) -> impl Iterator<Item = (K, &mut T)> {
        self.values.iter_mut().enumerate().map(|(at, value)| (K::at(at), value))
    }
}

impl<K: Id, T> FromIterator<T> for IdVec<K, T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from(values.into_iter().collect::<Vec<T>>())
    }
}

impl<K: Id, T> Index<K> for IdVec<K, T> {
    type Output = T;
    fn index(&self, of: K) -> &T {
        &self.values[of.index()]
    }
}

impl<K: Id, T> IndexMut<K> for IdVec<K, T> {
    fn index_mut(&mut self, of: K) -> &mut T {
        &mut self.values[of.index()]
    }
}
