//! What is wrong with values and keys of a text whose structure is sound.

use super::cut::Cut;
use super::duplicates::{Headers, duplicate, first_headers};
use super::lines::{self, Line, kind_of_line, statement_at};
use super::scalars::Scalars;
use super::syntax_error::SyntaxError;
use super::unknown::{header_path, key_of};
use super::{problem, too_many_errors};
use crate::decode::days;
use crate::decode::problem::{Fault, Problem, Repair};
use crate::source::Span;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;

/// A file in which more values and keys than this are no TOML is something else.
const MAX_ERRORS: usize = 1_000;

const DUPLICATE: &str = "duplicate key";
const EXTENDS: &str = "cannot extend value of type ";

pub struct Values<'c, 't> {
    text: &'t str,
    cut: &'c mut Cut,
    scalars: Scalars,
    headers: Option<Headers>,
    spoken_of: HashSet<u32>,
    /// Values that dotted keys would add to, by their section and name.
    extended: HashSet<(usize, String)>,
    /// The sections of duplicate tables, whose keys are not reported again.
    twice: BTreeMap<usize, usize>,
    /// What could not be read, in order, each with the end that is reached by then.
    lost: Option<Vec<Span>>,
    /// A line, and where its section begins.
    section: (usize, usize),
    reported: usize,
}

impl<'c, 't> Values<'c, 't> {
    pub fn of(text: &'t str, table: &Spanned<DeTable<'_>>, cut: &'c mut Cut) -> Self {
        Self {
            text,
            cut,
            scalars: Scalars::of(table),
            headers: None,
            spoken_of: HashSet::new(),
            extended: HashSet::new(),
            twice: BTreeMap::new(),
            lost: None,
            section: (0, 0),
            reported: 0,
        }
    }

    fn report(&mut self, problem: Problem) {
        self.cut.problems.push(problem);
        self.reported += 1;
    }

    /// Takes an error of the parser; whether more of them are wanted.
    pub fn take(&mut self, error: &toml::de::Error) -> bool {
        let at = error.span().unwrap_or(0..0);
        if self.reported >= MAX_ERRORS {
            let start = lines::line_start(self.text, at.start);
            self.report(too_many_errors(start..lines::next_line(self.text, start)));
            self.cut.damage.push(Span::new(start..self.text.len()));
            self.cut.lost.push(Span::new(start..self.text.len()));
            return false;
        }
        match error.message() {
            DUPLICATE if self.adds_by_dots(&at) => self.extension("", at),
            DUPLICATE => self.duplicate(at),
            message if message.starts_with(EXTENDS) => self.extension(message, at),
            message => self.value(message, at),
        }
        true
    }

    /// Whether a duplicate key leads on to another, and not in a header.
    fn adds_by_dots(&self, at: &Range<usize>) -> bool {
        let line = lines::line_start(self.text, at.start);
        self.text[at.end..].trim_start_matches([' ', '\t']).starts_with('.')
            && header_path(&self.text[line..lines::next_line(self.text, line)]).is_none()
    }

    fn duplicate(&mut self, at: Range<usize>) {
        let is_kept = self.cut.kept.iter().any(|header| header.contains(&at.start));
        if is_kept || self.is_lost(&at) || self.is_twice(at.start) {
            return;
        }
        let headers = self.headers.get_or_insert_with(|| first_headers(self.text));
        let problem = duplicate(self.text, headers, at.clone());
        if problem.fault == Fault::DuplicateId {
            let section = statement_at(self.text, at.start);
            self.twice.insert(section.start, section.end);
        }
        self.report(problem);
    }

    fn is_twice(&self, at: usize) -> bool {
        let before = self.twice.range(..=at).next_back();
        before.is_some_and(|(_, end)| at < *end)
    }

    /// Whether a place is in what could not be read.
    fn is_lost(&mut self, at: &Range<usize>) -> bool {
        let lost = self.lost.get_or_insert_with(|| {
            let mut lost = self.cut.lost.clone();
            lost.sort_unstable();
            let mut end = 0;
            lost.iter_mut().for_each(|span| {
                end = span.end.max(end);
                span.end = end;
            });
            lost
        });
        let at = Span::new(at.clone());
        let before = lost.partition_point(|span| span.start < at.end);
        lost[..before].last().is_some_and(|span| at.start < span.end)
    }

    /// Where the section begins that a line is in. Lines are asked for one after the other: none is looked at twice.
    fn section_of(&mut self, line: usize) -> usize {
        let text = self.text;
        let is_header = |start: usize| kind_of_line(&text[start..]) == Line::Header;
        let (from, known) = self.section;
        let mut section = line;
        while section > 0 && !is_header(section) {
            if section == from {
                section = known;
                break;
            }
            section = lines::line_start(text, section - 1);
        }
        self.section = (line, section);
        section
    }

    /// A dotted key that would add to a value which is whole: that value is unknown, and so is what is added.
    fn extension(&mut self, message: &str, at: Range<usize>) {
        let text = self.text;
        let at = word_around(text, at);
        let name = text[at.clone()].to_owned();
        let line = lines::line_start(text, at.start);
        let section = self.section_of(line);
        let statement = &text[line..lines::next_line(text, line)];
        let key = match header_path(statement) {
            Some(path) => Some((Vec::new(), path)),
            None => key_of(statement)
                .filter(|(_, own)| (line + own.start..line + own.end).contains(&at.start))
                .map(|(key, _)| {
                    (
                        header_path(text[section..].lines().next().unwrap_or_default()).unwrap_or_default(),
                        key,
                    )
                }),
        };
        match key {
            Some((header, key)) => {
                self.cut.unknowns.add(&header, &key, at.clone());
                self.cut.damage.push(Span::new(at.clone()));
            }
            None => self.cut.damage.push(Span::new(statement_at(text, at.start))),
        }
        if !self.extended.insert((section, name.clone())) {
            return;
        }
        let kind = message.trim_start_matches(EXTENDS);
        let kind = kind.split(" with").next().unwrap_or(kind);
        let mut error = SyntaxError::new(
            format!("`{name}` is a value already, and a dotted key cannot add to it"),
            at,
        );
        error.label = match kind {
            "" => "cannot add to this table".to_owned(),
            kind => format!("cannot add to the {kind}"),
        };
        error.help = Some(format!("state `{name}` once: as one table, or by dotted keys alone"));
        self.report(problem(error));
    }

    fn value(&mut self, message: &str, at: Range<usize>) {
        let value = self.scalars.at(at.start);
        let span = value.map_or_else(|| at.clone(), |value| value.span.clone());
        let is_date = value.is_some_and(|value| value.is_date);
        if value.is_none() && message.contains("unquoted key") {
            return self.key(at);
        }
        if !self.spoken_of.insert(Span::new(span.clone()).start) {
            return;
        }
        self.cut.damage.push(Span::new(span.clone()));
        let written = self.text.get(span.clone()).unwrap_or_default();
        let meant = days::day(written);
        let problem = if is_date {
            let (said, label, help) = match &meant {
                Some(day) => (
                    format!("{written} is not written as a date"),
                    "a date has four digits, two and two",
                    format!("write {day}"),
                ),
                None => (
                    format!("{written} is not a date that exists"),
                    message,
                    "write an existing day as year-month-day, such as 2026-09-30".to_owned(),
                ),
            };
            let mut problem = Problem::new(Fault::InvalidDate, Span::new(span), said, label).with_help(help);
            problem.suggestion = meant.map(Repair::Replace);
            problem
        } else {
            if span.is_empty()
                && let Some(equals) = self.text[..span.start].rfind('=')
            {
                return self.report(problem(SyntaxError::new("missing value", equals..equals + 1)));
            }
            let needs_quotes = message == "string values must be quoted, expected literal string";
            let message = if needs_quotes {
                "text needs quotes around it"
            } else {
                message.trim_end_matches(", expected nothing")
            };
            let mut error = SyntaxError::new(message, if at.is_empty() { span.clone() } else { at });
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '@' | ':');
            if let Some(day) = meant {
                error.help = Some(format!("write {day}"));
                error.instead = Some((span, day));
            } else if needs_quotes && !written.is_empty() && written.chars().all(is_word) && written.len() <= 200 {
                error.help = Some("put it in quotes, `\"..\"`".to_owned());
                error.instead = Some((span, format!("\"{written}\"")));
            }
            problem(error)
        };
        self.report(problem);
    }

    /// A key, or a name in a header, with letters in quotes only.
    fn key(&mut self, at: Range<usize>) {
        let word = word_around(self.text, at);
        if !self.spoken_of.insert(Span::new(word.clone()).start) {
            return;
        }
        let name = self.text[word.clone()].to_owned();
        if name.is_empty() {
            let mut error = SyntaxError::new("a name is missing beside a dot", word);
            error.help = Some("write the name, or take the dot away".to_owned());
            self.report(problem(error));
            return;
        }
        let mut error = SyntaxError::new(format!("`{name}` needs quotes"), word);
        error.label = "not a plain key".to_owned();
        error.help = Some(
            "a bare key has letters a to z, digits, `-` and `_` only; with any other character it needs quotes"
                .to_owned(),
        );
        self.report(problem(error));
    }
}

/// The whole key or name that a place is in.
fn word_around(text: &str, at: Range<usize>) -> Range<usize> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '.' | '=' | '[' | ']' | '{' | '}' | ',' | '"' | '\'' | '#');
    let start = text[..at.start].char_indices().rev().find(|(_, c)| ends(*c));
    let start = start.map_or(0, |(at, c)| at + c.len_utf8());
    let end = text[at.start..].find(ends).map_or(text.len(), |end| at.start + end);
    start..end.max(at.end)
}
