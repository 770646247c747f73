//! Tables of a page: rows of cells, and what their columns are about.

use crate::calendar::Period;
use crate::views::{Cell, Column, Sheet, Stage, When, Word};
use std::borrow::Cow;

/// A table.
pub struct Table {
    /// Tables of one kind have the same columns.
    pub kind: &'static str,
    pub title: Option<Title>,
    /// Sentences above it, in which backticks set off names.
    pub about: Vec<String>,
    pub columns: &'static [Col],
    pub rows: Vec<Row>,
    /// The days that are drawn, if any are.
    pub axis: Option<Period>,
    /// Sentences below it.
    pub notes: Vec<String>,
    /// What is said where it has no rows.
    pub none: &'static str,
    /// Where all rows are, in words or as a command.
    pub all: String,
    /// What is said where not all rows are shown.
    pub left_out: Option<String>,
}

/// A heading of a table.
pub enum Title {
    Words(&'static str),
    /// Words, and a name that someone has given.
    Name(&'static str, String),
}

/// A row.
pub struct Row {
    /// The path of what it declares, by which others link to it.
    pub subject: Option<String>,
    /// Whether something of it is open.
    pub is_open: bool,
    pub cells: Vec<Cell>,
    /// Where it is on the axis, if its table has one.
    pub span: Option<Span>,
}

/// Days on an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub when: When,
    pub stage: Stage,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Col {
    pub head: &'static str,
    pub says: Says,
    /// How wide it is beside the others of its table.
    pub width: u8,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    Text,
    /// A path or an id, as it is written; one of a subject leads to where that is declared on the page.
    Path,
    /// Names of what is declared in one of these tables.
    Names(&'static [&'static str]),
    /// The same, as they are written: of the own namespace first.
    References(&'static [&'static str]),
    /// An owner, whose findings stand together.
    Owner,
    /// A sentence, in which backticks set off names.
    Prose,
    Severity,
    /// The name of a rule, which has a page.
    Rule,
    /// Names of rules.
    Rules,
    /// Where it is declared.
    Place,
    /// A drawing of the row's days, of which the other cells say all.
    Axis,
}

impl Col {
    pub const fn new(head: &'static str, says: Says, width: u8) -> Self {
        Self { head, says, width }
    }
}

impl Table {
    pub fn new(kind: &'static str, columns: &'static [Col], none: &'static str) -> Self {
        Self {
            kind,
            title: None,
            about: Vec::new(),
            columns,
            rows: Vec::new(),
            axis: None,
            notes: Vec::new(),
            none,
            all: String::new(),
            left_out: None,
        }
    }

    pub fn titled(mut self, title: &'static str) -> Self {
        self.title = Some(Title::Words(title));
        self
    }

    pub fn about(mut self, sentence: impl Into<String>) -> Self {
        self.about.push(sentence.into());
        self
    }
}

/// A row of another view, of which cells are taken by the keys of their columns.
pub struct Taken<'s> {
    columns: &'s Cow<'static, [Column]>,
    cells: Vec<Cell>,
}

/// The rows of another view.
pub fn rows_of(sheet: &mut Sheet) -> Vec<Taken<'_>> {
    let rows = std::mem::take(&mut sheet.rows);
    let columns = &sheet.columns;
    rows.into_iter().map(|cells| Taken { columns, cells }).collect()
}

impl Taken<'_> {
    /// A cell, which is taken once.
    pub fn take(&mut self, key: &str) -> Cell {
        let at = self.columns.iter().position(|column| column.key == key);
        let cell = at.and_then(|at| self.cells.get_mut(at));
        cell.map_or(Cell::Nothing, |cell| std::mem::replace(cell, Cell::Nothing))
    }

    /// A text, which stays.
    pub fn text(&self, key: &str) -> Option<String> {
        let at = self.columns.iter().position(|column| column.key == key)?;
        match self.cells.get(at)? {
            Cell::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    pub fn is_filled(&self, key: &str) -> bool {
        let at = self.columns.iter().position(|column| column.key == key);
        at.and_then(|at| self.cells.get(at)).is_some_and(is_filled)
    }

    /// Two days as one text: "2025-07-01 to 2026-06-30".
    pub fn days(&mut self, from: &str, to: &str) -> Cell {
        match (self.take(from), self.take(to)) {
            (Cell::Day(from), Cell::Day(to)) if from != to => Cell::Text(format!("{from} to {to}")),
            (Cell::Standing(Word::Unknown), _) | (_, Cell::Standing(Word::Unknown)) => Cell::Standing(Word::Unknown),
            (Cell::Nothing, only) | (only, _) => only,
        }
    }

    /// The cells that say something, as one list, each behind a word.
    pub fn listed(&mut self, keys: &[(&str, &str)]) -> Cell {
        let mut said = Vec::new();
        for (word, key) in keys {
            let text = match self.take(key) {
                Cell::Text(text) => text,
                Cell::Day(day) => day.to_string(),
                Cell::Count(count) => count.to_string(),
                Cell::Standing(word) => word.as_str().to_owned(),
                Cell::List(items) => items.join(", "),
                Cell::Nothing | Cell::Places(_) | Cell::Parts(_) => continue,
            };
            said.push(match *word {
                "" => text,
                word => format!("{word} {text}"),
            });
        }
        if said.is_empty() {
            Cell::Nothing
        } else {
            Cell::List(said)
        }
    }
}

pub fn is_filled(cell: &Cell) -> bool {
    match cell {
        Cell::Nothing => false,
        Cell::Text(text) => !text.is_empty(),
        Cell::List(items) => !items.is_empty(),
        Cell::Places(places) => !places.is_empty(),
        Cell::Parts(parts) => !parts.is_empty(),
        Cell::Day(_) | Cell::Count(_) | Cell::Standing(_) => true,
    }
}

/// A note as a sentence.
pub fn sentence(note: &str) -> String {
    let mut letters = note.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let text = first.unwrap_or_default() + letters.as_str();
    if text.ends_with('.') { text } else { text + "." }
}
