//! A comparison for programs; `schemas/compare.schema.json` says what is in it.

use crate::manifest::as_read::AsRead;
use crate::render::json::{self, Item};
use crate::views::{Change, Comparison, Effect, EntityChange, KeyChange};
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
struct Config<'c> {
    key: &'c str,
    before: Value,
    after: Value,
    effect: &'static str,
}

#[derive(Serialize)]
struct Entity<'c> {
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
struct Coverage<'c> {
    service: &'c str,
    report: &'c str,
    change: &'static str,
}

#[derive(Serialize)]
struct Need<'c> {
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

fn entity(change: &EntityChange) -> Entity<'_> {
    Entity {
        subject: &change.subject,
        change: change.change.as_str(),
        from: change.from.as_deref(),
        keys: change.keys.iter().map(key).collect(),
        reaches: change.reaches.as_deref(),
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
        config: config
            .map(|change| Config {
                key: &change.key,
                before: side(change.before.as_ref()),
                after: side(change.after.as_ref()),
                effect: change.effect.as_str(),
            })
            .collect(),
        scope: comparison.scope.iter().map(entity).collect(),
        coverage: comparison
            .coverage
            .iter()
            .map(|change| Coverage {
                service: &change.service,
                report: &change.report,
                change: if change.is_covered { "covered" } else { "not-covered" },
            })
            .collect(),
        needs: comparison
            .needs
            .iter()
            .map(|change| Need {
                service: &change.service,
                purpose: change.purpose,
                change: if change.is_open { "open" } else { "closed" },
            })
            .collect(),
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

/// The schema of that document.
pub fn schema() -> String {
    let text = || json!({ "type": "string" });
    let words = |words: Vec<&str>| json!({ "enum": words });
    let any = |about: &str| json!({ "description": about });
    let object = |properties: Value, required: &[&str]| json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    let list = |items: Value, about: &str| json!({ "type": "array", "items": items, "description": about });
    let key = object(
        json!({
            "key": { "type": "string", "description": "A key of the entity's own table." },
            "before": any("Its whole value as read in the base; null where it is not stated."),
            "after": any("Its whole value as read in the head; null where it is not stated."),
        }),
        &["key", "before", "after"],
    );
    let config = object(
        json!({
            "key": { "type": "string", "description": "With dots, as in the file." },
            "before": any("Its value in the base; null where it is not stated."),
            "after": any("Its value in the head; null where it is not stated."),
            "effect": words(Effect::ALL.map(Effect::as_str).to_vec()),
        }),
        &["key", "before", "after", "effect"],
    );
    let entity = object(
        json!({
            "subject": { "type": "string", "description": "The path of an entity, or that of a file." },
            "change": words(Change::ALL.map(Change::as_str).to_vec()),
            "from": { "type": "string", "description": "What it was called, if it was renamed." },
            "keys": list(key, "Each key that came, went or changed."),
            "reaches": list(text(), "Of a profile or a file, the entities for which something else holds."),
        }),
        &["subject", "change", "keys"],
    );
    let coverage = object(
        json!({ "service": text(), "report": text(), "change": words(vec!["covered", "not-covered"]) }),
        &["service", "report", "change"],
    );
    let need = object(
        json!({ "service": text(), "purpose": text(), "change": words(vec!["open", "closed"]) }),
        &["service", "purpose", "change"],
    );
    let severity = || words(vec!["error", "warning", "note"]);
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
    let unread = object(
        json!({ "base": list(text(), "In the base."), "head": list(text(), "In the head.") }),
        &["base", "head"],
    );
    let mut document = object(
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
    document["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    document["title"] = json!("soclint compare");
    document["properties"]["unread"]["description"] =
        json!("Files in which something could not be read: what they declare may be missing here.");
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}
