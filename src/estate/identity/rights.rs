//! What identities may do.

use super::{Located, StatedAt};
use crate::decode::{List, OneOrTable, Val};
use crate::estate::{DataRef, IdentityRef, ServiceRef};
use crate::manifest::{Access, USERS};
use crate::model::{Action, Autonomy, Credential, Environment, IdentityKind, NamespaceId, ServiceId, Text};
use std::collections::HashSet;

/// One entry of `access`: what an identity may do on one service.
#[derive(Clone, Copy)]
pub struct Right<'e, 'a> {
    pub identity: IdentityRef<'e, 'a>,
    pub access: Located<'e, OneOrTable<Access<'a>>>,
    /// The service, when it is stated and exists.
    pub service: Option<ServiceRef<'e, 'a>>,
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    /// What it may do by its own `access`.
    pub fn own_rights(self) -> impl Iterator<Item = Right<'e, 'a>> {
        let access = self.list(|i| &i.access);
        let services = &self.estate.links.rights[self.index];
        let right = move |(access, service): (_, &Option<ServiceId>)| Right {
            identity: self,
            access,
            service: service.map(|index| self.estate.service(index)),
        };
        access.iter().zip(services).map(right)
    }

    /// What it may do by itself, and with the access of the humans that counts as its own.
    pub fn rights_with_humans(self) -> impl Iterator<Item = Right<'e, 'a>> {
        let humans = self.acts_as().filter(Self::is_human);
        self.own_rights().chain(humans.flat_map(Self::own_rights))
    }

    /// The other active identities whose access counts as its own: those that it can become in one step and, for an
    /// autonomous agent, those for whom it acts.
    pub fn acts_as(self) -> impl Iterator<Item = Self> {
        let stated = self.estate.naming.acting[self.index].iter();
        let others = stated.map(move |other| self.estate.identity(*other));
        others.filter(move |other| self.is_active() && other.is_active())
    }

    /// The same, active or not, as it is stated.
    pub(in crate::estate) fn stated_to_act_as(self) -> impl Iterator<Item = Self> {
        let estate = self.estate;
        let acts_for = self.list(|i| &i.acts_for);
        let is_autonomous = !acts_for.is_surely_empty() && self.is_autonomous();
        let acted_for = acts_for.iter();
        let acted_for = acted_for.filter(move |name| is_autonomous && name.value.as_str() != USERS);
        let names = self.list(|i| &i.may_assume).iter().chain(acted_for);
        let others = names.filter_map(|name| estate.identity_named(name.namespace, name.value));
        others.filter(move |other| *other != self)
    }

    fn is_autonomous(&self) -> bool {
        self.part(|i| &i.agent).stated(|agent| &agent.autonomy).value() == Some(Autonomy::Autonomous)
    }

    /// It, and the identities whose access counts as its own, directly or through others.
    pub fn within_reach(self) -> Vec<Self> {
        let mut reached = vec![self];
        let mut known = HashSet::from([self.index]);
        let mut steps = 0;
        let mut next = 0;
        while next < reached.len() {
            for other in reached[next].acts_as() {
                steps += 1;
                if steps > MAX_STEPS {
                    return reached;
                }
                if known.insert(other.index) {
                    reached.push(other);
                }
            }
            next += 1;
        }
        reached
    }

    /// Whether it, with those whose access counts as its own, may only read, as far as is known.
    fn may_only_read(self) -> bool {
        let rights = self.within_reach().into_iter().flat_map(Self::own_rights);
        rights
            .flat_map(|right| right.access.value.actions.iter())
            .all(|action| action.value == Action::Read)
    }

    /// Whether a stated, or possibly stated, provider manages it, and so is responsible for its rotation and end.
    pub fn may_be_left_to_its_provider(&self) -> bool {
        match self.stated(|i| &i.credential) {
            StatedAt::Absent => false,
            StatedAt::Unknown => true,
            StatedAt::Known(credential) => {
                *credential.value == Credential::ProviderManaged && self.stated(|i| &i.provider).says_something()
            }
        }
    }

    /// Whether its activity does not need to be reviewed here: it is a certificate without access, or its
    /// provider manages it and it may only read.
    pub fn may_need_no_watch(self) -> bool {
        let is_certificate = self.stated(|i| &i.kind).value() == Some(IdentityKind::Certificate);
        is_certificate
            && self
                .within_reach()
                .into_iter()
                .all(|one| one.own_rights().next().is_none())
            || self.may_be_left_to_its_provider() && self.may_only_read()
    }
}

/// More identities than one becomes in practice; the bound keeps hostile chains from being walked for each identity.
const MAX_STEPS: usize = 256;

impl<'e, 'a> Right<'e, 'a> {
    /// Where it grants an action: by name or, as `"*"`, on a service where that action means something: it has books, or
    /// another active identity holds that very action by name.
    pub fn means(&self, action: Action) -> Option<Located<'e, Action>> {
        self.names(action).or_else(|| {
            let (estate, service) = (self.identity.estate, self.service?);
            let everything = self.names(Action::All)?;
            let mut others = estate.naming.holding(service.index, action);
            let mut is_held = || others.any(|other| other != self.identity.index && estate.identity(other).is_active());
            (service.body.has_books() || is_held()).then_some(everything)
        })
    }

    /// The first of `actions` that it grants, where it is granted.
    pub fn grants(&self, actions: &[Action]) -> Option<Located<'e, Action>> {
        let mut granted = self.access.value.actions.iter();
        let found = granted.find(|action| action.value == Action::All || actions.contains(&action.value));
        found.map(|action| self.access.with(action))
    }

    /// Where it names an action, if it does.
    pub fn names(&self, action: Action) -> Option<Located<'e, Action>> {
        self.names_any(&[action])
    }

    /// The first of `actions` that it grants by its own name, not by `"*"`, where it is granted.
    pub fn names_any(&self, actions: &[Action]) -> Option<Located<'e, Action>> {
        let mut granted = self.access.value.actions.iter();
        let found = granted.find(|action| actions.contains(&action.value));
        found.map(|action| self.access.with(action))
    }

    /// Whether it is known to reach production.
    pub fn is_production(&self) -> bool {
        let own = &self.access.value.environments;
        if own.stated {
            return own
                .iter()
                .any(|environment| environment.value == Environment::Production);
        }
        self.identity.is_production()
    }

    /// The data it reaches: its own `data`, otherwise what its service holds. Unresolved names are left out.
    pub fn data(&self) -> Vec<DataRef<'e, 'a>> {
        let estate = self.identity.estate;
        let own = &self.access.value.data;
        let resolve = |namespace: NamespaceId, list: &List<Text<'a>>| {
            let found = list.iter().filter_map(|name| estate.data_named(namespace, &name.value));
            found.collect()
        };
        match self.service {
            _ if own.stated => resolve(self.access.namespace, own),
            Some(service) => resolve(service.namespace, &service.body.data),
            None => Vec::new(),
        }
    }
}

impl<'e, 'a> Right<'e, 'a> {
    /// Whether it may reach more data than is known.
    pub fn data_uncertain(&self) -> bool {
        let estate = self.identity.estate;
        let own = &self.access.value.data;
        let uncertain = |namespace: NamespaceId, list: &List<Text<'a>>| {
            let is_unresolved = |name: &Val<Text<'a>>| estate.data_named(namespace, &name.value).is_none();
            list.damaged || list.iter().any(is_unresolved)
        };
        match self.service {
            _ if own.stated => uncertain(self.access.namespace, own),
            Some(service) => uncertain(service.namespace, &service.body.data),
            None => true,
        }
    }
}
