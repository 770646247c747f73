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
mod approvers;
mod broken;
mod cases;
mod category;
mod cli;
mod estates;
mod every_format;
mod evidence;
mod files;
mod fix;
mod fix_keeps_meaning;
mod fix_spellings;
mod forecast_markdown;
mod formats;
mod fuzzed;
mod generated;
mod hostile;
mod identity;
mod init;
mod injection;
mod killed;
mod log_commands;
mod order;
mod outputs;
mod pages;
mod reading_help;
mod readme;
mod rules;
mod schema;
mod shells;
mod standards;
mod targets;
mod tool;
mod triage;
mod two_estates;
mod unread;
mod waived;
