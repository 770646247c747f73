//! The built binary, run as a user runs it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say why"
)]

mod adoption;
mod broken;
mod cli;
mod estates;
mod every_format;
mod expect;
mod files;
mod fix;
mod formats;
mod fuzzed;
mod hostile;
mod init;
mod injection;
mod killed;
mod order;
mod pages;
mod readme;
mod rules;
mod said;
mod schema;
mod shells;
mod standards;
mod targets;
mod tool;
mod triage;
