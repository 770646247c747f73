//! Owners, and whether somebody still stands behind them.

use super::subjects::bare;
use crate::decode::{Date, Field, Val};
use crate::estate::{Estate, OwnerRef, ServiceRef};
use crate::manifest::OwnerKind;
use crate::model::OwnerId;
use crate::source::Place;
use std::collections::BTreeSet;

impl<'e, 'a> OwnerRef<'e, 'a> {
    /// Who belongs to a team; `None` when somebody may be missing.
    pub fn members(self) -> Option<&'e BTreeSet<OwnerId>> {
        self.estate.links.members[self.index].as_ref()
    }

    /// Whether it is a team: it says so, or it has members.
    pub fn is_team(self) -> bool {
        let kind = &self.body.kind;
        let has_members = self.members().is_none_or(|members| !members.is_empty());
        kind.value() == Some(OwnerKind::Team) || (kind.is_absent() && has_members)
    }

    /// Whether it is a person, as far as can be told.
    pub fn is_person(self) -> bool {
        !self.is_team() && !self.body.kind.is_unknown()
    }

    /// Whether it is a member of a team, or may be.
    pub fn may_be_member(self, team: OwnerRef<'_, '_>) -> bool {
        team.members().is_none_or(|members| members.contains(&self.index))
    }

    /// The day on which a person left or a team was dissolved, once it has come.
    pub fn left_on(self) -> Option<Val<Date>> {
        self.estate.happened(&self.body.left).known().copied()
    }

    /// Whether it is a team that was dissolved, or that everybody left.
    pub fn is_deserted_team(self) -> bool {
        self.is_team() && self.people_left().is_some_and(|people| people.is_empty())
    }

    /// The people that are left in a team, those of its teams included; a person alone is one. `None` when somebody may be
    /// there of whom nothing is said.
    pub fn people_left(self) -> Option<BTreeSet<Self>> {
        let mut people = BTreeSet::new();
        let mut seen = BTreeSet::from([self]);
        let mut next = vec![self];
        while let Some(one) = next.pop() {
            if one.left_on().is_some() {
                continue;
            }
            if one.is_person() {
                people.insert(one);
                continue;
            }
            // One that is its own member adds nobody.
            let members = one.members().filter(|members| !members.is_empty())?;
            let members = members.iter().map(|index| self.estate.owner(*index));
            next.extend(members.filter(|member| seen.insert(*member)));
        }
        Some(people)
    }
}

/// Who an owner is: a declared one or, where none is declared, whoever has the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who<'e, 'a> {
    Declared(OwnerRef<'e, 'a>),
    Named(&'e str),
}

impl Who<'_, '_> {
    /// Whether two owners are one, or one of them is a member of the other, or may be.
    pub fn may_be(self, other: Who<'_, '_>) -> bool {
        match (self, other) {
            (Self::Declared(one), Who::Declared(other)) => {
                one == other || one.may_be_member(other) || other.may_be_member(one)
            }
            _ => self == other,
        }
    }
}

/// The owner of a service, and where it is stated.
#[derive(Debug, Clone, Copy)]
pub struct ServiceOwner<'e, 'a> {
    pub who: Who<'e, 'a>,
    pub name: &'e str,
    pub place: Place,
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    /// Its owner, its own or its file's, when it can be told who that is.
    pub fn owner(self) -> Option<ServiceOwner<'e, 'a>> {
        let (entity, estate): (_, &'e Estate<'a>) = (self.entity(), self.estate);
        let stated = match &entity.body.owner {
            Field::Absent => &estate.file(entity.file).owner,
            own => own,
        };
        let owner = stated.known().filter(|owner| owner.value.says_something())?;
        let name = owner.value.as_str();
        let who = match estate.owners.is_empty() {
            true => Who::Named(bare(name)),
            false => Who::Declared(estate.owner_named(entity.namespace, name)?),
        };
        Some(ServiceOwner {
            who,
            name,
            place: entity.at(owner.span),
        })
    }
}
