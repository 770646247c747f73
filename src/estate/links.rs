//! The links between entities that rules walk along, and what propagates over dependencies.

use super::{AssuranceId, Entity, Estate, NamespaceId, glob_matches};
use crate::decode::{Field, List, OneOrTable, Text, Val};
use crate::manifest::{Claim, Dependency, Influence, Lifecycle, OwnerKind, Scope, Service};
use crate::standards::Family;
use rayon::prelude::*;
use std::collections::{BTreeSet, VecDeque};

/// A dependency of one service on another.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    pub to: usize,
    /// Which entry of `depends-on` states it.
    pub entry: usize,
    /// `None` when it could not be read.
    pub influence: Option<Influence>,
}

#[derive(Debug, Default)]
pub struct Links {
    pub depends_on: Vec<Vec<Edge>>,
    /// For each service, its claims that name something: which entry, and what.
    pub claims: Vec<Vec<(usize, AssuranceId)>>,
    /// The other way round: which service, and in which entry.
    pub claimed_by: Vec<Vec<(usize, usize)>>,
    /// For each report and then each certificate, the services that it covers.
    pub covers: Vec<Vec<usize>>,
    /// For each service, the reports and certificates that cover it.
    pub covered_by: Vec<Vec<AssuranceId>>,
    /// For each service, what answers for it: what it claims, and what covers it; each once, in order.
    pub answering: Vec<Vec<AssuranceId>>,
    /// For each service, the third parties it relies on, said from either side.
    pub third_parties: Vec<Vec<usize>>,
    /// The other way round.
    pub services_of_third_party: Vec<Vec<usize>>,
    /// For each third party, the reports that say how they treat it: which, and in which entry.
    pub subservices: Vec<Vec<(usize, usize)>>,
    /// For each report, whether an entry of `subservice` names nothing.
    pub subservice_unresolved: Vec<bool>,
    /// For each owner, who belongs to it, said from either side; `None` when somebody may be missing.
    pub members: Vec<Option<BTreeSet<usize>>>,
    /// For each control, the reports it is part of, said from either side.
    pub control_reports: Vec<BTreeSet<usize>>,
}

pub fn link(estate: &Estate<'_>) -> Links {
    let (own, (control_reports, members)) =
        rayon::join(|| of_services(estate), || (control_reports(estate), members(estate)));
    let mut links = Links {
        control_reports,
        members,
        ..Links::default()
    };
    for OfService {
        depends_on,
        claims,
        third_parties,
    } in own
    {
        links.depends_on.push(depends_on);
        links.claims.push(claims);
        links.third_parties.push(third_parties);
    }
    link_third_parties(estate, &mut links);
    link_coverage(estate, &mut links);
    links
}

fn of_services(estate: &Estate<'_>) -> Vec<OfService> {
    let services = estate.services.as_slice().par_iter();
    services.map(|service| of_service(estate, service)).collect()
}

/// What a service itself says.
struct OfService {
    depends_on: Vec<Edge>,
    claims: Vec<(usize, AssuranceId)>,
    third_parties: Vec<usize>,
}

fn of_service<'a>(estate: &Estate<'a>, service: &Entity<'a, Service<'a>>) -> OfService {
    let (body, from) = (&service.body, service.namespace);
    let edge = |(entry, dependency): (usize, &Val<OneOrTable<Dependency<'a>>>)| {
        let to = estate.service_named(from, dependency.value.service.get()?)?;
        let influence = match dependency.value.influence {
            Field::Absent => Some(Influence::Full),
            Field::Known(influence) => Some(influence.value),
            Field::Unknown(_) => None,
        };
        Some(Edge { to, entry, influence })
    };
    let claim = |(entry, claim): (usize, &Val<OneOrTable<Claim<'a>>>)| {
        Some((entry, estate.assurance_named(from, claim.value.report.get()?)?))
    };
    let relied_on = body
        .third_parties
        .iter()
        .map(|name| &name.value)
        .chain(body.operated_by.get());
    OfService {
        depends_on: body.depends_on.iter().enumerate().filter_map(edge).collect(),
        claims: body.claims.iter().enumerate().filter_map(claim).collect(),
        third_parties: relied_on
            .filter_map(|name| estate.third_parties.resolve(&estate.namespaces, from, name))
            .collect(),
    }
}

fn link_third_parties(estate: &Estate<'_>, links: &mut Links) {
    for (index, third_party) in estate.third_parties.iter().enumerate() {
        for service in estate.services_listed(third_party.namespace, &third_party.body.supports) {
            if !links.third_parties[service].contains(&index) {
                links.third_parties[service].push(index);
            }
        }
    }
    links.services_of_third_party = vec![Vec::new(); estate.third_parties.len()];
    for (service, third_parties) in links.third_parties.iter().enumerate() {
        for third_party in third_parties {
            links.services_of_third_party[*third_party].push(service);
        }
    }
    links.subservices = vec![Vec::new(); estate.third_parties.len()];
    for (index, report) in estate.reports.iter().enumerate() {
        let mut unresolved = false;
        for (entry, subservice) in report.body.subservice.0.iter().enumerate() {
            let named = estate
                .third_parties
                .resolve(&estate.namespaces, report.namespace, &subservice.id);
            match named {
                Some(third_party) => links.subservices[third_party].push((index, entry)),
                None => unresolved = true,
            }
        }
        links.subservice_unresolved.push(unresolved);
    }
}

fn link_coverage(estate: &Estate<'_>, links: &mut Links) {
    let reports = estate
        .reports
        .iter()
        .map(|report| (report.namespace, &report.body.covers));
    let certificates = estate
        .certificates
        .iter()
        .map(|certificate| (certificate.namespace, &certificate.body.covers));
    let both = reports.chain(certificates);
    links.covers = both
        .map(|(from, covers)| estate.services_listed(from, covers))
        .collect();
    links.covered_by = vec![Vec::new(); estate.services.len()];
    for (id, services) in links.covers.iter().enumerate() {
        for service in services {
            links.covered_by[*service].push(id);
        }
    }
    links.claimed_by = vec![Vec::new(); links.covers.len()];
    for (service, claims) in links.claims.iter().enumerate() {
        for (entry, id) in claims {
            links.claimed_by[*id].push((service, *entry));
        }
    }
    let both = links.claims.iter().zip(&links.covered_by);
    links.answering = both
        .map(|(claims, covered_by)| {
            let mut answering: Vec<AssuranceId> = claims
                .iter()
                .map(|(_, id)| *id)
                .chain(covered_by.iter().copied())
                .collect();
            answering.sort_unstable();
            answering.dedup();
            answering
        })
        .collect();
}

fn control_reports(estate: &Estate<'_>) -> Vec<BTreeSet<usize>> {
    let names = &estate.namespaces;
    let controls = estate.controls.as_slice().par_iter();
    let own = controls.map(|control| {
        let reports = control.body.reports.iter().filter_map(|link| link.value.report.get());
        reports
            .filter_map(|name| estate.reports.resolve(names, control.namespace, name))
            .collect()
    });
    let mut control_reports: Vec<BTreeSet<usize>> = own.collect();
    for (index, report) in estate.reports.iter().enumerate() {
        for objective in &report.body.objectives.0 {
            for name in objective.body.controls.iter() {
                if let Some(control) = estate.controls.resolve(names, report.namespace, &name.value) {
                    control_reports[control].insert(index);
                }
            }
        }
    }
    control_reports
}

/// A team names its people, or a person the team.
fn members(estate: &Estate<'_>) -> Vec<Option<BTreeSet<usize>>> {
    let mut members: Vec<Option<BTreeSet<usize>>> = vec![Some(BTreeSet::new()); estate.owners.len()];
    for (index, owner) in estate.owners.iter().enumerate() {
        if owner.body.members.damaged || !owner.readable {
            members[index] = None;
        }
        for name in owner.body.members.iter() {
            let other = estate.owners.resolve(&estate.namespaces, owner.namespace, &name.value);
            let is_person = owner.body.kind.value() == Some(OwnerKind::Person);
            let (team, member) = match other {
                Some(team) if is_person => (team, Some(index)),
                member => (index, member),
            };
            match (&mut members[team], member) {
                (Some(known), Some(member)) => {
                    known.insert(member);
                }
                // Who cannot be found may well be there.
                (list, None) => *list = None,
                (None, _) => {}
            }
        }
    }
    members
}

impl<'a> Estate<'a> {
    /// Who belongs to a team; `None` when somebody may be missing.
    pub fn members_of(&self, owner: usize) -> Option<&BTreeSet<usize>> {
        self.links.members[owner].as_ref()
    }

    /// The services that a reference or a glob names. A glob never matches a service of scope `out`.
    pub(super) fn services_named<'s>(
        &'s self,
        from: NamespaceId,
        pattern: &'s str,
    ) -> Box<dyn Iterator<Item = usize> + 's> {
        if !pattern.contains('*') {
            return Box::new(self.service_named(from, pattern).into_iter());
        }
        let (namespace, id) = match pattern.split_once('/') {
            None => (None, pattern),
            Some((namespace, id)) => (Some(namespace), id),
        };
        let namespaces = self.namespaces.iter().filter(move |(known, name)| match namespace {
            None => *known == from,
            Some(wanted) => glob_matches(wanted, name),
        });
        let services = namespaces.flat_map(|(namespace, _)| {
            let declared = self.services_by_namespace.get(namespace.0 as usize);
            declared.into_iter().flatten().copied()
        });
        Box::new(services.filter(move |index| {
            let service = self.services.get(*index);
            glob_matches(id, &service.id) && service.body.scope.value() != Some(Scope::Out)
        }))
    }

    fn services_listed(&self, from: NamespaceId, list: &List<Text<'a>>) -> Vec<usize> {
        let named: BTreeSet<usize> = list
            .iter()
            .flat_map(|name| self.services_named(from, &name.value))
            .collect();
        named.into_iter().collect()
    }

    pub fn dependencies(&self, service: usize) -> &[Edge] {
        &self.links.depends_on[service]
    }

    pub fn third_parties_of(&self, service: usize) -> &[usize] {
        &self.links.third_parties[service]
    }

    /// The claims of a service that name a report or certificate: which entry, and what it names.
    pub fn claims_of(&self, service: usize) -> &[(usize, AssuranceId)] {
        &self.links.claims[service]
    }

    pub fn reports_of_control(&self, control: usize) -> &BTreeSet<usize> {
        &self.links.control_reports[control]
    }
}

/// How the need for a family reaches a service: from whom, and by which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The service whose financial impact or commitments ask for it.
    pub origin: usize,
    pub distance: usize,
    /// The dependant that passes it on, and its edge. `None` at the origin itself.
    pub via: Option<(usize, usize)>,
}

impl Estate<'_> {
    /// Whether what a service depends on matters to its users: in scope, and neither retired nor experimental.
    pub fn passes_demand_on(&self, service: usize) -> bool {
        let service = self.services.get(service);
        let lifecycle = match service.body.lifecycle {
            Field::Unknown(_) => return false,
            _ => service.body.lifecycle.value().unwrap_or(Lifecycle::Production),
        };
        let in_scope = !service.body.scope.is_unknown() && service.body.scope.value() != Some(Scope::Out);
        service.readable && in_scope && !matches!(lifecycle, Lifecycle::Retired | Lifecycle::Experimental)
    }

    /// Whether a service asks for a family itself.
    fn asks_for(&self, service: usize, family: Family) -> bool {
        let body = &self.services.get(service).body;
        let asks = match family {
            Family::Icfr => body.has_financial_impact(),
            Family::TrustServices => !body.commitments.items.is_empty(),
        };
        asks && self.passes_demand_on(service)
    }

    /// For each service, the nearest two services that ask it for `family` over `full` dependencies, itself
    /// included. Two, so that one that asks itself by way of a cycle is not taken for another's demand.
    pub fn demands(&self, family: Family) -> Vec<Vec<Demand>> {
        let mut nearest: Vec<Vec<Demand>> = vec![Vec::new(); self.services.len()];
        let mut queue = VecDeque::new();
        for (service, demands) in nearest.iter_mut().enumerate() {
            if self.asks_for(service, family) {
                let demand = Demand {
                    origin: service,
                    distance: 0,
                    via: None,
                };
                demands.push(demand);
                queue.push_back((service, demand));
            }
        }
        while let Some((service, demand)) = queue.pop_front() {
            if !self.passes_demand_on(service) {
                continue;
            }
            for edge in self.dependencies(service) {
                let known = &mut nearest[edge.to];
                let new = known.len() < 2 && known.iter().all(|other| other.origin != demand.origin);
                if edge.influence == Some(Influence::Full) && new {
                    let next = Demand {
                        origin: demand.origin,
                        distance: demand.distance + 1,
                        via: Some((service, edge.entry)),
                    };
                    known.push(next);
                    queue.push_back((edge.to, next));
                }
            }
        }
        nearest
    }
}
