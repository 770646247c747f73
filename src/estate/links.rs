//! The links between entities that rules walk along, and what propagates over dependencies.

use super::demands::{Demands, demands};
use super::lists::Lists;
use super::{AssuranceId, Entity, Estate, IdentityRef, NamespaceId, glob_matches};
use crate::decode::{Field, List, OneOrTable, Text, Val};
use crate::manifest::{Claim, Dependency, Influence, OwnerKind, Scope, Service};
use crate::standards::Family;
use rayon::prelude::*;
use std::collections::BTreeSet;

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
    pub depends_on: Lists<Edge>,
    /// For each service, its claims that name something: which entry, and what.
    pub claims: Lists<(usize, AssuranceId)>,
    /// The other way round: which service, and in which entry.
    pub claimed_by: Lists<(usize, usize)>,
    /// For each report and then each certificate, the services that it covers.
    pub covers: Lists<usize>,
    /// For each service, the reports and certificates that cover it.
    pub covered_by: Lists<AssuranceId>,
    /// For each service, what answers for it: what it claims, and what covers it; each once, in order.
    pub answering: Lists<AssuranceId>,
    /// For each service, the third parties it relies on, said from either side.
    pub third_parties: Lists<usize>,
    /// The other way round.
    pub services_of_third_party: Lists<usize>,
    /// For each third party, the reports that say how they treat it: which, and in which entry.
    pub subservices: Lists<(usize, usize)>,
    /// For each report, whether an entry of `subservice` names nothing.
    pub subservice_unresolved: Vec<bool>,
    /// For each owner, who belongs to it, said from either side; `None` when somebody may be missing.
    pub members: Vec<Option<BTreeSet<usize>>>,
    /// For each control, the reports it is part of, said from either side.
    pub control_reports: Lists<usize>,
    /// For each identity, the service of each entry of its `access`, its profile's if that is where it stands;
    /// `None` where none is stated, or none has the name.
    pub rights: Lists<Option<u32>>,
    /// By family, what reaches each service from those that depend on it.
    pub demands: [Vec<Demands>; 2],
}

pub fn link(estate: &Estate<'_>) -> Links {
    let (own, ((control_reports, members), rights)) = rayon::join(
        || of_services(estate),
        || rayon::join(|| (control_reports(estate), members(estate)), || rights(estate)),
    );
    let mut links = Links {
        control_reports,
        members,
        rights,
        ..Links::default()
    };
    let mut relied_on = Vec::with_capacity(own.len());
    for OfService {
        depends_on,
        claims,
        third_parties,
    } in own
    {
        links.depends_on.push(depends_on);
        links.claims.push(claims);
        relied_on.push(third_parties);
    }
    links.demands = Family::ALL.map(|family| demands(estate, &links.depends_on, family));
    link_third_parties(estate, &mut links, relied_on);
    link_coverage(estate, &mut links);
    links
}

fn rights(estate: &Estate<'_>) -> Lists<Option<u32>> {
    let identities: Vec<IdentityRef<'_, '_>> = estate.identities_view().collect();
    let named = identities.par_iter().map(|identity| {
        let access = identity.list(|i| &i.access);
        let service = access.iter().map(|access| {
            let name = access.value.service.get()?;
            u32::try_from(estate.service_named(access.namespace, name)?).ok()
        });
        service.collect::<Vec<_>>()
    });
    named.collect::<Vec<_>>().into_iter().collect()
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

fn link_third_parties(estate: &Estate<'_>, links: &mut Links, mut relied_on: Vec<Vec<usize>>) {
    // What services say themselves, of which there is little, comes first; each is said once.
    let own: Vec<usize> = relied_on.iter().map(Vec::len).collect();
    for (index, third_party) in estate.third_parties.iter().enumerate() {
        for service in estate.services_listed(third_party.namespace, &third_party.body.supports) {
            if !relied_on[service][..own[service]].contains(&index) {
                relied_on[service].push(index);
            }
        }
    }
    links.third_parties = relied_on.into_iter().collect();
    let pairs = pairs(&links.third_parties);
    let turned = pairs.map(|(service, third_party)| (*third_party, service));
    links.services_of_third_party = Lists::grouped(estate.third_parties.len(), turned);
    let mut subservices = Vec::new();
    for (index, report) in estate.reports.iter().enumerate() {
        let mut unresolved = false;
        for (entry, subservice) in report.body.subservice.0.iter().enumerate() {
            let named = estate
                .third_parties
                .resolve(&estate.namespaces, report.namespace, &subservice.id);
            match named {
                Some(third_party) => subservices.push((third_party, (index, entry))),
                None => unresolved = true,
            }
        }
        links.subservice_unresolved.push(unresolved);
    }
    links.subservices = Lists::grouped(estate.third_parties.len(), subservices.into_iter());
}

/// Each item of each list, with the number of the list.
fn pairs<T>(lists: &Lists<T>) -> impl Iterator<Item = (usize, &T)> + Clone {
    (0..lists.len()).flat_map(|at| lists[at].iter().map(move |item| (at, item)))
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
    let covering = pairs(&links.covers).map(|(id, service)| (*service, id));
    links.covered_by = Lists::grouped(estate.services.len(), covering);
    let claiming = pairs(&links.claims).map(|(service, (entry, id))| (*id, (service, *entry)));
    links.claimed_by = Lists::grouped(links.covers.len(), claiming);
    let both = links.claims.iter().zip(links.covered_by.iter());
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

fn control_reports(estate: &Estate<'_>) -> Lists<usize> {
    let names = &estate.namespaces;
    let controls = estate.controls.as_slice().par_iter();
    let own = controls.map(|control| {
        let reports = control.body.reports.iter().filter_map(|link| link.value.report.get());
        reports
            .filter_map(|name| estate.reports.resolve(names, control.namespace, name))
            .collect()
    });
    let mut control_reports: Vec<Vec<usize>> = own.collect();
    for (index, report) in estate.reports.iter().enumerate() {
        for objective in &report.body.objectives.0 {
            for name in objective.body.controls.iter() {
                if let Some(control) = estate.controls.resolve(names, report.namespace, &name.value) {
                    control_reports[control].push(index);
                }
            }
        }
    }
    let each_once = control_reports.into_iter().map(|mut reports| {
        reports.sort_unstable();
        reports.dedup();
        reports
    });
    each_once.collect()
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
        let (namespaces, id): (Box<dyn Iterator<Item = NamespaceId>>, &str) = match pattern.split_once('/') {
            None => (Box::new(std::iter::once(from)), pattern),
            Some((glob, id)) if glob.contains('*') => {
                let all = self.namespaces.iter();
                let matching = all.filter(move |(_, name)| glob_matches(glob, name));
                (Box::new(matching.map(|(namespace, _)| namespace)), id)
            }
            Some((name, id)) => (Box::new(self.namespaces.find(name).into_iter()), id),
        };
        let services = namespaces.flat_map(|namespace| {
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

    pub fn reports_of_control(&self, control: usize) -> &[usize] {
        &self.links.control_reports[control]
    }
}
