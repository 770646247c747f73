//! Whether what is claimed answers readers' questions.

use super::Rule;

mod attestation_criteria_missing;
mod certificate_declared_as_report;
mod combined_report_crosses_families;
pub mod control_plane_without_security_assurance;
pub mod dual_purpose_service_single_family;
mod financial_impact_understated;
pub mod financial_impact_without_icfr_report;
mod framework_region_mismatch;
mod hosting_without_both_families;
mod icfr_report_cited_for_security;
mod icfr_without_financial_impact;
mod itgc_objectives_missing;
mod readers_outside_report;
mod report_declared_as_certificate;
mod report_for_wrong_audience;
mod report_without_objectives;
mod sec_issuer_without_icfr_objectives;
mod security_report_cited_for_icfr;
mod standard_framework_mismatch;

pub const RULES: &[&Rule] = &[
    &financial_impact_without_icfr_report::RULE,
    &financial_impact_understated::RULE,
    &security_report_cited_for_icfr::RULE,
    &icfr_report_cited_for_security::RULE,
    &dual_purpose_service_single_family::RULE,
    &hosting_without_both_families::RULE,
    &control_plane_without_security_assurance::RULE,
    &framework_region_mismatch::RULE,
    &sec_issuer_without_icfr_objectives::RULE,
    &itgc_objectives_missing::RULE,
    &icfr_without_financial_impact::RULE,
    &attestation_criteria_missing::RULE,
    &combined_report_crosses_families::RULE,
    &certificate_declared_as_report::RULE,
    &report_declared_as_certificate::RULE,
    &report_for_wrong_audience::RULE,
    &standard_framework_mismatch::RULE,
    &readers_outside_report::RULE,
    &report_without_objectives::RULE,
];
