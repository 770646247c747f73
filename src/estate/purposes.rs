//! What readers need assurance for, and which claims are made for it.

use super::{AssuranceId, Estate};
use crate::manifest::Purpose;
use crate::source::Span;

/// A purpose that a service states, and what it claims for it.
pub struct Purposed {
    pub purpose: Purpose,
    /// Where it is stated.
    pub span: Span,
    /// The claims that meet it: which entry, and what it names.
    pub claims: Vec<(usize, AssuranceId)>,
}

impl Estate<'_> {
    /// What a service claims for a purpose: the claims that name it; without any, those that name none. `None` when
    /// the purpose is not stated, or when the purpose of a claim could not be read.
    pub fn claimed_for(&self, service: usize, purpose: Purpose) -> Option<Purposed> {
        let body = &self.services.get(service).body;
        let for_it = body.claims.iter().find_map(|claim| claim.value.purpose.find(&purpose));
        let stated = body.assurance_for.find(&purpose).or(for_it)?;
        if body.claims.iter().any(|claim| claim.value.purpose.damaged) {
            return None;
        }
        let meets = |entry: usize| {
            let named = &body.claims.items[entry].value.purpose;
            match for_it {
                Some(_) => named.find(&purpose).is_some(),
                None => !named.stated,
            }
        };
        let claims = self.claims_of(service).iter().copied();
        Some(Purposed {
            purpose,
            span: stated.span,
            claims: claims.filter(|(entry, _)| meets(*entry)).collect(),
        })
    }
}
