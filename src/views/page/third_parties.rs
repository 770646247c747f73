//! Third parties, what their reports cover, and the complementary controls that one side expects of the other.

use super::services::{REPORTS, SERVICES};
use super::table::{rows_of, sentence};
use super::{Chapter, Col, Row, Says, Table};
use crate::model::CuecStatus;
use crate::views::inventory::Judged;
use crate::views::matrix::Chosen;
use crate::views::{Cell, SeenPlace, cells};
use std::collections::BTreeSet;

const COLUMNS: &[Col] = &[
    Col::new("Third party", Says::Path, 12),
    Col::new("Title and role", Says::Text, 13),
    Col::new("Owner", Says::Text, 8),
    Col::new("Relied on by", SERVICES, 11),
    Col::new("Days of ours", Says::Text, 10),
    Col::new("State", Says::Text, 8),
    Col::new("Not covered", Says::Text, 9),
    Col::new("Its reports", Says::Text, 15),
    Col::new("Review", Says::Text, 9),
    Col::new("Open", Says::Rules, 10),
    Col::new("Declared at", Says::Place, 11),
];

const OF_US: &[Col] = &[
    Col::new("Third party", Says::Path, 12),
    Col::new("Control", Says::Text, 9),
    Col::new("What is expected", Says::Text, 28),
    Col::new("Performed by", Says::Text, 12),
    Col::new("By our control", Says::Path, 14),
    Col::new("Status", Says::Text, 9),
    Col::new("Declared at", Says::Place, 11),
];

const OF_OTHERS: &[Col] = &[
    Col::new("Report", REPORTS, 12),
    Col::new("Control", Says::Text, 9),
    Col::new("What is expected", Says::Text, 28),
    Col::new("Declared at", Says::Place, 11),
];

pub fn chapter(judged: &Judged<'_, '_>) -> Chapter {
    Chapter::new("third-parties", "Third parties and complementary controls")
        .with(days(judged))
        .with(of_us(judged))
        .with(of_others(judged))
}

fn days(judged: &Judged<'_, '_>) -> Table {
    let mut sheet = judged.vendors(&Chosen::default());
    let mut table = Table::new("third-parties", COLUMNS, "No third party is declared.")
        .titled("Third parties, and the days of ours that their reports cover");
    table.about = sheet.about.iter().map(|about| sentence(about)).collect();
    let mut named = BTreeSet::new();
    for mut row in rows_of(&mut sheet) {
        let subject = row.text("subject");
        let is_open = row.is_filled("open");
        let reports = match row.take("reports") {
            Cell::Parts(parts) => cells::list(parts.into_iter().map(|part| part.said)),
            other => other,
        };
        let ours = match (row.take("whose"), row.days("from", "to")) {
            (Cell::Text(whose), Cell::Text(days)) => cells::list([whose, days]),
            (whose, _) => whose,
        };
        let review = row.listed(&[("reviewed", "reviewed-on"), ("next by", "next-review")]);
        table.rows.push(Row {
            span: None,
            is_open,
            cells: vec![
                row.take("subject"),
                row.listed(&[("", "title"), ("", "role"), ("", "treatment")]),
                row.take("owner"),
                row.take("services"),
                ours,
                row.take("state"),
                row.take("not-covered"),
                reports,
                review,
                row.take("open"),
                row.take("declared-at"),
            ],
            // It has a row for each of the days; the first is the one that is linked to.
            subject: subject.filter(|subject| named.insert(subject.clone())),
        });
    }
    table.all = "`soclint matrix vendors`".to_owned();
    table
}

/// What reports of third parties expect of us.
fn of_us(judged: &Judged<'_, '_>) -> Table {
    let mut table = Table::new(
        "cuecs",
        OF_US,
        "No complementary control is declared to be expected of us.",
    )
    .titled("What their reports expect of us")
    .about("Complementary user entity controls (CUECs): what the other side's controls rest on, and we have to do.");
    for third_party in judged.estate.third_parties() {
        for cuec in third_party.entity().body.cuecs.iter() {
            let body = &cuec.value;
            let name = body.control.get();
            let control = name.and_then(|name| judged.estate.control_named(third_party.namespace, name));
            let of_control = || judged.owner(&control?.path());
            let owner = body.owner.get().map(ToString::to_string).or_else(of_control);
            let status = body.status.value();
            let is_settled = owner.is_some() || status == Some(CuecStatus::NotApplicable);
            table.rows.push(Row {
                subject: None,
                span: None,
                is_open: !is_settled,
                cells: vec![
                    cells::text(third_party.path()),
                    cells::field(&body.id),
                    cells::field(&body.text),
                    match owner {
                        Some(owner) => cells::text(owner),
                        None if third_party.cuec_shown(body).owner => cells::unknown(),
                        None if is_settled => Cell::Nothing,
                        None => cells::text("nobody, as declared"),
                    },
                    control.map_or_else(|| cells::field(&body.control), |control| Cell::Text(control.path())),
                    match status {
                        Some(CuecStatus::NotApplicable) => cells::list(
                            std::iter::once("not applicable".to_owned())
                                .chain(body.reason.get().map(ToString::to_string)),
                        ),
                        _ => cells::field(&body.status),
                    },
                    cells::place(third_party.at(cuec.span)),
                ],
            });
        }
    }
    table.all = "`soclint matrix vendors --format json`".to_owned();
    table
}

/// What our reports expect of those who use our services.
fn of_others(judged: &Judged<'_, '_>) -> Table {
    let mut table = Table::new(
        "our-cuecs",
        OF_OTHERS,
        "No report declares what it expects of user entities.",
    )
    .titled("What our reports expect of user entities");
    for report in judged.estate.reports() {
        for cuec in report.entity().body.cuecs.iter() {
            table.rows.push(Row {
                subject: None,
                span: None,
                is_open: false,
                cells: vec![
                    cells::text(report.name()),
                    cells::field(&cuec.value.id),
                    cells::field(&cuec.value.text),
                    Cell::Places(vec![SeenPlace {
                        place: report.at(cuec.span),
                        locator: String::new(),
                    }]),
                ],
            });
        }
    }
    table.all = "the manifests".to_owned();
    table
}
