//! Parsing text that may be torn.
//!
//! A value that is no TOML (a date that does not exist, a word without quotes) is reported and left out. A torn
//! statement, such as one with an unclosed bracket, makes a parser stumble over everything behind it, so the
//! statement is blanked out, byte for byte, and the text parsed again: one report for one torn place, and the
//! rest of the file is read.

mod duplicates;
mod lines;
mod scalars;
mod torn;

use super::problem::{Fault, Problem};
use super::tree::{self, Table};
use crate::source::{Source, Span};
use duplicates::{duplicate, first_headers};
use lines::{blank, dotted_too_deep, is_debris, silence, statement_at};
use scalars::Scalars;
use std::collections::HashSet;
use std::ops::Range;
use toml::de::DeTable;
use torn::first_torn;

pub struct Parsed<'a> {
    pub table: Table<'a>,
    pub problems: Vec<Problem>,
    /// Values here were reported, and are unknown.
    pub damage: Vec<Span>,
    /// What stood here may have declared something that is now missing.
    pub lost: Vec<Span>,
}

/// A file with more torn places than this is not mended any further.
const MOST_TORN_PLACES: usize = 100;
/// Each torn place costs a few readings of the file, so a large one is given up sooner: in bytes, all together.
const MOST_READ_AGAIN: usize = 4 * 1024 * 1024;
const FEWEST_TORN_PLACES: usize = 3;
/// A file in which more values and keys than this are no TOML is something else.
const MOST_ERRORS: usize = 1_000;

pub fn parse(source: &Source) -> Parsed<'_> {
    let whole = |table| Parsed {
        table,
        problems: Vec::new(),
        damage: Vec::new(),
        lost: Vec::new(),
    };
    if source.bad_bytes.is_empty()
        && let Some(table) = tree::build(&source.text)
    {
        return whole(table);
    }
    let too_deep = dotted_too_deep(&source.text);
    if too_deep.is_empty()
        && source.bad_bytes.is_empty()
        && let Ok(table) = DeTable::parse(&source.text)
    {
        return whole(tree::from_toml(table.into_inner()));
    }
    mend(source, too_deep)
}

fn mend(source: &Source, too_deep: Vec<Range<usize>>) -> Parsed<'_> {
    let mut text = source.text.clone();
    let mut problems = Vec::new();
    // What bytes stand for that are no UTF-8 is anybody's guess.
    let mut damage = source.bad_bytes.to_vec();
    let mut lost = Vec::new();
    for line in too_deep {
        problems.push(torn_place("a key with more dots than can be read", line.clone()));
        damage.push(Span::new(line.clone()));
        lost.push(Span::new(line.clone()));
        blank(&mut text, line);
    }
    let most = (MOST_READ_AGAIN / text.len().max(1)).clamp(FEWEST_TORN_PLACES, MOST_TORN_PLACES);
    let mut last: Option<Range<usize>> = None;
    let mut rounds = 0;
    while let Some((fault, statement)) = first_torn(&text) {
        // A key that cannot stand there at all is not mended by another value.
        let again = last.as_ref() == Some(&statement);
        let follows_on = again
            || last
                .as_ref()
                .is_some_and(|last| is_debris(&source.text, last, &statement));
        if !follows_on {
            problems.push(torn_place(&fault.message, fault.at));
        }
        lost.push(Span::new(statement.clone()));
        rounds += 1;
        if rounds >= most {
            let rest = statement.start..text.len();
            let stop = statement.start..lines::next_line(&text, statement.start);
            problems.push(given_up(stop));
            damage.push(Span::new(rest.clone()));
            lost.push(Span::new(rest.clone()));
            blank(&mut text, rest);
            break;
        }
        damage.push(Span::new(statement.clone()));
        last = Some(statement.clone());
        if again {
            blank(&mut text, statement);
        } else {
            silence(&mut text, statement);
        }
    }
    let text = source.mended(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let scalars = Scalars::of(&table);
    let mut headers = None;
    let mut spoken_of = HashSet::new();
    // The sections of tables that stand twice; that their keys do so too is no news.
    let mut twice = Vec::new();
    let so_far = problems.len();
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        if problems.len() - so_far >= MOST_ERRORS {
            let start = lines::line_start(text, at.start);
            problems.push(given_up(start..lines::next_line(text, start)));
            damage.push(Span::new(start..text.len()));
            lost.push(Span::new(start..text.len()));
            break;
        }
        if error.message() == DUPLICATE {
            if lost.iter().any(|lost| lost.overlaps(Span::new(at.clone()))) {
                continue;
            }
            if twice.iter().any(|section: &Range<usize>| section.contains(&at.start)) {
                continue;
            }
            let headers = headers.get_or_insert_with(|| first_headers(text));
            let problem = duplicate(text, headers, at.clone());
            if problem.fault == Fault::DuplicateId {
                twice.push(statement_at(text, at.start));
            }
            problems.push(problem);
            continue;
        }
        let value = scalars.at(at.start);
        let span = value.map_or_else(|| at.clone(), |value| value.span.clone());
        if !spoken_of.insert(span.start) {
            continue;
        }
        damage.push(Span::new(span.clone()));
        problems.push(if value.is_some_and(|value| value.is_date) {
            let written = text.get(span.clone()).unwrap_or_default();
            Problem::new(
                Fault::InvalidDate,
                Span::new(span),
                format!("{written} is not a date that exists"),
                error.message(),
            )
            .with_help("write an existing day as year-month-day, such as 2026-09-30")
        } else {
            torn_place(error.message(), if at.is_empty() { span } else { at })
        });
    }
    Parsed {
        table: tree::from_toml(table.into_inner()),
        problems,
        damage,
        lost,
    }
}

const DUPLICATE: &str = "duplicate key";

fn given_up(line: Range<usize>) -> Problem {
    Problem::new(
        Fault::InvalidToml,
        Span::new(line),
        "too many places of this file are torn: from here on, it was not read".to_owned(),
        "not read from here on",
    )
    .with_help("mend the places before this one first")
}

fn torn_place(message: &str, at: Range<usize>) -> Problem {
    let message = match message {
        "string values must be quoted, expected literal string" if at.is_empty() => "there is no value here",
        "string values must be quoted, expected literal string" => "text needs quotes around it",
        message => message.trim_end_matches(", expected nothing"),
    };
    Problem::new(
        Fault::InvalidToml,
        Span::new(at),
        format!("this is not TOML: {message}"),
        message,
    )
    .with_help("mend the syntax here; what this place declares could not be read, the rest of the file was")
}
