//! The schemas as the types are that read the files.

use crate::config::Config;
use crate::manifest::Manifest;
use crate::rules::{self, OptionKind, Rule};
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

pub fn manifest() -> String {
    text(&schema_of::<Manifest<'_>>("manifest"))
}

pub fn config() -> String {
    text(&with_rules(schema_of::<Config<'_>>("config")))
}

fn text(schema: &Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}

/// The config itself does not know which rules there are, nor their options.
fn with_rules(mut schema: Schema) -> Schema {
    let rules: Map<String, Value> = rules::all().map(|rule| (rule.name.to_owned(), of_rule(rule))).collect();
    let names: Vec<&String> = rules.keys().collect();
    for path in [
        "/definitions/WaiverPolicy/properties/not-waivable/anyOf",
        "/definitions/Waiver/properties/rule",
    ] {
        let name = json!({ "type": "string", "enum": names });
        match schema.pointer_mut(path) {
            Some(Value::Array(forms)) => *forms = vec![name.clone(), json!({ "type": "array", "items": name })],
            Some(Value::Object(rule)) => drop(rule.insert("enum".to_owned(), json!(names))),
            _ => {}
        }
    }
    if let Some(table) = schema
        .pointer_mut("/definitions/Override/properties/rules")
        .and_then(|table| table.as_object_mut())
    {
        table.insert("propertyNames".to_owned(), json!({ "enum": names }));
        let forms = json!([{ "$ref": "#/definitions/Level" }, { "$ref": "#/definitions/RuleSeverity" }]);
        table.insert("additionalProperties".to_owned(), json!({ "anyOf": forms }));
    }
    if let Some(table) = schema
        .pointer_mut("/properties/rules")
        .and_then(|table| table.as_object_mut())
    {
        table.insert("additionalProperties".to_owned(), json!(false));
        table.insert("properties".to_owned(), Value::Object(rules));
        table.remove("propertyNames");
    }
    if let Some(Value::Object(definitions)) = schema.get_mut("definitions") {
        definitions.remove("RuleSetting");
    }
    schema
}

/// A severity, or a table of the severity and the rule's own options.
fn of_rule(rule: &Rule) -> Value {
    let severity = json!({ "$ref": "#/definitions/Level" });
    let options = rule.options.iter().map(|option| {
        let value = match option.kind {
            OptionKind::Tolerate => json!([{ "$ref": "#/definitions/Days" }]),
            OptionKind::LongestByKind => {
                json!([{ "$ref": "#/definitions/Duration" }, { "$ref": "#/definitions/Longest" }])
            }
            OptionKind::Longest | OptionKind::Season | OptionKind::From => {
                json!([{ "$ref": "#/definitions/Duration" }])
            }
        };
        (
            option.name().to_owned(),
            json!({ "description": option.help(), "anyOf": value }),
        )
    });
    let mut properties: Map<String, Value> = options.collect();
    let help = "How severe its findings are here.";
    properties.insert(
        "severity".to_owned(),
        json!({ "description": help, "anyOf": [severity] }),
    );
    json!({
        "description": format!("{} ({} if not stated).", rule.summary.trim_end_matches('.'), rule.severity),
        "anyOf": [
            severity,
            { "type": "object", "properties": properties, "additionalProperties": false },
        ],
    })
}

/// Draft 7: what editors' TOML plugins read.
fn schema_of<T: JsonSchema>(name: &str) -> Schema {
    let mut settings = SchemaSettings::draft07().with_transform(RecursiveTransform(any_of_one));
    // Before references are set apart from what stands beside them.
    settings
        .transforms
        .insert(0, Box::new(RecursiveTransform(without_default)));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), super::address(name).into());
    schema
}

/// What is not stated is not written either: no value stands for it.
fn without_default(schema: &mut Schema) {
    schema.remove("default");
}

/// Taplo's language server, which Even Better TOML runs, never comes back from completing under an `allOf`. Of one
/// schema, `anyOf` says the same.
fn any_of_one(schema: &mut Schema) {
    let is_one = |all: &Value| all.as_array().is_some_and(|all| all.len() == 1);
    if schema.get("allOf").is_some_and(is_one)
        && schema.get("anyOf").is_none()
        && let Some(one) = schema.remove("allOf")
    {
        schema.insert("anyOf".to_owned(), one);
    }
}
