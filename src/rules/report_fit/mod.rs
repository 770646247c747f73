//! Whether what is claimed answers what readers ask.

use super::Rule;

mod certificate_declared_as_report;
pub mod dual_purpose_service_single_family;
mod financial_impact_understated;
pub mod financial_impact_without_icfr_report;
mod report_declared_as_certificate;
mod security_report_cited_for_icfr;

pub const RULES: &[&Rule] = &[
    &financial_impact_without_icfr_report::RULE,
    &financial_impact_understated::RULE,
    &security_report_cited_for_icfr::RULE,
    &dual_purpose_service_single_family::RULE,
    &certificate_declared_as_report::RULE,
    &report_declared_as_certificate::RULE,
];
