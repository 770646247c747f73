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
mod documents;
mod errors;
mod estates;
mod every_format;
mod evidence;
mod explain;
mod files;
mod first_guess;
mod first_hour;
mod fix;
mod fix_keeps_meaning;
mod fix_spellings;
mod folding;
mod forecast_markdown;
mod formats;
mod former_readme;
mod fuzzed;
mod generated;
mod grouping;
mod hostile;
mod identity;
mod init;
#[cfg(unix)]
mod init_asks;
mod init_suggests;
mod injection;
mod killed;
mod log_commands;
mod order;
mod outputs;
mod owners;
mod pages;
mod products;
mod reading_help;
mod readme;
mod readme_commands;
mod related;
mod repository;
mod rounds;
mod rules;
mod schema;
mod session;
mod shells;
mod standards;
mod synonyms;
mod targets;
mod terminal;
mod tool;
mod triage;
mod two_estates;
mod unread;
mod waived;
mod words;
