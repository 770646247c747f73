//! The tables whose entries have ids, and what tells the id of an entry elsewhere.

use crate::decode::tree::{Key, Table};
use crate::source::Span;
use std::borrow::Cow;

/// What tells the name of an entity that has no id.
pub const NAMES: [&str; 9] = [
    "id",
    "name",
    "key",
    "slug",
    "title",
    "naam",
    "nom",
    "bezeichnung",
    "display-name",
];

/// Those of them that may be its title.
const TITLED: [&str; 4] = ["services", "data", "third-parties", "controls"];

/// The id of an element, and the key that tells it.
pub struct Named {
    pub id: String,
    pub key: Option<String>,
    pub written: String,
    pub span: Span,
}

/// What becomes of the key that told the id.
pub enum Leftover {
    Nothing,
    Key(&'static str),
    Comment,
    Stays,
}

pub fn leftover(table: &str, key: &str, written: &str, id: &str) -> Leftover {
    if written == id || key == "id" || key == "slug" || key == "key" {
        return Leftover::Nothing;
    }
    match table {
        "reports" | "certificates" if key == "name" => Leftover::Stays,
        table if TITLED.contains(&table) && key == "title" => Leftover::Stays,
        table if TITLED.contains(&table) => Leftover::Key("title"),
        "identities" | "profiles" => Leftover::Key("description"),
        "reports" | "certificates" => Leftover::Key("name"),
        _ => Leftover::Comment,
    }
}

/// Does to the key that told the id, in the tree, what becomes of it.
pub fn settle(entity: &mut Table<'_>, id: &Named, table: &str) {
    let Some(name) = id.key.as_deref() else {
        return;
    };
    let title = match leftover(table, name, &id.written, &id.id) {
        Leftover::Stays => return,
        Leftover::Key(title) if entity.find(title).is_none() => Some(title),
        _ => None,
    };
    let mut kept = Vec::with_capacity(entity.entries.len());
    for (key, item) in std::mem::take(&mut entity.entries) {
        match (key.text == name, title) {
            (true, Some(title)) => kept.push((
                Key {
                    text: Cow::Borrowed(title),
                    span: key.span,
                },
                item,
            )),
            (true, None) => {}
            (false, _) => kept.push((key, item)),
        }
    }
    entity.replace(kept);
}
