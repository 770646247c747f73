//! A file as it was read, and places in it.
//!
//! A place is kept as byte offsets; lines and columns are worked out only when something is shown.

mod sources;

pub use sources::Sources;

use std::ops::Deref;
use std::path::Path;
use std::sync::OnceLock;

/// Which source of a run: an index into [`Sources`], in the order of the paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// Files are far fewer than `u32::MAX`.
    pub fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte, counted from 0.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Files are refused long before their length reaches `u32::MAX`, so nothing is cut here.
    pub fn new(range: std::ops::Range<usize>) -> Self {
        let cut = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: cut(range.start),
            end: cut(range.end),
        }
    }

    /// To slice a text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the two share a byte, or are the same empty place.
    pub fn overlaps(self, other: Self) -> bool {
        self == other || (self.start < other.end && other.start < self.end)
    }
}

/// A range of bytes in a known file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which file.
    pub file: FileId,
    /// Where in it.
    pub span: Span,
}

/// A position as people and tools count it, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// In Unicode code points, as editors and compilers show it.
    pub column: usize,
    /// In UTF-16 code units, as SARIF viewers count by default.
    pub column_utf16: usize,
}

/// One file's text.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the estate's root, with `/` between its parts.
    pub path: String,
    /// Empty when the file could not be read.
    pub text: String,
    /// Of most files there is nothing out of the ordinary. It reads as if it were the file's own.
    odd: Option<Box<Odd>>,
    derived: OnceLock<Box<Derived>>,
}

/// What is out of the ordinary about a file.
#[derive(Debug, Clone)]
pub struct Odd {
    /// The file itself, where its name is not text.
    pub file: Option<Box<Path>>,
    /// Why the file could not be read at all.
    pub unreadable: Option<Box<str>>,
    /// What is to be said of it when git has it and the checkout has not.
    pub(crate) absent: Option<Absent>,
    /// Bytes that are no UTF-8; each stands as a `?` in the text.
    pub bad_bytes: Vec<Span>,
    /// Whether the bytes are so far from UTF-8 that nothing was taken from them.
    pub no_text: bool,
    /// Whether its text is masked, so that its lines say something only where something is seen.
    pub(crate) is_masked: bool,
}

impl Odd {
    const NOTHING: Self = Self {
        file: None,
        unreadable: None,
        absent: None,
        bad_bytes: Vec::new(),
        no_text: false,
        is_masked: false,
    };
}

impl Deref for Source {
    type Target = Odd;
    fn deref(&self) -> &Odd {
        const NOTHING: &Odd = &Odd::NOTHING;
        self.odd.as_deref().unwrap_or(NOTHING)
    }
}

/// What is worked out only for files about which there is something to say; of most there is nothing.
#[derive(Debug, Clone, Default)]
struct Derived {
    recovered: OnceLock<Box<str>>,
    lines: OnceLock<Box<[u32]>>,
    is_ascii: OnceLock<bool>,
    /// Every so many bytes: the offset of a character, and how much is before it.
    milestones: OnceLock<Box<[(usize, usize, usize)]>>,
}

/// What to say of something that is not checked out, and what to do.
#[derive(Debug, Clone)]
pub struct Absent {
    pub message: String,
    pub help: String,
}

const MILESTONE: usize = 256;
/// A file in UTF-8 in which a letter or two went wrong has fewer.
const MAX_BAD_BYTES: usize = 100;

impl Source {
    /// A file of a path and a text.
    pub fn new(path: String, text: String) -> Self {
        Self {
            path,
            text,
            odd: None,
            derived: OnceLock::new(),
        }
    }

    fn odd(path: String, text: String, odd: Odd) -> Self {
        Self {
            odd: Some(Box::new(odd)),
            ..Self::new(path, text)
        }
    }

    /// A file of which only names are left.
    pub(crate) fn masked(path: String, text: String) -> Self {
        let odd = Odd {
            is_masked: true,
            ..Odd::NOTHING
        };
        Self::odd(path, text, odd)
    }

    /// A file that is there and cannot be read.
    pub(crate) fn unreadable(path: String, why: String) -> Self {
        let odd = Odd {
            unreadable: Some(why.into_boxed_str()),
            ..Odd::NOTHING
        };
        Self::odd(path, String::new(), odd)
    }

    /// A file or folder that git has and the checkout has not.
    pub(crate) fn not_checked_out(path: String, message: String, help: String) -> Self {
        let odd = Odd {
            absent: Some(Absent { message, help }),
            ..Odd::NOTHING
        };
        Self::odd(path, String::new(), odd)
    }

    /// The same, which is at another place than its path says.
    pub(crate) fn at(mut self, file: Option<Box<Path>>) -> Self {
        if file.is_some() {
            self.odd.get_or_insert_with(|| Box::new(Odd::NOTHING)).file = file;
        }
        self
    }

    /// A file's bytes, of which those that are no UTF-8 are set aside one by one, so that offsets stay true.
    pub fn from_bytes(path: String, bytes: Vec<u8>) -> Self {
        let mut bytes = match String::from_utf8(bytes) {
            Ok(text) => return Self::new(path, text),
            Err(error) => error.into_bytes(),
        };
        let mut bad_bytes = Vec::new();
        let mut from = 0;
        while let Err(error) = std::str::from_utf8(&bytes[from..]) {
            let start = from + error.valid_up_to();
            let end = error.error_len().map_or(bytes.len(), |len| start + len);
            bytes[start..end].fill(b'?');
            bad_bytes.push(Span::new(start..end));
            from = end;
        }
        // Another encoding, or no text at all: then every word of it would be a guess.
        let no_text = bytes.contains(&0) || bad_bytes.len() > MAX_BAD_BYTES;
        if no_text {
            bytes.clear();
            bad_bytes = vec![Span::default()];
        }
        let text = String::from_utf8(bytes).unwrap_or_default();
        let odd = Odd {
            bad_bytes,
            no_text,
            ..Odd::NOTHING
        };
        Self::odd(path, text, odd)
    }

    fn derived(&self) -> &Derived {
        self.derived.get_or_init(Box::default)
    }

    /// The text with its syntax errors blanked out, of the same length in bytes, once it is known.
    pub(crate) fn recovered(&self, text: String) -> &str {
        self.derived().recovered.get_or_init(|| text.into_boxed_str())
    }

    fn line_starts(&self) -> &[u32] {
        self.derived().lines.get_or_init(|| {
            let after = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1);
            std::iter::once(0)
                .chain(after)
                .map(|at| u32::try_from(at).unwrap_or(u32::MAX))
                .collect()
        })
    }

    /// Where `offset` is; an offset past the end or inside a character counts as the nearest one before it.
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = starts[line] as usize;
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let (from, to) = (self.counted(start), self.counted(end));
        // A byte order mark is not a column of the first line.
        let mark = usize::from(line == 0 && end > 0 && self.text.starts_with('\u{feff}'));
        Position {
            line: line + 1,
            column: to.0 - from.0 - mark + 1,
            column_utf16: to.1 - from.1 - mark + 1,
        }
    }

    /// How many characters and UTF-16 units are before `offset`, counted from the nearest milestone: a line may
    /// be as long as the file, and hold as many findings.
    fn counted(&self, offset: usize) -> (usize, usize) {
        if *self.derived().is_ascii.get_or_init(|| self.text.is_ascii()) {
            return (offset, offset);
        }
        let milestones = self.derived().milestones.get_or_init(|| {
            let mut milestones = Vec::with_capacity(self.text.len() / MILESTONE + 1);
            let (mut chars, mut units) = (0, 0);
            for (at, c) in self.text.char_indices() {
                while milestones.len() * MILESTONE <= at {
                    milestones.push((at, chars, units));
                }
                chars += 1;
                units += c.len_utf16();
            }
            milestones.into_boxed_slice()
        });
        let known = milestones[..milestones.len().min(offset / MILESTONE + 1)].iter().rev();
        let (from, chars, units) = known.copied().find(|(at, ..)| *at <= offset).unwrap_or((0, 0, 0));
        let rest = &self.text[from..offset];
        (chars + rest.chars().count(), units + rest.encode_utf16().count())
    }

    /// Where a span begins, as messages name it: `path:line:column`.
    pub fn place(&self, span: Span) -> String {
        let at = self.position(span.start);
        format!("{}:{}:{}", self.path, at.line, at.column)
    }

    pub(crate) fn line_count(&self) -> usize {
        self.line_starts().len()
    }

    /// The bytes of a line, counted from 1, without its end.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let at = line.clamp(1, starts.len());
        let start = starts[at - 1] as usize;
        let end = starts.get(at).map_or(self.text.len(), |next| *next as usize - 1);
        start..end
    }

    /// The text at `span`; empty when the span does not occur in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_utf16_units_from_one() {
        let source = Source::new("a".into(), "\u{feff}é😀x\r\ny".into());
        let x = source.text.find('x').map_or(0, |at| at as u32);
        let at = source.position(x);
        assert_eq!((at.line, at.column, at.column_utf16), (1, 3, 4));
        let y = source.text.find('y').map_or(0, |at| at as u32);
        assert_eq!(source.position(y).line, 2);
        assert_eq!(source.position(9999).line, 2);
    }
}
