//! What one identity can do by itself.

use super::Rule;

mod financial_write_plus_sensitive_egress;

pub const RULES: &[&Rule] = &[&financial_write_plus_sensitive_egress::RULE];
