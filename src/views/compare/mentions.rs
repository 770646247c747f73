//! Which ids are mentioned where, however they are written.

use crate::manifest::as_read::{AsRead, Keys};
use std::cell::RefCell;
use std::collections::HashSet;

/// The ids that something mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentioned(HashSet<Box<str>>);

impl Mentioned {
    /// Those of several tables.
    pub fn of<'k>(tables: impl Iterator<Item = &'k Keys>) -> Self {
        let ids = RefCell::new(HashSet::new());
        for keys in tables {
            mentions(keys, &|id| {
                ids.borrow_mut().insert(Box::from(id));
                false
            });
        }
        Self(ids.into_inner())
    }

    /// Whether one of some ids is among them.
    pub fn has_any(&self, ids: &HashSet<String>) -> bool {
        if ids.len() < self.0.len() {
            ids.iter().any(|id| self.0.contains(id.as_str()))
        } else {
            self.0.iter().any(|id| ids.contains(&**id))
        }
    }
}

/// Whether a table names one of some ids.
pub fn mentions(keys: &Keys, is_one: &dyn Fn(&str) -> bool) -> bool {
    fn value(value: &AsRead, is_one: &dyn Fn(&str) -> bool) -> bool {
        match value {
            AsRead::Reference(_, text) => is_one(text.rsplit('/').next().unwrap_or(text)),
            AsRead::List(items) => items.iter().any(|item| value_in(item, is_one)),
            AsRead::Table(keys) => mentions(keys, is_one),
            _ => false,
        }
    }
    fn value_in(item: &AsRead, is_one: &dyn Fn(&str) -> bool) -> bool {
        value(item, is_one)
    }
    keys.values().any(|item| value(item, is_one))
}
