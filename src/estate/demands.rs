//! What services need because others are built on them: it propagates over `full` dependencies.

use super::lists::Lists;
use super::{Edge, Estate};
use crate::decode::Field;
use crate::manifest::{Influence, Lifecycle, Scope};
use crate::model::{IdVec, ServiceId};
use crate::standards::Family;
use std::collections::VecDeque;

/// How the need for a family reaches a service: from whom, and by which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The service whose financial impact or commitments ask for it.
    pub origin: ServiceId,
    pub distance: u32,
    /// The dependant that passes it on, and its edge. `None` at the origin itself.
    pub via: Option<(ServiceId, u32)>,
}

/// The nearest two services that ask one for a family over `full` dependencies, itself included. Two, so that one
/// that asks itself by way of a cycle is not taken for another's demand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Demands([Option<Demand>; 2]);

impl Demands {
    pub fn iter(&self) -> impl Iterator<Item = &Demand> {
        self.0.iter().flatten()
    }

    /// Whether it is one more, for which there is room.
    fn takes(&mut self, demand: Demand) -> bool {
        if self.iter().any(|known| known.origin == demand.origin) {
            return false;
        }
        let room = self.0.iter_mut().find(|place| place.is_none());
        room.map(|place| *place = Some(demand)).is_some()
    }
}

pub(super) fn demands(
    estate: &Estate<'_>,
    depends_on: &Lists<ServiceId, Edge>,
    family: Family,
) -> IdVec<ServiceId, Demands> {
    let mut nearest: IdVec<ServiceId, Demands> = IdVec::filled(Demands::default(), estate.services.len());
    let mut queue = VecDeque::new();
    for (service, demands) in nearest.enumerate_mut() {
        if estate.asks_for(service, family) {
            let demand = Demand {
                origin: service,
                distance: 0,
                via: None,
            };
            demands.takes(demand);
            queue.push_back((service, demand));
        }
    }
    while let Some((service, demand)) = queue.pop_front() {
        if !estate.passes_demand_on(service) {
            continue;
        }
        for edge in &depends_on[service] {
            let next = Demand {
                origin: demand.origin,
                distance: demand.distance + 1,
                via: Some((service, u32::try_from(edge.entry).unwrap_or(u32::MAX))),
            };
            if edge.influence == Some(Influence::Full) && nearest[edge.to].takes(next) {
                queue.push_back((edge.to, next));
            }
        }
    }
    nearest
}

impl Estate<'_> {
    /// Whether what a service depends on matters to its users: in scope, and neither retired nor experimental.
    pub fn passes_demand_on(&self, service: ServiceId) -> bool {
        let service = self.services.get(service);
        let lifecycle = match service.body.lifecycle {
            Field::Unknown(_) => return false,
            _ => service.body.lifecycle.value().unwrap_or(Lifecycle::Production),
        };
        let in_scope = !service.body.scope.is_unknown() && service.body.scope.value() != Some(Scope::Out);
        service.readable && in_scope && !matches!(lifecycle, Lifecycle::Retired | Lifecycle::Experimental)
    }

    /// Whether a service asks for a family itself.
    fn asks_for(&self, service: ServiceId, family: Family) -> bool {
        let body = &self.services.get(service).body;
        let asks = match family {
            Family::Icfr => body.has_financial_impact(),
            Family::TrustServices => !body.commitments.items.is_empty(),
        };
        asks && self.passes_demand_on(service)
    }

    /// What reaches each service from those that depend on it.
    pub fn demands(&self, family: Family) -> &IdVec<ServiceId, Demands> {
        &self.links.demands[family as usize]
    }
}
