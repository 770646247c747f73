//! What identities may do.

use super::{At, IdentityRef};
use crate::decode::{List, OneOrTable, Text, Val};
use crate::manifest::{Access, Action, Environment};

/// One entry of `access`: what an identity may do on one service.
#[derive(Clone, Copy)]
pub struct Right<'e, 'a> {
    pub identity: IdentityRef<'e, 'a>,
    pub access: At<'e, OneOrTable<Access<'a>>>,
    /// The service, when it is stated and exists.
    pub service: Option<usize>,
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    /// What it may do by its own `access`.
    pub fn own_rights(self) -> impl Iterator<Item = Right<'e, 'a>> {
        let access = self.list(|i| &i.access);
        let services = &self.estate.links.rights[self.index];
        let right = move |(access, service): (_, &Option<u32>)| Right {
            identity: self,
            access,
            service: service.map(|service| service as usize),
        };
        access.iter().zip(services).map(right)
    }

    /// What it may do by itself, and as the humans whose identity it may take on.
    pub fn rights_with_humans(self) -> impl Iterator<Item = Right<'e, 'a>> {
        let assumable = self.assumable().into_iter();
        let humans = assumable.filter(|other| other.is_human() && other.is_active());
        self.own_rights().chain(humans.flat_map(Self::own_rights))
    }

    /// The identities that it can become in one step.
    pub fn assumable(&self) -> Vec<Self> {
        let estate = self.estate;
        self.list(|i| &i.may_assume)
            .iter()
            .filter_map(|name| {
                estate
                    .identities
                    .resolve(&estate.namespaces, name.namespace, name.value)
            })
            .map(|index| estate.identity(index))
            .collect()
    }
}

impl<'e, 'a> Right<'e, 'a> {
    /// The first of `actions` that it grants, where it is granted.
    pub fn grants(&self, actions: &[Action]) -> Option<At<'e, Action>> {
        let mut granted = self.access.value.actions.iter();
        let found = granted.find(|action| action.value == Action::All || actions.contains(&action.value));
        found.map(|action| self.access.with(action))
    }

    /// The first of `actions` that it grants by its own name, not by `"*"`, where it is granted.
    pub fn names(&self, actions: &[Action]) -> Option<At<'e, Action>> {
        let mut granted = self.access.value.actions.iter();
        let found = granted.find(|action| actions.contains(&action.value));
        found.map(|action| self.access.with(action))
    }

    /// Whether it surely reaches production.
    pub fn is_production(&self) -> bool {
        let own = &self.access.value.environments;
        if own.stated {
            return own
                .iter()
                .any(|environment| environment.value == Environment::Production);
        }
        self.identity.is_production()
    }

    /// The data it reaches: its own `data`, else what its service holds. Unresolved names are left out.
    pub fn data(&self) -> Vec<usize> {
        let estate = self.identity.estate;
        let own = &self.access.value.data;
        let resolve = |namespace, list: &List<Text<'a>>| {
            let found = list
                .iter()
                .filter_map(|name| estate.data.resolve(&estate.namespaces, namespace, &name.value));
            found.collect()
        };
        match self.service {
            _ if own.stated => resolve(self.access.namespace, own),
            Some(service) => {
                let service = estate.services.get(service);
                resolve(service.namespace, &service.body.data)
            }
            None => Vec::new(),
        }
    }
}

impl<'e, 'a> Right<'e, 'a> {
    /// Whether it may reach more data than is known.
    pub fn data_uncertain(&self) -> bool {
        let estate = self.identity.estate;
        let own = &self.access.value.data;
        let uncertain = |namespace, list: &List<Text<'a>>| {
            let is_unresolved = |name: &Val<Text<'a>>| {
                estate
                    .data
                    .resolve(&estate.namespaces, namespace, &name.value)
                    .is_none()
            };
            list.damaged || list.iter().any(is_unresolved)
        };
        match self.service {
            _ if own.stated => uncertain(self.access.namespace, own),
            Some(service) => {
                let service = estate.services.get(service);
                uncertain(service.namespace, &service.body.data)
            }
            None => true,
        }
    }
}
