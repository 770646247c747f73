//! Whether what is claimed is inside the boundary, together with what it depends on.

use super::Rule;

mod claim_ambiguous;
mod claim_not_covering_service;
mod claim_predates_service;
mod control_younger_than_period;
mod criterion_without_control;
mod excluded_service_claimed;
mod exclusion_without_rationale;
mod in_scope_depends_on_excluded;
mod influence_understated;
mod objective_without_control;
mod offering_contradicted;
mod readiness_not_evidenced;
mod report_covers_nothing;
mod report_without_system_description;
mod strongest_dependency_ignored;
mod unclaimed_service;

pub const RULES: &[&Rule] = &[
    &claim_not_covering_service::RULE,
    &report_covers_nothing::RULE,
    &claim_predates_service::RULE,
    &strongest_dependency_ignored::RULE,
    &in_scope_depends_on_excluded::RULE,
    &exclusion_without_rationale::RULE,
    &excluded_service_claimed::RULE,
    &offering_contradicted::RULE,
    &influence_understated::RULE,
    &report_without_system_description::RULE,
    &unclaimed_service::RULE,
    &objective_without_control::RULE,
    &claim_ambiguous::RULE,
    &criterion_without_control::RULE,
    &control_younger_than_period::RULE,
    &readiness_not_evidenced::RULE,
];
