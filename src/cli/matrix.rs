//! `soclint matrix`.

use super::args::{EstateArgs, OwnerArgs};
use super::estate::{self, Opened};
use super::failure::{Failure, Usage};
use super::owners;
use super::sheets::{self, Format, SheetArgs};
use crate::estate::{Estate, ReportRef};
use crate::model::NamespaceId;
use crate::render;
use crate::triage::Choice;
use crate::views::{Chosen, Judged, Sheet, live_reports};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct MatrixArgs {
    /// What to set against each other.
    #[arg(value_enum, default_value_t = Which::Coverage)]
    which: Which,

    /// With `controls`, the report whose matrix it is, as references name it; the only live one, if not given.
    #[arg(long, value_name = "REPORT")]
    report: Option<String>,

    /// Only what concerns this service (with `controls`, only the reports about it); repeatable.
    #[arg(long = "service", value_name = "SERVICE", value_delimiter = ',')]
    services: Vec<String>,

    /// Only what this owner owns; repeatable.
    #[arg(long = "owner", value_name = "OWNER", value_delimiter = ',')]
    owners: Vec<String>,

    /// Suppress the findings of a baseline: they are listed as adopted.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    #[command(flatten)]
    sheet: SheetArgs,

    #[command(flatten)]
    estate: EstateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Services against reports and certificates.
    Coverage,
    /// Objectives or criteria of a report against its controls and their evidence.
    Controls,
    /// Third parties against what relies on them, and days of ours against their reports.
    Vendors,
}

impl Which {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Controls => "controls",
            Self::Vendors => "vendors",
        }
    }
}

impl MatrixArgs {
    pub fn is_json(&self) -> bool {
        self.sheet.is_json()
    }

    /// What was asked for, as it would be asked for again, whatever the machine.
    fn command(&self, as_of: Date) -> String {
        let mut words = vec![format!("soclint matrix {}", self.which.as_str())];
        words.extend(self.report.iter().map(|report| format!("--report {report}")));
        words.extend(self.services.iter().map(|service| format!("--service {service}")));
        words.extend(self.owners.iter().map(|owner| format!("--owner {owner}")));
        if self.baseline.is_some() {
            words.push("--baseline ..".to_owned());
        }
        words.push(format!("--as-of {as_of}"));
        words.join(" ")
    }
}

pub fn run(args: &MatrixArgs) -> Result<u8, Failure> {
    if args.report.is_some() && args.which != Which::Controls {
        return Err(Usage::ReportOfOtherMatrix.into());
    }
    let opened = estate::open(&args.estate, &[])?;
    let destination = args.sheet.destination(&opened)?;
    let baseline = estate::baseline(&opened, args.baseline.as_deref())?;
    let linked = opened.linked();
    let chosen = chosen(args, &opened, &linked.estate)?;
    let outcome = linked.outcome(&Choice::default(), baseline.as_ref());
    let judged = Judged::new(&linked.estate, opened.sources(), opened.settings(), &outcome);
    let sheet = match args.which {
        Which::Coverage => coverage(args, &judged, &chosen),
        Which::Controls => {
            let report = report(&linked.estate, args.report.as_deref(), &chosen.services)?;
            judged.control_matrix(report, &chosen)
        }
        Which::Vendors => judged.vendors(&chosen),
    };
    opened.progress.finish();
    args.sheet
        .write(&sheet, &destination, &opened, &args.command(opened.as_of))
}

/// In the shape that the format has room for.
fn coverage(args: &MatrixArgs, judged: &Judged<'_, '_>, chosen: &Chosen) -> Sheet {
    let coverage = judged.coverage(chosen);
    match args.sheet.format() {
        Format::Json => coverage.nested(),
        Format::Csv => coverage.pairs(),
        Format::Markdown | Format::Xlsx => coverage.grid(true),
        Format::Table => {
            let grid = coverage.grid(false);
            let fits = args.sheet.is_wide() || render::sheet_width(&grid, judged.sources) <= args.sheet.room();
            if fits { grid } else { coverage.listing() }
        }
    }
}

fn chosen(args: &MatrixArgs, opened: &Opened, estate: &Estate<'_>) -> Result<Chosen, Failure> {
    let owners = OwnerArgs {
        owners: args.owners.clone(),
    };
    let services = args.services.iter().map(|name| sheets::service(estate, name));
    Ok(Chosen {
        owners: owners::called(&owners, estate, opened.settings())?,
        services: services.collect::<Result<BTreeSet<String>, Usage>>()?,
    })
}

/// The report that is named, or the only live one.
fn report<'e, 'a>(
    estate: &'e Estate<'a>,
    name: Option<&str>,
    services: &BTreeSet<String>,
) -> Result<ReportRef<'e, 'a>, Usage> {
    let named = |reports: &[ReportRef<'_, '_>]| -> Vec<String> {
        let reports = reports.iter();
        reports.map(|report| report.name().to_string()).collect()
    };
    let Some(name) = name else {
        let live = live_reports(estate, services);
        return match live.as_slice() {
            [only] => Ok(*only),
            several => Err(Usage::WhichReport { live: named(several) }),
        };
    };
    let assurance = estate.assurance_named(NamespaceId::UNNAMED, name);
    if let Some(report) = assurance.and_then(crate::estate::AssuranceRef::as_report) {
        return Ok(report);
    }
    let all: Vec<ReportRef<'_, '_>> = estate.reports().collect();
    Err(Usage::UnknownReport {
        name: name.to_owned(),
        is_certificate: assurance.is_some(),
        near: sheets::near(name, &named(&all)),
        live: named(&live_reports(estate, services)),
    })
}
