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
    /// How often the parser may compare keys in it: it looks up each key of an object among all before it.
    pub cost: usize,
    /// Whether the parser may take for code what is text here, so that only the number of all entries is sure.
    pub is_unsure: bool,
    /// The most `!` and `-` in a row: at each of them the parser reads anew what follows the last.
    pub prefixes: usize,
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
        let Entries {
            widest,
            cost,
            is_unsure,
            prefixes,
        } = scanner.item();
        let cost = if is_unsure {
            entries(&text[start..scanner.at]).saturating_pow(2)
        } else {
            cost
        };
        let (header, named) = header(text, start..scanner.at);
        pieces.push(Piece {
            range: start..scanner.at,
            header,
            named,
            line,
            widest,
            cost,
            is_unsure,
            prefixes,
        });
    }
}

/// The most entries that a text can have, whatever in it is code.
pub fn entries(text: &str) -> usize {
    memchr::memchr2_iter(b'=', b':', text.as_bytes()).count()
}

/// What one block or attribute holds in braces.
#[derive(Debug, Default)]
struct Entries {
    widest: usize,
    cost: usize,
    is_unsure: bool,
    prefixes: usize,
}

impl Entries {
    fn close(&mut self, items: usize) {
        self.widest = self.widest.max(items);
        self.cost = self.cost.saturating_add(items.saturating_pow(2));
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// By the word that a line begins with: the last such line.
    last_line: HashMap<&'t str, usize>,
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
        Self { text, at: 0, last_line }
    }

    fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at.min(self.text.len())..]
    }

    /// To just before the end of the line.
    fn skip_line(&mut self) {
        self.at += memchr::memchr(b'\n', self.rest()).unwrap_or(self.rest().len());
    }

    /// Over a comment, when one begins here. One that is never closed goes to the end.
    fn skip_comment(&mut self) -> bool {
        match self.rest() {
            [b'#', ..] | [b'/', b'/', ..] => self.skip_line(),
            [b'/', b'*', inner @ ..] => {
                let end = memchr::memmem::find(inner, b"*/");
                self.at += 2 + end.map_or(inner.len(), |end| end + 2);
            }
            _ => return false,
        }
        true
    }

    fn skip_blank(&mut self) {
        while let Some(&byte) = self.rest().first() {
            let start = self.at;
            if byte.is_ascii_whitespace() {
                self.at += 1;
            } else if !self.skip_comment() {
                return;
            } else if byte == b'/' && self.is_torn_comment(start) {
                // It is a piece, since it cannot be read.
                self.at = start;
                return;
            }
        }
    }

    /// Whether the comment that begins at `start`, and that was passed over, is never closed.
    fn is_torn_comment(&self, start: usize) -> bool {
        let comment = &self.text[start..self.at];
        self.at == self.text.len() && comment.starts_with("/*") && (comment.len() < 4 || !comment.ends_with("*/"))
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

    /// Over one block or attribute.
    fn item(&mut self) -> Entries {
        let mut open: Vec<Open> = Vec::new();
        let mut braces = 0_usize;
        let mut found = Entries::default();
        let mut prefixes = 0;
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
                        found.is_unsure = true;
                    }
                    _ => self.at += 1,
                }
                continue;
            }
            prefixes = match byte {
                b'!' | b'-' => prefixes + 1,
                b' ' | b'\t' | b'/' => prefixes,
                _ => 0,
            };
            found.prefixes = found.prefixes.max(prefixes);
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
                            found.close(items);
                            braces -= 1;
                            break;
                        }
                    }
                    if open.is_empty() {
                        self.at += 1;
                        return found;
                    }
                }
                b'=' | b':' => {
                    if let Some(Open::Brace(items) | Open::Hole(items)) = open.last_mut() {
                        *items += 1;
                    }
                }
                b'\n' if open.is_empty() => return found,
                b'\n' if begins(&self.rest()[1..]) => {
                    self.at += 1;
                    break;
                }
                b'#' | b'/' if self.skip_comment() => continue,
                b'<' if next == Some(b'<') => {
                    found.is_unsure = true;
                    if self.skip_heredoc() {
                        continue;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        // What is still open counts too: it was never closed.
        for open in open {
            if let Open::Brace(items) | Open::Hole(items) = open {
                found.close(items);
            }
        }
        found
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
