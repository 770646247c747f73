//! What the tables of `soclint inventory` hold: the chapter about their columns, and the schema of their JSON.

use crate::views::{Column, Holds, Listed, Word, matters};
use serde_json::{Map, Value, json};
use std::fmt::Write;

const INTRO: &str = "\
# Columns of the inventory

What `soclint inventory` lists, table by table. [The inventory](inventory.md) says how to read it. A key without a value is left
out of JSON, but for lists, which are empty then; what is stated and could not be read is `unknown`.
";

/// `docs/columns.md`.
pub fn markdown() -> String {
    let mut out = INTRO.to_owned();
    for listed in Listed::ALL {
        let _ = write!(
            out,
            "\n## `{}`\n\n| key | holds | what it is |\n| --- | --- | --- |\n",
            listed.as_str()
        );
        for column in listed.columns() {
            let _ = writeln!(out, "| `{}` | {} | {} |", column.key, holds(column.holds), column.about);
        }
    }
    out.push_str("\n## Which rules each matter rests on\n\n| column | rules |\n| --- | --- |\n");
    for matter in matters() {
        let rules: Vec<String> = matter.rules.iter().map(|rule| format!("`{rule}`")).collect();
        let _ = writeln!(out, "| `{}` | {} |", matter.key, rules.join(", "));
    }
    out
}

const fn holds(holds: Holds) -> &'static str {
    match holds {
        Holds::Text => "text",
        Holds::List => "list",
        Holds::Day => "day",
        Holds::Count => "count",
        Holds::Standing => "a word",
        Holds::Places => "places",
    }
}

/// The schema of the JSON of every table.
pub fn schema() -> String {
    let tables = Listed::ALL.map(|listed| (listed.as_str().to_owned(), rows(listed.columns())));
    let mut properties = Map::from_iter([
        ("version".to_owned(), json!({ "const": 1 })),
        (
            "as-of".to_owned(),
            json!({ "type": "string", "format": "date", "description": "The day as of which the estate was judged." }),
        ),
        (
            "incomplete".to_owned(),
            json!({ "type": "array", "items": { "type": "string" }, "description": "Files that could not be read, or not as a whole: what they hold is missing." }),
        ),
        (
            "notes".to_owned(),
            json!({ "type": "array", "items": { "type": "string" }, "description": "What was left out on purpose, in sentences." }),
        ),
    ]);
    properties.extend(tables);
    let one_table = Listed::ALL.map(|listed| json!({ "required": [listed.as_str()] }));
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": crate::reference::schema::address("inventory"),
        "title": "soclint inventory",
        "type": "object",
        "properties": properties,
        "required": ["version", "as-of", "incomplete", "notes"],
        "oneOf": one_table,
        "$defs": {
            "place": {
                "type": "object",
                "description": "Lines and columns count from 1; columns in Unicode code points.",
                "properties": {
                    "file": { "type": "string" },
                    "line": { "type": "integer", "minimum": 1 },
                    "column": { "type": "integer", "minimum": 1 },
                    "locator": { "type": "string", "description": "Of a place at which something is seen, its locator there." },
                },
                "required": ["file", "line", "column"],
            },
        },
    });
    super::json_text(&document)
}

fn rows(columns: &[Column]) -> Value {
    let properties: Map<String, Value> = columns
        .iter()
        .map(|column| (column.key.to_owned(), property(column)))
        .collect();
    let required: Vec<&str> = columns
        .iter()
        .filter(|column| column.holds.is_list() || column.holds == Holds::Standing || column.key == "subject")
        .map(|column| column.key)
        .collect();
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": true,
        },
    })
}

fn property(column: &Column) -> Value {
    let mut property = match column.holds {
        Holds::Text => json!({ "type": "string" }),
        Holds::List => json!({ "type": "array", "items": { "type": "string" } }),
        Holds::Day => json!({ "anyOf": [{ "type": "string", "format": "date" }, { "const": "unknown" }] }),
        Holds::Count => json!({ "type": "integer", "minimum": 1 }),
        Holds::Standing => json!({ "enum": Word::ALL.map(Word::as_str) }),
        Holds::Places => json!({ "type": "array", "items": { "$ref": "#/$defs/place" } }),
    };
    if let Value::Object(object) = &mut property {
        object.insert("description".to_owned(), column.about.into());
    }
    property
}
