//! A related place says by itself where it is: viewers show its text far from its line, as a link or in a list.
//!
//! What stands in the entity that the finding is about needs no name. What stands in another one names it, in
//! backticks; what stands in no entity says that it is the config, the organization, or the file. In a file that shows
//! what is used, another one than the finding's, it names that or the file.

use crate::cases::{self, AS_OF, project};
use crate::tool;
use rayon::prelude::*;
use soclint::{Checked, Choice, Finding, Label, Place, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml_edit::{Document, DocumentMut, Item, Table, Value};

/// Where a place stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Within {
    /// `services`, `ledger`.
    Entity(String, String),
    Config,
    Organization,
    /// Beside the entities of a manifest, such as its `owner`, or in what is no TOML.
    File,
    /// In a workflow, or what else shows which identities are used.
    Shown,
}

/// The ranges of a manifest's entities; a table may be written in several pieces.
struct Outline(Vec<(Range<usize>, Within)>);

impl Outline {
    fn of(source: &Source) -> Self {
        let mut pieces = Vec::new();
        let Ok(document) = Document::parse(source.text.to_string()) else {
            return Self(by_headers(&source.text));
        };
        for (table, item) in document.as_table() {
            if table == "organization" {
                let (key, item) = document.as_table().get_key_value(table).expect("it is there");
                pieces.extend(key.span().map(|span| (span, Within::Organization)));
                add(item, &Within::Organization, &mut pieces);
            } else if !matches!(table, "waivers" | "owner" | "namespace" | "keep") {
                entities(table, item, &mut pieces);
            }
        }
        Self(pieces)
    }

    fn at(&self, place: Place) -> Within {
        let start = place.span.start as usize;
        let holding = self.0.iter().filter(|(range, _)| range.contains(&start));
        let smallest = holding.min_by_key(|(range, _)| range.len());
        smallest.map_or(Within::File, |(_, within)| within.clone())
    }
}

/// The same of what is not TOML throughout: each entity is what stands below its header.
fn by_headers(text: &str) -> Vec<(Range<usize>, Within)> {
    let (mut pieces, mut at, mut now) = (Vec::new(), 0, Within::File);
    for line in text.split_inclusive('\n') {
        if let Some(header) = line.trim().strip_prefix('[') {
            let mut names = header.trim_matches(['[', ']']).split('.');
            now = match (names.next(), names.next()) {
                (Some("organization"), _) => Within::Organization,
                (Some(table), Some(id)) => Within::Entity(table.to_owned(), id.to_owned()),
                _ => Within::File,
            };
        }
        pieces.push((at..at + line.len(), now.clone()));
        at += line.len();
    }
    pieces
}

fn entities(table: &str, item: &Item, pieces: &mut Vec<(Range<usize>, Within)>) {
    let Some(like) = item.as_table_like() else { return };
    for (id, body) in like.iter() {
        let within = Within::Entity(table.to_owned(), id.to_owned());
        let (key, _) = like.get_key_value(id).expect("it is there");
        pieces.extend(key.span().map(|span| (span, within.clone())));
        add(body, &within, pieces);
    }
}

/// All keys and values under an item.
fn add(item: &Item, within: &Within, pieces: &mut Vec<(Range<usize>, Within)>) {
    pieces.extend(item.span().map(|span| (span, within.clone())));
    let mut tables: Vec<&Table> = Vec::new();
    match item {
        Item::Table(table) => tables.push(table),
        Item::ArrayOfTables(array) => tables.extend(array.iter()),
        Item::Value(Value::InlineTable(table)) => {
            for (name, _) in table {
                let (key, value) = table.get_key_value(name).expect("it is there");
                pieces.extend(key.span().map(|span| (span, within.clone())));
                add(value, within, pieces);
            }
        }
        _ => {}
    }
    for table in tables {
        for (name, _) in table {
            let (key, value) = table.get_key_value(name).expect("it is there");
            pieces.extend(key.span().map(|span| (span, within.clone())));
            add(value, within, pieces);
        }
    }
}

/// What a text lacks, if it does not say where it stands.
fn lack(finding: &Finding, label: &Label, within: &Within, file: &str) -> Option<String> {
    let text = &label.text;
    let needed = match within {
        Within::Entity(table, id) => {
            let path = format!("{table}.{id}");
            let is_subject = finding.subject == path || finding.subject.ends_with(&format!("/{path}"));
            let ends = ['`', '/', '.'].map(|before| format!("{before}{id}`"));
            let names = ends.iter().any(|named| text.contains(named));
            if is_subject || names {
                return None;
            }
            format!("`{id}`")
        }
        Within::Config => "the config".to_owned(),
        Within::Organization if finding.subject.ends_with("organization") => return None,
        Within::Organization => "the organization".to_owned(),
        Within::File if finding.subject.starts_with("waivers(") => return None,
        // Such as the file's `owner`: it says of what, or that it is the file's.
        Within::File if text.contains('`') => return None,
        Within::File => "file".to_owned(),
        Within::Shown if label.place.file == finding.primary.place.file || text.contains('`') => return None,
        Within::Shown => format!(" in {file}"),
    };
    (!text.contains(&needed)).then_some(needed)
}

#[derive(Default)]
struct Seen {
    labels: usize,
    in_profiles: usize,
    nameless: BTreeMap<(&'static str, String), String>,
    rules: BTreeSet<&'static str>,
}

impl Seen {
    fn nothing_is_nameless(&self) {
        let nameless = self.nameless.iter();
        let nameless: Vec<String> = nameless
            .map(|((rule, text), place)| format!("{rule}: {text:?} at {place}"))
            .collect();
        assert!(
            nameless.is_empty(),
            "{} texts:\n{}",
            nameless.len(),
            nameless.join("\n")
        );
    }
}

fn look(checked: &Checked, seen: &mut Seen) {
    let mut outlines: BTreeMap<u32, Outline> = BTreeMap::new();
    let outcome = &checked.outcome;
    let waived = outcome.waived.iter().map(|waived| &waived.finding);
    for finding in outcome.findings.iter().chain(waived).chain(&outcome.yielded) {
        for label in &finding.related {
            let file = label.place.file;
            let source = checked.sources.get(file);
            let within = match source.path.as_str() {
                path if path.ends_with("soclint.toml") => Within::Config,
                path if !path.ends_with(".toml") => Within::Shown,
                _ => outlines
                    .entry(file.0)
                    .or_insert_with(|| Outline::of(source))
                    .at(label.place),
            };
            let name = source.path.rsplit('/').next().unwrap_or_default();
            seen.labels += 1;
            let in_profile = matches!(&within, Within::Entity(table, _) if table == "profiles");
            seen.in_profiles += usize::from(in_profile);
            seen.rules.insert(finding.rule);
            if let Some(needed) = lack(finding, label, &within, name) {
                let at = source.position(label.place.span.start);
                let place = format!("{}:{}: of {}: lacks {needed}", source.path, at.line, finding.subject);
                seen.nameless
                    .entry((finding.rule, label.text.to_string()))
                    .or_insert(place);
            }
        }
    }
}

#[test]
fn a_related_place_names_the_entity_in_which_it_stands() {
    let mut seen = Seen::default();
    for folder in cases::of_rules() {
        for ran in folder.fails.iter().chain(&folder.passes) {
            look(ran.checked.as_ref().expect("it was checked"), &mut seen);
        }
    }
    let estates = std::fs::read_dir(project().join("fixtures/estates")).expect("estates");
    let estates: Vec<_> = estates.map(|entry| entry.expect("an estate").path()).collect();
    let checked: Vec<Checked> = estates
        .par_iter()
        .map(|estate| tool::checked(estate, AS_OF, &Choice::default()))
        .collect();
    for checked in &checked {
        look(checked, &mut seen);
    }
    assert!(
        seen.labels > 1_000 && seen.rules.len() > 70,
        "{} of {:?}",
        seen.labels,
        seen.rules
    );
    seen.nothing_is_nameless();
}

/// A manifest whose identities take all that they can from profiles; `None` where there is nothing to move.
fn with_profiles(text: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let mut profiles = Table::new();
    for (id, body) in document.get_mut("identities")?.as_table_like_mut()?.iter_mut() {
        let identity = body.as_table_like_mut()?;
        let stays = |key: &str| matches!(key, "retired" | "offboarding" | "locators" | "profile");
        if identity.contains_key("profile") {
            continue;
        }
        let keys: Vec<String> = identity.iter().map(|(key, _)| key.to_owned()).collect();
        let shared = format!("{}-shared", id.get());
        let mut profile = Table::new();
        for key in keys.iter().filter(|key| !stays(key)) {
            profile.insert(key, identity.remove(key)?);
        }
        identity.insert("profile", toml_edit::value(&shared));
        profiles.insert(&shared, Item::Table(profile));
    }
    let moved = !profiles.is_empty() && !document.contains_key("profiles");
    document.insert("profiles", Item::Table(profiles));
    moved.then(|| document.to_string())
}

#[test]
fn so_it_does_when_an_identity_takes_all_from_a_profile() {
    let mut seen = Seen::default();
    for folder in cases::of_rules() {
        let choice = Choice {
            select: vec![folder.name.clone()],
            ..Choice::default()
        };
        for case in folder.fails.iter().filter(|ran| ran.case.path.is_file()) {
            let text = std::fs::read_to_string(&case.case.path).unwrap_or_default();
            let Some(text) = with_profiles(&text) else { continue };
            let source = Source::new("scope.toml".to_owned(), text);
            let day = AS_OF.parse().expect("a date");
            look(&cases::alone(source, day, &choice), &mut seen);
        }
    }
    let nhi = seen.rules.iter().filter(|rule| rule.starts_with("nhi-")).count();
    assert!(
        seen.in_profiles > 100 && nhi > 8,
        "{} of {:?}",
        seen.in_profiles,
        seen.rules
    );
    seen.nothing_is_nameless();
}
