//! Answers that are worked out once, by whichever thread asks first.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub struct Remembered<K, V>(Mutex<HashMap<K, Arc<OnceLock<V>>>>);

impl<K, V> Default for Remembered<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq, V: Clone> Remembered<K, V> {
    /// The answer for `key`, which `answer` gives unless it is known. A thread that asks for one that is being worked out
    /// waits for it; an answer may ask for others, but not for itself.
    pub fn get<Q>(&self, key: &Q, answer: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: ToOwned<Owned = K> + Hash + Eq + ?Sized,
    {
        let cell = {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match known.get(key) {
                Some(cell) => Arc::clone(cell),
                None => Arc::clone(known.entry(key.to_owned()).or_default()),
            }
        };
        cell.get_or_init(answer).clone()
    }
}
