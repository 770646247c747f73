//! The ends of fiscal years: those of user entities, and the organization's own.

use super::{Asked, Entry, Stage, What, When, distance};
use crate::calendar::Period;
use crate::estate::ServiceRef;
use crate::fiscal_year;
use crate::model::{MonthDay, count};
use crate::source::Place;
use crate::views::inventory::Judged;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A year of the user entities of services that stand alike.
struct Ends {
    services: BTreeSet<String>,
    /// The first of the services, and where it states the year-end.
    first: (String, Place),
}

/// Of services that are not asked for, none is taken together with those that are.
pub fn add(judged: &Judged<'_, '_>, asked: &Asked, axis: Period, all: &mut Vec<Entry>) {
    let as_of = judged.estate.as_of.date();
    let mut found: BTreeMap<(Date, String, String, Option<String>), Ends> = BTreeMap::new();
    for service in judged.estate.services().filter(|service| service.body.is_in_use()) {
        let Some(entities) = service.body.user_entities.get() else {
            continue;
        };
        let path = service.path();
        if !asked.services.is_empty() && !asked.services.contains(&path) {
            continue;
        }
        let owner = judged.owner(&path);
        let covering = covering(service);
        for end in entities.fiscal_year_ends.iter() {
            for year in ending_in(end.value, axis) {
                let title = match entities.sec_issuers.value() {
                    Some(true) => "SEC issuers among the user entities",
                    _ => "user entities",
                };
                let state = match &covering {
                    Some(periods) => covered(year, periods, as_of),
                    None => distance(year.to, as_of),
                };
                let place = service.at(end.span);
                let ends = found
                    .entry((year.to, title.to_owned(), state, owner.clone()))
                    .or_insert_with(|| Ends {
                        services: BTreeSet::new(),
                        first: (path.clone(), place),
                    });
                ends.services.insert(path.clone());
            }
        }
    }
    all.extend(found.into_iter().map(|((day, title, state, owner), ends)| {
        let (subject, place) = ends.first;
        Entry {
            what: What::UserYearEnd,
            owner,
            subject,
            title,
            when: When::Day(day),
            stage: stage(day, as_of),
            state,
            services: ends.services,
            place,
        }
    }));
    let Some((place, organization)) = &judged.estate.organization else {
        return;
    };
    let Some(end) = organization.fiscal_year_end.known() else {
        return;
    };
    let owner = judged.estate.owner_of_file(place.file);
    let owner = owner.and_then(|owner| judged.estate.owner_called(&owner));
    all.extend(ending_in(end.value, axis).map(|year| Entry {
        what: What::OwnYearEnd,
        subject: "organization".to_owned(),
        title: "our own books".to_owned(),
        when: When::Day(year.to),
        stage: stage(year.to, as_of),
        state: distance(year.to, as_of),
        services: BTreeSet::new(),
        owner: owner.clone(),
        place: Place {
            file: place.file,
            span: end.span,
        },
    }));
}

fn stage(day: Date, as_of: Date) -> Stage {
    if day < as_of { Stage::Settled } else { Stage::Ahead }
}

/// The fiscal years that end on the axis. There is no first or last of them, so none is outside of it.
fn ending_in(end: MonthDay, axis: Period) -> impl Iterator<Item = Period> {
    fiscal_year::touching(end, axis).filter(move |year| axis.from <= year.to && year.to <= axis.to)
}

/// The issued type 2 periods on controls relevant to financial reporting; `None` where there are none, or where they are
/// not known.
fn covering(service: ServiceRef<'_, '_>) -> Option<Vec<Period>> {
    service.reached()?;
    service.issued_periods()
}

/// How much of a year issued reports cover.
fn covered(year: Period, periods: &[Period], as_of: Date) -> String {
    let covered = fiscal_year::covered(year, periods).map_or(0, Period::days);
    let distance = distance(year.to, as_of);
    format!(
        "{distance}, issued type 2 reports cover {covered} of {}",
        count(year.days(), "day")
    )
}
