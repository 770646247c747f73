//! Entities by the paths that waivers and baselines name.

use crate::estate::{Entity, Estate, StatedAt, Table};
use crate::manifest::{
    Certificate, Control, Data, Declaration, Evidence, Identity, Owner, Profile, Report, Service, ThirdParty,
    for_each_table,
};
use crate::model::NamespaceId;

/// A name of an owner, and the namespace in which it is written.
pub type OwnerName = (NamespaceId, String);

impl<'a> Estate<'a> {
    /// The owner of the entity at a path such as `payments/identities.deployer`; `None` when none is stated, or
    /// there is no such entity.
    pub fn owner_at(&self, path: &str) -> Option<OwnerName> {
        let (namespace, rest) = match path.rsplit_once('/') {
            Some((namespace, rest)) => (self.namespaces.find(namespace)?, rest),
            None => (NamespaceId::UNNAMED, path),
        };
        let (table, id) = rest.split_once('.')?;
        if table == Identity::TABLE {
            return match self.identity(self.identities.find(namespace, id)?).owner() {
                StatedAt::Known(owner) => Some((owner.namespace, owner.value.as_str().to_owned())),
                _ => None,
            };
        }
        macro_rules! of_table {
            ($($table:ident: $type:ident,)*) => {
                match table {
                    $($type::TABLE => self.stated_owner(&self.$table, namespace, id),)*
                    _ => None,
                }
            };
        }
        for_each_table!(of_table)
    }

    fn stated_owner<T: Declaration<'a>>(
        &self,
        table: &Table<'a, T>,
        namespace: NamespaceId,
        id: &str,
    ) -> Option<OwnerName> {
        let entity: &Entity<'a, T> = table.get(table.find(namespace, id)?);
        let stated = self.owner_of(entity.file, entity.body.owner());
        Some((namespace, stated.get()?.as_str().to_owned()))
    }

    /// Whether two names mean the same owner. Names are accepted as written until an estate declares an owner.
    pub fn is_same_owner(&self, one: &OwnerName, other: &OwnerName) -> bool {
        match (self.owner_named(one.0, &one.1), self.owner_named(other.0, &other.1)) {
            (Some(one), Some(other)) => one == other,
            _ => bare(&one.1) == bare(&other.1),
        }
    }

    /// Whether `member` is the only member of the team `team`.
    pub fn is_only_member(&self, team: &OwnerName, member: &OwnerName) -> bool {
        let (Some(team), Some(member)) = (self.owner_named(team.0, &team.1), self.owner_named(member.0, &member.1))
        else {
            return false;
        };
        let members = team.members();
        members.is_some_and(|members| members.len() == 1 && members.contains(&member.index))
    }
}

/// A name without its namespace.
pub(super) fn bare(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
