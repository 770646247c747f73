//! A text with possible syntax errors, statement by statement: each with all the lines that belong to it.
//!
//! A list or a table that is opened owns its lines up to the bracket that closes it; where none does, up to the next
//! header. So nothing in it is taken for something else.

use super::lines::{Line, kind_of_line, next_line};
use std::ops::Range;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

#[derive(Debug)]
pub struct Statement {
    pub range: Range<usize>,
    pub kind: Line,
    /// Where the outermost list or table begins, if it runs over lines.
    pub opening: Option<usize>,
    /// What nothing closes: a list, a table or a text.
    pub unclosed: Option<usize>,
    /// A text that does not end on its line.
    pub open_text: Option<Range<usize>>,
}

impl Statement {
    /// The lines behind the first one.
    pub fn further_lines<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
        let mut at = next_line(text, self.range.start).min(self.range.end);
        let rest = &text[at..self.range.end];
        rest.split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            (start, line)
        })
    }
}

/// The statements of a text in their order, without blank lines and comments.
pub struct Statements<'t> {
    text: &'t str,
    at: usize,
    /// How many bytes were read in vain, in search of a bracket that is not there.
    pub read_again: usize,
}

impl<'t> Statements<'t> {
    pub fn of(text: &'t str, from: usize) -> Self {
        Self {
            text,
            at: from,
            read_again: 0,
        }
    }

    fn scan(&mut self, start: usize, kind: Line) -> Statement {
        let text = self.text;
        let mut open = Open::default();
        let mut opening = None;
        // Where a list that nothing closes ends: a key with a value cannot be in it.
        let mut next_key = None;
        let mut open_text = None;
        let mut end = text.len();
        for token in Source::new(&text[start..]).lex() {
            let (at, behind) = (start + token.span().start(), start + token.span().end());
            let written = &text[at..behind];
            match token.kind() {
                TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => open.push(text, at),
                TokenKind::RightSquareBracket => open.close(text, b'['),
                TokenKind::RightCurlyBracket => open.close(text, b'{'),
                TokenKind::MlBasicString | TokenKind::MlLiteralString if !is_closed(written, 3) => {
                    return Statement {
                        range: start..text.len(),
                        kind,
                        opening,
                        unclosed: Some(at),
                        open_text,
                    };
                }
                TokenKind::BasicString | TokenKind::LiteralString if !is_closed(written, 1) => {
                    open_text.get_or_insert(at..at + written.trim_end().len());
                    // The brackets behind a text without its end were meant as brackets.
                    let behind = written.trim_end_matches([']', '}', ',', ' ', '\t', '\r']);
                    for bracket in written[behind.len()..].bytes() {
                        match bracket {
                            b']' => open.close(text, b'['),
                            b'}' => open.close(text, b'{'),
                            _ => {}
                        }
                    }
                }
                TokenKind::Newline => {
                    let Some(first) = open.brackets.first() else {
                        end = behind;
                        break;
                    };
                    opening.get_or_insert(*first);
                    let rest = &text[behind..];
                    if begins_section(rest) {
                        end = behind;
                        break;
                    }
                    if next_key.is_none() && kind_of_line(rest) == Line::Statement && open.tables == 0 {
                        next_key = Some(behind);
                    }
                }
                _ => {}
            }
        }
        let unclosed = open.brackets.first().copied();
        if let Some(next) = next_key.filter(|_| unclosed.is_some()) {
            self.read_again += end - next;
            end = next;
        }
        Statement {
            range: start..end,
            kind,
            opening: opening.or(unclosed),
            unclosed,
            open_text,
        }
    }
}

impl Iterator for Statements<'_> {
    type Item = Statement;

    fn next(&mut self) -> Option<Statement> {
        let text = self.text;
        loop {
            let start = self.at;
            if start >= text.len() {
                return None;
            }
            let end = next_line(text, start);
            self.at = end;
            let line = text[start..end].trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let kind = kind_of_line(&text[start..]);
            let statement = match kind {
                Line::Header => Statement {
                    range: start..end,
                    kind,
                    opening: None,
                    unclosed: None,
                    open_text: None,
                },
                Line::Statement | Line::Continuation => self.scan(start, kind),
            };
            self.at = statement.range.end;
            return Some(statement);
        }
    }
}

/// Brackets that are open, by their places.
#[derive(Default)]
struct Open {
    brackets: Vec<usize>,
    /// How many of them are curly.
    tables: usize,
}

impl Open {
    fn push(&mut self, text: &str, at: usize) {
        self.tables += usize::from(text.as_bytes()[at] == b'{');
        self.brackets.push(at);
    }

    /// Closes the innermost bracket of this kind, and whatever was left open in it.
    fn close(&mut self, text: &str, bracket: u8) {
        let lists = self.brackets.len() - self.tables;
        if (if bracket == b'{' { self.tables } else { lists }) == 0 {
            return;
        }
        while let Some(at) = self.brackets.pop() {
            let closed = text.as_bytes()[at];
            self.tables -= usize::from(closed == b'{');
            if closed == bracket {
                return;
            }
        }
    }
}

fn is_closed(written: &str, quotes: usize) -> bool {
    let quote = &written[..quotes.min(written.len())];
    let Some(inner) = written.get(quotes..).filter(|inner| inner.len() >= quotes) else {
        return false;
    };
    let Some(inner) = inner.strip_suffix(quote) else {
        return false;
    };
    let escapes = inner.bytes().rev().take_while(|byte| *byte == b'\\').count();
    quote.starts_with('\'') || escapes % 2 == 0
}

/// Whether the first line of `rest` begins a section, and is not a list in a list such as `[1, 2]`.
fn begins_section(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default().trim();
    let Some(mut inner) = line.strip_prefix('[') else {
        return false;
    };
    let double = inner.strip_prefix('[');
    inner = double.unwrap_or(inner);
    let mut parts = 0;
    let mut is_word = false;
    loop {
        inner = inner.trim_start();
        let length = match inner.chars().next() {
            Some(quote @ ('"' | '\'')) => inner[1..].find(quote).map_or(0, |at| at + 2),
            _ => inner
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
                .unwrap_or(inner.len()),
        };
        if length == 0 {
            return false;
        }
        let part = &inner[..length];
        let is_value = matches!(part, "true" | "false" | "inf" | "nan");
        is_word |= parts == 0 && part.starts_with(char::is_alphabetic) && !is_value;
        parts += 1;
        inner = inner[length..].trim_start();
        match inner.strip_prefix('.') {
            Some(next) => inner = next,
            None => break,
        }
    }
    if inner.is_empty() {
        return parts > 1;
    }
    let closed = inner.strip_prefix(if double.is_some() { "]]" } else { "]" });
    let ends = closed.map(str::trim_start);
    ends.is_some_and(|behind| behind.is_empty() || behind.starts_with('#')) && (is_word || parts > 1)
}

#[cfg(test)]
mod tests {
    use super::{Statements, begins_section};

    #[test]
    fn a_section_is_told_from_a_list_in_a_list() {
        for header in [
            "[services.a]",
            "[[waivers]] # two",
            "  [ services . 'a' ]",
            "[\"services\".a]",
            "[organization]",
            "[größe.a]",
            "[reports.x",
        ] {
            assert!(begins_section(header), "{header}");
        }
        for list in [
            "[1, 2],",
            "[1]",
            "[2026-01-01]",
            "[true]",
            "[\"a\"]",
            "[\"a\", \"b\"]",
            "[[1], [2]]",
            "[",
            "[{ a = 1 }]",
            "[]",
            "",
        ] {
            assert!(!begins_section(list), "{list}");
        }
    }

    #[test]
    fn each_statement_owns_its_lines() {
        let text = "a = [\n1\n]\nb = { x = 1\ny = 2\n}\n[t.u]\nc = [\"x\"\nd = 1\ne = {\nf = 2\n[v]\ng = '''\n[w]\n'''\noops\nh = \"x\n";
        let statements: Vec<&str> = Statements::of(text, 0).map(|one| &text[one.range]).collect();
        assert_eq!(
            statements,
            [
                "a = [\n1\n]\n",
                "b = { x = 1\ny = 2\n}\n",
                "[t.u]\n",
                "c = [\"x\"\n",
                "d = 1\n",
                "e = {\nf = 2\n",
                "[v]\n",
                "g = '''\n[w]\n'''\n",
                "oops\n",
                "h = \"x\n",
            ]
        );
    }
}
