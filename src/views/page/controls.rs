//! Controls, what they serve, and their evidence.

use super::services::REPORTS;
use super::table::{rows_of, sentence};
use super::{Chapter, Col, Row, Says, Table, Title};
use crate::views::inventory::{Judged, Listed, Wanted};
use crate::views::matrix::{Chosen, live_reports};
use std::collections::BTreeSet;

/// Of so many reports, control matrices are shown.
const MAX_MATRICES: usize = 100;

const CONTROLS: Says = Says::Names(&["controls"]);
const EVIDENCE: Says = Says::References(&["evidence"]);

const OF_CONTROLS: &[Col] = &[
    Col::new("Control", Says::Path, 13),
    Col::new("Title and area", Says::Text, 14),
    Col::new("Owner", Says::Text, 9),
    Col::new("Criteria", Says::Text, 8),
    Col::new("Reports", REPORTS, 10),
    Col::new("Operates", Says::Text, 10),
    Col::new("Evidence of design", EVIDENCE, 13),
    Col::new("Evidence of operation", EVIDENCE, 13),
    Col::new("Open", Says::Rules, 12),
    Col::new("Declared at", Says::Place, 12),
];

const OF_MATRIX: &[Col] = &[
    Col::new("Objective or criterion", Says::Text, 9),
    Col::new("What it asks for", Says::Text, 22),
    Col::new("State", Says::Text, 8),
    Col::new("Control", CONTROLS, 13),
    Col::new("Owner", Says::Text, 9),
    Col::new("Remarks", Says::Text, 20),
    Col::new("Open", Says::Rules, 12),
    Col::new("Declared at", Says::Place, 12),
];

const OF_EVIDENCE: &[Col] = &[
    Col::new("Evidence", Says::Path, 12),
    Col::new("Kind", Says::Text, 9),
    Col::new("Owner", Says::Text, 9),
    Col::new("Where it is", Says::Path, 16),
    Col::new("Collected", Says::Text, 8),
    Col::new("Days it covers", Says::Text, 9),
    Col::new("Valid until", Says::Text, 8),
    Col::new("Cited by", Says::Path, 15),
    Col::new("Open", Says::Rules, 12),
    Col::new("Declared at", Says::Place, 12),
];

pub fn chapter(judged: &Judged<'_, '_>) -> Chapter {
    let mut chapter = Chapter::new("controls", "Controls and evidence")
        .saying("“Served” means that a control is declared to serve the objective or criterion, not that it works. What a criterion asks for is said in soclint's own words, not in the standard's.")
        .with(controls(judged));
    let reports = live_reports(judged.estate, &BTreeSet::new());
    if let Some(more) = reports.len().checked_sub(MAX_MATRICES).filter(|more| *more > 0) {
        chapter.about.push(format!(
            "The control matrices of the newest {MAX_MATRICES} reports are shown; `soclint matrix controls --report` makes those of \
             {more} more."
        ));
    }
    for report in reports.into_iter().take(MAX_MATRICES) {
        let mut sheet = judged.control_matrix(report, &Chosen::default());
        let mut table = Table::new(
            "matrix",
            OF_MATRIX,
            "It has neither objectives nor criteria nor controls.",
        );
        table.title = Some(Title::Name("Control matrix of", report.name().to_string()));
        table.notes = sheet.notes.iter().map(|note| sentence(note)).collect();
        for mut row in rows_of(&mut sheet) {
            table.rows.push(Row {
                subject: None,
                span: None,
                is_open: row.is_filled("open"),
                cells: vec![
                    row.take("criterion"),
                    row.take("text"),
                    row.take("state"),
                    row.take("control"),
                    row.take("owner"),
                    row.listed(&[
                        ("result:", "narrative"),
                        ("tested over:", "population"),
                        ("did not operate:", "did-not-operate"),
                        ("by others:", "by-others"),
                        ("not relevant:", "not-relevant"),
                        ("exceptions:", "exceptions"),
                    ]),
                    row.take("open"),
                    row.take("declared-at"),
                ],
            });
        }
        table.all = format!("`soclint matrix controls --report {}`", report.name());
        chapter.tables.push(table);
    }
    chapter.with(evidence(judged))
}

fn controls(judged: &Judged<'_, '_>) -> Table {
    let mut sheet = judged.list(Listed::Controls, &Wanted::default());
    let mut table = Table::new("controls", OF_CONTROLS, "No control is declared.").titled("Controls");
    for mut row in rows_of(&mut sheet) {
        let subject = row.text("subject");
        table.rows.push(Row {
            span: None,
            is_open: row.is_filled("open"),
            cells: vec![
                row.take("subject"),
                row.listed(&[("", "title"), ("", "area")]),
                row.take("owner"),
                row.take("criteria"),
                row.take("reports"),
                row.listed(&[("every", "every"), ("since", "effective"), ("by", "inherited-from")]),
                row.take("design"),
                row.take("operating"),
                row.take("open"),
                row.take("declared-at"),
            ],
            subject,
        });
    }
    table.all = "`soclint inventory controls`".to_owned();
    table
}

fn evidence(judged: &Judged<'_, '_>) -> Table {
    let mut sheet = judged.list(Listed::Evidence, &Wanted::default());
    let mut table = Table::new("evidence", OF_EVIDENCE, "No evidence entry is declared.")
        .titled("Evidence")
        .about("Evidence entries. Places that a declaration names directly, without an entry, stand there.");
    for mut row in rows_of(&mut sheet) {
        let subject = row.text("subject");
        table.rows.push(Row {
            span: None,
            is_open: row.is_filled("open"),
            cells: vec![
                row.take("subject"),
                row.take("kind"),
                row.take("owner"),
                row.take("at"),
                row.take("collected"),
                row.days("from", "to"),
                row.take("valid-until"),
                row.take("named-by"),
                row.take("open"),
                row.take("declared-at"),
            ],
            subject,
        });
    }
    table.all = "`soclint inventory evidence`".to_owned();
    table
}
