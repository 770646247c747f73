//! Text that may reach the log of a build server, which takes some of it for commands.
//!
//! GitHub's runner and Azure's agent look for `##[command]` and `##vso[command]` anywhere in a line of the log, and do
//! what they say; TeamCity has `##teamcity[message]`. Names, paths and lines of manifests must not be such.

use std::borrow::Cow;
use std::io::{self, Write};

/// What is in place of the bracket for people: as wide, so that columns and labels stay where they are.
const SHOWN: &str = "?";

/// Text for people.
pub fn text(text: &str) -> Cow<'_, str> {
    let (mut out, mut done) = (String::new(), 0);
    let mut commands = Commands::default();
    while let Some(at) = commands.next_bracket(&text.as_bytes()[done..]) {
        out.push_str(&text[done..done + at]);
        out.push_str(SHOWN);
        done += at + 1;
    }
    match done {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(out + &text[done..]),
    }
}

/// Lines for GitHub's runner. One that is a command as a whole holds no other, and its text must be what it was.
pub fn annotations(document: &str) -> String {
    let line = |line| {
        if str::starts_with(line, "::") {
            Cow::Borrowed(line)
        } else {
            text(line)
        }
    };
    document.split_inclusive('\n').map(line).collect()
}

/// A writer into which nothing gets that would be a command, however it is cut into pieces.
pub struct Broken<W> {
    out: W,
    bracket: &'static [u8],
    commands: Commands,
}

impl<W: Write> Broken<W> {
    /// For text for people.
    pub fn text(out: W) -> Self {
        Self::with(out, SHOWN)
    }

    /// For a JSON document, in which `#` is in strings only; what is parsed is the same.
    pub fn json(out: W) -> Self {
        Self::with(out, "\\u005b")
    }

    /// For an XML document without CDATA; what is parsed is the same.
    pub fn xml(out: W) -> Self {
        Self::with(out, "&#91;")
    }

    fn with(out: W, bracket: &'static str) -> Self {
        Self {
            out,
            bracket: bracket.as_bytes(),
            commands: Commands::default(),
        }
    }
}

impl<W: Write> Write for Broken<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(at) = self.commands.next_bracket(rest) {
            self.out.write_all(&rest[..at])?;
            self.out.write_all(self.bracket)?;
            rest = &rest[at + 1..];
        }
        self.out.write_all(rest)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Looks for the brackets of commands, in a text that comes in pieces: `##`, perhaps letters, `[`.
#[derive(Default)]
struct Commands {
    seen: Seen,
    /// What is known of a character whose bytes have not all come, and how many are missing.
    begun: (u32, usize),
}

/// How much of a command was seen last.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Seen {
    #[default]
    Nothing,
    One,
    Both,
    Letters,
}

impl Commands {
    /// Where in a piece the next one is.
    fn next_bracket(&mut self, piece: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < piece.len() {
            if self.seen == Seen::Nothing {
                at += memchr::memchr(b'#', &piece[at..])?;
            }
            if self.character(piece[at]).is_some_and(|c| self.is_bracket(c)) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// The character that ends with a byte of UTF-8.
    fn character(&mut self, byte: u8) -> Option<char> {
        let bits = |mask: u8| u32::from(byte & mask);
        self.begun = match (byte, self.begun) {
            (0..0x80, _) => (bits(0x7f), 0),
            (0x80..0xc0, (begun, missing)) => (begun << 6 | bits(0x3f), missing.saturating_sub(1)),
            (0xc0..0xe0, _) => (bits(0x1f), 1),
            (0xe0..0xf0, _) => (bits(0x0f), 2),
            (0xf0.., _) => (bits(0x07), 3),
        };
        let (code, missing) = self.begun;
        (missing == 0).then(|| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn is_bracket(&mut self, c: char) -> bool {
        if is_ignorable(c) {
            return false;
        }
        let before = self.seen;
        self.seen = match (before, c) {
            (Seen::One | Seen::Both, '#') => Seen::Both,
            (_, '#') => Seen::One,
            (Seen::Both | Seen::Letters, c) if c.is_ascii_alphabetic() => Seen::Letters,
            _ => Seen::Nothing,
        };
        c == '[' && matches!(before, Seen::Both | Seen::Letters)
    }
}

/// What .NET passes over when it looks for one text in another, unless it is told to compare bytes.
fn is_ignorable(c: char) -> bool {
    super::safe::is_unsafe(c)
        || matches!(c,
            '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}')
}

#[cfg(test)]
mod tests {
    use super::{Broken, text};
    use std::io::Write;

    type Make = fn(Vec<u8>) -> Broken<Vec<u8>>;

    /// What arrives of a text that is written in pieces of so many bytes.
    fn arrived(make: Make, text: &str, size: usize) -> Result<String, Box<dyn std::error::Error>> {
        let mut broken = make(Vec::new());
        for piece in text.as_bytes().chunks(size) {
            broken.write_all(piece)?;
        }
        Ok(String::from_utf8(broken.out)?)
    }

    const COMMANDS: [(&str, &str); 8] = [
        ("##[debug]", "##?debug]"),
        ("a ##[error file=x]b ##[group]", "a ##?error file=x]b ##?group]"),
        ("###[x]", "###?x]"),
        (
            "##vso[task.setvariable variable=PATH]",
            "##vso?task.setvariable variable=PATH]",
        ),
        ("##teamcity[buildStop]", "##teamcity?buildStop]"),
        ("#\u{fe0f}#\u{200b}[x]", "#\u{fe0f}#\u{200b}?x]"),
        ("##vs\u{ad}o[x]", "##vs\u{ad}o?x]"),
        (
            "##a##[x] #\n#\u{1d173}\u{e0001}[[x]",
            "##a##?x] #\n#\u{1d173}\u{e0001}?[x]",
        ),
    ];
    const PLAIN: [&str; 12] = [
        "",
        "#",
        "##",
        "#[x]",
        "# #[x]",
        "## [x]",
        "##v1[x]",
        "##v#[x]",
        "[##]",
        "a # b ## c",
        "##\u{e9}[x]",
        "##\u{1f642}[x]",
    ];

    #[test]
    fn what_would_be_a_command_is_broken_and_nothing_else() {
        for (written, shown) in COMMANDS {
            assert_eq!(text(written), shown);
            assert_eq!(text(&text(written)), shown, "twice is once");
        }
        for plain in PLAIN {
            assert_eq!(text(plain), plain);
        }
    }

    #[test]
    fn it_is_broken_wherever_it_is_cut_into_pieces() -> Result<(), Box<dyn std::error::Error>> {
        let plain = PLAIN.map(|plain| (plain, plain));
        for (written, shown) in COMMANDS.into_iter().chain(plain) {
            for size in 1..=written.len().max(1) {
                assert_eq!(arrived(Broken::text, written, size)?, shown, "{size}");
            }
        }
        Ok(())
    }

    #[test]
    fn whoever_parses_a_document_reads_what_was_written() -> Result<(), Box<dyn std::error::Error>> {
        for written in ["##[debug]x", "a##vso[b] ##[c]\n", "plain"] {
            let document = arrived(Broken::json, &serde_json::to_string(written)?, 1)?;
            assert!(!document.contains("##[") && !document.contains("vso["));
            assert_eq!(serde_json::from_str::<String>(&document)?, written);
            let document = arrived(Broken::xml, &format!("<a>{written}</a>"), 1)?;
            assert!(!document.contains("##[") && !document.contains("vso["));
            let parsed = roxmltree::Document::parse(&document)?;
            assert_eq!(parsed.root_element().text(), Some(written));
        }
        Ok(())
    }

    #[test]
    fn an_annotation_keeps_its_text_and_what_stands_around_it_does_not() {
        let shown = super::annotations("::error file=##[a]::b ##[c]\nand ##[d]\n");
        assert_eq!(shown, "::error file=##[a]::b ##[c]\nand ##?d]\n");
    }

    #[test]
    fn a_line_of_nothing_but_marks_takes_no_longer() {
        let marks = "#\u{200b}".repeat(200_000);
        assert_eq!(text(&marks), marks);
    }
}
