//! The command line: what can be asked for, and what the exit status means.

mod args;
mod ask;
mod baseline;
mod category;
mod check;
mod completions;
mod config;
mod estate;
mod explain;
mod failure;
mod forecast;
mod init;
mod machine;
mod man;
mod narrow;
mod output;
mod owners;
mod progress;
mod rules;
pub mod schema;
mod target;
mod terminal;
mod values;
mod waivers;

use crate::render::{ErrorFormat, Format, error_annotations, render_errors};
use args::ColorArgs;
use clap::error::{ContextKind, ContextValue};
use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;
use terminal::Stream;

/// Nothing at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
const FINDINGS: u8 = 1;
/// The run itself cannot be trusted.
const UNTRUSTED: u8 = 2;

/// Checks what teams declare about SOC 1, SOC 2, ISAE 3402 and ISAE 3000 reports and ISO 27001 certificates
/// against what they declare to build.
#[derive(Parser, Debug)]
#[command(name = "soclint", version, max_term_width = 100, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    colors: ColorArgs,
}

const AFTER_HELP: &str =
    "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 the run itself cannot be trusted.";

#[derive(Subcommand, Debug)]
enum Command {
    /// Read every manifest of the estate and show what does not fit.
    Check(Box<args::CheckArgs>),
    /// Adopt today's findings, so that only new ones fail.
    Baseline(Box<baseline::BaselineArgs>),
    /// List the waivers: how each stands, who approved it, and what it holds back.
    Waivers(Box<waivers::WaiversArgs>),
    /// List what will be found by and by, if nothing changes.
    Forecast(Box<forecast::ForecastArgs>),
    /// Print the configuration that holds, with where each value comes from.
    Config(config::ConfigArgs),
    /// Say what a rule checks, why, and how to fix it; or what a table, a key, a term or an id is.
    Explain(explain::ExplainArgs),
    /// List every rule.
    Rules(rules::RulesArgs),
    /// Print the JSON Schema of the manifest or of the config.
    Schema(schema::SchemaArgs),
    /// Write a first manifest and a first config for the repository at hand.
    Init(init::InitArgs),
    /// Print a script that completes soclint's commands in a shell.
    Completions(completions::CompletionsArgs),
    /// Print a manual page.
    Man(man::ManArgs),
}

/// Reads the arguments, runs the command and says how it went.
pub fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run(cli),
        Err(error) => {
            output::usage(&error);
            if let Some(path) = misplaced_path(&error) {
                output::hint(&format!("to check what lies there, write `soclint check {path}`"));
            }
            ExitCode::from(if error.use_stderr() { UNTRUSTED } else { CLEAN })
        }
    }
}

/// A path where a command belongs.
fn misplaced_path(error: &clap::Error) -> Option<&str> {
    let ContextValue::String(word) = error.get(ContextKind::InvalidSubcommand)? else {
        return None;
    };
    let is_path = word == "." || word == ".." || word.contains(['/', '\\']) || std::path::Path::new(word).exists();
    is_path.then_some(word.as_str())
}

fn run(cli: Cli) -> ExitCode {
    let colors = cli.colors;
    let result = match &cli.command {
        Command::Check(args) => check::run(args, colors),
        Command::Baseline(args) => baseline::run(args),
        Command::Waivers(args) => waivers::run(args),
        Command::Forecast(args) => forecast::run(args),
        Command::Config(args) => config::run(args),
        Command::Explain(args) => explain::run(args, colors),
        Command::Rules(args) => rules::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Init(args) => init::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            complain(&cli, &failure);
            ExitCode::from(UNTRUSTED)
        }
    }
}

/// Says why a run cannot be trusted, in the way in which the command would have said what it found.
fn complain(cli: &Cli, failure: &Failure) {
    let details = failure.details();
    let style = cli.colors.style(Stream::Stderr, false);
    output::complain(&render_errors(cli.command.error_format(), &details, style));
    if let Command::Check(args) = &cli.command
        && args.format == Format::Github
    {
        let (root, config) = (args.estate.root.as_deref(), args.estate.config.as_deref());
        let root = estate::find_root(root, config, &args.paths);
        let prefix = root.map_or_else(|_| String::new(), |(_, root)| estate::prefix(&root));
        // That nothing can be written is said already.
        let _ = output::print_as_it_is(&error_annotations(&details, &prefix));
    }
}

impl Command {
    fn error_format(&self) -> ErrorFormat {
        let is_json = match self {
            Self::Check(args) => return args.format.into(),
            Self::Baseline(args) => args.is_json(),
            Self::Waivers(args) => args.is_json(),
            Self::Forecast(args) => args.is_json(),
            Self::Config(args) => args.is_json(),
            Self::Rules(args) => args.is_json(),
            Self::Explain(_) | Self::Schema(_) | Self::Init(_) | Self::Completions(_) | Self::Man(_) => false,
        };
        if is_json { ErrorFormat::Json } else { ErrorFormat::Drawn }
    }
}
