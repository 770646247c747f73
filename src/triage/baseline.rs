//! The baseline: findings that existed when a team began, and are suppressed until they are resolved.
//!
//! A finding is known again by its rule, its subject and the fact that decided it, so that moving lines and files
//! changes nothing, while a second fact about the same entity is new.

mod error;

pub use error::{BaselineError, BaselineFault, BaselineFaultKind};

use super::Key;
use crate::decode::first_fault;
use crate::finding::Finding;
use crate::rules;
use crate::source::{Sources, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;

const VERSION: u32 = 1;
const HEADER: &str = "# Findings that were there when this baseline was written. `soclint check --baseline` holds them back, and shows\n\
                      # what is new. `soclint baseline prune` takes out what is resolved. Do not add to it by hand: waive instead.\n";

/// A baseline file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The last day on which it suppresses findings; for ever, if not stated.
    pub until: Option<Date>,
    /// The path of the estate that it was written for, from the repository's root; empty at the root, or if not known.
    pub estate: String,
    /// How many findings of each key there were.
    pub entries: BTreeMap<Key, usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Spanned<toml::value::Datetime>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    estate: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    rule: String,
    subject: String,
    fact: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u32,
}

fn one() -> u32 {
    1
}

fn is_one(count: &u32) -> bool {
    *count == 1
}

impl Baseline {
    /// Reads a baseline, or says what is wrong with its text.
    pub fn parse(text: &str) -> Result<Self, BaselineFault> {
        let file: File = toml::from_str(text).map_err(|error| {
            let (span, message) = first_fault(text).unwrap_or_else(|| {
                let span = error.span().map_or(Span::default(), Span::new);
                (span, error.message().to_owned())
            });
            BaselineFault {
                span,
                kind: BaselineFaultKind::Toml { message },
            }
        })?;
        if *file.version.get_ref() != VERSION {
            return Err(BaselineFault {
                span: Span::new(file.version.span()),
                kind: BaselineFaultKind::UnknownVersion {
                    version: file.version.into_inner(),
                    known: VERSION,
                },
            });
        }
        let until = match file.until {
            None => None,
            Some(until) => {
                let (span, day) = (Span::new(until.span()), until.into_inner());
                let date = day.date.filter(|_| day.time.is_none() && day.offset.is_none());
                let date = date.and_then(|date| {
                    let (year, month, day) = (
                        i16::try_from(date.year),
                        i8::try_from(date.month),
                        i8::try_from(date.day),
                    );
                    Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
                });
                Some(date.ok_or(BaselineFault {
                    span,
                    kind: BaselineFaultKind::Until,
                })?)
            }
        };
        let mut entries: BTreeMap<Key, usize> = BTreeMap::new();
        for Row {
            rule,
            subject,
            fact,
            count,
        } in file.findings
        {
            let rule = rules::current(&rule).to_owned();
            // When two branches add one entry, a merge holds it twice, and it is still one.
            let known = entries.entry(Key { rule, subject, fact }).or_default();
            *known = (*known).max(usize::try_from(count).unwrap_or(usize::MAX));
        }
        entries.retain(|_, count| *count > 0);
        Ok(Self {
            until,
            estate: file.estate,
            entries,
        })
    }

    /// As it is written: sorted, an entry to each finding.
    pub fn text(&self) -> Result<String, BaselineError> {
        let date = |date: Date| toml::value::Date {
            year: date.year().unsigned_abs(),
            month: date.month().unsigned_abs(),
            day: date.day().unsigned_abs(),
        };
        let rows = self.entries.iter().map(|(key, count)| Row {
            rule: key.rule.clone(),
            subject: key.subject.clone(),
            fact: key.fact.clone(),
            count: u32::try_from(*count).unwrap_or(u32::MAX),
        });
        let until = self.until.map(|day| toml::value::Datetime {
            date: Some(date(day)),
            time: None,
            offset: None,
        });
        let file = File {
            version: Spanned::new(0..0, VERSION),
            until: until.map(|until| Spanned::new(0..0, until)),
            estate: self.estate.clone(),
            findings: rows.collect(),
        };
        let text = toml::to_string_pretty(&file).map_err(BaselineError::Unwritable)?;
        Ok(format!("{HEADER}{text}"))
    }

    /// A baseline of these findings and no others, which ends on no day. [`Session::adopt`](crate::Session::adopt) makes one
    /// of all that was found.
    pub fn of(findings: &[Finding], sources: &Sources) -> Self {
        let mut entries = BTreeMap::new();
        for finding in findings {
            *entries.entry(Key::of(finding, sources)).or_default() += 1;
        }
        Self {
            entries,
            ..Self::default()
        }
    }

    /// How many findings it was written for.
    pub fn findings(&self) -> usize {
        self.entries.values().sum()
    }

    /// As it holds where no baseline may hold longer than until a day.
    #[must_use]
    pub fn bounded_by(mut self, bound: Option<Date>) -> Self {
        self.until = match (self.until, bound) {
            (Some(until), Some(bound)) => Some(until.min(bound)),
            (until, bound) => until.or(bound),
        };
        self
    }

    /// Whether its last day is over.
    pub fn is_over(&self, as_of: Date) -> bool {
        self.until.is_some_and(|until| until < as_of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(subject: &str, fact: &str) -> Key {
        Key {
            rule: "stale-report".to_owned(),
            subject: subject.to_owned(),
            fact: fact.to_owned(),
        }
    }

    #[test]
    fn a_baseline_reads_what_it_writes() {
        let baseline = Baseline {
            until: Some(jiff::civil::date(2027, 3, 31)),
            estate: "services/pay \"1\"".to_owned(),
            entries: BTreeMap::from([
                (key("reports.b", "2025-06-30"), 1),
                (key("reports.a", "a \"quoted\"\n\u{7f}"), 2),
            ]),
        };
        let text = baseline.text().unwrap_or_default();
        assert_eq!(Baseline::parse(&text), Ok(baseline));
        assert!(text.contains("until = 2027-03-31\n"), "{text}");
    }

    #[test]
    fn an_entry_that_a_merge_doubled_counts_once() {
        let row = "[[findings]]\nrule = \"stale-report\"\nsubject = \"reports.a\"\nfact = \"x\"\n";
        let expected = Baseline {
            entries: BTreeMap::from([(key("reports.a", "x"), 1)]),
            ..Baseline::default()
        };
        assert_eq!(Baseline::parse(&format!("version = 1\n{row}{row}")), Ok(expected));
    }

    #[test]
    fn an_entry_that_counts_nothing_is_none() {
        let row = "[[findings]]\nrule = \"stale-report\"\nsubject = \"reports.a\"\nfact = \"x\"\ncount = 0\n";
        assert_eq!(Baseline::parse(&format!("version = 1\n{row}")), Ok(Baseline::default()));
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        for text in [
            "",
            "version = 2\n",
            "version = 1\nunitl = 2027-01-01\n",
            "version = 1\nuntil = 2027-01-01T00:00:00\n",
            "version = 1\n[[findings]]\nrule = 1\n",
        ] {
            assert!(Baseline::parse(text).is_err(), "{text}");
        }
    }
}
