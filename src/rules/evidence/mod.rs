//! Whether what is said is shown.

use super::Rule;

mod evidence_missing_file;
mod type_2_control_without_operating_evidence;

pub const RULES: &[&Rule] = &[
    &type_2_control_without_operating_evidence::RULE,
    &evidence_missing_file::RULE,
];
