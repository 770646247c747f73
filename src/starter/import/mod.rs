//! Entries for the controls of a matrix: what its rows say, in the words of a manifest, and no more.

mod columns;
mod declared;
mod entry;
mod keys;
mod matrix;
mod places;
mod told;
mod values;

pub use columns::{Columns, Mapped, NoColumns, NoMapping};
pub use matrix::{MAX_ROWS, Matrix, Unreadable};

use super::adopt::{Added, Addition, Tables, Target, append, only_adds};
use crate::estate::{ControlRef, Estate};
use crate::manifest;
use crate::model::{NamespaceId, list_words, shortened};
use crate::reference::schema;
use crate::source::{Source, Sources};
use declared::{Around, states};
use entry::{Context, Entry};
use keys::Key;
use matrix::Row;
use places::Places;
use std::collections::{BTreeMap, HashMap};
use told::{LeftOut, Why};

/// The tables that are added to.
pub const IMPORTED: Tables = &["controls"];
/// What is made where no manifest is near.
pub const OWN_MANIFEST: &str = "controls.scope.toml";
/// So many ids that were changed are named.
const MAX_CHANGED: usize = 10;

/// What an import comes to.
pub struct Import {
    /// `None` if there is nothing to add.
    pub addition: Option<Addition>,
    /// Rows that say what is declared.
    pub same: usize,
    /// Rows that are left out: the line, and why.
    pub rows: Vec<(u64, String)>,
    /// What else is to be told.
    pub told: Vec<String>,
}

/// Why nothing can be added to a manifest.
pub enum NotAdded {
    /// What it declares would change.
    Changes(String),
    /// It would be too large to be read.
    TooLarge(String),
}

/// Where the matrix is, and what is beside it.
pub struct Surroundings<'s> {
    /// The folder of the matrix, from the root; `None` if it lies elsewhere.
    pub folder: Option<String>,
    /// Whether something is there, by its path from the root.
    pub exists: &'s dyn Fn(&str) -> bool,
}

/// What the rows of one id say.
struct Named {
    id: String,
    /// As the first of them writes it, and where.
    written: String,
    line: u64,
    entry: Entry,
}

/// What the rows come to, before anything is written.
struct Reading<'r, 'e, 'a> {
    heads: &'r [String],
    columns: &'r Columns,
    context: Context<'r, 'a>,
    estate: &'e Estate<'a>,
    /// The manifest's owner of whatever states none.
    owner: Option<&'e str>,
    named: Vec<Named>,
    by_id: HashMap<String, usize>,
    left_out: LeftOut,
    rows: Vec<(u64, String)>,
    changed: Vec<(u64, String, String)>,
}

/// The manifest's path, its text, and its namespace.
fn target_of(target: &Target, estate: &Estate<'_>, sources: &Sources) -> (String, String, NamespaceId) {
    match target {
        Target::Manifest(file) => {
            let source = sources.get(*file);
            (source.path.clone(), source.text.clone(), estate.file(*file).namespace)
        }
        Target::New(path) => (path.clone(), beginning(), NamespaceId::UNNAMED),
    }
}

fn beginning() -> String {
    format!(
        "#:schema {}\n# Controls, as a matrix of them says. What it does not say in words that are known is not stated yet.\n",
        schema::address("manifest")
    )
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What the rows of a matrix add to a manifest.
pub fn plan(
    matrix: &Matrix,
    columns: &Columns,
    target: Target,
    surroundings: Surroundings<'_>,
    (estate, sources): (&Estate<'_>, &Sources),
) -> Result<Import, NotAdded> {
    let (path, before, namespace) = target_of(&target, estate, sources);
    let mut reading = Reading {
        heads: &matrix.heads.cells,
        columns,
        context: Context {
            estate,
            namespace,
            places: Places {
                matrix: surroundings.folder,
                manifest: folder(&path).to_owned(),
                exists: surroundings.exists,
            },
        },
        estate,
        owner: match &target {
            Target::Manifest(file) => estate.file(*file).owner.get().map(|owner| owner.as_str()),
            Target::New(_) => None,
        },
        named: Vec::new(),
        by_id: HashMap::new(),
        left_out: LeftOut::default(),
        rows: Vec::new(),
        changed: Vec::new(),
    };
    for row in &matrix.rows {
        if let Err(why) = reading.take(row) {
            reading.rows.push((row.line, why));
        }
    }
    if let Some(line) = matrix.unclosed {
        let why =
            "a quote in it is never closed, so that it is not known where it and the rows after it end".to_owned();
        reading.rows.push((line, why));
    }
    let told = reading.told(matrix);
    let (mut new, mut same) = (Vec::new(), 0);
    for mut one in std::mem::take(&mut reading.named) {
        one.entry.list_each_once();
        match reading.declared(&one.id) {
            None => new.push(one),
            Some(control) => match reading.compare(&one, control, sources) {
                Ok(()) => same += 1,
                Err(why) => reading.rows.push((one.line, why)),
            },
        }
    }
    let mut rows = reading.rows;
    rows.sort();
    let addition = match new.is_empty() {
        true => None,
        false => Some(add(&new, target, path, &before)?),
    };
    Ok(Import {
        addition,
        same,
        rows,
        told,
    })
}

impl<'e, 'a> Reading<'_, 'e, 'a> {
    fn take(&mut self, row: &Row) -> Result<(), String> {
        if let Some(beyond) = row.cells.get(self.heads.len()..)
            && beyond.iter().any(|cell| !cell.trim().is_empty())
        {
            return Err(format!(
                "it has {} values, and there are {} heads; a value that holds the separator needs quotes",
                row.cells.len(),
                self.heads.len()
            ));
        }
        let cells = self.columns.of_key(Key::Id).iter().filter_map(|at| row.cells.get(*at));
        let written = cells.map(|cell| cell.trim()).next().unwrap_or_default();
        let id = entry::id(written).map_err(|why| match written {
            "" => why.to_owned(),
            written => format!("{why}: \"{}\"", shortened(written)),
        })?;
        let status = self
            .columns
            .of_key(Key::Status)
            .iter()
            .filter_map(|at| row.cells.get(*at));
        if let Some(status) = status
            .map(|cell| cell.trim())
            .find(|cell| values::is_in_place(cell) == Some(false))
        {
            return Err(format!("by its status it is not in place: \"{}\"", shortened(status)));
        }
        let (entry, left) = Entry::of(row, self.columns, &self.context);
        match self.by_id.get(&id) {
            Some(at) => {
                let first = &mut self.named[*at];
                if first.written != written {
                    return Err(format!(
                        "\"{}\" and \"{}\" on line {} would be one id: `{id}`",
                        shortened(written),
                        shortened(&first.written),
                        first.line
                    ));
                }
                let joined = first.entry.join(entry);
                joined.map_err(|keys| {
                    let keys = list_words(&keys, "and");
                    format!("`{id}` is on line {} too, with another {keys}", first.line)
                })?;
            }
            None => {
                if id != written {
                    self.changed.push((row.line, written.to_owned(), id.clone()));
                }
                self.by_id.insert(id.clone(), self.named.len());
                self.named.push(Named {
                    id: id.clone(),
                    written: written.to_owned(),
                    line: row.line,
                    entry,
                });
            }
        }
        let declared = self.declared(&id);
        let is_stated = |key| declared.is_some_and(|control| states(&control.body, key));
        for left in left.into_iter().filter(|left| !is_stated(left.key)) {
            self.left_out.add(left.column, left.why, row.line, &left.value);
        }
        Ok(())
    }

    fn declared(&self, id: &str) -> Option<ControlRef<'e, 'a>> {
        let estate = self.estate;
        let found = estate.controls.find(self.context.namespace, id);
        found.map(|control| estate.control(control))
    }

    fn compare(&self, one: &Named, control: ControlRef<'_, '_>, sources: &Sources) -> Result<(), String> {
        let (id, path) = (&one.id, &sources.get(control.file).path);
        if !control.readable {
            return Err(format!("`{id}` is declared in {path}, where it could not be read"));
        }
        let facts = self.estate.file(control.file);
        let around = Around {
            owner: facts.owner.get().map(|owner| owner.as_str()),
            folder: folder(path),
            written_for: &self.context.places.manifest,
        };
        match one.entry.differing(&control.body, &around).as_slice() {
            [] => Ok(()),
            keys => Err(format!(
                "`{id}` is declared in {path}, with another {}; it is left as it is",
                list_words(keys, "and")
            )),
        }
    }

    fn told(&self, matrix: &Matrix) -> Vec<String> {
        let mut told = self.columns.told.clone();
        if !matrix.above.is_empty() {
            told.push(format!(
                "what is above the heads is not read ({})",
                told::places(&matrix.above)
            ));
        }
        if !self.changed.is_empty() {
            let named = self.changed.iter().take(MAX_CHANGED);
            let named: Vec<String> = named
                .map(|(line, from, to)| format!("\"{}\" is `{to}` (line {line})", shortened(from)))
                .collect();
            let more = match self.changed.len().checked_sub(MAX_CHANGED) {
                Some(more @ 1..) => format!(", and so on for {more} more"),
                _ => String::new(),
            };
            told.push(format!(
                "ids have letters, digits, `.`, `_` and `-` alone: {}{more}",
                named.join(", ")
            ));
        }
        told.extend(self.left_out.told(self.heads));
        if let Some(owner) = self.owner
            && self.left_out.has(&[Why::NoOwner, Why::SeveralOwners])
        {
            told.push(format!(
                "where an owner is left out, `{owner}` is the owner, as the manifest says of all in it that states none"
            ));
        }
        told
    }
}

/// The whole text of the manifest afterwards, and the proof that each row is read from it as it was meant.
fn add(new: &[Named], target: Target, path: String, before: &str) -> Result<Addition, NotAdded> {
    let mut more = String::new();
    for one in new {
        one.entry.write(&one.id, &mut more);
    }
    let text = append(before, more.trim_start_matches('\n'));
    if text.len() as u64 > crate::workspace::MAX_MANIFEST {
        return Err(NotAdded::TooLarge(path));
    }
    let added = Added {
        controls: new.iter().map(|one| one.id.clone()).collect(),
        ..Added::default()
    };
    if !only_adds(before, &text, &added) || !is_read(new, &text) {
        return Err(NotAdded::Changes(path));
    }
    Ok(Addition {
        target,
        path,
        text,
        added,
    })
}

fn is_read(new: &[Named], text: &str) -> bool {
    let source = Source::new(String::new(), text.to_owned());
    let read = manifest::read(&source);
    let controls: BTreeMap<&str, &manifest::Control<'_>> = read
        .manifest
        .controls
        .iter()
        .filter(|control| control.readable)
        .map(|control| (control.id.as_str(), &*control.body))
        .collect();
    let around = Around {
        owner: None,
        folder: "",
        written_for: "",
    };
    new.iter().all(|one| {
        let control = controls.get(one.id.as_str());
        control.is_some_and(|control| one.entry.differing(control, &around).is_empty())
    })
}
