//! Here-documents: where they end, and what is used in them.

use super::names::{Variables, is_name_start, name, variable};

/// Documents without an end that are looked for in one script, at most.
pub const MAX_LOST: usize = 8;

/// A here-document that is announced: `<<EOF`.
#[derive(Debug)]
pub struct Heredoc<'t> {
    end: &'t str,
    /// Whether its end is in quotes: then nothing in it is expanded.
    is_quoted: bool,
}

/// What a text that begins with `<<` announces, and how long that is.
pub fn opening(text: &str) -> (Option<Heredoc<'_>>, usize) {
    let rest = text[2..].trim_start_matches('-').trim_start_matches([' ', '\t']);
    let start = text.len() - rest.len();
    let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"' | '\\'));
    let word = quote.map_or(rest, |_| &rest[1..]);
    let end = name(word);
    let length = start + usize::from(quote.is_some()) + end.len();
    let is_quoted = quote.is_some();
    let heredoc = (!end.is_empty()).then_some(Heredoc { end, is_quoted });
    let closing = usize::from(quote.is_some_and(|quote| quote != '\\' && word[end.len()..].starts_with(quote)));
    (heredoc, if end.is_empty() { 2 } else { length + closing })
}

impl Heredoc<'_> {
    /// The lines before its end, and how long they are with it; `None` without an end.
    pub fn body<'t>(&self, text: &'t str) -> Option<(&'t str, usize)> {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if line.trim() == self.end {
                return Some((&text[..start], start + line.len()));
            }
            start += line.len();
        }
        None
    }

    /// Adds what a body uses, and what its lines set, where they become a file of variables.
    pub fn read<'t>(&self, body: &'t str, offset: usize, found: &mut Variables<'t>) {
        let mut start = 0;
        for line in body.split_inclusive('\n') {
            let from = found.uses.len();
            if !self.is_quoted {
                uses(line, offset + start, found);
            }
            let line_from_word = line.trim_start();
            let line_from_name = line_from_word.strip_prefix("export ").unwrap_or(line_from_word);
            let set = name(line_from_name);
            let is_set = !set.is_empty() && line_from_name[set.len()..].starts_with('=');
            if is_set && found.uses[from..].iter().all(|(used, _)| *used != set) {
                found.defines.push(set);
            }
            start += line.len();
        }
    }
}

/// Adds what a text without quotes uses.
fn uses<'t>(text: &'t str, offset: usize, found: &mut Variables<'t>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'$', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += next;
        let braces = usize::from(bytes.get(at + 1) == Some(&b'{'));
        match bytes.get(at + 1) {
            Some(b'{') => {}
            Some(byte) if bytes[at] == b'$' && is_name_start(*byte) => {}
            _ => {
                at += 2;
                continue;
            }
        }
        if bytes[at] == b'\\' {
            at += 2;
            continue;
        }
        let (name, place) = variable(text, at + 1 + braces);
        let behind = &text.as_bytes()[place.end..];
        let is_whole = match braces {
            0 => !behind.starts_with(b"$[["),
            _ => matches!(
                behind.first(),
                Some(b'}' | b':' | b'-' | b'?' | b'+' | b'%' | b'#' | b'/')
            ),
        };
        if is_whole && !name.is_empty() {
            found.uses.push((name, offset + place.start..offset + place.end));
        }
        at = place.end;
    }
}
