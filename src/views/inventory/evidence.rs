//! Every evidence entry.

use super::named_by::named_by;
use super::{
    DECLARED_AT, HELD_BACK, Judged, OPEN, OWNER, Row, SUBJECT, column, controls, identities, reports, services,
    third_parties,
};
use crate::calendar;
use crate::decode::Field;
use crate::estate::{EvidenceEntryRef, period};
use crate::manifest::Target;
use crate::views::{Cell, Column, Holds, cells};
use std::collections::{BTreeSet, HashMap};

pub const COLUMNS: &[Column] = &[
    SUBJECT,
    column("kind", "Kind", "Its kind.", Holds::Text, false),
    OWNER,
    column("at", "At", "Where it is, as declared.", Holds::Text, false),
    column(
        "collected",
        "Collected",
        "The day on which it was collected.",
        Holds::Day,
        false,
    ),
    column(
        "from",
        "From",
        "The first of the days that it covers.",
        Holds::Day,
        false,
    ),
    column("to", "To", "The last of them.", Holds::Day, false),
    column(
        "valid-until",
        "Valid until",
        "The last day on which it is declared to be valid.",
        Holds::Day,
        false,
    ),
    column(
        "named-by",
        "Named by",
        "The declarations that cite it.",
        Holds::List,
        false,
    ),
    OPEN,
    HELD_BACK,
    DECLARED_AT,
];

/// `by_service` says whether rows are chosen by the services of what names them.
pub fn rows(judged: &Judged<'_, '_>, by_service: bool) -> Vec<Row> {
    let estate = judged.estate;
    let find = |from, name: &str| estate.evidence_entry_named(from, name).map(|entry| entry.index);
    let named_by = named_by(estate, Target::Evidence, find);
    let services = if by_service {
        services_of_all(judged)
    } else {
        HashMap::new()
    };
    let none = BTreeSet::new();
    let row = |entry: EvidenceEntryRef<'_, '_>| {
        let naming = named_by.get(&entry.index).unwrap_or(&none);
        let services = naming.iter().filter_map(|path| services.get(path)).flatten();
        row(judged, entry, naming, services.cloned().collect())
    };
    estate.evidence().map(row).collect()
}

/// The services of whatever may cite evidence, by its path.
fn services_of_all(judged: &Judged<'_, '_>) -> HashMap<String, BTreeSet<String>> {
    let rows = services::rows(judged)
        .into_iter()
        .chain(reports::rows(judged))
        .chain(third_parties::rows(judged))
        .chain(controls::rows(judged, true))
        .chain(identities::declared(judged, true));
    rows.map(|row| (row.subject, row.services)).collect()
}

fn row(
    judged: &Judged<'_, '_>,
    entry: EvidenceEntryRef<'_, '_>,
    named_by: &BTreeSet<String>,
    services: BTreeSet<String>,
) -> Row {
    let subject = entry.path();
    let owner = judged.owner(&subject);
    let body = &entry.entity().body;
    let (from, to) = match &*body.period {
        Field::Absent => (Cell::Nothing, Cell::Nothing),
        stated => match stated.get().and_then(period) {
            Some(period) => (Cell::Day(period.from), Cell::Day(period.to)),
            None => (cells::unknown(), cells::unknown()),
        },
    };
    let valid_until = match (body.collected.value(), body.valid_for.value()) {
        (Some(day), Some(time)) => Cell::Day(calendar::plus(day.0, time)),
        _ if body.collected.is_unknown() || body.valid_for.is_unknown() => cells::unknown(),
        _ => Cell::Nothing,
    };
    let mut cells = vec![
        cells::text(&subject),
        cells::field(&body.kind),
        owner.as_ref().map_or(Cell::Nothing, cells::text),
        cells::field(&body.at),
        cells::day(&body.collected),
        from,
        to,
        valid_until,
        cells::list(named_by),
    ];
    cells.extend(judged.ending(&subject, Some(entry.place())));
    Row {
        services,
        subject,
        owner,
        cells,
    }
}
