//! The life of non-human identities.

use super::Rule;

mod excessive_privilege;
mod interactive_login;
mod long_lived_credential;
mod outlives_its_purpose;
mod reused;
mod rotation_date_shared;
pub mod rotation_overdue;
mod secret_store_unsanctioned;
mod weak_authentication;
pub mod without_access_review;
mod without_human_owner;
mod without_monitoring;
mod without_offboarding;
mod without_reach;
mod without_rotation_evidence;

pub const RULES: &[&Rule] = &[
    &without_human_owner::RULE,
    &without_rotation_evidence::RULE,
    &rotation_overdue::RULE,
    &long_lived_credential::RULE,
    &secret_store_unsanctioned::RULE,
    &excessive_privilege::RULE,
    &without_access_review::RULE,
    &without_offboarding::RULE,
    &outlives_its_purpose::RULE,
    &without_monitoring::RULE,
    &reused::RULE,
    &interactive_login::RULE,
    &weak_authentication::RULE,
    &without_reach::RULE,
    &rotation_date_shared::RULE,
];
