//! Whether declarations are supported by evidence.

use super::Rule;

mod declared_and_unused;
mod evidence_cadence_gap;
mod evidence_changed;
mod evidence_expired;
mod evidence_missing_file;
mod evidence_outside_period;
mod evidence_unowned;
mod identical_evidence_set;
mod operating_evidence_without_design;
mod risk_assessment_missing;
mod type_1_control_without_design;
mod type_2_control_without_operating_evidence;

pub const RULES: &[&Rule] = &[
    &type_2_control_without_operating_evidence::RULE,
    &type_1_control_without_design::RULE,
    &operating_evidence_without_design::RULE,
    &evidence_outside_period::RULE,
    &evidence_cadence_gap::RULE,
    &identical_evidence_set::RULE,
    &evidence_unowned::RULE,
    &risk_assessment_missing::RULE,
    &declared_and_unused::RULE,
    &evidence_missing_file::RULE,
    &evidence_changed::RULE,
    &evidence_expired::RULE,
];
