//! A text, read piece by piece: its tokens are parsed before those of the next piece are made.

use super::build::Builder;
use super::{Table, Value};
use toml_parser::lexer::{Lexer, Token, TokenKind};
use toml_parser::{ParseError, Source};

/// Tokens that are parsed at a time: those of a large file take several times as much memory as it does.
const TOKENS: usize = 8 * 1024;

/// The tree of `text`, or nothing if anything about it is wrong, or unusual enough that it might be.
pub fn build(text: &str) -> Option<Table<'_>> {
    in_pieces(text, TOKENS)
}

/// The same, parsing about so many tokens at a time.
pub(super) fn in_pieces(text: &str, at_once: usize) -> Option<Table<'_>> {
    let mut pieces = Pieces::new(text, at_once);
    while pieces.read() {}
    pieces.finish()
}

/// A text that becomes a tree piece by piece.
pub struct Pieces<'a> {
    builder: Builder<'a>,
    lexer: Lexer<'a>,
    tokens: Vec<Token>,
    at_once: usize,
    error: Option<ParseError>,
}

impl<'a> Pieces<'a> {
    pub fn of(text: &'a str) -> Self {
        Self::new(text, TOKENS)
    }

    pub fn new(text: &'a str, at_once: usize) -> Self {
        Self {
            builder: Builder::new(text),
            lexer: Source::new(text).lex(),
            tokens: Vec::with_capacity(at_once.min(text.len() / 3)),
            at_once,
            error: None,
        }
    }

    /// Reads the next piece, unless there is none, or something is wrong already.
    pub fn read(&mut self) -> bool {
        if self.is_wrong() {
            return false;
        }
        self.tokens.clear();
        let has_more = lex_statements(&mut self.lexer, &mut self.tokens, self.at_once);
        if has_more {
            toml_parser::parser::parse_document(&self.tokens, &mut self.builder, &mut self.error);
        }
        has_more
    }

    /// How many entries the tables with these names have by now.
    pub fn entries_of(&self, names: &[&str]) -> usize {
        let tables = self
            .builder
            .root
            .in_order()
            .filter(|(key, _)| names.contains(&&*key.text));
        let entries = tables.map(|(_, item)| match &item.value {
            Value::Table(table) => table.entries.len(),
            _ => 0,
        });
        entries.sum()
    }

    /// Takes the entries of these tables out of the tree, but for the one that is being read. That one of them is
    /// written again is not noticed any more.
    pub fn take(&mut self, names: &[&str]) -> Table<'a> {
        self.builder.take(names)
    }

    /// What was not taken, or nothing if anything about the text is wrong.
    pub fn finish(mut self) -> Option<Table<'a>> {
        self.builder.finish_section();
        (!self.is_wrong()).then_some(self.builder.root)
    }

    fn is_wrong(&self) -> bool {
        self.error.is_some() || self.builder.failed
    }
}

/// Takes the tokens of the next statements, all of them whole, as far as brackets match. Where they do not, the parser
/// says so.
fn lex_statements(lexer: &mut Lexer<'_>, tokens: &mut Vec<Token>, at_once: usize) -> bool {
    // Two at a time, for the first of them has reached memory by the time that it is moved. To wait for each takes
    // longer than lexing it.
    while tokens.len() < at_once {
        let (first, second) = (lexer.next(), lexer.next());
        tokens.extend(first);
        tokens.extend(second);
        if second.is_none() {
            return !tokens.is_empty();
        }
    }
    let mut depth: i64 = tokens.iter().map(|token| deeper_by(token.kind())).sum();
    for token in lexer {
        depth += deeper_by(token.kind());
        tokens.push(token);
        if token.kind() == TokenKind::Newline && depth <= 0 {
            break;
        }
    }
    !tokens.is_empty()
}

fn deeper_by(kind: TokenKind) -> i64 {
    match kind {
        TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => 1,
        TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => -1,
        _ => 0,
    }
}
