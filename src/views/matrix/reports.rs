//! What a report or certificate is, in a line, and which is newer.

use crate::estate::{AssuranceRef, Origin, Standing};
use crate::model::Date;
use crate::views::{Cell, cells};
use std::cmp::Reverse;

/// Reports before certificates, of each the newest first, then by path. Those of which no day is known come last.
pub fn newest_first(reports: &mut [AssuranceRef<'_, '_>]) {
    reports.sort_by_cached_key(|report| {
        let is_certificate = matches!(report.origin(), Origin::Certificate(_));
        (is_certificate, Reverse(last_day(*report)), report.path())
    });
}

fn last_day(report: AssuranceRef<'_, '_>) -> Option<jiff::civil::Date> {
    report.end().or_else(|| match report.origin() {
        Origin::Report(report) => day(report.entity().body.expected.value()),
        Origin::Certificate(certificate) => day(certificate.entity().body.expires.value()),
    })
}

fn day(stated: Option<Date>) -> Option<jiff::civil::Date> {
    stated.map(|day| day.0)
}

/// "SOC 1 type 2, 2025-01-01 to 2025-12-31, unmodified opinion".
pub fn described(report: AssuranceRef<'_, '_>) -> String {
    let mut parts = vec![report.title()];
    match report.standing() {
        Standing::Upcoming => parts.push("planned or in progress".to_owned()),
        Standing::Unknown => parts.push("status unknown".to_owned()),
        Standing::Issued | Standing::Gone => {}
    }
    match (report.period, report.as_of) {
        (Some(period), _) => parts.push(format!("{} to {}", period.from, period.to)),
        (None, Some(day)) => parts.push(format!("as of {day}")),
        (None, None) => {}
    }
    match report.origin() {
        Origin::Report(report) => {
            let body = &report.entity().body;
            if let Some(opinion) = body.opinion.value() {
                parts.push(format!("opinion: {opinion}"));
            }
            if let Some(expected) = body.expected.value().filter(|_| body.issued.is_absent()) {
                parts.push(format!("expected {expected}"));
            }
        }
        Origin::Certificate(certificate) => {
            if let Some(expires) = certificate.entity().body.expires.value() {
                parts.push(format!("valid until {expires}"));
            }
        }
    }
    parts.join(", ")
}

/// Its period, its day, its end and its opinion, as cells: `from`, `to`, `expires`, `opinion`.
pub fn facts(report: AssuranceRef<'_, '_>) -> [Cell; 4] {
    let unread = |day: Option<jiff::civil::Date>| match day {
        Some(day) => Cell::Day(day),
        None if report.unread => cells::unknown(),
        None => Cell::Nothing,
    };
    let (expires, opinion) = match report.origin() {
        Origin::Report(report) => (Cell::Nothing, cells::field(&report.entity().body.opinion)),
        Origin::Certificate(certificate) => (cells::day(&certificate.entity().body.expires), Cell::Nothing),
    };
    let from = unread(report.period.map(|period| period.from));
    [from, unread(report.end()), expires, opinion]
}
