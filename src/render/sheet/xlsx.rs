//! A table as a workbook: what someone files, prints and works through.
//!
//! Texts are written as texts, whatever they look like: there are no formulas and no links. The same table gives the same
//! bytes, since nothing is taken from the clock or from the machine.

use super::workbook::{Formats, MAX_ROWS, TITLE_LINE, cut, height, lines, set_page};
use super::{
    Form, SheetError, capitalized, empty_line, first_incomplete, how, incomplete_line, is_empty, items, title,
};
use crate::render::safe;
use crate::source::Sources;
use crate::views::{Cell, Column, Holds, Made, Sheet};
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, IntoCustomDateTime, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

const FORM: Form = Form {
    between: "; ",
    whole: true,
};
/// So many files are named above the head; the second sheet has all.
const MAX_NAMED: usize = 10;
const MAX_SHEET_NAME: usize = 31;
/// In characters.
const NARROWEST: usize = 9;
const WIDEST: usize = 36;
/// Of what has many in a cell.
const WIDEST_PLACES: usize = 64;
/// So many characters are read on a page without effort.
const PAGE: usize = 230;
/// Of so many rows the width of a column is taken.
const MAX_MEASURED: usize = 10_000;

/// The day at midnight, in UTC.
struct Midnight(Date);

impl IntoCustomDateTime for Midnight {
    fn utc_datetime(self) -> String {
        format!("{}T00:00:00Z", self.0)
    }
}

pub fn xlsx(sheet: &Sheet, sources: &Sources, made: &Made, as_of: Date) -> Result<Vec<u8>, SheetError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(titled(sheet, as_of))
            .set_creation_datetime(Midnight(as_of)),
    );
    let name = sheet_name(sheet.name);
    write_rows(
        workbook.add_worksheet().set_name(&name)?,
        sheet,
        sources,
        as_of,
        &formats,
    )?;
    how::write(workbook.add_worksheet().set_name(how::NAME)?, sheet, made, &formats)?;
    Ok(workbook.save_to_buffer()?)
}

fn titled(sheet: &Sheet, as_of: Date) -> String {
    format!("{}, as of {as_of}", title(sheet))
}

/// A name that a worksheet may have.
fn sheet_name(name: &str) -> String {
    let is_allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !safe::is_unsafe(*c);
    let name: String = name.chars().filter(is_allowed).take(MAX_SHEET_NAME).collect();
    match name.is_empty() {
        true => "list".to_owned(),
        false => name,
    }
}

fn write_rows(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    sources: &Sources,
    as_of: Date,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let mut above = vec![(titled(sheet, as_of), &formats.title)];
    if let Some(line) = incomplete_line(sheet) {
        above.push((capitalized(&line), &formats.warning));
        let files = first_incomplete(sheet, MAX_NAMED).into_iter();
        above.extend(files.map(|file| (format!("    {file}"), &formats.plain)));
    }
    // The title and what it says, a blank line and the head are above the rows.
    let room = MAX_ROWS - above.len() - 4;
    if let Some(cut) = sheet.rows.len().checked_sub(room).filter(|cut| *cut > 0) {
        let line = format!("Incomplete: a worksheet holds no more rows; the last {cut} are missing here");
        above.insert(1, (line, &formats.warning));
    }
    if sheet.rows.is_empty() {
        above.push((capitalized(&empty_line(sheet)), &formats.plain));
    }
    let mut at = 0;
    for (line, format) in above {
        worksheet.write_string_with_format(at, 0, cut(&line), format)?;
        at += 1;
    }
    let head = at + 1;
    for (column, what) in (0_u16..).zip(sheet.columns) {
        worksheet.write_string_with_format(head, column, what.head, &formats.head)?;
    }
    let widths = widths(sheet, sources);
    for (column, width) in (0_u16..).zip(&widths) {
        worksheet.set_column_width(column, u32::try_from(*width).unwrap_or(0))?;
    }
    worksheet.set_row_height(0, TITLE_LINE)?;
    let mut last = head;
    for (at, row) in (head + 1..).zip(sheet.rows.iter().take(room)) {
        let mut lines = 1;
        for ((column, cell), width) in (0_u16..).zip(row).zip(&widths) {
            lines = lines.max(write_cell(worksheet, (at, column), cell, sources, formats, *width)?);
        }
        // Not every program works it out by itself.
        if lines > 1 {
            worksheet.set_row_height(at, height(lines))?;
        }
        last = at;
    }
    let last_column = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(0);
    worksheet.set_freeze_panes(head + 1, 1)?;
    worksheet.autofilter(head, 0, last, last_column)?;
    worksheet.set_repeat_rows(head, head)?;
    worksheet.set_repeat_columns(0, 0)?;
    set_page(worksheet, pages(&widths));
    Ok(())
}

/// How wide each column is, in characters.
fn widths(sheet: &Sheet, sources: &Sources) -> Vec<usize> {
    let of = |(number, what): (usize, &Column)| {
        let cells = sheet.rows.iter().take(MAX_MEASURED).filter_map(|row| row.get(number));
        let widest = cells.map(|cell| cell_width(cell, sources)).max().unwrap_or(0);
        // The head has a button beside its text.
        let limit = match what.holds {
            Holds::Places => WIDEST_PLACES,
            Holds::Text | Holds::List | Holds::Day | Holds::Count | Holds::Standing => WIDEST,
        };
        widest.max(what.head.width() + 3).clamp(NARROWEST, limit) + 1
    };
    sheet.columns.iter().enumerate().map(of).collect()
}

/// How many pages lie side by side: the first column is on each.
fn pages(widths: &[usize]) -> u16 {
    let first = widths.first().copied().unwrap_or(0);
    let others: usize = widths.iter().skip(1).sum();
    u16::try_from(others.div_ceil(PAGE - first.min(PAGE / 2)))
        .unwrap_or(u16::MAX)
        .max(1)
}

/// Writes a cell, and says how many lines it takes.
fn write_cell(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    sources: &Sources,
    formats: &Formats,
    width: usize,
) -> Result<usize, XlsxError> {
    match cell {
        cell if is_empty(cell) => {}
        Cell::Day(day) => match excel_day(*day) {
            Some(day) => {
                worksheet.write_datetime_with_format(row, column, &day, &formats.day)?;
            }
            None => {
                worksheet.write_string_with_format(row, column, day.to_string(), &formats.text)?;
            }
        },
        Cell::Count(count) => {
            // More than fits is far more than there can be.
            let count = u32::try_from(*count).unwrap_or(u32::MAX);
            worksheet.write_number_with_format(row, column, count, &formats.count)?;
        }
        Cell::Nothing | Cell::Text(_) | Cell::List(_) | Cell::Standing(_) | Cell::Places(_) => {
            let text = cut(&items(cell, sources, FORM).join(FORM.between));
            let lines = lines(&text, width);
            worksheet.write_string_with_format(row, column, text, &formats.text)?;
            return Ok(lines);
        }
    }
    Ok(1)
}

/// A day, unless it is before the first that a workbook knows, or among those that it counts wrongly.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year > 1900)?;
    let (month, day) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn cell_width(cell: &Cell, sources: &Sources) -> usize {
    match cell {
        Cell::Day(_) => 10,
        cell => {
            let items = items(cell, sources, FORM);
            items
                .iter()
                .map(|item| (item.width() + FORM.between.len()).min(WIDEST_PLACES))
                .sum()
        }
    }
}
