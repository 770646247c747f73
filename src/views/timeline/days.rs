//! Days that no report covers: between two, before one that is planned, before a year-end, and after the last.

use super::{Entry, Stage, What, When};
use crate::calendar::Period;
use crate::decode::Field;
use crate::estate::{AssuranceRef, ServiceRef, Standing, count_days, left_before};
use crate::fiscal_year;
use crate::model::{Lifecycle, ReportType, count};
use crate::rules::Limit;
use crate::rules::report_periods::issuer_year_end_gap;
use crate::source::Place;
use crate::standards::Family;
use crate::views::inventory::Judged;
use std::collections::{BTreeMap, BTreeSet};

/// Days about a report: its path, its place, the days and what is said of them.
type Key = (String, Place, Period, String, String);

pub fn add(judged: &Judged<'_, '_>, all: &mut Vec<Entry>) {
    let mut found: BTreeMap<Key, BTreeSet<String>> = BTreeMap::new();
    for service in judged.estate.services() {
        let mut add = |report: AssuranceRef<'_, '_>, place: Option<Place>, days: Period, (title, state)| {
            let place = place.unwrap_or_else(|| report.place());
            let key = (report.path(), place, days, title, state);
            found.entry(key).or_default().insert(service.path());
        };
        for family in Family::ALL {
            if is_judged_for_holes(service) {
                between(service, family, &mut add);
            }
            if service.body.is_in_use() {
                before_planned(service, family, &mut add);
                after(judged, service, family, &mut add);
            }
        }
        if service.body.is_in_use() {
            before_year_ends(judged, service, &mut add);
        }
    }
    all.extend(
        found
            .into_iter()
            .map(|((subject, place, days, title, state), services)| Entry {
                what: What::NotCovered,
                owner: judged.owner(&subject),
                subject,
                title,
                when: When::period(days),
                stage: Stage::Missing,
                state,
                services,
                place,
            }),
    );
}

/// As `coverage-gap` judges services.
fn is_judged_for_holes(service: ServiceRef<'_, '_>) -> bool {
    let is_retired = service.body.lifecycle.value() == Some(Lifecycle::Retired);
    !is_retired && service.body.is_in_scope()
}

/// Where a report states the first or the last day of its period.
fn edge(report: AssuranceRef<'_, '_>, is_first: bool) -> Option<Place> {
    let report = report.as_report()?;
    let period = report.entity().body.period.get()?;
    let day = if is_first { &period.from } else { &period.to };
    Some(report.at(day.known()?.span))
}

type Said = (String, String);

fn between(
    service: ServiceRef<'_, '_>,
    family: Family,
    add: &mut impl FnMut(AssuranceRef<'_, '_>, Option<Place>, Period, Said),
) {
    for hole in service.holes(family).unwrap_or_default() {
        let unbridged = count_days(&hole.unbridged);
        let all = count_days(&hole.left);
        let bridged = match (hole.letters.is_empty(), unbridged) {
            (true, _) => String::new(),
            (false, 0) => "; only a bridge letter is about them".to_owned(),
            (false, left) => format!("; a bridge letter leaves out {left} of {}", count(all, "day")),
        };
        for days in &hole.left {
            let title = format!("between {} and {}", hole.earlier.name(), hole.later.name());
            let state = format!("no issued report covers {}{bridged}", count(days.days(), "day"));
            add(hole.later, edge(hole.later, true), *days, (title, state));
        }
    }
}

fn before_planned(
    service: ServiceRef<'_, '_>,
    family: Family,
    add: &mut impl FnMut(AssuranceRef<'_, '_>, Option<Place>, Period, Said),
) {
    if service.is_succession_uncertain(family) {
        return;
    }
    for planned in service.reports(family, Standing::Upcoming) {
        let period = planned.period.filter(|period| period.from <= period.to);
        let Some(period) = period.filter(|_| planned.report_type == Some(ReportType::Two)) else {
            continue;
        };
        let Some(others) = service.other_periods(planned, family) else {
            continue;
        };
        let Some((between, earlier, left)) = left_before(period, &others) else {
            continue;
        };
        // A service that did not exist by then has nothing to cover.
        let was_there = match &service.body.since {
            Field::Absent => true,
            Field::Unknown(_) => false,
            Field::Known(since) => since.value.0 < between.from,
        };
        for days in left.iter().filter(|_| was_there) {
            let title = format!("between {} and {}", earlier.name(), planned.name());
            let state = format!("no declared report covers {}", count(days.days(), "day"));
            add(planned, edge(planned, true), *days, (title, state));
        }
    }
}

/// Days until now; those of a report that is planned or in progress are its own.
fn after(
    judged: &Judged<'_, '_>,
    service: ServiceRef<'_, '_>,
    family: Family,
    add: &mut impl FnMut(AssuranceRef<'_, '_>, Option<Place>, Period, Said),
) {
    let as_of = judged.estate.as_of.date();
    let Some((last, left)) = service.left_after(family, as_of) else {
        return;
    };
    // What is before a planned report is said there.
    let planned = service
        .reports(family, Standing::Upcoming)
        .filter_map(|report| report.period);
    let first = planned.map(|period| period.from).min();
    for days in left.iter().filter(|days| first.is_none_or(|first| days.from > first)) {
        let title = format!("after {}", last.name());
        let so_far = if days.to == as_of { " so far" } else { "" };
        let state = format!("no declared report covers {}{so_far}", count(days.days(), "day"));
        add(last, edge(last, false), *days, (title, state));
    }
}

/// As `issuer-year-end-gap` counts them, for every stated year-end in season.
fn before_year_ends(
    judged: &Judged<'_, '_>,
    service: ServiceRef<'_, '_>,
    add: &mut impl FnMut(AssuranceRef<'_, '_>, Option<Place>, Period, Said),
) {
    let Some(entities) = service.body.user_entities.get() else {
        return;
    };
    let season = Limit::season(judged.settings, &issuer_year_end_gap::RULE).value;
    let Some(reached) = service.reached() else {
        return;
    };
    for end in entities.fiscal_year_ends.iter() {
        let Some(year) = fiscal_year::in_season(end.value, season, &judged.estate.as_of) else {
            continue;
        };
        let Some(left) = reached.left_before(year.to) else {
            continue;
        };
        let whose = match entities.sec_issuers.value() {
            Some(true) => "SEC issuers",
            _ => "user entities",
        };
        let title = format!("before the year-end of {whose} on {}", year.to);
        let state = format!(
            "{} uncovered after {}",
            count(left.days(), "day"),
            reached.newest.name()
        );
        add(reached.newest, edge(reached.newest, false), left, (title, state));
    }
}
