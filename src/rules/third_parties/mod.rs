//! The organizations that services rely on.

use super::Rule;

pub mod carve_out_unmonitored;
mod carve_out_without_csocs;
mod cuec_unowned;
mod inherited_without_csoc;
mod oauth_grant_ungoverned;
mod operator_declared_vendor;
pub mod processor_unreviewed;
mod provider_service_not_covered;
mod subservice_method_missing;
mod subservice_report_unfit;
mod vendor_operates_key_control;
mod vendor_report_unfit;

pub const RULES: &[&Rule] = &[
    &subservice_method_missing::RULE,
    &carve_out_without_csocs::RULE,
    &carve_out_unmonitored::RULE,
    &subservice_report_unfit::RULE,
    &vendor_report_unfit::RULE,
    &processor_unreviewed::RULE,
    &operator_declared_vendor::RULE,
    &inherited_without_csoc::RULE,
    &provider_service_not_covered::RULE,
    &cuec_unowned::RULE,
    &vendor_operates_key_control::RULE,
    &oauth_grant_ungoverned::RULE,
];
