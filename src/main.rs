//! soclint's command line: arguments in, exit status out.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    soclint::cli::run(soclint::cli::Cli::parse())
}
