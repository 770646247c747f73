//! How findings are shown: one module for each format, each a pure function from findings to text.

mod concise;
mod json;
mod limits;
mod page;
mod pretty;
pub(crate) mod safe;
mod sarif;
mod table;

pub use page::{terminal as page_for_terminal, text as page_text};
pub use table::{json as rules_json, markdown as rules_markdown, table as rules_table};

use crate::source::Sources;
use crate::triage::Outcome;
use jiff::civil::Date;

/// A format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: each finding with the text it is about.
    Pretty,
    /// One line for each finding.
    Concise,
    /// For programs; documented and versioned.
    Json,
    /// SARIF 2.1.0, for code review.
    Sarif,
}

/// How text for people is set.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub color: bool,
    /// Columns.
    pub width: usize,
    /// Words instead of drawings, for screen readers.
    pub narrated: bool,
    /// Findings only.
    pub quiet: bool,
}

/// All that there is to show.
pub struct Shown<'r> {
    pub sources: &'r Sources,
    pub outcome: &'r Outcome,
    pub as_of: Date,
    /// The estate's root from the repository's, with a `/` at its end, or nothing.
    pub prefix: &'r str,
}

/// Renders findings in a format.
pub fn render(format: Format, shown: &Shown<'_>, style: Style) -> String {
    match format {
        Format::Pretty => pretty::render(shown, style),
        Format::Concise => concise::render(shown, style),
        Format::Json => safe::json(json::render(shown)),
        Format::Sarif => safe::json(sarif::render(shown)),
    }
}

/// "3 errors, 1 warning and 2 notes".
fn counts(outcome: &Outcome) -> String {
    let plural = |n: usize, word: &str| {
        if n == 1 {
            format!("1 {word}")
        } else {
            format!("{n} {word}s")
        }
    };
    let summary = outcome.summary;
    format!(
        "{}, {} and {}",
        plural(summary.errors, "error"),
        plural(summary.warnings, "warning"),
        plural(summary.notes, "note")
    )
}

/// The last line for people: what was read, what was found, and what came of it.
fn summary_line(shown: &Shown<'_>) -> String {
    let outcome = shown.outcome;
    let summary = outcome.summary;
    let plural = |n: usize, one: &str, many: &str| {
        if n == 1 {
            format!("1 {one}")
        } else {
            format!("{n} {many}")
        }
    };
    let verdict = match (outcome.fails(), outcome.fail_on) {
        (true, _) => format!("failed, with --fail-on {}", outcome.fail_on.as_str()),
        (false, crate::config::FailOn::Never) => "passed: nothing fails with --fail-on never".to_owned(),
        (false, _) => format!("passed: nothing at or above --fail-on {}", outcome.fail_on.as_str()),
    };
    format!(
        "{} in {} ({} declared), as of {}: {verdict}",
        counts(outcome),
        plural(summary.files, "manifest", "manifests"),
        plural(summary.entities, "entity", "entities"),
        shown.as_of
    )
}

/// Breaks text into lines of at most `room` characters, between words.
fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let current = lines.last().map(|line| line.chars().count()).unwrap_or(0);
        if current > 0 && current + 1 + word.chars().count() > room {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
