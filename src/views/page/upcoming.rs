//! What the passing of time alone will bring.

use super::{Chapter, Col, Contents, Row, Says, Table};
use crate::finding::Finding;
use crate::views::inventory::Judged;
use crate::views::{Cell, cells};

const COLUMNS: &[Col] = &[
    Col::new("From", Says::Text, 9),
    Col::new("Severity", Says::Severity, 8),
    Col::new("Rule", Says::Rule, 16),
    Col::new("Subject", Says::Path, 17),
    Col::new("Owner", Says::Text, 10),
    Col::new("Finding", Says::Prose, 28),
    Col::new("Place", Says::Place, 14),
];

pub fn chapter(judged: &Judged<'_, '_>, contents: Contents<'_>) -> Chapter {
    let mut table = Table::new("upcoming", COLUMNS, "No finding is upcoming.");
    let row = |finding: &Finding| Row {
        subject: None,
        span: None,
        is_open: true,
        cells: vec![
            Cell::Day(finding.from.unwrap_or(contents.until)),
            cells::text(finding.severity),
            cells::text(finding.rule),
            cells::text(&finding.subject),
            finding.owner.as_ref().map_or(Cell::Nothing, cells::text),
            cells::text(&finding.message),
            cells::place(finding.primary.place),
        ],
    };
    table.rows = contents.upcoming.iter().map(row).collect();
    table.all = format!("`soclint forecast --until {}`", contents.until);
    Chapter::new("upcoming", "Upcoming")
        .saying(format!(
            "What will be found from {} to {} if nothing changes but the date: rotations, reviews, reports, certificates and \
             waivers that run out.",
            judged.estate.as_of.date(), contents.until
        ))
        .with(table)
}
