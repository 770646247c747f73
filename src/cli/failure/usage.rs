//! Usage errors that clap does not know of.

use crate::model::{list_words, shortened};
use crate::render::Format;
use crate::workspace::RevisionError;
use jiff::civil::Date;
use std::fmt;
use std::path::PathBuf;

/// So many names are listed where none is near.
const MAX_LISTED: usize = 10;

/// Why a value of an option is invalid. clap names the option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgumentError {
    Day,
    Duration,
    Category,
    /// There is no `=` in it.
    Output,
    UnknownFormat(String),
    NoFile,
    LinkBase,
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day => f.write_str("write an existing day as year-month-day, such as 2026-09-30"),
            Self::Duration => f.write_str("write a number of days, weeks, months or years, such as 60d, 8w, 3mo or 1y"),
            Self::Category => f.write_str("write a line of text, such as soclint/payments"),
            Self::Output => f.write_str("write it as FORMAT=FILE, such as sarif=soclint.sarif"),
            Self::UnknownFormat(format) => write!(f, "there is no format \"{format}\"; use {}", Format::names()),
            Self::NoFile => f.write_str("name the file after the `=`"),
            Self::LinkBase => f.write_str(
                "write an address with https: or http:, such as https://github.com/acme/pay/blob/main, or a relative path, such as ../src",
            ),
        }
    }
}

impl std::error::Error for ArgumentError {}

/// A usage error that clap does not know of.
#[derive(Debug)]
pub enum Usage {
    SummaryOfFormat,
    UnknownRule {
        name: String,
        near: Option<&'static str>,
    },
    /// A rule about parse errors.
    NotIgnorable {
        name: String,
    },
    UnknownOwner {
        name: String,
        near: Option<String>,
        known: Vec<String>,
    },
    UnknownService {
        name: String,
        near: Option<String>,
    },
    /// --report with a matrix that is not of one.
    ReportOfOtherMatrix,
    /// None is named, and not just one is live.
    WhichReport {
        live: Vec<String>,
    },
    UnknownReport {
        name: String,
        is_certificate: bool,
        near: Option<String>,
        live: Vec<String>,
    },
    /// `explain` knows no such name.
    UnknownName {
        name: String,
        near: Option<String>,
    },
    /// An id of an earlier edition of a catalogue.
    EarlierEdition {
        id: String,
        edition: String,
        now: String,
    },
    UnknownCommand {
        known: Vec<String>,
    },
    /// None of the paths means a manifest; why, for each.
    NoPath(Vec<String>),
    UntilBeforeAsOf {
        until: Date,
        as_of: Date,
    },
    /// An axis that ends before it begins.
    FromAfterTo {
        from: Date,
        to: Date,
    },
    NoDay {
        variable: &'static str,
        value: String,
        why: ArgumentError,
    },
    /// The config lets no baseline last so long.
    BaselineTooLong {
        bound: crate::model::Date,
    },
    BaselineIsOver {
        as_of: Date,
    },
    OutsideEstate {
        dir: PathBuf,
        root: PathBuf,
    },
    /// `adopt` is given something that is no locator.
    NoLocator {
        written: String,
    },
    /// Nothing is seen by that locator.
    SeenNowhere {
        written: String,
        near: Option<String>,
    },
    /// What is seen by it is declared.
    DeclaredAlready {
        written: String,
        by: Vec<String>,
    },
    /// It may be declared where something could not be read.
    MayBeDeclared {
        written: String,
    },
    /// Nobody is there to be asked.
    AdoptUnattended {
        entries: usize,
    },
    /// `compare` is given the name of no revision and no folder.
    NoState {
        name: String,
        why: RevisionError,
    },
    /// It is that of both.
    RevisionAndFolder {
        name: String,
    },
    /// A period whose last day is before its first.
    PeriodEndsBefore {
        from: Date,
        to: Date,
    },
    /// A bare repository has no working tree to compare with.
    NoWorkingTree,
    /// Neither of two states has a manifest.
    NothingToCompare,
    /// `-` beside names of services.
    FragmentAmongServices {
        at: usize,
    },
    /// A control matrix cannot be read.
    Matrix {
        path: PathBuf,
        why: String,
    },
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SummaryOfFormat => {
                f.write_str("--summary prints counts for people: use --format pretty, concise or markdown with it")
            }
            Self::UnknownRule { name, near: Some(near) } => {
                write!(f, "there is no rule `{name}`; did you mean `{near}`?")
            }
            Self::UnknownRule { name, near: None } => {
                write!(f, "there is no rule `{name}`; `soclint rules` lists every rule")
            }
            Self::NotIgnorable { name } => write!(
                f,
                "`{name}` cannot be ignored: it reports parse errors, which leave parts of the estate unchecked"
            ),
            Self::UnknownOwner { name, near, known } => unknown_owner(f, name, near.as_deref(), known),
            Self::UnknownService { name, near: Some(near) } => {
                write!(f, "there is no service `{name}`; did you mean `{near}`?")
            }
            Self::UnknownService { name, near: None } => write!(
                f,
                "there is no service `{name}`; `soclint inventory services` lists every one"
            ),
            Self::ReportOfOtherMatrix => {
                f.write_str("--report names the report of a control matrix: use it with `soclint matrix controls`")
            }
            Self::WhichReport { live } if live.is_empty() => {
                f.write_str("no declared report is issued, planned or in progress, and a control matrix is of one")
            }
            Self::WhichReport { live } => {
                write!(f, "which report? Name one with --report: {}", listed(live))
            }
            Self::UnknownReport {
                name,
                is_certificate: true,
                live,
                ..
            } => write!(
                f,
                "`{name}` is a certificate, and a control matrix is of a report; the live ones are {}",
                listed(live)
            ),
            Self::UnknownReport {
                name, near: Some(near), ..
            } => write!(f, "there is no report `{name}`; did you mean `{near}`?"),
            Self::UnknownReport { name, live, .. } => {
                write!(f, "there is no report `{name}`; the live ones are {}", listed(live))
            }
            Self::UnknownName { name, near: Some(near) } => {
                write!(
                    f,
                    "there is no rule, key, term or reference `{name}`; did you mean `{near}`?"
                )
            }
            Self::UnknownName { name, near: None } => write!(
                f,
                "there is no rule, key, term or reference `{name}`; `soclint rules` lists every rule, and `soclint explain manifest` every table"
            ),
            Self::EarlierEdition { id, edition, now } => {
                write!(f, "`{id}` is an id of {edition}; its successor in {now} is not known")
            }
            Self::UnknownCommand { known } => {
                write!(f, "there is no such command; use one of: {}", known.join(", "))
            }
            Self::NoState {
                name,
                why: RevisionError::NoRepository | RevisionError::NotFound { .. },
            } => write!(
                f,
                "there is no revision and no folder `{}`; name a branch, a tag, a commit or a folder that is an estate's root",
                shortened(name)
            ),
            Self::NoState { why, .. } => {
                write!(f, "{why}")?;
                why.help().map_or(Ok(()), |help| write!(f, "; {help}"))
            }
            Self::RevisionAndFolder { name } => write!(
                f,
                "`{0}` is a revision and a folder: write `./{0}` for the folder, and `refs/heads/{0}` or `refs/tags/{0}` for the revision",
                shortened(name)
            ),
            Self::PeriodEndsBefore { from, to } => write!(f, "--to {to} is before --from {from}"),
            Self::NoWorkingTree => {
                f.write_str("this repository is bare and has no working tree: name both states, such as `HEAD~1 HEAD`")
            }
            Self::NothingToCompare => {
                f.write_str("no manifest (scope.toml or *.scope.toml) is found in either state; nothing was compared")
            }
            Self::NoPath(why) => {
                write!(
                    f,
                    "{}; nothing was checked (allow it with --allow-empty)",
                    why.join("; ")
                )
            }
            Self::UntilBeforeAsOf { until, as_of } => {
                write!(f, "--until {until} is before the as-of date {as_of}")
            }
            Self::FromAfterTo { from, to } => write!(f, "the axis would end on {to}, before it begins on {from}"),
            Self::NoDay { variable, value, why } => {
                write!(f, "{variable} is \"{value}\", which is not a date: {why}")
            }
            Self::BaselineTooLong { bound } => write!(
                f,
                "the config's `baseline-until` allows no baseline after {bound}; choose an earlier day with --until"
            ),
            Self::BaselineIsOver { as_of } => write!(
                f,
                "the baseline would suppress nothing: its last day is before {as_of}; choose a later one with --until"
            ),
            Self::NoLocator { written } => write!(
                f,
                "\"{}\" is not a locator; write one such as github-secret:NAME, terraform:infra/aws_iam_user.deployer or an ARN, in which `*` stands for any characters but `/`",
                shortened(written)
            ),
            Self::SeenNowhere { written, near } => {
                write!(f, "nothing is seen by the locator \"{}\"", shortened(written))?;
                match near {
                    Some(near) => write!(f, "; did you mean \"{near}\"?"),
                    None => f.write_str("; `soclint inventory --all` lists what is seen"),
                }
            }
            Self::DeclaredAlready { written, by } => {
                let mut by: Vec<String> = by.iter().map(|path| format!("`{path}`")).collect();
                if by.len() > MAX_LISTED {
                    let more = by.split_off(MAX_LISTED).len();
                    by.push(format!("{more} more"));
                }
                write!(
                    f,
                    "what is seen by the locator \"{}\" is declared already: {}",
                    shortened(written),
                    list_words(&by, "and")
                )
            }
            Self::MayBeDeclared { written } => write!(
                f,
                "what is seen by the locator \"{}\" may be declared where something could not be read; fix that first (soclint check)",
                shortened(written)
            ),
            Self::AdoptUnattended { entries } => write!(
                f,
                "nothing was written: {entries} {} to be written, and there is no terminal to ask in; use --yes to write, or --dry-run to print the patch",
                if *entries == 1 { "entry is" } else { "entries are" }
            ),
            Self::FragmentAmongServices { at } => write!(
                f,
                "argument {at} is `-`, which reads standard input in place of an estate: name it alone"
            ),
            Self::Matrix { path, why } => write!(f, "{} cannot be imported: {why}", path.display()),
            Self::OutsideEstate { dir, root } => {
                write!(f, "{} is not in the estate of {}", dir.display(), root.display())
            }
        }
    }
}

impl std::error::Error for Usage {}

fn unknown_owner(f: &mut fmt::Formatter<'_>, name: &str, near: Option<&str>, known: &[String]) -> fmt::Result {
    write!(f, "there is no owner `{name}`")?;
    match near {
        Some(near) => write!(f, "; did you mean `{near}`?"),
        None if known.is_empty() => f.write_str(": the estate declares no owner"),
        None => write!(f, "; the estate has {}", listed(known)),
    }
}

/// "`a`, `b` and 3 more".
fn listed(names: &[String]) -> String {
    let mut listed: Vec<String> = names.iter().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
    if names.len() > MAX_LISTED {
        listed.push(format!("{} more", names.len() - MAX_LISTED));
    }
    match listed.is_empty() {
        true => "none".to_owned(),
        false => list_words(&listed, "and"),
    }
}
