//! What a service claims, what covers it, and what it depends on.

mod boundary;
mod demands;
mod places;
mod readers;
mod verdicts;

pub use boundary::Boundary;
pub use demands::{Demanded, Demands, demands};
pub use readers::Cited;
pub use verdicts::Verdicts;

use crate::decode::{OneOrTable, Val};
use crate::estate::{AssuranceRef, Edge, Estate, ServiceRef, Standing, ThirdPartyRef, newest_of};
use crate::manifest::Dependency;
use crate::model::Influence;
use crate::source::Place;
use crate::standards::Family;
use std::collections::BTreeSet;
use std::hash::Hash;

/// A dependency on another service that exists.
#[derive(Clone, Copy)]
pub struct DependencyRef<'e, 'a> {
    pub dependant: ServiceRef<'e, 'a>,
    pub on: ServiceRef<'e, 'a>,
    /// Which entry of `depends-on` states it.
    pub entry: usize,
    pub stated: &'e Val<OneOrTable<Dependency<'a>>>,
    /// `None` when it could not be read.
    pub influence: Option<Influence>,
}

impl<'e, 'a> DependencyRef<'e, 'a> {
    fn of(dependant: ServiceRef<'e, 'a>, edge: Edge) -> Self {
        Self {
            dependant,
            on: dependant.estate.service(edge.to),
            entry: edge.entry as usize,
            stated: &dependant.entity().body.depends_on.items[edge.entry as usize],
            influence: edge.influence,
        }
    }

    /// Where it is stated.
    pub fn stated_at(&self) -> Place {
        self.dependant.at(self.stated.span)
    }

    /// Where the other service is named.
    pub fn place(&self) -> Option<Place> {
        let name = self.stated.value.service.known();
        name.map(|name| self.dependant.at(name.span))
    }
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    /// Whether it may claim more than is known.
    pub fn may_claim_more(self) -> bool {
        self.estate.links.may_claim_more[self.index]
    }

    /// The reports and certificates that it claims or that cover it; each once, in order.
    pub fn assurances(self) -> impl Iterator<Item = AssuranceRef<'e, 'a>> + Clone {
        let assurances = self.estate.links.assurances[self.index].iter();
        assurances.map(move |id| self.estate.assurance(*id))
    }

    /// The reports and certificates that cover it; each once, in order.
    pub fn covered_by(self) -> impl Iterator<Item = AssuranceRef<'e, 'a>> + Clone {
        let covering = self.estate.links.covered_by[self.index].iter();
        covering.map(move |id| self.estate.assurance(*id))
    }

    /// The reports of a family and status for it: they cover it, or state no coverage and are claimed by it.
    pub fn reports(self, family: Family, standing: Standing) -> impl Iterator<Item = AssuranceRef<'e, 'a>> + Clone {
        self.assurances().filter(move |assurance| {
            assurance.is_of(family) && assurance.standing() == standing && assurance.is_about(self)
        })
    }

    /// The issued reports of a family for it.
    pub fn issued_reports(self, family: Family) -> impl Iterator<Item = AssuranceRef<'e, 'a>> + Clone {
        self.reports(family, Standing::Issued)
    }

    /// The live reports of a family for it.
    pub fn live_reports(self, family: Family) -> impl Iterator<Item = AssuranceRef<'e, 'a>> + Clone {
        self.assurances()
            .filter(move |assurance| assurance.is_live() && assurance.is_of(family))
    }

    /// The newest of reports of a family for it, if that is known: among several, one that states no
    /// end might be the newest, and so might one that could not be read.
    pub fn surely_newest(
        self,
        family: Family,
        reports: impl Iterator<Item = AssuranceRef<'e, 'a>> + Clone,
    ) -> Option<AssuranceRef<'e, 'a>> {
        let undated = reports.clone().any(|report| report.end().is_none());
        let uncertain = undated && reports.clone().nth(1).is_some();
        newest_of(reports).filter(|_| !uncertain && !self.is_succession_uncertain(family))
    }

    /// What it depends on, as far as that exists.
    pub fn dependencies(self) -> impl ExactSizeIterator<Item = DependencyRef<'e, 'a>> + Clone {
        let edges = self.estate.links.depends_on[self.index].iter();
        edges.map(move |edge| DependencyRef::of(self, *edge))
    }

    /// A key that is equal for services that the same reports and certificates cover.
    pub fn coverage_key(self) -> impl Eq + Hash + use<> {
        let links = &self.estate.links;
        (links.assurances.place(self.index), links.covered_by.place(self.index))
    }

    /// The third parties it relies on, stated on either side.
    pub fn third_parties(self) -> impl Iterator<Item = ThirdPartyRef<'e, 'a>> + Clone {
        let relied_on = self.estate.links.third_parties[self.index].iter();
        relied_on.map(move |index| self.estate.third_party(*index))
    }
}

impl<'a> Estate<'a> {
    /// The third parties that any of some services rely on.
    pub fn third_parties_of_all<'e>(
        &'e self,
        services: impl Iterator<Item = ServiceRef<'e, 'a>>,
    ) -> BTreeSet<ThirdPartyRef<'e, 'a>> {
        let services = services.map(|service| service.index);
        let relied_on = self.links.third_parties.distinct(services);
        let relied_on = relied_on.flat_map(|(_, third_parties)| third_parties);
        relied_on.map(|index| self.third_party(*index)).collect()
    }
}
