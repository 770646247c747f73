//! Tests that look into several rooms at once. Those of one room are beside it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking, and say why"
)]

mod ahead;
mod catalogues;
mod first_files;
mod import;
mod inventory;
mod matrix;
mod precedence;
mod reading;
mod reference;
mod synonyms;
