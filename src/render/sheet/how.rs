//! The second sheet of a workbook: how the list on the first was made.

use super::workbook::{Formats, MAX_ROWS, TITLE_LINE, cut, height, lines, set_page};
use crate::views::{Made, MadeFile, Sheet};
use rust_xlsxwriter::{Worksheet, XlsxError};

pub const NAME: &str = "How this list was made";
/// Of its columns, in characters: a digest of SHA-256 fits in one line of the second and the third.
const WIDTHS: [usize; 3] = [44, 70, 70];

pub fn write(worksheet: &mut Worksheet, sheet: &Sheet, made: &Made, formats: &Formats) -> Result<(), XlsxError> {
    let mut at = 0;
    worksheet.write_string_with_format(at, 0, NAME, &formats.title)?;
    worksheet.set_row_height(at, TITLE_LINE)?;
    at += 2;
    let mut line = |worksheet: &mut Worksheet, what: &str, value: &str| -> Result<(), XlsxError> {
        let value = cut(value);
        worksheet.set_row_height(at, height(lines(&value, WIDTHS[1])))?;
        worksheet.write_string_with_format(at, 0, cut(what), &formats.label)?;
        worksheet.write_string_with_format(at, 1, value, &formats.text)?;
        at += 1;
        Ok(())
    };
    for (what, value) in &made.facts {
        line(worksheet, what, value)?;
    }
    let most = MAX_ROWS / 4;
    for file in sheet.incomplete.iter().take(most) {
        line(worksheet, "not read as a whole", file)?;
    }
    if sheet.incomplete.len() > most {
        let more = sheet.incomplete.len() - most;
        line(
            worksheet,
            "not read as a whole",
            &format!("and {more} more files, which do not fit"),
        )?;
    }
    for note in sheet.notes.iter().take(most) {
        line(worksheet, "left out", note)?;
    }
    at += 1;
    let head = at;
    for (column, what) in [(0, "File"), (1, "State"), (2, "Blob id")] {
        worksheet.write_string_with_format(head, column, what, &formats.head)?;
    }
    let room = MAX_ROWS.saturating_sub(usize::try_from(head).unwrap_or(0) + 3);
    for file in made.files.iter().take(room) {
        at += 1;
        write_file(worksheet, at, file, formats)?;
    }
    if made.files.len() > room {
        let more = made.files.len() - room;
        worksheet.write_string_with_format(
            at + 1,
            0,
            format!("and {more} more files, which do not fit"),
            &formats.text,
        )?;
    }
    for (column, width) in (0..).zip(WIDTHS) {
        worksheet.set_column_width(column, u32::try_from(width).unwrap_or(0))?;
    }
    worksheet.set_repeat_rows(0, 0)?;
    set_page(worksheet, 1);
    Ok(())
}

fn write_file(worksheet: &mut Worksheet, at: u32, file: &MadeFile, formats: &Formats) -> Result<(), XlsxError> {
    let path = cut(&file.path);
    worksheet.set_row_height(at, height(lines(&path, WIDTHS[0])))?;
    worksheet.write_string_with_format(at, 0, path, &formats.text)?;
    worksheet.write_string_with_format(at, 1, cut(file.state), &formats.text)?;
    if let Some(blob) = &file.blob {
        worksheet.write_string_with_format(at, 2, cut(blob), &formats.text)?;
    }
    Ok(())
}
