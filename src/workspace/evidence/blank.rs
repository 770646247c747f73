//! Whether a file says anything.

use crate::model::is_invisible;
use std::io::Read;

/// A file that begins with so much of nothing is too strange to be judged.
pub const LARGEST: usize = 16 * 1024 * 1024;
/// Enough to tell what almost every file is, and for a whole pointer of Git LFS.
const AT_ONCE: usize = 8 * 1024;

/// What the first look into a file shows.
pub struct Look {
    /// Only white space, control and invisible characters.
    pub is_blank: bool,
    /// Its beginning.
    pub start: Vec<u8>,
}

pub fn look(file: impl Read) -> std::io::Result<Look> {
    let mut file = file.take(LARGEST as u64);
    let mut start = Vec::with_capacity(AT_ONCE);
    file.by_ref().take(AT_ONCE as u64).read_to_end(&mut start)?;
    let mut seen = Seen::of(&start);
    let mut length = start.len();
    let mut more = Vec::new();
    while !seen.something && length % AT_ONCE == 0 {
        more.clear();
        let read = file.by_ref().take(AT_ONCE as u64).read_to_end(&mut more)?;
        if read == 0 {
            break;
        }
        length += read;
        seen.add(&more);
    }
    Ok(Look {
        is_blank: !seen.something && seen.rest.is_empty() && length < LARGEST,
        start,
    })
}

/// What was seen of a text so far.
struct Seen {
    encoding: Encoding,
    something: bool,
    /// The beginning of a character that is not whole yet.
    rest: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Encoding {
    Utf8,
    Utf16(fn([u8; 2]) -> u16),
}

impl Seen {
    fn of(start: &[u8]) -> Self {
        let encoding = match start {
            [0xff, 0xfe, ..] => Encoding::Utf16(u16::from_le_bytes),
            [0xfe, 0xff, ..] => Encoding::Utf16(u16::from_be_bytes),
            _ => Encoding::Utf8,
        };
        let mut seen = Self {
            encoding,
            something: false,
            rest: Vec::new(),
        };
        seen.add(start);
        seen
    }

    fn add(&mut self, bytes: &[u8]) {
        let mut text = std::mem::take(&mut self.rest);
        text.extend_from_slice(bytes);
        match self.encoding {
            Encoding::Utf8 => match std::str::from_utf8(&text) {
                Ok(text) => self.something |= says_something(text.chars()),
                Err(error) => {
                    let (whole, rest) = text.split_at(error.valid_up_to());
                    let whole = std::str::from_utf8(whole).unwrap_or_default();
                    // What is not text at all is something: a picture, say.
                    self.something |= error.error_len().is_some() || says_something(whole.chars());
                    self.rest = rest.to_vec();
                }
            },
            Encoding::Utf16(unit) => {
                let pairs = text.chunks_exact(2);
                self.rest = pairs.remainder().to_vec();
                let units = pairs.map(|pair| unit([pair[0], pair[1]]));
                // Half of a character is one that is more than nothing.
                let chars = char::decode_utf16(units).map(|c| c.unwrap_or('?'));
                self.something |= says_something(chars);
            }
        }
    }
}

fn says_something(mut text: impl Iterator<Item = char>) -> bool {
    text.any(|c| !c.is_whitespace() && !is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_blank(bytes: &[u8]) -> bool {
        look(bytes).unwrap_or_else(|error| unreachable!("{error}")).is_blank
    }

    #[test]
    fn what_nobody_sees_is_nothing() {
        let long_nothing = " \u{200b}".repeat(AT_ONCE);
        let utf16 = [0xff, 0xfe, 0x20, 0, 0x0d, 0, 0x0a, 0];
        let blank: [&[u8]; 12] = [
            b"",
            b"\n",
            b"\0\0",
            b"\x1b\x07\x7f",
            "\u{feff}".as_bytes(),
            "\u{a0}\u{3000}\u{2003}".as_bytes(),
            "\u{200b}\u{2060}\u{ad}".as_bytes(),
            "\u{202e}\u{e0041}\u{fe0f}".as_bytes(),
            "\u{2800}\u{3164}\u{115f}".as_bytes(),
            "\u{85}\u{2028}\u{2029}".as_bytes(),
            long_nothing.as_bytes(),
            &utf16,
        ];
        for bytes in blank {
            assert!(is_blank(bytes), "{bytes:?}");
        }
        let late = format!("{long_nothing}x");
        let split = format!("{}é", " ".repeat(AT_ONCE - 1));
        let utf16 = [0xfe, 0xff, 0, 0x20, 0, 0x78];
        let full: [&[u8]; 9] = [
            b"x",
            b".",
            b"\x89PNG\0",
            b"\xff",
            b"\xe2\x80",
            "\n。\n".as_bytes(),
            late.as_bytes(),
            split.as_bytes(),
            &utf16,
        ];
        for bytes in full {
            assert!(!is_blank(bytes), "{bytes:?}");
        }
    }
}
