//! What an import tells: the rows that it leaves out, and the values.

use crate::model::{counted, list_words, shortened};
use std::collections::{BTreeMap, BTreeSet};

/// So many values are named as examples, and so many places.
const MAX_NAMED: usize = 5;
const MAX_PLACES: usize = 20;

/// Why a value is left out of the entry of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    NoOwner,
    SeveralOwners,
    NoArea,
    NoInterval,
    NoDay,
    NoCriterion,
    Range,
    SeveralCatalogues,
    NoEvidence,
    NoThirdParty,
    NoReport,
    NotAsFar,
}

impl Why {
    /// In one sentence, for one value or several.
    const fn said(self) -> &'static str {
        match self {
            Self::NoOwner => "the estate declares no such owner",
            Self::SeveralOwners => "a control has one owner",
            Self::NoArea => "no area of a control has that name",
            Self::NoInterval => "that is no interval",
            Self::NoDay => "days are read as year-month-day alone",
            Self::NoCriterion => "that is no id of a criterion",
            Self::Range => "the ids in between are not said",
            Self::SeveralCatalogues => "a control has one catalogue",
            Self::NoEvidence => {
                "that is no id of a declared piece of evidence, and no place of one (./PATH, https://.., jira:KEY)"
            }
            Self::NoThirdParty => "the estate declares no such third party",
            Self::NoReport => "the estate declares no such report or certificate",
            Self::NotAsFar => "a manifest does not say how far a control is in place",
        }
    }
}

#[derive(Debug, Default)]
struct Left {
    lines: Vec<u64>,
    values: BTreeSet<String>,
    has_more: bool,
}

/// Values that are left out, by their columns.
#[derive(Debug, Default)]
pub struct LeftOut {
    by_column: BTreeMap<(usize, Why), Left>,
}

impl LeftOut {
    pub fn add(&mut self, column: usize, why: Why, line: u64, value: &str) {
        let left = self.by_column.entry((column, why)).or_default();
        if left.lines.last() != Some(&line) {
            left.lines.push(line);
        }
        let value = shown(value);
        if !left.values.contains(&value) {
            if left.values.len() < MAX_NAMED {
                left.values.insert(value);
            } else {
                left.has_more = true;
            }
        }
    }

    pub fn has(&self, any: &[Why]) -> bool {
        self.by_column.keys().any(|(_, why)| any.contains(why))
    }

    pub fn told(&self, heads: &[String]) -> Vec<String> {
        let told = self.by_column.iter().map(|((column, why), left)| {
            let values: Vec<String> = left.values.iter().map(|value| format!("\"{value}\"")).collect();
            let (such_as, values) = match left.has_more {
                true => ("such as ", values.join(", ")),
                false => ("", list_words(&values, "and")),
            };
            format!(
                "the column \"{}\": {such_as}{values} {} left out ({}): {}",
                shortened(heads.get(*column).map_or("", |head| head.trim())),
                if left.values.len() == 1 && !left.has_more {
                    "is"
                } else {
                    "are"
                },
                places(&left.lines),
                why.said()
            )
        });
        told.collect()
    }
}

/// A value as it is told: without the user and the password of an address.
fn shown(value: &str) -> String {
    let value = value.trim();
    let masked = value.split_once("://").and_then(|(scheme, rest)| {
        let (_, host) = rest.rsplit_once('@')?;
        Some(format!("{scheme}://****@{host}"))
    });
    shortened(masked.as_deref().unwrap_or(value)).into_owned()
}

/// `line 3`, or `lines 2 to 5 and 9`.
pub fn places(lines: &[u64]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => runs.push((*line, *line)),
        }
    }
    let mut named: Vec<String> = runs
        .iter()
        .take(MAX_PLACES)
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            _ => format!("{first} to {last}"),
        })
        .collect();
    let more = runs
        .iter()
        .skip(MAX_PLACES)
        .map(|(first, last)| last - first + 1)
        .sum::<u64>();
    if more > 0 {
        named.push(counted(more, "more", "more"));
    }
    let noun = if lines.len() == 1 { "line" } else { "lines" };
    format!("{noun} {}", list_words(&named, "and"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_by_column_with_their_lines() {
        let mut left = LeftOut::default();
        for (line, value) in [(2, "IT"), (3, "IT"), (4, "HR"), (9, "HR")] {
            left.add(1, Why::NoOwner, line, value);
        }
        assert_eq!(
            left.told(&["ID".to_owned(), " Owner ".to_owned()]),
            [
                "the column \"Owner\": \"HR\" and \"IT\" are left out (lines 2 to 4 and 9): the estate declares no such owner"
            ]
        );
        assert_eq!(shown(" https://u:p@x.example "), "https://****@x.example");
        assert_eq!(places(&[7]), "line 7");
        let odd: Vec<u64> = (0..100).map(|at| at * 2 + 1).collect();
        assert!(places(&odd).ends_with("39 and 80 more"), "{}", places(&odd));
    }
}
