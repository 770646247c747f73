//! Entities by the paths that waivers and baselines name.

use crate::decode::{Field, Text};
use crate::estate::{Entity, Estate, Said, Table};
use crate::manifest::Declaration;
use crate::model::NamespaceId;

/// A name of an owner, and the namespace in which it is written.
pub type OwnerName = (NamespaceId, String);

impl<'a> Estate<'a> {
    /// Who owns the entity at a path such as `payments/identities.deployer`; `None` when nobody is stated, or
    /// nothing is there.
    pub fn owner_at(&self, path: &str) -> Option<OwnerName> {
        let (namespace, rest) = match path.rsplit_once('/') {
            Some((namespace, rest)) => (self.namespaces.find(namespace)?, rest),
            None => (NamespaceId::UNNAMED, path),
        };
        let (table, id) = rest.split_once('.')?;
        match table {
            "owners" => self.stated_owner(&self.owners, namespace, id, |_| Field::Absent),
            "profiles" => self.stated_owner(&self.profiles, namespace, id, |body| body.0.owner.clone()),
            "services" => self.stated_owner(&self.services, namespace, id, |body| body.owner.clone()),
            "data" => self.stated_owner(&self.data, namespace, id, |body| body.owner.clone()),
            "reports" => self.stated_owner(&self.reports, namespace, id, |_| Field::Absent),
            "certificates" => self.stated_owner(&self.certificates, namespace, id, |_| Field::Absent),
            "third-parties" => self.stated_owner(&self.third_parties, namespace, id, |body| body.owner.clone()),
            "controls" => self.stated_owner(&self.controls, namespace, id, |body| body.owner.clone()),
            "evidence" => self.stated_owner(&self.evidence, namespace, id, |body| body.owner.clone()),
            "identities" => match self.identity(self.identities.find(namespace, id)?).owner() {
                Said::Known(owner) => Some((owner.namespace, owner.value.as_str().to_owned())),
                _ => None,
            },
            _ => None,
        }
    }

    fn stated_owner<T: Declaration<'a>>(
        &self,
        table: &Table<'a, T>,
        namespace: NamespaceId,
        id: &str,
        owner: impl Fn(&T) -> Field<Text<'a>>,
    ) -> Option<OwnerName> {
        let entity: &Entity<'a, T> = table.get(table.find(namespace, id)?);
        let stated = self.owner_of(entity.file, &owner(&entity.body));
        Some((namespace, stated.get()?.as_str().to_owned()))
    }

    /// Whether two names mean one owner. Names are taken at their word until an estate declares an owner.
    pub fn is_same_owner(&self, one: &OwnerName, other: &OwnerName) -> bool {
        match (self.owner_named(one.0, &one.1), self.owner_named(other.0, &other.1)) {
            (Some(one), Some(other)) => one == other,
            _ => bare(&one.1) == bare(&other.1),
        }
    }

    /// Whether `member` is all that there is of the team `team`.
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
