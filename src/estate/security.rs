//! What shows security beside the reports on the trust services criteria.

use super::{Assurance, Estate, Origin, Standing};
use crate::manifest::{Framework, SubjectMatter};
use crate::model::{AssuranceId, ServiceId};

/// Whether something else than a trust-services report shows a service's security.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityShown {
    No,
    /// An ISO/IEC 27001 certificate, C5, FedRAMP, ..: the first of them.
    By(AssuranceId),
    /// Something that could not be read may show it.
    Perhaps,
}

/// What one report or certificate shows of security.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Yes,
    No,
    Unknown,
}

impl Estate<'_> {
    /// What else shows the security of a service: what it claims, or what covers it.
    pub fn security_otherwise_shown(&self, service: ServiceId) -> SecurityShown {
        let shows = |id: &AssuranceId| self.shows_security(*id);
        let answering = self.answering(service);
        if let Some(id) = answering.iter().find(|id| shows(id) == Shows::Yes) {
            return SecurityShown::By(*id);
        }
        let unread = ["reports", "certificates"].iter().any(|table| self.may_hide(table));
        let uncertain =
            unread || self.claims_uncertain(service) || answering.iter().any(|id| shows(id) == Shows::Unknown);
        match uncertain || self.security_uncertain {
            true => SecurityShown::Perhaps,
            false => SecurityShown::No,
        }
    }

    fn shows_security(&self, id: AssuranceId) -> Shows {
        let assurance = self.assurance(id);
        match (shows(self, assurance), assurance.standing) {
            (_, Standing::Gone) | (Shows::No, _) => Shows::No,
            (Shows::Yes, Standing::Issued | Standing::Coming) => Shows::Yes,
            _ => Shows::Unknown,
        }
    }
}

/// Whether something that shows security, or may do so, covers services that are not known.
pub fn uncertain(estate: &Estate<'_>) -> bool {
    let mut assurances = estate.assurances();
    assurances.any(|(id, assurance)| assurance.covers_unknown && estate.shows_security(id) != Shows::No)
}

/// By what it is alone, however far it has come.
fn shows(estate: &Estate<'_>, assurance: &Assurance) -> Shows {
    match assurance.origin {
        Origin::Certificate(index) => {
            let body = &estate.certificates.get(index).body;
            match body.framework.value() {
                None if body.framework.is_absent() => Shows::No,
                None => Shows::Unknown,
                Some(Framework::Iso27001) => match estate.has_lapsed(index) {
                    Some(true) => Shows::No,
                    Some(false) => Shows::Yes,
                    None => Shows::Unknown,
                },
                Some(Framework::Other) => about(body.subject_matter),
                Some(_) => Shows::No,
            }
        }
        Origin::Report(index) => {
            let body = &estate.reports.get(index).body;
            match body.framework.value() {
                None if body.framework.is_absent() => Shows::No,
                None => Shows::Unknown,
                // It stands in the wrong table, and is what it is.
                Some(Framework::Iso27001) => Shows::Yes,
                Some(Framework::Other) => about(body.subject_matter),
                Some(Framework::Isae3000) => match about(body.subject_matter) {
                    Shows::No if body.subject_matter.is_absent() => {
                        let criteria = &body.suitable_criteria;
                        let is_c5 = criteria.iter().any(|name| begins_with_c5(name.value.as_str()));
                        match (is_c5, criteria.damaged) {
                            (true, _) => Shows::Yes,
                            (false, true) => Shows::Unknown,
                            (false, false) => Shows::No,
                        }
                    }
                    shows => shows,
                },
                Some(_) => Shows::No,
            }
        }
    }
}

fn about(subject_matter: crate::decode::Field<SubjectMatter>) -> Shows {
    match subject_matter.value() {
        Some(SubjectMatter::Security) => Shows::Yes,
        None if subject_matter.is_unknown() => Shows::Unknown,
        _ => Shows::No,
    }
}

fn begins_with_c5(name: &str) -> bool {
    let mut letters = name.trim_start().chars();
    matches!((letters.next(), letters.next()), (Some('c' | 'C'), Some('5')))
        && !letters.next().is_some_and(|next| next.is_ascii_alphanumeric())
}
