//! What on the page can be linked to.

use crate::model::short_digest;
use crate::views::{Chapter, Says, Title};
use std::collections::HashMap;
use std::fmt::Write;

/// Rows by the path of what they declare, and sections by the owner whose findings they hold.
pub struct Anchors {
    rows: HashMap<String, String>,
    owners: HashMap<String, String>,
}

impl Anchors {
    pub fn of(chapters: &[Chapter]) -> Self {
        let mut rows = HashMap::new();
        let mut owners = HashMap::new();
        for table in chapters.iter().flat_map(|chapter| &chapter.tables) {
            for subject in table.rows.iter().filter_map(|row| row.subject.as_ref()) {
                rows.entry(subject.clone()).or_insert_with(|| id(subject));
            }
            if table.kind == "findings" {
                match &table.title {
                    Some(Title::Name(_, owner)) => owners.insert(owner.clone(), id(&format!("findings.of.{owner}"))),
                    Some(Title::Words(words)) => {
                        owners.insert((*words).to_owned(), "findings.without-owner".to_owned())
                    }
                    None => None,
                };
            }
        }
        Self { rows, owners }
    }

    /// The row that declares a subject.
    pub fn of_subject(&self, path: &str) -> Option<&str> {
        self.rows.get(path).map(String::as_str)
    }

    /// The row that declares what a name means, in one of the tables.
    pub fn of_name(&self, name: &str, tables: &[&str]) -> Option<&str> {
        tables.iter().find_map(|table| {
            let path = match name.rsplit_once('/') {
                Some((namespace, id)) => format!("{namespace}/{table}.{id}"),
                None => format!("{table}.{name}"),
            };
            self.of_subject(&path)
        })
    }

    /// The section of an owner's findings.
    pub fn of_owner(&self, owner: &str) -> Option<&str> {
        self.owners.get(owner).map(String::as_str)
    }

    /// Where an item of a column leads to on the page, in a row about a subject.
    pub fn of_item(&self, item: &str, says: Says, subject: Option<&str>) -> Option<&str> {
        match says {
            Says::Path => self.of_subject(item),
            Says::Names(tables) => self.of_name(item, tables),
            Says::References(tables) => {
                let namespace = subject.and_then(|subject| subject.rsplit_once('/'));
                let own = namespace
                    .filter(|_| !item.contains('/'))
                    .map(|(namespace, _)| format!("{namespace}/{item}"));
                let own = own.and_then(|own| self.of_name(&own, tables));
                own.or_else(|| self.of_name(item.strip_prefix('/').unwrap_or(item), tables))
            }
            Says::Owner => self.of_owner(item),
            Says::Text | Says::Prose | Says::Severity | Says::Rule | Says::Rules | Says::Place | Says::Axis => None,
        }
    }
}

/// Longer ids trouble what reads printed pages.
const MAX_ID: usize = 100;

/// A text as an id that stands for itself in a link; different texts have different ones.
fn id(text: &str) -> String {
    if text.len() > MAX_ID {
        return format!("long~{}", short_digest(text));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/') => out.push(c),
            c => {
                let _ = write!(out, "~{:x}~", u32::from(c));
            }
        }
    }
    out
}
