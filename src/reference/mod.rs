//! What can be asked for by its name: the tables and keys of manifests and configs, and terms.
//!
//! Tables are read from the JSON Schemas, and these are made from the doc comments of the types: the schema, the pages
//! in `docs/` and `soclint explain` say the same.

mod book;
mod examples;
pub mod glossary;
mod key_examples;
pub mod locators;
mod name;
mod order;
mod read;
pub mod schema;
mod topic;

pub use book::{Book, File, Form, Key, List, Of, Place, Step, Table, Takes, Word, hyphenated};
pub use examples::of_table as table_example;
pub use key_examples::of_key as key_example;
pub use order::PROFILE;
pub use topic::{Keyed, Name, Topic, Valued, find, keys_of_form, names, rules_that_name};

use std::sync::LazyLock;

/// All that can be in a manifest.
pub static MANIFEST: LazyLock<Book> = LazyLock::new(|| Book::of(File::Manifest, &schema::manifest()));

/// All that can be in a config.
pub static CONFIG: LazyLock<Book> = LazyLock::new(|| Book::of(File::Config, &schema::config()));

/// Both, the manifest first.
pub fn books() -> [&'static Book; 2] {
    [&MANIFEST, &CONFIG]
}
