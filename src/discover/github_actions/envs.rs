//! Variables of `env`.

use crate::discover::yaml::Node;

/// What holds for a step: the literals and expressions of `env` around it, the nearest first.
pub struct Envs<'n, 't>(pub Vec<Node<'n, 't>>);

impl<'n, 't> Envs<'n, 't> {
    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<Node<'n, 't>> {
        self.0.iter().find_map(|env| env.get(name))
    }

    pub fn with(&self, nearer: Option<Node<'n, 't>>) -> Self {
        Self(nearer.into_iter().chain(self.0.iter().copied()).collect())
    }
}
