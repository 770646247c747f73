//! Whether a report's attributes and periods fit.

use super::Rule;

mod coverage_gap;
mod stale_report;
mod type_2_period_under_six_months;
mod type_date_mismatch;

pub const RULES: &[&Rule] = &[
    &type_2_period_under_six_months::RULE,
    &type_date_mismatch::RULE,
    &coverage_gap::RULE,
    &stale_report::RULE,
];
