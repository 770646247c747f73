//! Whether what is claimed is inside the boundary, and what it stands on too.

use super::Rule;

mod claim_not_covering_service;
mod strongest_dependency_ignored;

pub const RULES: &[&Rule] = &[&claim_not_covering_service::RULE, &strongest_dependency_ignored::RULE];
