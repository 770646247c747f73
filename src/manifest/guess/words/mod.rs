//! What people write for a word of a closed list, list by list.
//!
//! What is meant is shown, and never written by `--fix`: a word is not another word.

mod identities;
mod others;
mod regions;
mod reports;
mod services;

pub use regions::region;

use crate::model::{Action, folded};

/// The word that is meant, and what people write for it, without blanks, `-` and `_`.
pub type Synonym = (&'static str, &'static str);

/// Synonyms by the name of their list.
pub type Lists = &'static [(&'static str, &'static [Synonym])];

const LISTS: [Lists; 4] = [identities::LISTS, services::LISTS, reports::LISTS, others::LISTS];

/// The word of a closed list that is meant by another one.
pub fn of(list: &str, written: &str, words: &[&'static str]) -> Option<&'static str> {
    let mut found = LISTS.iter().filter_map(|lists| among(lists, list, written, words));
    found.next()
}

/// The word that is meant by another one, if these lists know it.
pub fn among(lists: Lists, list: &str, written: &str, words: &[&'static str]) -> Option<&'static str> {
    let mut synonyms = lists.iter().filter(|(name, _)| *name == list).peekable();
    if written.len() > 64 || synonyms.peek().is_none() {
        return None;
    }
    let plain = folded(written);
    let found = synonyms
        .flat_map(|(_, synonyms)| synonyms.iter())
        .filter(|(_, synonyms)| synonyms.split_whitespace().any(|synonym| synonym == plain));
    let mut meant = found.filter_map(|(meant, _)| words.iter().copied().find(|word| word == meant));
    meant.next()
}

/// Every word with what it means, by its list.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    LISTS.into_iter().flat_map(each)
}

/// Every word of some lists with what it means, by its list.
pub fn each(lists: Lists) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    lists.iter().flat_map(|(list, synonyms)| {
        let words = synonyms
            .iter()
            .flat_map(|(meant, words)| words.split_whitespace().map(move |word| (word, *meant)));
        words.map(move |(word, meant)| (*list, word, meant))
    })
}

/// The actions that a text names, if it names nothing else: `read-write` is two of them.
pub fn actions(written: &str) -> Option<Vec<&'static str>> {
    if written.len() > 64 {
        return None;
    }
    let one = |text: &str| {
        let plain = folded(text);
        let exact = Action::WORDS.iter().copied().find(|action| folded(action) == plain);
        exact.or_else(|| of(Action::NAME, text, Action::WORDS))
    };
    if let Some(action) = one(written) {
        return Some(vec![action]);
    }
    let parts = written.split(['-', '_', '/', ',', '+', '&', '|', ' ']);
    let parts: Option<Vec<&'static str>> = parts.filter(|part| !part.is_empty()).map(one).collect();
    parts.filter(|parts| !parts.is_empty())
}
