//! Every data category.

use super::{DECLARED_AT, HELD_BACK, Judged, OPEN, OWNER, Row, SUBJECT, TITLE, column, names, paths};
use crate::decode::List;
use crate::estate::{DataRef, ServiceRef, ThirdPartyRef};
use crate::model::{DataId, Text};
use crate::views::{Cell, Column, Holds, cells};
use std::collections::{BTreeSet, HashMap};

pub const COLUMNS: &[Column] = &[
    SUBJECT,
    TITLE,
    OWNER,
    column(
        "classification",
        "Classification",
        "How sensitive it is.",
        Holds::Text,
        true,
    ),
    column("kinds", "Kinds", "What it is about.", Holds::List, false),
    column(
        "services",
        "Services",
        "The services that hold or process it.",
        Holds::List,
        false,
    ),
    column(
        "third-parties",
        "Third parties",
        "The third parties that hold or process it.",
        Holds::List,
        false,
    ),
    OPEN,
    HELD_BACK,
    DECLARED_AT,
];

/// Who holds what.
type Holding<T> = HashMap<DataId, Vec<T>>;

pub fn rows(judged: &Judged<'_, '_>) -> Vec<Row> {
    let estate = judged.estate;
    let held = |from, list: &List<Text<'_>>| {
        let named = list.iter().filter_map(|name| estate.data_named(from, &name.value));
        named.map(|data| data.index).collect::<BTreeSet<DataId>>()
    };
    let mut services: Holding<ServiceRef<'_, '_>> = HashMap::new();
    for service in estate.services() {
        for data in held(service.namespace, &service.body.data) {
            services.entry(data).or_default().push(service);
        }
    }
    let mut third_parties: Holding<ThirdPartyRef<'_, '_>> = HashMap::new();
    for third_party in estate.third_parties() {
        for data in held(third_party.namespace, &third_party.body.data) {
            third_parties.entry(data).or_default().push(third_party);
        }
    }
    let row = |data: DataRef<'_, '_>| {
        let services = services.get(&data.index).map_or(&[][..], Vec::as_slice);
        let third_parties = third_parties.get(&data.index).map_or(&[][..], Vec::as_slice);
        row(judged, data, services, third_parties)
    };
    estate.data().map(row).collect()
}

fn row(
    judged: &Judged<'_, '_>,
    data: DataRef<'_, '_>,
    services: &[ServiceRef<'_, '_>],
    third_parties: &[ThirdPartyRef<'_, '_>],
) -> Row {
    let subject = data.path();
    let owner = judged.owner(&subject);
    let body = &data.entity().body;
    let mut cells = vec![
        cells::text(&subject),
        cells::field(&body.title),
        owner.as_ref().map_or(Cell::Nothing, cells::text),
        cells::field(&body.classification),
        cells::listed(&body.kinds, |kind| kind.value.to_string()),
        names(services.iter().map(|service| service.name())),
        names(third_parties.iter().map(|third_party| third_party.name())),
    ];
    cells.extend(judged.ending(&subject, Some(data.place())));
    Row {
        services: paths(services.iter().copied()),
        subject,
        owner,
        cells,
    }
}
