//! A control as a row states it, and as a manifest does.

use super::columns::Columns;
use super::keys::Key;
use super::matrix::Row;
use super::places::Places;
use super::told::Why;
use super::values::{self, Criterion, one_line};
use crate::estate::Estate;
use crate::model::{Area, Duration, NamespaceId, is_id, is_invisible};
use crate::starter::id::id_of;
use crate::starter::text::key;
use jiff::civil::Date;
use std::collections::HashSet;
use std::fmt::Write;

/// What a row says of a control.
#[derive(Debug, Default, Clone)]
pub struct Entry {
    pub title: Option<String>,
    pub owner: Option<String>,
    pub area: Option<Area>,
    pub effective: Option<Date>,
    pub every: Option<Duration>,
    pub criteria: Vec<String>,
    pub catalogue: Option<String>,
    pub design: Vec<String>,
    pub operating: Vec<String>,
    pub inherited_from: Option<String>,
    pub reports: Vec<String>,
}

/// A value that is no part of the entry.
#[derive(Debug, Clone)]
pub struct Left {
    pub key: Key,
    pub column: usize,
    pub why: Why,
    pub value: String,
}

/// Where an entry is to be, and what it may refer to there.
pub struct Context<'c, 'a> {
    pub estate: &'c Estate<'a>,
    pub namespace: NamespaceId,
    pub places: Places<'c>,
}

/// So many words are no id.
const MAX_WORDS: usize = 4;
const LONGEST_ID: usize = 64;

/// The id that a cell gives, or why it gives none.
pub fn id(cell: &str) -> Result<String, &'static str> {
    let text = cell.trim();
    if is_nothing(text) {
        return Err("it has no id");
    }
    let words = text.split_whitespace().count();
    let has_number = text.contains(|c: char| c.is_ascii_digit());
    if text.len() > LONGEST_ID || words > MAX_WORDS || words > 1 && !has_number {
        return Err("its id is a text");
    }
    if text.contains([',', ';', '\n', '\r']) {
        return Err("its id is a list");
    }
    if !text.contains(|c: char| c.is_ascii_alphanumeric()) {
        return Err("its id has no letter and no digit that an id can have");
    }
    let id = if is_id(text) { text.to_owned() } else { id_of(text) };
    Ok(id)
}

/// What people write where they have nothing to say.
fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    let is = |word: &&str| text.eq_ignore_ascii_case(word);
    text.is_empty()
        || ["-", "–", "—", "n/a", "na", "none", "tbd", "tba", "not applicable"]
            .iter()
            .any(is)
}

impl Entry {
    /// What a row says, and what of it is no part of an entry.
    pub fn of(row: &Row, columns: &Columns, context: &Context<'_, '_>) -> (Self, Vec<Left>) {
        let (mut entry, mut left) = (Self::default(), Vec::new());
        for key in Key::ALL {
            for column in columns.of_key(*key) {
                let cell = row.cells.get(*column).map_or("", String::as_str);
                if !is_nothing(cell) {
                    entry.take(*key, cell, context, &mut |why, value| {
                        left.push(Left {
                            key: *key,
                            column: *column,
                            why,
                            value: value.to_owned(),
                        });
                    });
                }
            }
        }
        (entry, left)
    }

    fn take(&mut self, key: Key, cell: &str, context: &Context<'_, '_>, left: &mut dyn FnMut(Why, &str)) {
        let (estate, namespace) = (context.estate, context.namespace);
        match key {
            // Of a control that is not in place, there is no entry.
            Key::Id => {}
            Key::Status if values::is_in_place(cell).is_some() => {}
            Key::Status => left(Why::NotAsFar, &one_line(cell)),
            Key::Title | Key::Description => self.title = Some(one_line(cell)),
            Key::Owner => {
                let owner = one_line(cell);
                let is_declared = estate.owner_named(namespace, &owner).is_some();
                // A slash is that of a namespace, or between two owners.
                if !is_declared && (cell.contains([',', ';', '/']) || cell.trim().contains(['\n', '\r'])) {
                    left(Why::SeveralOwners, &owner);
                } else if is_declared || estate.owners.is_empty() {
                    self.owner = Some(owner);
                } else {
                    left(Why::NoOwner, &owner);
                }
            }
            Key::Area => match values::area(cell) {
                Some(area) => self.area = Some(area),
                None => left(Why::NoArea, &one_line(cell)),
            },
            Key::Effective => match values::day(cell) {
                Some(day) => self.effective = Some(day),
                None => left(Why::NoDay, &one_line(cell)),
            },
            Key::Every => match values::every(cell) {
                Some(every) => self.every = Some(every),
                None => left(Why::NoInterval, &one_line(cell)),
            },
            Key::Criteria => {
                for part in values::parts(cell).filter(|part| !is_nothing(part)) {
                    match values::criterion(part) {
                        Criterion::Id(id) => self.criteria.push(id.to_owned()),
                        Criterion::Range => left(Why::Range, part),
                        Criterion::None => left(Why::NoCriterion, part),
                    }
                }
            }
            Key::Catalogue => {
                let whole = one_line(cell);
                if !values::is_known_catalogue(&whole) {
                    let parts: Vec<&str> = cell
                        .split(['/', ',', ';', '&', '\n', '\r', '|'])
                        .map(str::trim)
                        .collect();
                    match parts.iter().all(|part| values::is_known_catalogue(part)) {
                        true => {}
                        // `ISO/IEC 27701` is one.
                        false if parts.iter().any(|part| values::is_known_catalogue(part)) => {
                            left(Why::SeveralCatalogues, &whole);
                        }
                        false if cell.contains([',', ';', '&', '|']) => left(Why::SeveralCatalogues, &whole),
                        false => self.catalogue = Some(whole),
                    }
                }
            }
            Key::Design | Key::Operating => {
                for part in values::parts(cell).filter(|part| !is_nothing(part)) {
                    let is_declared = estate.evidence_entry_named(namespace, part).is_some();
                    let is_namespace = |scheme: &str| estate.namespaces.find(scheme).is_some();
                    let place = || context.places.of(part, is_namespace);
                    let list = match key {
                        Key::Design => &mut self.design,
                        _ => &mut self.operating,
                    };
                    match is_declared.then(|| part.to_owned()).or_else(place) {
                        Some(evidence) => list.push(evidence),
                        None => left(Why::NoEvidence, &one_line(part)),
                    }
                }
            }
            Key::InheritedFrom => {
                let name = one_line(cell);
                match estate.third_party_named(namespace, &name) {
                    Some(_) => self.inherited_from = Some(name),
                    None => left(Why::NoThirdParty, &name),
                }
            }
            Key::Reports => {
                for part in values::parts(cell).filter(|part| !is_nothing(part)) {
                    match estate.assurance_named(namespace, part) {
                        Some(_) => self.reports.push(part.to_owned()),
                        None => left(Why::NoReport, &one_line(part)),
                    }
                }
            }
        }
    }

    /// Takes out what its lists have twice.
    pub fn list_each_once(&mut self) {
        for list in [
            &mut self.criteria,
            &mut self.design,
            &mut self.operating,
            &mut self.reports,
        ] {
            let mut seen = HashSet::new();
            list.retain(|text| seen.insert(text.clone()));
        }
    }

    /// Takes what another row says of the same control, or gives the keys in which the two differ.
    pub fn join(&mut self, other: Self) -> Result<(), Vec<&'static str>> {
        fn differs<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
            matches!((one, other), (Some(one), Some(other)) if one != other)
        }
        let differing = [
            ("title", differs(&self.title, &other.title)),
            ("owner", differs(&self.owner, &other.owner)),
            ("area", differs(&self.area, &other.area)),
            ("effective", differs(&self.effective, &other.effective)),
            ("every", differs(&self.every, &other.every)),
            ("catalogue", differs(&self.catalogue, &other.catalogue)),
            ("inherited-from", differs(&self.inherited_from, &other.inherited_from)),
        ];
        let differing: Vec<&str> = differing
            .iter()
            .filter(|(_, differs)| *differs)
            .map(|(key, _)| *key)
            .collect();
        if !differing.is_empty() {
            return Err(differing);
        }
        self.title = self.title.take().or(other.title);
        self.owner = self.owner.take().or(other.owner);
        self.area = self.area.or(other.area);
        self.effective = self.effective.or(other.effective);
        self.every = self.every.or(other.every);
        self.catalogue = self.catalogue.take().or(other.catalogue);
        self.inherited_from = self.inherited_from.take().or(other.inherited_from);
        self.criteria.extend(other.criteria);
        self.design.extend(other.design);
        self.operating.extend(other.operating);
        self.reports.extend(other.reports);
        Ok(())
    }

    /// The entry as a manifest writes it.
    pub fn write(&self, id: &str, out: &mut String) {
        let _ = writeln!(out, "\n[controls.{}]", key(id));
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = writeln!(out, "{key} = {value}");
            }
        };
        line("title", self.title.as_deref().map(quoted));
        line("owner", self.owner.as_deref().map(quoted));
        line("area", self.area.map(|area| quoted(area.as_str())));
        line("effective", self.effective.map(|day| day.to_string()));
        line("every", self.every.map(|every| quoted(&every.written())));
        line("criteria", list(&self.criteria));
        line("catalogue", self.catalogue.as_deref().map(quoted));
        line("design", list(&self.design));
        line("operating", list(&self.operating));
        line("inherited-from", self.inherited_from.as_deref().map(quoted));
        line("reports", list(&self.reports));
    }
}

fn list(texts: &[String]) -> Option<String> {
    match texts {
        [] => None,
        [one] => Some(quoted(one)),
        several => {
            let several: Vec<String> = several.iter().map(|text| quoted(text)).collect();
            Some(format!("[{}]", several.join(", ")))
        }
    }
}

/// A text as TOML writes it, on one line: with the dashes and quotes of the matrix, and nothing raw that hides or turns text.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || is_invisible(c) || (c.is_whitespace() && c != ' ') => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_not_made_out_of_words() {
        for (cell, is) in [
            ("AC-01", Some("AC-01")),
            (" CC6.1 ", Some("CC6.1")),
            ("§164.312(e)(1)", Some("164.312-e-1")),
            ("Requirement 3", Some("Requirement-3")),
            ("=cmd|'/c calc'!A1", Some("cmd-c-calc-A1")),
            ("", None),
            ("n/a", None),
            ("§§", None),
            ("CC6.1, CC6.2", None),
            ("Access to production is restricted", None),
            ("Background checks", None),
        ] {
            assert_eq!(id(cell).ok().as_deref(), is, "{cell}");
        }
        assert!(id(&"a".repeat(100)).is_err());
    }

    #[test]
    fn a_text_is_one_of_toml() -> Result<(), toml::de::Error> {
        for text in [
            "a\"b\\",
            "\"\"\"",
            "a\nb\r\t\0",
            "\u{202e}x\u{feff}",
            "– ’ § é 日",
            "\u{2028}",
        ] {
            let written = format!("x = {}", quoted(text));
            assert_eq!(written.lines().count(), 1);
            let table: toml::Table = written.parse()?;
            assert_eq!(table["x"].as_str(), Some(text));
        }
        assert_eq!(quoted("– § é"), "\"– § é\"");
        Ok(())
    }
}
