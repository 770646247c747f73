//! The life of non-human identities.

use super::Rule;

mod excessive_privilege;
mod rotation_overdue;
mod secret_store_unsanctioned;
mod without_human_owner;
mod without_monitoring;
mod without_offboarding;
mod without_rotation_evidence;

pub const RULES: &[&Rule] = &[
    &without_human_owner::RULE,
    &without_rotation_evidence::RULE,
    &rotation_overdue::RULE,
    &secret_store_unsanctioned::RULE,
    &excessive_privilege::RULE,
    &without_offboarding::RULE,
    &without_monitoring::RULE,
];
