//! A table: what a view gives, and every format sets in rows and columns in its own way.

use crate::source::Place;
use jiff::civil::Date;

/// A table of declarations, or of what is seen.
pub struct Sheet {
    /// As the command calls it: `identities`.
    pub name: &'static str,
    pub columns: &'static [Column],
    /// Each as wide as `columns`, in an order that depends on nothing but what is in them.
    pub rows: Vec<Vec<Cell>>,
    /// Files that could not be read, or not as a whole: what they hold is missing here.
    pub incomplete: Vec<String>,
    /// What was left out on purpose, each in a sentence.
    pub notes: Vec<String>,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// In JSON and CSV.
    pub key: &'static str,
    /// For people.
    pub head: &'static str,
    /// What is in it, in a sentence.
    pub about: &'static str,
    pub holds: Holds,
    /// Whether a terminal has it without being asked.
    pub is_narrow: bool,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Text,
    List,
    Day,
    Count,
    Standing,
    Places,
}

impl Holds {
    /// Whether its cells are lists, which can be empty.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::List | Self::Places)
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Not stated, or it does not apply.
    Nothing,
    Text(String),
    List(Vec<String>),
    Day(Date),
    Count(usize),
    Standing(Word),
    Places(Vec<SeenPlace>),
}

/// How one matter of an entity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// A finding is reported.
    Open,
    /// A waiver suppresses the finding.
    Waived,
    /// The baseline suppresses it.
    Adopted,
    /// The finding yields to another that is reported.
    GivesWay,
    /// A rule of the matter is off.
    Off,
    /// It is declared, and no rule finds anything.
    Stated,
    /// No rule asks for it.
    NotNeeded,
    /// It cannot be told: it is not declared, or not all could be read.
    Unknown,
}

impl Word {
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::Waived,
        Self::Adopted,
        Self::GivesWay,
        Self::Off,
        Self::Stated,
        Self::NotNeeded,
        Self::Unknown,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waived => "waived",
            Self::Adopted => "adopted",
            Self::GivesWay => "gives way",
            Self::Off => "off",
            Self::Stated => "stated",
            Self::NotNeeded => "not needed",
            Self::Unknown => "unknown",
        }
    }
}

/// A place at which something is seen, and its locator there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPlace {
    pub place: Place,
    pub locator: String,
}
