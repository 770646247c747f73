//! Every third party.

use super::{DECLARED_AT, HELD_BACK, Judged, OPEN, OWNER, Row, SUBJECT, TITLE, column, names, paths};
use crate::decode::Field;
use crate::estate::{ThirdPartyRef, period};
use crate::manifest::ProviderReport;
use crate::model::ReportType;
use crate::views::{Cell, Column, Holds, cells};

pub const COLUMNS: &[Column] = &[
    SUBJECT,
    TITLE,
    OWNER,
    column("role", "Role", "What it is to the organization.", Holds::List, false),
    column(
        "method",
        "Method",
        "How reports treat it: carved out or inclusive.",
        Holds::Text,
        false,
    ),
    column(
        "services",
        "Services",
        "The services that rely on it.",
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
        "reports",
        "Reports",
        "Its own reports, each with its period or day.",
        Holds::List,
        false,
    ),
    column(
        "cuecs",
        "CUECs",
        "How many complementary controls its reports require of us.",
        Holds::Count,
        false,
    ),
    column(
        "reviewed-on",
        "Reviewed on",
        "The day of its last review.",
        Holds::Day,
        false,
    ),
    column(
        "since",
        "Since",
        "The day on which the relationship began.",
        Holds::Day,
        false,
    ),
    OPEN,
    HELD_BACK,
    DECLARED_AT,
];

pub fn rows(judged: &Judged<'_, '_>) -> Vec<Row> {
    judged.estate.third_parties().map(|one| row(judged, one)).collect()
}

fn row(judged: &Judged<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Row {
    let subject = third_party.path();
    let owner = judged.owner(&subject);
    let body = &third_party.entity().body;
    let reviewed = match &*body.review {
        Field::Absent => Cell::Nothing,
        Field::Unknown(_) => cells::unknown(),
        Field::Known(review) => cells::day(&review.value.last),
    };
    let mut cells = vec![
        cells::text(&subject),
        cells::field(&body.title),
        owner.as_ref().map_or(Cell::Nothing, cells::text),
        cells::listed(&body.role, |role| role.value.to_string()),
        cells::field(&body.method),
        names(third_party.services().map(|service| service.name())),
        cells::listed(&body.data, |name| name.value.to_string()),
        cells::listed(&body.reports, |report| title(&report.value)),
        match body.cuecs.iter().len() {
            0 => Cell::Nothing,
            some => Cell::Count(some),
        },
        reviewed,
        cells::day(&body.since),
    ];
    cells.extend(judged.ending(&subject, Some(third_party.place())));
    Row {
        services: paths(third_party.services()),
        subject,
        owner,
        cells,
    }
}

/// "SOC 2 type 2, 2025-01-01 to 2025-12-31".
pub(in crate::views) fn title(report: &ProviderReport<'_>) -> String {
    let what = what(report);
    let period = report.period.get().and_then(period);
    match (period, report.as_of.value()) {
        (Some(period), _) => format!("{what}, {} to {}", period.from, period.to),
        (None, Some(day)) => format!("{what}, {day}"),
        (None, None) => what,
    }
}

/// "SOC 2 type 2".
pub(in crate::views) fn what(report: &ProviderReport<'_>) -> String {
    let what = match (report.framework.value(), report.name.get()) {
        (_, Some(name)) => name.to_string(),
        (Some(framework), None) => framework.title().to_owned(),
        (None, None) => "report of unknown framework".to_owned(),
    };
    match report.report_type.value() {
        Some(ReportType::One) => format!("{what} type 1"),
        Some(ReportType::Two) => format!("{what} type 2"),
        None => what,
    }
}
