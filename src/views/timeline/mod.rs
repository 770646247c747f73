//! `soclint timeline`: what is declared with a day, on one axis around the as-of date.

mod days;
mod exceptions;
mod identities;
mod reports;
mod third_parties;
mod what;
mod years;

pub use what::{Group, Stage, What, When};

use super::inventory::Judged;
use crate::calendar::{self, Period};
use crate::model::{Duration, count, counted};
use crate::source::Place;
use crate::triage::Outcome;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How far before and after the as-of date the axis goes, if nothing else is asked for.
pub const BEFORE: Duration = Duration::months(18);
pub const AFTER: Duration = Duration::months(12);

/// No manifest states an earlier day.
const FIRST: Date = jiff::civil::date(0, 1, 1);

/// So many names are listed of what states no day.
const MAX_NAMED: usize = 5;

/// One thing on the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub what: What,
    /// The path by which findings, waivers and baselines name what it is about.
    pub subject: String,
    /// What it is, more closely: "SOC 1 type 2", the rule of a waiver, the key of an exemption.
    pub title: String,
    pub when: When,
    pub stage: Stage,
    /// How it stands, in words.
    pub state: String,
    /// The paths of the services that it concerns.
    pub services: BTreeSet<String>,
    pub owner: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// Which entries are asked for.
#[derive(Debug, Default)]
pub struct Asked {
    /// Of these owners alone, if any are named.
    pub owners: BTreeSet<String>,
    /// Of these services alone, by their paths, if any are named.
    pub services: BTreeSet<String>,
    /// The first and the last day of the axis, if not by default.
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// Entries on one axis.
#[derive(Debug)]
pub struct Timeline {
    pub as_of: Date,
    /// The axis: its first and last day.
    pub axis: Period,
    /// By heading, then by subject, then by day.
    pub entries: Vec<Entry>,
    /// What was asked for and lies outside of the axis.
    pub earlier: Outside,
    pub later: Outside,
    /// Files that could not be read, or not as a whole: what they hold is missing here.
    pub incomplete: Vec<String>,
    /// What else is not on the axis, each in a sentence.
    pub notes: Vec<String>,
}

/// What lies on one side of the axis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outside {
    pub entries: usize,
    /// The day that is farthest away.
    pub farthest: Option<Date>,
}

impl Asked {
    /// The axis around a day.
    pub fn axis(&self, as_of: Date) -> Period {
        let to = || calendar::plus(self.from.map_or(as_of, |from| from.max(as_of)), AFTER);
        let to = self.to.unwrap_or_else(to);
        let before = || calendar::minus(as_of.min(to), BEFORE).max(FIRST.min(to));
        let from = self.from.unwrap_or_else(before);
        Period { from, to }
    }

    fn has(&self, entry: &Entry) -> bool {
        let is_owned = || entry.owner.as_ref().is_some_and(|owner| self.owners.contains(owner));
        (self.owners.is_empty() || is_owned())
            && (self.services.is_empty() || !entry.services.is_disjoint(&self.services))
    }
}

impl<'v> Judged<'v, '_> {
    /// What is declared with a day, and what follows from that.
    pub fn timeline(&self, outcome: &'v Outcome, asked: &Asked) -> Timeline {
        let as_of = self.estate.as_of.date();
        let axis = asked.axis(as_of);
        let mut all = Vec::new();
        let undated = reports::add(self, &mut all);
        days::add(self, &mut all);
        third_parties::add(self, &mut all);
        identities::add(self, &mut all);
        exceptions::add(self, outcome, &mut all);
        years::add(self, asked, axis, &mut all);
        let found = all.len();
        all.retain(|entry| asked.has(entry));
        let mut notes = Vec::new();
        if !undated.is_empty() {
            let more = undated.len().saturating_sub(MAX_NAMED);
            let mut named: Vec<String> = undated.into_iter().take(MAX_NAMED).collect();
            if more > 0 {
                named.push(format!("{more} more"));
            }
            notes.push(format!("no day is stated, or could be read, of {}", named.join(", ")));
        }
        if all.len() < found {
            notes.push(format!(
                "{} of {found} entries; the others were not asked for",
                all.len()
            ));
        }
        let (earlier, later) = take_outside(&mut all, axis);
        all.sort_by(|one, other| one.key().cmp(&other.key()));
        Timeline {
            as_of,
            axis,
            entries: all,
            earlier,
            later,
            incomplete: self.incomplete(false),
            notes,
        }
    }
}

impl Entry {
    /// What it is and how it stands, without its days: "SOC 1 type 2: issued 2026-08-15".
    pub fn said(&self) -> String {
        let (title, state) = (&self.title, &self.state);
        match self.what {
            What::Report | What::Certificate | What::Expected => format!("{title}: {state}"),
            What::NotCovered => format!("not covered {title}: {state}"),
            What::BridgeLetter => format!("bridge letter: {state}"),
            What::Surveillance | What::SurveillanceDue => format!("surveillance audit: {state}"),
            What::ProviderReport => format!("its {title}: {state}"),
            What::ProviderLetter => format!("bridge letter to its {title}: {state}"),
            What::ProviderDays => format!("not covered of {title}: {state}"),
            What::ProviderReview | What::Rotation | What::AccessReview => {
                format!("{}: {state}", self.what.as_str())
            }
            What::Expiry => format!("identity: {state}"),
            What::Waiver => format!("waiver of {title}: {state}"),
            What::Exemption => format!("exemption by {title}: {state}"),
            What::UserYearEnd | What::OwnYearEnd => format!("fiscal year-end of {title}: {state}"),
        }
    }

    /// What stays the same of it from day to day.
    pub fn lasting(&self) -> Vec<String> {
        let mut parts = vec![self.what.as_str().to_owned(), self.subject.clone(), self.title.clone()];
        if self.what.is_one_of_several() {
            parts.extend(self.when.from().or(self.when.to()).map(|day| day.to_string()));
        }
        parts
    }

    fn key(&self) -> impl Ord + use<'_> {
        // Subjects that are the same by their names begin with different days.
        (
            self.what.group(),
            &self.subject,
            (self.when.from().or(self.when.to()), self.what, self.when),
            (&self.title, self.place),
        )
    }
}

/// Takes out what lies before and after the axis.
fn take_outside(entries: &mut Vec<Entry>, axis: Period) -> (Outside, Outside) {
    let (mut earlier, mut later) = (Outside::default(), Outside::default());
    entries.retain(|entry| {
        if let Some(to) = entry.when.to().filter(|to| *to < axis.from) {
            earlier.entries += 1;
            let from = entry.when.from().unwrap_or(to);
            earlier.farthest = Some(earlier.farthest.map_or(from, |farthest| farthest.min(from)));
            return false;
        }
        if let Some(from) = entry.when.from().filter(|from| *from > axis.to) {
            later.entries += 1;
            let to = entry.when.to().unwrap_or(from);
            later.farthest = Some(later.farthest.map_or(to, |farthest| farthest.max(to)));
            return false;
        }
        true
    });
    (earlier, later)
}

impl Timeline {
    /// What lies outside of the axis, in a sentence for each side.
    pub fn outside(&self) -> Vec<String> {
        let said = |outside: Outside, word: &str, edge: Date| {
            let farthest = outside.farthest?;
            let entries = counted(outside.entries, "entry", "entries");
            let (option, reach) = match word {
                "before" => ("--from", "back to"),
                _ => ("--to", "until"),
            };
            Some(format!(
                "{entries} {word} {edge}, {reach} {farthest}: {option} shows them"
            ))
        };
        let earlier = said(self.earlier, "before", self.axis.from);
        earlier
            .into_iter()
            .chain(said(self.later, "after", self.axis.to))
            .collect()
    }
}

/// "in 14 days", "today", "31 days ago".
pub fn distance(day: Date, as_of: Date) -> String {
    let days = |n: i64| count(n, "day");
    match calendar::days_between(as_of, day) {
        0 => "today".to_owned(),
        ahead if ahead > 0 => format!("in {}", days(ahead)),
        past => format!("{} ago", days(-past)),
    }
}

/// "due, in 14 days", "overdue, 31 days ago", and which of the two it is.
fn due(day: Date, as_of: Date) -> (Stage, String) {
    let distance = distance(day, as_of);
    match day < as_of {
        true => (Stage::Missing, format!("overdue: was due {distance}")),
        false => (Stage::Ahead, format!("due {distance}")),
    }
}
