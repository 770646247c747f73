//! What the readers of a service are given to go by: for each purpose, and of each family.

use super::{Answer, Estate, Standing};
use crate::manifest::{Claim, Purpose};
use crate::model::{AssuranceId, ServiceId};
use crate::source::Place;
use crate::standards::Family;

/// A declared purpose, and the claims that meet it.
#[derive(Debug)]
pub struct Cited {
    /// Where the purpose is declared.
    pub stated: Place,
    /// Where each live report or certificate is cited, and which it is.
    pub claims: Vec<(Place, AssuranceId)>,
}

impl Estate<'_> {
    /// What is cited for a purpose: the claims that name it; if there are none, those that name no purpose.
    /// `None` when the purpose is not declared, or when it cannot be known what is cited for it.
    pub fn cited_for(&self, index: ServiceId, purpose: Purpose) -> Option<Cited> {
        let service = self.services.get(index);
        let claims = &service.body.claims;
        let for_it = claims.iter().find_map(|claim| claim.value.purpose.find(&purpose));
        let stated = service.body.assurance_for.find(&purpose).or(for_it)?;
        if self.claims_uncertain(index) || claims.iter().any(|claim| claim.value.purpose.damaged) {
            return None;
        }
        let serves = |claim: &Claim<'_>| match for_it {
            Some(_) => claim.purpose.find(&purpose).is_some(),
            None => !claim.purpose.stated,
        };
        let mut cited = Cited {
            stated: service.at(stated.span),
            claims: Vec::new(),
        };
        for (entry, id) in self.claims_of(index) {
            let claim = &claims.items[*entry].value;
            match self.assurance(*id).standing {
                _ if !serves(claim) => {}
                Standing::Gone => {}
                Standing::Unknown => return None,
                Standing::Issued | Standing::Coming => {
                    cited.claims.push((service.at(claim.report.known()?.span), *id));
                }
            }
        }
        Some(cited)
    }

    /// The family that is not answered for a service while the other one is.
    pub fn only_unanswered(&self, service: ServiceId) -> Option<Family> {
        match Family::ALL.map(|family| self.answer(service, family)) {
            [Answer::Issued | Answer::Coming, Answer::No] => Some(Family::TrustServices),
            [Answer::No, Answer::Issued | Answer::Coming] => Some(Family::Icfr),
            _ => None,
        }
    }

    /// Whether a service might serve both kinds of readers if what could not be read of it said so.
    pub fn may_be_dual_purpose(&self, service: ServiceId) -> bool {
        let body = &self.services.get(service).body;
        body.commitments.damaged
            || body.tenancy.is_unknown()
            || body.financial_impact.is_unknown()
            || body.exposure.is_unknown()
    }

    /// The live reports of a family that answer for a service.
    pub fn live_of(&self, service: ServiceId, family: Family) -> impl Iterator<Item = AssuranceId> + Clone {
        let answering = self.answering(service).iter().copied();
        answering.filter(move |id| self.assurance(*id).is_live() && self.assurance(*id).is_of(family))
    }
}
