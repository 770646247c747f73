//! What the declared reports and certificates answer for.

use super::{Entity, Estate, Name, NamespaceId};
use crate::calendar::{self, Period};
use crate::decode::{Duration, Field, List, Text, Val};
use crate::manifest::{BridgeLetter, CertificateStatus, Framework, Opinion, Report, ReportType, StatedPeriod, Status};
use crate::source::Place;
use crate::standards::Family;
use jiff::civil::Date;

/// An index over reports and then certificates.
pub type AssuranceId = usize;

/// Which table it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Report(usize),
    Certificate(usize),
}

/// How far a report or certificate has come, as seen on the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Issued,
    /// Planned or in progress, and live.
    Coming,
    /// Withdrawn or suspended, or planned so long ago that nobody waits for it.
    Gone,
    /// It could not be read.
    Unknown,
}

/// What is known of a report or certificate.
#[derive(Debug)]
pub struct Assurance {
    pub origin: Origin,
    pub framework: Option<Framework>,
    /// The family it answers for; `Err` when that could not be read.
    pub family: Result<Option<Family>, ()>,
    pub standing: Standing,
    /// `None` when it is not stated, or not known.
    pub report_type: Option<ReportType>,
    pub period: Option<Period>,
    pub as_of: Option<Date>,
    pub issued: Option<Date>,
    /// Whether its type or its dates are stated, and could not be read.
    pub unread: bool,
    pub states_covers: bool,
    /// Whether it may cover more services than are known.
    pub covers_unknown: bool,
}

impl Assurance {
    /// The last day it speaks about.
    pub fn end(&self) -> Option<Date> {
        self.period.map(|period| period.to).or(self.as_of)
    }

    pub fn is_live(&self) -> bool {
        matches!(self.standing, Standing::Issued | Standing::Coming)
    }

    pub fn is_of(&self, family: Family) -> bool {
        self.family == Ok(Some(family))
    }
}

/// Whether a family is answered for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    No,
    /// Only by a report that is planned or in progress.
    Coming,
    Issued,
    /// Something that could not be read might answer it.
    Unknown,
}

pub fn assess(estate: &Estate<'_>) -> Vec<Assurance> {
    let reports = estate.reports.iter().enumerate().map(|(index, report)| {
        let body = &report.body;
        Assurance {
            origin: Origin::Report(index),
            framework: body.framework.value(),
            family: family_of_report(report),
            standing: standing(
                estate,
                report.readable,
                stage_of_report(&body.status),
                match body.is_misfiled() {
                    true => Some(false),
                    false => shown_issued(estate, &body.issued, &body.opinion),
                },
                (stated_period(body), date(&body.as_of)),
            ),
            report_type: body.report_type.value(),
            period: stated_period(body),
            as_of: date(&body.as_of),
            issued: date(&body.issued),
            unread: body.report_type.is_unknown() || body.as_of.is_unknown() || is_unread(&body.period),
            states_covers: body.covers.stated,
            covers_unknown: !report.readable || covers_unknown(estate, report.namespace, &body.covers),
        }
    });
    let certificates = estate.certificates.iter().enumerate().map(|(index, certificate)| {
        let body = &certificate.body;
        let period = body.period.get().and_then(period);
        Assurance {
            origin: Origin::Certificate(index),
            framework: body.framework.value(),
            // A certificate is of neither family, whatever it certifies; a report that stands here is of its own.
            family: Ok(body.framework.value().and_then(Framework::family)),
            standing: standing(
                estate,
                certificate.readable,
                stage_of_certificate(&body.status),
                match body.is_misfiled() {
                    true => shown_issued(estate, &body.issued, &body.opinion),
                    false => Some(false),
                },
                (period, None),
            ),
            report_type: body.report_type.value(),
            period,
            as_of: None,
            issued: date(&body.issued),
            unread: body.report_type.is_unknown() || is_unread(&body.period),
            states_covers: body.covers.stated,
            covers_unknown: !certificate.readable || covers_unknown(estate, certificate.namespace, &body.covers),
        }
    });
    reports.chain(certificates).collect()
}

fn family_of_report(report: &Entity<'_, Report<'_>>) -> Result<Option<Family>, ()> {
    let body = &report.body;
    match body.framework.value().ok_or(())? {
        Framework::Isae3000 => match (body.subject_matter, &body.suitable_criteria) {
            (Field::Unknown(_), _) => Err(()),
            (Field::Known(about), _) => Ok(about.value.family()),
            (Field::Absent, criteria) if criteria.damaged => Err(()),
            (Field::Absent, criteria) => Ok(criteria.items.is_empty().then_some(Family::TrustServices)),
        },
        framework => Ok(framework.family()),
    }
}

/// The stage that is stated of a report; `None` when it could not be read.
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

fn date(field: &Field<crate::decode::Date>) -> Option<Date> {
    field.value().map(|date| date.0)
}

/// Whether a period, or an end of it, is stated and could not be read.
pub(super) fn is_unread(period: &Field<StatedPeriod>) -> bool {
    match period {
        Field::Absent => false,
        Field::Unknown(_) => true,
        Field::Known(period) => period.value.from.is_unknown() || period.value.to.is_unknown(),
    }
}

/// A period of which both ends are known.
pub fn period(stated: &StatedPeriod) -> Option<Period> {
    Some(Period {
        from: date(&stated.from)?,
        to: date(&stated.to)?,
    })
}

fn stated_period(report: &Report<'_>) -> Option<Period> {
    report.period.get().and_then(period)
}

/// Whether what is stated there is only of what was issued: a day of issue that has come, or an opinion. `None` when
/// that could not be read.
fn shown_issued(estate: &Estate<'_>, issued: &Field<crate::decode::Date>, opinion: &Field<Opinion>) -> Option<bool> {
    let has_come = date(issued).is_some_and(|day| day <= estate.as_of);
    match has_come || opinion.known().is_some() {
        false if issued.is_unknown() || opinion.is_unknown() => None,
        shown => Some(shown),
    }
}

/// How long after its end a report that is not issued is waited for.
pub const WAITED_FOR: Duration = Duration::months(6);

fn standing(
    estate: &Estate<'_>,
    readable: bool,
    stage: Option<CertificateStatus>,
    shown_issued: Option<bool>,
    (period, day): (Option<Period>, Option<Date>),
) -> Standing {
    let Some(stage) = stage.filter(|_| readable) else {
        return Standing::Unknown;
    };
    let is_on_its_way = matches!(stage, CertificateStatus::Planned | CertificateStatus::InProgress);
    match shown_issued {
        None if is_on_its_way => return Standing::Unknown,
        // What is stated of it there is only once it is issued; `impossible-report-dates` says so.
        Some(true) if is_on_its_way => return Standing::Issued,
        _ => {}
    }
    let begins = period.map(|period| period.from).or(day);
    let ended = period.map(|period| period.to).or(day);
    let not_long_over = ended.is_none_or(|end| calendar::plus(end, WAITED_FOR) >= estate.as_of);
    let soon = begins.is_none_or(|from| from <= calendar::plus(estate.as_of, Duration::months(12)));
    match stage {
        CertificateStatus::Issued => Standing::Issued,
        CertificateStatus::Withdrawn | CertificateStatus::Suspended => Standing::Gone,
        CertificateStatus::Planned if soon && not_long_over => Standing::Coming,
        CertificateStatus::InProgress if not_long_over => Standing::Coming,
        CertificateStatus::Planned | CertificateStatus::InProgress => Standing::Gone,
    }
}

impl<'a> Estate<'a> {
    pub fn assurance(&self, id: AssuranceId) -> &Assurance {
        &self.assurances[id]
    }

    pub fn assurances(&self) -> impl Iterator<Item = (AssuranceId, &Assurance)> {
        self.assurances.iter().enumerate()
    }

    /// The report or certificate that a reference names.
    pub fn assurance_named(&self, from: NamespaceId, reference: &str) -> Option<AssuranceId> {
        // A name of the own namespace goes before one of the unnamed, whichever table it stands in.
        let reports = self.reports.resolve(&self.namespaces, from, reference);
        let certificates = self.certificates.resolve(&self.namespaces, from, reference);
        let report = reports.map(|index| (self.reports.get(index).namespace, index));
        let certificate =
            certificates.map(|index| (self.certificates.get(index).namespace, self.reports.len() + index));
        match (report, certificate) {
            (Some((namespace, _)), Some((own, certificate))) if own == from && namespace != from => Some(certificate),
            (Some((_, report)), _) => Some(report),
            (None, certificate) => certificate.map(|(_, index)| index),
        }
    }

    pub fn assurance_path(&self, id: AssuranceId) -> String {
        match self.assurances[id].origin {
            Origin::Report(index) => self.path(self.reports.get(index)),
            Origin::Certificate(index) => self.path(self.certificates.get(index)),
        }
    }

    /// The id, with its namespace if it has one.
    pub fn assurance_name(&self, id: AssuranceId) -> Name<'_> {
        match self.assurances[id].origin {
            Origin::Report(index) => self.name(self.reports.get(index)),
            Origin::Certificate(index) => self.name(self.certificates.get(index)),
        }
    }

    /// The id where it is declared.
    pub fn assurance_place(&self, id: AssuranceId) -> Place {
        match self.assurances[id].origin {
            Origin::Report(index) => self.reports.get(index).place(),
            Origin::Certificate(index) => self.certificates.get(index).place(),
        }
    }

    /// As people name what it is: "SOC 2 type 2 report".
    pub fn assurance_title(&self, id: AssuranceId) -> String {
        let assurance = &self.assurances[id];
        let (stated, is_certified) = match assurance.origin {
            Origin::Report(index) => (&self.reports.get(index).body.name, false),
            Origin::Certificate(index) => (&self.certificates.get(index).body.name, true),
        };
        let Some(framework) = assurance.framework else {
            let what = if is_certified { "certificate" } else { "report" };
            return format!("{what} of unknown framework");
        };
        let is_other = framework == Framework::Other;
        if is_other && !is_certified {
            return stated.get().map_or("other", |name| name.as_str()).to_owned();
        }
        match (framework.is_certificate() || is_other, assurance.report_type) {
            (true, _) if is_other => {
                format!("{} certificate", stated.get().map_or("other", |name| name.as_str()))
            }
            (true, _) => format!("{} certificate", framework.title()),
            (false, Some(ReportType::One)) => format!("{} type 1", framework.title()),
            (false, Some(ReportType::Two)) => format!("{} type 2", framework.title()),
            (false, None) => framework.title().to_owned(),
        }
    }

    pub fn services_covered(&self, id: AssuranceId) -> &[usize] {
        &self.links.covers[id]
    }

    pub fn covers(&self, id: AssuranceId, service: usize) -> bool {
        self.links.covered_by[service].binary_search(&id).is_ok()
    }

    /// What answers for a service: what it claims, and what covers it; each once, in order.
    pub fn answering(&self, service: usize) -> &[AssuranceId] {
        &self.links.answering[service]
    }

    /// Whether the service may claim more than is known.
    pub fn claims_uncertain(&self, service: usize) -> bool {
        let entity = self.services.get(service);
        let claims = &entity.body.claims;
        claims.damaged || !entity.readable || {
            let stated = claims.iter().filter(|claim| !claim.value.report.is_absent()).count();
            stated != self.claims_of(service).len()
        }
    }

    /// The issued reports of a family that speak for a service: they cover it, or state no coverage and are
    /// claimed by it.
    pub fn issued_for(&self, service: usize, family: Family) -> impl Iterator<Item = AssuranceId> + Clone {
        self.speaking_for(service, family, Standing::Issued)
    }

    pub fn speaking_for(
        &self,
        service: usize,
        family: Family,
        standing: Standing,
    ) -> impl Iterator<Item = AssuranceId> + Clone {
        let answering = self.answering(service).iter().copied();
        answering.filter(move |id| {
            let assurance = &self.assurances[*id];
            assurance.is_of(family)
                && assurance.standing == standing
                && (!assurance.states_covers || self.covers(*id, service))
        })
    }

    /// The newest of several, which come in the order of their paths.
    pub fn newest_of(&self, reports: impl Iterator<Item = AssuranceId>) -> Option<AssuranceId> {
        let age = |id: AssuranceId| (self.assurances[id].end(), self.assurances[id].issued);
        // Of several greatest, `max_by_key` takes the last; the first by path is meant.
        reports.reduce(|newest, next| if age(next) > age(newest) { next } else { newest })
    }

    /// The days that letters bridge after a report; `None` when one of them could not be read.
    pub fn bridged(&self, report: &Report<'a>) -> Option<Vec<Period>> {
        let letters = &report.bridge_letter;
        let unread = |letter: &Val<BridgeLetter<'_>>| is_unread(&letter.value.period);
        if letters.damaged || letters.iter().any(unread) {
            return None;
        }
        let periods = letters
            .iter()
            .filter_map(|letter| letter.value.period.get().and_then(period));
        Some(periods.collect())
    }
}

/// Whether something in the estate that could not be read might answer for a family anywhere.
pub fn uncertain(estate: &Estate<'_>) -> [bool; 2] {
    let hidden = ["reports", "certificates"].iter().any(|table| estate.may_hide(table));
    Family::ALL.map(|family| {
        hidden
            || estate.assurances.iter().any(|assurance| {
                let could = match assurance.family {
                    Ok(of) => of == Some(family),
                    // Nothing at all is known of it; if it covers known services only, they are asked.
                    Err(()) => true,
                };
                could && assurance.standing != Standing::Gone && assurance.covers_unknown
            })
    })
}
