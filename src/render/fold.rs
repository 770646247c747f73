//! One cause told once: findings of one rule that say the same of several subjects, at one place.
//!
//! A line of a profile decides for every identity that takes it, and each has a finding of its own, with its own
//! identity and its own waiver. People see the first of them in full, and the names of the others.

use super::digest::digest;
use crate::finding::{Finding, Severity};
use crate::source::Place;
use crate::triage::Declared;
use hashbrown::HashMap;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write;

/// More subjects than this are counted and not named; JSON has all of them.
const MAX_NAMED: usize = 20;

/// A finding, and the waiver that suppresses it, if waived ones are shown too.
pub type Item<'r> = (&'r Finding, Option<&'r Declared>);

/// A finding that is told in full, and those that have the same to say of other subjects.
pub struct Told<'r> {
    pub finding: &'r Finding,
    pub waiver: Option<&'r Declared>,
    pub others: Vec<&'r Finding>,
}

/// All that two findings share when they have one cause.
#[derive(PartialEq, Eq, Hash)]
struct Cause<'r> {
    rule: &'static str,
    place: Place,
    severity: Severity,
    from: Option<Date>,
    waiver: Option<Place>,
    /// A digest of what is said, whatever the subject is called.
    said: [u8; 16],
    precedes: Vec<(&'r str, Severity)>,
}

/// Folds findings, each into the first that has its cause.
pub fn fold<'r>(items: &[Item<'r>]) -> Vec<Told<'r>> {
    let mut at_place: HashMap<(&str, Place), usize> = HashMap::new();
    for (finding, _) in items {
        *at_place.entry((finding.rule, finding.primary.place)).or_default() += 1;
    }
    let mut told: Vec<Told<'r>> = Vec::new();
    let mut known: HashMap<Cause<'_>, usize> = HashMap::new();
    for (finding, waiver) in items {
        let is_alone = at_place.get(&(finding.rule, finding.primary.place)) == Some(&1);
        let first = if is_alone {
            None
        } else {
            Some(*known.entry(cause(finding, *waiver)).or_insert(told.len()))
        };
        match first.and_then(|first| told.get_mut(first)) {
            Some(first) => first.others.push(finding),
            None => told.push(Told {
                finding,
                waiver: *waiver,
                others: Vec::new(),
            }),
        }
    }
    told
}

fn cause<'r>(finding: &'r Finding, waiver: Option<&Declared>) -> Cause<'r> {
    let precedes = finding.precedes.iter().map(|yielded| (yielded.rule, yielded.severity));
    Cause {
        rule: finding.rule,
        place: finding.primary.place,
        severity: finding.severity,
        from: finding.from,
        waiver: waiver.map(|waiver| waiver.place),
        said: digest([
            &unnamed(&finding.message, &finding.subject),
            &unnamed(&finding.help, &finding.subject),
        ]),
        precedes: precedes.collect(),
    }
}

/// A text without the name of the subject: messages call it by its id, with its namespace if it has one.
fn unnamed(text: &str, subject: &str) -> String {
    let (namespace, rest) = subject.rsplit_once('/').unwrap_or(("", subject));
    let id = rest.split_once('.').map_or(rest, |(_, id)| id);
    let whole = format!("`{namespace}/{id}`");
    text.replace(&whole, "``").replace(&format!("`{id}`"), "``")
}

impl Told<'_> {
    /// How many others there are and who, each set off by `name`: "and for 3 more: a, b; c (of team-x)". Whose they are is said
    /// where it is not whose the finding is that is told in full.
    pub fn rest(&self, name: impl Fn(&str) -> String) -> Option<String> {
        if self.others.is_empty() {
            return None;
        }
        let own = self.finding.owner.as_deref();
        let mut by_owner: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for finding in self.others.iter().take(MAX_NAMED) {
            let owner = finding.owner.as_deref();
            // The finding's own owner first, findings without an owner last.
            let names = by_owner.entry((owner != own, owner.is_none(), owner)).or_default();
            names.push(name(&finding.subject));
        }
        let parts = by_owner.into_iter().map(|((is_other, _, owner), names)| {
            let names = names.join(", ");
            match owner {
                _ if !is_other => names,
                Some(owner) => format!("{names} (of {})", name(owner)),
                None => format!("{names} (without an owner)"),
            }
        });
        let parts: Vec<String> = parts.collect();
        let mut out = format!("and for {} more: {}", self.others.len(), parts.join("; "));
        if self.others.len() > MAX_NAMED {
            let _ = write!(
                out,
                "; and {} others, which --format json names",
                self.others.len() - MAX_NAMED
            );
        }
        Some(out)
    }
}
