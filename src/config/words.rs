//! What people write for the words of a config.

use super::{FailOn, Level};
use crate::decode::Dialect;
use crate::manifest::guess::{self, Lists};

/// A config says its words as they are; its waivers are those of manifests.
pub static DIALECT: Dialect = Dialect {
    lenient: false,
    is_other_key: guess::DIALECT.is_other_key,
    meant_word: |list, written, words| guess::among(LISTS, list, written, words),
    without_word: |_, _, _| None,
};

const LISTS: Lists = &[
    (
        Level::NAME,
        &[
            ("warning", "warn"),
            ("note", "info advice"),
            ("error", "err critical high"),
            ("off", "disabled ignore false none"),
        ],
    ),
    (
        FailOn::NAME,
        &[
            ("warning", "warn warnings"),
            ("note", "info notes all"),
            ("error", "err errors"),
            ("never", "none off"),
        ],
    ),
];

/// Every word that people write for a word of a config, with what it means, by the name of the list.
pub fn every_word() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    guess::each(LISTS)
}
