//! `soclint inventory`.

use super::args::{EstateArgs, OwnerArgs};
use super::estate::{self, Needs, Opened};
use super::failure::{Failure, Usage};
use super::owners;
use super::sheets::{self, SheetArgs};
use crate::estate::Estate;
use crate::triage::Choice;
use crate::views::{Judged, Listed, Wanted};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
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

    #[command(flatten)]
    sheet: SheetArgs,

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

impl InventoryArgs {
    pub fn is_json(&self) -> bool {
        self.sheet.is_json()
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
    let destination = args.sheet.destination(&opened)?;
    let baseline = estate::baseline(&opened, args.baseline.as_deref())?;
    let linked = opened.linked();
    let wanted = wanted(args, &opened, &linked.estate)?;
    let outcome = linked.outcome(&Choice::default(), baseline.as_ref());
    let judged = Judged::new(&linked.estate, opened.sources(), opened.settings(), &outcome);
    let sheet = judged.list(args.table.listed(), &wanted);
    opened.progress.finish();
    args.sheet
        .write(&sheet, &destination, &opened, &args.command(opened.as_of))
}

fn wanted(args: &InventoryArgs, opened: &Opened, estate: &Estate<'_>) -> Result<Wanted, Failure> {
    let owners = OwnerArgs {
        owners: args.owners.clone(),
    };
    let services = args.services.iter().map(|name| sheets::service(estate, name));
    Ok(Wanted {
        owners: owners::called(&owners, estate, opened.settings())?,
        services: services.collect::<Result<BTreeSet<String>, Usage>>()?,
        open: args.open,
        undeclared: args.undeclared,
        all: args.all,
    })
}
