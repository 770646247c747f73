//! Rows set in columns, for terminals.

use super::safe;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// A longer cell is cut, so that one long text does not widen every row.
const LONGEST_CELL: usize = 120;

/// Each column as wide as its longest cell, but for the last.
pub fn columns(head: &[&str], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = std::iter::once(head.iter().map(|cell| (*cell).to_owned()).collect())
        .chain(rows.iter().cloned())
        .map(|row: Vec<String>| row.iter().map(|cell| cut(&safe::line(cell))).collect())
        .collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            // What a terminal shows of a text is wider or narrower than its characters are many.
            let blank = width.saturating_sub(cell.width()) + 2;
            let _ = write!(line, "{cell}{:blank$}", "");
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn cut(cell: &str) -> String {
    match cell.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => format!("{}...", &cell[..end]),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_is_written_in_them() {
        let cells = [
            "plain",
            "チーム",
            "팀",
            "Ａ",
            "e\u{301}le\u{300}ve",
            "🙂",
            "żółw",
            "",
            "ｶﾅ",
            "ไทย",
        ];
        let rows: Vec<Vec<String>> = cells
            .iter()
            .map(|cell| vec![(*cell).to_owned(), "|".to_owned()])
            .collect();
        let table = columns(&["owner", "|"], &rows);
        let column = |line: &str| line.split_once('|').map(|(before, _)| before.width());
        let columns: Vec<Option<usize>> = table.lines().map(column).collect();
        assert_eq!(columns.len(), cells.len() + 1);
        assert!(columns.iter().all(|column| *column == Some(8)), "{table}");
    }
}
