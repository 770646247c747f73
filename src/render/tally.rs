//! How many findings there are of each severity, as a whole and by what they have in common.

use super::fold::Item;
use crate::finding::{Finding, Severity};
use crate::model::{count, list_words};
use std::fmt;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// What is not found yet.
    pub upcoming: usize,
    pub waived: usize,
}

impl Tally {
    pub fn of(items: &[Item<'_>]) -> Self {
        let mut tally = Self::default();
        items.iter().for_each(|item| tally.add(item));
        tally
    }

    pub fn add(&mut self, (finding, waiver): &Item<'_>) {
        match (waiver, finding.from) {
            (Some(_), _) => self.waived += 1,
            (None, Some(_)) => self.upcoming += 1,
            (None, None) => self.add_severity(finding),
        }
    }

    /// Counts by severity alone.
    pub fn add_severity(&mut self, finding: &Finding) {
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }
}

/// "3 errors, 1 warning and 0 notes"; what is upcoming and what is waived only where there is any.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = vec![
            count(self.errors, "error"),
            count(self.warnings, "warning"),
            count(self.notes, "note"),
        ];
        parts.extend((self.upcoming > 0).then(|| format!("{} upcoming", self.upcoming)));
        parts.extend((self.waived > 0).then(|| format!("{} waived", self.waived)));
        f.write_str(&list_words(&parts, "and"))
    }
}

type Count = fn(&Tally) -> usize;

/// Tallies as a table: what they are of, and a column for each severity.
pub struct Table {
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// `of` says what the rows are. What is upcoming and what is waived have a column where there is any.
    pub fn new(of: &'static str, tallies: &[(String, Tally)]) -> Self {
        let mut columns: Vec<(&'static str, Count)> = vec![
            ("errors", |tally| tally.errors),
            ("warnings", |tally| tally.warnings),
            ("notes", |tally| tally.notes),
        ];
        let where_any: [(&'static str, Count); 2] =
            [("upcoming", |tally| tally.upcoming), ("waived", |tally| tally.waived)];
        let is_any = |(_, count): &(_, Count)| tallies.iter().any(|(_, tally)| count(tally) > 0);
        columns.extend(where_any.into_iter().filter(is_any));
        let head = std::iter::once(of).chain(columns.iter().map(|(name, _)| *name));
        let rows = tallies.iter().map(|(name, tally)| {
            let counts = columns.iter().map(|(_, count)| count(tally).to_string());
            std::iter::once(name.clone()).chain(counts).collect()
        });
        Self {
            head: head.collect(),
            rows: rows.collect(),
        }
    }

    /// As Markdown; the names in the rows are escaped already.
    pub fn markdown(&self) -> String {
        let mut out = format!(
            "| {} |\n| --- |{}\n",
            self.head.join(" | "),
            " ---: |".repeat(self.head.len() - 1)
        );
        for row in &self.rows {
            out.push_str(&format!("| {} |\n", row.join(" | ")));
        }
        out
    }
}
