//! `soclint schema`.

use super::{CLEAN, output};
use crate::config::Config;
use crate::manifest::Manifest;
use clap::{Args, ValueEnum};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

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

pub fn run(args: &SchemaArgs) -> Result<u8, String> {
    let schema = match args.of {
        SchemaOf::Manifest => schema_of::<Manifest<'_>>("manifest"),
        SchemaOf::Config => schema_of::<Config<'_>>("config"),
    };
    let mut text = serde_json::to_string_pretty(&schema).map_err(|error| error.to_string())?;
    text.push('\n');
    output::print(&text)?;
    Ok(CLEAN)
}

/// Draft 7: what editors' TOML plugins read.
fn schema_of<T: JsonSchema>(name: &str) -> Schema {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    let id = format!("{}/blob/main/schemas/{name}.schema.json", env!("CARGO_PKG_REPOSITORY"));
    schema.insert("$id".to_owned(), id.into());
    schema
}
