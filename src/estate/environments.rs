//! Where an identity works.

use super::IdentityRef;
use crate::manifest::Environment;
use crate::source::Place;

impl IdentityRef<'_, '_> {
    /// The environments in which it works by its own word, and where each is stated. What nobody limits to an
    /// environment is in production.
    pub fn works_in(&self) -> Vec<(Environment, Place)> {
        let own = self.list(|i| &i.environments);
        let access = self.list(|i| &i.access);
        let mut environments: Vec<(Environment, Place)> = own.iter().map(|at| (*at.value, at.place())).collect();
        for right in access.iter() {
            let stated = right.value.environments.iter();
            environments.extend(stated.map(|at| (at.value, right.at(at.span))));
        }
        let unlimited = access.iter().any(|right| !right.value.environments.stated);
        if own.is_surely_empty() && (unlimited || access.is_surely_empty()) {
            environments.push((Environment::Production, self.entity().place()));
        }
        environments
    }
}
