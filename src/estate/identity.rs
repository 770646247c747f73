//! An identity as it is meant: its own keys, else those of its profile.

use super::{Entity, Estate, NamespaceId};
use crate::decode::{Date, Field, List, OneOrTable, Text, Val};
use crate::manifest::{Access, Action, Environment, EvidenceRef, Identity, IdentityKind};
use crate::source::{FileId, Place, Span};

/// A value and the file it stands in.
#[derive(Debug)]
pub struct At<'e, T> {
    pub file: FileId,
    /// The namespace in which its references are read.
    pub namespace: NamespaceId,
    pub span: Span,
    pub value: &'e T,
}

impl<T> Clone for At<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for At<'_, T> {}

impl<'e, T> At<'e, T> {
    pub fn place(&self) -> Place {
        self.at(self.span)
    }

    /// A place in the same file.
    pub fn at(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub fn with<U>(&self, val: &'e Val<U>) -> At<'e, U> {
        At {
            file: self.file,
            namespace: self.namespace,
            span: val.span,
            value: &val.value,
        }
    }
}

/// What an identity says under a key, wherever it stands.
#[derive(Debug)]
pub enum Said<'e, T> {
    Absent,
    Unknown,
    Known(At<'e, T>),
}

impl<'e, T> Said<'e, T> {
    pub fn known(&self) -> Option<At<'e, T>> {
        match self {
            Self::Known(at) => Some(*at),
            _ => None,
        }
    }

    pub fn value(&self) -> Option<T>
    where
        T: Copy,
    {
        self.known().map(|at| *at.value)
    }

    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

/// A list of an identity, wherever it stands.
#[derive(Debug)]
pub struct SaidList<'e, T> {
    pub file: FileId,
    pub namespace: NamespaceId,
    /// `None` when it is not stated, or unknown.
    pub list: Option<&'e List<T>>,
    /// Whether something was said that could not be read.
    pub damaged: bool,
}

impl<'e, T> SaidList<'e, T> {
    pub fn iter(&self) -> impl Iterator<Item = At<'e, T>> + use<'e, T> {
        let (file, namespace) = (self.file, self.namespace);
        self.list.into_iter().flat_map(|list| list.iter()).map(move |val| At {
            file,
            namespace,
            span: val.span,
            value: &val.value,
        })
    }

    pub fn is_surely_empty(&self) -> bool {
        !self.damaged && self.list.is_none_or(|list| list.items.is_empty())
    }
}

/// An identity of an estate.
#[derive(Clone, Copy)]
pub struct IdentityRef<'e, 'a> {
    pub(super) estate: &'e Estate<'a>,
    pub index: usize,
}

enum ProfileOf<'e, 'a> {
    None,
    Unknown,
    Known(&'e Entity<'a, crate::manifest::Profile<'a>>),
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    pub fn entity(&self) -> &'e Entity<'a, Identity<'a>> {
        self.estate.identities.get(self.index)
    }

    fn profile(&self) -> ProfileOf<'e, 'a> {
        let entity = self.entity();
        match &entity.body.profile {
            Field::Absent => ProfileOf::None,
            Field::Unknown(_) => ProfileOf::Unknown,
            Field::Known(name) => {
                let profiles = &self.estate.profiles;
                match profiles.resolve(&self.estate.namespaces, entity.namespace, &name.value) {
                    Some(index) if profiles.get(index).readable => ProfileOf::Known(profiles.get(index)),
                    _ => ProfileOf::Unknown,
                }
            }
        }
    }

    /// What it says under a key: its own word, else its profile's.
    pub fn said<T>(&self, key: impl for<'x> Fn(&'x Identity<'a>) -> &'x Field<T>) -> Said<'e, T>
    where
        T: 'e,
        'a: 'e,
    {
        let entity = self.entity();
        if !entity.readable {
            return Said::Unknown;
        }
        match read(key(&entity.body), entity.file, entity.namespace) {
            Said::Absent => match self.profile() {
                ProfileOf::None => Said::Absent,
                ProfileOf::Unknown => Said::Unknown,
                ProfileOf::Known(profile) => read(key(&profile.body.0), profile.file, profile.namespace),
            },
            said => said,
        }
    }

    /// What it lists under a key: its own list, else its profile's.
    pub fn list<T>(&self, key: impl for<'x> Fn(&'x Identity<'a>) -> &'x List<T>) -> SaidList<'e, T>
    where
        T: 'e,
        'a: 'e,
    {
        let entity = self.entity();
        let (file, namespace) = (entity.file, entity.namespace);
        let own = key(&entity.body);
        let unknown = SaidList {
            file,
            namespace,
            list: None,
            damaged: true,
        };
        if !entity.readable {
            return unknown;
        }
        if own.stated {
            return SaidList {
                file,
                namespace,
                list: Some(own),
                damaged: own.damaged,
            };
        }
        match self.profile() {
            ProfileOf::None => SaidList {
                file,
                namespace,
                list: None,
                damaged: false,
            },
            ProfileOf::Unknown => unknown,
            ProfileOf::Known(profile) => {
                let list = key(&profile.body.0);
                SaidList {
                    file: profile.file,
                    namespace: profile.namespace,
                    list: Some(list),
                    damaged: list.damaged,
                }
            }
        }
    }
}

fn read<'e, T>(field: &'e Field<T>, file: FileId, namespace: NamespaceId) -> Said<'e, T> {
    match field {
        Field::Absent => Said::Absent,
        Field::Unknown(_) => Said::Unknown,
        Field::Known(Val { span, value }) => Said::Known(At {
            file,
            namespace,
            span: *span,
            value,
        }),
    }
}

/// One entry of `access`: what an identity may do on one service.
#[derive(Clone, Copy)]
pub struct Right<'e, 'a> {
    pub identity: IdentityRef<'e, 'a>,
    pub access: At<'e, OneOrTable<Access<'a>>>,
    /// The service, when it is stated and exists.
    pub service: Option<usize>,
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    /// Whether it is surely a non-human identity.
    pub fn is_non_human(&self) -> bool {
        self.said(|i| &i.kind)
            .value()
            .is_some_and(|kind| kind != IdentityKind::Human)
    }

    pub fn is_human(&self) -> bool {
        self.said(|i| &i.kind).value() == Some(IdentityKind::Human)
    }

    /// Whether it is surely in use: neither retired nor revoked on or before the as-of date.
    pub fn is_active(&self) -> bool {
        let has_not_happened = |date: &Field<Date>| self.estate.happened(date).is_absent();
        let retired = match self.said(|i| &i.retired) {
            Said::Absent => false,
            Said::Unknown => true,
            Said::Known(date) => date.value.0 <= self.estate.as_of,
        };
        let revoked = match self.said(|i| &i.offboarding) {
            Said::Absent => false,
            Said::Unknown => false,
            Said::Known(offboarding) => !has_not_happened(&offboarding.value.revoked),
        };
        !retired && !revoked
    }

    /// Whether it surely acts in production; not stated means production.
    pub fn is_production(&self) -> bool {
        let environments = self.list(|i| &i.environments);
        environments.is_surely_empty() || environments.iter().any(|e| *e.value == Environment::Production)
    }

    /// Its owner: its own, else its profile's, else its file's.
    pub fn owner(&self) -> Said<'e, Text<'a>> {
        match self.said(|i| &i.owner) {
            Said::Absent => {
                let entity = self.entity();
                let facts = &self.estate.files[entity.file.0 as usize];
                read(&facts.owner, entity.file, facts.namespace)
            }
            said => said,
        }
    }

    /// What it may do by its own `access`.
    pub fn own_rights(&self) -> Vec<Right<'e, 'a>> {
        let access = self.list(|i| &i.access);
        let services = &self.estate.links.rights[self.index];
        let right = |(access, service): (_, &Option<u32>)| Right {
            identity: *self,
            access,
            service: service.map(|service| service as usize),
        };
        access.iter().zip(services).map(right).collect()
    }

    /// What it may do by itself, and as the humans whose identity it may take on.
    pub fn rights_with_humans(&self) -> Vec<Right<'e, 'a>> {
        let mut rights = self.own_rights();
        let humans = self
            .assumable()
            .into_iter()
            .filter(|other| other.is_human() && other.is_active());
        rights.extend(humans.flat_map(|human| human.own_rights()));
        rights
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

    /// As messages name it.
    pub fn path(&self) -> String {
        self.estate.path(self.entity())
    }
}

impl<'e, 'a> Right<'e, 'a> {
    /// The first of `actions` that it grants, where it is granted.
    pub fn grants(&self, actions: &[Action]) -> Option<At<'e, Action>> {
        let mut granted = self.access.value.actions.iter();
        let found = granted.find(|action| action.value == Action::All || actions.contains(&action.value));
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

/// Whether a list of evidence names anything; what could not be read counts as named.
pub fn names_evidence(list: &List<OneOrTable<EvidenceRef<'_>>>) -> bool {
    list.damaged || list.iter().any(|item| item.value.at.says_something())
}

impl<'a> Estate<'a> {
    pub fn identity(&self, index: usize) -> IdentityRef<'_, 'a> {
        IdentityRef { estate: self, index }
    }

    pub fn identities_view(&self) -> impl Iterator<Item = IdentityRef<'_, 'a>> {
        (0..self.identities.len()).map(|index| self.identity(index))
    }

    /// The non-human identities that are surely in use.
    pub fn active_nhis(&self) -> impl Iterator<Item = IdentityRef<'_, 'a>> {
        self.identities_view()
            .filter(|identity| identity.is_non_human() && identity.is_active())
    }

    pub fn service_named(&self, from: NamespaceId, reference: &str) -> Option<usize> {
        self.services.resolve(&self.namespaces, from, reference)
    }
}
