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
    output::print(&match args.of {
        SchemaOf::Manifest => manifest()?,
        SchemaOf::Config => config()?,
    })?;
    Ok(CLEAN)
}

/// The schema of manifests.
pub fn manifest() -> Result<String, OutputError> {
    text(&schema::manifest())
}

/// The schema of the config.
pub fn config() -> Result<String, OutputError> {
    text(&schema::config())
}

fn text(schema: &Schema) -> Result<String, OutputError> {
    let mut text = serde_json::to_string_pretty(schema).map_err(OutputError::Render)?;
    text.push('\n');
    Ok(text)
}
