//! Assurance over security other than reports on the trust services criteria.

use crate::decode::Field;
use crate::estate::{AssuranceRef, Estate, Origin, ServiceRef, Standing};
use crate::model::{Framework, SubjectMatter};

/// Whether anything other than a trust-services report shows a service's security.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityShown<'e, 'a> {
    No,
    /// An ISO/IEC 27001 certificate, C5, FedRAMP, ..: the first of them.
    By(AssuranceRef<'e, 'a>),
    /// Something that could not be read may show it.
    Perhaps,
}

/// What one report or certificate shows about security.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Yes,
    No,
    Unknown,
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    /// Other assurance over its security: what it claims, or what covers it.
    pub fn security_otherwise_shown(self) -> SecurityShown<'e, 'a> {
        let mut assurances = self.assurances();
        if let Some(showing) = assurances.clone().find(|one| one.shows_security() == Shows::Yes) {
            return SecurityShown::By(showing);
        }
        let estate = self.estate;
        let unread = ["reports", "certificates"].iter().any(|table| estate.may_hide(table));
        let uncertain = unread || self.may_claim_more() || assurances.any(|one| one.shows_security() == Shows::Unknown);
        if uncertain || *estate.security_uncertain.get(&estate.as_of) {
            SecurityShown::Perhaps
        } else {
            SecurityShown::No
        }
    }
}

impl AssuranceRef<'_, '_> {
    fn shows_security(self) -> Shows {
        match (shows(self), self.standing()) {
            (_, Standing::Gone) | (Shows::No, _) => Shows::No,
            (Shows::Yes, Standing::Issued | Standing::Upcoming) => Shows::Yes,
            _ => Shows::Unknown,
        }
    }
}

/// Whether something that shows, or may show, security covers services that are not known.
pub fn uncertain(estate: &Estate<'_>) -> bool {
    let mut assurances = estate.assurances();
    assurances.any(|assurance| assurance.covers_unknown && assurance.shows_security() != Shows::No)
}

/// By its kind alone, whatever its status.
fn shows(assurance: AssuranceRef<'_, '_>) -> Shows {
    match assurance.origin() {
        Origin::Certificate(certificate) => {
            let body = &certificate.body;
            match body.framework.value() {
                None if body.framework.is_absent() => Shows::No,
                None => Shows::Unknown,
                Some(Framework::Iso27001) => match certificate.has_lapsed() {
                    Some(true) => Shows::No,
                    Some(false) => Shows::Yes,
                    None => Shows::Unknown,
                },
                Some(Framework::Other) => about(body.subject_matter),
                Some(_) => Shows::No,
            }
        }
        Origin::Report(report) => {
            let body = &report.body;
            match body.framework.value() {
                None if body.framework.is_absent() => Shows::No,
                None => Shows::Unknown,
                // It is in the wrong table, but keeps its kind.
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

fn about(subject_matter: Field<SubjectMatter>) -> Shows {
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
