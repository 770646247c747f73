//! Every control.

use super::{DECLARED_AT, HELD_BACK, Judged, OPEN, OWNER, Row, SUBJECT, TITLE, column, names, paths};
use crate::decode::{List, OneOrTable};
use crate::estate::ControlRef;
use crate::manifest::EvidenceRef;
use crate::views::{Cell, Column, Holds, cells};
use std::collections::BTreeSet;

pub const COLUMNS: &[Column] = &[
    SUBJECT,
    TITLE,
    OWNER,
    column("area", "Area", "Its area.", Holds::Text, false),
    column(
        "criteria",
        "Criteria",
        "The criteria that it serves.",
        Holds::List,
        true,
    ),
    column(
        "reports",
        "Reports",
        "The reports that it is part of.",
        Holds::List,
        false,
    ),
    column("every", "Every", "How often it operates.", Holds::Text, false),
    column(
        "effective",
        "Effective",
        "The day on which it came into effect.",
        Holds::Day,
        false,
    ),
    column("design", "Design", "The evidence of its design.", Holds::List, false),
    column(
        "operating",
        "Operating",
        "The evidence of its operation.",
        Holds::List,
        false,
    ),
    column(
        "inherited-from",
        "Inherited from",
        "The third party that performs it.",
        Holds::Text,
        false,
    ),
    OPEN,
    HELD_BACK,
    DECLARED_AT,
];

/// `by_service` says whether rows are chosen by the services of their reports, which may be very many for each.
pub fn rows(judged: &Judged<'_, '_>, by_service: bool) -> Vec<Row> {
    let controls = judged.estate.controls();
    controls.map(|control| row(judged, control, by_service)).collect()
}

fn row(judged: &Judged<'_, '_>, control: ControlRef<'_, '_>, by_service: bool) -> Row {
    let subject = control.path();
    let owner = judged.owner(&subject);
    let body = &control.entity().body;
    let mut cells = vec![
        cells::text(&subject),
        cells::field(&body.title),
        owner.as_ref().map_or(Cell::Nothing, cells::text),
        cells::field(&body.area),
        cells::listed(&body.criteria, |id| id.value.to_string()),
        names(control.reports().map(|report| report.name())),
        cells::field(&body.every),
        cells::day(&body.effective),
        evidence(&body.design),
        evidence(&body.operating),
        cells::field(&body.inherited_from),
    ];
    cells.extend(judged.ending(&subject, Some(control.place())));
    Row {
        services: match by_service {
            true => paths(control.reports().flat_map(|report| report.assurance().services())),
            false => BTreeSet::new(),
        },
        subject,
        owner,
        cells,
    }
}

fn evidence(list: &List<OneOrTable<EvidenceRef<'_>>>) -> Cell {
    cells::listed(list, |item| {
        let at = item.value.at.get();
        at.map_or_else(|| "unknown".to_owned(), ToString::to_string)
    })
}
