//! Where the bytes of a scalar's value stand in the file.
//!
//! A scalar is read once more here, by its own rules, and compared with the value that the parser gave: what does not
//! come out the same has no places, so that a span is exact or is the whole.

use std::ops::Range;

use super::{Item, Kind};
use crate::source::Span;

/// Runs of the value and where they stand, in order.
#[derive(Debug)]
pub struct Places {
    runs: Vec<Run>,
}

#[derive(Debug)]
struct Run {
    /// Where it begins in the value.
    value: u32,
    /// Where it stands in the file. When it is as long there as in the value, it is the same bytes.
    source: Span,
    is_same: bool,
}

impl Places {
    pub fn of(source: &str, item: &Item<'_>) -> Option<Self> {
        let range = item.span.range();
        let mut reader = Reader {
            source,
            value: &item.text,
            read: 0,
            runs: Vec::new(),
        };
        match item.kind {
            Kind::Plain => reader.flow(range, None)?,
            Kind::Single => reader.flow(range.start + 1..range.end.checked_sub(1)?, Some('\''))?,
            Kind::Double => reader.flow(range.start + 1..range.end.checked_sub(1)?, Some('"'))?,
            Kind::Literal => reader.block(range, false)?,
            Kind::Folded => reader.block(range, true)?,
            Kind::Map | Kind::List | Kind::Alias => return None,
        }
        (reader.read == item.text.len()).then_some(Self { runs: reader.runs })
    }

    /// The range must be of characters, and inside the value.
    pub fn at(&self, range: Range<usize>) -> Option<Span> {
        let run_of = |byte: usize| {
            let behind = self.runs.partition_point(|run| run.value as usize <= byte);
            self.runs.get(behind.checked_sub(1)?)
        };
        let first = run_of(range.start)?;
        let start = match first.is_same {
            true => first.source.range().start + (range.start - first.value as usize),
            false => first.source.range().start,
        };
        if range.is_empty() {
            return Some(Span::new(start..start));
        }
        let last = run_of(range.end - 1)?;
        let end = match last.is_same {
            true => last.source.range().start + (range.end - last.value as usize),
            false => last.source.range().end,
        };
        Some(Span::new(start..end.max(start)))
    }
}

struct Reader<'s> {
    source: &'s str,
    value: &'s str,
    /// How much of the value has been met.
    read: usize,
    runs: Vec<Run>,
}

/// A line of a scalar: what it holds, and the break behind it, which is empty on the last one.
struct Line {
    content: Range<usize>,
    line_break: Range<usize>,
}

impl Reader<'_> {
    /// A piece of the file that is in the value as it is.
    fn same(&mut self, piece: Range<usize>) -> Option<()> {
        let text = self.source.get(piece.clone())?;
        self.value.get(self.read..)?.starts_with(text).then_some(())?;
        match self.runs.last_mut() {
            Some(run) if run.is_same && run.source.range().end == piece.start => {
                run.source = Span::new(run.source.range().start..piece.end);
            }
            _ if text.is_empty() => {}
            _ => self.put(piece, true),
        }
        self.read += text.len();
        Some(())
    }

    /// A piece of the file that stands for something else.
    fn stands_for(&mut self, piece: Range<usize>, c: char) -> Option<()> {
        self.value.get(self.read..)?.starts_with(c).then_some(())?;
        self.put(piece, false);
        self.read += c.len_utf8();
        Some(())
    }

    fn put(&mut self, piece: Range<usize>, is_same: bool) {
        self.runs.push(Run {
            value: u32::try_from(self.read).unwrap_or(u32::MAX),
            source: Span::new(piece),
            is_same,
        });
    }

    fn lines(&self, range: Range<usize>) -> Option<Vec<Line>> {
        let text = self.source.get(..range.end)?;
        let mut lines = Vec::new();
        let mut start = range.start;
        loop {
            let rest = text.get(start..)?;
            let Some(found) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) else {
                let end = text.len();
                lines.push(Line {
                    content: start..end,
                    line_break: end..end,
                });
                return Some(lines);
            };
            let end = start + found;
            let length = if rest[found..].starts_with("\r\n") { 2 } else { 1 };
            lines.push(Line {
                content: start..end,
                line_break: end..end + length,
            });
            start = end + length;
        }
    }

    /// Plain and quoted scalars: lines are joined with a blank, and empty ones are breaks.
    fn flow(&mut self, range: Range<usize>, quote: Option<char>) -> Option<()> {
        let lines = self.lines(range)?;
        let count = lines.len();
        let mut breaks: Vec<Range<usize>> = Vec::new();
        // Whether a backslash took the first break away.
        let mut is_joined = false;
        for (number, line) in lines.into_iter().enumerate() {
            let is_last = number + 1 == count;
            let Range { mut start, mut end } = line.content;
            if number > 0 {
                start = end - self.source.get(start..end)?.trim_start_matches([' ', '\t']).len();
            }
            let content = self.source.get(start..end)?;
            let joins = !is_last && quote == Some('"') && ends_with_escape(content);
            match joins {
                true => end -= 1,
                false if !is_last => end = start + trimmed(content, quote).len(),
                false => {}
            }
            let is_empty = start == end && !joins;
            if number > 0 && (!is_empty || is_last) {
                match breaks.as_slice() {
                    all if is_joined => self.breaks(all)?,
                    [only] => self.stands_for(only.clone(), ' ')?,
                    all => self.breaks(all.get(1..)?)?,
                }
                breaks.clear();
                is_joined = false;
            }
            self.content(start..end, quote)?;
            if joins {
                is_joined = true;
            } else {
                breaks.push(line.line_break);
            }
        }
        Some(())
    }

    fn content(&mut self, range: Range<usize>, quote: Option<char>) -> Option<()> {
        let mut at = range.start;
        let needle = match quote {
            None => return self.same(range),
            Some('\'') => b'\'',
            Some(_) => b'\\',
        };
        loop {
            let rest = self.source.get(at..range.end)?;
            let Some(found) = memchr::memchr(needle, rest.as_bytes()) else {
                return self.same(at..range.end);
            };
            self.same(at..at + found)?;
            at += found;
            let rest = rest.get(found..)?;
            let (length, c) = match quote {
                Some('\'') => (2, rest.starts_with("''").then_some('\'')?),
                _ => escape(rest)?,
            };
            self.stands_for(at..at + length, c)?;
            at += length;
        }
    }

    /// Block scalars: the indentation of the first line is taken from all.
    fn block(&mut self, range: Range<usize>, is_folded: bool) -> Option<()> {
        let before = self.source.get(..range.start)?;
        let mut start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let indent = range.start - start;
        // The empty lines before the first with something in it.
        for _ in self.value.bytes().take_while(|byte| *byte == b'\n') {
            let line = self.source.get(..start)?;
            let line = line
                .strip_suffix('\n')
                .map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
            start = line.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        }
        let mut breaks: Vec<Range<usize>> = Vec::new();
        let mut before: Option<bool> = None;
        for line in self.lines(start..range.end)? {
            let content = self.source.get(line.content.clone())?;
            let spaces = content.len() - content.trim_start_matches(' ').len();
            let start = line.content.start + spaces.min(indent);
            if start == line.content.end {
                breaks.push(line.content.start..line.line_break.end);
                continue;
            }
            let keeps_breaks = self.source.get(start..)?.starts_with([' ', '\t']);
            let folds = is_folded && before == Some(false) && !keeps_breaks;
            match breaks.as_slice() {
                [only] if folds => self.stands_for(only.clone(), ' ')?,
                [_, rest @ ..] if folds => self.breaks(rest)?,
                all => self.breaks(all)?,
            }
            breaks.clear();
            before = Some(keeps_breaks);
            self.same(start..line.content.end)?;
            breaks.push(line.line_break);
        }
        // As many of the last breaks as are kept.
        let kept = self.value.get(self.read..)?.len().min(breaks.len());
        self.breaks(breaks.get(..kept)?)
    }

    fn breaks(&mut self, breaks: &[Range<usize>]) -> Option<()> {
        breaks
            .iter()
            .try_for_each(|line_break| self.stands_for(line_break.clone(), '\n'))
    }
}

/// Whether a line ends with a backslash that no other one escapes.
fn ends_with_escape(line: &str) -> bool {
    (line.len() - line.trim_end_matches('\\').len()) % 2 == 1
}

/// A line without the blanks before its break; one that is escaped is kept.
fn trimmed(line: &str, quote: Option<char>) -> &str {
    let end = line.trim_end_matches([' ', '\t']);
    if quote == Some('"') && end.len() < line.len() && ends_with_escape(end) {
        // The blank behind the backslash is one byte.
        return &line[..end.len() + 1];
    }
    end
}

/// How long an escape is, and what it stands for.
fn escape(text: &str) -> Option<(usize, char)> {
    let c = text.chars().nth(1)?;
    let hex = |digits: Range<usize>| u32::from_str_radix(text.get(digits)?, 16).ok();
    let stands_for = match c {
        '0' => '\0',
        'a' => '\x07',
        'b' => '\x08',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\x0b',
        'f' => '\x0c',
        'r' => '\r',
        'e' => '\x1b',
        ' ' | '"' | '/' | '\\' => c,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return Some((4, char::from_u32(hex(2..4)?)?)),
        'u' => {
            let unit = hex(2..6)?;
            if !(0xd800..0xdc00).contains(&unit) {
                return Some((6, char::from_u32(unit)?));
            }
            let low = text.get(6..8).filter(|next| *next == "\\u").and(hex(8..12))?;
            let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
            return Some((12, char::from_u32(0x10000 + ((unit - 0xd800) << 10) + low)?));
        }
        'U' => return Some((10, char::from_u32(hex(2..10)?)?)),
        _ => return None,
    };
    Some((2, stands_for))
}
