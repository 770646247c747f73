//! An example of a key: its value where the example of its table states it, else one that its type takes.

use super::book::{Book, Key, Of, Place, Step, Table};
use super::examples;
use std::fmt::Write;
use toml::Value;

/// A manifest, or a config, that states the key; and besides only what its table cannot do without.
pub fn of_key(book: &Book, table: &Table, key: &Key) -> Option<String> {
    if let Some(example) = examples::of_rare_key(&table.name, &key.name) {
        return Some(example.to_owned());
    }
    let example: Value = toml::from_str(examples::of_table(&table.name)?).ok()?;
    let (place, value) = match stated(table, &example, key) {
        Some(stated) => stated,
        None => (table.home(), elsewhere(book, key).or_else(|| sample(book, key))?),
    };
    let Some((root, rest)) = place.path.split_first() else {
        return top(book, key, &value);
    };
    let setting = Setting {
        book,
        example: &example,
    };
    Some(setting.text(root, rest, place, &key.name, &value))
}

/// Where a table's example states the key, and its value there.
fn stated<'t>(table: &'t Table, example: &Value, key: &Key) -> Option<(&'t Place, String)> {
    table.places.iter().find_map(|place| {
        let value = below(example, &place.path, &|found| found.get(&key.name))?;
        Some((place, value.to_string()))
    })
}

/// Its value in the example of another table that has the same key.
fn elsewhere(book: &Book, key: &Key) -> Option<String> {
    let same = |table: &&Table| table.key(&key.name).is_some_and(|other| other.about == key.about);
    book.tables.iter().filter(same).find_map(|table| {
        let example: Value = toml::from_str(examples::of_table(&table.name)?).ok()?;
        stated(table, &example, key).map(|(_, value)| value)
    })
}

/// A key of the file itself. A table is shown with its header.
fn top(book: &Book, key: &Key, value: &str) -> Option<String> {
    match book.inner(key) {
        Some(inner) => examples::of_table(&inner.name).map(str::to_owned),
        None => Some(format!("{} = {value}\n", key.name)),
    }
}

struct Setting<'b> {
    book: &'b Book,
    example: &'b Value,
}

impl Setting<'_> {
    fn text(&self, root: &Step, rest: &[Step], place: &Place, key: &str, value: &str) -> String {
        let mut out = String::new();
        let header = match (root.by_id, root.many) {
            (true, _) => format!("[{}.{}]", root.key, self.id(&[], root)),
            (_, true) => format!("[[{}]]", root.key),
            _ => format!("[{}]", root.key),
        };
        let _ = writeln!(out, "{header}");
        let first = rest.first().map_or(key, |step| step.key.as_str());
        for (needed, value) in self.needed(root, first) {
            let _ = writeln!(out, "{needed} = {value}");
        }
        let _ = writeln!(out, "{}", self.line(place, 1, key, value));
        out
    }

    /// What the outermost table cannot do without, as its example has it.
    fn needed(&self, root: &Step, shown: &str) -> Vec<(String, String)> {
        let table = self
            .book
            .tables
            .iter()
            .find(|table| table.home().path == [root.clone()]);
        let keys = table.into_iter().flat_map(|table| &table.keys);
        // An identity may take its kind from a profile; alone, it has to state it.
        let is_needed = |key: &&Key| key.required || (root.key == "identities" && key.name == "kind");
        keys.filter(|key| is_needed(key) && key.name != shown)
            .filter_map(|key| {
                let found = below(self.example, std::slice::from_ref(root), &|found| found.get(&key.name));
                let value = found.map(ToString::to_string).or_else(|| sample(self.book, key))?;
                Some((key.name.clone(), value))
            })
            .collect()
    }

    /// `rotation.every = "90d"`, `depends-on = { service = "ledger", influence = "telemetry" }`.
    fn line(&self, place: &Place, from: usize, key: &str, value: &str) -> String {
        let Some((step, _)) = place.path[from..].split_first() else {
            return format!("{key} = {value}");
        };
        if step.many {
            let before = &place.path[..=from];
            let besides = below(self.example, before, &|found| found.as_table())
                .and_then(|table| self.reference(before, table, key))
                .map_or_else(String::new, |reference| format!("{reference}, "));
            return format!(
                "{} = {{ {besides}{} }}",
                step.key,
                self.line(place, from + 1, key, value)
            );
        }
        let id = if step.by_id {
            format!(".{}", self.id(&place.path[..from], step))
        } else {
            String::new()
        };
        format!("{}{id}.{}", step.key, self.line(place, from + 1, key, value))
    }

    /// The key that a text alone would stand for.
    fn reference(&self, path: &[Step], example: &toml::Table, shown: &str) -> Option<String> {
        let is_here = |table: &&Table| table.places.iter().any(|place| place.path == path);
        let table = self.book.tables.iter().find(is_here)?;
        let first = table.keys.first().filter(|first| first.name != shown)?;
        Some(format!("{} = {}", first.name, example.get(&first.name)?))
    }

    fn id(&self, before: &[Step], step: &Step) -> String {
        let ids = below(self.example, before, &|found| {
            found.get(&step.key)?.as_table()?.keys().next()
        });
        ids.cloned().unwrap_or_else(|| "example".to_owned())
    }
}

/// The first thing of a kind in the tables at a path.
fn below<'v, T>(value: &'v Value, path: &[Step], found: &dyn Fn(&'v Value) -> Option<T>) -> Option<T> {
    if let Some(list) = value.as_array() {
        return list.iter().find_map(|value| below(value, path, found));
    }
    let Some((step, rest)) = path.split_first() else {
        return found(value);
    };
    let inner = value.get(&step.key)?;
    if step.by_id {
        inner.as_table()?.values().find_map(|value| below(value, rest, found))
    } else {
        below(inner, rest, found)
    }
}

/// A value that the key takes.
fn sample(book: &Book, key: &Key) -> Option<String> {
    if let Some(value) = examples::of_key(&key.name) {
        return Some(value.to_owned());
    }
    let value = match &key.takes.of {
        Of::Bool => "true",
        Of::Word(name) => return Some(book.list(name)?.words.first()?.written.clone()),
        Of::Form(name) => match name.as_str() {
            "Date" => "2026-09-30",
            "Duration" => "\"90d\"",
            "MonthDay" => "\"12-31\"",
            "Region" => "\"eu\"",
            _ => return None,
        },
        Of::WordsByName(name) => {
            let word = &book.list(name)?.words.first()?.written;
            return Some(format!("{{ \"live*\" = {word} }}"));
        }
        Of::Rule => "\"stale-report\"",
        Of::Severities | Of::Settings => "{ stale-report = \"warning\" }",
        Of::Table(name) | Of::ById(name) => {
            let example: Value = toml::from_str(examples::of_table(name)?).ok()?;
            let places = &book.table(name)?.places;
            let value = places.iter().find_map(|place| {
                let (last, before) = place.path.split_last()?;
                below(&example, before, &|found| found.get(&last.key))
            });
            return value.map(ToString::to_string);
        }
        Of::Text => return None,
    };
    Some(value.to_owned())
}
