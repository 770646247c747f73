//! Text from manifests, made safe for a terminal.

use std::borrow::Cow;

/// Characters that move the cursor, hide text or turn its direction.
pub fn is_unsafe(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(c,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}' | '\u{fff9}'..='\u{fffb}' | '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{e0000}'..='\u{e0fff}')
}

/// One line of text, with such characters written out.
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_unsafe(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Several lines of text, each made safe.
pub fn lines(text: &str) -> String {
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// JSON text, in which such characters can only be in strings, with them written as escapes.
pub fn json(text: String) -> String {
    let mut out = String::new();
    let (mut at, mut done) = (0, 0);
    let mut units = [0; 2];
    loop {
        at += plain(&text.as_bytes()[at..]);
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if is_unsafe(c) {
            out.push_str(&text[done..at]);
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
            done = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    if done == 0 {
        return text;
    }
    out.push_str(&text[done..]);
    out
}

/// How many bytes at the beginning are plain ASCII in lines. A document may be a hundred megabytes of them.
fn plain(bytes: &[u8]) -> usize {
    let is_odd = |byte: &u8| !((b' '..0x7f).contains(byte) || *byte == b'\n');
    let many = bytes.chunks_exact(64);
    // Looking at all of them instead of stopping at the first is what makes it quick.
    let whole = many.take_while(|chunk| !chunk.iter().fold(false, |odd, byte| odd | is_odd(byte)));
    let skipped = whole.count() * 64;
    let rest = &bytes[skipped..];
    skipped + rest.iter().position(is_odd).unwrap_or(rest.len())
}

/// Source text, with such characters replaced byte for byte, so that places in it stay true. Lines and tabs stay.
pub fn source(text: &str) -> Cow<'_, str> {
    let keeps = |c: char| matches!(c, '\n' | '\t') || !is_unsafe(c);
    if text.chars().all(keeps) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (keeps(c), c.len_utf8()) {
            (true, _) => out.push(c),
            // A carriage return before a line's end shows nothing.
            (false, 1) => out.push(if c == '\r' { ' ' } else { '?' }),
            (false, 2) => out.push('\u{b7}'),
            (false, 3) => out.push('\u{fffd}'),
            (false, _) => out.push_str("\u{fffd}?"),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{json, line, source};

    #[test]
    fn json_keeps_what_it_says() {
        for far in [0, 1, 63, 64, 65, 200] {
            let text = format!("{}\"a\u{7f}b\u{202e}c\u{e0001}d\u{e9}\ne\"", " ".repeat(far));
            let safe = json(text.clone());
            assert_eq!(safe.trim_start(), "\"a\\u007fb\\u202ec\\udb40\\udc01d\u{e9}\ne\"");
            assert_eq!(safe.len() - safe.trim_start().len(), far);
        }
        assert_eq!(json("plain \u{e9}\n".to_owned()), "plain \u{e9}\n");
        assert_eq!(json(String::new()), "");
    }

    #[test]
    fn nothing_reaches_the_terminal_raw() {
        assert_eq!(line("a\u{1b}[31mb\nc\u{202e}"), "a\\u{1b}[31mb\\nc\\u{202e}");
        assert_eq!(line("plain é"), "plain é");
        let text = "x = \"\u{1b}\u{85}\u{202e}\"\r\n\t";
        assert_eq!(source(text).len(), text.len());
        assert!(!source(text).contains(['\u{1b}', '\u{85}', '\u{202e}', '\r']));
    }
}
