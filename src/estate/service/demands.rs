//! What services need because others depend on them: needs propagate over `full` dependencies.

use crate::estate::link::Lists;
use crate::estate::{DependencyRef, Edge, Estate, ServiceRef};
use crate::model::{IdVec, Influence, ServiceId};
use crate::standards::Family;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use std::collections::VecDeque;

/// How the need for a family reaches a service: its origin, and the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The service whose financial impact or commitments require it.
    pub origin: ServiceId,
    pub distance: u32,
    /// The dependent service that passes it on, and its edge. `None` at the origin itself.
    pub via: Option<(ServiceId, u32)>,
}

/// For each service, the nearest two services that require a family of it over `full` dependencies, itself included. Two,
/// so that one that requires it of itself through a cycle is not taken for another's demand.
#[derive(Debug, Default)]
pub struct Demands {
    nearest: IdVec<ServiceId, Option<Demand>>,
    /// Few have one.
    second: HashMap<ServiceId, Demand>,
}

impl Demands {
    fn of(&self, service: ServiceId) -> impl Iterator<Item = &Demand> {
        self.nearest[service].iter().chain(self.second.get(&service))
    }

    /// Whether it is a further one, and there is space for it.
    fn takes(&mut self, service: ServiceId, demand: Demand) -> bool {
        match &mut self.nearest[service] {
            place @ None => {
                *place = Some(demand);
                true
            }
            Some(nearest) if nearest.origin == demand.origin => false,
            Some(_) => match self.second.entry(service) {
                Entry::Vacant(place) => {
                    place.insert(demand);
                    true
                }
                Entry::Occupied(_) => false,
            },
        }
    }
}

pub fn demands(estate: &Estate<'_>, depends_on: &Lists<ServiceId, Edge>, family: Family) -> Demands {
    let mut demands = Demands {
        nearest: IdVec::filled(None, estate.services.len()),
        second: HashMap::new(),
    };
    let mut queue = VecDeque::new();
    for (service, nearest) in demands.nearest.enumerate_mut() {
        if estate.service(service).asks_for(family) {
            let demand = Demand {
                origin: service,
                distance: 0,
                via: None,
            };
            *nearest = Some(demand);
            queue.push_back((service, demand));
        }
    }
    while let Some((service, demand)) = queue.pop_front() {
        if !estate.service(service).passes_demand_on() {
            continue;
        }
        for edge in &depends_on[service] {
            let next = Demand {
                origin: demand.origin,
                distance: demand.distance + 1,
                via: Some((service, edge.entry)),
            };
            if edge.influence == Some(Influence::Full) && demands.takes(edge.to, next) {
                queue.push_back((edge.to, next));
            }
        }
    }
    demands
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    /// Whether it requires a family itself.
    fn asks_for(self, family: Family) -> bool {
        let asks = match family {
            Family::Icfr => self.body.has_financial_impact(),
            Family::TrustServices => !self.body.commitments.items.is_empty(),
        };
        asks && self.passes_demand_on()
    }

    /// What reaches it from those that depend on it.
    fn demands(self, family: Family) -> impl Iterator<Item = &'e Demand> {
        self.estate.links.demands[family as usize].of(self.index)
    }

    fn demands_of_others(self, family: Family) -> impl Iterator<Item = &'e Demand> {
        self.demands(family).filter(move |demand| demand.origin != self.index)
    }

    /// Whether others that depend on it need a family of it.
    pub fn is_demanded_by_others(self, family: Family) -> bool {
        self.demands_of_others(family).next().is_some()
    }

    /// The nearest of the others that depend on it and need a family of it.
    pub fn demanded(self, family: Family) -> Option<Demanded<'e, 'a>> {
        let nearest = self.demands_of_others(family);
        let demand = nearest.min_by_key(|demand| (demand.distance, demand.origin))?;
        Some(Demanded {
            family,
            origin: self.estate.service(demand.origin),
            way: self.way(family, *demand),
        })
    }

    /// The shortest path by which a demand reaches it.
    fn way(self, family: Family, demand: Demand) -> Vec<DependencyRef<'e, 'a>> {
        let mut way = Vec::new();
        let mut at = Some(demand);
        while let Some((service, entry)) = at.and_then(|demand| demand.via) {
            let dependant = self.estate.service(service);
            let edges = &self.estate.links.depends_on[service];
            let stated = edges.binary_search_by_key(&entry, |edge| edge.entry);
            way.extend(stated.map(|at| DependencyRef::of(dependant, edges[at])));
            let mut back = dependant.demands(family).copied();
            at = back.find(|other| other.origin == demand.origin);
        }
        way.reverse();
        way
    }
}

/// The need of a family that others have of a service.
pub struct Demanded<'e, 'a> {
    pub family: Family,
    /// The service whose financial impact or commitments require it.
    pub origin: ServiceRef<'e, 'a>,
    /// The dependencies over which it is passed on, from there.
    pub way: Vec<DependencyRef<'e, 'a>>,
}
