//! A table in Markdown, as GitHub has them.

use super::{Form, empty_line, filled, first_incomplete, incomplete_line, items, title};
use crate::render::markdown_text::{escape, prose};
use crate::source::Sources;
use crate::views::{Cell, Column, Holds, Sheet};
use jiff::civil::Date;
use std::fmt::Write;

const FORM: Form = Form {
    between: ", ",
    whole: true,
};
/// So many files are named of those that were not read.
const MAX_NAMED: usize = 20;

/// `wide` is every column that holds something; else those that a reader needs first, and how matters stand.
pub fn markdown(sheet: &Sheet, sources: &Sources, as_of: Date, wide: bool) -> String {
    let mut out = format!("### {} as of {as_of}\n\n", escape(&title(sheet)));
    if let Some(line) = incomplete_line(sheet) {
        let _ = writeln!(out, "**{}:**\n", escape(&line));
        for file in first_incomplete(sheet, MAX_NAMED) {
            let _ = writeln!(out, "- {}", escape(&file));
        }
        out.push('\n');
    }
    if sheet.rows.is_empty() {
        let _ = writeln!(out, "{}", escape(&empty_line(sheet)));
    } else {
        let is_shown = |column: &Column| wide || column.is_narrow || column.holds == Holds::Standing;
        let columns: Vec<(usize, &Column)> = filled(sheet)
            .into_iter()
            .filter(|(_, column)| is_shown(column))
            .collect();
        line(&mut out, columns.iter().map(|(_, column)| escape(column.head)));
        line(&mut out, columns.iter().map(|(_, column)| rule(column).to_owned()));
        for row in &sheet.rows {
            // A short row is filled, so that what follows stays in its column.
            let cells = columns.iter().map(|(at, _)| row.get(*at).unwrap_or(&Cell::Nothing));
            line(
                &mut out,
                cells.map(|cell| escape(&items(cell, sources, FORM).join(FORM.between))),
            );
        }
    }
    for note in &sheet.notes {
        let _ = write!(out, "\n{}\n", prose(note));
    }
    out
}

fn rule(column: &Column) -> &'static str {
    match column.holds {
        Holds::Count => "---:",
        Holds::Text | Holds::List | Holds::Day | Holds::Standing | Holds::Places => "---",
    }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    for cell in cells {
        let _ = write!(out, " {cell} |");
    }
    out.push('\n');
}
