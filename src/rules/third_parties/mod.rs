//! The organizations that services rely on.

use super::Rule;

mod carve_out_unmonitored;
mod subservice_method_missing;

pub const RULES: &[&Rule] = &[&subservice_method_missing::RULE, &carve_out_unmonitored::RULE];
