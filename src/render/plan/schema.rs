//! The schema of the JSON.

use crate::views::Target;
use serde_json::json;

pub fn schema() -> String {
    let day = |about: &str| json!({ "type": "string", "format": "date", "description": about });
    let text = |about: &str| json!({ "type": "string", "description": about });
    let texts = |about: &str| json!({ "type": "array", "items": { "type": "string" }, "description": about });
    let count = |about: &str| json!({ "type": "integer", "minimum": 0, "description": about });
    let step = json!({
        "type": "object",
        "properties": {
            "step": text("What it is called."),
            "from": day("Its first day."),
            "to": day("Its last day."),
            "declare-by": day("By when `declare` is declared: its last day or, of what is under way, its first."),
            "typical": { "type": "boolean", "description": "Whether its length is only what is typical, and set by no standard." },
            "length": text("Its length, or what bounds it, in words."),
            "about": text("What is done in it."),
            "involved": texts("Who takes part."),
            "declare": {
                "type": "array",
                "description": "Keys of the manifest; a later one takes the place of an earlier one with the same key.",
                "items": {
                    "type": "object",
                    "properties": {
                        "key": text("With the table that it is in, as a dotted key of TOML."),
                        "value": text("An example, as TOML; the days are those of the plan."),
                    },
                    "required": ["key", "value"],
                },
            },
            "references": texts("The standards that it rests on."),
        },
        "required": ["step", "from", "to", "typical", "length", "about", "involved", "declare-by", "declare", "references"],
    });
    let year = json!({
        "type": "object",
        "description": "A fiscal year of those who will rely on the report.",
        "properties": {
            "services": texts("The services whose user entities it is of."),
            "from": day("Its first day."),
            "to": day("Its last day."),
            "days": count("How many days it has."),
            "covered": count("How many of them the period covers."),
            "left": count("How many days are left between the period and its end."),
            "enough": { "type": "boolean", "description": "Whether the period covers enough of it for those who rely on it." },
        },
        "required": ["services", "from", "to", "days", "covered", "left", "enough"],
    });
    crate::render::json_text(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": crate::reference::schema::address("timeline-plan"),
        "title": "soclint timeline --plan",
        "type": "object",
        "properties": {
            "version": { "const": 1 },
            "plan": { "enum": Target::ALL.map(Target::as_str), "description": "What is planned for." },
            "start": day("The day from which it is counted."),
            "about": texts("What it is, and what it is not."),
            "steps": { "type": "array", "items": step },
            "years": { "type": "array", "items": year },
            "notes": texts("What does not fit, or is not known, in sentences."),
        },
        "required": ["version", "plan", "start", "about", "steps", "years", "notes"],
    }))
}
