//! `soclint inventory`.

use super::args::{EstateArgs, OwnerArgs};
use super::estate::{self, Needs, Opened};
use super::failure::{Failure, Usage};
use super::{CLEAN, FINDINGS, output, owners};
use crate::estate::Estate;
use crate::model::{NamespaceId, nearest};
use crate::render;
use crate::triage::Choice;
use crate::views::{Judged, Listed, Wanted};
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::path::PathBuf;

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

    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

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
}

impl InventoryArgs {
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub fn run(args: &InventoryArgs) -> Result<u8, Failure> {
    let needs = Needs {
        manifests: false,
        discovery: true,
    };
    let opened = estate::open_with(&args.estate, &[], needs)?;
    let baseline = estate::baseline(&opened, args.baseline.as_deref())?;
    let linked = opened.linked();
    let wanted = wanted(args, &opened, &linked.estate)?;
    let outcome = linked.outcome(&Choice::default(), baseline.as_ref());
    let judged = Judged::new(&linked.estate, opened.sources(), opened.settings(), &outcome);
    let sheet = judged.list(args.table.listed(), &wanted);
    opened.progress.finish();
    output::print(&match args.format {
        Format::Json | Format::Table => render::sheet_json(&sheet, opened.sources(), opened.as_of),
    })?;
    Ok(if sheet.incomplete.is_empty() { CLEAN } else { FINDINGS })
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
