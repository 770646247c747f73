//! Statements and lines of TOML text, recognized without parsing it, and blanking them out.

use std::ops::Range;

/// Dotted keys nest a table for each dot; no one writes more by hand.
const MAX_DOTS: usize = 64;

/// The statement that the line of `offset` belongs to: from its key or header to the next one's line.
/// A broken header takes its section with it, since the keys under it would land in another table.
pub fn statement_at(text: &str, offset: usize) -> Range<usize> {
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

pub fn line_start(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    before.iter().rposition(|b| *b == b'\n').map_or(0, |nl| nl + 1)
}

pub fn next_line(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |nl| from + nl + 1)
}

#[derive(Debug, PartialEq, Clone, Copy)]
pub enum Line {
    Header,
    Statement,
    Continuation,
}

/// What the first line of `rest` looks like.
pub fn kind_of_line(rest: &str) -> Line {
    let line = rest
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches(['\u{feff}', ' ', '\t', '\r']);
    if line.starts_with('[') {
        let after = line.trim_start_matches('[').trim_start();
        // `["a", ..` and `[{ ..` continue a list; a header begins with a bare word or ends like one.
        let is_header = after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            || (after.starts_with(['"', '\'']) && line.trim_end().ends_with(']') && !line.contains(','));
        return if is_header { Line::Header } else { Line::Continuation };
    }
    // A header that lost its first bracket, or has others, still begins a table: its keys must not land in the
    // one above.
    let path = line.split('#').next().unwrap_or_default().trim();
    let inner = path
        .trim_start_matches(['(', '{', '<'])
        .trim_end_matches([']', ')', '}', '>']);
    if inner.len() < path.len() && inner.contains('.') && is_key(inner) && !inner.contains(' ') {
        return Line::Header;
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

/// Whether a line ends as the rest of a broken list or table does.
pub fn is_follow_up(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.ends_with([',', ']', '}']) && kind_of_line(line) != Line::Header
}

/// Blanks out a statement, keeping its key when there is room for a value, so that the key is known to have
/// been there.
pub fn blank_value(text: &mut String, statement: Range<usize>) {
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

/// Replaces everything but line feeds with spaces, byte for byte.
pub fn blank(text: &mut String, range: Range<usize>) {
    let blanks: String = text[range.clone()]
        .bytes()
        .map(|byte| if byte == b'\n' { char::from(byte) } else { ' ' })
        .collect();
    text.replace_range(range, &blanks);
}

/// Lines whose keys have so many dots that building their tables would exhaust the stack.
pub fn dotted_too_deep(text: &str) -> Vec<Range<usize>> {
    if memchr::memchr_iter(b'.', text.as_bytes()).take(MAX_DOTS + 1).count() <= MAX_DOTS {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > 2 * MAX_DOTS
            && line.bytes().filter(|b| *b == b'.').count() > MAX_DOTS
            && dots_outside_quotes(line) > MAX_DOTS
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
