//! The built binary, run as a user runs it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say why"
)]

mod adopt;
mod adoption;
mod advise;
mod approvers;
mod broken;
mod cases;
mod category;
mod cli;
mod compare;
mod discover;
mod discovered;
mod documents;
mod errors;
mod estates;
mod every_format;
mod evidence;
mod explain;
mod facade;
mod files;
mod first_guess;
mod fix;
mod fix_spellings;
mod folding;
mod forecast_markdown;
mod formats;
mod former_readme;
mod grouping;
mod hostile;
mod identity;
mod import;
mod init;
#[cfg(unix)]
mod init_asks;
mod injection;
mod inventory;
mod killed;
mod log_commands;
mod matrix;
mod order;
mod outputs;
mod owners;
mod page;
mod pages;
mod plans;
mod planted;
mod products;
mod readme;
mod readme_commands;
mod related;
mod repository;
mod revision;
mod rules;
mod schema;
mod session;
mod shells;
mod standards;
mod terminal;
mod timeline;
mod too_many;
mod tool;
mod triage;
mod two_estates;
mod unread;
mod waived;
mod words;
