//! Reports and certificates that are declared in the right table.

use crate::decode::{Field, List, Val};
use crate::estate::{AssuranceRef, CertificateRef, Estate, Origin, ReportRef, Standing};
use crate::model::{CertificateStatus, Framework, NamespaceId, Region, ReportType, Text};
use crate::source::{FileId, Place, Span};
use crate::standards::editions;
use jiff::civil::Date;

/// What reports and certificates both state, each with its place.
pub struct Head<'e, 'a> {
    pub file: FileId,
    pub namespace: NamespaceId,
    pub name: &'e Field<Text<'a>>,
    pub framework: &'e Field<Framework>,
    pub report_type: &'e Field<ReportType>,
    pub status: Option<Val<CertificateStatus>>,
    pub covers: &'e List<Text<'a>>,
    pub regions: &'e List<Region<'a>>,
    /// Whether it belongs in the other table.
    pub is_misfiled: bool,
}

impl Head<'_, '_> {
    pub fn at(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }
}

impl<'e, 'a> AssuranceRef<'e, 'a> {
    pub fn head(self) -> Head<'e, 'a> {
        macro_rules! head {
            ($entity:expr, $status:expr) => {{
                let entity = $entity;
                Head {
                    file: entity.file,
                    namespace: entity.namespace,
                    name: &entity.body.name,
                    framework: &entity.body.framework,
                    report_type: &entity.body.report_type,
                    status: $status,
                    covers: &entity.body.covers,
                    regions: &entity.body.regions,
                    is_misfiled: entity.body.is_misfiled(),
                }
            }};
        }
        match self.origin() {
            Origin::Report(report) => {
                let status = report.body.status.known().map(|status| Val {
                    span: status.span,
                    value: status.value.into(),
                });
                head!(report.entity(), status)
            }
            Origin::Certificate(certificate) => {
                let status = certificate.body.status.known().copied();
                head!(certificate.entity(), status)
            }
        }
    }

    /// Whether it is declared among the reports, and belongs there.
    pub fn is_report(self) -> bool {
        self.as_report().is_some_and(ReportRef::is_filed)
    }
}

impl ReportRef<'_, '_> {
    /// Whether it belongs among the reports: its framework is known, and reported on.
    pub fn is_filed(self) -> bool {
        self.body.framework.known().is_some() && !self.body.is_misfiled()
    }

    /// Whether it belongs among the reports, and is issued.
    pub fn is_issued(self) -> bool {
        self.is_filed() && self.assurance().standing() == Standing::Issued
    }

    /// Whether it is issued, and of no framework that is certified.
    pub(in crate::estate) fn is_issued_report(self) -> bool {
        self.assurance().standing() == Standing::Issued && !self.body.is_misfiled()
    }
}

impl CertificateRef<'_, '_> {
    /// Whether it belongs among the certificates, has no key that only a report has, and is neither withdrawn nor
    /// upcoming.
    pub fn is_in_force(self) -> bool {
        self.is_filed() && self.assurance().standing() == Standing::Issued
    }

    /// Whether it belongs among the certificates, and has no key that only a report has.
    pub fn is_filed(self) -> bool {
        self.body.framework.known().is_some() && !self.body.is_misfiled() && !self.body.poses_as_report()
    }

    /// The last day on which it is valid, of what could be read: its own, or that of the edition that it is to.
    pub fn last_day(self) -> Option<Date> {
        let body = &self.body;
        let own = body.expires.value().map(|last| last.0);
        let edition = body.framework.value().zip(body.edition.get());
        let edition = edition.and_then(|(framework, edition)| editions::certified(framework, edition.as_str()));
        own.into_iter().chain(edition.map(|edition| edition.last)).min()
    }

    /// Whether it has expired, or is to a withdrawn edition; `None` when that could not be read.
    pub fn has_lapsed(self) -> Option<bool> {
        let body = &self.body;
        let lapsed = self.last_day().is_some_and(|last| last < self.estate.as_of);
        let unread = body.expires.is_unknown() || body.edition.is_unknown();
        (lapsed || !unread).then_some(lapsed)
    }
}

impl<'a> Estate<'a> {
    /// The reports that are declared in the right table.
    pub fn filed_reports(&self) -> impl Iterator<Item = ReportRef<'_, 'a>> {
        self.reports().filter(|report| report.is_filed())
    }

    /// Those of them that are issued.
    pub fn issued_reports(&self) -> impl Iterator<Item = ReportRef<'_, 'a>> {
        self.reports().filter(|report| report.is_issued())
    }

    /// The certificates that are [in force](CertificateRef::is_in_force).
    pub fn certificates_in_force(&self) -> impl Iterator<Item = CertificateRef<'_, 'a>> {
        self.certificates().filter(|certificate| certificate.is_in_force())
    }
}

impl<'e, 'a> ReportRef<'e, 'a> {
    /// The reports that it names as predecessors, as far as they exist.
    pub fn predecessors(self) -> impl Iterator<Item = AssuranceRef<'e, 'a>> {
        let report = self.entity();
        let names = report.body.predecessor.iter();
        names.filter_map(move |name| self.estate.assurance_named(report.namespace, &name.value))
    }
}
