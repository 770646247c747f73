//! Characters that look like others: curly quotes, and invisible blanks.

use super::syntax_error::SyntaxError;
use std::ops::Range;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

const CURLY: [char; 14] = [
    '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}', '\u{ab}', '\u{bb}',
    '\u{2039}', '\u{203a}', '\u{ff02}', '\u{ff07}',
];

/// What a character is called that cannot be seen, or looks like a blank.
fn invisible(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' => "a no-break space",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' | '\u{200d}' => "a zero-width joiner or non-joiner",
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte order mark",
        '\u{202f}' => "a narrow no-break space",
        '\u{3000}' => "an ideographic space",
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line break that TOML does not know",
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a control character of text direction"
        }
        '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => "a blank that TOML does not know",
        '\u{2061}'..='\u{2064}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fe00}'..='\u{fe0f}' => {
            "a character that cannot be seen"
        }
        _ => return None,
    })
}

/// What stands outside of texts and comments and is neither a blank nor a bracket, a comma or an equals sign.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let tokens = Source::new(text).lex();
    let words = tokens.filter(|token| token.kind() == TokenKind::Atom);
    words.map(|token| token.span().start()..token.span().end())
}

/// Invisible characters outside strings and comments.
pub fn invisible_ones(text: &str) -> Vec<Range<usize>> {
    let mark = text.strip_prefix('\u{feff}').map_or(0, |rest| text.len() - rest.len());
    if !text[mark..].chars().any(|c| invisible(c).is_some()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for word in words(text) {
        let chars = text[word.clone()].char_indices();
        let unseen = chars.filter(|(at, c)| word.start + at >= mark && invisible(*c).is_some());
        found.extend(unseen.map(|(at, c)| word.start + at..word.start + at + c.len_utf8()));
    }
    found
}

/// What is said of one of them.
pub fn unseen(text: &str, at: Range<usize>) -> SyntaxError {
    let c = text[at.clone()].chars().next().unwrap_or_default();
    let name = invisible(c).unwrap_or("a character that cannot be seen");
    let mut error = SyntaxError::new(format!("unexpected {name} (U+{:04X})", u32::from(c)), at);
    error.help = Some("remove it, or write a plain space: it is invisible, and not TOML whitespace".to_owned());
    error
}

/// Whether a text without its end has one that only looks like it.
pub fn ends_curly(text: &str) -> bool {
    let end = text.trim_end_matches([']', '}', ',', ' ', '\t', '\r']);
    end.ends_with(CURLY)
}

/// Quotes that only look like quotes.
pub fn curly_quotes(statement: &str, start: usize) -> Option<SyntaxError> {
    if !statement.contains(CURLY) {
        return None;
    }
    let mut curly = words(statement).flat_map(|word| {
        let from = word.start;
        let of_word = statement[word].match_indices(CURLY);
        of_word.map(move |(at, quote)| from + at..from + at + quote.len())
    });
    let first = curly.next()?;
    let second = curly.next();
    let line_end = statement[first.start..]
        .find('\n')
        .map_or(statement.len(), |at| first.start + at);
    let last = second.filter(|second| second.end <= line_end);
    let quoted = first.start..last.as_ref().map_or(first.end, |last| last.end);
    let at = start + quoted.start..start + quoted.end;
    let mut error = SyntaxError::new("these quotes are curly, and no quotes for TOML", at);
    let inner = statement[quoted].trim_matches(CURLY);
    let is_plain = last.is_some() && !inner.contains(['"', '\\', '\n']) && inner.chars().count() <= 80;
    error.help = Some(if is_plain {
        format!("write \"{inner}\", with straight quotes")
    } else {
        "write straight quotes, \"..\"".to_owned()
    });
    if is_plain {
        error.instead = Some((error.at.clone(), format!("\"{inner}\"")));
    }
    Some(error)
}
