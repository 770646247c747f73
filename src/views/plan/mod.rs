//! `soclint timeline --plan`: the way to a first report or certificate, from a day on.
//!
//! What a standard sets is marked with it; every other length is what is typical, and is said to be that.

mod certificate;
mod fit;
mod report;

pub use fit::{Reader, Year};

use crate::calendar::{self, Period, day_after, day_before};
use crate::decode::Field;
use crate::estate::Estate;
use crate::model::Duration;
use crate::standards::Family;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What is planned for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Soc1,
    Soc2,
    Isae3402,
    Iso27001,
}

impl Target {
    pub const ALL: [Self; 4] = [Self::Soc1, Self::Soc2, Self::Isae3402, Self::Iso27001];

    /// As manifests and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Soc1 => "soc1",
            Self::Soc2 => "soc2",
            Self::Isae3402 => "isae3402",
            Self::Iso27001 => "iso27001",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Soc1 => "SOC 1",
            Self::Soc2 => "SOC 2",
            Self::Isae3402 => "ISAE 3402",
            Self::Iso27001 => "ISO/IEC 27001",
        }
    }

    pub const fn family(self) -> Option<Family> {
        match self {
            Self::Soc1 | Self::Isae3402 => Some(Family::Icfr),
            Self::Soc2 => Some(Family::TrustServices),
            Self::Iso27001 => None,
        }
    }
}

/// A step on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub name: &'static str,
    pub days: Period,
    /// Whether its length is only what is typical, and set by no standard.
    pub is_typical: bool,
    /// Its length, or what bounds it, in words.
    pub length: String,
    /// What is done in it.
    pub about: String,
    /// Who takes part.
    pub involved: &'static [&'static str],
    pub declare: Vec<Declared>,
    /// By when that is declared: its last day or, of what is under way, its first.
    pub declare_by: Date,
    /// The standards that it rests on; none of practice.
    pub rests_on: &'static [&'static str],
}

/// A key of the manifest, and its value, as TOML: `reports.soc1-2027.type = 2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    pub key: String,
    pub value: String,
}

/// The way to a first report or certificate.
#[derive(Debug)]
pub struct Plan {
    pub target: Target,
    pub start: Date,
    /// What it is, and what it is not.
    pub about: Vec<String>,
    pub steps: Vec<Step>,
    /// The fiscal years of those who will rely on it, and how the period fits them.
    pub years: Vec<Year>,
    /// What does not fit, or is not known.
    pub notes: Vec<String>,
}

/// How long the preparation takes, as far as anyone can say it beforehand.
const PREPARATION: &str =
    "The preparation typically takes two to four months with fewer than a hundred people, and longer with more";

/// Drafts the way from a day on; `service` is what the keys call the service.
pub fn plan(target: Target, start: Date, service: &str, readers: &[Reader]) -> Plan {
    match target.family() {
        Some(family) => report::plan((target, family), start, service, readers),
        None => certificate::plan(start, service),
    }
}

/// The year-ends that the user entities of services state: of those that are named by their paths, or of all that are in
/// use.
pub fn readers(estate: &Estate<'_>, services: &BTreeSet<String>) -> Vec<Reader> {
    let mut readers = Vec::new();
    for service in estate.services().filter(|service| service.body.is_in_use()) {
        let path = service.path();
        let Some(entities) = service.body.user_entities.get() else {
            continue;
        };
        if !services.is_empty() && !services.contains(&path) {
            continue;
        }
        let since = match &service.body.since {
            Field::Known(since) => Some(since.value.0),
            Field::Absent | Field::Unknown(_) => None,
        };
        let ends = entities.fiscal_year_ends.iter();
        readers.extend(ends.map(|end| Reader {
            service: path.clone(),
            end: end.value,
            since,
        }));
    }
    readers
}

/// Days one after another.
struct Walk {
    next: Date,
}

impl Walk {
    /// The next days, as many as a length has.
    fn take(&mut self, length: Duration) -> Period {
        let days = lasting(self.next, length);
        self.next = day_after(days.to);
        days
    }
}

/// As many days as a length has; one at the least, as at the calendar's end.
fn lasting(from: Date, length: Duration) -> Period {
    let to = day_before(calendar::plus(from, length)).max(from);
    Period { from, to }
}

const fn weeks(weeks: u32) -> Duration {
    Duration::days(7 * weeks)
}

/// Keys under one table.
fn keys<const N: usize>(table: &str, pairs: [(&str, String); N]) -> Vec<Declared> {
    let declared = pairs.into_iter().map(|(key, value)| Declared {
        key: format!("{table}.{key}"),
        value,
    });
    declared.collect()
}

/// A text as TOML: only of words that need no escapes.
fn text(text: &str) -> String {
    let plain = text.chars().filter(|c| !matches!(c, '"' | '\\') && !c.is_control());
    format!("\"{}\"", plain.collect::<String>())
}

fn days(period: Period) -> String {
    format!("{{ from = {}, to = {} }}", period.from, period.to)
}

/// An id with a dot is one key only in quotes.
fn service_table(id: &str) -> String {
    if id.contains('.') {
        format!("services.{}", text(id))
    } else {
        format!("services.{id}")
    }
}
