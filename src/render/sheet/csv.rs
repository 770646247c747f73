//! A table as comma-separated values (RFC 4180, UTF-8): for programs, and for spreadsheets, which must compute nothing.
//!
//! There are no lines above the head, since programs would take them for it. A table that lacks something has one more
//! column, `incomplete`, in which each row names what was not read, so that it is not lost when rows are sorted, filtered
//! or taken apart; where there is no row, a single one says it.

use super::{Form, SheetError, first_incomplete, items};
use crate::render::{log, safe};
use crate::source::Sources;
use crate::views::{Cell, Sheet};
use ::csv::{QuoteStyle, Terminator, WriterBuilder};

const FORM: Form = Form {
    between: "; ",
    whole: true,
};
/// So many files are named in each row.
const MAX_NAMED: usize = 3;
const INCOMPLETE: &str = "incomplete";

pub fn csv(sheet: &Sheet, sources: &Sources) -> Result<Vec<u8>, SheetError> {
    // In quotes, a semicolon is no separator to those who also take it for one.
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let missing = (!sheet.incomplete.is_empty()).then(|| joined(&first_incomplete(sheet, MAX_NAMED)));
    let keys = sheet.columns.iter().map(|column| column.key);
    writer.write_record(keys.chain(missing.as_ref().map(|_| INCOMPLETE)))?;
    let no_row = [Vec::new()];
    let rows = match (&missing, sheet.rows.is_empty()) {
        (Some(_), true) => no_row.as_slice(),
        _ => sheet.rows.as_slice(),
    };
    for row in rows {
        let cells = (0..sheet.columns.len()).map(|at| row.get(at).unwrap_or(&Cell::Nothing));
        let cells = cells.map(|cell| joined(&items(cell, sources, FORM)));
        writer.write_record(cells.chain(missing.clone()))?;
    }
    let written = writer
        .into_inner()
        .map_err(|error| ::csv::Error::from(error.into_error()));
    Ok(written?)
}

fn joined(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| guarded(item)).collect();
    items.join(FORM.between)
}

/// A text in one line, of which no spreadsheet makes a formula: with an apostrophe before what could begin one. That may
/// be at the start, behind what is passed over there, and behind a semicolon, which some take for a separator.
fn guarded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    // What is shown as `\t` is no tab any more; the apostrophe says that the text is not as it was.
    if text.starts_with(['\t', '\r', '\n']) {
        out.push('\'');
    }
    let mut is_start = out.is_empty();
    let mut start = 0;
    for c in text.chars() {
        if is_start && begins_formula(c) {
            out.insert(start, '\'');
        }
        out.push(c);
        if c == ';' {
            (is_start, start) = (true, out.len());
        } else if !is_passed_over(c) {
            is_start = false;
        } else if is_start && c == ' ' && start > 0 && out.ends_with("; ") {
            // The one that belongs to the separator.
            start = out.len();
        }
    }
    log::text(&safe::line(&out)).into_owned()
}

/// Blanks, quotes, and what is not seen.
fn is_passed_over(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"') || safe::is_unsafe(c)
}

/// Also the wide ones of East Asia, which some spreadsheets take for the others.
fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '−'
    )
}
