//! What files of package managers and clients show: the hosts that have a credential.

use super::{Input, Shows};

pub const WORDS: &[&str] = &["password", "_auth", "login"];

pub fn see(_: Input<'_>) -> Shows {
    Shows::default()
}
