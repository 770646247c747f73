//! The links between entities that rules walk along, and what propagates over dependencies.

use super::edge::Edge;
use super::lists::Lists;
use super::shared::SharedLists;
use crate::decode::{Field, List, OneOrTable, Val};
use crate::estate::service::{Demands, demands};
use crate::estate::{Estate, Origin};
use crate::manifest::{Claim, Dependency};
use crate::model::glob_matches;
use crate::model::{
    Action, AssuranceId, ControlId, IdVec, IdentityId, Influence, NamespaceId, OwnerId, OwnerKind, ReportId, ServiceId,
    Text, ThirdPartyId,
};
use crate::standards::Family;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug, Default)]
pub struct Links {
    pub depends_on: Lists<ServiceId, Edge>,
    /// For each service, its claims that name something: which entry, and what.
    pub claims: Lists<ServiceId, (u32, AssuranceId)>,
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

pub fn link(estate: &Estate<'_>) -> Links {
    let grants_everything = AtomicBool::new(false);
    let ((depends_on, claims), ((control_reports, members), rights)) = rayon::join(
        || (depends_on(estate), claims(estate)),
        || {
            rayon::join(
                || (control_reports(estate), members(estate)),
                || rights(estate, &grants_everything),
            )
        },
    );
    let of = |family| demands(estate, &depends_on, family);
    let (icfr, trust_services) = rayon::join(|| of(Family::Icfr), || of(Family::TrustServices));
    let mut links = Links {
        demands: [icfr, trust_services],
        depends_on,
        claims,
        control_reports,
        members,
        rights,
        grants_everything: grants_everything.into_inner(),
        ..Links::default()
    };
    link_third_parties(estate, &mut links);
    add_coverage(estate, &mut links);
    add_assurances(estate, &mut links);
    links
}

/// What services claim, and what covers them.
pub fn link_coverage(estate: &Estate<'_>) -> Links {
    let mut links = Links {
        claims: claims(estate),
        ..Links::default()
    };
    add_coverage(estate, &mut links);
    links
}

fn depends_on(estate: &Estate<'_>) -> Lists<ServiceId, Edge> {
    Lists::filled(estate.services.len(), |index, edges| {
        let service = estate.services.get(index);
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
        edges.extend((0..).zip(service.body.depends_on.iter()).filter_map(edge));
    })
}

fn claims(estate: &Estate<'_>) -> Lists<ServiceId, (u32, AssuranceId)> {
    Lists::filled(estate.services.len(), |index, claims| {
        let service = estate.services.get(index);
        let claim = |(entry, claim): (u32, &Val<OneOrTable<Claim<'_>>>)| {
            let named = estate.assurance_named(service.namespace, claim.value.report.get()?)?;
            Some((entry, named.index))
        };
        claims.extend((0..).zip(service.body.claims.iter()).filter_map(claim));
    })
}

fn rights(estate: &Estate<'_>, grants_everything: &AtomicBool) -> Lists<IdentityId, Option<ServiceId>> {
    Lists::filled(estate.identities.len(), |index, services| {
        let access = estate.identity(index).list(|i| &i.access);
        if access
            .iter()
            .any(|access| access.value.actions.find(&Action::All).is_some())
        {
            grants_everything.store(true, Ordering::Relaxed);
        }
        services.extend(access.iter().map(|access| {
            let name = access.value.service.get()?;
            estate
                .service_named(access.namespace, name)
                .map(|service| service.index)
        }));
    })
}

fn link_third_parties(estate: &Estate<'_>, links: &mut Links) {
    let names = &estate.namespaces;
    // What services state themselves, which is little, comes first; each is listed once.
    let own = Lists::filled(estate.services.len(), |index, relied_on| {
        let service = estate.services.get(index);
        let relied_on_by = service.body.third_parties.iter();
        let third_parties = relied_on_by.filter_map(|reliance| reliance.value.third_party.get());
        let named = third_parties.chain(service.body.operated_by.get());
        relied_on.extend(named.filter_map(|name| estate.third_parties.resolve(names, service.namespace, name)));
    });
    let supports = SharedLists::filled(estate.third_parties.len(), |index, services| {
        let third_party = estate.third_parties.get(index);
        services.extend(estate.services_listed(third_party.namespace, &third_party.body.supports));
    });
    let supported = supports.turned(estate.services.len());
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

fn control_reports(estate: &Estate<'_>) -> Lists<ControlId, ReportId> {
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
    Lists::filled(estate.controls.len(), |index, reports| {
        let control = estate.controls.get(index);
        let own = control.body.reports.iter().filter_map(|link| link.value.report.get());
        reports.extend(own.filter_map(|name| estate.reports.resolve(names, control.namespace, name)));
        reports.extend(&by_objectives[index]);
        reports.sort_unstable();
        reports.dedup();
    })
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
