//! The organizations that services rely on.

use super::Rule;

mod carve_out_unmonitored;
mod carve_out_without_csocs;
mod cuec_unowned;
mod oauth_grant_ungoverned;
mod subservice_method_missing;
mod subservice_report_unfit;
mod vendor_operates_key_control;

pub const RULES: &[&Rule] = &[
    &subservice_method_missing::RULE,
    &carve_out_without_csocs::RULE,
    &carve_out_unmonitored::RULE,
    &subservice_report_unfit::RULE,
    &cuec_unowned::RULE,
    &vendor_operates_key_control::RULE,
    &oauth_grant_ungoverned::RULE,
];
