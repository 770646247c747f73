//! Reports and certificates: what they are, and what they cover.

mod criteria;
mod days;
mod filed;
mod management_systems;
mod objectives;
mod security;
mod standing;
mod succession;

pub use criteria::Serving;
pub use days::{Hole, Reached, count_days, left_before};
pub use filed::Head;
pub use management_systems::ManagementSystems;
pub use objectives::{About, Met};
pub use security::{SecurityShown, uncertain as security_uncertain};
pub use standing::{Assurance, Coverage, Standing, Uncertain, assess, is_unread, period, standing_of, uncertain};
pub use succession::{Succession, stated_end};

use crate::calendar::Period;
use crate::decode::Val;
use crate::estate::view::view;
use crate::estate::{CertificateRef, Estate, IdentityRef, Name, ReportRef, ServiceRef};
use crate::manifest::BridgeLetter;
use crate::model::{AssuranceId, CertificateId, Framework, Id, NamespaceId, ReportId, ReportType};
use crate::source::Place;
use crate::standards::Family;
use std::ops::Deref;

/// A report or certificate of an estate.
#[derive(Clone, Copy)]
pub struct AssuranceRef<'e, 'a> {
    pub(in crate::estate) estate: &'e Estate<'a>,
    pub index: AssuranceId,
}

view!(AssuranceRef, AssuranceId);

impl Deref for AssuranceRef<'_, '_> {
    type Target = Assurance;
    fn deref(&self) -> &Assurance {
        &self.estate.assurances[self.index]
    }
}

/// The table it is declared in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin<'e, 'a> {
    Report(ReportRef<'e, 'a>),
    Certificate(CertificateRef<'e, 'a>),
}

impl<'e, 'a> From<ReportRef<'e, 'a>> for AssuranceRef<'e, 'a> {
    fn from(report: ReportRef<'e, 'a>) -> Self {
        report.assurance()
    }
}

impl<'e, 'a> From<CertificateRef<'e, 'a>> for AssuranceRef<'e, 'a> {
    fn from(certificate: CertificateRef<'e, 'a>) -> Self {
        certificate.assurance()
    }
}

impl<'a> Estate<'a> {
    pub fn assurance(&self, index: AssuranceId) -> AssuranceRef<'_, 'a> {
        AssuranceRef::new(self, index)
    }

    /// The reports, and after them the certificates.
    pub fn assurances(&self) -> impl Iterator<Item = AssuranceRef<'_, 'a>> + Clone {
        self.assurances.enumerate().map(|(index, _)| self.assurance(index))
    }

    /// The report or certificate that a reference names.
    pub fn assurance_named(&self, from: NamespaceId, reference: &str) -> Option<AssuranceRef<'_, 'a>> {
        let report = self.report_named(from, reference);
        let certificate = self.certificate_named(from, reference);
        match (report, certificate) {
            // A name of the own namespace takes precedence over one of the unnamed, whichever table it is in.
            (Some(report), Some(certificate)) if certificate.namespace == from && report.namespace != from => {
                Some(certificate.assurance())
            }
            (Some(report), _) => Some(report.assurance()),
            (None, certificate) => certificate.map(CertificateRef::assurance),
        }
    }
}

impl<'e, 'a> AssuranceRef<'e, 'a> {
    /// Which of the two it is.
    pub fn origin(self) -> Origin<'e, 'a> {
        match self.index.index().checked_sub(self.estate.reports.len()) {
            None => Origin::Report(self.estate.report(ReportId::at(self.index.index()))),
            Some(at) => Origin::Certificate(self.estate.certificate(CertificateId::at(at))),
        }
    }

    /// The report that it is, if it is not a certificate.
    pub fn as_report(self) -> Option<ReportRef<'e, 'a>> {
        match self.origin() {
            Origin::Report(report) => Some(report),
            Origin::Certificate(_) => None,
        }
    }

    /// Its status on the as-of date.
    pub fn standing(self) -> Standing {
        *self.estate.standings[self.index].get(&self.estate.as_of)
    }

    pub fn is_live(self) -> bool {
        matches!(self.standing(), Standing::Issued | Standing::Upcoming)
    }

    pub fn path(self) -> String {
        match self.origin() {
            Origin::Report(report) => report.path(),
            Origin::Certificate(certificate) => certificate.path(),
        }
    }

    /// The id, with its namespace if it has one.
    pub fn name(self) -> Name<'e> {
        match self.origin() {
            Origin::Report(report) => report.name(),
            Origin::Certificate(certificate) => certificate.name(),
        }
    }

    /// The id where it is declared.
    pub fn place(self) -> Place {
        match self.origin() {
            Origin::Report(report) => report.place(),
            Origin::Certificate(certificate) => certificate.place(),
        }
    }

    /// The display name of its kind: "SOC 2 type 2 report".
    pub fn title(self) -> String {
        let is_certified = matches!(self.origin(), Origin::Certificate(_));
        let stated = self.head().name;
        let Some(framework) = self.framework else {
            let what = if is_certified { "certificate" } else { "report" };
            return format!("{what} of unknown framework");
        };
        let is_other = framework == Framework::Other;
        if is_other && !is_certified {
            return stated.get().map_or("other", |name| name.as_str()).to_owned();
        }
        match (framework.is_certificate() || is_other, self.report_type) {
            (true, _) if is_other => {
                format!("{} certificate", stated.get().map_or("other", |name| name.as_str()))
            }
            (true, _) => format!("{} certificate", framework.title()),
            (false, Some(ReportType::One)) => format!("{} type 1", framework.title()),
            (false, Some(ReportType::Two)) => format!("{} type 2", framework.title()),
            (false, None) => framework.title().to_owned(),
        }
    }

    /// The services that it covers.
    pub fn covered(self) -> impl ExactSizeIterator<Item = ServiceRef<'e, 'a>> + Clone {
        let covered = self.estate.links.covers[self.index].iter();
        covered.map(move |index| self.estate.service(*index))
    }

    pub fn covers(self, service: ServiceRef<'_, '_>) -> bool {
        let covering = &self.estate.links.covered_by[service.index];
        covering.binary_search(&self.index).is_ok()
    }

    /// Whether it covers a service that it is linked to: by `covers` or, if it states no coverage, by the claim.
    pub fn is_about(self, service: ServiceRef<'_, '_>) -> bool {
        !self.states_covers || self.covers(service)
    }

    /// The services that it is about: those that it covers or, if it states no coverage, those that claim it.
    pub fn services(self) -> Vec<ServiceRef<'e, 'a>> {
        let mut services: Vec<_> = if self.states_covers {
            self.covered().collect()
        } else {
            self.claims().map(|claimed| claimed.service).collect()
        };
        services.dedup();
        services
    }

    /// The services that claim it, each once.
    pub fn claimed_by(self) -> Vec<ServiceRef<'e, 'a>> {
        let mut services: Vec<_> = self.claims().map(|claimed| claimed.service).collect();
        services.dedup();
        services
    }
}

impl<'e, 'a> ReportRef<'e, 'a> {
    /// It as one of the reports and certificates.
    pub fn assurance(self) -> AssuranceRef<'e, 'a> {
        self.estate.assurance(self.index.into())
    }

    /// The display name of its kind: "SOC 2 type 2 report".
    pub fn title(self) -> String {
        self.assurance().title()
    }

    /// Whether it belongs to a family.
    pub fn is_of(self, family: Family) -> bool {
        self.assurance().is_of(family)
    }

    /// Whether its description is known not to name an agent.
    pub fn leaves_out(self, agent: IdentityRef<'_, '_>) -> bool {
        let named = self.estate.naming.agents[self.index].as_ref();
        named.is_some_and(|named| !named.contains(&agent.index))
    }

    /// The days that letters bridge after it; `None` when one of them could not be read.
    pub fn bridged(self) -> Option<Vec<Period>> {
        let letters = &self.body.bridge_letter;
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

impl<'e, 'a> CertificateRef<'e, 'a> {
    /// It as one of the reports and certificates.
    pub fn assurance(self) -> AssuranceRef<'e, 'a> {
        let reports = self.estate.reports.len();
        self.estate.assurance(AssuranceId::at(reports + self.index.index()))
    }

    /// The display name of its kind: "ISO/IEC 27001 certificate".
    pub fn title(self) -> String {
        self.assurance().title()
    }
}

/// Whether a report is the newest of its family that comes with a description, for some service.
pub fn is_newest_for_some(estate: &Estate<'_>, report: ReportId) -> bool {
    let report = estate.assurance(report.into());
    report.family.known().is_some_and(|family| {
        let mut services = report.services().into_iter();
        services.any(|service| service.newest_described(family) == Some(report))
    })
}

impl ReportRef<'_, '_> {
    /// Whether it is the newest of its family that comes with a description, for some service. It is asked of those that
    /// third parties depend on.
    pub fn is_newest_for_some(self) -> bool {
        let newest = &self.estate.newest_for_some[self.index];
        *newest.get(&self.estate.as_of)
    }
}

/// The newest of several, which come in the order of their paths: latest end, then latest issue date.
pub fn newest_of<'e, 'a: 'e, T: Copy + Into<AssuranceRef<'e, 'a>>>(reports: impl Iterator<Item = T>) -> Option<T> {
    let age = |report: T| {
        let report: AssuranceRef<'_, '_> = report.into();
        (report.end(), report.issued)
    };
    // Of several maxima, `max_by_key` takes the last, but the first by path is wanted.
    reports.reduce(|newest, next| if age(next) > age(newest) { next } else { newest })
}
