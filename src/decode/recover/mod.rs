//! Parsing text that may have syntax errors.
//!
//! A value that is not TOML (a date that does not exist, a word without quotes) is reported and left out. A broken
//! statement, such as one with an unclosed bracket, makes a parser stumble over everything behind it, so each
//! statement is examined by itself, and if it has a syntax error it is blanked out, byte for byte, before parsing: one
//! report for one error, and the rest of the file is read.

mod characters;
mod conflicts;
mod cut;
mod duplicates;
mod foreign;
mod lines;
mod scalars;
mod statements;
mod syntax;
mod syntax_error;
mod unknown;
mod values;

pub use lines::line_start;

use super::problem::{Fault, Problem, Repair};
use super::tree::{self, Table};
use crate::source::{Source, Span};
use std::ops::Range;
use syntax_error::SyntaxError;
use toml::de::DeTable;

pub struct Parsed<'a> {
    pub table: Table<'a>,
    pub problems: Vec<Problem>,
    /// Values here were reported, and are unknown.
    pub damage: Vec<Span>,
    /// What stood here may have declared something that is now missing.
    pub lost: Vec<Span>,
}

pub fn parse(source: &Source) -> Parsed<'_> {
    if is_plain(source)
        && let Some(table) = tree::build(&source.text)
    {
        return Parsed {
            table,
            problems: Vec::new(),
            damage: Vec::new(),
            lost: Vec::new(),
        };
    }
    recover(source)
}

/// Whether nothing is wrong with a text that its syntax would not show.
pub fn is_plain(source: &Source) -> bool {
    source.bad_bytes.is_empty() && !has_conflict_in_text(&source.text)
}

/// A merge may leave behind what is TOML all the same: its markers within a text over several lines.
fn has_conflict_in_text(text: &str) -> bool {
    // To look for the one byte, which few files have, takes a fraction of looking for all.
    memchr::memchr(b'<', text.as_bytes()).is_some()
        && memchr::memmem::find(text.as_bytes(), b"<<<<<<<").is_some()
        && !conflicts::conflicts(text).is_empty()
}

fn recover(source: &Source) -> Parsed<'_> {
    let mut cut = cut::Cut::of(source);
    let text = source.recovered(std::mem::take(&mut cut.text));
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut values = values::Values::of(text, &table, &mut cut);
    for error in errors {
        if !values.take(&error) {
            break;
        }
    }
    let cut::Cut {
        problems,
        mut damage,
        lost,
        unknowns,
        ..
    } = cut;
    let mut table = tree::from_toml(table.into_inner());
    damage.extend(unknowns.put_into(&mut table));
    Parsed {
        table,
        problems,
        damage,
        lost,
    }
}

fn too_many_errors(line: Range<usize>) -> Problem {
    Problem::new(
        Fault::InvalidToml,
        Span::new(line),
        "too many syntax errors in this file: it was not read from here on".to_owned(),
        "not read from here on",
    )
    .with_help("fix the places before this one first")
}

fn problem(error: SyntaxError) -> Problem {
    let help = error.help.unwrap_or_else(|| {
        "fix the syntax here; what this place declares could not be read, the rest of the file was".to_owned()
    });
    let mut problem = Problem::new(Fault::InvalidToml, Span::new(error.at), error.message, error.label).with_help(help);
    problem.related = error.exactly.map(|(at, message)| (Span::new(at), message));
    problem.suggestion = error
        .instead
        .map(|(at, text)| Repair::Edits(vec![(Span::new(at), text)]));
    problem
}
