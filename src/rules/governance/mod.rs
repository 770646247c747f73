//! Promises, agents that act by themselves, and what is accepted knowingly.

use super::Rule;

pub const RULES: &[&Rule] = &[];
