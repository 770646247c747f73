//! `soclint inventory`.

use super::args::EstateArgs;
use super::estate::{self, Needs};
use super::failure::Failure;
use super::{CLEAN, FINDINGS, output};
use crate::estate::SeenRef;
use crate::{render, rules, views};
use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub struct InventoryArgs {
    /// Also list what is seen and does not have to be declared.
    #[arg(long)]
    all: bool,

    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,

    #[command(flatten)]
    estate: EstateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
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
    let linked = opened.linked();
    let is_ignored = |thing: SeenRef<'_, '_>| rules::is_ignored(opened.settings(), thing);
    let inventory = views::inventory(&linked.estate, opened.sources(), is_ignored, args.all);
    opened.progress.finish();
    output::print(&match args.format {
        Format::Json => render::inventory_json(&inventory, opened.sources(), opened.as_of),
    })?;
    Ok(if inventory.incomplete.is_empty() {
        CLEAN
    } else {
        FINDINGS
    })
}
