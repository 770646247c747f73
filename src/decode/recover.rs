//! Parsing text that may be torn.
//!
//! A value that is no TOML (a date that does not exist, a word without quotes) is reported and left out. A torn
//! statement, such as one with an unclosed bracket, makes a parser stumble over everything behind it, so the
//! statement is blanked out, byte for byte, and the text parsed again: one report for one torn place, and the
//! rest of the file is read.

use super::problem::{Fault, Problem};
use crate::source::{Source, Span};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use toml_parser::parser::{Event, RecursionGuard, ValidateWhitespace};
use toml_parser::{Expected, ParseError};

pub struct Parsed<'a> {
    pub table: Spanned<DeTable<'a>>,
    pub problems: Vec<Problem>,
    /// Values here were reported, and are unknown.
    pub damage: Vec<Span>,
    /// What stood here may have declared something that is now missing.
    pub lost: Vec<Span>,
}

/// A file with more torn places than this is not mended any further.
const MOST_TORN_PLACES: usize = 100;
/// Each torn place costs a few readings of the file, so a large one is given up sooner.
const MOST_TORN_PLACES_IN_LARGE: usize = 10;
const LARGE: usize = 256 * 1024;
/// Dotted keys nest a table for each dot; beyond this many nobody wrote them by hand.
const MOST_DOTS: usize = 64;
/// How deep lists and inline tables may be nested; the parser of values has the same bound.
const DEEPEST: u32 = 80;

pub fn parse(source: &Source) -> Parsed<'_> {
    let too_deep = dotted_too_deep(&source.text);
    if too_deep.is_empty()
        && source.bad_bytes.is_empty()
        && let Ok(table) = DeTable::parse(&source.text)
    {
        return Parsed {
            table,
            problems: Vec::new(),
            damage: Vec::new(),
            lost: Vec::new(),
        };
    }
    mend(source, too_deep)
}

fn mend(source: &Source, too_deep: Vec<Range<usize>>) -> Parsed<'_> {
    let mut text = source.text.clone();
    let mut problems = Vec::new();
    // What bytes stand for that are no UTF-8 is anybody's guess.
    let mut damage = source.bad_bytes.clone();
    let mut lost = Vec::new();
    for line in too_deep {
        problems.push(torn_place("a key with more dots than can be read", line.clone()));
        damage.push(Span::new(line.clone()));
        lost.push(Span::new(line.clone()));
        blank(&mut text, line);
    }
    let most = if text.len() > LARGE {
        MOST_TORN_PLACES_IN_LARGE
    } else {
        MOST_TORN_PLACES
    };
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
    let text = source.mended.get_or_init(|| text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let scalars = Scalars::of(&table);
    let mut headers = None;
    let mut spoken_of = HashSet::new();
    // The sections of tables that stand twice; that their keys do so too is no news.
    let mut twice = Vec::new();
    for error in errors {
        let at = error.span().unwrap_or(0..0);
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
        table,
        problems,
        damage,
        lost,
    }
}

const DUPLICATE: &str = "duplicate key";

fn torn_place(message: &str, at: Range<usize>) -> Problem {
    let message = message.trim_end_matches(", expected nothing");
    Problem::new(
        Fault::InvalidToml,
        Span::new(at),
        format!("this is not TOML: {message}"),
        message,
    )
    .with_help("mend the syntax here; what this place declares could not be read, the rest of the file was")
}

#[derive(Clone)]
struct Torn {
    message: String,
    at: Range<usize>,
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
fn first_torn(text: &str) -> Option<(Torn, Range<usize>)> {
    let torn = first_structural(text)?;
    let at = torn.at.start;
    // The line alone, its statement, or the value that began earlier and swallowed the line may be what is
    // torn: the smallest cut that lets the parser come farthest.
    let line = line_start(text, at)..next_line(text, line_start(text, at));
    let statement = statement_at(text, at);
    let (table, _) = DeTable::parse_recoverable(text);
    let opening = outermost_start(table.get_ref(), at);
    let around = opening.map(|start| statement_at(text, start));
    let mut cuts = vec![statement];
    if kind_of_line(&text[line.start..]) == Line::Continuation {
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

/// Every scalar of a file, by its place.
struct Scalars(Vec<Scalar>);

struct Scalar {
    span: Range<usize>,
    is_date: bool,
    runs_over_lines: bool,
}

impl Scalars {
    fn of(table: &Spanned<DeTable<'_>>) -> Self {
        fn walk(value: &Spanned<DeValue<'_>>, found: &mut Vec<Scalar>) {
            match value.get_ref() {
                DeValue::Table(table) => table.values().for_each(|value| walk(value, found)),
                DeValue::Array(array) => array.iter().for_each(|element| walk(element, found)),
                scalar => found.push(Scalar {
                    span: value.span(),
                    is_date: matches!(scalar, DeValue::Datetime(_)),
                    runs_over_lines: matches!(scalar, DeValue::String(text) if text.contains('\n')),
                }),
            }
        }
        let mut found = Vec::new();
        table.get_ref().values().for_each(|value| walk(value, &mut found));
        found.sort_by_key(|scalar| scalar.span.start);
        Self(found)
    }

    /// The scalar that `offset` lies in or at the end of.
    fn at(&self, offset: usize) -> Option<&Scalar> {
        let after = self.0.partition_point(|scalar| scalar.span.start <= offset);
        self.0[..after].last().filter(|scalar| offset <= scalar.span.end)
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

/// The statement that the line of `offset` belongs to: from its key or header to the next one's line.
/// A torn header takes its section with it, since the keys under it would land in another table.
fn statement_at(text: &str, offset: usize) -> Range<usize> {
    let offset = offset.min(text.len());
    let mut start = line_start(text, offset);
    while start > 0 && kind_of_line(&text[start..]) == Line::Continuation {
        start = line_start(text, start - 1);
    }
    let is_header = kind_of_line(&text[start..]) == Line::Header;
    let mut end = next_line(text, start);
    while end < text.len() {
        match kind_of_line(&text[end..]) {
            Line::Header => break,
            Line::Statement if !is_header => break,
            _ => end = next_line(text, end),
        }
    }
    start..end
}

fn line_start(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    before.iter().rposition(|b| *b == b'\n').map_or(0, |nl| nl + 1)
}

fn next_line(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |nl| from + nl + 1)
}

#[derive(PartialEq, Clone, Copy)]
enum Line {
    Header,
    Statement,
    Continuation,
}

/// What the first line of `rest` looks like.
fn kind_of_line(rest: &str) -> Line {
    let line = rest.lines().next().unwrap_or_default().trim_start();
    if line.starts_with('[') {
        let after = line.trim_start_matches('[').trim_start();
        // `["a", ..` and `[{ ..` continue a list; a header begins with a bare word or ends like one.
        let is_header = after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            || (after.starts_with(['"', '\'']) && line.trim_end().ends_with(']') && !line.contains(','));
        return if is_header { Line::Header } else { Line::Continuation };
    }
    match line.split_once('=') {
        Some((key, _)) if is_key(key.trim_end()) => Line::Statement,
        _ => Line::Continuation,
    }
}

fn is_key(key: &str) -> bool {
    let bare = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '"' | '\'' | '/');
    !key.is_empty() && key.chars().all(bare)
}

/// Leftovers of a torn statement (a lone bracket, an element with its comma) are not torn places of their own.
fn is_debris(original: &str, last: &Range<usize>, next: &Range<usize>) -> bool {
    let between = original.get(last.end..next.start).unwrap_or_default();
    let Some(first) = original[next.clone()].lines().find(|line| !line.trim().is_empty()) else {
        return true;
    };
    let line = first.trim();
    next.start >= last.start
        && between.trim().is_empty()
        && (line.ends_with([',', ']', '}']) && kind_of_line(line) != Line::Header)
}

/// Blanks out a statement, keeping its key when there is room for a value, so that the key is known to have
/// been there.
fn silence(text: &mut String, statement: Range<usize>) {
    let lead = text[statement.clone()].find(|c: char| !c.is_whitespace()).unwrap_or(0);
    let start = statement.start + lead;
    let line_end = text[start..statement.end]
        .find('\n')
        .map_or(statement.end, |nl| start + nl);
    let line = &text[start..line_end];
    let key = match kind_of_line(line) {
        Line::Header => None,
        Line::Statement => line.find('=').map(|equals| line[..equals].trim_end().len()),
        Line::Continuation => line
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
            .filter(|end| *end > 0),
    };
    let room = key.is_some_and(|key| line.trim_end().len() >= key + 2);
    match key.filter(|_| room) {
        Some(key) => {
            blank(text, start + key..statement.end);
            text.replace_range(start + key..start + key + 2, "=0");
        }
        None => blank(text, statement),
    }
}

/// Replaces everything but line ends with spaces, byte for byte.
fn blank(text: &mut String, range: Range<usize>) {
    let blanks: String = text[range.clone()]
        .bytes()
        .map(|byte| {
            if matches!(byte, b'\n' | b'\r') {
                char::from(byte)
            } else {
                ' '
            }
        })
        .collect();
    text.replace_range(range, &blanks);
}

/// Lines whose keys have so many dots that building their tables would exhaust the stack.
fn dotted_too_deep(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > MOST_DOTS
            && line.bytes().filter(|b| *b == b'.').count() > MOST_DOTS
            && dots_outside_quotes(line) > MOST_DOTS
        {
            found.push(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    found
}

fn dots_outside_quotes(line: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    let mut dots = 0;
    for byte in line.bytes() {
        match (quote, byte) {
            (Some(b'"'), b'\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), _) if open == byte && !escaped => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'#') => break,
            (None, b'.') => dots += 1,
            _ => {}
        }
        escaped = false;
    }
    dots
}

/// The headers of a file, each by its path, with the place of its last key where it first stands.
type Headers = HashMap<Vec<String>, Span>;

fn first_headers(text: &str) -> Headers {
    let mut headers = Headers::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(path) = header_path(line)
            && let Some(id) = path.last()
            && let Some(at) = line.rfind(id.as_str())
        {
            let span = Span::new(start + at..start + at + id.len());
            headers.entry(path).or_insert(span);
        }
        start += line.len();
    }
    headers
}

/// The keys of a header line such as `[services.payroll]`.
fn header_path(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    if !line.starts_with('[') || line.len() > 1024 {
        return None;
    }
    let table = DeTable::parse(line).ok()?;
    let mut path = Vec::new();
    let mut table = table.get_ref();
    while let Some((key, value)) = table.iter().next() {
        path.push(key.get_ref().clone().into_owned());
        table = match value.get_ref() {
            DeValue::Table(inner) => inner,
            _ => break,
        };
    }
    Some(path)
}

/// A key or a table that stands twice. Two entities of one id are a matter of ids; anything else is torn TOML.
fn duplicate(text: &str, headers: &Headers, at: Range<usize>) -> Problem {
    let key = text.get(at.clone()).unwrap_or_default();
    let line_start = text[..at.start].rfind('\n').map_or(0, |nl| nl + 1);
    let path = text[line_start..].lines().next().and_then(header_path);
    if let Some(path) = path {
        let mut problem = Problem::new(
            Fault::DuplicateId,
            Span::new(at),
            format!("`[{}]` stands twice in this file", path.join(".")),
            "declared again here",
        )
        .with_help("give one of the two another id, or make them one");
        if let [kind, id, ..] = path.as_slice() {
            problem.entity = Some((kind.clone(), id.clone()));
        }
        let first = headers.get(&path);
        problem.related = first.map(|span| (*span, "declared first here".to_owned()));
        return problem;
    }
    let mut problem = torn_place(&format!("the key `{key}` stands twice in this table"), at);
    problem.help = Some("keep one of the two; the first is the one that was read".to_owned());
    problem
}
