//! Owners, and whether somebody still stands behind them.

use super::{Estate, NamespaceId};
use crate::decode::{Date, Val};
use crate::manifest::OwnerKind;

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

    /// The day on which a person left or a team was dissolved, once it has come.
    pub fn left_on(&self, owner: usize) -> Option<Val<Date>> {
        self.happened(&self.owners.get(owner).body.left).known().copied()
    }
}
