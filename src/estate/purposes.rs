//! What the readers of a service are given to go by, for each purpose.

use super::{AssuranceId, Estate, Standing};
use crate::manifest::{Claim, Purpose};
use crate::source::Place;

/// A declared purpose, and the claims that meet it.
pub struct Purposed {
    /// Where the purpose is declared.
    pub stated: Place,
    /// Where each live report or certificate is cited, and which it is.
    pub claims: Vec<(Place, AssuranceId)>,
}

impl Estate<'_> {
    /// What is claimed for a purpose: the claims that name it; without any, those that name none. `None` when the
    /// purpose is not declared, or when it cannot be known what is claimed for it.
    pub fn claimed_for(&self, index: usize, purpose: Purpose) -> Option<Purposed> {
        let service = self.services.get(index);
        let claims = &service.body.claims;
        let for_it = claims.iter().find_map(|claim| claim.value.purpose.find(&purpose));
        let stated = service.body.assurance_for.find(&purpose).or(for_it)?;
        if self.claims_uncertain(index) || claims.iter().any(|claim| claim.value.purpose.damaged) {
            return None;
        }
        let meets = |claim: &Claim<'_>| match for_it {
            Some(_) => claim.purpose.find(&purpose).is_some(),
            None => !claim.purpose.stated,
        };
        let mut met = Vec::new();
        for (entry, id) in self.claims_of(index) {
            let claim = &claims.items[*entry].value;
            match self.assurance(*id).standing {
                _ if !meets(claim) => {}
                Standing::Gone => {}
                Standing::Unknown => return None,
                Standing::Issued | Standing::Coming => met.push((service.at(claim.report.known()?.span), *id)),
            }
        }
        Some(Purposed {
            stated: service.at(stated.span),
            claims: met,
        })
    }
}
