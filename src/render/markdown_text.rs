//! Text as Markdown shows it, whatever it holds.

use super::safe;
use std::fmt::Write;

/// A message, in which backticks set off names. A name that holds one itself changes what is set off, and no more.
pub fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((name, after)) = after.split_once('`') else {
            break;
        };
        push_escaped(&mut out, before);
        push_code(&mut out, name);
        rest = after;
    }
    push_escaped(&mut out, rest);
    out
}

/// A name. Between backticks it is shown as it is, unless it holds what ends them or a cell of a table.
pub fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_code(&mut out, text);
    out
}

fn push_code(out: &mut String, text: &str) {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '/' | ':' | ',' | '=' | '*');
    let is_shown = !text.trim().is_empty() && text.chars().all(is_plain);
    let (before, after) = if is_shown { ("`", "`") } else { ("<code>", "</code>") };
    out.push_str(before);
    if is_shown {
        out.push_str(text);
    } else {
        push_escaped(out, text);
    }
    out.push_str(after);
}

/// Text that Markdown shows as it is. What could be markup is written as a character reference, which can be none.
/// An address would become a link even so; an element around its sign takes it apart.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    let text = safe::line(text);
    let mut done = 0;
    while let Some(length) = text.bytes().skip(done).position(may_be_markup) {
        let at = done + length;
        let c = text.as_bytes()[at];
        let (before, after) = (&text[..at], &text[at + 1..]);
        let is_address = match c {
            b'@' | b'#' => true,
            b':' => after.starts_with('/'),
            b'.' => before
                .get(before.len().saturating_sub(3)..)
                .is_some_and(|end| end.eq_ignore_ascii_case("www")),
            _ => false,
        };
        out.push_str(&text[done..at]);
        let _ = match c {
            _ if is_address => write!(out, "<span>&#{c};</span>"),
            b'.' | b':' => out.write_char(char::from(c)),
            _ => write!(out, "&#{c};"),
        };
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// Whether a byte may be more than itself: punctuation, but what is in every other sentence.
const fn may_be_markup(byte: u8) -> bool {
    byte.is_ascii_punctuation()
        && !matches!(
            byte,
            b',' | b'-' | b'/' | b'(' | b')' | b'=' | b'"' | b'\'' | b'%' | b'?' | b';'
        )
}

#[cfg(test)]
mod tests {
    use super::{code, escape, prose};

    #[test]
    fn what_may_be_markup_is_written_as_a_reference_and_nothing_else() {
        let plain = "az AZ 09 ,.-/()=\"'%?:; \u{e9}\u{202f}\u{4e2d}";
        assert_eq!(escape(plain), plain);
        for c in "!#$&*+<>@[\\]^_`{|}~".chars() {
            let reference = format!("&#{};", u32::from(c));
            let written = if "#@".contains(c) {
                format!("<span>{reference}</span>")
            } else {
                reference
            };
            assert_eq!(escape(&format!("\u{e9}{c}b")), format!("\u{e9}{written}b"));
        }
        assert_eq!(
            escape("https://WWW.a.b"),
            "https<span>&#58;</span>//WWW<span>&#46;</span>a.b"
        );
        assert_eq!(escape("\u{1b}"), "&#92;u&#123;1b&#125;");
    }

    #[test]
    fn names_are_set_off_whatever_they_hold() {
        assert_eq!(prose("a `b_c` d*"), "a `b_c` d&#42;");
        assert_eq!(prose("a `b|c` `d"), "a <code>b&#124;c</code> &#96;d");
        assert_eq!(code(" "), "<code> </code>");
    }
}
