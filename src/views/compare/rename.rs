//! Which entity of one state is which of the other under another path.

use super::record::{Entity, IDENTITIES, Joined, State};
use super::resolve::Reader;
use crate::manifest::as_read::{AsRead, Keys};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Old and new paths.
#[derive(Debug, Default)]
pub struct Renames {
    by_base: BTreeMap<String, String>,
    by_head: BTreeMap<String, String>,
}

impl Renames {
    /// What is called now what was called so.
    pub fn now(&self, base: &str) -> Option<&str> {
        self.by_base.get(base).map(String::as_str)
    }

    /// What was called so what is called now.
    pub fn before(&self, head: &str) -> Option<&str> {
        self.by_head.get(head).map(String::as_str)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_base.iter().map(|(base, head)| (base.as_str(), head.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.by_base.is_empty()
    }

    fn add(&mut self, base: &str, head: &str) {
        self.by_base.insert(base.to_owned(), head.to_owned());
        self.by_head.insert(head.to_owned(), base.to_owned());
    }
}

/// More are not looked at again and again: what so many entities say of each other is another estate.
const MAX_ROUNDS: usize = 50;

/// An entity that only one of the states has.
struct Lone<'s> {
    path: &'s str,
    table: &'static str,
    keys: Keys,
}

fn lone<'s>(alone: &[(&'s str, &Entity)], own: &State, other: &State) -> Vec<Lone<'s>> {
    let reader = Reader {
        own,
        other,
        renames: None,
    };
    let each = alone.iter();
    each.map(|(path, entity)| Lone {
        path,
        table: entity.record.table,
        keys: reader.keys(entity),
    })
    .collect()
}

/// Finds what was renamed: the same locators, else the same body, and one candidate on either side.
pub fn renames(base: &State, head: &State, joined: &Joined<'_>) -> Renames {
    let mut found = Renames::default();
    if joined.gone.is_empty() || joined.come.is_empty() {
        return found;
    }
    let (gone, come) = (lone(&joined.gone, base, head), lone(&joined.come, head, base));
    let by_locators = |entity: &Lone<'_>| match entity.keys.get("locators") {
        Some(AsRead::List(locators)) if entity.table == IDENTITIES && !locators.is_empty() => {
            Some(hash(&(entity.table, locators)))
        }
        _ => None,
    };
    for (base, head) in pairs(&gone, &come, by_locators) {
        found.add(base, head);
    }
    // What entities say of others that were renamed too is the same where those are the same. Each begins as any of its
    // table, and round by round is told apart by what it says, until nothing more is.
    let mut colors: HashMap<&str, u64> = HashMap::new();
    for entity in gone.iter().chain(&come) {
        let color = match (found.now(entity.path), found.before(entity.path)) {
            (Some(now), _) => hash(&("renamed", now)),
            (_, Some(_)) => hash(&("renamed", entity.path)),
            _ => hash(&entity.table),
        };
        colors.insert(entity.path, color);
    }
    let is_paired = |path: &str| found.now(path).is_some() || found.before(path).is_some();
    let mut kinds = 0;
    for _ in 0..MAX_ROUNDS {
        let next: HashMap<&str, u64> = gone
            .iter()
            .chain(&come)
            .map(|entity| {
                let color = if is_paired(entity.path) {
                    colors.get(entity.path).copied().unwrap_or_default()
                } else {
                    hash_of_keys(entity.table, &entity.keys, &colors)
                };
                (entity.path, color)
            })
            .collect();
        let distinct: HashSet<u64> = next.values().copied().collect();
        colors = next;
        if distinct.len() == kinds {
            break;
        }
        kinds = distinct.len();
    }
    let by_body = |entity: &Lone<'_>| {
        let is_free = !is_paired(entity.path);
        colors.get(entity.path).copied().filter(|_| is_free)
    };
    let mut same: Vec<(String, String)> = pairs(&gone, &come, by_body)
        .map(|(base, head)| (base.to_owned(), head.to_owned()))
        .collect();
    // What names one of several that are alike, and so cannot be told apart, does not say the same for certain.
    let keys: HashMap<&str, &Keys> = gone.iter().map(|entity| (entity.path, &entity.keys)).collect();
    loop {
        let paired: HashSet<&str> = same.iter().map(|(base, _)| base.as_str()).collect();
        let is_open = |text: &str| keys.contains_key(text) && !paired.contains(text) && found.now(text).is_none();
        let kept: Vec<(String, String)> = same
            .iter()
            .filter(|(base, _)| !keys.get(base.as_str()).is_some_and(|keys| says(keys, &is_open)))
            .cloned()
            .collect();
        if kept.len() == same.len() {
            break;
        }
        same = kept;
    }
    for (base, head) in same {
        found.add(&base, &head);
    }
    found
}

/// Whether one of some texts stands in a table.
fn says(keys: &Keys, is_one: &dyn Fn(&str) -> bool) -> bool {
    fn stands(value: &AsRead, is_one: &dyn Fn(&str) -> bool) -> bool {
        match value {
            AsRead::Text(text) => is_one(text),
            AsRead::List(items) => items.iter().any(|item| stands(item, is_one)),
            AsRead::Table(keys) => says(keys, is_one),
            _ => false,
        }
    }
    keys.values().any(|value| stands(value, is_one))
}

/// The pairs of the same kind and mark, where there is one on either side.
fn pairs<'l>(
    gone: &'l [Lone<'_>],
    come: &'l [Lone<'_>],
    mark: impl Fn(&Lone<'_>) -> Option<u64>,
) -> impl Iterator<Item = (&'l str, &'l str)> {
    let mut marked: BTreeMap<(&str, u64), [Vec<&str>; 2]> = BTreeMap::new();
    for (side, entities) in [gone, come].into_iter().enumerate() {
        for entity in entities {
            if let Some(mark) = mark(entity) {
                marked.entry((entity.table, mark)).or_default()[side].push(entity.path);
            }
        }
    }
    marked.into_values().filter_map(|[base, head]| match (&*base, &*head) {
        ([base], [head]) => Some((*base, *head)),
        _ => None,
    })
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn hash_of_keys(table: &str, keys: &Keys, colors: &HashMap<&str, u64>) -> u64 {
    hash(&(table, hash_of_table(keys, colors)))
}

fn hash_of_table(keys: &Keys, colors: &HashMap<&str, u64>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (key, value) in keys {
        key.hash(&mut hasher);
        hash_of_value(value, colors).hash(&mut hasher);
    }
    hasher.finish()
}

fn hash_of_value(value: &AsRead, colors: &HashMap<&str, u64>) -> u64 {
    match value {
        // The path of one that only one state has; any other text is itself.
        AsRead::Text(text) => colors.get(text.as_str()).copied().unwrap_or_else(|| hash(text)),
        AsRead::List(items) => {
            let mut items: Vec<u64> = items.iter().map(|item| hash_of_value(item, colors)).collect();
            items.sort_unstable();
            hash(&items)
        }
        AsRead::Table(keys) => hash_of_table(keys, colors),
        other => hash(other),
    }
}
