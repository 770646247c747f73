//! Where the top-level blocks of a file begin and end, also when one of them is torn.

use std::collections::HashMap;
use std::ops::Range;

/// A top-level block or attribute, or what stands between two.
#[derive(Debug)]
pub struct Piece {
    pub range: Range<usize>,
    /// From the first word to the last label.
    pub header: Range<usize>,
    /// The header as far as it is one: `resource "aws_iam_user" "x"`.
    pub named: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The most entries that one pair of braces holds.
    pub widest: usize,
}

/// What is open at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Brace(usize),
    Hole(usize),
    Bracket,
    Quote,
}

/// Words that begin a block of Terraform. At the start of a line, within another block, they show that that one is torn.
const BEGINS: &[&str] = &[
    "resource",
    "data",
    "module",
    "variable",
    "output",
    "provider",
    "locals",
    "terraform",
    "moved",
    "import",
    "removed",
    "check",
    "ephemeral",
];

pub fn pieces(text: &str) -> Vec<Piece> {
    let mut scanner = Scanner::new(text);
    let mut pieces = Vec::new();
    let (mut line, mut counted) = (1, 0);
    loop {
        scanner.skip_blank();
        let start = scanner.at;
        if start >= text.len() {
            return pieces;
        }
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..start]).count();
        counted = start;
        let widest = scanner.item();
        let (header, named) = header(text, start..scanner.at);
        pieces.push(Piece {
            range: start..scanner.at,
            header,
            named,
            line,
            widest,
        });
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// By the word that a line begins with: the last such line.
    last_line: HashMap<&'t str, usize>,
    last_comment_end: usize,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        let mut last_line = HashMap::new();
        let mut start = 0;
        if text.contains("<<") {
            for line in text.split_inclusive('\n') {
                let word = first_word(line);
                if !word.is_empty() {
                    last_line.insert(word, start);
                }
                start += line.len();
            }
        }
        Self {
            text,
            at: 0,
            last_line,
            last_comment_end: text.rfind("*/").unwrap_or(0),
        }
    }

    fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at.min(self.text.len())..]
    }

    /// To just before the end of the line.
    fn skip_line(&mut self) {
        self.at += memchr::memchr(b'\n', self.rest()).unwrap_or(self.rest().len());
    }

    /// Over a comment, when one begins here.
    fn skip_comment(&mut self) -> bool {
        match self.rest() {
            [b'#', ..] | [b'/', b'/', ..] => self.skip_line(),
            [b'/', b'*', ..] if self.at < self.last_comment_end => {
                let end = memchr::memmem::find(&self.rest()[2..], b"*/");
                self.at += end.map_or(2, |end| end + 4);
            }
            _ => return false,
        }
        true
    }

    fn skip_blank(&mut self) {
        while let Some(&byte) = self.rest().first() {
            if byte.is_ascii_whitespace() {
                self.at += 1;
            } else if !self.skip_comment() {
                return;
            }
        }
    }

    /// Over a heredoc, when one begins here that also ends.
    fn skip_heredoc(&mut self) -> bool {
        let Some(after) = self.text.get(self.at..).and_then(|rest| rest.strip_prefix("<<")) else {
            return false;
        };
        let word = first_word(after.strip_prefix('-').unwrap_or(after));
        if word.is_empty() || self.last_line.get(word).is_none_or(|line| *line <= self.at) {
            return false;
        }
        self.skip_line();
        while self.at < self.text.len() {
            self.at += 1;
            let line = &self.text[self.at..];
            if first_word(line) == word {
                self.at += line.len() - line.trim_start_matches([' ', '\t']).len() + word.len();
                return true;
            }
            self.skip_line();
        }
        true
    }

    /// Over one block or attribute; the most entries that it has in one place.
    fn item(&mut self) -> usize {
        let mut open: Vec<Open> = Vec::new();
        let mut braces = 0_usize;
        let mut widest = 0;
        while let Some(&byte) = self.rest().first() {
            let next = self.rest().get(1).copied();
            if open.last() == Some(&Open::Quote) {
                match (byte, next) {
                    (b'\\', Some(b'\n') | None) => self.at += 1,
                    (b'\\', Some(_)) => self.at += 2,
                    (b'$' | b'%', Some(other)) if other == byte && self.rest().get(2) == Some(&b'{') => self.at += 3,
                    (b'$' | b'%', Some(b'{')) => {
                        open.push(Open::Hole(0));
                        braces += 1;
                        self.at += 2;
                    }
                    // A string ends with its line; what is in braces in it need not.
                    (b'"', _) => {
                        open.pop();
                        self.at += 1;
                    }
                    (b'\n', _) => {
                        open.pop();
                    }
                    _ => self.at += 1,
                }
                continue;
            }
            match byte {
                b'"' => open.push(Open::Quote),
                b'[' | b'(' => open.push(Open::Bracket),
                b'{' => {
                    open.push(Open::Brace(0));
                    braces += 1;
                }
                b']' | b')' if open.last() == Some(&Open::Bracket) => {
                    open.pop();
                }
                b'}' if braces > 0 => {
                    while let Some(closed) = open.pop() {
                        if let Open::Brace(items) | Open::Hole(items) = closed {
                            widest = widest.max(items);
                            braces -= 1;
                            break;
                        }
                    }
                    if open.is_empty() {
                        self.at += 1;
                        return widest;
                    }
                }
                b'=' | b':' => {
                    if let Some(Open::Brace(items) | Open::Hole(items)) = open.last_mut() {
                        *items += 1;
                    }
                }
                b'\n' if open.is_empty() => return widest,
                b'\n' if begins(&self.rest()[1..]) => {
                    self.at += 1;
                    return widest;
                }
                b'#' | b'/' if self.skip_comment() => continue,
                b'<' if self.skip_heredoc() => continue,
                _ => {}
            }
            self.at += 1;
        }
        // What is still open counts too: it was never closed.
        open.iter().fold(widest, |widest, open| match open {
            Open::Brace(items) | Open::Hole(items) => widest.max(*items),
            Open::Bracket | Open::Quote => widest,
        })
    }
}

/// The word that a line begins with.
fn first_word(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t']);
    let end = line.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
    &line[..end.unwrap_or(line.len())]
}

fn begins(line: &[u8]) -> bool {
    BEGINS.iter().any(|word| {
        line.strip_prefix(word.as_bytes()).is_some_and(|rest| {
            let after = rest.iter().position(|byte| *byte != b' ').unwrap_or(rest.len());
            matches!(rest.get(after), Some(b'"' | b'{'))
        })
    })
}

/// The word and the labels that a piece begins with, if it does.
fn header(text: &str, piece: Range<usize>) -> (Range<usize>, String) {
    let mut end = piece.start;
    let mut words = Vec::new();
    while words.len() < 4 {
        let rest = &text[end..piece.end];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = &rest[blank..];
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let quote = usize::from(rest.starts_with('"'));
        let inner = &rest[quote..];
        let len = inner.find(|c: char| !is_plain(c)).unwrap_or(inner.len());
        let is_closed = quote == 0 || inner[len..].starts_with('"');
        if len == 0 || len > 100 || !is_closed || (words.is_empty() && quote == 1) {
            break;
        }
        let len = len + 2 * quote;
        words.push(&rest[..len]);
        end += blank + len;
    }
    (piece.start..end, words.join(" "))
}
