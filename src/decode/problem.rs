//! What is wrong with a file's text, and the collector that keeps every such problem.

use super::tree::Value;
use crate::source::Span;
use serde::de::{Expected, Unexpected};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;

/// The kinds of reading problems. Each has a page under the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    UnreadableFile,
    NotUtf8,
    InvalidToml,
    UnknownKey,
    UnknownValue,
    WrongType,
    MissingKey,
    DuplicateId,
    UnknownReference,
    InvalidId,
    InvalidDate,
    InvalidDuration,
    NonCanonicalSpelling,
}

impl Fault {
    /// The rule name that users see.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnreadableFile => "unreadable-file",
            Self::NotUtf8 => "not-utf8",
            Self::InvalidToml => "invalid-toml",
            Self::UnknownKey => "unknown-key",
            Self::UnknownValue => "unknown-value",
            Self::WrongType => "wrong-type",
            Self::MissingKey => "missing-key",
            Self::DuplicateId => "duplicate-id",
            Self::UnknownReference => "unknown-reference",
            Self::InvalidId => "invalid-id",
            Self::InvalidDate => "invalid-date",
            Self::InvalidDuration => "invalid-duration",
            Self::NonCanonicalSpelling => "non-canonical-spelling",
        }
    }

    pub const ALL: [Self; 13] = [
        Self::UnreadableFile,
        Self::NotUtf8,
        Self::InvalidToml,
        Self::UnknownKey,
        Self::UnknownValue,
        Self::WrongType,
        Self::MissingKey,
        Self::DuplicateId,
        Self::UnknownReference,
        Self::InvalidId,
        Self::InvalidDate,
        Self::InvalidDuration,
        Self::NonCanonicalSpelling,
    ];

    fn from_name(name: &str) -> Option<Self> {
        [Self::InvalidDate, Self::InvalidDuration, Self::UnknownValue]
            .into_iter()
            .find(|fault| fault.name() == name)
    }
}

/// One thing wrong with a file, at its place.
#[derive(Debug, Clone)]
pub struct Problem {
    pub fault: Fault,
    pub span: Span,
    /// The table (`services`) and id (`payroll`) that it lies in, if it lies in an entity.
    pub entity: Option<(String, String)>,
    pub message: String,
    /// The words under the label.
    pub label: String,
    pub help: Option<String>,
    /// A second place in the same file, and what it shows.
    pub related: Option<(Span, String)>,
    /// What to write instead, when there is one right answer.
    /// The keys that lead to what it is about, from its entity on, else from the top of the file.
    pub keys: Option<String>,
    pub fix: Option<Repair>,
    /// What to write instead is likely, and not certain: shown, never written.
    pub suggestion: Option<Repair>,
    /// What belongs at this place, for an answer that knows what people write there.
    pub wants: Option<Wanted>,
}

/// What belongs at a place where something else stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A key of a table, by the type that the table is read as.
    Key {
        table: &'static str,
        known: &'static [&'static str],
    },
    /// A table that is read as a type; a table of entities has no type, and no keys of its own.
    Table {
        table: &'static str,
        known: &'static [&'static str],
    },
    /// A word of a closed list.
    Word {
        list: &'static str,
        words: &'static [&'static str],
    },
    Value(Form),
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Text,
    Boolean,
    Date,
    DayOfYear,
    Duration,
    Region,
}

impl Form {
    /// The form that a type asks for in its own words.
    fn expected(words: &str) -> Option<Self> {
        let begins = [
            ("text in quotes", Self::Text),
            ("a boolean", Self::Boolean),
            ("a date", Self::Date),
            ("a day of the year", Self::DayOfYear),
            ("a duration", Self::Duration),
            ("a region", Self::Region),
        ];
        let found = begins.iter().find(|(begin, _)| words.starts_with(begin));
        found.map(|(_, form)| *form)
    }
}

/// What to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// The value to write at the place of the problem.
    Replace(String),
    /// The name to write at the place of the problem, in the quotes that stand there.
    Rename(String),
    /// Pieces of the file, and what to write there.
    Edits(Vec<(Span, String)>),
}

impl Problem {
    pub fn new(fault: Fault, span: Span, message: String, label: impl Into<String>) -> Self {
        Self {
            fault,
            span,
            entity: None,
            message,
            label: label.into(),
            help: None,
            related: None,
            keys: None,
            fix: None,
            suggestion: None,
            wants: None,
        }
    }

    #[must_use]
    pub fn in_entity(mut self, table: &str, id: &str) -> Self {
        self.entity = Some((table.to_owned(), id.to_owned()));
        self
    }

    #[must_use]
    pub fn wanting(mut self, wants: Wanted) -> Self {
        self.wants = Some(wants);
        self
    }

    #[must_use]
    pub fn with_fix(mut self, fix: Repair) -> Self {
        self.fix = Some(fix);
        self
    }

    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Collects the problems of one file while it is decoded.
pub struct Sink<'s> {
    problems: RefCell<Vec<Problem>>,
    /// The table and the id that are being read.
    entity: RefCell<Option<(&'s str, &'s str)>>,
    damage: Vec<Span>,
    /// What is read.
    pub text: &'s str,
    /// Whether other spellings of a known value are read too.
    pub lenient: bool,
    /// Which problem is about the date at a place.
    dates: HashMap<Span, usize>,
    lost: RefCell<Vec<String>>,
    /// Which of its known keys the table that was read last states, a bit each.
    pub stated: Cell<u64>,
}

impl<'s> Sink<'s> {
    pub fn new(text: &'s str, lenient: bool, problems: Vec<Problem>, mut damage: Vec<Span>) -> Self {
        // Disjoint and sorted, so that a value is looked up quickly however torn the file is.
        damage.sort_unstable();
        let mut disjoint: Vec<Span> = Vec::with_capacity(damage.len());
        for span in damage {
            match disjoint.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => disjoint.push(span),
            }
        }
        let is_date = |problem: &Problem| problem.fault == Fault::InvalidDate;
        let dates = problems.iter().enumerate().filter(|(_, problem)| is_date(problem));
        Self {
            dates: dates.map(|(at, problem)| (problem.span, at)).collect(),
            problems: RefCell::new(problems),
            entity: RefCell::new(None),
            damage: disjoint,
            text,
            lenient,
            lost: RefCell::new(Vec::new()),
            stated: Cell::new(0),
        }
    }

    pub fn report(&self, mut problem: Problem) {
        if problem.entity.is_none() {
            problem.entity = self.entity();
        }
        self.problems.borrow_mut().push(problem);
    }

    pub fn enter(&self, table: &'s str, id: &'s str) {
        *self.entity.borrow_mut() = Some((table, id));
    }

    /// The table of entities that is being read.
    pub fn table(&self) -> Option<&'s str> {
        self.entity.borrow().map(|(table, _)| table)
    }

    /// Whether the entity of this id is being read.
    pub fn is_at(&self, id: &str) -> bool {
        self.entity.borrow().is_some_and(|(_, own)| own == id)
    }

    fn entity(&self) -> Option<(String, String)> {
        let (table, id) = (*self.entity.borrow())?;
        Some((table.to_owned(), id.to_owned()))
    }

    pub fn leave(&self) {
        *self.entity.borrow_mut() = None;
    }

    /// Whether the value at `span` was already reported as unreadable. If it is a date that does not exist,
    /// the report learns which entity it lies in; a torn place belongs to the file.
    pub fn is_damaged(&self, span: Span) -> bool {
        let before = self
            .damage
            .partition_point(|torn| torn.start < span.end || torn.start == span.start);
        let damaged = self.damage[..before].last().is_some_and(|torn| torn.overlaps(span));
        if damaged
            && let Some(date) = self.dates.get(&span)
            && let Some(problem) = self.problems.borrow_mut().get_mut(*date)
        {
            problem.entity = self.entity();
        }
        damaged
    }

    /// Whether all of a list or a table lies where nothing could be read.
    pub fn is_all_damaged(&self, span: Span) -> bool {
        let before = self.damage.partition_point(|torn| torn.start <= span.start);
        self.damage[..before]
            .last()
            .is_some_and(|torn| span.end <= torn.end && !span.range().is_empty())
    }

    /// Remembers names that may have been declared in what was not read as a table of entities.
    pub fn lose_names(&self, names: String) {
        self.lost.borrow_mut().push(names);
    }

    /// Remembers the entities under a misspelt table, by the table that was probably meant and their ids.
    pub fn lose_table(&self, meant: &str, value: &Value<'_>) {
        if let Value::Table(table) = value {
            let ids = table.entries.iter().map(|(id, _)| &*id.text);
            let names: Vec<&str> = std::iter::once(meant).chain(ids).collect();
            self.lost.borrow_mut().push(names.join(" "));
        }
    }

    pub fn finish(&self) -> (Vec<Problem>, Vec<String>) {
        (self.problems.take(), self.lost.take())
    }
}

/// serde's error, as far as it is needed: either still to be reported by the value it rose from, or done with.
#[derive(Debug)]
pub enum DecodeError {
    Reported,
    /// In a place of its own, so that the way of a value that is right stays short.
    Pending(Box<Pending>),
}

#[derive(Debug)]
pub struct Pending {
    pub fault: Fault,
    pub found: String,
    pub expected: String,
}

impl Pending {
    pub fn wants(&self) -> Option<Wanted> {
        Form::expected(&self.expected).map(Wanted::Value)
    }
}

impl DecodeError {
    fn pending(fault: Fault, found: String, expected: String) -> Self {
        Self::Pending(Box::new(Pending { fault, found, expected }))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reported => f.write_str("already reported"),
            Self::Pending(pending) => f.write_str(&pending.expected),
        }
    }
}

impl std::error::Error for DecodeError {}

impl serde::de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::pending(Fault::UnknownValue, String::new(), message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::pending(Fault::WrongType, describe(found).to_owned(), expected.to_string())
    }

    /// A value type names the fault it stands for with [`Unexpected::Other`]; see `Date` and `Duration`.
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let fault = match found {
            Unexpected::Other(name) => Fault::from_name(name).unwrap_or(Fault::UnknownValue),
            _ => Fault::UnknownValue,
        };
        Self::pending(fault, String::new(), expected.to_string())
    }
}

fn describe(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "a number",
        Unexpected::Float(_) => "a decimal number",
        Unexpected::Str(_) | Unexpected::Char(_) => "text",
        Unexpected::Seq => "a list",
        Unexpected::Map => "a table",
        Unexpected::Other(other) if other == super::DATE_NAME => "a date",
        _ => "something else",
    }
}
