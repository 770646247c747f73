//! The arguments that commands share, and those of `check`, of which other files make something too.

use super::failure::ArgumentError;
use crate::config::FailOn;
use crate::model::Duration;
use crate::render::{Format, GroupBy};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Args, Debug, Clone, Copy)]
pub struct ColorArgs {
    /// When to color; NO_COLOR and CLICOLOR_FORCE are heeded.
    #[arg(long, value_enum, default_value_t = When::Auto, global = true, value_name = "WHEN")]
    pub color: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Args, Debug)]
pub struct EstateArgs {
    /// The day on which the estate is judged; if not given that of SOCLINT_AS_OF, else today (UTC).
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub as_of: Option<Date>,

    /// The estate's root, instead of the one that is found.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// The config file, instead of the one that is found; its folder is the root unless --root says otherwise.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Do not fail when there is no manifest to read.
    #[arg(long)]
    pub allow_empty: bool,
}

#[derive(Args, Debug, Default)]
pub struct OwnerArgs {
    /// Report only what this owner owns; may be given more than once. What could not be read is reported all the same.
    #[arg(long = "owner", value_name = "OWNER", value_delimiter = ',')]
    pub owners: Vec<String>,
}

#[derive(Args, Debug)]
#[command(args_override_self = true)]
pub struct CheckArgs {
    /// Report only findings in these files and folders; the whole estate is read all the same.
    pub paths: Vec<PathBuf>,

    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub format: Format,

    /// Write findings to a file too; may be given more than once.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub output: Vec<(Format, PathBuf)>,

    /// The severity from which findings fail the run; the config's, else error.
    #[arg(long, value_enum)]
    pub fail_on: Option<FailOn>,

    /// Run only this rule; may be given more than once. What could not be read is reported all the same.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Leave this rule out; may be given more than once.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Group findings, in the formats for people: pretty and markdown with a heading for each group, concise without.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub group_by: Option<GroupBy>,

    /// Print counts by family, owner and severity instead of findings (pretty, concise and markdown).
    #[arg(long, conflicts_with = "group_by")]
    pub summary: bool,

    /// Print findings only, without the summary.
    #[arg(long, short)]
    pub quiet: bool,

    /// Show what waivers hold back, too.
    #[arg(long)]
    pub show_waived: bool,

    /// Let waivers hold nothing back.
    #[arg(long, conflicts_with = "show_waived")]
    pub no_waivers: bool,

    /// Hold back the findings of a baseline; `soclint baseline write` makes one.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Show what will be found by then, too, as notes that fail nothing: 60d, 8w, 3mo, 1y.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub horizon: Option<Duration>,

    /// What SARIF says that the run is one of: an upload replaces the one before it of the same category. Made of the
    /// root, the config, the baseline, paths and rules that are named if not given.
    #[arg(long, value_name = "TEXT", value_parser = parse_category)]
    pub category: Option<String>,

    /// Mend what has one right answer, and show what is left.
    #[arg(long, conflicts_with = "horizon")]
    pub fix: bool,

    /// Print what --fix would change as a patch, and change nothing.
    #[arg(long, conflicts_with = "horizon")]
    pub diff: bool,

    #[command(flatten)]
    pub owner: OwnerArgs,

    #[command(flatten)]
    pub estate: EstateArgs,
}

pub fn parse_date(text: &str) -> Result<Date, ArgumentError> {
    let is_plain = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| {
            if at == 4 || at == 7 {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    let date = text.parse::<Date>().ok().filter(|_| is_plain);
    date.ok_or(ArgumentError::Day)
}

pub fn parse_duration(text: &str) -> Result<Duration, ArgumentError> {
    Duration::parse(text).ok_or(ArgumentError::Duration)
}

/// A category as it is given on the command line.
fn parse_category(text: &str) -> Result<String, ArgumentError> {
    let is_plain = !text.chars().any(char::is_control);
    let text = text.trim().trim_end_matches('/');
    if is_plain && !text.is_empty() {
        Ok(text.to_owned())
    } else {
        Err(ArgumentError::Category)
    }
}

fn parse_output(text: &str) -> Result<(Format, PathBuf), ArgumentError> {
    let (format, file) = text.split_once('=').ok_or(ArgumentError::Output)?;
    let format =
        <Format as ValueEnum>::from_str(format, false).map_err(|_| ArgumentError::UnknownFormat(format.to_owned()))?;
    if file.is_empty() {
        Err(ArgumentError::NoFile)
    } else {
        Ok((format, PathBuf::from(file)))
    }
}
