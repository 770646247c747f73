//! What is wrong with a file's text.

use crate::model::{INVALID_DATE, INVALID_DURATION, UNKNOWN_VALUE};
use crate::source::Span;

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
            Self::UnknownValue => UNKNOWN_VALUE,
            Self::WrongType => "wrong-type",
            Self::MissingKey => "missing-key",
            Self::DuplicateId => "duplicate-id",
            Self::UnknownReference => "unknown-reference",
            Self::InvalidId => "invalid-id",
            Self::InvalidDate => INVALID_DATE,
            Self::InvalidDuration => INVALID_DURATION,
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

    pub(super) fn from_name(name: &str) -> Option<Self> {
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
    /// The table (`services`) and id (`payroll`) that it is in, if it is in an entity.
    pub entity: Option<(String, String)>,
    pub message: String,
    /// The words under the label.
    pub label: String,
    pub help: Option<String>,
    /// A second place in the same file, and what it shows.
    pub related: Option<(Span, String)>,
    /// The keys that lead to what it is about, from its entity on, else from the top of the file.
    pub keys: Option<String>,
    /// What to write instead, when there is one right answer.
    pub fix: Option<Repair>,
    /// What to write instead is likely, and not certain: shown, never written.
    pub suggestion: Option<Repair>,
    /// What belongs at this place, for an answer that knows what people write there.
    pub wants: Option<Wanted>,
}

/// What belongs at a place where something else is.
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
    pub(super) fn expected(words: &str) -> Option<Self> {
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
    /// The name to write at the place of the problem, in the quotes there.
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
