//! Results, and what belongs to each.
//!
//! There may be many, so they are written from what is at hand. `serde_sarif`'s types, of which the rest of the log is,
//! hold every text once more, and have room for all that a result could say.

use super::places::{Artifacts, PhysicalLocation, Region};
use crate::finding::Finding;
use crate::fix::{Edit, suggested};
use crate::render::{limits, waived_line};
use crate::triage::Declared;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_sarif::sarif;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Its fields, and those of what is in it, are in the order of their names, as everywhere in the log.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SarifResult<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixes: Option<[Fix<'r>; 1]>,
    level: &'static str,
    locations: [Location<'r>; 1],
    message: Message<'r>,
    partial_fingerprints: Fingerprints<'r>,
    properties: Properties<'r>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'r>>,
    rule_id: &'r str,
    pub rule_index: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressions: Option<[Suppression<'r>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taxa: Option<Vec<sarif::ReportingDescriptorReference>>,
}

#[derive(Serialize)]
struct Message<'r> {
    text: Cow<'r, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'r> {
    logical_locations: [LogicalLocation<'r>; 1],
    physical_location: PhysicalLocation<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'r> {
    fully_qualified_name: &'r str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Related<'r> {
    id: usize,
    message: Message<'r>,
    physical_location: PhysicalLocation<'r>,
}

#[derive(Serialize)]
struct Fingerprints<'r> {
    #[serde(rename = "primaryLocationLineHash")]
    primary: &'r str,
    #[serde(rename = "soclint/v1")]
    own: &'r str,
}

#[derive(Serialize)]
struct Properties<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'r str>,
    subject: &'r str,
    /// What is likely and not certain is not a fix that a viewer may apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<Fix<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fix<'r> {
    artifact_changes: [ArtifactChange<'r>; 1],
    description: Message<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'r> {
    artifact_location: &'r RawValue,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Content,
}

#[derive(Serialize)]
struct Content {
    text: String,
}

#[derive(Serialize)]
pub struct Suppression<'r> {
    justification: String,
    kind: &'static str,
    location: SuppressedBy<'r>,
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SuppressedBy<'r> {
    physical_location: PhysicalLocation<'r>,
}

impl<'r> SarifResult<'r> {
    pub fn of(finding: &'r Finding, artifacts: &'r Artifacts<'_>, fingerprint: &'r str) -> Self {
        let related = (1..).zip(finding.related.iter().take(limits::RELATED));
        let related = related.map(|(id, label)| Related {
            id,
            message: Message {
                text: escape(&label.text),
            },
            physical_location: artifacts.physical(label.place),
        });
        Self {
            fixes: None,
            level: finding.severity.as_str(),
            locations: [Location {
                logical_locations: [LogicalLocation {
                    fully_qualified_name: &finding.subject,
                }],
                physical_location: artifacts.physical(finding.primary.place),
            }],
            message: Message {
                text: message(finding).into(),
            },
            partial_fingerprints: Fingerprints {
                primary: fingerprint,
                own: fingerprint,
            },
            properties: Properties {
                owner: finding.owner.as_deref(),
                subject: &finding.subject,
                suggestion: suggested(finding, artifacts.sources).map(|edits| Fix::of(finding, artifacts, &edits)),
            },
            related_locations: related.collect(),
            rule_id: finding.rule,
            rule_index: -1,
            suppressions: None,
            taxa: None,
        }
    }
}

impl<'r> Fix<'r> {
    /// What `--fix` would do about a finding, or what is suggested.
    pub fn of(finding: &'r Finding, artifacts: &'r Artifacts<'_>, edits: &[Edit]) -> Self {
        let file = finding.primary.place.file;
        let replacement = |edit: &Edit| Replacement {
            deleted_region: artifacts.region(file, edit.span),
            inserted_content: Content {
                text: edit.text.clone(),
            },
        };
        Self {
            artifact_changes: [ArtifactChange {
                artifact_location: artifacts.location(file),
                replacements: edits.iter().map(replacement).collect(),
            }],
            description: Message {
                text: escape(&finding.help),
            },
        }
    }
}

impl<'r> Suppression<'r> {
    /// A waiver is in the repository; one of a config speaks from outside of the file that it is about.
    pub fn of(waiver: &Declared, artifacts: &'r Artifacts<'_>) -> Self {
        Self {
            justification: waived_line(waiver),
            kind: if waiver.in_config { "external" } else { "inSource" },
            location: SuppressedBy {
                physical_location: artifacts.physical(waiver.rule.place),
            },
            status: "accepted",
        }
    }
}

/// What is wrong, what to do, and links to the places that belong to it.
fn message(finding: &Finding) -> String {
    let mut out = String::with_capacity(finding.message.len() + finding.help.len() + 64);
    push_escaped(&mut out, &finding.message);
    if !finding.help.is_empty() {
        out.push_str(". To fix it: ");
        push_escaped(&mut out, &finding.help);
    }
    out.push('.');
    for (id, label) in (1..).zip(finding.related.iter().take(limits::RELATED)) {
        let lead = if id == 1 { " See " } else { "; " };
        let _ = write!(out, "{lead}[{}]({id})", escape(&label.text));
    }
    let more = finding.others() - finding.related.len().min(limits::RELATED);
    if more > 0 {
        let _ = write!(out, "; and {more} more places");
    }
    if !finding.related.is_empty() {
        out.push('.');
    }
    out
}

/// In a SARIF message, brackets are links unless they are escaped.
pub fn escape(text: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'[', b']', b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    push_escaped(&mut out, text);
    Cow::Owned(out)
}

fn push_escaped(out: &mut String, text: &str) {
    let mut done = 0;
    for at in memchr::memchr3_iter(b'[', b']', b'\\', text.as_bytes()) {
        out.push_str(&text[done..at]);
        out.push('\\');
        done = at;
    }
    out.push_str(&text[done..]);
}
