//! Where the text is torn, and the smallest cut that mends it.

use super::lines::{Line, kind_of_line, line_start, next_line, silence, statement_at};
use super::scalars::Scalars;
use std::ops::Range;
use toml::de::{DeArray, DeTable, DeValue};
use toml_parser::parser::{Event, RecursionGuard, ValidateWhitespace};
use toml_parser::{Expected, ParseError};

/// How deep lists and inline tables may be nested; the parser of values has the same bound.
const DEEPEST: u32 = 80;

#[derive(Clone)]
pub struct Torn {
    pub message: String,
    pub at: Range<usize>,
}

impl Torn {
    /// When what was opened on an earlier line is what is torn, that line is the one to look at.
    fn opened_at(self, text: &str, opening: usize) -> Self {
        let rest = &text[opening..];
        let what = match rest.bytes().next() {
            _ if self.at.start <= next_line(text, opening) && self.message.starts_with("missing") => {
                return self;
            }
            Some(b'[') => "this list is not closed",
            Some(b'{') => "this table is not closed",
            _ if rest.starts_with("\"\"\"") || rest.starts_with("\'\'\'") => "this text is not closed",
            _ => return self,
        };
        let quotes = rest
            .bytes()
            .take(3)
            .take_while(|b| Some(*b) == rest.bytes().next())
            .count();
        Self {
            message: what.to_owned(),
            at: opening..opening + quotes.max(1),
        }
    }
}

/// The first torn place, and the statement to blank out so that the rest can be read.
pub fn first_torn(text: &str) -> Option<(Torn, Range<usize>)> {
    let torn = first_structural(text)?;
    let at = torn.at.start;
    // The line alone, its statement, or the value that began earlier and swallowed the line may be what is
    // torn: the smallest cut that lets the parser come farthest.
    let line = line_start(text, at)..next_line(text, line_start(text, at));
    let statement = statement_at(text, at);
    let (table, _) = DeTable::parse_recoverable(text);
    let opening = outermost_start(table.get_ref(), at);
    let around = opening.map(|start| statement_at(text, start));
    let stray = kind_of_line(&text[line.start..]) == Line::Continuation;
    if stray && opening.is_none() {
        // A line that belongs to nothing: what stands above it is sound.
        return Some((torn, line));
    }
    let mut cuts = vec![statement];
    if stray {
        cuts.insert(0, line);
    }
    cuts.extend(around.clone());
    cuts.dedup();
    let reach = |cut: &Range<usize>| {
        let mut tried = text.to_owned();
        silence(&mut tried, cut.clone());
        first_structural(&tried).map_or(usize::MAX, |torn| torn.at.start)
    };
    let mut best: Option<(usize, Range<usize>)> = None;
    for cut in cuts {
        let reached = reach(&cut);
        if best.as_ref().is_none_or(|(farthest, _)| reached > *farthest) {
            best = Some((reached, cut));
        }
    }
    let (_, cut) = best?;
    let swallowed = around.is_some_and(|around| around == cut);
    match opening.filter(|_| swallowed) {
        Some(opening) => Some((torn.opened_at(text, opening), cut)),
        None => Some((torn, cut)),
    }
}

/// The first error of the text's structure, as against one of a single value or a repeated key.
fn first_structural(text: &str) -> Option<Torn> {
    let source = toml_parser::Source::new(text);
    let tokens = source.lex().into_vec();
    let mut errors: Vec<ParseError> = Vec::new();
    let mut ignore = |_: Event| {};
    let mut guard = RecursionGuard::new(&mut ignore, DEEPEST);
    let mut receiver = ValidateWhitespace::new(&mut guard, source);
    toml_parser::parser::parse_document(&tokens, &mut receiver, &mut errors);
    let structural = errors.iter().filter_map(|error| {
        let at = error.unexpected().or(error.context())?;
        Some(Torn {
            message: describe(error),
            at: at.start()..at.end(),
        })
    });
    structural.chain(unclosed_text(text)).min_by_key(|torn| torn.at.start)
}

/// A text over several lines that nothing closes is one value, and takes the rest of the file with it.
fn unclosed_text(text: &str) -> Option<Torn> {
    let quotes = ["\"\"\"", "'''"];
    if !quotes.iter().any(|quotes| text.contains(quotes)) {
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let scalars = Scalars::of(&table);
    errors.iter().find_map(|error| {
        let at = error.span()?;
        let value = scalars.at(at.start)?;
        let unclosed = value.runs_over_lines && at.is_empty() && at.start == value.span.end;
        unclosed.then(|| Torn {
            message: error.message().to_owned(),
            at,
        })
    })
}

fn describe(error: &ParseError) -> String {
    let expected: Vec<String> = error
        .expected()
        .unwrap_or_default()
        .iter()
        .map(|expected| match expected {
            Expected::Literal("\n") => "a new line".to_owned(),
            Expected::Literal(literal) => format!("`{literal}`"),
            Expected::Description(description) => (*description).to_owned(),
            _ => "something else".to_owned(),
        })
        .collect();
    match expected.as_slice() {
        [] => error.description().to_owned(),
        _ => format!("{}, expected {}", error.description(), expected.join(", ")),
    }
}

/// Where the outermost bracketed or multi-line value around `offset` begins.
fn outermost_start(table: &DeTable<'_>, offset: usize) -> Option<usize> {
    table.iter().find_map(|(_, value)| {
        let span = value.span();
        match value.get_ref() {
            // `[table]` and `[[table]]` headers are no values; what lies in them may be.
            DeValue::Table(inner) if !encloses(&span, offset) => outermost_start(inner, offset),
            DeValue::Array(inner) if !encloses(&span, offset) => in_array(inner, offset),
            _ => encloses(&span, offset).then_some(span.start),
        }
    })
}

fn in_array(array: &DeArray<'_>, offset: usize) -> Option<usize> {
    array.iter().find_map(|element| match element.get_ref() {
        DeValue::Table(inner) => outermost_start(inner, offset),
        _ => None,
    })
}

fn encloses(span: &Range<usize>, offset: usize) -> bool {
    span.start <= offset && offset <= span.end && !span.is_empty()
}
