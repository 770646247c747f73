//! Commitments, autonomous agents, and accepted risks.

use super::Rule;

mod agent_in_financial_processing_undescribed;
mod agent_without_accountable_human;
mod commitment_without_category;
pub mod required_key_missing;
pub mod waiver_invalid;

pub const RULES: &[&Rule] = &[
    &commitment_without_category::RULE,
    &agent_without_accountable_human::RULE,
    &agent_in_financial_processing_undescribed::RULE,
    &waiver_invalid::RULE,
    &required_key_missing::RULE,
];
