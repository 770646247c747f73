//! What Jenkins pipelines show: the ids of credentials.

use super::{Input, Shows};

pub const WORDS: &[&str] = &["credentials"];

pub fn see(_: Input<'_>) -> Shows {
    Shows::default()
}
