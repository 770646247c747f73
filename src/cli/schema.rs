//! `soclint schema`.

use super::failure::{Failure, OutputError};
use super::{CLEAN, output};
use crate::reference::schema;
use clap::{Args, ValueEnum};
use schemars::Schema;

#[derive(Args, Debug)]
pub struct SchemaArgs {
    /// Which file's schema.
    of: SchemaOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SchemaOf {
    Manifest,
    Config,
}

pub fn run(args: &SchemaArgs) -> Result<u8, Failure> {
    let text = match args.of {
        SchemaOf::Manifest => manifest(),
        SchemaOf::Config => config(),
    };
    output::print(&text.map_err(OutputError::Render)?)?;
    Ok(CLEAN)
}

/// The schema of manifests.
pub fn manifest() -> serde_json::Result<String> {
    text(&schema::manifest())
}

/// The schema of the config.
pub fn config() -> serde_json::Result<String> {
    text(&schema::config())
}

fn text(schema: &Schema) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(schema)?;
    text.push('\n');
    Ok(text)
}
