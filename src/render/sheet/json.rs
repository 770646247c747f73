//! A table as JSON: each row an object, with a key for each column.

use crate::render::json_text;
use crate::source::Sources;
use crate::views::{Cell, Column, Sheet};
use jiff::civil::Date;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// The document's version: it changes when something is taken away or means something else.
const VERSION: u32 = 1;

pub fn json(sheet: &Sheet, sources: &Sources, as_of: Date) -> String {
    json_text(&Document { sheet, sources, as_of })
}

struct Document<'d> {
    sheet: &'d Sheet,
    sources: &'d Sources,
    as_of: Date,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sheet = self.sheet;
        let rows: Vec<Row<'_>> = sheet
            .rows
            .iter()
            .map(|cells| Row {
                columns: sheet.columns,
                cells,
                sources: self.sources,
            })
            .collect();
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("version", &VERSION)?;
        map.serialize_entry("as-of", &self.as_of.to_string())?;
        map.serialize_entry("incomplete", &sheet.incomplete)?;
        map.serialize_entry("notes", &sheet.notes)?;
        map.serialize_entry(sheet.name, &rows)?;
        map.end()
    }
}

struct Row<'r> {
    columns: &'r [Column],
    cells: &'r [Cell],
    sources: &'r Sources,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            match cell {
                // A list of nothing is empty; what is not stated has no key.
                Cell::Nothing if column.holds.is_list() => map.serialize_entry(column.key, &[(); 0])?,
                Cell::Nothing => {}
                Cell::Text(text) => map.serialize_entry(column.key, text)?,
                Cell::List(items) => map.serialize_entry(column.key, items)?,
                Cell::Day(day) => map.serialize_entry(column.key, &day.to_string())?,
                Cell::Count(count) => map.serialize_entry(column.key, count)?,
                Cell::Standing(word) => map.serialize_entry(column.key, word.as_str())?,
                Cell::Places(places) => {
                    let places = places.iter().map(|seen| Place::of(seen, self.sources));
                    map.serialize_entry(column.key, &places.collect::<Vec<_>>())?;
                }
            }
        }
        map.end()
    }
}

/// Lines and columns count from 1; columns in Unicode code points.
#[derive(Serialize)]
struct Place<'p> {
    file: &'p str,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    locator: &'p str,
}

impl<'p> Place<'p> {
    fn of(seen: &'p crate::views::SeenPlace, sources: &'p Sources) -> Self {
        let source = sources.get(seen.place.file);
        let at = source.position(seen.place.span.start);
        Self {
            file: &source.path,
            line: at.line,
            column: at.column,
            locator: &seen.locator,
        }
    }
}
