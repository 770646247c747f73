//! `soclint forecast`.

use super::args::{EstateArgs, OwnerArgs, parse_date};
use super::estate::{self, Opened};
use super::failure::{Failure, Usage};
use super::{CLEAN, output, owners};
use crate::render;
use crate::triage::{Choice, Named};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct ForecastArgs {
    /// The last day (inclusive).
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    until: Date,

    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    /// Leave out what the baseline suppresses.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    #[command(flatten)]
    owner: OwnerArgs,

    #[command(flatten)]
    estate: EstateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Markdown,
    /// A calendar to import, with an all-day event for each finding.
    Ics,
}

impl ForecastArgs {
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub fn run(args: &ForecastArgs) -> Result<u8, Failure> {
    forecast(args, &estate::open(&args.estate, &[])?)
}

fn forecast(args: &ForecastArgs, opened: &Opened) -> Result<u8, Failure> {
    let as_of = opened.as_of;
    if args.until < as_of {
        return Err(Usage::UntilBeforeAsOf {
            until: args.until,
            as_of,
        }
        .into());
    }
    let baseline = args.baseline.as_ref();
    let baseline = baseline
        .map(|file| estate::read_baseline(opened.root(), &opened.working.join(file)))
        .map(|read| {
            let bound = opened.settings().baseline_until().map(|bound| bound.value.0);
            read.map(|baseline| baseline.bounded_by(bound))
        })
        .transpose()?;
    let mut linked = opened.linked();
    let owners = owners::called(&args.owner, &linked.estate, opened.settings())?;
    let named = Named { files: None, owners };
    let choice = Choice {
        named: Some(named).filter(|named| !named.owners.is_empty()),
        ..Choice::default()
    };
    opened.progress.now("looking for upcoming findings");
    let (_, upcoming) = linked.outcome_and_upcoming(&choice, baseline.as_ref(), args.until);
    opened.progress.finish();
    let links = estate::links(opened.root());
    let forecast = render::Forecast {
        sources: opened.sources(),
        upcoming: &upcoming,
        as_of,
        until: args.until,
        prefix: &estate::prefix(opened.root()),
        links: links.as_ref(),
    };
    output::print(&match args.format {
        Format::Table => forecast.table(),
        Format::Json => forecast.json(),
        Format::Markdown => forecast.markdown(),
        Format::Ics => forecast.ics(),
    })?;
    Ok(CLEAN)
}
