//! The command line: what can be asked for, and what the exit status means.

mod ask;
mod baseline;
mod category;
mod check;
mod completions;
mod config;
mod estate;
mod explain;
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
mod values;
mod waivers;

use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::io::IsTerminal;
use std::process::ExitCode;

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
    look: Look,
}

const AFTER_HELP: &str =
    "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 the run itself cannot be trusted.";

#[derive(Args, Debug, Clone, Copy)]
struct Look {
    /// When to color; NO_COLOR and CLICOLOR_FORCE are heeded.
    #[arg(long, value_enum, default_value_t = When::Auto, global = true, value_name = "WHEN")]
    color: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Read every manifest of the estate and show what does not fit.
    Check(Box<check::CheckArgs>),
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
    let result = match cli.command {
        Command::Check(args) => check::run(&args, cli.look),
        Command::Baseline(args) => baseline::run(&args),
        Command::Waivers(args) => waivers::run(&args),
        Command::Forecast(args) => forecast::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Explain(args) => explain::run(&args, cli.look),
        Command::Rules(args) => rules::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            output::complain(&error);
            ExitCode::from(UNTRUSTED)
        }
    }
}

impl Look {
    /// Whether standard output gets color.
    fn color(self) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is = |name, value: &str| std::env::var_os(name).is_some_and(|set| set == value);
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto if set("NO_COLOR") => false,
            When::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
            When::Auto if is("CLICOLOR", "0") || is("TERM", "dumb") => false,
            When::Auto => std::io::stdout().is_terminal(),
        }
    }
}

/// The columns to fill: the terminal's, else what `COLUMNS` says, else a width that fits most logs.
fn width() -> usize {
    let told = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse::<usize>().ok());
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    told.or_else(terminal)
        .filter(|columns| *columns > 0)
        .unwrap_or(100)
        .clamp(40, 200)
}
