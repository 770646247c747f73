//! The words, texts and signs of Groovy, as far as it takes to tell code from comments and from what is in quotes.

/// Strings with code in them with strings in them, at most; behind deeper ones nothing is read.
const MAX_DEPTH: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name, a keyword or a number.
    Word,
    /// What is in simple quotes, on one line.
    Text,
    /// A string of another form.
    Other,
    Sign(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    pub kind: Kind,
    /// Of a text: without its quotes.
    pub text: &'t str,
    pub start: usize,
    /// Whether a line ends between it and the token before.
    pub is_on_new_line: bool,
}

/// The tokens of a text, up to what is nested too deeply.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut lexer = Lexer {
        text,
        at: 0,
        before: None,
        no_dollar_slashy: false,
    };
    if text.trim_start_matches('\u{feff}').starts_with("#!") {
        lexer.skip_line();
    }
    std::iter::from_fn(move || lexer.next_token())
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    before: Option<Token<'t>>,
    /// Whether it is known that no `/$` follows.
    no_dollar_slashy: bool,
}

/// What is open in a string.
enum Open {
    /// A string with so many quotes.
    Quotes(usize),
    /// Code in a string, and how many braces are open in it.
    Code(usize),
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Past a number of bytes, and on to the next character.
    fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.text.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    fn skip_line(&mut self) {
        let end = memchr::memchr(b'\n', self.rest().as_bytes());
        self.at = end.map_or(self.text.len(), |end| self.at + end);
    }

    /// Behind the next of some words, or to the end.
    fn behind(&mut self, word: &str) {
        let found = memchr::memmem::find(self.rest().as_bytes(), word.as_bytes());
        self.at = found.map_or(self.text.len(), |found| self.at + found + word.len());
    }

    fn next_token(&mut self) -> Option<Token<'t>> {
        let from = self.at;
        self.skip_blanks();
        // What is passed over is looked at once: the ends of lines in it are those of comments too.
        let is_on_new_line = self.text[from..self.at].contains('\n');
        let start = self.at;
        let rest = self.rest();
        let byte = rest.bytes().next()?;
        let is_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let token = |kind, text, start| Token {
            kind,
            text,
            start,
            is_on_new_line,
        };
        let found = match byte {
            b'\'' | b'"' => {
                let quote = byte;
                let is_triple = rest.as_bytes().starts_with(&[quote; 3]);
                let quotes = if is_triple { 3 } else { 1 };
                self.at += quotes;
                let is_whole = if quote == b'"' {
                    self.double(quotes)?
                } else {
                    self.single(quotes)
                };
                let inner = start + quotes..self.at.saturating_sub(quotes);
                match self.text.get(inner) {
                    Some(text) if is_whole && !is_triple => token(Kind::Text, text, start + quotes),
                    _ => token(Kind::Other, "", start),
                }
            }
            b'/' if self.may_begin_string() && self.slashy() => token(Kind::Other, "", start),
            b'$' if rest.starts_with("$/") && self.may_begin_string() && self.dollar_slashy() => {
                token(Kind::Other, "", start)
            }
            _ if rest.starts_with(is_of_word) => {
                let length = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
                self.at += length;
                token(Kind::Word, &rest[..length], start)
            }
            _ => {
                self.skip(1);
                token(Kind::Sign(byte), "", start)
            }
        };
        self.before = Some(found);
        Some(found)
    }

    /// Past blanks and comments.
    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len()
                - rest
                    .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
                    .len();
            self.at += blank;
            if self.rest().starts_with("//") {
                self.skip_line();
            } else if self.rest().starts_with("/*") {
                self.at += 2;
                self.behind("*/");
            } else {
                return;
            }
        }
    }

    /// Past a string in which nothing is replaced, and whether it has an end.
    fn single(&mut self, quotes: usize) -> bool {
        while let Some(next) = memchr::memchr3(b'\'', b'\\', b'\n', self.rest().as_bytes()) {
            self.at += next;
            match self.rest().as_bytes() {
                [b'\\', ..] => self.skip(2),
                [b'\n', ..] if quotes == 1 => return false,
                rest if rest.starts_with(&b"'''"[..quotes]) => {
                    self.at += quotes;
                    return true;
                }
                _ => self.at += 1,
            }
        }
        self.at = self.text.len();
        false
    }

    /// Past a string with code in it, and whether it has an end; `None` where it is nested too deeply.
    fn double(&mut self, quotes: usize) -> Option<bool> {
        let mut open = vec![Open::Quotes(quotes)];
        while let Some(inner) = open.last_mut() {
            let rest = self.rest().as_bytes();
            let Some(byte) = rest.first() else { return Some(false) };
            match (inner, byte) {
                (_, b'\\') => self.skip(2),
                (Open::Quotes(1), b'\n') => {
                    // Without an end on its line it is none; what is behind is read again.
                    open.pop();
                    if open.is_empty() {
                        return Some(false);
                    }
                }
                (Open::Quotes(count), b'"') if rest.starts_with(&b"\"\"\""[..*count]) => {
                    self.at += *count;
                    open.pop();
                }
                (Open::Quotes(_), b'$') if rest.starts_with(b"${") => {
                    self.at += 2;
                    open.push(Open::Code(0));
                }
                (Open::Code(braces), b'{') => {
                    *braces += 1;
                    self.at += 1;
                }
                (Open::Code(0), b'}') => {
                    self.at += 1;
                    open.pop();
                }
                (Open::Code(braces), b'}') => {
                    *braces -= 1;
                    self.at += 1;
                }
                (Open::Code(_), b'"') => {
                    let quotes = if rest.starts_with(b"\"\"\"") { 3 } else { 1 };
                    self.at += quotes;
                    open.push(Open::Quotes(quotes));
                }
                (Open::Code(_), b'\'') => {
                    let quotes = if rest.starts_with(b"'''") { 3 } else { 1 };
                    self.at += quotes;
                    self.single(quotes);
                }
                _ => self.skip(1),
            }
            if open.len() > MAX_DEPTH {
                self.at = self.text.len();
                return None;
            }
        }
        Some(true)
    }

    /// Whether a slash here begins a string, and divides nothing.
    fn may_begin_string(&self) -> bool {
        let Some(before) = self.before else { return true };
        match before.kind {
            Kind::Sign(sign) => b"(,=[{};:!&|?~+<>".contains(&sign),
            Kind::Word => matches!(before.text, "return" | "in" | "case"),
            Kind::Text | Kind::Other => false,
        }
    }

    /// Past a string in slashes, if it ends on its line.
    fn slashy(&mut self) -> bool {
        let mut at = self.at + 1;
        while let Some(byte) = self.text.as_bytes().get(at) {
            match byte {
                b'\\' => at += 2,
                b'\n' => return false,
                b'/' => {
                    self.at = at + 1;
                    return true;
                }
                _ => at += 1,
            }
        }
        false
    }

    fn dollar_slashy(&mut self) -> bool {
        if self.no_dollar_slashy {
            return false;
        }
        let found = memchr::memmem::find(&self.rest().as_bytes()[2..], b"/$");
        self.no_dollar_slashy = found.is_none();
        if let Some(found) = found {
            self.at += 2 + found + 2;
        }
        found.is_some()
    }
}
