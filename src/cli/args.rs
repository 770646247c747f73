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
    /// When to color; NO_COLOR and CLICOLOR_FORCE are respected.
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
    /// The date as of which the estate is checked; SOCLINT_AS_OF if not given, else today (UTC).
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub as_of: Option<Date>,

    /// The estate's root, instead of the one that soclint finds.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// The config file, instead of the one that soclint finds; its folder is the root unless --root names another.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Do not fail when there is no manifest.
    #[arg(long)]
    pub allow_empty: bool,
}

#[derive(Args, Debug, Default)]
pub struct OwnerArgs {
    /// Report only what this owner owns; repeatable. Parse errors are always reported.
    #[arg(long = "owner", value_name = "OWNER", value_delimiter = ',')]
    pub owners: Vec<String>,
}

#[derive(Args, Debug)]
#[command(args_override_self = true)]
pub struct CheckArgs {
    /// Report only findings in these files and folders; the whole estate is read in any case.
    pub paths: Vec<PathBuf>,

    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub format: Format,

    /// Also write findings to a file; repeatable.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub output: Vec<(Format, PathBuf)>,

    /// Minimum severity that fails the run; the config's if not given, else error.
    #[arg(long, value_enum)]
    pub fail_on: Option<FailOn>,

    /// Run only this rule; repeatable. Parse errors are always reported.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Leave this rule out; repeatable.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Group findings (pretty, concise and markdown; concise has no headings).
    #[arg(long, value_enum, value_name = "WHAT")]
    pub group_by: Option<GroupBy>,

    /// Print counts by family, owner and severity instead of findings (pretty, concise and markdown).
    #[arg(long, conflicts_with = "group_by")]
    pub summary: bool,

    /// Print findings only, without the summary.
    #[arg(long, short)]
    pub quiet: bool,

    /// Also show waived findings.
    #[arg(long)]
    pub show_waived: bool,

    /// Ignore all waivers.
    #[arg(long, conflicts_with = "show_waived")]
    pub no_waivers: bool,

    /// Suppress the findings of a baseline, which `soclint baseline write` makes.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Also show upcoming findings within this time, as notes that fail nothing: 60d, 8w, 3mo, 1y.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub horizon: Option<Duration>,

    /// The category of the SARIF run: an upload replaces the previous one of the same category. If not given, it is
    /// made of the root, config, baseline, paths and rules on the command line.
    #[arg(long, value_name = "TEXT", value_parser = parse_category)]
    pub category: Option<String>,

    /// Apply safe fixes, then report the remaining findings.
    #[arg(long, conflicts_with = "horizon")]
    pub fix: bool,

    /// Print what --fix would change as a patch; change nothing.
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

/// A category as given on the command line.
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
