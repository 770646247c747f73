//! Promises, agents that act by themselves, and what is accepted knowingly.

use super::Rule;

mod commitment_without_category;

pub const RULES: &[&Rule] = &[&commitment_without_category::RULE];
