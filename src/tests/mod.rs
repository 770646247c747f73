//! Tests that look into several rooms at once. Those of one room are beside it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking, and say why"
)]

mod advice;
mod ahead;
mod catalogues;
mod compare;
mod first_files;
mod import;
pub(super) mod inventory;
mod matrix;
mod precedence;
mod reading;
mod reference;
mod revision;
mod synonyms;
mod timeline;
