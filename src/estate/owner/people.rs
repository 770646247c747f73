//! Owners, and whether anyone is left in them.

use super::subjects::bare;
use crate::decode::{Field, Val};
use crate::estate::{Estate, OwnerRef, ServiceRef};
use crate::model::{Date, IdVec, OwnerId, OwnerKind};
use crate::source::Place;
use crate::today::Held;
use std::collections::{BTreeSet, HashMap, HashSet};

impl<'e, 'a> OwnerRef<'e, 'a> {
    /// The members of a team; `None` when someone may be missing.
    pub fn members(self) -> Option<&'e BTreeSet<OwnerId>> {
        self.estate.links.members[self.index].as_ref()
    }

    /// Whether it is a team: it states so, or it has members.
    pub fn is_team(self) -> bool {
        let kind = &self.body.kind;
        let has_members = self.members().is_none_or(|members| !members.is_empty());
        kind.value() == Some(OwnerKind::Team) || (kind.is_absent() && has_members)
    }

    /// Whether it is a person, as far as is known.
    pub fn is_person(self) -> bool {
        !self.is_team() && !self.body.kind.is_unknown()
    }

    /// Whether it is, or may be, a member of a team.
    pub fn may_be_member(self, team: OwnerRef<'_, '_>) -> bool {
        team.members().is_none_or(|members| members.contains(&self.index))
    }

    /// The day on which a person left or a team was dissolved, if it has passed.
    pub fn left_on(self) -> Option<Val<Date>> {
        self.estate.happened(&self.body.left).known().copied()
    }

    /// Whether it is a team that was dissolved, or that everyone has left.
    pub fn is_deserted_team(self) -> bool {
        self.is_team() && *self.estate.left[self.index].get(&self.estate.as_of) == Left::NoOne
    }

    /// The only person left in a team, including its subteams; or the person itself.
    pub fn only_person_left(self) -> Option<Self> {
        match *self.estate.left[self.index].get(&self.estate.as_of) {
            Left::Only(person) => Some(self.estate.owner(person)),
            Left::NoOne | Left::Others => None,
        }
    }
}

/// Who is left of an owner: the people of a team and of its subteams, or the person itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Left {
    #[default]
    NoOne,
    Only(OwnerId),
    /// Several people, or someone unknown.
    Others,
}

impl Left {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::NoOne, one) | (one, Self::NoOne) => one,
            (one, other) if one == other => one,
            _ => Self::Others,
        }
    }
}

/// The people left of each owner: of all, or of those of whom it may have changed. It goes from people to their teams, so
/// that nested teams take linear time.
pub fn left(estate: &Estate<'_>, known: IdVec<OwnerId, Held<Left>>, all: bool) -> IdVec<OwnerId, Held<Left>> {
    let mut left = match all {
        true => IdVec::filled(Held::default(), estate.owners.len()),
        false => known,
    };
    // Whoever has someone among them is among them, too: it holds no longer than what it rests on.
    let over = left.enumerate().filter(|(_, left)| all || left.is_over(&estate.as_of));
    let over: Vec<OwnerId> = over.map(|(index, _)| index).collect();
    let mut teams_of: HashMap<OwnerId, Vec<OwnerId>> = HashMap::new();
    let mut is_there: HashSet<OwnerId> = HashSet::new();
    for index in &over {
        let owner = estate.owner(*index);
        left[*index] = estate.as_of.held(|| {
            let members = owner.members().filter(|members| !members.is_empty());
            match members {
                _ if owner.left_on().is_some() => Left::NoOne,
                _ if owner.is_person() => Left::Only(*index),
                None => Left::Others,
                Some(_) => {
                    is_there.insert(*index);
                    Left::NoOne
                }
            }
        });
    }
    let is_over: HashSet<OwnerId> = over.iter().copied().collect();
    for team in over.iter().filter(|team| is_there.contains(team)) {
        for member in estate.owner(*team).members().into_iter().flatten() {
            if is_over.contains(member) {
                teams_of.entry(*member).or_default().push(*team);
            } else {
                left[*team] = left[*team].and(left[*member], Left::and);
            }
        }
    }
    // What holds for the shortest goes first, so that each is reached with it once.
    let mut next = over;
    next.sort_by_key(|index| std::cmp::Reverse(left[*index].until));
    while let Some(one) = next.pop() {
        for team in teams_of.get(&one).into_iter().flatten() {
            let together = left[*team].and(left[one], Left::and);
            if together != left[*team] {
                left[*team] = together;
                next.push(*team);
            }
        }
    }
    left
}

/// The identity of an owner: a declared one or, where none is declared, the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who<'e, 'a> {
    Declared(OwnerRef<'e, 'a>),
    Named(&'e str),
}

impl Who<'_, '_> {
    /// Whether two owners are, or may be, the same, or one a member of the other.
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
    /// Its owner, its own or its file's, when it is known who that is.
    pub fn owner(self) -> Option<ServiceOwner<'e, 'a>> {
        let (entity, estate): (_, &'e Estate<'a>) = (self.entity(), self.estate);
        let stated = match &*entity.body.owner {
            Field::Absent => &estate.file(entity.file).owner,
            own => own,
        };
        let owner = stated.known().filter(|owner| owner.value.says_something())?;
        let name = owner.value.as_str();
        let who = if estate.owners.is_empty() {
            Who::Named(bare(name))
        } else {
            Who::Declared(estate.owner_named(entity.namespace, name)?)
        };
        Some(ServiceOwner {
            who,
            name,
            place: entity.at(owner.span),
        })
    }
}
