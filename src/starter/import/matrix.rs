//! A control matrix as a file holds it: which row names the columns, and the rows after it.

use super::columns::{self, Mapped};
use ::csv::{ReaderBuilder, StringRecord};
use std::fmt;

/// More controls are no matrix that anyone keeps by hand.
pub const MAX_ROWS: usize = 100_000;
/// A title and a few notes may stand above the heads.
const MAX_ABOVE: usize = 10;
/// What is right of so many columns is not looked at.
const MAX_COLUMNS: usize = 1_000;
/// How spreadsheets separate values.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// Never in a file that people keep: if it is not the last row, a quote before it is still open.
const LAST: &str = "\u{1}end of the matrix\u{1}";

/// A row, with the line on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    pub cells: Vec<String>,
}

impl Row {
    fn is_blank(&self) -> bool {
        // With another separator, a row of nothing is one cell.
        let says_nothing = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
        self.cells.iter().all(|cell| cell.chars().all(says_nothing))
    }
}

#[derive(Debug)]
pub struct Matrix {
    pub heads: Row,
    pub rows: Vec<Row>,
    /// Lines above the heads that hold something.
    pub above: Vec<u64>,
    /// Where a quote opens that is never closed: nothing from there on can be told apart.
    pub unclosed: Option<u64>,
}

/// Why a file is no matrix that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    Utf16,
    Workbook,
    NotUtf8 { line: usize },
    Empty,
    TooManyRows,
}

impl std::error::Error for Unreadable {}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf16 => f.write_str("it is UTF-16; save it as \"CSV UTF-8\""),
            Self::Workbook => f.write_str("it is a workbook; save the sheet as \"CSV UTF-8\""),
            Self::NotUtf8 { line } => write!(f, "line {line} is not UTF-8; save it as \"CSV UTF-8\""),
            Self::Empty => f.write_str("it holds nothing"),
            Self::TooManyRows => write!(f, "it has more than {MAX_ROWS} rows; split it"),
        }
    }
}

impl Matrix {
    pub fn read(bytes: &[u8], mapped: &[Mapped]) -> Result<Self, Unreadable> {
        let text = text(bytes)?;
        let separator = separator(text, mapped);
        let (rows, unclosed) = rows(text, separator, MAX_ROWS + MAX_ABOVE + 1);
        let Some(at) = head_row(&rows, mapped) else {
            return Err(Unreadable::Empty);
        };
        let mut rows = rows.into_iter();
        let above = rows.by_ref().take(at).map(|row| row.line).collect();
        let heads = rows.next().ok_or(Unreadable::Empty)?;
        let rows: Vec<Row> = rows.collect();
        if rows.len() > MAX_ROWS {
            return Err(Unreadable::TooManyRows);
        }
        Ok(Self {
            heads,
            rows,
            above,
            unclosed,
        })
    }
}

fn text(bytes: &[u8]) -> Result<&str, Unreadable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Unreadable::Workbook);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.iter().take(4).any(|byte| *byte == 0) {
        return Err(Unreadable::Utf16);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| Unreadable::NotUtf8 {
        line: 1 + bytes[..error.valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count(),
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The separator by which the first rows name most columns, or else have most values.
fn separator(text: &str, mapped: &[Mapped]) -> u8 {
    let score = |separator: &u8| {
        let (rows, _) = rows(text, *separator, MAX_ABOVE);
        let known = rows.iter().map(|row| columns::known(&row.cells, mapped)).max();
        (known, rows.iter().map(|row| row.cells.len()).max())
    };
    // Of equal ones, the first.
    let best = SEPARATORS.iter().rev().max_by_key(|separator| score(separator));
    best.copied().unwrap_or(b',')
}

/// The row that names the columns: the first of the first rows that names an id and something else; if none does, the
/// one that names most.
fn head_row(rows: &[Row], mapped: &[Mapped]) -> Option<usize> {
    let first = &rows[..rows.len().min(MAX_ABOVE)];
    let is_head = |row: &Row| columns::names_id(&row.cells, mapped) && columns::known(&row.cells, mapped) > 1;
    let most = || {
        let known = first.iter().map(|row| columns::known(&row.cells, mapped));
        let best = known.enumerate().rev().max_by_key(|(_, known)| *known);
        best.map(|(at, _)| at)
    };
    first.iter().position(is_head).or_else(most)
}

/// At most so many rows that hold something, and the line on which a quote opens that is never closed.
fn rows(text: &str, separator: u8, most: usize) -> (Vec<Row>, Option<u64>) {
    let whole = format!("{text}\n{LAST}\n");
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(whole.as_bytes());
    let (mut rows, mut record) = (Vec::new(), StringRecord::new());
    // The text is UTF-8 and its rows may be of any length, so that nothing is left that could be wrong with it.
    while rows.len() < most && reader.read_record(&mut record).unwrap_or(false) {
        if record.len() == 1 && record.get(0) == Some(LAST) {
            return (rows, None);
        }
        let line = record
            .position()
            .map_or(0, |at| first_line(&whole, at.byte(), at.line()));
        if record.iter().any(|cell| cell.contains(LAST)) {
            return (rows, Some(line));
        }
        let row = Row {
            line,
            cells: record.iter().take(MAX_COLUMNS).map(str::to_owned).collect(),
        };
        if !row.is_blank() {
            rows.push(row);
        }
    }
    (rows, None)
}

/// The line on which a row begins: blank lines before it are counted as its own.
fn first_line(text: &str, at: u64, line: u64) -> u64 {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    line + blank.filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Matrix, Unreadable> {
        Matrix::read(text.as_bytes(), &[])
    }

    #[test]
    fn rows_are_read_whatever_separates_them() -> Result<(), Unreadable> {
        for text in [
            "Control ID,Owner\nA,b\n",
            "\u{feff}Control ID;Owner\r\nA;b\r\n",
            "Control ID\tOwner\nA\tb",
            "sep=;\nControl ID;Owner\nA;b",
            "Controls, all of them, of 2026\n,,\n\nControl ID,Owner\n\nA,b\n,\n",
            "\"Control ID\",\"Owner\"\n\"A\",\"b\"",
        ] {
            let matrix = read(text)?;
            assert_eq!(matrix.heads.cells, ["Control ID", "Owner"], "{text}");
            assert_eq!(matrix.rows.len(), 1, "{text}");
            assert_eq!(matrix.rows[0].cells, ["A", "b"], "{text}");
            assert_eq!(matrix.unclosed, None);
        }
        Ok(())
    }

    #[test]
    fn a_row_is_told_by_the_line_on_which_it_begins() -> Result<(), Unreadable> {
        let matrix = read("Control ID,Title\r\nA,\"x\r\ny\"\r\n\r\n\r\nB,z\r\nC,w")?;
        let lines: Vec<u64> = matrix.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 6, 7]);
        Ok(())
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told() -> Result<(), Unreadable> {
        let matrix = read("Control ID,Title\nA,x\nB,\"y\nC,z\n")?;
        assert_eq!(matrix.rows.len(), 1);
        assert_eq!(matrix.unclosed, Some(3));
        Ok(())
    }

    #[test]
    fn other_files_are_refused_with_words() {
        for (bytes, why) in [
            (&b"\xff\xfea\0"[..], Unreadable::Utf16),
            (b"a\0b\0", Unreadable::Utf16),
            (b"PK\x03\x04..", Unreadable::Workbook),
            (b"Control ID\nA\n\xe9\n", Unreadable::NotUtf8 { line: 3 }),
            (b"", Unreadable::Empty),
            (b"\xef\xbb\xbf\n , ,\n", Unreadable::Empty),
        ] {
            assert_eq!(Matrix::read(bytes, &[]).err(), Some(why));
        }
    }
}
