//! What is wrong with the syntax of one statement.

use super::lines::Line;
use super::statements::Statement;
use super::syntax_error::SyntaxError;
use super::{characters, foreign};
use crate::decode::days::day;
use std::ops::Range;
use toml_parser::parser::{Event, RecursionGuard, ValidateWhitespace};
use toml_parser::{Expected, ParseError, Source};

/// How deep lists and inline tables may be nested; the parser of values has the same bound.
const DEEPEST: u32 = 80;

/// What is wrong with a statement, if it cannot be read.
pub fn syntax_error(text: &str, statement: &Statement) -> Option<SyntaxError> {
    let own = &text[statement.range.clone()];
    if let Some(error) = characters::curly_quotes(own, statement.range.start) {
        return Some(error);
    }
    if statement.kind == Line::Continuation
        && let Some(error) = foreign::syntax_error(own, statement.range.start)
    {
        return Some(error);
    }
    if let Some(opening) = statement.unclosed {
        return Some(unclosed(text, opening));
    }
    let structural = first_structural(own);
    if let Some(open) = &statement.open_text
        && structural
            .as_ref()
            .is_none_or(|(_, at)| statement.range.start + at.start >= open.start)
    {
        let quote = &text[open.start..=open.start];
        let mut error = SyntaxError::new("this text has no closing quote", open.clone());
        error.help = Some(if characters::ends_curly(&text[open.clone()]) {
            format!("the quote at its end is curly: write a straight one, `{quote}`")
        } else {
            format!(
                "close it with `{quote}` on the same line; its key is unknown until then, the rest of the file was read"
            )
        });
        return Some(error);
    }
    let (message, at) = structural?;
    if let Some(error) = bare_words(own, statement.range.start) {
        return Some(error);
    }
    let at = statement.range.start + at.start..statement.range.start + at.end;
    if statement.kind == Line::Header
        && let Some(error) = bad_header(own, statement.range.start)
    {
        return Some(error);
    }
    let first_line = super::lines::next_line(text, statement.range.start);
    let opening = statement
        .opening
        .filter(|_| at.start >= first_line || at.end > first_line);
    let Some(opening) = opening else {
        return Some(SyntaxError::new(message, at));
    };
    let what = if text[opening..].starts_with('[') {
        "list"
    } else {
        "table"
    };
    let mut error = SyntaxError::new(
        format!("this {what} over several lines has a fault: {message}"),
        opening..opening + 1,
    );
    error.label = format!("this {what} could not be read");
    error.exactly = Some((at, message));
    Some(error)
}

fn unclosed(text: &str, opening: usize) -> SyntaxError {
    let rest = &text[opening..];
    let (what, length) = match rest.as_bytes().first() {
        Some(b'[') => ("this list is not closed", 1),
        Some(b'{') => ("this table is not closed", 1),
        _ => ("this text is not closed", 3),
    };
    let mut error = SyntaxError::new(what, opening..opening + length);
    error.help = match rest.as_bytes().first() {
        Some(b'[') => Some("close it with `]`; the key is unknown until then, the rest of the file was read".to_owned()),
        Some(b'{') => Some(
            "close it with `}`, and put a comma between its keys; what may belong to it is unknown until then, the rest of the file was read"
                .to_owned(),
        ),
        _ => Some(format!("close it with `{}`; all that follows was taken for its text", &rest[..3])),
    };
    error
}

/// Words, or a day in another form, behind an equals sign without quotes.
fn bare_words(own: &str, start: usize) -> Option<SyntaxError> {
    let line = own.lines().next()?;
    let (key, _) = line.split_once('=')?;
    let from = start + key.len() + 1;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '\t');
    (key.trim().chars().all(is_plain) && own.trim_end() == line.trim_end()).then_some(())?;
    let value = line[key.len() + 1..].split('#').next()?;
    let lead = value.len() - value.trim_start().len();
    let written = value.trim();
    let at = from + lead..from + lead + written.len();
    let is_word = |c: char| !(c.is_control() || matches!(c, '"' | '\'' | '[' | ']' | '{' | '}' | '=' | '\\'));
    (!written.is_empty() && written.len() <= 200 && written.chars().all(is_word)).then_some(())?;
    let error = match day(written) {
        Some(day) => {
            let mut error = SyntaxError::new("a date is written year-month-day", at.clone());
            error.help = Some(format!("write {day}"));
            error.instead = Some((at, day));
            error
        }
        None if written.starts_with(char::is_alphabetic) && !written.contains(',') => {
            let mut error = SyntaxError::new("text needs quotes around it", at.clone());
            error.help = Some("put it in quotes, `\"..\"`".to_owned());
            error.instead = Some((at, format!("\"{written}\"")));
            error
        }
        None => return None,
    };
    Some(error)
}

/// A header with too few brackets, or too many.
fn bad_header(line: &str, start: usize) -> Option<SyntaxError> {
    let behind_mark = line.trim_start_matches(['\u{feff}', ' ', '\t']);
    let lead = line.len() - behind_mark.len();
    let header = behind_mark.split('#').next().unwrap_or_default().trim_end();
    let inner = header.trim_start_matches('[').trim_end_matches(']');
    let opened = header.len() - header.trim_start_matches('[').len();
    let closed = header.len() - header.trim_end_matches(']').len();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '"' | '\'' | ' ' | '\t');
    if inner.trim().is_empty() || !inner.chars().all(is_name) {
        return None;
    }
    let message = match (opened, closed) {
        (0, _) => "this header has no bracket at its beginning",
        _ if closed < opened => "this header is not closed",
        _ if closed > opened => "this header has a bracket too many",
        _ => return None,
    };
    let mut error = SyntaxError::new(message, start + lead..start + lead + header.len());
    let right = match opened.max(closed) {
        2 if opened >= 2 => format!("[[{}]]", inner.trim()),
        _ => format!("[{}]", inner.trim()),
    };
    error.help = Some(format!(
        "write `{right}`; the keys below it could not be read, the rest of the file was"
    ));
    error.instead = Some((error.at.clone(), right));
    Some(error)
}

/// The first error of a text's structure, as against one of a single value or a repeated key.
pub fn first_structural(text: &str) -> Option<(String, Range<usize>)> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut errors: Vec<ParseError> = Vec::new();
    let mut ignore = |_: Event| {};
    let mut guard = RecursionGuard::new(&mut ignore, DEEPEST);
    let mut receiver = ValidateWhitespace::new(&mut guard, source);
    toml_parser::parser::parse_document(&tokens, &mut receiver, &mut errors);
    let structural = errors.iter().filter_map(|error| {
        let at = error.unexpected().or(error.context())?;
        Some((describe(error), at.start()..at.end()))
    });
    structural.min_by_key(|(_, at)| at.start)
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
