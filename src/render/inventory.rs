//! The identities of an estate.

use super::json_text;
use crate::discover::Demand;
use crate::source::Sources;
use crate::views::Inventory;
use jiff::civil::Date;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'r> {
    version: u32,
    as_of: String,
    /// Files that could not be read, or not as a whole.
    incomplete: &'r [String],
    identities: Vec<Identity<'r>>,
}

#[derive(Serialize)]
struct Identity<'r> {
    subject: &'r str,
    state: &'static str,
    /// `demanded`, `asked` or `shown`: whether it has to be declared. Nothing of what is.
    #[serde(skip_serializing_if = "Option::is_none")]
    demand: Option<&'static str>,
    places: Vec<Seen<'r>>,
}

/// Lines and columns count from 1; columns in Unicode code points.
#[derive(Serialize)]
struct Seen<'r> {
    file: &'r str,
    line: usize,
    column: usize,
    locator: &'r str,
}

pub fn json(inventory: &Inventory, sources: &Sources, as_of: Date) -> String {
    let identities = inventory.rows.iter().map(|row| Identity {
        subject: &row.subject,
        state: row.state.as_str(),
        demand: row.demand.map(|demand| match demand {
            Demand::Demanded => "demanded",
            Demand::AskedFor => "asked",
            Demand::Shown => "shown",
        }),
        places: row
            .places
            .iter()
            .map(|seen| {
                let source = sources.get(seen.place.file);
                let at = source.position(seen.place.span.start);
                Seen {
                    file: &source.path,
                    line: at.line,
                    column: at.column,
                    locator: &seen.locator,
                }
            })
            .collect(),
    });
    json_text(&Document {
        version: 1,
        as_of: as_of.to_string(),
        incomplete: &inventory.incomplete,
        identities: identities.collect(),
    })
}
