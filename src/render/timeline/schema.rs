//! The schema of the JSON.

use crate::views::{Stage, What};
use serde_json::{Value, json};

pub fn schema() -> String {
    let day = |about: &str| json!({ "type": "string", "format": "date", "description": about });
    let text = |about: &str| json!({ "type": "string", "description": about });
    let texts = |about: &str| json!({ "type": "array", "items": { "type": "string" }, "description": about });
    let entry = json!({
        "type": "object",
        "properties": {
            "what": { "enum": What::ALL.map(What::as_str), "description": "What it is." },
            "subject": text("The path by which findings, waivers and baselines name what it is about."),
            "title": text("What it is, more closely: the kind of a report, the rule of a waiver, the key of an exemption."),
            "day": day("Its day; it has neither `from` nor `to` then."),
            "from": day("Its first day, if there is one that is known."),
            "to": day("Its last day, if there is one that is known."),
            "stage": { "enum": Stage::ALL.map(Stage::as_str), "description": "How it stands on the as-of date: declared as it is, ahead or under way, or something is missing, overdue or over." },
            "state": text("How it stands, in words."),
            "services": texts("The services that it concerns."),
            "owner": text("The owner of what it is about."),
            "declared-at": {
                "type": "object",
                "description": "Where it is declared. Lines and columns count from 1; columns in Unicode code points.",
                "properties": {
                    "file": { "type": "string" },
                    "line": { "type": "integer", "minimum": 1 },
                    "column": { "type": "integer", "minimum": 1 },
                },
                "required": ["file", "line", "column"],
            },
        },
        "required": ["what", "subject", "title", "stage", "state", "services", "declared-at"],
        "additionalProperties": true,
    });
    let side: Value = json!({
        "type": "object",
        "description": "What was asked for and lies on this side of the axis.",
        "properties": {
            "entries": { "type": "integer", "minimum": 0 },
            "farthest": day("The day that is farthest away."),
        },
        "required": ["entries"],
    });
    crate::render::json_text(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": crate::reference::schema::address("timeline"),
        "title": "soclint timeline",
        "type": "object",
        "properties": {
            "version": { "const": 1 },
            "as-of": day("The day as of which the estate was judged."),
            "from": day("The first day of the axis."),
            "to": day("The last day of the axis."),
            "incomplete": texts("Files that could not be read, or not as a whole: what they hold is missing."),
            "notes": texts("What else is not on the axis, in sentences."),
            "earlier": side,
            "later": side,
            "timeline": { "type": "array", "items": entry },
        },
        "required": ["version", "as-of", "from", "to", "incomplete", "notes", "earlier", "later", "timeline"],
    }))
}
