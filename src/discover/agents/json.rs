//! JSON as editors and agents write it: with comments, and with a comma behind the last of a list.

use jsonc_parser::ast::{ObjectPropName, StringLit, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseError;
use jsonc_parser::tokens::Token;
use jsonc_parser::{CollectOptions, ParseOptions, Scanner, ScannerOptions, parse_to_ast};
use std::borrow::Cow;

use crate::discover::Unread;
use crate::discover::yaml::{MAX_DEPTH, MAX_NODES};
use crate::source::Span;

/// What a text holds, and where its comments are.
pub struct Document<'t> {
    pub value: Option<Value<'t>>,
    pub comments: Vec<Span>,
    /// How much stands before what was parsed: a byte order mark.
    offset: usize,
}

impl<'t> Document<'t> {
    /// Reads a text, the depth and size of which are looked at before a tree is made of it.
    pub fn read(text: &'t str) -> Result<Self, Unread> {
        let inner = text.strip_prefix('\u{feff}').unwrap_or(text);
        let offset = text.len() - inner.len();
        let comments = comments(inner, offset)?;
        let parsed = parse_to_ast(inner, &CollectOptions::default(), &OPTIONS);
        let value = parsed.map_err(|error| no_json(&error, inner, offset))?.value;
        Ok(Self {
            value,
            comments,
            offset,
        })
    }

    /// What is between the quotes of a text.
    pub fn span(&self, text: &StringLit<'_>) -> Span {
        self.inside(text.start() + 1, text.end().saturating_sub(1))
    }

    /// Where a part of a text stands, if nothing in it is escaped.
    pub fn part(&self, text: &StringLit<'_>, part: std::ops::Range<usize>) -> Option<Span> {
        let start = text.start() + 1;
        matches!(text.value, Cow::Borrowed(_)).then(|| self.inside(start + part.start, start + part.end))
    }

    /// The name of a key; only what stands in quotes is one.
    pub fn key<'v>(&self, name: &'v ObjectPropName<'t>) -> Option<(&'v str, Span)> {
        match name {
            ObjectPropName::String(text) => Some((&*text.value, self.span(text))),
            ObjectPropName::Word(_) => None,
        }
    }

    fn inside(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset + start..self.offset + end.max(start))
    }
}

/// What VS Code and Claude Code take. More than that is no setting of theirs.
const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Where the comments of a text are, if it is neither too deep nor too large.
fn comments(text: &str, offset: usize) -> Result<Vec<Span>, Unread> {
    let options = ScannerOptions {
        allow_single_quoted_strings: OPTIONS.allow_single_quoted_strings,
        allow_hexadecimal_numbers: OPTIONS.allow_hexadecimal_numbers,
        allow_unary_plus_numbers: OPTIONS.allow_unary_plus_numbers,
        allow_bare_decimal_point_numbers: OPTIONS.allow_bare_decimal_point_numbers,
        allow_non_finite_numbers: OPTIONS.allow_non_finite_numbers,
        allow_extended_string_escapes: OPTIONS.allow_extended_string_escapes,
    };
    let mut scanner = Scanner::new(text, &options);
    let (mut comments, mut depth, mut nodes) = (Vec::new(), 0_usize, 0_usize);
    while let Some(token) = scanner.scan().map_err(|error| no_json(&error, text, offset))? {
        let span = Span::new(offset + scanner.token_start()..offset + scanner.token_end());
        match token {
            Token::OpenBrace | Token::OpenBracket => depth += 1,
            Token::CloseBrace | Token::CloseBracket => depth = depth.saturating_sub(1),
            Token::CommentLine(_) | Token::CommentBlock(_) => comments.push(span),
            _ => {}
        }
        nodes += usize::from(!matches!(
            token,
            Token::Comma | Token::Colon | Token::CloseBrace | Token::CloseBracket
        ));
        let why = match (depth > MAX_DEPTH, nodes > MAX_NODES) {
            (false, false) => continue,
            (true, _) => format!("it is nested deeper than {MAX_DEPTH} levels"),
            (_, true) => "it has more than 250,000 values".to_owned(),
        };
        return Err(Unread { span, why });
    }
    Ok(comments)
}

fn no_json(error: &ParseError, text: &str, offset: usize) -> Unread {
    // Whatever the parser says, it is inside the text and cuts no character.
    let start = error.range().start.min(text.len());
    let start = offset + (0..=start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    Unread {
        span: Span::new(start..start),
        why: "it is not JSON from here on, and nothing of it was read".to_owned(),
    }
}
