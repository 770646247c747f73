//! What the tables of `soclint inventory` and `soclint matrix` hold: the chapter about their columns, and the schema of their JSON.

use crate::views::{CONTROL_COLUMNS, COVERAGE_COLUMNS, Column, Holds, Listed, VENDOR_COLUMNS, Word, matters};
use serde_json::{Map, Value, json};
use std::fmt::Write;

const INTRO: &str = "\
# Columns of the inventory and of the matrices

What `soclint inventory` and `soclint matrix` list, table by table. [The inventory](inventory.md) and [the matrices](matrix.md)
say how to read them. A key without a value is left out of JSON, but for lists, which are empty then; what is stated and could
not be read is `unknown`.
";
/// Of `soclint matrix`: its tables in JSON, and their columns.
const MATRICES: [(&str, &[Column]); 3] = [
    ("coverage", COVERAGE_COLUMNS),
    ("controls", CONTROL_COLUMNS),
    ("vendors", VENDOR_COLUMNS),
];

/// `docs/columns.md`.
pub fn markdown() -> String {
    let mut out = INTRO.to_owned();
    for listed in Listed::ALL {
        let _ = write!(out, "\n## `{}`\n\n", listed.as_str());
        table(&mut out, listed.columns());
    }
    out.push_str("\n## Which rules each matter rests on\n\n| column | rules |\n| --- | --- |\n");
    for matter in matters() {
        let rules: Vec<String> = matter.rules.iter().map(|rule| format!("`{rule}`")).collect();
        let _ = writeln!(out, "| `{}` | {} |", matter.key, rules.join(", "));
    }
    for (name, columns) in MATRICES {
        let _ = write!(out, "\n## `matrix {name}`\n\n");
        table(&mut out, columns);
        for column in columns {
            if let Holds::Parts(parts) = column.holds {
                let _ = write!(out, "\nEach of its `{}` in JSON:\n\n", column.key);
                table(&mut out, parts);
            }
        }
    }
    out
}

fn table(out: &mut String, columns: &[Column]) {
    out.push_str("| key | holds | what it is |\n| --- | --- | --- |\n");
    for column in columns {
        let _ = writeln!(out, "| `{}` | {} | {} |", column.key, holds(column.holds), column.about);
    }
}

const fn holds(holds: Holds) -> &'static str {
    match holds {
        Holds::Text => "text",
        Holds::List => "list",
        Holds::Day => "day",
        Holds::Count => "count",
        Holds::Standing => "a word",
        Holds::Places => "places",
        Holds::OneOf(_) => "a word",
        Holds::Parts(_) => "things",
    }
}

/// The schema of the JSON of every table of the inventory.
pub fn inventory_schema() -> String {
    let tables = Listed::ALL.map(|listed| (listed.as_str(), listed.columns()));
    schema("inventory", &tables, false)
}

/// That of the matrices.
pub fn matrix_schema() -> String {
    schema("matrix", &MATRICES, true)
}

fn schema(name: &str, tables: &[(&str, &[Column])], says_about: bool) -> String {
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
    let mut required = vec!["version", "as-of", "incomplete", "notes"];
    if says_about {
        properties.insert(
            "about".to_owned(),
            json!({ "type": "array", "items": { "type": "string" }, "description": "What it is about and what its words mean, in sentences." }),
        );
        required.push("about");
    }
    properties.extend(
        tables
            .iter()
            .map(|(table, columns)| ((*table).to_owned(), rows(columns))),
    );
    let one_table: Vec<Value> = tables.iter().map(|(table, _)| json!({ "required": [table] })).collect();
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": crate::reference::schema::address(name),
        "title": format!("soclint {name}"),
        "type": "object",
        "properties": properties,
        "required": required,
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
    let is_always_there = |column: &Column| {
        let is_word = matches!(column.holds, Holds::Standing | Holds::OneOf(_));
        column.holds.is_list() || is_word || column.key == "subject"
    };
    let required: Vec<&str> = columns
        .iter()
        .filter(|column| is_always_there(column))
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
        Holds::Count => json!({ "type": "integer", "minimum": 0 }),
        Holds::Standing => json!({ "enum": Word::ALL.map(Word::as_str) }),
        Holds::Places => json!({ "type": "array", "items": { "$ref": "#/$defs/place" } }),
        Holds::OneOf(words) => json!({ "enum": words }),
        Holds::Parts(columns) => rows(columns),
    };
    if let Value::Object(object) = &mut property {
        object.insert("description".to_owned(), column.about.into());
    }
    property
}
