//! Tables of views: one module for each format, and what they share, which is how cells read as text.

mod csv;
mod error;
mod how;
mod json;
mod markdown;
mod table;
#[cfg(test)]
mod tests;
mod workbook;
mod xlsx;

pub use csv::csv;
pub use error::SheetError;
pub use json::json;
pub use markdown::markdown;
pub use table::{natural_width, table};
pub use xlsx::xlsx;

use super::safe;
use crate::model::count;
use crate::source::Sources;
use crate::views::{Cell, Column, SeenPlace, Sheet};

/// How a format writes cells as text.
#[derive(Debug, Clone, Copy)]
struct Form {
    /// Between the items of a list.
    between: &'static str,
    /// Whether a place also says which locator it has, where they differ.
    whole: bool,
}

/// One line of text for each item of a cell, safe to be shown; none of an empty one.
fn items(cell: &Cell, sources: &Sources, form: Form) -> Vec<String> {
    match cell {
        Cell::Nothing => Vec::new(),
        Cell::Text(text) => vec![text.clone()],
        Cell::List(items) => items.clone(),
        Cell::Day(day) => vec![day.to_string()],
        Cell::Count(count) => vec![count.to_string()],
        Cell::Standing(word) => vec![word.as_str().to_owned()],
        Cell::Places(places) => places_text(places, sources, form),
        Cell::Parts(parts) => parts.iter().map(|part| part.said.clone()).collect(),
    }
}

/// `main.tf:12`; where not all have the same locator, `main.tf:12 (arn:..)`. What reads the same stands once.
fn places_text(places: &[SeenPlace], sources: &Sources, form: Form) -> Vec<String> {
    let differ = places.windows(2).any(|pair| match pair {
        [one, other] => one.locator != other.locator,
        _ => false,
    });
    let mut texts: Vec<String> = Vec::with_capacity(places.len());
    for seen in places {
        let source = sources.get(seen.place.file);
        let line = source.position(seen.place.span.start).line;
        let text = if form.whole && differ {
            format!("{}:{line} ({})", source.path, seen.locator)
        } else {
            format!("{}:{line}", source.path)
        };
        // They are in order, so that equal ones are neighbours unless their locators differ.
        if texts.last() != Some(&text) {
            texts.push(text);
        }
    }
    texts
}

/// The text of a cell, in one line and safe to be shown.
fn text(cell: &Cell, sources: &Sources, form: Form) -> String {
    safe::line(&items(cell, sources, form).join(form.between)).into_owned()
}

/// The columns in which some row has something, each with its number.
fn filled(sheet: &Sheet) -> Vec<(usize, &Column)> {
    let is_filled = |at: usize| {
        let mut cells = sheet.rows.iter().filter_map(|row| row.get(at));
        cells.any(|cell| !is_empty(cell))
    };
    sheet
        .columns
        .iter()
        .enumerate()
        .filter(|(at, _)| is_filled(*at))
        .collect()
}

fn is_empty(cell: &Cell) -> bool {
    match cell {
        Cell::Nothing => true,
        Cell::Text(text) => text.is_empty(),
        Cell::List(items) => items.is_empty(),
        Cell::Places(places) => places.is_empty(),
        Cell::Parts(parts) => parts.is_empty(),
        Cell::Day(_) | Cell::Count(_) | Cell::Standing(_) => false,
    }
}

/// What stands at the head of a table that lacks something; nothing of one that is whole.
fn incomplete_line(sheet: &Sheet) -> Option<String> {
    let files = match sheet.incomplete.len() {
        0 => return None,
        1 => "1 file was not read as a whole, and what it holds is missing here".to_owned(),
        n => format!("{n} files were not read as a whole, and what they hold is missing here"),
    };
    Some(format!("incomplete: {files}"))
}

/// The first files of many, and how many more there are.
fn first_incomplete(sheet: &Sheet, most: usize) -> Vec<String> {
    let files = &sheet.incomplete;
    let mut named: Vec<String> = files
        .iter()
        .take(most)
        .map(|file| safe::line(file).into_owned())
        .collect();
    if files.len() > most {
        named.push(format!("and {}", count(files.len() - most, "more file")));
    }
    named
}

/// What is said of a table without rows.
fn empty_line(sheet: &Sheet) -> String {
    format!("no {} to list", sheet.name.replace('-', " "))
}

/// What the table is called, in a heading.
fn title(sheet: &Sheet) -> String {
    sheet.title.clone()
}

pub(in crate::render) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
