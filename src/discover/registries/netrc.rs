//! `.netrc`: words, of which `machine` begins what is meant for a host.

use super::{add, lines, span};
use crate::discover::{Shows, addresses, written_out};
use crate::source::Span;

/// Adds what the machines show, and gives the names in them.
pub fn see(text: &str, shows: &mut Shows) -> Vec<Span> {
    let mut names = Vec::new();
    let mut host = None;
    let mut words = Words::new(text);
    while let Some((start, word)) = words.next() {
        match word {
            // The text of a macro ends at an empty line.
            "macdef" => words.skip_paragraph(),
            "default" => host = None,
            "machine" => {
                let next = words.next();
                host = next.and_then(|(_, host)| addresses::host_of(host));
                names.extend(next.map(|(start, host)| span(start, host)));
            }
            "login" | "account" => drop(words.next()),
            "password" => {
                let value = words.next();
                if let Some(host) = host
                    && value.is_some_and(|(_, value)| written_out::is_written_out(unquoted(value)))
                {
                    add(shows, host, span(start, word));
                }
            }
            _ => {
                if word.starts_with('#') {
                    words.skip_line();
                }
                continue;
            }
        }
        names.push(span(start, word));
    }
    names
}

fn unquoted(word: &str) -> &str {
    word.strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(word)
}

struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    fn new(text: &'t str) -> Self {
        let at = lines(text).next().map_or(0, |(start, _)| start);
        Self { text, at }
    }

    /// The next word, and where it begins; one in quotes with its blanks.
    fn next(&mut self) -> Option<(usize, &'t str)> {
        let rest = &self.text[self.at..];
        let word = rest.trim_start();
        let start = self.at + rest.len() - word.len();
        let len = match word.strip_prefix('"') {
            Some(inner) => quoted(inner).map(|len| len + 1),
            None => None,
        };
        let len = len.unwrap_or_else(|| word.find(char::is_whitespace).unwrap_or(word.len()));
        self.at = start + len;
        (len > 0).then(|| (start, &word[..len]))
    }

    fn skip_line(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.find('\n').unwrap_or(rest.len());
    }

    fn skip_paragraph(&mut self) {
        self.skip_line();
        let mut is_over = false;
        let rest = &self.text[self.at..];
        let text = rest.strip_prefix('\n').unwrap_or(rest);
        self.at += rest.len() - text.len();
        for line in text.split_inclusive('\n') {
            is_over = line.trim().is_empty();
            self.at += line.len();
            if is_over {
                break;
            }
        }
        if !is_over {
            self.at = self.text.len();
        }
    }
}

/// The length of what is in quotes, with the one at its end, which is on the same line.
fn quoted(inner: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            '\n' => return None,
            '\\' if !is_escaped => is_escaped = true,
            '"' if !is_escaped => return Some(at + 1),
            _ => is_escaped = false,
        }
    }
    None
}
