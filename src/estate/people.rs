//! Owners, and whether somebody still stands behind them.

use super::Estate;
use super::subjects::bare;
use crate::decode::{Date, Field, Val};
use crate::manifest::OwnerKind;
use crate::model::{NamespaceId, OwnerId, ServiceId};
use crate::source::Place;
use std::collections::{BTreeSet, HashSet};

impl Estate<'_> {
    /// The declared owner that a name means.
    pub fn owner_named(&self, from: NamespaceId, name: &str) -> Option<OwnerId> {
        self.owners.resolve(&self.namespaces, from, name)
    }

    /// Whether an owner is a team: it says so, or it has members.
    pub fn is_team(&self, owner: OwnerId) -> bool {
        let kind = &self.owners.get(owner).body.kind;
        let has_members = self.members_of(owner).is_none_or(|members| !members.is_empty());
        kind.value() == Some(OwnerKind::Team) || (kind.is_absent() && has_members)
    }

    /// Whether an owner is a person, as far as can be told.
    pub fn is_person(&self, owner: OwnerId) -> bool {
        !self.is_team(owner) && !self.owners.get(owner).body.kind.is_unknown()
    }

    /// Whether an owner is a member of a team, or may be.
    pub fn may_be_member(&self, owner: OwnerId, team: OwnerId) -> bool {
        self.members_of(team).is_none_or(|members| members.contains(&owner))
    }

    /// The day on which a person left or a team was dissolved, once it has come.
    pub fn left_on(&self, owner: OwnerId) -> Option<Val<Date>> {
        self.happened(&self.owners.get(owner).body.left).known().copied()
    }
}

impl Estate<'_> {
    /// Whether an owner is a team that was dissolved, or that everybody left.
    pub fn is_deserted_team(&self, owner: OwnerId) -> bool {
        self.is_team(owner) && self.people_left(owner).is_some_and(|people| people.is_empty())
    }

    /// The people that are left in a team, those of its teams included; a person alone is one. `None` when somebody may be
    /// there of whom nothing is said.
    pub fn people_left(&self, owner: OwnerId) -> Option<BTreeSet<OwnerId>> {
        let mut people = BTreeSet::new();
        let mut seen = HashSet::from([owner]);
        let mut next = vec![owner];
        while let Some(one) = next.pop() {
            if self.left_on(one).is_some() {
                continue;
            }
            if self.is_person(one) {
                people.insert(one);
                continue;
            }
            // One that is its own member adds nobody.
            let members = self.members_of(one).filter(|members| !members.is_empty())?;
            next.extend(members.iter().copied().filter(|member| seen.insert(*member)));
        }
        Some(people)
    }
}

/// Who an owner is: a declared one or, where none is declared, whoever has the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who<'e> {
    Declared(OwnerId),
    Named(&'e str),
}

/// The owner of a service, and where it is stated.
#[derive(Debug, Clone, Copy)]
pub struct ServiceOwner<'e> {
    pub who: Who<'e>,
    pub name: &'e str,
    pub place: Place,
}

impl Estate<'_> {
    /// Whether two owners are one, or one of them is a member of the other, or may be.
    pub fn may_be_one(&self, one: Who<'_>, other: Who<'_>) -> bool {
        match (one, other) {
            (Who::Declared(one), Who::Declared(other)) => {
                one == other || self.may_be_member(one, other) || self.may_be_member(other, one)
            }
            _ => one == other,
        }
    }

    /// The owner of a service, its own or its file's, when it can be told who that is.
    pub fn owner_of_service(&self, service: ServiceId) -> Option<ServiceOwner<'_>> {
        let entity = self.services.get(service);
        let stated = match &entity.body.owner {
            Field::Absent => &self.files[entity.file.0 as usize].owner,
            own => own,
        };
        let owner = stated.known().filter(|owner| owner.value.says_something())?;
        let name = owner.value.as_str();
        let who = match self.owners.is_empty() {
            true => Who::Named(bare(name)),
            false => Who::Declared(self.owner_named(entity.namespace, name)?),
        };
        Some(ServiceOwner {
            who,
            name,
            place: entity.at(owner.span),
        })
    }
}
