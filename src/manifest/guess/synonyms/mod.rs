//! What people write for a key that is called otherwise, table by table.
//!
//! A key that is meant is shown, and never written by `--fix`: a word is not another word. The tests
//! beside this take each of these at its word.

mod controls;
mod identities;
mod others;
mod reports;
mod services;
mod shared;
mod third_parties;
mod top;

use crate::manifest::Manifest;
use shared::{Synonym, Tables};
use std::collections::HashMap;
use std::sync::LazyLock;
use top::{IMPLIED, TOP};

/// By the type that a table is read as.
const TABLES: [Tables; 7] = [
    &[(Manifest::NAME, &[TOP])],
    services::TABLES,
    identities::TABLES,
    reports::TABLES,
    third_parties::TABLES,
    controls::TABLES,
    others::TABLES,
];

fn words(list: &'static [Synonym]) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.iter()
        .flat_map(|(meant, words)| words.split(' ').map(move |word| (word, *meant)))
}

/// Every word with what it means, by the type that its table is read as.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TABLES.into_iter().flatten().flat_map(|(table, lists)| {
        let all = lists.iter().flat_map(|list| words(list));
        all.map(move |(word, meant)| (*table, word, meant))
    })
}

/// What each word means, by the type of its table.
static MEANT: LazyLock<HashMap<&str, HashMap<&str, Vec<&'static str>>>> = LazyLock::new(|| {
    let mut index: HashMap<&str, HashMap<&str, Vec<&'static str>>> = HashMap::new();
    for (table, word, meant) in all() {
        let words = index.entry(table).or_default();
        words.entry(word).or_default().push(meant);
    }
    index
});

/// What a key of a table may mean, by the keys that lead to it. Case and `_` never matter.
pub fn of(table: &str, written: &str) -> impl Iterator<Item = &'static str> {
    let found = MEANT.get(table).and_then(|words| words.get(plain(written).as_str()));
    found.into_iter().flatten().copied()
}

/// What the name of a table says of each of its entities: a key and its value.
pub fn implied(written: &str) -> Option<(&'static str, &'static str)> {
    let plain = plain(written);
    let found = IMPLIED
        .iter()
        .find(|(.., words)| words.split(' ').any(|word| word == plain))?;
    Some((found.0, found.1))
}

/// A key as it is in the lists: `lastRotated`, `last_rotated` and `Last Rotated` are `last-rotated`.
fn plain(written: &str) -> String {
    let mut plain = String::new();
    if written.len() > 64 {
        return plain;
    }
    let mut before_is_small = false;
    for c in written.chars() {
        if c.is_uppercase() && before_is_small {
            plain.push('-');
        }
        before_is_small = c.is_lowercase();
        match c {
            '_' | ' ' => plain.push('-'),
            _ => plain.extend(c.to_lowercase()),
        }
    }
    plain
}
