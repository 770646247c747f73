//! Reports and certificates: their periods and days, the letters that follow them, and when they are expected.

use super::{Entry, Stage, What, When, distance, due};
use crate::decode::Field;
use crate::estate::{AssuranceRef, CertificateRef, Origin, ReportRef, Standing};
use crate::manifest::{BridgeLetter, StatedPeriod};
use crate::model::{CertificateStatus, LetterIssuer, ReportType};
use crate::rules::report_periods::surveillance_overdue;
use crate::views::inventory::{Judged, paths};
use jiff::civil::Date;

/// Adds them, and says of which of them no day is known.
pub fn add(judged: &Judged<'_, '_>, all: &mut Vec<Entry>) -> Vec<String> {
    let mut undated = Vec::new();
    for assurance in judged.estate.assurances() {
        let about = About::of(judged, assurance);
        let before = all.len();
        match assurance.origin() {
            Origin::Report(report) => of_report(judged, &about, report, all),
            Origin::Certificate(certificate) => of_certificate(judged, &about, certificate, all),
        }
        if all.len() == before {
            undated.push(about.entry.subject);
        }
    }
    undated
}

/// What all entries about one have in common.
struct About {
    entry: Entry,
}

impl About {
    fn of(judged: &Judged<'_, '_>, assurance: AssuranceRef<'_, '_>) -> Self {
        let subject = assurance.path();
        let entry = Entry {
            what: What::Report,
            owner: judged.owner(&subject),
            title: assurance.title(),
            services: paths(assurance.services()),
            subject,
            when: When::Days(None, None),
            stage: Stage::Settled,
            state: String::new(),
            place: assurance.place(),
        };
        Self { entry }
    }

    fn entry(&self, what: What, when: When, (stage, state): (Stage, String)) -> Entry {
        Entry {
            what,
            when,
            stage,
            state,
            ..self.entry.clone()
        }
    }
}

/// The days that a period states, if it states any.
pub fn days(stated: &Field<StatedPeriod>) -> Option<When> {
    let period = stated.get()?;
    let day = |field: &Field<crate::model::Date>| field.value().map(|day| day.0);
    let (from, to) = (day(&period.from), day(&period.to));
    (from.is_some() || to.is_some()).then_some(When::Days(from, to))
}

/// Who issued a bridge letter.
pub fn issued_by(letter: &BridgeLetter<'_>) -> String {
    match letter.issued_by.value() {
        Some(LetterIssuer::Management) => "a statement by management".to_owned(),
        Some(LetterIssuer::Auditor) => "issued by the auditor".to_owned(),
        None => "who issued it is not stated".to_owned(),
    }
}

fn of_report(judged: &Judged<'_, '_>, about: &About, report: ReportRef<'_, '_>, all: &mut Vec<Entry>) {
    let as_of = judged.estate.as_of.date();
    let assurance = report.assurance();
    let body = &report.entity().body;
    let of_period = days(&body.period);
    let of_day = body.as_of.value().map(|day| When::Day(day.0));
    let when = match body.report_type.value() {
        Some(ReportType::One) => of_day.or(of_period),
        _ => of_period.or(of_day),
    };
    if let Some(when) = when {
        all.push(about.entry(What::Report, when, report_state(report, as_of, when)));
    }
    for letter in body.bridge_letter.iter() {
        if let Some(when) = days(&letter.value.period) {
            let mut entry = about.entry(What::BridgeLetter, when, (Stage::Settled, issued_by(&letter.value)));
            entry.place = report.at(letter.span);
            all.push(entry);
        }
    }
    // When an issued report was expected says nothing any more.
    let is_issued = assurance.standing() == Standing::Issued;
    if let Some(expected) = body.expected.known().filter(|_| !is_issued) {
        let day = expected.value.0;
        let state = match day < as_of {
            true => (
                Stage::Missing,
                format!("expected {}, and not declared as issued", distance(day, as_of)),
            ),
            false => (Stage::Ahead, format!("expected {}", distance(day, as_of))),
        };
        let mut entry = about.entry(What::Expected, When::Day(day), state);
        entry.place = report.at(expected.span);
        all.push(entry);
    }
}

fn report_state(report: ReportRef<'_, '_>, as_of: Date, when: When) -> (Stage, String) {
    let body = &report.entity().body;
    let is_over = when.to().is_some_and(|to| to < as_of);
    match report.assurance().standing() {
        Standing::Issued => {
            let mut state = match body.issued.value() {
                Some(day) if day.0 > as_of => format!("issued on {day}, which lies ahead"),
                Some(day) => format!("issued {day}"),
                None => "issued".to_owned(),
            };
            if let Some(opinion) = body.opinion.value() {
                state.push_str(&format!(", opinion: {opinion}"));
            }
            (Stage::Settled, state)
        }
        Standing::Upcoming | Standing::Gone => match body.status.value() {
            Some(status) if report.assurance().is_live() => {
                let over = match (when, is_over) {
                    (_, false) => "",
                    (When::Day(_), true) => ", its day is past",
                    (When::Days(..), true) => ", its period is over",
                };
                (Stage::Ahead, format!("{}{over}", status.as_str().replace('-', " ")))
            }
            Some(status) => {
                let status = status.as_str().replace('-', " ");
                match status.as_str() {
                    "withdrawn" => (Stage::Settled, status),
                    // It is not live: it begins too far ahead, or ended too long ago.
                    _ if is_over => (Stage::Missing, format!("{status}, and not issued since")),
                    _ => (Stage::Ahead, status),
                }
            }
            None => (Stage::Settled, "status unknown".to_owned()),
        },
        Standing::Unknown => (Stage::Missing, "status could not be read".to_owned()),
    }
}

fn of_certificate(judged: &Judged<'_, '_>, about: &About, certificate: CertificateRef<'_, '_>, all: &mut Vec<Entry>) {
    let as_of = judged.estate.as_of.date();
    let body = &certificate.entity().body;
    let day = |field: &Field<crate::model::Date>| field.value().map(|day| day.0);
    let (issued, expires) = (day(&body.issued), day(&body.expires));
    if issued.is_some() || expires.is_some() {
        let when = When::Days(issued, expires);
        all.push(about.entry(What::Certificate, when, certificate_state(certificate, as_of)));
    } else if let Some(when) = days(&body.period) {
        all.push(about.entry(What::Certificate, when, certificate_state(certificate, as_of)));
    }
    for audit in body.surveillance.iter() {
        let day = audit.value.0;
        let state = match day <= as_of {
            true => (Stage::Settled, "done".to_owned()),
            false => (Stage::Ahead, format!("planned, {}", distance(day, as_of))),
        };
        let mut entry = about.entry(What::Surveillance, When::Day(day), state);
        entry.place = certificate.at(audit.span);
        all.push(entry);
    }
    if let Some((last, _, limit)) = surveillance_overdue::cycle(judged.estate, judged.settings, certificate) {
        let day = limit.due(last.value.0);
        let (stage, state) = due(day, as_of);
        let state = format!("next {state}, {} after the last audit of {}", limit.value, last.value);
        let mut entry = about.entry(What::SurveillanceDue, When::Day(day), (stage, state));
        entry.place = certificate.at(last.span);
        all.push(entry);
    }
}

fn certificate_state(certificate: CertificateRef<'_, '_>, as_of: Date) -> (Stage, String) {
    let body = &certificate.entity().body;
    let standing = certificate.assurance().standing();
    let status = body.status.value();
    match (standing, status) {
        (Standing::Unknown, _) => (Stage::Missing, "status could not be read".to_owned()),
        (_, Some(CertificateStatus::Suspended)) => (Stage::Missing, "suspended".to_owned()),
        (Standing::Issued, _) => match (body.expires.value(), certificate.has_lapsed()) {
            (Some(last), _) if last.0 < as_of => (Stage::Missing, format!("expired {}", distance(last.0, as_of))),
            (_, Some(true)) => (Stage::Missing, "to an edition that is withdrawn".to_owned()),
            (Some(last), _) => (Stage::Settled, format!("valid, expires {}", distance(last.0, as_of))),
            (None, _) => (Stage::Settled, "no day of expiry is known".to_owned()),
        },
        (Standing::Upcoming, Some(status)) => (Stage::Ahead, status.as_str().replace('-', " ")),
        (_, Some(status)) => (Stage::Settled, status.as_str().replace('-', " ")),
        (_, None) => (Stage::Settled, "status unknown".to_owned()),
    }
}
