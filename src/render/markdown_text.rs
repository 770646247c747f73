//! Text as Markdown shows it, whatever it holds.

use super::safe;
use std::fmt::Write;

/// A message, in which backticks set off names. A name that holds one itself changes what is set off, and no more.
pub fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((name, after)) = after.split_once('`') else {
            break;
        };
        out.push_str(&escape(before));
        out.push_str(&code(name));
        rest = after;
    }
    out.push_str(&escape(rest));
    out
}

/// A name. Between backticks it is shown as it is, unless it holds what ends them or a cell of a table.
pub fn code(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '/' | ':' | ',' | '=' | '*');
    if !text.trim().is_empty() && text.chars().all(is_plain) {
        format!("`{text}`")
    } else {
        format!("<code>{}</code>", escape(text))
    }
}

/// Text that Markdown shows as it is. What could be markup is written as a character reference, which can be none.
/// An address would become a link even so; an element around its sign takes it apart.
pub fn escape(text: &str) -> String {
    let text = safe::line(text);
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let is_address = match c {
            '@' | '#' => true,
            ':' => after.starts_with('/'),
            '.' => before
                .get(before.len().saturating_sub(3)..)
                .is_some_and(|end| end.eq_ignore_ascii_case("www")),
            _ => false,
        };
        match c {
            _ if is_address => {
                let _ = write!(out, "<span>&#{};</span>", u32::from(c));
            }
            ' ' | ',' | '.' | '-' | '/' | '(' | ')' | '=' | '"' | '\'' | '%' | '?' | ':' | ';' => out.push(c),
            c if c.is_ascii_punctuation() => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
