//! A comparison for programs; `schemas/compare.schema.json` says what is in it.

use crate::manifest::as_read::AsRead;
use crate::render::json::{self, Item};
use crate::views::{Change, Comparison, ConfigChange, CoverageChange, Effect, EntityChange, KeyChange, NeedChange};
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'c> {
    version: u32,
    as_of: String,
    base: &'c str,
    head: &'c str,
    config: Vec<Config<'c>>,
    scope: Vec<Entity<'c>>,
    coverage: Vec<Coverage<'c>>,
    needs: Vec<Need<'c>>,
    findings: Findings<'c>,
    unread: Unread<'c>,
}

#[derive(Serialize)]
pub(super) struct Config<'c> {
    key: &'c str,
    before: Value,
    after: Value,
    effect: &'static str,
}

#[derive(Serialize)]
pub(super) struct Entity<'c> {
    subject: &'c str,
    change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'c str>,
    keys: Vec<Key<'c>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reaches: Option<&'c [String]>,
}

#[derive(Serialize)]
struct Key<'c> {
    key: &'c str,
    before: Value,
    after: Value,
}

#[derive(Serialize)]
pub(super) struct Coverage<'c> {
    service: &'c str,
    report: &'c str,
    change: &'static str,
}

#[derive(Serialize)]
pub(super) struct Need<'c> {
    service: &'c str,
    purpose: &'static str,
    change: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Findings<'c> {
    new: Vec<Item<'c>>,
    resolved: Vec<Item<'c>>,
    changed: Vec<Changed<'c>>,
    waived: Vec<Item<'c>>,
    adopted: Vec<Item<'c>>,
    no_longer_reported: Vec<Item<'c>>,
}

#[derive(Serialize)]
struct Changed<'c> {
    #[serde(flatten)]
    now: Item<'c>,
    before: Before<'c>,
}

#[derive(Serialize)]
struct Before<'c> {
    severity: &'static str,
    message: &'c str,
}

/// Files in which something could not be read.
#[derive(Serialize)]
struct Unread<'c> {
    base: &'c [String],
    head: &'c [String],
}

/// A value as JSON has it.
pub fn value(value: &AsRead) -> Value {
    match value {
        AsRead::Unread(text) => json!({ "unknown": text }),
        AsRead::Boolean(value) => Value::from(*value),
        AsRead::Number(number) => Value::from(*number),
        AsRead::Text(text) | AsRead::Reference(_, text) => Value::from(text.as_str()),
        AsRead::List(items) => items.iter().map(self::value).collect(),
        AsRead::Table(keys) => keys
            .iter()
            .map(|(key, value)| (key.to_string(), self::value(value)))
            .collect(),
    }
}

fn side(stated: Option<&AsRead>) -> Value {
    stated.map_or(Value::Null, value)
}

fn key(change: &KeyChange) -> Key<'_> {
    Key {
        key: &change.key,
        before: side(change.before.as_ref()),
        after: side(change.after.as_ref()),
    }
}

pub(super) fn entity(change: &EntityChange) -> Entity<'_> {
    Entity {
        subject: &change.subject,
        change: change.change.as_str(),
        from: change.from.as_deref(),
        keys: change.keys.iter().map(key).collect(),
        reaches: change.reaches.as_deref(),
    }
}

pub(super) fn config(change: &ConfigChange) -> Config<'_> {
    Config {
        key: &change.key,
        before: side(change.before.as_ref()),
        after: side(change.after.as_ref()),
        effect: change.effect.as_str(),
    }
}

pub(super) fn coverage(change: &CoverageChange) -> Coverage<'_> {
    Coverage {
        service: &change.service,
        report: &change.report,
        change: if change.is_covered { "covered" } else { "not-covered" },
    }
}

pub(super) fn need(change: &NeedChange) -> Need<'_> {
    Need {
        service: &change.service,
        purpose: change.purpose,
        change: if change.is_open { "open" } else { "closed" },
    }
}

pub fn json(comparison: &Comparison<'_>) -> String {
    let [base, head, under_base] = comparison.sources;
    let found = &comparison.findings;
    let config = comparison.config.iter();
    let document = Document {
        version: 1,
        as_of: comparison.as_of.to_string(),
        base: &comparison.base,
        head: &comparison.head,
        config: config.map(self::config).collect(),
        scope: comparison.scope.iter().map(entity).collect(),
        coverage: comparison.coverage.iter().map(self::coverage).collect(),
        needs: comparison.needs.iter().map(self::need).collect(),
        findings: Findings {
            new: found.new.iter().map(|finding| json::item(head, finding)).collect(),
            resolved: found.resolved.iter().map(|finding| json::item(base, finding)).collect(),
            changed: found
                .changed
                .iter()
                .map(|(before, now)| Changed {
                    now: json::item(head, now),
                    before: Before {
                        severity: before.severity.as_str(),
                        message: &before.message,
                    },
                })
                .collect(),
            waived: found
                .waived
                .iter()
                .map(|waived| json::waived(head, waived, comparison.waivers))
                .collect(),
            adopted: found.adopted.iter().map(|finding| json::item(head, finding)).collect(),
            no_longer_reported: found
                .hidden
                .iter()
                .map(|finding| json::item(under_base, finding))
                .collect(),
        },
        unread: Unread {
            base: &comparison.unread[0],
            head: &comparison.unread[1],
        },
    };
    crate::render::json_text(&document)
}

/// What the schemas of comparisons have in common: with the commits that made it, if `commits`.
pub(super) struct Shapes {
    pub config: Value,
    pub entity: Value,
    pub coverage: Value,
    pub need: Value,
}

pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

pub(super) fn words(words: &[&str]) -> Value {
    json!({ "enum": words })
}

pub(super) fn object(properties: Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

pub(super) fn list(items: Value, about: &str) -> Value {
    json!({ "type": "array", "items": items, "description": about })
}

impl Shapes {
    pub fn new(commits: bool) -> Self {
        let value = |when: &str| json!({ "description": format!("Its whole value as read {when}; null where it is not stated.") });
        let key = object(
            json!({
                "key": { "type": "string", "description": "A key of the entity's own table." },
                "before": value("before"),
                "after": value("after"),
            }),
            &["key", "before", "after"],
        );
        let shape = |properties: Value, required: &[&str]| {
            let mut shape = object(properties, required);
            if commits {
                shape["properties"]["commits"] = list(text(), "The commits that made this change, the oldest first.");
                if let Some(required) = shape["required"].as_array_mut() {
                    required.push(Value::from("commits"));
                }
            }
            shape
        };
        Self {
            config: shape(
                json!({
                    "key": { "type": "string", "description": "With dots, as in the file." },
                    "before": value("before"),
                    "after": value("after"),
                    "effect": words(&Effect::ALL.map(Effect::as_str)),
                }),
                &["key", "before", "after", "effect"],
            ),
            entity: shape(
                json!({
                    "subject": { "type": "string", "description": "The path of an entity, or that of a file." },
                    "change": words(&Change::ALL.map(Change::as_str)),
                    "from": { "type": "string", "description": "What it was called, if it was renamed." },
                    "keys": list(key, "Each key that came, went or changed."),
                    "reaches": list(text(), "Of a profile or a file, the entities for which something else holds."),
                }),
                &["subject", "change", "keys"],
            ),
            coverage: shape(
                json!({ "service": text(), "report": text(), "change": words(&["covered", "not-covered"]) }),
                &["service", "report", "change"],
            ),
            need: shape(
                json!({ "service": text(), "purpose": text(), "change": words(&["open", "closed"]) }),
                &["service", "purpose", "change"],
            ),
        }
    }
}

/// The whole of a schema, as a file.
pub(super) fn schema_text(mut document: Value, name: &str, title: &str) -> String {
    document["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    document["$id"] = json!(crate::reference::schema::address(name));
    document["title"] = json!(title);
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// The schema of that document.
pub fn schema() -> String {
    let severity = || words(&["error", "warning", "note"]);
    let finding = |before: bool| {
        let mut properties = json!({
            "rule": text(), "severity": severity(), "subject": text(), "message": text(),
            "fact": text(), "location": { "type": "object" }
        });
        let mut required = vec!["rule", "severity", "subject", "message", "fact", "location"];
        if before {
            properties["before"] = object(
                json!({ "severity": severity(), "message": text() }),
                &["severity", "message"],
            );
            required.push("before");
        }
        json!({ "type": "object", "properties": properties, "required": required })
    };
    let found = |about: &str| list(finding(false), about);
    let findings = object(
        json!({
            "new": found("Reported in the head, and not in the base."),
            "resolved": found("Reported in the base, and not found in the head."),
            "changed": list(finding(true), "Of one rule about one subject, with another fact or another severity: as it is, and what it was."),
            "waived": found("Waived in the head, and not in the base."),
            "adopted": found("In the head's baseline, and not in the base's."),
            "no-longer-reported": found("What the base's config would report of the head, and the head's own does not."),
        }),
        &["new", "resolved", "changed", "waived", "adopted", "no-longer-reported"],
    );
    let mut unread = object(
        json!({ "base": list(text(), "In the base."), "head": list(text(), "In the head.") }),
        &["base", "head"],
    );
    unread["description"] = json!("Files in which something could not be read: what they declare may be missing here.");
    let Shapes {
        config,
        entity,
        coverage,
        need,
    } = Shapes::new(false);
    let document = object(
        json!({
            "version": { "const": 1 },
            "as-of": { "type": "string", "format": "date", "description": "The day as of which both states were judged." },
            "base": text(),
            "head": text(),
            "config": list(config, "Keys of the config that changed."),
            "scope": list(entity, "What is declared otherwise."),
            "coverage": list(coverage, "What is covered otherwise."),
            "needs": list(need, "Needs of readers that are newly open, and those that are no longer."),
            "findings": findings,
            "unread": unread,
        }),
        &[
            "version", "as-of", "base", "head", "config", "scope", "coverage", "needs", "findings", "unread",
        ],
    );
    schema_text(document, "compare", "soclint compare")
}
