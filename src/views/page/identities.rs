//! Non-human identities.

use super::services::SERVICES;
use super::table::{rows_of, sentence};
use super::{Chapter, Col, Row, Says, Table};
use crate::views::Cell;
use crate::views::inventory::{Judged, Listed, Wanted};

const COLUMNS: &[Col] = &[
    Col::new("Identity", Says::Path, 16),
    Col::new("Kind and state", Says::Text, 12),
    Col::new("Owner", Says::Text, 9),
    Col::new("Services", SERVICES, 13),
    Col::new("Access", Says::Text, 15),
    Col::new("Credential", Says::Text, 10),
    Col::new("Days", Says::Text, 11),
    Col::new("Open matters", Says::Text, 11),
    Col::new("Declared or seen at", Says::Place, 13),
];

pub fn chapter(judged: &Judged<'_, '_>) -> Chapter {
    let mut sheet = judged.list(Listed::Identities, &Wanted::default());
    // The page has no such option.
    let notes = sheet.notes.drain(..);
    let notes: Vec<String> = notes
        .map(|note| sentence(&note.replace("not listed without `--all`", "not listed here")))
        .collect();
    let mut table = Table::new("identities", COLUMNS, "No non-human identity is declared.");
    for mut row in rows_of(&mut sheet) {
        let subject = row.text("subject");
        let is_open = row.is_filled("open-matters");
        let place = match row.take("declared-at") {
            Cell::Nothing => row.take("places"),
            place => place,
        };
        table.rows.push(Row {
            span: None,
            is_open,
            cells: vec![
                row.take("subject"),
                row.listed(&[
                    ("", "kind"),
                    ("", "state"),
                    ("", "demand"),
                    ("in use:", "in-use"),
                    ("", "reason"),
                ]),
                row.take("owner"),
                row.take("services"),
                row.listed(&[("", "access"), ("in", "environments")]),
                row.listed(&[("", "credential"), ("in", "store")]),
                row.listed(&[
                    ("created", "created"),
                    ("rotated", "rotated-on"),
                    ("reviewed", "reviewed-on"),
                    ("expires", "expires"),
                    ("retired", "retired"),
                ]),
                row.take("open-matters"),
                place,
            ],
            subject,
        });
    }
    table.notes = notes;
    table.all = "`soclint inventory identities`".to_owned();
    Chapter::new("identities", "Identities")
        .saying("Everything that acts without a person: service accounts, pipelines, keys, bots and agents. What is only seen in files of the repository is listed beside what is declared.")
        .with(table)
}
