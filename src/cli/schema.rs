//! `soclint schema`.

use super::{CLEAN, output};
use crate::config::Config;
use crate::manifest::Manifest;
use crate::rules;
use clap::{Args, ValueEnum};
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::json;

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
        SchemaOf::Config => with_rule_names(schema_of::<Config<'_>>("config")),
    };
    let mut text = serde_json::to_string_pretty(&schema).map_err(|error| error.to_string())?;
    text.push('\n');
    output::print(&text)?;
    Ok(CLEAN)
}

/// The config itself does not know which rules there are.
fn with_rule_names(mut schema: Schema) -> Schema {
    let names: Vec<&str> = rules::all().map(|rule| rule.name).collect();
    if let Some(table) = schema
        .pointer_mut("/properties/rules")
        .and_then(|table| table.as_object_mut())
    {
        table.insert("propertyNames".to_owned(), json!({ "enum": names }));
        let severity = json!({ "$ref": "#/definitions/Level" });
        let setting = json!({ "$ref": "#/definitions/RuleSetting" });
        table.insert(
            "additionalProperties".to_owned(),
            json!({ "anyOf": [severity, setting] }),
        );
    }
    schema
}

/// Draft 7: what editors' TOML plugins read.
fn schema_of<T: JsonSchema>(name: &str) -> Schema {
    let settings = SchemaSettings::draft07().with_transform(RecursiveTransform(any_of_one));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    let id = format!("{}/blob/main/schemas/{name}.schema.json", env!("CARGO_PKG_REPOSITORY"));
    schema.insert("$id".to_owned(), id.into());
    schema
}

/// Taplo's language server, which Even Better TOML runs, never comes back from completing under an `allOf`. Of one
/// schema, `anyOf` says the same.
fn any_of_one(schema: &mut Schema) {
    let is_one = |all: &serde_json::Value| all.as_array().is_some_and(|all| all.len() == 1);
    if schema.get("allOf").is_some_and(is_one)
        && schema.get("anyOf").is_none()
        && let Some(one) = schema.remove("allOf")
    {
        schema.insert("anyOf".to_owned(), one);
    }
}
