//! HCL with the place of everything in it, and without what the parser's own tree keeps for writing it back.
//!
//! A syntax error loses the block that it stands in, and no other.

mod convert;
mod cut;
mod json;

pub use json::parse_json;

use super::Unread;
use crate::source::Span;

/// A word of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    pub text: String,
    /// Its place, with the quotes around it.
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub kind: Name,
    pub labels: Vec<Name>,
    pub body: Body,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    pub attributes: Vec<Attribute>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    pub key: Name,
    pub value: Expr,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub span: Span,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A string without interpolation, quoted or as a heredoc.
    Text(String),
    /// A string with something in it that is worked out later.
    Template(Vec<Part>),
    /// A number; `None` for one that is negative, has a fraction or is beyond 64 bits.
    Number(Option<u64>),
    Bool(bool),
    List(Vec<Expr>),
    Object(Vec<(Key, Expr)>),
    /// `aws_iam_user.deployer[0].name`: the names on the way; what is in brackets is left out.
    Reference(Vec<String>),
    /// The same after something that is no name: `one(x).name`.
    Access(Box<Expr>, Vec<String>),
    Call(String, Vec<Expr>),
    /// Whatever else there is, as far as its value may come from there.
    Other(Vec<Expr>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Literal(String),
    Hole(Expr),
}

/// The key of an object's item.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// `None` when it is worked out later.
    pub text: Option<String>,
    pub span: Span,
}

/// A part of a file that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Lost {
    pub unread: Unread,
    /// All of it.
    pub whole: Span,
}

/// What could be read of a file.
#[derive(Debug, Default)]
pub struct Parsed {
    pub body: Body,
    pub unread: Vec<Lost>,
    /// What could not be read, and may hold anything.
    pub opaque: Vec<Span>,
}

impl Body {
    pub fn get(&self, key: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.key.text == key)
    }

    pub fn value(&self, key: &str) -> Option<&Expr> {
        self.get(key).map(|attribute| &attribute.value)
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.value(key)?.text()
    }

    pub fn blocks<'b>(&'b self, kind: &'b str) -> impl Iterator<Item = &'b Body> {
        self.blocks
            .iter()
            .filter(move |block| block.kind.text == kind)
            .map(|block| &block.body)
    }
}

impl Expr {
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of an object's item.
    pub fn item(&self, key: &str) -> Option<&Expr> {
        match &self.value {
            Value::Object(items) => items
                .iter()
                .find(|(at, _)| at.text.as_deref() == Some(key))
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The items of a list, or the one thing that stands where a list may.
    pub fn items(&self) -> &[Expr] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The expressions that it is made of.
    pub fn parts(&self) -> Vec<&Expr> {
        match &self.value {
            Value::Template(parts) => parts
                .iter()
                .filter_map(|part| match part {
                    Part::Hole(hole) => Some(hole),
                    Part::Literal(_) => None,
                })
                .collect(),
            Value::List(items) | Value::Call(_, items) | Value::Other(items) => items.iter().collect(),
            Value::Object(items) => items.iter().map(|(_, value)| value).collect(),
            Value::Access(base, _) => vec![base],
            Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Reference(_) => Vec::new(),
        }
    }
}

/// Reads a file, or as much of it as can be read.
pub fn parse(text: &str) -> Parsed {
    // A mark of the byte order counts in all places.
    let base = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let rest = &text[base..];
    if (rest.len() <= SMALL || is_cheap(rest))
        && let Ok(body) = hcl_edit::parser::parse_body(rest)
    {
        return Parsed {
            body: convert::body(&body, base),
            ..Parsed::default()
        };
    }
    let mut parsed = Parsed::default();
    let mut is_after_unread = false;
    let mut extra = EXTRA_COST;
    for piece in cut::pieces(rest) {
        let beyond = piece.cost.saturating_sub(piece.range.len() * COST_OF_BYTE);
        let is_wide = piece.widest > MAX_ITEMS || beyond > extra;
        if !is_wide {
            extra -= beyond;
        }
        let why = if is_wide {
            "has too many entries in one place"
        } else if piece.prefixes > MAX_PREFIXES {
            TOO_LONG
        } else {
            match hcl_edit::parser::parse_body(&rest[piece.range.clone()]) {
                Ok(body) => {
                    let body = convert::body(&body, base + piece.range.start);
                    parsed.body.attributes.extend(body.attributes);
                    parsed.body.blocks.extend(body.blocks);
                    is_after_unread = false;
                    continue;
                }
                Err(error) if error.message().contains("nest") => "is nested beyond 64 levels",
                Err(error) if error.message().contains("chained") => TOO_LONG,
                Err(_) => "could not be parsed",
            }
        };
        parsed
            .opaque
            .push(Span::new(base + piece.header.end..base + piece.range.end));
        // What follows a torn block without a head of its own belongs to it.
        if piece.named.is_empty()
            && is_after_unread
            && let Some(torn) = parsed.unread.last_mut()
        {
            torn.whole = Span::new(torn.whole.range().start..base + piece.range.end);
            continue;
        }
        is_after_unread = true;
        let what = match piece.named.as_str() {
            "" => format!("the text from line {}", piece.line),
            named => format!("the block `{named}` from line {}", piece.line),
        };
        parsed.unread.push(Lost {
            unread: Unread {
                span: Span::new(base + piece.header.start..base + piece.header.end),
                why: format!("{what} {why}"),
            },
            whole: Span::new(base + piece.range.start..base + piece.range.end),
        });
    }
    parsed
}

/// Whether the parser, which looks up each key of an object among all before it, reads a text in time in one go.
fn is_cheap(text: &str) -> bool {
    let pieces = cut::pieces(text);
    let cost = if pieces.iter().any(|piece| piece.is_unsure) {
        cut::entries(text).saturating_pow(2)
    } else {
        pieces
            .iter()
            .fold(0, |sum: usize, piece| sum.saturating_add(piece.cost))
    };
    let is_plain = |piece: &cut::Piece| piece.widest <= MAX_ITEMS && piece.prefixes <= MAX_PREFIXES;
    cost <= text.len() * COST_OF_BYTE + EXTRA_COST && pieces.iter().all(is_plain)
}

/// Up to here no object is so wide that looking up its keys takes long.
const SMALL: usize = 16 * 1024;

const TOO_LONG: &str = "has an expression that is too long";

/// How many `!` and `-` may stand in a row.
const MAX_PREFIXES: usize = 16;

/// How often keys may be compared for each byte of a block, and how often more in all of a file.
const COST_OF_BYTE: usize = 64;
const EXTRA_COST: usize = 32_000_000;

/// How many entries an object or a body may have.
const MAX_ITEMS: usize = 4_000;

#[cfg(test)]
mod tests;
