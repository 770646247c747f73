//! `soclint inventory`.

use super::args::{EstateArgs, OwnerArgs};
use super::destination::Destination;
use super::estate::{self, Needs, Opened};
use super::failure::{Failure, Usage};
use super::output::Content;
use super::terminal::{Stream, width};
use super::{CLEAN, FINDINGS, owners};
use crate::estate::Estate;
use crate::model::{NamespaceId, SourceKind, nearest};
use crate::triage::Choice;
use crate::views::{Judged, Listed, Made, Making, Sheet, Wanted};
use crate::{render, views};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
pub struct InventoryArgs {
    /// What to list.
    #[arg(value_enum, default_value_t = Table::Identities)]
    table: Table,

    /// Also list what is seen and does not have to be declared, and humans.
    #[arg(long)]
    all: bool,

    /// Only identities that are seen and not declared.
    #[arg(long)]
    undeclared: bool,

    /// Only those about which a finding is reported.
    #[arg(long)]
    open: bool,

    /// Only what concerns this service; repeatable.
    #[arg(long = "service", value_name = "SERVICE", value_delimiter = ',')]
    services: Vec<String>,

    /// Only what this owner owns; repeatable.
    #[arg(long = "owner", value_name = "OWNER", value_delimiter = ',')]
    owners: Vec<String>,

    /// Suppress the findings of a baseline: they are listed as adopted.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Output format; that of the ending of --output, or a table, if not given.
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Where to write, instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// In a terminal or in Markdown, show every column in full.
    #[arg(long)]
    wide: bool,

    #[command(flatten)]
    estate: EstateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    Identities,
    Services,
    /// Reports and certificates.
    Reports,
    ThirdParties,
    Controls,
    Evidence,
    Data,
}

impl Table {
    const fn listed(self) -> Listed {
        match self {
            Self::Identities => Listed::Identities,
            Self::Services => Listed::Services,
            Self::Reports => Listed::Reports,
            Self::ThirdParties => Listed::ThirdParties,
            Self::Controls => Listed::Controls,
            Self::Evidence => Listed::Evidence,
            Self::Data => Listed::Data,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
    Markdown,
    Xlsx,
}

impl Format {
    /// What the ending of a file's name asks for.
    fn of_file(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "md" => Some(Self::Markdown),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

impl InventoryArgs {
    pub fn is_json(&self) -> bool {
        self.format() == Format::Json
    }

    fn format(&self) -> Format {
        let of_file = || Format::of_file(self.output.as_deref()?);
        self.format.or_else(of_file).unwrap_or(Format::Table)
    }

    /// What was asked for, as it would be asked for again, whatever the machine.
    fn command(&self, as_of: Date) -> String {
        let mut words = vec!["soclint inventory".to_owned(), self.table.listed().as_str().to_owned()];
        let flags = [
            (self.all, "--all"),
            (self.undeclared, "--undeclared"),
            (self.open, "--open"),
        ];
        words.extend(
            flags
                .into_iter()
                .filter(|(set, _)| *set)
                .map(|(_, flag)| flag.to_owned()),
        );
        words.extend(self.services.iter().map(|service| format!("--service {service}")));
        words.extend(self.owners.iter().map(|owner| format!("--owner {owner}")));
        if self.baseline.is_some() {
            words.push("--baseline ..".to_owned());
        }
        words.push(format!("--as-of {as_of}"));
        words.join(" ")
    }
}

pub fn run(args: &InventoryArgs) -> Result<u8, Failure> {
    let needs = Needs {
        manifests: false,
        discovery: true,
    };
    let opened = estate::open_with(&args.estate, &[], needs)?;
    let format = args.format();
    let destination = Destination::of(args.output.as_deref(), format != Format::Xlsx, &opened)?;
    let baseline = estate::baseline(&opened, args.baseline.as_deref())?;
    let linked = opened.linked();
    let wanted = wanted(args, &opened, &linked.estate)?;
    let outcome = linked.outcome(&Choice::default(), baseline.as_ref());
    let judged = Judged::new(&linked.estate, opened.sources(), opened.settings(), &outcome);
    let sheet = judged.list(args.table.listed(), &wanted);
    opened.progress.finish();
    let sources = opened.sources();
    let text = match format {
        Format::Json => render::sheet_json(&sheet, sources, opened.as_of),
        Format::Markdown => render::sheet_markdown(&sheet, sources, opened.as_of, args.wide),
        Format::Table => render::sheet_table(&sheet, sources, room(args), is_wide(args)),
        Format::Csv => {
            destination.write(Content::Bytes(&render::sheet_csv(&sheet, sources)?))?;
            return Ok(status(&sheet));
        }
        Format::Xlsx => {
            let csv = render::sheet_csv(&sheet, sources)?;
            let bytes = render::sheet_xlsx(&sheet, sources, &made(args, &opened, &sheet, &csv), opened.as_of)?;
            destination.write(Content::Bytes(&bytes))?;
            return Ok(status(&sheet));
        }
    };
    destination.write(Content::Text(&text))?;
    Ok(status(&sheet))
}

/// How wide a table may be.
fn room(args: &InventoryArgs) -> usize {
    if args.output.is_none() && std::io::stdout().is_terminal() {
        width(Stream::Stdout)
    } else {
        usize::MAX
    }
}

/// Nothing is cut where no terminal is to be fitted.
fn is_wide(args: &InventoryArgs) -> bool {
    args.wide || room(args) == usize::MAX
}

fn made(args: &InventoryArgs, opened: &Opened, sheet: &Sheet, csv: &[u8]) -> Made {
    let (on, _) = opened.settings().discovered_sources();
    let off = SourceKind::ALL.iter().filter(|kind| !on.contains(kind));
    let off: Vec<&'static str> = off.map(|kind| kind.as_str()).collect();
    let making = Making {
        command: &args.command(opened.as_of),
        as_of: opened.as_of,
        root: opened.root(),
        sources: opened.sources(),
        sources_off: &off,
        csv,
    };
    views::made(making, sheet)
}

fn status(sheet: &Sheet) -> u8 {
    if sheet.incomplete.is_empty() { CLEAN } else { FINDINGS }
}

fn wanted(args: &InventoryArgs, opened: &Opened, estate: &Estate<'_>) -> Result<Wanted, Failure> {
    let owners = OwnerArgs {
        owners: args.owners.clone(),
    };
    let services = args.services.iter().map(|name| service(estate, name));
    Ok(Wanted {
        owners: owners::called(&owners, estate, opened.settings())?,
        services: services.collect::<Result<BTreeSet<String>, Usage>>()?,
        open: args.open,
        undeclared: args.undeclared,
        all: args.all,
    })
}

/// The path of a service that was named.
fn service(estate: &Estate<'_>, name: &str) -> Result<String, Usage> {
    if let Some(service) = estate.service_named(NamespaceId::UNNAMED, name) {
        return Ok(service.path());
    }
    let names: Vec<String> = estate.services().map(|service| service.name().to_string()).collect();
    let names = || names.iter().map(String::as_str);
    let id = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let elsewhere = names().find(|known| id(known) == id(name));
    Err(Usage::UnknownService {
        name: name.to_owned(),
        near: elsewhere.or_else(|| nearest(name, names())).map(str::to_owned),
    })
}
