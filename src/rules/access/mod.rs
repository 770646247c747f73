//! What one identity can do by itself.

use super::Rule;

mod conflicting_duties;
mod financial_write_plus_sensitive_egress;
mod identity_intersection_undocumented;
mod leaver_with_access;
mod self_approval;

pub const RULES: &[&Rule] = &[
    &financial_write_plus_sensitive_egress::RULE,
    &conflicting_duties::RULE,
    &identity_intersection_undocumented::RULE,
    &self_approval::RULE,
    &leaver_with_access::RULE,
];
