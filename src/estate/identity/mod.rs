//! An identity in effect: its own keys, otherwise those of its profile.

mod assumption;
mod break_glass;
mod capability;
mod components;
mod environments;
mod home;
mod parts;
mod required;
mod rights;

pub use assumption::WayToHuman;
pub use break_glass::BreakGlass;
pub use capability::{Chains, Combining, Halves, Weight};
pub use home::Homes;
pub use parts::Part;
pub use rights::Right;

use crate::decode::{Field, List, OneOrTable, Val};
use crate::estate::{Estate, IdentityRef, Name, ProfileRef, ServiceRef};
use crate::manifest::{EvidenceRef, Identity};
use crate::model::{Date, Environment, Id, IdentityId, IdentityKind, NamespaceId, Stated, Text};
use crate::source::{FileId, Place, Span};
use std::fmt;

/// A value and its file.
#[derive(Debug)]
pub struct Located<'e, T> {
    pub file: FileId,
    /// The namespace in which its references are resolved.
    pub namespace: NamespaceId,
    pub span: Span,
    pub value: &'e T,
    /// The profile that states it, if the identity itself does not.
    pub profile: Option<Name<'e>>,
}

impl<T> Clone for Located<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Located<'_, T> {}

impl<'e, T> Located<'e, T> {
    pub fn place(&self) -> Place {
        self.at(self.span)
    }

    /// A place in the same file.
    pub fn at(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub fn with<U>(&self, val: &'e Val<U>) -> Located<'e, U> {
        Located {
            file: self.file,
            namespace: self.namespace,
            span: val.span,
            value: &val.value,
            profile: self.profile,
        }
    }

    /// A label for it, which names the profile if it is in one.
    pub fn label(&self, text: impl Into<String>) -> String {
        in_profile(self.profile, text)
    }
}

/// A label for a place that may be in a profile, which is then named.
pub fn in_profile(profile: Option<impl fmt::Display>, text: impl Into<String>) -> String {
    let text = text.into();
    match profile {
        Some(profile) => format!("the profile `{profile}`: {text}"),
        None => text,
    }
}

/// What an identity states under a key, itself or by its profile.
pub type StatedAt<'e, T> = Stated<Located<'e, T>>;

impl<T: Copy> StatedAt<'_, T> {
    pub fn value(&self) -> Option<T> {
        self.known().map(|at| *at.value)
    }
}

/// A list of an identity, its own or its profile's.
#[derive(Debug)]
pub struct LocatedList<'e, T> {
    pub file: FileId,
    pub namespace: NamespaceId,
    /// `None` when it is not stated, or unknown.
    pub list: Option<&'e List<T>>,
    /// Whether something is stated that could not be read.
    pub damaged: bool,
    /// The profile that lists it, if the identity itself does not.
    pub profile: Option<Name<'e>>,
}

impl<'e, T> LocatedList<'e, T> {
    pub fn iter(&self) -> impl Iterator<Item = Located<'e, T>> + use<'e, T> {
        let (file, namespace, profile) = (self.file, self.namespace, self.profile);
        self.list
            .into_iter()
            .flat_map(|list| list.iter())
            .map(move |val| Located {
                file,
                namespace,
                span: val.span,
                value: &val.value,
                profile,
            })
    }

    pub fn is_surely_empty(&self) -> bool {
        !self.damaged && self.list.is_none_or(|list| list.items.is_empty())
    }
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    fn profile(&self) -> Stated<ProfileRef<'e, 'a>> {
        let entity = self.entity();
        match &*entity.body.profile {
            Field::Absent => Stated::Absent,
            Field::Unknown(_) => Stated::Unknown,
            Field::Known(name) => match self.estate.profile_named(entity.namespace, &name.value) {
                Some(profile) if profile.readable => Stated::Known(profile),
                _ => Stated::Unknown,
            },
        }
    }

    /// The profile that it uses, if it names one that could be read.
    pub fn profile_taken(&self) -> Option<ProfileRef<'e, 'a>> {
        self.profile().known()
    }

    /// What it states under a key: its own value, otherwise its profile's.
    pub fn stated<T>(&self, key: impl for<'x> Fn(&'x Identity<'a>) -> &'x Field<T>) -> StatedAt<'e, T>
    where
        T: 'e,
        'a: 'e,
    {
        let entity = self.entity();
        if !entity.readable {
            return StatedAt::Unknown;
        }
        match read(key(&entity.body), entity.file, entity.namespace, None) {
            StatedAt::Absent => match self.profile() {
                Stated::Absent => StatedAt::Absent,
                Stated::Unknown => StatedAt::Unknown,
                Stated::Known(profile) => {
                    let entity = profile.entity();
                    read(key(&entity.body.0), entity.file, entity.namespace, Some(profile.name()))
                }
            },
            stated => stated,
        }
    }

    /// What it lists under a key: its own list, otherwise its profile's.
    pub fn list<T>(&self, key: impl for<'x> Fn(&'x Identity<'a>) -> &'x List<T>) -> LocatedList<'e, T>
    where
        T: 'e,
        'a: 'e,
    {
        let entity = self.entity();
        let (file, namespace) = (entity.file, entity.namespace);
        let own = key(&entity.body);
        let unknown = LocatedList {
            file,
            namespace,
            list: None,
            damaged: true,
            profile: None,
        };
        if !entity.readable {
            return unknown;
        }
        if own.stated {
            return LocatedList {
                file,
                namespace,
                list: Some(own),
                damaged: own.damaged,
                profile: None,
            };
        }
        match self.profile() {
            Stated::Absent => LocatedList {
                file,
                namespace,
                list: None,
                damaged: false,
                profile: None,
            },
            Stated::Unknown => unknown,
            Stated::Known(profile) => {
                let entity = profile.entity();
                let list = key(&entity.body.0);
                LocatedList {
                    file: entity.file,
                    namespace: entity.namespace,
                    list: Some(list),
                    damaged: list.damaged,
                    profile: Some(profile.name()),
                }
            }
        }
    }
}

fn read<'e, T>(
    field: &'e Field<T>,
    file: FileId,
    namespace: NamespaceId,
    profile: Option<Name<'e>>,
) -> StatedAt<'e, T> {
    match field {
        Field::Absent => StatedAt::Absent,
        Field::Unknown(_) => StatedAt::Unknown,
        Field::Known(Val { span, value }) => StatedAt::Known(Located {
            file,
            namespace,
            span: *span,
            value,
            profile,
        }),
    }
}

/// What every rule needs to know about an identity first, computed once.
#[derive(Debug, Clone, Copy)]
pub struct State {
    is_active: bool,
    /// `None` when its kind is not known.
    is_human: Option<bool>,
}

/// That of the identity with a number.
pub fn state(estate: &Estate<'_>, at: usize) -> State {
    let identity = estate.identity(IdentityId::at(at));
    let kind = identity.stated(|i| &i.kind).value();
    State {
        is_active: identity.is_in_use(),
        is_human: kind.map(|kind| kind == IdentityKind::Human),
    }
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    fn state(&self) -> State {
        *self.estate.states[self.index].get(&self.estate.as_of)
    }

    /// Whether it is known to be a non-human identity.
    pub fn is_non_human(&self) -> bool {
        self.state().is_human == Some(false)
    }

    pub fn is_human(&self) -> bool {
        self.state().is_human == Some(true)
    }

    /// Whether it is known to be in use: neither retired nor revoked on or before the as-of date.
    pub fn is_active(&self) -> bool {
        self.state().is_active
    }

    fn is_in_use(&self) -> bool {
        let has_not_happened = |date: &Field<Date>| self.estate.happened(date).is_absent();
        let entity = self.entity();
        let retired = match *entity.body.retired {
            _ if !entity.readable => true,
            Field::Absent => false,
            Field::Unknown(_) => true,
            Field::Known(date) => date.value.0 <= self.estate.as_of,
        };
        // It may have been revoked in a value that could not be read. A profile's date does not apply to this identity.
        let revoked = match &*entity.body.offboarding {
            Field::Absent => self.part(|i| &i.offboarding).is_unknown(),
            Field::Unknown(_) => true,
            Field::Known(offboarding) => !has_not_happened(&offboarding.value.revoked),
        };
        !retired && !revoked
    }

    /// Whether it is known to act in production; not stated means production.
    pub fn is_production(&self) -> bool {
        let environments = self.list(|i| &i.environments);
        environments.is_surely_empty() || environments.iter().any(|e| *e.value == Environment::Production)
    }

    /// Its owner: its own, otherwise its profile's, otherwise its file's.
    pub fn owner(&self) -> StatedAt<'e, Text<'a>> {
        match self.stated(|i| &i.owner) {
            StatedAt::Absent => {
                let entity = self.entity();
                let facts = self.estate.file(entity.file);
                read(&facts.owner, entity.file, facts.namespace, None)
            }
            stated => stated,
        }
    }
}

/// Whether a list of evidence names anything; a value that could not be read counts.
pub fn names_evidence(list: &List<OneOrTable<EvidenceRef<'_>>>) -> bool {
    list.damaged || list.iter().any(|item| item.value.at.says_something())
}

impl<'e, 'a> ProfileRef<'e, 'a> {
    /// The identities that use it.
    pub fn users(self) -> impl Iterator<Item = IdentityRef<'e, 'a>> {
        let users = self.estate.naming.users[self.index].iter();
        users.map(move |index| self.estate.identity(*index))
    }
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    /// The identities that may move money or change the books there in production, active or not.
    pub fn moving_money(self) -> impl Iterator<Item = IdentityRef<'e, 'a>> {
        let moving = self.estate.naming.moving_money[self.index].iter();
        moving.map(move |index| self.estate.identity(*index))
    }
}

impl<'a> Estate<'a> {
    /// The non-human identities that are known to be in use.
    pub fn active_nhis(&self) -> impl Iterator<Item = IdentityRef<'_, 'a>> {
        self.identities()
            .filter(|identity| identity.is_non_human() && identity.is_active())
    }
}
