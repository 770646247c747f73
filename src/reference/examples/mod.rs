//! An example of each table, and of keys that no table's example states. The suite reads every one of them.

mod config;
mod identities;
mod keys;
mod reports;
mod services;
mod third_parties;

/// The name that a table's schema has, and a file that states it.
type Example = (&'static str, &'static str);

const TABLES: [&[Example]; 5] = [
    services::TABLES,
    identities::TABLES,
    reports::TABLES,
    third_parties::TABLES,
    config::TABLES,
];

/// The example of a table, by the name that its schema has.
pub fn of_table(name: &str) -> Option<&'static str> {
    let mut examples = TABLES.into_iter().flatten();
    let found = examples.find(|(table, _)| *table == name);
    found.map(|(_, example)| example.trim_ascii_start())
}

/// A value for a key that no table's example states.
pub fn of_key(name: &str) -> Option<&'static str> {
    let found = keys::KEYS.iter().find(|(key, _)| *key == name);
    found.map(|(_, value)| *value)
}

/// The whole example of a key that not every kind of its table has.
pub fn of_rare_key(table: &str, key: &str) -> Option<&'static str> {
    let found = keys::RARE
        .iter()
        .find(|(known, name, _)| (*known, *name) == (table, key));
    found.map(|(.., example)| example.trim_ascii_start())
}
