//! A key that says something else is told as that key, with what it said and what it says.

use super::rewritten::{Entity, Estate, Manifest, Random};
use super::{EntityChange, each, estates, with};
use crate::manifest::TABLES;
use crate::manifest::as_read::AsRead;
use crate::views::{Change, KeyChange};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use toml::Value;

/// A value as it stands in a file, and as it is read.
type Said = (Value, AsRead);

/// What is said of keys, each by its table and name.
type Pool = BTreeMap<(String, String), Vec<Said>>;

/// What an entity's key is read as, by the entity's path and the key.
type Reading = HashMap<(String, String), AsRead>;

/// How every key of an estate is read: as it is told where there was nothing before.
fn reading(estate: &Estate, random: &mut Random) -> Reading {
    let nothing = Estate {
        manifests: Vec::new(),
        ..estate.clone()
    };
    let (nothing, all) = (nothing.session(random), estate.session(random));
    let scope = with(&nothing, &all, true, |comparison, _, _| comparison.scope.clone());
    let added = scope.into_iter().filter(|change| change.change == Change::Added);
    added
        .flat_map(|change| {
            let EntityChange { subject, keys, .. } = change;
            keys.into_iter()
                .filter_map(move |key| Some(((subject.clone(), key.key), key.after?)))
        })
        .collect()
}

/// The keys of an entity, each as it stands and as it is read; none of what a profile has a part in.
fn said(manifest: &Manifest, entity: &Entity, reading: &Reading) -> Vec<(String, Said)> {
    if entity.table == "profiles" || entity.get("profile").is_some() {
        return Vec::new();
    }
    let path = entity.path(&manifest.namespace());
    let keys = entity.keys.iter();
    keys.filter_map(|(key, value)| {
        let read = reading.get(&(path.clone(), key.clone()))?;
        Some((key.clone(), (value.clone(), read.clone())))
    })
    .collect()
}

/// Whether a value says the same in every file: it names nothing.
fn is_the_same_anywhere(read: &AsRead) -> bool {
    match read {
        AsRead::Unread(_) | AsRead::Reference(..) => false,
        AsRead::Boolean(_) | AsRead::Number(_) => true,
        // An entity, or a file from the root on.
        AsRead::Text(text) => !text.starts_with('/') && !TABLES.iter().any(|table| text.contains(&format!("{table}."))),
        AsRead::List(items) => items.iter().all(is_the_same_anywhere),
        AsRead::Table(keys) => keys.values().all(is_the_same_anywhere),
    }
}

/// Keys that name what is looked for from their own file on.
fn is_of_its_file(table: &str, key: &str) -> bool {
    table == "evidence" || ["owner", "evidence", "profile"].contains(&key)
}

fn add(pool: &mut Pool, table: &str, key: String, (value, read): Said) {
    let all = pool.entry((table.to_owned(), key)).or_default();
    if !all.iter().any(|(_, known)| *known == read) {
        all.push((value, read));
    }
}

/// What all estates say that says the same anywhere.
fn vocabulary() -> Pool {
    let all: Vec<_> = estates()
        .par_iter()
        .map(|(_, estate, seed)| (estate.clone(), reading(estate, &mut Random::new(*seed))))
        .collect();
    let mut pool = Pool::new();
    for (estate, reading) in &all {
        for manifest in &estate.manifests {
            for entity in &manifest.entities {
                for (key, said) in said(manifest, entity, reading) {
                    if is_the_same_anywhere(&said.1) && !is_of_its_file(&entity.table, &key) {
                        add(&mut pool, &entity.table, key, said);
                    }
                }
            }
        }
    }
    pool
}

/// What the same file says of that key elsewhere.
fn beside(manifest: &Manifest, table: &str, key: &str, reading: &Reading) -> Vec<Said> {
    let mut pool = Pool::new();
    for entity in manifest.entities.iter().filter(|entity| entity.table == table) {
        for (other, said) in said(manifest, entity, reading) {
            if other == key {
                add(&mut pool, table, other, said);
            }
        }
    }
    pool.into_values().next().unwrap_or_default()
}

#[test]
fn a_key_that_says_something_else_is_told_with_both_and_nothing_else() {
    let vocabulary = vocabulary();
    let count = each(|estate, random| {
        let reading = reading(estate, random);
        let base = estate.session(random);
        let (mut count, mut wrong) = (0, Vec::new());
        for _ in 0..2 {
            let at = random.below(estate.manifests.len().max(1));
            let Some(manifest) = estate.manifests.get(at).filter(|one| !one.entities.is_empty()) else {
                continue;
            };
            let which = random.below(manifest.entities.len());
            let entity = &manifest.entities[which];
            let keys = said(manifest, entity, &reading);
            if keys.is_empty() {
                continue;
            }
            let (key, (_, before)) = &keys[random.below(keys.len())];
            let mut others = beside(manifest, &entity.table, key, &reading);
            if is_the_same_anywhere(before) && !is_of_its_file(&entity.table, key) {
                let known = vocabulary.get(&(entity.table.clone(), key.clone()));
                others.extend(known.into_iter().flatten().cloned());
            }
            others.retain(|(_, read)| read != before);
            if others.is_empty() {
                continue;
            }
            let (value, after) = &others[random.below(others.len())];
            let mut other = estate.clone();
            for (name, stated) in &mut other.manifests[at].entities[which].keys {
                if name == key {
                    *stated = value.clone();
                }
            }
            let moved = if random.one_in(2) { other.moved(random) } else { other };
            let scope = with(&base, &moved.session(random), true, |comparison, _, _| {
                comparison.scope.clone()
            });
            let expected = EntityChange {
                subject: entity.path(&manifest.namespace()),
                change: Change::Changed,
                from: None,
                keys: vec![KeyChange {
                    key: key.clone(),
                    before: Some(before.clone()),
                    after: Some(after.clone()),
                }],
                reaches: None,
            };
            if scope != [expected.clone()] {
                wrong.push(format!("expected {expected:?}, got {scope:?}"));
            }
            count += 1;
        }
        (count, wrong)
    });
    assert!(count > 800, "{count}");
}
