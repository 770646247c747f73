//! Claims, from both sides: what a service claims, and which services claim a report or certificate.

use crate::decode::OneOrTable;
use crate::estate::{AssuranceRef, ServiceRef};
use crate::manifest::Claim;
use crate::source::Place;

/// A claim that names a report or certificate.
#[derive(Clone, Copy)]
pub struct Claimed<'e, 'a> {
    pub service: ServiceRef<'e, 'a>,
    pub claim: &'e OneOrTable<Claim<'a>>,
    pub assurance: AssuranceRef<'e, 'a>,
}

impl<'e, 'a> Claimed<'e, 'a> {
    pub(in crate::estate) fn of(service: ServiceRef<'e, 'a>, entry: u32, assurance: AssuranceRef<'e, 'a>) -> Self {
        Self {
            service,
            claim: &service.entity().body.claims.items[entry as usize].value,
            assurance,
        }
    }

    /// Where the report or certificate is named.
    pub fn place(&self) -> Option<Place> {
        let name = self.claim.report.known();
        name.map(|name| self.service.at(name.span))
    }
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    /// The claims that name a report or certificate.
    pub fn claims(self) -> impl Iterator<Item = Claimed<'e, 'a>> + Clone {
        let claims = self.estate.links.claims[self.index].iter();
        claims.map(move |(entry, id)| Claimed::of(self, *entry, self.estate.assurance(*id)))
    }
}

impl<'e, 'a> AssuranceRef<'e, 'a> {
    /// The claims that name it.
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claimed<'e, 'a>> + Clone {
        let claims = self.estate.links.claimed_by[self.index].iter();
        claims.map(move |(service, entry)| Claimed::of(self.estate.service(*service), *entry, self))
    }
}
