//! The links between entities that rules walk along, and what propagates over dependencies.

use super::edge::Edge;
use super::lists::{Lists, in_parts};
use super::references::{Checked, References};
use super::shared::SharedLists;
use crate::decode::{Field, List, OneOrTable, Val};
use crate::estate::service::{Demands, demands};
use crate::estate::{Entity, Estate, Origin};
use crate::manifest::{Claim, Dependency, Service};
use crate::model::glob_matches;
use crate::model::{
    Action, AssuranceId, ControlId, Id, IdVec, IdentityId, Influence, NamespaceId, OwnerId, OwnerKind, ReportId,
    ServiceId, Text, ThirdPartyId,
};
use crate::standards::Family;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug, Default)]
pub struct Links {
    pub depends_on: Lists<ServiceId, Edge>,
    /// For each service, its claims that name something: which entry, and what.
    pub claims: Lists<ServiceId, (u32, AssuranceId)>,
    /// For each service, whether it may claim more than that: what could not be read, or does not resolve.
    pub may_claim_more: IdVec<ServiceId, bool>,
    /// The reverse: which service, and in which entry.
    pub claimed_by: Lists<AssuranceId, (ServiceId, u32)>,
    /// For each report and then each certificate, the services that it covers.
    pub covers: SharedLists<AssuranceId, ServiceId>,
    /// For each service, the reports and certificates that cover it.
    pub covered_by: SharedLists<ServiceId, AssuranceId>,
    /// For each service, the reports and certificates that it claims or that cover it; each once, in order.
    pub assurances: SharedLists<ServiceId, AssuranceId>,
    /// For each service, the third parties it relies on, stated on either side.
    pub third_parties: SharedLists<ServiceId, ThirdPartyId>,
    /// The reverse.
    pub services_of_third_party: SharedLists<ThirdPartyId, ServiceId>,
    /// For each third party, the reports that state how they treat it: which, and in which entry.
    pub subservices: Lists<ThirdPartyId, (ReportId, usize)>,
    /// For each report, whether an entry of `subservice` does not resolve.
    pub subservice_unresolved: IdVec<ReportId, bool>,
    /// For each owner, its members, stated on either side; `None` when someone may be missing.
    pub members: IdVec<OwnerId, Option<BTreeSet<OwnerId>>>,
    /// For each control, the reports it is part of, stated on either side.
    pub control_reports: Lists<ControlId, ReportId>,
    /// For each identity, the service of each entry of its `access`, or of its profile's;
    /// `None` where none is stated, or the name does not resolve.
    pub rights: Lists<IdentityId, Option<ServiceId>>,
    /// Whether any entry of `access` grants every action.
    pub grants_everything: bool,
    /// By family, what reaches each service from those that depend on it.
    pub demands: [Demands; 2],
}

/// Links entities, and checks what the linked ones refer to.
pub fn link<'a>(estate: &Estate<'a>, references: &References<'_, 'a>) -> Links {
    let grants_everything = AtomicBool::new(false);
    let (of_services, ((control_reports, members), rights)) = rayon::join(
        || of_services(estate, references),
        || {
            rayon::join(
                || (control_reports(estate, references), members(estate)),
                || rights(estate, references, &grants_everything),
            )
        },
    );
    let OfServices {
        depends_on,
        claims,
        may_claim_more,
        third_parties,
    } = of_services;
    let of = |family| demands(estate, &depends_on, family);
    let (icfr, trust_services) = rayon::join(|| of(Family::Icfr), || of(Family::TrustServices));
    let mut links = Links {
        demands: [icfr, trust_services],
        depends_on,
        claims,
        may_claim_more,
        control_reports,
        members,
        rights,
        grants_everything: grants_everything.into_inner(),
        ..Links::default()
    };
    link_third_parties(estate, &third_parties, &mut links);
    add_coverage(estate, &mut links);
    add_assurances(estate, &mut links);
    links
}

/// What services claim, and what covers them.
pub fn link_coverage(estate: &Estate<'_>) -> Links {
    let claims = Lists::filled(estate.services.len(), |id| claims(estate, estate.services.get(id)));
    let services = estate.services.enumerate();
    let may_claim_more = services.map(|(id, service)| may_claim_more(service, claims[id].len()));
    let mut links = Links {
        may_claim_more: may_claim_more.collect(),
        claims,
        ..Links::default()
    };
    add_coverage(estate, &mut links);
    links
}

/// What services themselves state.
struct OfServices {
    depends_on: Lists<ServiceId, Edge>,
    claims: Lists<ServiceId, (u32, AssuranceId)>,
    may_claim_more: IdVec<ServiceId, bool>,
    third_parties: Lists<ServiceId, ThirdPartyId>,
}

fn of_services<'a>(estate: &Estate<'a>, references: &References<'_, 'a>) -> OfServices {
    let services = estate.services.as_slice();
    let parts = in_parts(services.len(), |part| {
        let (mut edges, mut claimed, mut relied_on) = (Lists::default(), Lists::default(), Lists::default());
        let (mut more, mut checked) = (Vec::with_capacity(part.len()), Checked::default());
        for service in &services[part] {
            edges.push(depends_on(estate, service));
            let count = claimed.push(claims(estate, service));
            more.push(may_claim_more(service, count));
            relied_on.push(third_parties(estate, service));
            references.check(service, &mut checked);
        }
        references.add(checked);
        ((edges, claimed), (more, relied_on))
    });
    let ((edges, claimed), (more, relied_on)): ((Vec<_>, Vec<_>), (Vec<_>, Vec<_>)) = parts.into_iter().unzip();
    OfServices {
        depends_on: Lists::joined(edges),
        claims: Lists::joined(claimed),
        may_claim_more: more.concat().into(),
        third_parties: Lists::joined(relied_on),
    }
}

fn depends_on<'e>(estate: &'e Estate<'_>, service: &'e Entity<'_, Service<'_>>) -> impl Iterator<Item = Edge> + 'e {
    let edge = |(entry, dependency): (u32, &Val<OneOrTable<Dependency<'_>>>)| {
        let to = estate
            .service_named(service.namespace, dependency.value.service.get()?)?
            .index;
        let influence = match dependency.value.influence {
            Field::Absent => Some(Influence::Full),
            Field::Known(influence) => Some(influence.value),
            Field::Unknown(_) => None,
        };
        Some(Edge { to, entry, influence })
    };
    (0..).zip(service.body.depends_on.iter()).filter_map(edge)
}

fn claims<'e>(
    estate: &'e Estate<'_>,
    service: &'e Entity<'_, Service<'_>>,
) -> impl Iterator<Item = (u32, AssuranceId)> + 'e {
    let claim = |(entry, claim): (u32, &Val<OneOrTable<Claim<'_>>>)| {
        let named = estate.assurance_named(service.namespace, claim.value.report.get()?)?;
        Some((entry, named.index))
    };
    (0..).zip(service.body.claims.iter()).filter_map(claim)
}

/// Whether a service may claim more than the so many claims that name something.
fn may_claim_more(service: &Entity<'_, Service<'_>>, named: usize) -> bool {
    let claims = &service.body.claims;
    let stated = || claims.iter().filter(|claim| !claim.value.report.is_absent()).count();
    claims.damaged || !service.readable || stated() != named
}

fn third_parties<'e>(
    estate: &'e Estate<'_>,
    service: &'e Entity<'_, Service<'_>>,
) -> impl Iterator<Item = ThirdPartyId> + 'e {
    let relied_on = service.body.third_parties.iter();
    let named = relied_on.filter_map(|reliance| reliance.value.third_party.get());
    let named = named.chain(service.body.operated_by.get());
    named.filter_map(|name| {
        estate
            .third_parties
            .resolve(&estate.namespaces, service.namespace, name)
    })
}

fn rights<'a>(
    estate: &Estate<'a>,
    references: &References<'_, 'a>,
    grants_everything: &AtomicBool,
) -> Lists<IdentityId, Option<ServiceId>> {
    Lists::joined(in_parts(estate.identities.len(), |part| {
        let (mut rights, mut checked) = (Lists::default(), Checked::default());
        for identity in part.map(|at| estate.identity(IdentityId::at(at))) {
            let access = identity.list(|i| &i.access);
            if access
                .iter()
                .any(|access| access.value.actions.find(&Action::All).is_some())
            {
                grants_everything.store(true, Ordering::Relaxed);
            }
            rights.push(access.iter().map(|access| {
                let name = access.value.service.get()?;
                estate
                    .service_named(access.namespace, name)
                    .map(|service| service.index)
            }));
            references.check(identity.entity(), &mut checked);
        }
        references.add(checked);
        rights
    }))
}

/// `own` is what services state themselves.
fn link_third_parties(estate: &Estate<'_>, own: &Lists<ServiceId, ThirdPartyId>, links: &mut Links) {
    let names = &estate.namespaces;
    let supports = SharedLists::filled(estate.third_parties.len(), |index, services| {
        let third_party = estate.third_parties.get(index);
        services.extend(estate.services_listed(third_party.namespace, &third_party.body.supports));
    });
    let supported = supports.turned(estate.services.len());
    // What services state themselves, which is little, comes first; each is listed once.
    links.third_parties = SharedLists::filled(estate.services.len(), |service, third_parties| {
        third_parties.extend(&own[service]);
        let unsaid = supported[service].iter().filter(|one| !own[service].contains(one));
        third_parties.extend(unsaid);
    });
    links.services_of_third_party = links.third_parties.turned(estate.third_parties.len());
    let mut subservices = Vec::new();
    for (index, report) in estate.reports.enumerate() {
        let mut unresolved = false;
        for (entry, subservice) in report.body.subservice.iter().enumerate() {
            match estate.third_parties.resolve(names, report.namespace, &subservice.id) {
                Some(third_party) => subservices.push((third_party, (index, entry))),
                None => unresolved = true,
            }
        }
        links.subservice_unresolved.push(unresolved);
    }
    links.subservices = Lists::grouped(estate.third_parties.len(), subservices.into_iter());
}

fn add_coverage(estate: &Estate<'_>, links: &mut Links) {
    let count = estate.reports.len() + estate.certificates.len();
    links.covers = SharedLists::filled(count, |id, services| {
        let (from, covers) = match estate.assurance(id).origin() {
            Origin::Report(report) => (report.namespace, &report.entity().body.covers),
            Origin::Certificate(certificate) => (certificate.namespace, &certificate.entity().body.covers),
        };
        services.extend(estate.services_listed(from, covers));
    });
    links.covered_by = links.covers.turned(estate.services.len());
}

/// The same from the side of reports and certificates, and what services have of both.
fn add_assurances(estate: &Estate<'_>, links: &mut Links) {
    let claiming = links
        .claims
        .pairs()
        .map(|(service, (entry, id))| (*id, (service, *entry)));
    links.claimed_by = Lists::grouped(links.covers.len(), claiming);
    let (claims, covered_by) = (&links.claims, &links.covered_by);
    links.assurances = SharedLists::filled(estate.services.len(), |service, assurances| {
        assurances.extend(claims[service].iter().map(|(_, id)| *id));
        assurances.extend(&covered_by[service]);
        assurances.sort_unstable();
        assurances.dedup();
    });
}

fn control_reports<'a>(estate: &Estate<'a>, references: &References<'_, 'a>) -> Lists<ControlId, ReportId> {
    let names = &estate.namespaces;
    let mut by_objectives = Vec::new();
    for (index, report) in estate.reports.enumerate() {
        for objective in &report.body.objectives {
            let controls = objective.body.controls.iter();
            let named = controls.filter_map(|name| estate.controls.resolve(names, report.namespace, &name.value));
            by_objectives.extend(named.map(|control| (control, index)));
        }
    }
    let by_objectives = Lists::grouped(estate.controls.len(), by_objectives.into_iter());
    Lists::joined(in_parts(estate.controls.len(), |part| {
        let (mut lists, mut checked) = (Lists::default(), Checked::default());
        let mut reports = Vec::new();
        for index in part.map(ControlId::at) {
            let control = estate.controls.get(index);
            let own = control.body.reports.iter().filter_map(|link| link.value.report.get());
            reports.extend(own.filter_map(|name| estate.reports.resolve(names, control.namespace, name)));
            reports.extend(&by_objectives[index]);
            reports.sort_unstable();
            reports.dedup();
            lists.push(reports.drain(..));
            references.check(control, &mut checked);
        }
        references.add(checked);
        lists
    }))
}

/// A team names its people, or a person the team.
fn members(estate: &Estate<'_>) -> IdVec<OwnerId, Option<BTreeSet<OwnerId>>> {
    let mut members = IdVec::filled(Some(BTreeSet::new()), estate.owners.len());
    for (index, owner) in estate.owners.enumerate() {
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
                // A member that does not resolve may still exist.
                (list, None) => *list = None,
                (None, _) => {}
            }
        }
    }
    members
}

impl<'a> Estate<'a> {
    /// The services that a reference or a glob names. A glob never matches a service of scope `out`.
    pub(in crate::estate) fn services_named<'s>(
        &'s self,
        from: NamespaceId,
        pattern: &'s str,
    ) -> Box<dyn Iterator<Item = ServiceId> + 's> {
        if !pattern.contains('*') {
            return Box::new(
                self.service_named(from, pattern)
                    .map(|service| service.index)
                    .into_iter(),
            );
        }
        let (namespaces, id): (Box<dyn Iterator<Item = NamespaceId>>, &str) = match pattern.split_once('/') {
            None => (Box::new(std::iter::once(from)), pattern),
            // Any may match: they are looked through as they stand.
            Some((glob, id)) if glob.starts_with('*') => {
                let all = self.namespaces.iter();
                let matching = all.filter(move |(_, name)| glob_matches(glob, name));
                (Box::new(matching.map(|(namespace, _)| namespace)), id)
            }
            Some((glob, id)) if glob.contains('*') => (Box::new(self.namespaces.matching(glob).into_iter()), id),
            Some((name, id)) => (Box::new(self.namespaces.find(name).into_iter()), id),
        };
        let services = namespaces.flat_map(|namespace| &self.services_by_namespace[namespace]);
        let services = services.copied();
        let in_scope = services.filter(|index| !self.boundaries[*index].is_excluded);
        Box::new(in_scope.filter(move |index| glob_matches(id, &self.services.get(*index).id)))
    }

    fn services_listed(&self, from: NamespaceId, list: &List<Text<'a>>) -> Vec<ServiceId> {
        let named: BTreeSet<ServiceId> = list
            .iter()
            .flat_map(|name| self.services_named(from, &name.value))
            .collect();
        named.into_iter().collect()
    }
}
