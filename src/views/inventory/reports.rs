//! Every report and every certificate.

use super::{DECLARED_AT, HELD_BACK, Judged, OPEN, OWNER, Row, SUBJECT, column, names, paths};
use crate::decode::Field;
use crate::estate::{AssuranceRef, Origin};
use crate::model::Date;
use crate::views::{Cell, Column, Holds, cells};

pub const COLUMNS: &[Column] = &[
    SUBJECT,
    column(
        "what",
        "What",
        "What it is declared to be: SOC 1 type 2, ISO 27001 certificate.",
        Holds::Text,
        true,
    ),
    OWNER,
    column(
        "status",
        "Status",
        "Its status, if stated; a report or certificate without one is issued.",
        Holds::Text,
        false,
    ),
    column("from", "From", "The first day of the period.", Holds::Day, false),
    column(
        "to",
        "To",
        "The last day of the period, or the day of a type 1 report.",
        Holds::Day,
        true,
    ),
    column("issued", "Issued", "The day it was issued.", Holds::Day, false),
    column(
        "expires",
        "Expires",
        "The last day on which a certificate is valid.",
        Holds::Day,
        false,
    ),
    column(
        "expected",
        "Expected",
        "The day on which a planned report is expected.",
        Holds::Day,
        false,
    ),
    column("opinion", "Opinion", "The auditor's opinion.", Holds::Text, false),
    column(
        "by",
        "By",
        "The auditor, or the certification body.",
        Holds::Text,
        false,
    ),
    column(
        "categories",
        "Categories",
        "The trust services categories that it covers.",
        Holds::List,
        false,
    ),
    column(
        "services",
        "Services",
        "The services that it covers or, if it states none, that claim it.",
        Holds::List,
        false,
    ),
    OPEN,
    HELD_BACK,
    DECLARED_AT,
];

pub fn rows(judged: &Judged<'_, '_>) -> Vec<Row> {
    judged
        .estate
        .assurances()
        .map(|assurance| row(judged, assurance))
        .collect()
}

fn row(judged: &Judged<'_, '_>, assurance: AssuranceRef<'_, '_>) -> Row {
    let subject = assurance.path();
    let owner = judged.owner(&subject);
    let none = Field::<Date>::Absent;
    let (status, issued, expires, expected, opinion, by, categories) = match assurance.origin() {
        Origin::Report(report) => {
            let body = &report.entity().body;
            let categories = cells::listed(&body.categories, |category| category.value.to_string());
            (
                cells::field(&body.status),
                &body.issued,
                &none,
                &body.expected,
                cells::field(&body.opinion),
                cells::field(&body.auditor),
                categories,
            )
        }
        Origin::Certificate(certificate) => {
            let body = &certificate.entity().body;
            (
                cells::field(&body.status),
                &body.issued,
                &body.expires,
                &none,
                Cell::Nothing,
                cells::field(&body.body),
                Cell::Nothing,
            )
        }
    };
    let unread = |day: Option<jiff::civil::Date>| match day {
        Some(day) => Cell::Day(day),
        None if assurance.unread => cells::unknown(),
        None => Cell::Nothing,
    };
    let services = assurance.services();
    let mut cells = vec![
        cells::text(&subject),
        cells::text(assurance.title()),
        owner.as_ref().map_or(Cell::Nothing, cells::text),
        status,
        unread(assurance.period.map(|period| period.from)),
        unread(assurance.end()),
        cells::day(issued),
        cells::day(expires),
        cells::day(expected),
        opinion,
        by,
        categories,
        names(services.iter().map(|service| service.name())),
    ];
    cells.extend(judged.ending(&subject, Some(assurance.place())));
    Row {
        services: paths(services),
        subject,
        owner,
        cells,
    }
}
