//! Every service.

use super::{DECLARED_AT, HELD_BACK, Judged, OPEN, OWNER, Row, SUBJECT, TITLE, column, names, paths};
use crate::estate::Standing;
use crate::views::{Cell, Column, Holds, cells};

pub const COLUMNS: &[Column] = &[
    SUBJECT,
    TITLE,
    OWNER,
    column("kind", "Kind", "What kind of service it is.", Holds::Text, false),
    column("lifecycle", "Lifecycle", "Its stage, if stated.", Holds::Text, false),
    column("exposure", "Exposure", "Who it is for, if stated.", Holds::Text, false),
    column(
        "scope",
        "Scope",
        "Whether it is inside the boundary, if stated.",
        Holds::Text,
        false,
    ),
    column(
        "financial-impact",
        "Financial impact",
        "Its declared effect on user entities' financial reporting.",
        Holds::Text,
        false,
    ),
    column(
        "commitments",
        "Commitments",
        "What is promised to its users, as trust services categories.",
        Holds::List,
        false,
    ),
    column(
        "data",
        "Data",
        "The data categories that it holds or processes.",
        Holds::List,
        false,
    ),
    column(
        "depends-on",
        "Depends on",
        "The services that it depends on.",
        Holds::List,
        false,
    ),
    column(
        "third-parties",
        "Third parties",
        "The third parties that it relies on.",
        Holds::List,
        false,
    ),
    column(
        "claims",
        "Claims",
        "The reports and certificates that its readers are told cover it.",
        Holds::List,
        false,
    ),
    column(
        "covered-by",
        "Covered by",
        "The issued reports and certificates that declare to cover it.",
        Holds::List,
        false,
    ),
    column("since", "Since", "The day it went live.", Holds::Day, false),
    OPEN,
    HELD_BACK,
    DECLARED_AT,
];

pub fn rows(judged: &Judged<'_, '_>) -> Vec<Row> {
    let services = judged.estate.services();
    let row = |service: crate::estate::ServiceRef<'_, '_>| {
        let subject = service.path();
        let owner = judged.owner(&subject);
        let body = &service.entity().body;
        let claimed = service.claims().map(|claimed| claimed.assurance.name());
        let covering = service
            .assurances()
            .filter(|assurance| assurance.standing() == Standing::Issued && assurance.covers(service));
        let mut cells = vec![
            cells::text(&subject),
            cells::field(&body.title),
            owner.as_ref().map_or(Cell::Nothing, cells::text),
            cells::field(&body.kind),
            cells::field(&body.lifecycle),
            cells::field(&body.exposure),
            cells::field(&body.scope),
            cells::field(&body.financial_impact),
            cells::listed(&body.commitments, |category| category.value.to_string()),
            cells::listed(&body.data, |name| name.value.to_string()),
            names(service.dependencies().map(|dependency| dependency.on.name())),
            names(service.third_parties().map(|third_party| third_party.name())),
            names(claimed),
            names(covering.map(|assurance| assurance.name())),
            cells::day(&body.since),
        ];
        cells.extend(judged.ending(&subject, Some(service.place())));
        Row {
            services: paths([service]),
            subject,
            owner,
            cells,
        }
    };
    services.map(row).collect()
}
