//! Owners, and whether somebody still stands behind them.

use super::subjects::bare;
use super::{Estate, NamespaceId};
use crate::decode::{Date, Field, Val};
use crate::manifest::OwnerKind;
use crate::source::Place;

impl Estate<'_> {
    /// The declared owner that a name means.
    pub fn owner_named(&self, from: NamespaceId, name: &str) -> Option<usize> {
        self.owners.resolve(&self.namespaces, from, name)
    }

    /// Whether an owner is a team: it says so, or it has members.
    pub fn is_team(&self, owner: usize) -> bool {
        let kind = &self.owners.get(owner).body.kind;
        let has_members = self.members_of(owner).is_none_or(|members| !members.is_empty());
        kind.value() == Some(OwnerKind::Team) || (kind.is_absent() && has_members)
    }

    /// Whether an owner is a person, as far as can be told.
    pub fn is_person(&self, owner: usize) -> bool {
        !self.is_team(owner) && !self.owners.get(owner).body.kind.is_unknown()
    }

    /// Whether an owner is a member of a team, or may be.
    pub fn may_be_member(&self, owner: usize, team: usize) -> bool {
        self.members_of(team).is_none_or(|members| members.contains(&owner))
    }

    /// The day on which a person left or a team was dissolved, once it has come.
    pub fn left_on(&self, owner: usize) -> Option<Val<Date>> {
        self.happened(&self.owners.get(owner).body.left).known().copied()
    }
}

/// Who is left of an owner: the people of a team and of its teams, or a person alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    Nobody,
    Only(usize),
    /// Several people, or somebody of whom nothing is said.
    Others,
}

impl Left {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, one) | (one, Self::Nobody) => one,
            (one, other) if one == other => one,
            _ => Self::Others,
        }
    }
}

/// Who is left of each owner. It goes from people to their teams, so that teams of teams take no longer than their number.
pub fn left(estate: &Estate<'_>) -> Vec<Left> {
    let count = estate.owners.len();
    let mut teams_of: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut left = vec![Left::Nobody; count];
    let mut next = Vec::new();
    for owner in (0..count).filter(|owner| estate.left_on(*owner).is_none()) {
        match estate.members_of(owner).filter(|members| !members.is_empty()) {
            _ if estate.is_person(owner) => left[owner] = Left::Only(owner),
            // One that is its own member adds nobody.
            Some(members) => members.iter().for_each(|member| teams_of[*member].push(owner)),
            None => left[owner] = Left::Others,
        }
        if left[owner] != Left::Nobody {
            next.push(owner);
        }
    }
    while let Some(one) = next.pop() {
        for team in &teams_of[one] {
            let together = left[*team].and(left[one]);
            if together != left[*team] {
                left[*team] = together;
                next.push(*team);
            }
        }
    }
    left
}

impl Estate<'_> {
    /// Whether an owner is a team that was dissolved, or that everybody left.
    pub fn is_deserted_team(&self, owner: usize) -> bool {
        self.is_team(owner) && self.left[owner] == Left::Nobody
    }

    /// The one person that is left in a team, those of its teams included; a person alone is one.
    pub fn only_person_left(&self, owner: usize) -> Option<usize> {
        match self.left[owner] {
            Left::Only(person) => Some(person),
            Left::Nobody | Left::Others => None,
        }
    }
}

/// Who an owner is: a declared one or, where none is declared, whoever has the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who<'e> {
    Declared(usize),
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
    pub fn owner_of_service(&self, service: usize) -> Option<ServiceOwner<'_>> {
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
