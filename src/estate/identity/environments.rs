//! Where an identity works.

use crate::estate::{IdentityRef, Name};
use crate::model::Environment;
use crate::source::Place;

impl<'e> IdentityRef<'e, '_> {
    /// The environments in which it works as stated, and where each is stated. Without a stated
    /// environment, production is assumed.
    /// The profile is named that states it, if one does.
    pub fn works_in(&self) -> Vec<(Environment, Place, Option<Name<'e>>)> {
        let own = self.list(|i| &i.environments);
        let access = self.list(|i| &i.access);
        let stated = own.iter().map(|at| (*at.value, at.place(), at.profile));
        let mut environments: Vec<_> = stated.collect();
        for right in access.iter() {
            let stated = right.value.environments.iter();
            environments.extend(stated.map(|at| (at.value, right.at(at.span), right.profile)));
        }
        let unlimited = access.iter().any(|right| !right.value.environments.stated);
        if own.is_surely_empty() && (unlimited || access.is_surely_empty()) {
            environments.push((Environment::Production, self.place(), None));
        }
        environments
    }
}
