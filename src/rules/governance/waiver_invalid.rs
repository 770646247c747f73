//! A waiver is not valid or not used.

use crate::finding::Severity;
use crate::rules::{Check, Group, Rule};

pub static RULE: Rule = Rule {
    name: "waiver-invalid",
    since: "0.1.0",
    group: Group::Governance,
    severity: Severity::Error,
    summary: "A waiver is not valid or not used.",
    references: &["CSF ID.RA-07", "ISO/IEC 27001 6.1.3"],
    options: &[],
    yields_to: &[],
    page: include_str!("waiver_invalid.md"),
    check: Check::Triage,
};
