//! Whether a report's attributes and periods fit.

use super::Rule;

mod bridge_letter_misused;
mod category_criteria_mismatch;
pub mod certificate_expired;
mod certificate_incomplete;
mod common_criteria_missing;
mod coverage_gap;
mod extension_without_isms;
mod impossible_report_dates;
mod in_progress_report_unready;
pub mod issuer_year_end_gap;
mod modified_opinion_relied_on;
mod operating_effectiveness_overclaimed;
mod planned_period_unfit;
mod report_incomplete;
mod retired_standard;
mod stale_report;
pub mod surveillance_overdue;
mod type_1_cited_for_audit;
mod type_2_period_under_six_months;
mod type_2_period_unusually_long;
mod type_date_mismatch;
mod unknown_control_reference;
mod user_year_overlap_short;

pub const RULES: &[&Rule] = &[
    &report_incomplete::RULE,
    &type_2_period_under_six_months::RULE,
    &type_2_period_unusually_long::RULE,
    &type_date_mismatch::RULE,
    &impossible_report_dates::RULE,
    &operating_effectiveness_overclaimed::RULE,
    &type_1_cited_for_audit::RULE,
    &coverage_gap::RULE,
    &stale_report::RULE,
    &bridge_letter_misused::RULE,
    &user_year_overlap_short::RULE,
    &issuer_year_end_gap::RULE,
    &planned_period_unfit::RULE,
    &in_progress_report_unready::RULE,
    &modified_opinion_relied_on::RULE,
    &common_criteria_missing::RULE,
    &category_criteria_mismatch::RULE,
    &retired_standard::RULE,
    &unknown_control_reference::RULE,
    &certificate_incomplete::RULE,
    &certificate_expired::RULE,
    &surveillance_overdue::RULE,
    &extension_without_isms::RULE,
];
