//! Reports and certificates that stand where they belong, and who claims them.

use super::{Entity, Estate, Origin, Standing};
use crate::decode::{Field, Val};
use crate::manifest::{Certificate, CertificateStatus, Framework, Report, ReportType};
use crate::model::{AssuranceId, CertificateId, Id, ReportId, ServiceId};
use crate::source::FileId;
use crate::standards::editions;

/// What reports and certificates both state, each where it stands.
pub struct Head<'e> {
    pub file: FileId,
    pub framework: &'e Field<Framework>,
    pub report_type: &'e Field<ReportType>,
    pub status: Option<Val<CertificateStatus>>,
}

impl<'a> Estate<'a> {
    pub fn head(&self, id: impl Into<AssuranceId>) -> Head<'_> {
        match self.assurance(id).origin {
            Origin::Report(index) => {
                let report = self.reports.get(index);
                Head {
                    file: report.file,
                    framework: &report.body.framework,
                    report_type: &report.body.report_type,
                    status: report.body.status.known().map(|status| Val {
                        span: status.span,
                        value: status.value.into(),
                    }),
                }
            }
            Origin::Certificate(index) => {
                let certificate = self.certificates.get(index);
                Head {
                    file: certificate.file,
                    framework: &certificate.body.framework,
                    report_type: &certificate.body.report_type,
                    status: certificate.body.status.known().copied(),
                }
            }
        }
    }

    /// Whether it stands among the reports, and belongs there: its framework is known, and reported on.
    pub fn is_report(&self, id: impl Into<AssuranceId>) -> bool {
        match self.assurance(id).origin {
            Origin::Report(index) => {
                let body = &self.reports.get(index).body;
                body.framework.known().is_some() && !body.is_misfiled()
            }
            Origin::Certificate(_) => false,
        }
    }

    /// The report that it is, if it is none of the certificates.
    pub fn report_of(&self, id: AssuranceId) -> Option<ReportId> {
        match self.origin(id) {
            Origin::Report(report) => Some(report),
            Origin::Certificate(_) => None,
        }
    }

    /// The reports that stand where they belong.
    pub fn filed_reports(&self) -> impl Iterator<Item = (ReportId, &Entity<'a, Report<'a>>)> {
        self.reports.enumerate().filter(|(id, _)| self.is_report(*id))
    }

    /// Those of them that are issued.
    pub fn issued_reports(&self) -> impl Iterator<Item = (ReportId, &Entity<'a, Report<'a>>)> {
        self.filed_reports()
            .filter(|(id, _)| self.assurance(*id).standing == Standing::Issued)
    }

    /// The certificates that [stand](Self::stands), by their ids.
    pub fn standing_certificates(&self) -> impl Iterator<Item = (CertificateId, &Entity<'a, Certificate<'a>>)> {
        let certificates = self.certificates.enumerate();
        certificates.filter(|(index, _)| self.stands(*index))
    }

    /// Whether a certificate stands where it belongs, states nothing that only a report has, and is neither withdrawn
    /// nor still to come.
    pub fn stands(&self, certificate: CertificateId) -> bool {
        self.is_filed(certificate) && self.assurance(self.id_of_certificate(certificate)).standing == Standing::Issued
    }

    /// Whether a certificate stands where it belongs, and states nothing that only a report has.
    pub fn is_filed(&self, certificate: CertificateId) -> bool {
        let body = &self.certificates.get(certificate).body;
        body.framework.known().is_some() && !body.is_misfiled() && !body.poses_as_report()
    }

    /// Whether a certificate is past its last day, or to an edition that has ended; `None` when that could not be read.
    pub fn has_lapsed(&self, certificate: CertificateId) -> Option<bool> {
        let body = &self.certificates.get(certificate).body;
        let is_past = body.expires.value().is_some_and(|last| last.0 < self.as_of);
        let edition = body.framework.value().zip(body.edition.get());
        let edition = edition.and_then(|(framework, edition)| editions::certified(framework, edition.as_str()));
        let lapsed = is_past || edition.is_some_and(|edition| edition.has_ended(self.as_of));
        let unread = body.expires.is_unknown() || body.edition.is_unknown();
        (lapsed || !unread).then_some(lapsed)
    }

    pub fn id_of_certificate(&self, certificate: CertificateId) -> AssuranceId {
        AssuranceId::at(self.reports.len() + certificate.index())
    }

    /// Which of the two it is.
    pub fn origin(&self, id: AssuranceId) -> Origin {
        match id.index().checked_sub(self.reports.len()) {
            None => Origin::Report(ReportId::at(id.index())),
            Some(at) => Origin::Certificate(CertificateId::at(at)),
        }
    }

    /// The claims that name a report or certificate: of which service, and in which entry.
    pub fn claimed_by(&self, id: impl Into<AssuranceId>) -> &[(ServiceId, usize)] {
        &self.links.claimed_by[id.into()]
    }

    /// The reports that a report says it follows, as far as they exist.
    pub fn predecessors(&self, report: &Entity<'a, Report<'a>>) -> impl Iterator<Item = AssuranceId> {
        let names = report.body.predecessor.iter();
        names.filter_map(|name| self.assurance_named(report.namespace, &name.value))
    }
}
