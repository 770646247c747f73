//! Whether a report's attributes and periods fit.

use super::Rule;

mod coverage_gap;
mod retired_standard;
mod stale_report;
mod type_2_period_under_six_months;
mod type_date_mismatch;
mod unknown_control_reference;

pub const RULES: &[&Rule] = &[
    &type_2_period_under_six_months::RULE,
    &type_date_mismatch::RULE,
    &coverage_gap::RULE,
    &stale_report::RULE,
    &retired_standard::RULE,
    &unknown_control_reference::RULE,
];
