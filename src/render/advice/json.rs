//! What is advised, as JSON.

use crate::render::json_text;
use crate::source::{Place, Sources};
use crate::views::{
    Advice, Because, Correction, Dated, FamilyAdvice, NotRecommended, Recommendation, ServiceAdvice, State, Weight,
    additions, type_number,
};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// The document's version: it changes when something is taken away or means something else.
const VERSION: u32 = 1;

pub fn json(advice: &Advice, sources: &Sources, as_of: Date) -> String {
    let services: Vec<Value> = advice.services.iter().map(|one| service(one, sources)).collect();
    json_text(&json!({
        "version": VERSION,
        "as-of": as_of.to_string(),
        "about": super::CAVEAT,
        "incomplete": advice.incomplete,
        "notes": advice.notes,
        "services": services,
    }))
}

fn service(one: &ServiceAdvice, sources: &Sources) -> Value {
    let questions = one
        .answers
        .iter()
        .map(|answer| json!({ "question": answer.question, "because": because(&answer.because, sources) }));
    let declare: Vec<String> = additions(one).into_iter().map(|addition| addition.text).collect();
    let recommendations = one.recommendations.iter().zip(&declare);
    json!({
        "service": one.subject,
        "title": one.title,
        "location": location(one.place, sources),
        "nothing-missing": one.nothing_missing,
        "answers": questions.collect::<Vec<Value>>(),
        "families": one.families.iter().map(|one| family(one, sources)).collect::<Vec<Value>>(),
        "corrections": one.corrections.iter().map(|one| correction(one, sources)).collect::<Vec<Value>>(),
        "recommendations": recommendations.map(|(one, declare)| recommendation(one, declare, sources)).collect::<Vec<Value>>(),
        "not-recommended": one.not_recommended.iter().map(|one| not_recommended(one, sources)).collect::<Vec<Value>>(),
    })
}

fn family(one: &FamilyAdvice, sources: &Sources) -> Value {
    json!({
        "family": one.family.as_str(),
        "state": one.state.as_str(),
        "suppressed": one.held,
        "because": because(&one.because, sources),
    })
}

fn correction(one: &Correction, sources: &Sources) -> Value {
    json!({
        "rule": one.rule,
        "severity": one.severity.as_str(),
        "text": one.text,
        "help": one.help,
        "suppressed": one.held,
        "location": location(one.place, sources),
    })
}

fn recommendation(one: &Recommendation, declare: &str, sources: &Sources) -> Value {
    let period = match one.when {
        Some(Dated::Over(from, to)) => period(from, to),
        Some(Dated::On(_)) | None => Value::Null,
    };
    let day = match one.when {
        Some(Dated::On(day)) => Value::String(day.to_string()),
        Some(Dated::Over(..)) | None => Value::Null,
    };
    json!({
        "weight": one.weight.as_str(),
        "framework": one.framework.as_str(),
        "also": one.also.iter().map(|also| also.as_str()).collect::<Vec<&str>>(),
        "subject-matter": one.subject_matter.map(|about| about.as_str()),
        "suitable-criteria": one.suitable_criteria,
        "categories": one.categories.iter().map(|category| category.as_str()).collect::<Vec<&str>>(),
        "covers": one.covers,
        "type": one.report_type.map(type_number),
        "as-of": day,
        "period": period,
        "then": one.then.map(|(from, to)| json!({ "type": 2, "period": self::period(from, to) })),
        "claim-for": one.claim_for.iter().map(|purpose| purpose.as_str()).collect::<Vec<&str>>(),
        "carve-out": because(&one.carve_out, sources),
        "needed": because(&one.needed, sources),
        "exists": because(&one.exists, sources),
        "because": because(&one.because, sources),
        "would-change": because(&one.would_change, sources),
        "declare": declare,
    })
}

fn period(from: Date, to: Date) -> Value {
    json!({ "from": from.to_string(), "to": to.to_string() })
}

fn not_recommended(one: &NotRecommended, sources: &Sources) -> Value {
    json!({ "framework": one.framework.as_str(), "because": because(&one.because, sources) })
}

fn because(all: &[Because], sources: &Sources) -> Vec<Value> {
    let one = |because: &Because| {
        json!({
            "text": because.text,
            "reference": because.reference,
            "location": because.place.map(|place| location(place, sources)),
        })
    };
    all.iter().map(one).collect()
}

fn location(place: Place, sources: &Sources) -> Value {
    let source = sources.get(place.file);
    let position = source.position(place.span.start);
    json!({ "file": source.path, "line": position.line, "column": position.column })
}

/// The schema of this document.
pub fn schema() -> String {
    let text = |about: &str| json!({ "type": "string", "description": about });
    let maybe = |about: &str| json!({ "type": ["string", "null"], "description": about });
    let reasons =
        |about: &str| json!({ "type": "array", "items": { "$ref": "#/$defs/because" }, "description": about });
    let texts = |about: &str| json!({ "type": "array", "items": { "type": "string" }, "description": about });
    let object = |properties: Value| {
        let required: Vec<String> = match &properties {
            Value::Object(properties) => properties.keys().cloned().collect(),
            _ => Vec::new(),
        };
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": true })
    };
    let a_period = object(json!({
        "from": { "type": "string", "format": "date" },
        "to": { "type": "string", "format": "date" },
    }));
    let or_null = |schema: Value| json!({ "anyOf": [schema, { "type": "null" }] });
    let mut because = object(json!({
        "text": text("A fact, in a sentence; names stand between backticks."),
        "reference": maybe("What it rests on, as `soclint explain` knows it; null for practice."),
        "location": or_null(json!({ "$ref": "#/$defs/location" })),
    }));
    if let Value::Object(because) = &mut because {
        because.insert("description".to_owned(), "A reason, and where it is declared.".into());
    }
    let family = object(json!({
        "family": { "enum": ["icfr", "trust-services"] },
        "state": { "enum": State::ALL.map(State::as_str) },
        "suppressed": maybe("What a waiver or the baseline makes of what is missing."),
        "because": reasons("Why."),
    }));
    let correction = object(json!({
        "rule": text("The rule that finds it."),
        "severity": { "enum": ["warning", "error"] },
        "text": text("What does not fit."),
        "help": text("What to do."),
        "suppressed": maybe("What a waiver or the baseline makes of it."),
        "location": { "$ref": "#/$defs/location" },
    }));
    let recommendation = object(json!({
        "weight": { "enum": Weight::ALL.map(Weight::as_str), "description": "`needed`: something is missing without it." },
        "framework": text("As manifests write it."),
        "also": texts("Further frameworks of one combined report."),
        "subject-matter": maybe("Of an ISAE 3000 report."),
        "suitable-criteria": maybe("Criteria other than the trust services criteria."),
        "categories": texts("The trust services categories."),
        "covers": texts("The paths of the services that it is to cover."),
        "type": { "enum": [1, 2, null] },
        "as-of": or_null(json!({ "type": "string", "format": "date", "description": "The day of a report of type 1." })),
        "period": or_null(a_period.clone()),
        "then": or_null(object(json!({ "type": { "const": 2 }, "period": a_period }))),
        "claim-for": texts("The purposes for which the service has to claim it."),
        "carve-out": reasons("Subservice organizations, and how it treats them."),
        "needed": reasons("What it takes."),
        "exists": reasons("What is declared already."),
        "because": reasons("The declared facts that lead to it."),
        "would-change": reasons("What would change it."),
        "declare": text("The same, as a manifest declares it."),
    }));
    let service = object(json!({
        "service": text("The path by which findings, waivers and baselines name it."),
        "title": maybe("Its display name."),
        "location": { "$ref": "#/$defs/location" },
        "nothing-missing": { "type": "boolean", "description": "Whether no rule about reports finds an error or a warning that names it, before waivers and the baseline." },
        "answers": { "type": "array", "items": object(json!({ "question": text("The question."), "because": reasons("What is declared.") })) },
        "families": { "type": "array", "items": family },
        "corrections": { "type": "array", "items": correction },
        "recommendations": { "type": "array", "items": recommendation },
        "not-recommended": { "type": "array", "items": object(json!({ "framework": text("As manifests write it."), "because": reasons("Why not.") })) },
    }));
    let mut document = Map::new();
    document.insert(
        "$schema".to_owned(),
        "https://json-schema.org/draft/2020-12/schema".into(),
    );
    document.insert("$id".to_owned(), crate::reference::schema::address("advice").into());
    document.insert("title".to_owned(), "soclint advise".into());
    if let Value::Object(parts) = object(json!({
        "version": { "const": VERSION },
        "as-of": { "type": "string", "format": "date", "description": "The day as of which the estate was judged." },
        "about": text("What it rests on."),
        "incomplete": texts("Files that could not be read, or not as a whole: what they hold is missing."),
        "notes": texts("What was left out on purpose, in sentences."),
        "services": { "type": "array", "items": service },
    })) {
        document.extend(parts);
    }
    document.insert(
        "$defs".to_owned(),
        json!({
            "because": because,
            "location": {
                "type": "object",
                "description": "Lines and columns count from 1; columns in Unicode code points.",
                "properties": {
                    "file": { "type": "string" },
                    "line": { "type": "integer", "minimum": 1 },
                    "column": { "type": "integer", "minimum": 1 },
                },
                "required": ["file", "line", "column"],
            },
        }),
    );
    json_text(&Value::Object(document))
}
