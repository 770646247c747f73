//! What the readers of a service are given: for each purpose, and of each family.

use crate::estate::{AssuranceRef, Coverage, ServiceRef, Standing};
use crate::manifest::Claim;
use crate::model::Purpose;
use crate::source::Place;
use crate::standards::Family;

/// A declared purpose, and the claims that meet it.
#[derive(Debug)]
pub struct Cited<'e, 'a> {
    /// Where the purpose is declared.
    pub stated: Place,
    /// Each live report or certificate, and where it is cited.
    pub claims: Vec<(Place, AssuranceRef<'e, 'a>)>,
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    /// What is cited for a purpose: the claims that name it; if there are none, those that name no purpose.
    /// `None` when the purpose is not declared, or when it cannot be known what is cited for it.
    pub fn cited_for(self, purpose: Purpose) -> Option<Cited<'e, 'a>> {
        let claims = &self.body.claims;
        let for_it = claims.iter().find_map(|claim| claim.value.purpose.find(&purpose));
        let stated = self.body.assurance_for.find(&purpose).or(for_it)?;
        if self.may_claim_more() || claims.iter().any(|claim| claim.value.purpose.damaged) {
            return None;
        }
        let serves = |claim: &Claim<'_>| match for_it {
            Some(_) => claim.purpose.find(&purpose).is_some(),
            None => !claim.purpose.stated,
        };
        let mut cited = Cited {
            stated: self.at(stated.span),
            claims: Vec::new(),
        };
        for claimed in self.claims() {
            match claimed.assurance.standing() {
                _ if !serves(claimed.claim) => {}
                Standing::Gone => {}
                Standing::Unknown => return None,
                Standing::Issued | Standing::Upcoming => {
                    cited.claims.push((claimed.place()?, claimed.assurance));
                }
            }
        }
        Some(cited)
    }

    /// The family that does not cover it although the other one does.
    pub fn only_missing_family(self) -> Option<Family> {
        match Family::ALL.map(|family| self.coverage(family)) {
            [Coverage::Issued | Coverage::Upcoming, Coverage::No] => Some(Family::TrustServices),
            [Coverage::No, Coverage::Issued | Coverage::Upcoming] => Some(Family::Icfr),
            _ => None,
        }
    }

    /// Whether it might serve both kinds of readers, depending on values that could not be read.
    pub fn may_be_dual_purpose(self) -> bool {
        let body = &self.body;
        body.commitments.damaged
            || body.tenancy.is_unknown()
            || body.financial_impact.is_unknown()
            || body.exposure.is_unknown()
    }
}
