//! Names of variables, and those that a script uses and sets.

use std::ops::Range;

/// What a text uses and sets.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Variables<'t> {
    /// Each with the place of its name.
    pub uses: Vec<(&'t str, Range<usize>)>,
    pub defines: Vec<&'t str>,
}

pub fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// The name at the beginning of a text; empty where there is none.
pub fn name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let name = &text[..end.unwrap_or(text.len())];
    if name.bytes().next().is_some_and(is_name_start) {
        name
    } else {
        ""
    }
}

/// The variable whose name begins at a place of a text; `env:NAME` is PowerShell's way to say it.
pub fn variable(text: &str, from: usize) -> (&str, Range<usize>) {
    let plain = name(text.get(from..).unwrap_or_default());
    let end = from + plain.len();
    if plain.eq_ignore_ascii_case("env") && text[end..].starts_with(':') {
        let of_environment = name(&text[end + 1..]);
        if !of_environment.is_empty() {
            return (of_environment, end + 1..end + 1 + of_environment.len());
        }
    }
    (plain, from..end)
}
