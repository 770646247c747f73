//! The boundary of what reports cover.

use crate::decode::{Entry, Field};
use crate::estate::ServiceRef;
use crate::manifest::Service;
use crate::model::{Lifecycle, Scope};

/// What those that name a service ask of it. For all services it is in one place, since they themselves are far apart in
/// memory, and named from everywhere.
#[derive(Debug, Clone, Copy)]
pub struct Boundary {
    pub is_excluded: bool,
    pub passes_demand_on: bool,
}

impl Boundary {
    pub fn of(service: &Entry<'_, Service<'_>>) -> Self {
        let body = &service.body;
        let is_excluded = body.scope.value() == Some(Scope::Out);
        let lifecycle = match body.lifecycle {
            Field::Unknown(_) => None,
            _ => Some(body.lifecycle.value().unwrap_or(Lifecycle::Production)),
        };
        let has_users = lifecycle.is_some_and(|stage| !matches!(stage, Lifecycle::Retired | Lifecycle::Experimental));
        let is_in_scope = !body.scope.is_unknown() && !is_excluded;
        Self {
            is_excluded,
            passes_demand_on: service.readable && is_in_scope && has_users,
        }
    }
}

impl ServiceRef<'_, '_> {
    /// Whether it is known to be out of scope.
    pub fn is_excluded(self) -> bool {
        self.estate.boundaries[self.index].is_excluded
    }

    /// Whether what it depends on matters to its users: in scope, and neither retired nor experimental.
    pub fn passes_demand_on(self) -> bool {
        self.estate.boundaries[self.index].passes_demand_on
    }

    /// Whether a carved-out organization operates it, or may do so: a value that could not be read might state it.
    pub fn may_be_operated_by_carved_out(self) -> bool {
        match &*self.body.operated_by {
            Field::Absent => false,
            Field::Unknown(_) => true,
            Field::Known(name) => {
                let third_party = self.estate.third_party_named(self.namespace, &name.value);
                third_party.is_none_or(|third_party| third_party.may_be_carved_out())
            }
        }
    }
}
