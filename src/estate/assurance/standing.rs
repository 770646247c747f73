//! Which families the declared reports and certificates satisfy, and for which services.

use crate::calendar::{self, Period};
use crate::decode::{Field, List};
use crate::estate::{AssuranceRef, Entity, Estate};
use crate::manifest::{Certificate, Report, StatedPeriod};
use crate::model::{
    CertificateId, CertificateStatus, Duration, Framework, Id, NamespaceId, Opinion, ReportId, ReportType, Stated,
    Status, Text,
};
use crate::standards::Family;
use jiff::civil::Date;

/// The status of a report or certificate on the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Issued,
    /// Planned or in progress, and live.
    Upcoming,
    /// Withdrawn or suspended, or planned so long ago that it is no longer expected.
    Gone,
    /// It could not be read.
    Unknown,
}

/// What is known of a report or certificate, whatever the day.
#[derive(Debug)]
pub struct Assurance {
    pub framework: Option<Framework>,
    /// The family it belongs to; [`Stated::Absent`] when it is of neither.
    pub family: Stated<Family>,
    /// `None` when it is not stated, or not known.
    pub report_type: Option<ReportType>,
    pub period: Option<Period>,
    pub as_of: Option<Date>,
    pub issued: Option<Date>,
    /// Whether its type or its dates are stated but could not be read.
    pub unread: bool,
    pub states_covers: bool,
    /// Whether it may cover more services than are known.
    pub covers_unknown: bool,
}

impl Assurance {
    /// The last day it covers.
    pub fn end(&self) -> Option<Date> {
        self.period.map(|period| period.to).or(self.as_of)
    }

    pub fn is_of(&self, family: Family) -> bool {
        self.family == Stated::Known(family)
    }
}

/// Whether a service is covered by a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    No,
    /// Only by a report that is planned or in progress.
    Upcoming,
    Issued,
    /// Something that could not be read might cover it.
    Unknown,
}

/// The status of the report or certificate with a number, on the as-of date.
pub fn standing_of(estate: &Estate<'_>, at: usize) -> Standing {
    match at.checked_sub(estate.reports.len()) {
        None => {
            let report = estate.reports.get(ReportId::at(at));
            let body = &report.body;
            standing(
                estate,
                report.readable,
                stage_of_report(&body.status),
                || match body.is_misfiled() {
                    true => Some(false),
                    false => shown_issued(estate, &body.issued, &body.opinion),
                },
                (stated_period(body), date(&body.as_of)),
            )
        }
        Some(at) => {
            let certificate = estate.certificates.get(CertificateId::at(at));
            let body = &certificate.body;
            let period = body.period.get().and_then(period);
            standing(
                estate,
                certificate.readable,
                stage_of_certificate(&body.status),
                || match body.is_misfiled() {
                    true => shown_issued(estate, &body.issued, &body.opinion),
                    false => Some(false),
                },
                (period, None),
            )
        }
    }
}

/// What is known of the report or certificate with a number, whatever the day.
pub fn assess(estate: &Estate<'_>, at: usize) -> Assurance {
    match at.checked_sub(estate.reports.len()) {
        None => of_report(estate, estate.reports.get(ReportId::at(at))),
        Some(at) => of_certificate(estate, estate.certificates.get(CertificateId::at(at))),
    }
}

fn of_report(estate: &Estate<'_>, report: &Entity<'_, Report<'_>>) -> Assurance {
    let body = &report.body;
    Assurance {
        framework: body.framework.value(),
        family: family_of_report(report),
        report_type: body.report_type.value(),
        period: stated_period(body),
        as_of: date(&body.as_of),
        issued: date(&body.issued),
        unread: body.report_type.is_unknown() || body.as_of.is_unknown() || is_unread(&body.period),
        states_covers: body.covers.stated,
        covers_unknown: !report.readable || covers_unknown(estate, report.namespace, &body.covers),
    }
}

fn of_certificate(estate: &Estate<'_>, certificate: &Entity<'_, Certificate<'_>>) -> Assurance {
    let body = &certificate.body;
    let period = body.period.get().and_then(period);
    Assurance {
        framework: body.framework.value(),
        // A certificate is of neither family, whatever it certifies; a misfiled report is of its own.
        family: body.framework.value().and_then(Framework::family).into(),
        report_type: body.report_type.value(),
        period,
        as_of: None,
        issued: date(&body.issued),
        unread: body.report_type.is_unknown() || is_unread(&body.period),
        states_covers: body.covers.stated,
        covers_unknown: !certificate.readable || covers_unknown(estate, certificate.namespace, &body.covers),
    }
}

fn family_of_report(report: &Entity<'_, Report<'_>>) -> Stated<Family> {
    let body = &report.body;
    match body.framework.value() {
        None => Stated::Unknown,
        Some(Framework::Isae3000) => match (body.subject_matter, &body.suitable_criteria) {
            (Field::Unknown(_), _) => Stated::Unknown,
            (Field::Known(about), _) => about.value.family().into(),
            (Field::Absent, criteria) if criteria.damaged => Stated::Unknown,
            (Field::Absent, criteria) => criteria.items.is_empty().then_some(Family::TrustServices).into(),
        },
        Some(framework) => framework.family().into(),
    }
}

/// The stated status of a report; `None` when it could not be read.
fn stage_of_report(status: &Field<Status>) -> Option<CertificateStatus> {
    match status {
        Field::Unknown(_) => None,
        Field::Absent => Some(CertificateStatus::Issued),
        Field::Known(status) => Some(status.value.into()),
    }
}

fn stage_of_certificate(status: &Field<CertificateStatus>) -> Option<CertificateStatus> {
    match status {
        Field::Unknown(_) => None,
        Field::Absent => Some(CertificateStatus::Issued),
        Field::Known(status) => Some(status.value),
    }
}

fn covers_unknown<'a>(estate: &Estate<'a>, from: NamespaceId, covers: &List<Text<'a>>) -> bool {
    covers.damaged
        || covers
            .iter()
            .any(|name| estate.services_named(from, &name.value).next().is_none())
}

fn date(field: &Field<crate::model::Date>) -> Option<Date> {
    field.value().map(|date| date.0)
}

/// Whether a period, or one of its ends, is stated but could not be read.
pub fn is_unread(period: &Field<StatedPeriod>) -> bool {
    match period {
        Field::Absent => false,
        Field::Unknown(_) => true,
        Field::Known(period) => period.value.from.is_unknown() || period.value.to.is_unknown(),
    }
}

/// A period with both ends known.
pub fn period(stated: &StatedPeriod) -> Option<Period> {
    Some(Period {
        from: date(&stated.from)?,
        to: date(&stated.to)?,
    })
}

fn stated_period(report: &Report<'_>) -> Option<Period> {
    report.period.get().and_then(period)
}

/// Whether it states what only an issued report has: an issue date that has passed, or an opinion. `None` when
/// that could not be read.
fn shown_issued(estate: &Estate<'_>, issued: &Field<crate::model::Date>, opinion: &Field<Opinion>) -> Option<bool> {
    let has_come = date(issued).is_some_and(|day| day <= estate.as_of);
    match has_come || opinion.known().is_some() {
        false if issued.is_unknown() || opinion.is_unknown() => None,
        shown => Some(shown),
    }
}

/// How long after its end a report that is not issued is still expected.
const WAITED_FOR: Duration = Duration::months(6);

fn standing(
    estate: &Estate<'_>,
    readable: bool,
    stage: Option<CertificateStatus>,
    shown_issued: impl Fn() -> Option<bool>,
    (period, day): (Option<Period>, Option<Date>),
) -> Standing {
    let Some(stage) = stage.filter(|_| readable) else {
        return Standing::Unknown;
    };
    let is_on_its_way = matches!(stage, CertificateStatus::Planned | CertificateStatus::InProgress);
    match is_on_its_way.then(shown_issued) {
        Some(None) => return Standing::Unknown,
        // It states what only an issued report has; `impossible-report-dates` reports that.
        Some(Some(true)) => return Standing::Issued,
        Some(Some(false)) | None => {}
    }
    let begins = period.map(|period| period.from).or(day);
    let ended = period.map(|period| period.to).or(day);
    let not_long_over = || ended.is_none_or(|end| calendar::plus(end, WAITED_FOR) >= estate.as_of);
    let soon = || begins.is_none_or(|from| estate.as_of.reaches(from, Duration::months(12)));
    match stage {
        CertificateStatus::Issued => Standing::Issued,
        CertificateStatus::Withdrawn | CertificateStatus::Suspended => Standing::Gone,
        CertificateStatus::Planned if soon() && not_long_over() => Standing::Upcoming,
        CertificateStatus::InProgress if not_long_over() => Standing::Upcoming,
        CertificateStatus::Planned | CertificateStatus::InProgress => Standing::Gone,
    }
}

/// Whether something in the estate might cover any service.
#[derive(Debug, Default)]
pub struct Uncertain {
    /// By family: whether something that could not be read might belong to it.
    pub of_family: [bool; 2],
    /// Whether a report or certificate may cover services that are not known.
    pub of_any: bool,
}

/// Whether something in the estate that could not be read might belong to a family and cover any service.
pub fn uncertain(estate: &Estate<'_>) -> Uncertain {
    let hidden = ["reports", "certificates"].iter().any(|table| estate.may_hide(table));
    let may_cover =
        |assurance: AssuranceRef<'_, '_>| assurance.covers_unknown && assurance.standing() != Standing::Gone;
    let of_family = Family::ALL.map(|family| {
        hidden
            || estate.assurances().any(|assurance| {
                // Where nothing is known about it; if it covers only known services, they are checked.
                let could = assurance.is_of(family) || assurance.family.is_unknown();
                could && may_cover(assurance)
            })
    });
    Uncertain {
        of_family,
        of_any: estate.assurances().any(may_cover),
    }
}
