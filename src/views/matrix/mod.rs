//! `soclint matrix`: what covers what, what serves what, and which days of ours the reports of others cover.

mod control_columns;
mod control_rows;
mod controls;
mod coverage;
mod coverage_columns;
mod criteria;
mod reports;
mod vendor_columns;
mod vendor_days;
mod vendors;

pub use control_columns::COLUMNS as CONTROL_COLUMNS;
pub use controls::live_reports;
pub use coverage_columns::COLUMNS as COVERAGE_COLUMNS;
pub(in crate::views) use coverage_columns::Stands;
pub use vendor_columns::COLUMNS as VENDOR_COLUMNS;
pub(in crate::views) use vendor_days::days as days_of_ours;

use std::collections::BTreeSet;

/// Which rows are asked for.
#[derive(Debug, Default)]
pub struct Chosen {
    /// Of these owners alone, if any are named.
    pub owners: BTreeSet<String>,
    /// Of these services alone, by their paths, if any are named.
    pub services: BTreeSet<String>,
}

impl Chosen {
    pub(in crate::views) fn has_owner(&self, owner: Option<&String>) -> bool {
        self.owners.is_empty() || owner.is_some_and(|owner| self.owners.contains(owner))
    }

    pub(in crate::views) fn has_service(&self, path: &str) -> bool {
        self.services.is_empty() || self.services.contains(path)
    }

    fn is_all(&self) -> bool {
        self.owners.is_empty() && self.services.is_empty()
    }
}

/// What is said where rows were left out.
fn left_out(kept: usize, all: usize) -> Option<String> {
    (kept < all).then(|| format!("{kept} of {all} rows; the others were not asked for"))
}
