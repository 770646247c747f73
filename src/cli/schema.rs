//! `soclint schema`.

use super::failure::Failure;
use super::{CLEAN, output};
use crate::reference::schema;
use crate::render;
use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub struct SchemaArgs {
    /// Which file's schema.
    of: SchemaOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SchemaOf {
    Manifest,
    Config,
    /// What `soclint inventory --format json` prints.
    Inventory,
    /// What `soclint matrix --format json` prints.
    Matrix,
    /// What `soclint compare --format json` prints.
    Compare,
    /// What it prints of a period.
    ComparePeriod,
    /// What `soclint advise --format json` prints.
    Advice,
    /// What `soclint timeline --format json` prints.
    Timeline,
    /// What `soclint timeline --plan .. --format json` prints.
    TimelinePlan,
}

pub fn run(args: &SchemaArgs) -> Result<u8, Failure> {
    output::print(&match args.of {
        SchemaOf::Manifest => schema::manifest(),
        SchemaOf::Config => schema::config(),
        SchemaOf::Inventory => render::inventory_schema(),
        SchemaOf::Matrix => render::matrix_schema(),
        SchemaOf::Compare => render::comparison_schema(),
        SchemaOf::ComparePeriod => render::period_schema(),
        SchemaOf::Advice => render::advice_schema(),
        SchemaOf::Timeline => render::timeline_schema(),
        SchemaOf::TimelinePlan => render::plan_schema(),
    })?;
    Ok(CLEAN)
}
