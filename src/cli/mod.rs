//! The command line: what can be asked for, and what the exit status means.

mod adopt;
mod advise;
mod args;
mod ask;
mod baseline;
mod category;
mod check;
mod compare;
mod completions;
mod config;
mod destination;
mod estate;
mod explain;
mod failure;
mod forecast;
mod import;
mod init;
mod inventory;
mod machine;
mod man;
mod matrix;
mod narrow;
mod neighbour;
mod output;
mod owners;
mod page;
mod progress;
mod rules;
pub mod schema;
mod sheets;
mod target;
mod terminal;
mod timeline;
mod values;
mod waivers;

use crate::render::{ErrorFormat, Format, error_annotations, render_errors};
use args::ColorArgs;
use clap::error::{ContextKind, ContextValue};
use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;
use terminal::Stream;

/// No finding at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
const FINDINGS: u8 = 1;
/// The run failed: its output says nothing about the estate.
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

const AFTER_HELP: &str = "Exit status: 0 no finding at or above --fail-on, 1 findings, 2 the run failed.";

#[derive(Subcommand, Debug)]
enum Command {
    /// Check all manifests of the estate and report what does not fit.
    Check(Box<args::CheckArgs>),
    /// Adopt current findings, so that only new ones fail.
    Baseline(Box<baseline::BaselineArgs>),
    /// List the waivers: their state, who approved them, and what they suppress.
    Waivers(Box<waivers::WaiversArgs>),
    /// List every non-human identity: what is declared, and what the repository shows.
    Inventory(inventory::InventoryArgs),
    /// Set services against reports, controls against objectives or criteria, third parties against our days.
    Matrix(matrix::MatrixArgs),
    /// Compare two states of the estate: what is declared, covered and found otherwise.
    Compare(compare::CompareArgs),
    /// Say which reports a service needs, and why, by what is declared.
    Advise(advise::AdviseArgs),
    /// Write all of it as one page in HTML, to read, to print and to file; or, for customers, products and reports.
    Page(Box<page::PageArgs>),
    /// Write an entry for each identity that the repository shows and no manifest declares.
    Adopt(adopt::AdoptArgs),
    /// Write what a file of another tool says into a manifest.
    Import(import::ImportArgs),
    /// List upcoming findings: what the passing of time alone will bring.
    Forecast(Box<forecast::ForecastArgs>),
    /// Show what is declared with a day on one axis: periods, days not covered, reviews, waivers, year-ends.
    Timeline(Box<timeline::TimelineArgs>),
    /// Print the effective configuration, and where each value comes from.
    Config(config::ConfigArgs),
    /// Explain a rule (what it checks, why, how to fix it), or a table, a key, a term or an id.
    Explain(explain::ExplainArgs),
    /// List every rule.
    Rules(rules::RulesArgs),
    /// Print the JSON Schema of the manifest or of the config.
    Schema(schema::SchemaArgs),
    /// Write a first manifest and a first config for this repository.
    Init(init::InitArgs),
    /// Print a script that completes soclint's commands in a shell.
    Completions(completions::CompletionsArgs),
    /// Print a manual page.
    Man(man::ManArgs),
}

/// Parses the arguments, runs the command and returns its exit status.
pub fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run(cli),
        Err(error) => {
            output::usage(&error);
            if let Some(path) = misplaced_path(&error) {
                output::hint(&format!("to check that path, run `soclint check {path}`"));
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
        Command::Inventory(args) => inventory::run(args),
        Command::Matrix(args) => matrix::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Advise(args) => advise::run(args, colors),
        Command::Page(args) => page::run(args),
        Command::Adopt(args) => adopt::run(args),
        Command::Import(args) => import::run(args),
        Command::Forecast(args) => forecast::run(args),
        Command::Timeline(args) => timeline::run(args, colors),
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

/// Reports why a run failed, in the format that the command would have used for its findings.
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
        // That standard output cannot be written to has been reported.
        let _ = output::print_as_it_is(&error_annotations(&details, &prefix));
    }
}

impl Command {
    fn error_format(&self) -> ErrorFormat {
        let is_json = match self {
            Self::Check(args) => return args.format.into(),
            Self::Baseline(args) => args.is_json(),
            Self::Waivers(args) => args.is_json(),
            Self::Inventory(args) => args.is_json(),
            Self::Matrix(args) => args.is_json(),
            Self::Compare(args) => args.is_json(),
            Self::Advise(args) => args.is_json(),
            Self::Forecast(args) => args.is_json(),
            Self::Timeline(args) => args.is_json(),
            Self::Config(args) => args.is_json(),
            Self::Rules(args) => args.is_json(),
            Self::Adopt(_)
            | Self::Page(_)
            | Self::Import(_)
            | Self::Explain(_)
            | Self::Schema(_)
            | Self::Init(_)
            | Self::Completions(_)
            | Self::Man(_) => false,
        };
        if is_json { ErrorFormat::Json } else { ErrorFormat::Drawn }
    }
}
