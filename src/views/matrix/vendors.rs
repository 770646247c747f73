//! Third parties × what relies on them × the days of ours that their reports cover.

use super::vendor_columns::{COLUMNS, COVERED, IN_PART, NO_DAYS, NO_REPORT, NOT_COVERED, UNKNOWN};
use super::vendor_days::{Days, days};
use super::{Chosen, left_out};
use crate::calendar::{Period, plus};
use crate::decode::Field;
use crate::estate::{ReportRef, ThirdPartyRef, period};
use crate::manifest::{ProviderCuec, ProviderReport};
use crate::model::{CuecStatus, Method, ReportType, Role};
use crate::views::inventory::{Judged, names, provider_title, provider_what};
use crate::views::{Cell, Part, Sheet, cells};
use std::collections::BTreeMap;

impl Judged<'_, '_> {
    pub fn vendors(&self, chosen: &Chosen) -> Sheet {
        let mut rows: Vec<(String, Vec<Cell>)> = Vec::new();
        let mut all = 0;
        for third_party in self.estate.third_parties() {
            let subject = third_party.path();
            let of_it = self.rows_of(third_party, &subject);
            all += of_it.len();
            let owner = self.owner(&subject);
            let mut services = third_party.services();
            let is_relied_on =
                chosen.services.is_empty() || services.any(|service| chosen.has_service(&service.path()));
            if is_relied_on && chosen.has_owner(owner.as_ref()) {
                rows.extend(of_it.into_iter().map(|cells| (subject.clone(), cells)));
            }
        }
        // In what order the days of one stand has been decided.
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        Sheet {
            name: "vendors",
            title: "Third parties, and the days of ours that their reports cover".to_owned(),
            about: vec![MEANING.to_owned()],
            columns: COLUMNS.into(),
            incomplete: self.incomplete(false),
            notes: left_out(rows.len(), all).into_iter().collect(),
            rows: rows.into_iter().map(|(_, cells)| cells).collect(),
        }
    }

    /// A row for each of the days of ours that matter; one where there are none.
    fn rows_of(&self, third_party: ThirdPartyRef<'_, '_>, subject: &str) -> Vec<Vec<Cell>> {
        let body = &third_party.entity().body;
        let head = [
            cells::text(third_party.name()),
            cells::field(&body.title),
            self.owner(subject).map_or(Cell::Nothing, cells::text),
            cells::listed(&body.role, |role| role.value.to_string()),
        ];
        let all = || names(third_party.services().map(|service| service.name()));
        let mut tail = vec![
            parts(
                body.reports.iter().map(|report| of_report(&report.value)),
                body.reports.damaged,
            ),
            Cell::Nothing,
            parts(
                body.cuecs.iter().map(|cuec| self.of_cuec(third_party, &cuec.value)),
                body.cuecs.damaged,
            ),
        ];
        tail.extend(review(third_party));
        tail.push(cells::day(&body.since));
        let [open, held_back, place] = self.ending(subject, Some(third_party.place()));
        tail.extend([open, held_back, Cell::Text(subject.to_owned()), place]);
        let row = |services: Cell, middle: [Cell; 8], of_report: Option<&str>| {
            let mut tail = tail.clone();
            tail[1] = treatment(third_party, of_report);
            let head = head.iter().cloned().chain([services]);
            head.chain(middle).chain(tail).collect::<Vec<Cell>>()
        };
        let is_subservice = body.may_be(Role::SubserviceOrganization) || third_party.may_be_carved_out();
        let matters = is_subservice || !body.reports.is_surely_empty();
        let days = if matters { days(self, third_party) } else { Vec::new() };
        if days.is_empty() {
            let mut none = [const { Cell::Nothing }; 8];
            none[4] = Cell::Text(if matters { NO_DAYS } else { NO_REPORT }.to_owned());
            return vec![row(all(), none, None)];
        }
        days.into_iter()
            .map(|days| row(cells::list(&days.services), of_days(&days), days.report.as_deref()))
            .collect()
    }

    fn of_cuec(&self, third_party: ThirdPartyRef<'_, '_>, cuec: &ProviderCuec<'_>) -> Part {
        let name = cuec.control.get();
        let control = name.and_then(|name| self.estate.control_named(third_party.namespace, name));
        let of_control = || self.owner(&control?.path());
        let owner = cuec.owner.get().map(ToString::to_string).or_else(of_control);
        let id = cuec.id.get().or(cuec.text.get());
        let id = id.map_or_else(|| "a CUEC".to_owned(), ToString::to_string);
        let does_not_apply = cuec.status.value() == Some(CuecStatus::NotApplicable);
        let is_planned = cuec.status.value() == Some(CuecStatus::Planned);
        let who = match (&owner, control) {
            _ if does_not_apply => "not applicable".to_owned(),
            (Some(owner), Some(control)) => format!("{owner} by {}", control.path()),
            (Some(owner), None) => owner.clone(),
            (None, Some(control)) => format!("nobody, by {}", control.path()),
            (None, None) if third_party.cuec_shown(cuec).owner => UNKNOWN.to_owned(),
            (None, None) => "nobody".to_owned(),
        };
        let planned = if is_planned { " (planned)" } else { "" };
        Part {
            said: format!("{id}: {who}{planned}"),
            cells: vec![
                cells::field(&cuec.id),
                cells::field(&cuec.text),
                cells::field(&cuec.status),
                owner.map_or(Cell::Nothing, cells::text),
                control.map_or_else(|| cells::field(&cuec.control), |control| Cell::Text(control.path())),
                cells::field(&cuec.reason),
            ],
        }
    }
}

const MEANING: &str = "\"covered\" means that declared type 2 reports of the third party, with their bridge letters, cover all of those days; of a bridge letter before a year-end, three months count";

fn parts(parts: impl Iterator<Item = Part>, damaged: bool) -> Cell {
    let unread = damaged.then(|| Part {
        said: UNKNOWN.to_owned(),
        cells: vec![cells::text(UNKNOWN)],
    });
    let parts: Vec<Part> = parts.chain(unread).collect();
    match parts.is_empty() {
        true => Cell::Nothing,
        false => Cell::Parts(parts),
    }
}

/// `whose`, `from`, `to`, `counted`, `state`, `days`, `covered-days`, `not-covered`.
fn of_days(days: &Days) -> [Cell; 8] {
    let count = |days: i64| Cell::Count(usize::try_from(days).unwrap_or(0));
    let whole = days.of.days();
    let uncovered = days
        .left
        .as_ref()
        .map(|left| left.iter().map(|part| part.days()).sum::<i64>());
    let state = match uncovered {
        None => UNKNOWN,
        Some(0) => COVERED,
        Some(left) if left == whole => NOT_COVERED,
        Some(_) => IN_PART,
    };
    let counted = days.family.map_or("any", |family| family.subject_matter());
    [
        Cell::Text(days.whose.clone()),
        Cell::Day(days.of.from),
        Cell::Day(days.of.to),
        cells::text(counted),
        Cell::Text(state.to_owned()),
        count(whole),
        uncovered.map_or(Cell::Nothing, |left| count(whole - left)),
        cells::list(days.left.iter().flatten().map(|left| span(*left))),
    ]
}

fn span(period: Period) -> String {
    match period.from == period.to {
        true => period.from.to_string(),
        false => format!("{} to {}", period.from, period.to),
    }
}

fn of_report(report: &ProviderReport<'_>) -> Part {
    let period = report.period.get().and_then(period);
    let bridged = report.bridged();
    let is_type_1 = report.report_type.value() == Some(ReportType::One);
    let mut said = provider_title(report);
    if let Some(opinion) = report.opinion.value() {
        said.push_str(&format!(", opinion: {opinion}"));
    }
    for letter in bridged.iter().flatten() {
        said.push_str(&format!(", bridged {}", span(*letter)));
    }
    let unread = |day: Option<jiff::civil::Date>| match day {
        Some(day) => Cell::Day(day),
        None if report.is_undatable() => cells::unknown(),
        None => Cell::Nothing,
    };
    let day = report.as_of.value().filter(|_| is_type_1 || period.is_none());
    let bridged = match bridged {
        Some(letters) => cells::list(letters.into_iter().map(span)),
        None => cells::list([UNKNOWN]),
    };
    Part {
        said,
        cells: vec![
            cells::text(provider_what(report)),
            unread(period.map(|period| period.from)),
            unread(period.map(|period| period.to).or(day.map(|day| day.0))),
            cells::field(&report.opinion),
            bridged,
            cells::field(&report.alternative_procedures),
        ],
    }
}

/// How our issued reports, or only one of them, treat it; if there are none, how it is declared to be treated.
fn treatment(third_party: ThirdPartyRef<'_, '_>, only: Option<&str>) -> Cell {
    let stated = third_party
        .treatments()
        .map(|(report, _)| report)
        .filter(|report| report.is_issued());
    let covering = third_party.covering_reports().into_iter().map(|(_, report)| report);
    let reports: BTreeMap<ReportRef<'_, '_>, String> = stated
        .chain(covering)
        .filter(|report| only.is_none_or(|only| report.name().to_string() == only))
        .filter_map(|report| {
            let how = match third_party.method_in(report) {
                Field::Known(method) if method.value == Method::Inclusive => "included in",
                Field::Known(_) => "carved out of",
                Field::Unknown(_) => "unknown in",
                Field::Absent => return None,
            };
            Some((report, format!("{how} {}", report.name())))
        })
        .collect();
    match reports.is_empty() {
        true => cells::list(third_party.body.method.value().map(|method| method.to_string())),
        false => cells::list(reports.into_values()),
    }
}

/// The day of the last review, and that of the next.
fn review(third_party: ThirdPartyRef<'_, '_>) -> [Cell; 2] {
    match &*third_party.entity().body.review {
        Field::Absent => [Cell::Nothing, Cell::Nothing],
        Field::Unknown(_) => [cells::unknown(), cells::unknown()],
        Field::Known(review) => {
            let (last, every) = (&review.value.last, &review.value.every);
            let next = last.value().zip(every.value());
            [
                cells::day(last),
                next.map_or(Cell::Nothing, |(last, every)| Cell::Day(plus(last.0, every))),
            ]
        }
    }
}
