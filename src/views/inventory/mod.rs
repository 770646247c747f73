//! `soclint inventory`: what is declared, and what is seen, as tables.

mod controls;
mod data;
mod evidence;
mod identities;
mod matters;
mod named_by;
mod reports;
mod services;
mod third_parties;

pub(in crate::views) use third_parties::{title as provider_title, what as provider_what};

use super::standing::{Found, Matter};
use super::{Cell, Column, Holds, Sheet, cells};
use crate::config::Settings;
use crate::estate::{Estate, Name, ServiceRef};
use crate::source::{Place, Sources};
use crate::triage::{Outcome, Severities};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    Identities,
    Services,
    Reports,
    ThirdParties,
    Controls,
    Evidence,
    Data,
}

impl Listed {
    pub const ALL: [Self; 7] = [
        Self::Identities,
        Self::Services,
        Self::Reports,
        Self::ThirdParties,
        Self::Controls,
        Self::Evidence,
        Self::Data,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identities => "identities",
            Self::Services => "services",
            Self::Reports => "reports",
            Self::ThirdParties => "third-parties",
            Self::Controls => "controls",
            Self::Evidence => "evidence",
            Self::Data => "data",
        }
    }

    /// Its columns, in order.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Identities => identities::COLUMNS,
            Self::Services => services::COLUMNS,
            Self::Reports => reports::COLUMNS,
            Self::ThirdParties => third_parties::COLUMNS,
            Self::Controls => controls::COLUMNS,
            Self::Evidence => evidence::COLUMNS,
            Self::Data => data::COLUMNS,
        }
    }
}

/// The matters of identities, in the order of the columns.
pub fn matters() -> impl Iterator<Item = &'static Matter> {
    std::iter::once(&matters::DECLARATION).chain(&matters::MATTERS)
}

/// Which rows are asked for.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Of these owners alone, if any are named.
    pub owners: BTreeSet<String>,
    /// Of these services alone, by their paths, if any are named.
    pub services: BTreeSet<String>,
    /// Only those about which a finding is reported.
    pub open: bool,
    /// Only identities that are seen and not declared.
    pub undeclared: bool,
    /// Also what is seen that nobody is asked to declare, and humans.
    pub all: bool,
}

/// A judged estate.
pub struct Judged<'v, 'a> {
    pub estate: &'v Estate<'a>,
    pub sources: &'v Sources,
    pub settings: &'v Settings<'v>,
    pub(in crate::views) found: Found<'v>,
}

/// One row, and by what it is chosen.
struct Row {
    subject: String,
    owner: Option<String>,
    services: BTreeSet<String>,
    cells: Vec<Cell>,
}

impl<'v, 'a> Judged<'v, 'a> {
    pub fn new(estate: &'v Estate<'a>, sources: &'v Sources, settings: &'v Settings<'v>, outcome: &'v Outcome) -> Self {
        Self {
            estate,
            sources,
            settings,
            found: Found::of(outcome, Severities::of(settings), settings.discovers()),
        }
    }

    /// One of the tables.
    pub fn list(&self, listed: Listed, wanted: &Wanted) -> Sheet {
        let mut rows = match listed {
            Listed::Identities => identities::rows(self, wanted),
            Listed::Services => services::rows(self),
            Listed::Reports => reports::rows(self),
            Listed::ThirdParties => third_parties::rows(self),
            Listed::Controls => controls::rows(self, !wanted.services.is_empty()),
            Listed::Evidence => evidence::rows(self, !wanted.services.is_empty()),
            Listed::Data => data::rows(self),
        };
        let all = rows.len();
        rows.retain(|row| self.is_wanted(row, wanted));
        rows.sort_by(|one, other| one.subject.cmp(&other.subject));
        let mut notes = Vec::new();
        if listed == Listed::Identities {
            notes.extend(identities::notes(self, wanted));
        }
        if rows.len() < all {
            notes.push(format!("{} of {all} rows; the others were not asked for", rows.len()));
        }
        Sheet {
            name: listed.as_str(),
            title: titled(listed.as_str()),
            about: Vec::new(),
            columns: listed.columns().into(),
            rows: rows.into_iter().map(|row| row.cells).collect(),
            // Only identities are seen.
            incomplete: self.incomplete(listed == Listed::Identities),
            notes,
        }
    }

    fn is_wanted(&self, row: &Row, wanted: &Wanted) -> bool {
        let is_owners = || row.owner.as_ref().is_some_and(|owner| wanted.owners.contains(owner));
        (wanted.owners.is_empty() || is_owners())
            && (wanted.services.is_empty() || !row.services.is_disjoint(&wanted.services))
            && (!wanted.open || !self.found.open(&row.subject).is_empty())
    }

    /// Whose a declaration is, as findings name it.
    pub(in crate::views) fn owner(&self, subject: &str) -> Option<String> {
        self.estate.owner_called(&self.estate.owner_at(subject)?)
    }

    /// What every declaration's row ends with: what is found about it, and where it is declared.
    pub(in crate::views) fn ending(&self, subject: &str, declared: Option<Place>) -> [Cell; 3] {
        [
            cells::list(self.found.open(subject)),
            cells::list(self.found.held_back(subject)),
            declared.map_or(Cell::Nothing, cells::place),
        ]
    }

    /// Files of which something could not be read, each once.
    pub fn incomplete(&self, with_seen: bool) -> Vec<String> {
        let estate = self.estate;
        let flaws = estate
            .flaws
            .iter()
            .filter(|flaw| crate::rules::is_reading_error(flaw.fault.name()));
        let discovered = estate.seen.discovered().filter(|_| with_seen);
        let unread = discovered.into_iter().flat_map(|discovered| &discovered.unread);
        let places = flaws
            .map(|flaw| flaw.place)
            .chain(unread.map(|(file, part)| estate.place_in_shown(*file, part.span)));
        let paths: BTreeSet<&str> = places.map(|place| self.sources.get(place.file).path.as_str()).collect();
        paths.into_iter().map(str::to_owned).collect()
    }
}

/// Paths of services, by which rows are chosen.
pub(in crate::views) fn paths<'e, 'a: 'e>(services: impl IntoIterator<Item = ServiceRef<'e, 'a>>) -> BTreeSet<String> {
    services.into_iter().map(|service| service.path()).collect()
}

pub(in crate::views) fn names<'e>(names: impl IntoIterator<Item = Name<'e>>) -> Cell {
    cells::list(names)
}

pub(in crate::views) const fn column(
    key: &'static str,
    head: &'static str,
    about: &'static str,
    holds: Holds,
    is_narrow: bool,
) -> Column {
    Column {
        key,
        head: Cow::Borrowed(head),
        about,
        holds,
        is_narrow,
    }
}

/// "Third parties".
fn titled(name: &str) -> String {
    let name = name.replace('-', " ");
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

pub(in crate::views) const SUBJECT_ABOUT: &str = "The path by which findings, waivers and baselines name it.";
pub(in crate::views) const SUBJECT: Column = column("subject", "Subject", SUBJECT_ABOUT, Holds::Text, true);
pub(in crate::views) const TITLE: Column = column("title", "Title", "Its display name.", Holds::Text, false);
pub(in crate::views) const OWNER: Column = column(
    "owner",
    "Owner",
    "The declared owner: its own, its profile's or its manifest's.",
    Holds::Text,
    true,
);
const OPEN_ABOUT: &str = "The rules of which a finding is reported about it.";
pub(in crate::views) const OPEN: Column = column("open", "Open", OPEN_ABOUT, Holds::List, true);
pub(in crate::views) const HELD_BACK: Column = column(
    "held-back",
    "Held back",
    "The rules that find something about it and are not reported, each with the word: waived, adopted, gives way, off.",
    Holds::List,
    false,
);
pub(in crate::views) const DECLARED_AT: Column = column(
    "declared-at",
    "Declared at",
    "The place of its declaration.",
    Holds::Places,
    false,
);
