//! Findings for programs. The shape is documented in the README; `version` changes when it breaks.

use super::Shown;
use crate::finding::Label;
use crate::rules;
use crate::source::{Place, Position, Sources};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'r> {
    version: u32,
    as_of: String,
    findings: Vec<Item<'r>>,
    summary: Sums,
}

#[derive(Serialize)]
struct Item<'r> {
    rule: &'r str,
    severity: &'r str,
    subject: &'r str,
    message: &'r str,
    help: &'r str,
    location: Location<'r>,
    related: Vec<Related<'r>>,
    references: &'static [&'static str],
}

#[derive(Serialize)]
struct Related<'r> {
    message: &'r str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    start: At,
    end: At,
}

/// Both from 1; columns in Unicode code points.
#[derive(Serialize)]
struct At {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Sums {
    files: usize,
    entities: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    fail_on: &'static str,
    failed: bool,
}

pub fn render(shown: &Shown<'_>) -> String {
    let summary = shown.outcome.summary;
    let document = Document {
        version: 1,
        as_of: shown.as_of.to_string(),
        findings: shown
            .outcome
            .findings
            .iter()
            .map(|finding| Item {
                rule: finding.rule,
                severity: finding.severity.as_str(),
                subject: &finding.subject,
                message: &finding.message,
                help: &finding.help,
                location: location(shown.sources, finding.primary.place),
                related: finding
                    .related
                    .iter()
                    .map(|label| related(shown.sources, label))
                    .collect(),
                references: rules::find(finding.rule)
                    .map(|rule| rule.references)
                    .unwrap_or_default(),
            })
            .collect(),
        summary: Sums {
            files: summary.files,
            entities: summary.entities,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            fail_on: shown.outcome.fail_on.as_str(),
            failed: shown.outcome.fails(),
        },
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn related<'r>(sources: &'r Sources, label: &'r Label) -> Related<'r> {
    Related {
        message: &label.text,
        location: location(sources, label.place),
    }
}

fn location(sources: &Sources, place: Place) -> Location<'_> {
    let source = sources.get(place.file);
    let at = |Position { line, column, .. }: Position| At { line, column };
    Location {
        path: &source.path,
        start: at(source.position(place.span.start)),
        end: at(source.position(place.span.end)),
    }
}
