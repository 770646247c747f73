//! Text from manifests, made safe for a terminal.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Write};

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
    // Looking at all bytes instead of stopping at the first odd one is what makes it quick.
    let is_plain = text
        .bytes()
        .fold(true, |plain, byte| plain & (b' '..0x7f).contains(&byte));
    if is_plain || !text.chars().any(is_unsafe) {
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

/// A writer of JSON text, in which such characters can only be in strings, with them written as escapes.
pub struct Json<W> {
    out: W,
    /// The beginning of a character whose other bytes have not come.
    begun: Vec<u8>,
}

impl<W: Write> Json<W> {
    pub const fn new(out: W) -> Self {
        Self { out, begun: Vec::new() }
    }

    fn write_text(&mut self, text: &str) -> io::Result<()> {
        let (mut at, mut done) = (0, 0);
        let mut units = [0; 2];
        loop {
            at += plain(&text.as_bytes()[at..]);
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            if is_unsafe(c) {
                self.out.write_all(&text.as_bytes()[done..at])?;
                for unit in c.encode_utf16(&mut units) {
                    write!(self.out, "\\u{unit:04x}")?;
                }
                done = at + c.len_utf8();
            }
            at += c.len_utf8();
        }
        self.out.write_all(&text.as_bytes()[done..])
    }
}

impl<W: Write> Write for Json<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = if self.begun.is_empty() {
            Cow::Borrowed(bytes)
        } else {
            Cow::Owned([&std::mem::take(&mut self.begun), bytes].concat())
        };
        let whole = match std::str::from_utf8(&text) {
            Ok(text) => text,
            Err(error) if error.error_len().is_none() => {
                let (whole, begun) = text.split_at(error.valid_up_to());
                self.begun = begun.to_vec();
                std::str::from_utf8(whole).unwrap_or_default()
            }
            Err(error) => return Err(io::Error::new(ErrorKind::InvalidData, error)),
        };
        self.write_text(whole)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
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
    if text[plain(text.as_bytes())..].chars().all(keeps) {
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
    use super::{Json, line, source};
    use std::io::Write;

    #[test]
    fn json_keeps_what_it_says_in_whatever_pieces_it_is_written() -> Result<(), Box<dyn std::error::Error>> {
        let json = |text: &str, size: usize| -> Result<String, Box<dyn std::error::Error>> {
            let mut safe = Json::new(Vec::new());
            for piece in text.as_bytes().chunks(size) {
                safe.write_all(piece)?;
            }
            Ok(String::from_utf8(safe.out)?)
        };
        for (far, size) in [(0, 99), (1, 2), (63, 3), (64, 64), (65, 99), (200, 500), (70, 1)] {
            let text = format!("{}\"a\u{7f}b\u{202e}c\u{e0001}d\u{e9}\ne\"", " ".repeat(far));
            let safe = json(&text, size)?;
            assert_eq!(safe.trim_start(), "\"a\\u007fb\\u202ec\\udb40\\udc01d\u{e9}\ne\"");
            assert_eq!(safe.len() - safe.trim_start().len(), far);
        }
        assert_eq!(json("plain \u{e9}\n", 1)?, "plain \u{e9}\n");
        assert_eq!(json("", 1)?, "");
        assert!(json("\u{e9}", 1).is_ok() && Json::new(Vec::new()).write_all(b"\xff ").is_err());
        Ok(())
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
