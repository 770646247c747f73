//! What pipelines of CircleCI show: the contexts that jobs take.

use super::{Input, Shows};

pub const WORDS: &[&str] = &["context"];

pub fn see(_: Input<'_>) -> Shows {
    Shows::default()
}
