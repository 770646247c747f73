//! Who names an entity: the reverse of what is stated, so that one can be looked at without all others. None of it depends
//! on the day.

use super::lists::Lists;
use crate::decode::Field;
use crate::estate::{Estate, IdentityRef, Named, Right};
use crate::manifest::NamesEvidence;
use crate::model::{Action, AssuranceId, ControlId, EvidenceId, IdVec, IdentityId, ProfileId, ReportId, ServiceId};
use std::collections::{BTreeSet, HashMap, HashSet};

#[derive(Debug, Default)]
pub struct Naming {
    /// For each profile, the identities that use it.
    pub users: Lists<ProfileId, IdentityId>,
    /// For each service, the identities that may move money or change the books there in production.
    pub moving_money: Lists<ServiceId, IdentityId>,
    /// For each identity, the others whose access counts as its own while both are active: those that it can become in one
    /// step and, for an autonomous agent, those for whom it acts.
    pub acting: Lists<IdentityId, IdentityId>,
    /// For each identity, whether it is one of these on either side.
    pub chained: IdVec<IdentityId, bool>,
    /// Who holds which actions by name on a service on which someone may do everything.
    holders: HashMap<(ServiceId, Action), Vec<IdentityId>>,
    /// For each report, the agents that its description names; `None` when it may name others.
    pub agents: IdVec<ReportId, Option<BTreeSet<IdentityId>>>,
    /// For each report or certificate, the reports that name it as their predecessor.
    pub followed_by: Lists<AssuranceId, ReportId>,
    /// For each control, those that name it as their predecessor.
    pub replaced_by: Lists<ControlId, ControlId>,
    /// For each report, the controls that are part of it, stated on either side.
    pub controls: Lists<ReportId, ControlId>,
    /// For each control, the reports whose objectives list it.
    pub under_objectives: Lists<ControlId, ReportId>,
    /// For each report, whether it has objectives, and all controls under them are known.
    pub objectives_known: IdVec<ReportId, bool>,
    /// Whether some report may have more controls under its objectives than are known.
    pub objectives_uncertain: bool,
    /// Whether a control may be part of any report.
    pub memberships_uncertain: bool,
    /// Whether one that states criteria may.
    pub criteria_uncertain: bool,
    /// For each evidence entry, the controls that name it.
    pub evidence_of_controls: Lists<EvidenceId, ControlId>,
    /// The same for what shows that they operated, with the number of the reference.
    pub operating: Lists<EvidenceId, (ControlId, u32)>,
    /// For each evidence entry, the reports that name it.
    pub evidence_of_reports: Lists<EvidenceId, ReportId>,
    /// Whether a control or a report may name any entry, because something could not be read.
    pub evidence_uncertain: bool,
}

impl Naming {
    pub fn of(estate: &Estate<'_>) -> Self {
        let mut naming = Self::default();
        let ((), mut acting) = rayon::join(|| naming.add_controls(estate), || Self::of_identities(estate));
        acting.chained = IdVec::filled(false, estate.identities.len());
        for (one, other) in acting.acting.pairs() {
            acting.chained[one] = true;
            acting.chained[*other] = true;
        }
        naming.add_reports(estate);
        Self {
            users: acting.users,
            moving_money: acting.moving_money,
            acting: acting.acting,
            chained: acting.chained,
            holders: acting.holders,
            ..naming
        }
    }

    /// Who holds an action by name on a service on which someone may do everything.
    pub fn holding(&self, service: ServiceId, action: Action) -> impl Iterator<Item = IdentityId> {
        let holders = self.holders.get(&(service, action));
        holders.into_iter().flatten().copied()
    }

    fn of_identities(estate: &Estate<'_>) -> Self {
        let (mut users, mut moving) = (Vec::new(), Vec::new());
        let moves = |right: &Right<'_, '_>| right.names_any(&Action::FINANCIAL).is_some() && right.is_production();
        for identity in estate.identities() {
            let named = identity.body.profile.known();
            let profile = named.and_then(|name| estate.profile_named(identity.namespace, &name.value));
            users.extend(profile.map(|profile| (profile.index, identity.index)));
            let services = identity.own_rights().filter(moves).filter_map(|right| right.service);
            moving.extend(services.map(|service| (service.index, identity.index)));
        }
        let mut holders: HashMap<(ServiceId, Action), Vec<IdentityId>> = HashMap::new();
        // The actions of others matter only where an identity may do everything.
        if estate.links.grants_everything {
            let rights = || estate.identities().flat_map(IdentityRef::own_rights);
            let everything = rights().filter(|right| right.names(Action::All).is_some());
            let open: HashSet<ServiceId> = everything.filter_map(|right| Some(right.service?.index)).collect();
            for right in rights() {
                if let Some(service) = right.service.filter(|service| open.contains(&service.index)) {
                    for action in right.access.value.actions.iter() {
                        let known = holders.entry((service.index, action.value)).or_default();
                        known.push(right.identity.index);
                    }
                }
            }
        }
        Self {
            holders,
            users: Lists::grouped(estate.profiles.len(), users.iter().copied()),
            moving_money: Lists::grouped(estate.services.len(), moving.iter().copied()),
            acting: Lists::filled(estate.identities.len(), |index| {
                let others = estate.identity(index).stated_to_act_as();
                others.map(|other| other.index)
            }),
            ..Self::default()
        }
    }

    fn add_controls(&mut self, estate: &Estate<'_>) {
        let (mut replaced, mut part_of, mut named) = (Vec::new(), Vec::new(), Vec::new());
        let mut operating = Vec::new();
        for control in estate.controls() {
            let predecessor = control.body.predecessor.known();
            let earlier = predecessor.and_then(|name| estate.control_named(control.namespace, &name.value));
            replaced.extend(earlier.map(|earlier| (earlier.index, control.index)));
            part_of.extend(control.reports().map(|report| (report.index, control.index)));
            let is_uncertain = control.is_membership_uncertain();
            self.memberships_uncertain |= is_uncertain;
            self.criteria_uncertain |= is_uncertain && control.may_serve();
            self.evidence_uncertain |= !control.readable;
            if estate.evidence.is_empty() {
                continue;
            }
            let body = &control.entity().body;
            for (list, operates) in [(&body.design, false), (&body.operating, true)] {
                self.evidence_uncertain |= estate.names_more(control.namespace, list);
                for (at, item) in (0_u32..).zip(list.iter()) {
                    if let Some(Named::Entry(entry)) = estate.named_evidence(control.namespace, item) {
                        named.push((entry.index, control.index));
                        operating.extend(operates.then_some((entry.index, (control.index, at))));
                    }
                }
            }
        }
        named.dedup();
        self.replaced_by = Lists::grouped(estate.controls.len(), replaced.iter().copied());
        self.controls = Lists::grouped(estate.reports.len(), part_of.iter().copied());
        self.evidence_of_controls = Lists::grouped(estate.evidence.len(), named.iter().copied());
        self.operating = Lists::grouped(estate.evidence.len(), operating.iter().copied());
    }

    fn add_reports(&mut self, estate: &Estate<'_>) {
        let (mut followed, mut listed, mut named) = (Vec::new(), Vec::new(), Vec::new());
        self.objectives_uncertain = estate.may_hide("objectives");
        for report in estate.reports() {
            followed.extend(report.predecessors().map(|earlier| (earlier.index, report.index)));
            let objectives = &report.body.objectives;
            let mut all_known = true;
            for objective in objectives {
                let controls = &objective.body.controls;
                all_known &= objective.readable && !controls.damaged;
                for name in controls.iter() {
                    let control = estate.control_named(report.namespace, &name.value);
                    all_known &= control.is_some();
                    listed.extend(control.map(|control| (control.index, report.index)));
                }
            }
            self.objectives_uncertain |= !report.readable || !all_known;
            let is_known = all_known && !objectives.is_damaged() && !objectives.is_empty();
            self.objectives_known.push(is_known);
            self.agents.push(match &*report.body.system_description {
                Field::Absent => Some(BTreeSet::new()),
                Field::Unknown(_) => None,
                Field::Known(description) if description.value.agents.damaged => None,
                Field::Known(description) => {
                    let names = description.value.agents.iter();
                    let agents = names.map(|name| estate.identity_named(report.namespace, &name.value));
                    agents.map(|agent| Some(agent?.index)).collect()
                }
            });
            let lists = report.body.evidence_lists();
            self.evidence_uncertain |= !report.readable || lists.unread;
            if estate.evidence.is_empty() {
                continue;
            }
            for list in lists.lists {
                self.evidence_uncertain |= estate.names_more(report.namespace, list);
                for item in list.iter() {
                    if let Some(Named::Entry(entry)) = estate.named_evidence(report.namespace, item) {
                        named.push((entry.index, report.index));
                    }
                }
            }
        }
        listed.dedup();
        let assurances = estate.reports.len() + estate.certificates.len();
        self.followed_by = Lists::grouped(assurances, followed.iter().copied());
        self.under_objectives = Lists::grouped(estate.controls.len(), listed.iter().copied());
        self.evidence_of_reports = Lists::grouped(estate.evidence.len(), named.iter().copied());
    }
}
