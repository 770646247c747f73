//! What is used, against what is declared.

use super::Rule;

mod credential_contradicted;
mod environment_contradicted;
mod federation_not_used;
mod locator_ambiguous;
mod locator_seen_nowhere;
mod login_contradicted;
mod privilege_contradicted;
mod retired_identity_still_seen;
mod rotation_contradicted;
mod secret_in_repository;
mod store_contradicted;
mod undeclared_identity;
mod unreadable_source;

pub const RULES: &[&Rule] = &[
    &undeclared_identity::RULE,
    &retired_identity_still_seen::RULE,
    &credential_contradicted::RULE,
    &store_contradicted::RULE,
    &privilege_contradicted::RULE,
    &rotation_contradicted::RULE,
    &environment_contradicted::RULE,
    &login_contradicted::RULE,
    &federation_not_used::RULE,
    &secret_in_repository::RULE,
    &locator_seen_nowhere::RULE,
    &locator_ambiguous::RULE,
    &unreadable_source::RULE,
];
