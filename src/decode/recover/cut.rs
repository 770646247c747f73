//! Cutting out of a text what cannot be read, so that the rest can.

use super::conflicts::{Conflict, conflicts};
use super::foreign::is_yaml;
use super::lines::{Line, blank, blank_value, dotted_too_deep, is_follow_up, next_line};
use super::statements::{Statement, Statements};
use super::syntax::{first_structural, syntax_error};
use super::syntax_error::SyntaxError;
use super::unknown::{Unknowns, header_path};
use super::{characters, problem, too_many_errors};
use crate::decode::problem::Problem;
use crate::source::{Source, Span};
use std::ops::Range;

/// A file with more syntax errors than this is not read any further.
const MAX_TORN_PLACES: usize = 100;
/// What is read in vain, in search of brackets that are not there: in bytes, all together.
const MAX_READ_AGAIN: usize = 4 * 1024 * 1024;

/// A text without what cannot be read, byte for byte as long.
pub struct Cut {
    pub text: String,
    pub problems: Vec<Problem>,
    pub damage: Vec<Span>,
    pub lost: Vec<Span>,
    pub unknowns: Unknowns,
    /// Headers of conflicts, which may be elsewhere too.
    pub kept: Vec<Range<usize>>,
}

/// What is to be done with a place, once all of them are known.
enum Cutting {
    Blank(Range<usize>),
    KeepKey(Range<usize>),
}

impl Cut {
    pub fn of(source: &Source) -> Self {
        let mut cut = Self {
            text: source.text.clone(),
            problems: Vec::new(),
            // The meaning of invalid UTF-8 is unknown.
            damage: source.bad_bytes.to_vec(),
            lost: Vec::new(),
            unknowns: Unknowns::default(),
            kept: Vec::new(),
        };
        for line in dotted_too_deep(&source.text) {
            let mut error = SyntaxError::new("a key with more dots than can be read", line.clone());
            error.help = None;
            cut.problems.push(problem(error));
            cut.lose(line.clone());
            blank(&mut cut.text, line);
        }
        let conflicts = cut.conflicts(&source.text);
        let unseen = characters::invisible_ones(&cut.text);
        for at in &unseen {
            blank(&mut cut.text, at.clone());
        }
        cut.statements(&source.text, conflicts, unseen);
        cut.make_sure();
        cut
    }

    fn lose(&mut self, range: Range<usize>) {
        self.damage.push(Span::new(range.clone()));
        self.lost.push(Span::new(range));
    }

    fn give_up(&mut self, from: usize) {
        let stop = from..next_line(&self.text, from);
        self.problems.push(too_many_errors(stop));
        self.lose(from..self.text.len());
        let rest = from..self.text.len();
        blank(&mut self.text, rest);
    }

    /// Blanks out every conflict, but for a header that both sides end under.
    fn conflicts(&mut self, original: &str) -> Vec<Conflict> {
        let mut found = conflicts(&self.text);
        let more = found.get(MAX_TORN_PLACES).map(|conflict| conflict.range.start);
        found.truncate(MAX_TORN_PLACES);
        for conflict in &mut found {
            let marker = conflict.range.start..next_line(original, conflict.range.start);
            let shown = original[marker.clone()].trim_end().len();
            let mut error = SyntaxError::new("a merge left this behind", marker.start..marker.start + shown);
            error.message = "a merge left this conflict behind".to_owned();
            error.help = Some(
                "resolve the conflict and remove the markers; neither side was read, the rest of the file was"
                    .to_owned(),
            );
            self.problems.push(problem(error));
            let kept = settle(&self.text, conflict);
            match kept {
                Some(header) => {
                    // What follows belongs to its table, which is there.
                    self.lose(conflict.range.start..header.start);
                    self.lose(header.end..conflict.range.end);
                    self.kept.push(header.clone());
                    blank(&mut self.text, conflict.range.start..header.start);
                    blank(&mut self.text, header.end..conflict.range.end);
                }
                None => {
                    self.lose(conflict.range.clone());
                    blank(&mut self.text, conflict.range.clone());
                }
            }
        }
        if let Some(from) = more {
            self.give_up(from);
        }
        found
    }

    fn statements(&mut self, original: &str, conflicts: Vec<Conflict>, unseen: Vec<Range<usize>>) {
        let text = std::mem::take(&mut self.text);
        let mut cuttings = Vec::new();
        let mut conflicts = conflicts.into_iter().peekable();
        let mut unseen = unseen.into_iter().peekable();
        let mut section: Vec<String> = Vec::new();
        let mut section_is_lost = false;
        // Where the last cut ended: what is left of it may follow.
        let mut cut_before: Option<usize> = None;
        let mut yaml_before = false;
        let mut reported = 0;
        let mut stopped = None;
        let mut statements = Statements::of(&text, 0);
        while let Some(statement) = statements.next() {
            let range = statement.range.clone();
            if reported >= MAX_TORN_PLACES || statements.read_again > MAX_READ_AGAIN {
                stopped = Some(range.start);
                break;
            }
            let mut holds_conflict = false;
            while let Some(conflict) = conflicts.next_if(|one| one.range.start < range.end) {
                holds_conflict |= conflict.range.start > range.start;
                cut_before = Some(conflict.range.end);
                for side in conflict.sides {
                    self.unknowns.add_side(original, side, &section);
                }
            }
            let mut is_reported = holds_conflict;
            let mut last_line = None;
            while let Some(at) = unseen.next_if(|at| at.start < range.end) {
                // Once for a statement, or for a line that is none.
                let line = super::lines::line_start(original, at.start).max(range.start.min(at.start));
                let is_new = if at.start < range.start {
                    last_line.replace(line) != Some(line)
                } else {
                    !std::mem::replace(&mut is_reported, true)
                };
                if is_new {
                    self.problems.push(problem(characters::unseen(original, at)));
                    reported += 1;
                }
            }
            if statement.kind == Line::Header {
                section_is_lost = false;
            }
            let fault = syntax_error(&text, &statement);
            if statement.kind == Line::Header && fault.is_none() {
                section = header_path(&text[range.clone()]).unwrap_or_default();
            }
            if fault.is_none() && !section_is_lost && !holds_conflict {
                continue;
            }
            let is_yaml = statement.kind == Line::Continuation && is_yaml(&text[range.clone()]);
            // The lines of a YAML file are one error, and the brackets behind a broken statement are its own.
            let is_left_over = statement.kind == Line::Continuation
                && cut_before.is_some_and(|end| text[end.min(range.start)..range.start].trim().is_empty())
                && (is_yaml && yaml_before || text[range.clone()].lines().next().is_none_or(is_follow_up));
            yaml_before = is_yaml;
            if let Some(fault) = fault
                && !(section_is_lost || is_left_over || is_reported)
            {
                self.problems.push(problem(fault));
                reported += 1;
            }
            if !section_is_lost {
                self.unknowns_of(&text, &statement, &section);
            }
            section_is_lost |= statement.kind == Line::Header;
            cut_before = Some(range.end);
            self.lose(range.clone());
            cuttings.push(if section_is_lost {
                Cutting::Blank(range)
            } else {
                Cutting::KeepKey(range)
            });
        }
        for conflict in conflicts {
            for side in conflict.sides {
                self.unknowns.add_side(original, side, &section);
            }
        }
        self.text = text;
        for cutting in cuttings {
            match cutting {
                Cutting::Blank(range) => blank(&mut self.text, range),
                Cutting::KeepKey(range) => blank_value(&mut self.text, range),
            }
        }
        match stopped {
            Some(from) => self.give_up(from),
            None => {
                if let Some(at) = unseen.next() {
                    self.problems.push(problem(characters::unseen(original, at)));
                }
            }
        }
    }

    /// What may belong to a table that nothing closes may belong to what is around it, too.
    fn unknowns_of(&mut self, text: &str, statement: &Statement, section: &[String]) {
        let is_table = statement.unclosed.is_some_and(|at| text[at..].starts_with('{'));
        if is_table {
            self.unknowns.add_lines_of(text, statement, section);
        }
        if statement.kind == Line::Continuation
            && let Some((key, at)) =
                super::unknown::key_of(text[statement.range.clone()].lines().next().unwrap_or_default())
        {
            let start = statement.range.start;
            self.unknowns.add(section, &key, start + at.start..start + at.end);
        }
    }

    /// A text that still has a syntax error is read up to there.
    fn make_sure(&mut self) {
        for _ in 0..4 {
            let Some((message, at)) = first_structural(&self.text) else {
                return;
            };
            let line = super::lines::line_start(&self.text, at.start);
            let range = line..next_line(&self.text, line);
            if self.problems.is_empty() {
                self.problems.push(problem(SyntaxError::new(message, at)));
            }
            self.lose(range.clone());
            blank(&mut self.text, range);
        }
        if let Some((_, at)) = first_structural(&self.text) {
            let line = super::lines::line_start(&self.text, at.start);
            self.give_up(line);
        }
    }
}

/// Widens a conflict to all that hangs on it, and gives the header that holds whichever side is taken.
fn settle(text: &str, conflict: &mut Conflict) -> Option<Range<usize>> {
    let mut last_headers = Vec::new();
    let mut behind = conflict.range.end;
    for side in &conflict.sides {
        let mut header = None;
        for statement in Statements::of(&text[..side.end], side.start) {
            if statement.unclosed.is_some() {
                behind = behind.max(end_of_rest(text, &statement, side.end, conflict.range.end));
            }
            if statement.kind == Line::Header {
                header = Some(statement.range);
            }
        }
        last_headers.push(header);
    }
    conflict.range.end = behind;
    let paths: Vec<Option<Vec<String>>> = last_headers
        .iter()
        .map(|header| header.as_ref().and_then(|header| header_path(&text[header.clone()])))
        .collect();
    if last_headers.iter().all(Option::is_none) {
        return None;
    }
    let agreed = paths.first().is_some_and(Option::is_some) && paths.windows(2).all(|pair| pair[0] == pair[1]);
    if agreed {
        return last_headers.pop().flatten();
    }
    // The table that the next keys belong to is unknown.
    conflict.range.end = next_header(text, conflict.range.end);
    None
}

fn next_header(text: &str, from: usize) -> usize {
    let mut statements = Statements::of(text, from);
    let header = statements.find(|statement| statement.kind == Line::Header);
    header.map_or(text.len(), |header| header.range.start)
}

/// Where a statement ends that began on one side of a conflict and goes on behind it.
fn end_of_rest(text: &str, statement: &Statement, side_end: usize, behind: usize) -> usize {
    let own = &text[statement.range.start..side_end];
    let mut end = behind;
    while end < text.len() && super::lines::kind_of_line(&text[end..]) != Line::Header {
        end = next_line(text, end);
    }
    let joined = format!("{own}{}", &text[behind..end]);
    let first = Statements::of(&joined, 0).next();
    let length = first.map_or(0, |first| first.range.end.saturating_sub(own.len()));
    behind + length
}
