//! Promises, agents that act by themselves, and what is accepted knowingly.

use super::Rule;

pub mod required_key_missing;
pub mod waiver_invalid;

pub const RULES: &[&Rule] = &[&waiver_invalid::RULE, &required_key_missing::RULE];
