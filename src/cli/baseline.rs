//! `soclint baseline`.

use super::args::{EstateArgs, parse_date};
use super::estate::{self, Opened};
use super::failure::{Failure, Usage};
use super::{CLEAN, output, target};
use crate::render;
use crate::rules;
use crate::triage::{self, Baseline, BaselineState, Choice, Outcome};
use crate::workspace;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Where a baseline is looked for, from the root, when none is named.
const DEFAULT: &str = "soclint-baseline.toml";

#[derive(Args, Debug)]
pub struct BaselineArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Record current findings, so that `check --baseline` shows only new ones.
    Write(WriteArgs),
    /// Remove resolved entries.
    Prune(FileArgs),
    /// List the baseline's entries, and which of them are resolved.
    Show(ShowArgs),
}

#[derive(Args, Debug)]
struct FileArgs {
    /// The baseline file; soclint-baseline.toml in the root if not given.
    file: Option<PathBuf>,

    #[command(flatten)]
    estate: EstateArgs,
}

#[derive(Args, Debug)]
struct WriteArgs {
    /// The last day (inclusive) on which the baseline applies; that of the existing baseline if not given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    until: Option<Date>,

    #[command(flatten)]
    of: FileArgs,
}

#[derive(Args, Debug)]
struct ShowArgs {
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    #[command(flatten)]
    of: FileArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

impl BaselineArgs {
    pub fn is_json(&self) -> bool {
        matches!(&self.action, Action::Show(args) if args.format == Format::Json)
    }
}

pub fn run(args: &BaselineArgs) -> Result<u8, Failure> {
    match &args.action {
        Action::Write(args) => write(args, &estate::open(&args.of.estate, &[])?),
        Action::Prune(args) => prune(args, &estate::open(&args.estate, &[])?),
        Action::Show(args) => show(args, &estate::open(&args.of.estate, &[])?),
    }
}

impl FileArgs {
    fn path(&self, opened: &Opened) -> PathBuf {
        match &self.file {
            Some(file) => opened.working.join(file),
            None => opened.root().dir.join(DEFAULT),
        }
    }
}

fn look(opened: &Opened, baseline: Option<&Baseline>) -> Outcome {
    let outcome = opened.linked().outcome(&Choice::default(), baseline);
    opened.progress.finish();
    outcome
}

fn write(args: &WriteArgs, opened: &Opened) -> Result<u8, Failure> {
    let path = args.of.path(opened);
    target::check(&path, opened)?;
    let before = match path.symlink_metadata() {
        Ok(_) => Some(estate::read_baseline(opened.root(), &path)?),
        Err(_) => None,
    };
    let bound = opened.settings().baseline_until();
    if let (Some(until), Some(bound)) = (args.until, bound)
        && until > bound.value.0
    {
        return Err(Usage::BaselineTooLong { bound: bound.value }.into());
    }
    let outcome = look(opened, None);
    if outcome
        .findings
        .iter()
        .any(|finding| rules::is_reading_error(finding.rule))
    {
        return Err(Failure::Unread {
            consequence: format!(
                " completely, so it is unknown which findings to adopt and which entries are resolved; fix them first (soclint check), then write {} again",
                workspace::shown_from(opened.root(), &path)
            ),
        });
    }
    let mut baseline = Baseline::of(&triage::adoptable(&outcome, opened.settings()), opened.sources());
    baseline.estate = estate::place(opened.root());
    baseline.until = args.until.or(before.as_ref().and_then(|before| before.until));
    baseline = baseline.bounded_by(bound.map(|bound| bound.value.0));
    if baseline.is_over(opened.as_of) {
        let as_of = opened.as_of;
        return Err(Usage::BaselineIsOver { as_of }.into());
    }
    output::write_file(&path, &baseline.text()?)?;
    let left = outcome.findings.iter();
    let left = left.filter(|finding| !triage::can_be_adopted(finding.rule, opened.settings()));
    let left = left.count();
    output::print(&render::baseline_written(
        &workspace::shown_from(opened.root(), &path),
        &baseline,
        before.as_ref(),
        left,
    ))?;
    Ok(CLEAN)
}

fn prune(args: &FileArgs, opened: &Opened) -> Result<u8, Failure> {
    let path = args.path(opened);
    target::check(&path, opened)?;
    let mut baseline = estate::read_baseline(opened.root(), &path)?;
    let until = baseline.until.take();
    let resolved = resolved(&look(opened, Some(&baseline)))?;
    let pruned: usize = resolved.values().sum();
    for (key, count) in resolved {
        if let Some(known) = baseline.entries.get_mut(&key) {
            *known -= count.min(*known);
        }
    }
    baseline.entries.retain(|_, count| *count > 0);
    baseline.until = until;
    if pruned > 0 {
        output::write_file(&path, &baseline.text()?)?;
    }
    output::print(&render::baseline_pruned(
        &workspace::shown_from(opened.root(), &path),
        pruned,
        baseline.findings(),
    ))?;
    Ok(CLEAN)
}

/// The entries that are certainly resolved.
fn resolved(outcome: &Outcome) -> Result<std::collections::BTreeMap<triage::Key, usize>, Failure> {
    match &outcome.baseline {
        Some(BaselineState {
            resolved: Some(resolved),
            ..
        }) => Ok(resolved.clone()),
        _ => Err(Failure::Unread {
            consequence: ", and may have what seems to be resolved; fix them first (soclint check)".to_owned(),
        }),
    }
}

fn show(args: &ShowArgs, opened: &Opened) -> Result<u8, Failure> {
    let baseline = estate::read_baseline(opened.root(), &args.of.path(opened))?;
    let forever = Baseline {
        until: None,
        ..baseline.clone()
    };
    let outcome = look(opened, Some(&forever));
    let resolved = outcome.baseline.as_ref().and_then(|state| state.resolved.as_ref());
    output::print(&match args.format {
        Format::Table => render::baseline_table(&baseline, resolved, opened.as_of),
        Format::Json => render::baseline_json(&baseline, resolved, opened.as_of),
    })?;
    Ok(CLEAN)
}
