//! `soclint waivers`.

use super::args::{EstateArgs, OwnerArgs, parse_duration};
use super::estate::{self, Opened};
use super::failure::Failure;
use super::{CLEAN, output, owners};
use crate::calendar;
use crate::model::Duration;
use crate::render;
use crate::session::Linked;
use crate::triage::{self, Choice, Named, Waiver};
use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub struct WaiversArgs {
    /// Only those that expire by then, or have expired: 30d, 8w, 3mo.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    expiring: Option<Duration>,

    /// List exemptions instead: declarations that exempt from a rule, such as `exclusion` or `rotation.mode`.
    #[arg(long)]
    exemptions: bool,

    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    #[command(flatten)]
    owner: OwnerArgs,

    #[command(flatten)]
    estate: EstateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

impl WaiversArgs {
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub fn run(args: &WaiversArgs) -> Result<u8, Failure> {
    listed(args, &estate::open(&args.estate, &[])?)
}

fn exempt(args: &WaiversArgs, opened: &Opened, linked: &Linked<'_>, named: &Named) -> Result<u8, Failure> {
    let as_of = opened.as_of;
    let until = args.expiring.map(|expiring| calendar::plus(as_of, expiring));
    let mut exemptions = linked.estate.exemptions();
    exemptions.retain(|exemption| match (until, exemption.expires) {
        (None, _) => true,
        (Some(until), Some(day)) => day <= until,
        (Some(_), None) => false,
    });
    exemptions.retain(|exemption| named.have_owner(exemption.owner.as_deref()));
    opened.progress.finish();
    output::print(&match args.format {
        Format::Table => render::exemptions_table(&exemptions, opened.sources(), as_of),
        Format::Json => render::exemptions_json(&exemptions, opened.sources()),
    })?;
    Ok(CLEAN)
}

fn listed(args: &WaiversArgs, opened: &Opened) -> Result<u8, Failure> {
    let as_of = opened.as_of;
    let linked = opened.linked();
    let named = Named {
        files: None,
        owners: owners::called(&args.owner, &linked.estate, opened.settings())?,
    };
    if args.exemptions {
        return exempt(args, opened, &linked, &named);
    }
    let outcome = linked.outcome(&Choice::default(), None);
    opened.progress.finish();
    let until = args.expiring.map(|expiring| calendar::plus(as_of, expiring));
    let mut waivers: Vec<(usize, &Waiver)> = outcome
        .waivers
        .iter()
        .enumerate()
        .filter(|(_, waiver)| match (until, waiver.declared.expires) {
            (None, _) => true,
            (Some(until), Some((day, _))) => day <= until,
            (Some(_), None) => false,
        })
        .filter(|(_, waiver)| {
            let owner = triage::owner_of_waiver(&waiver.declared, &linked.estate);
            named.have_owner(owner.as_deref())
        })
        .collect();
    // The first to expire comes first; one without a date suppresses nothing now.
    waivers.sort_by_key(|(at, waiver)| (waiver.declared.expires.map(|(day, _)| day), *at));
    output::print(&match args.format {
        Format::Table => render::waivers_table(&waivers, &outcome, opened.sources(), as_of),
        Format::Json => render::waivers_json(&waivers, &outcome, opened.sources(), as_of),
    })?;
    Ok(CLEAN)
}
