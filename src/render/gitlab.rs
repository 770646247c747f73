//! A Code Quality report, as GitLab reads it: a list of findings that it compares between branches.
//!
//! It tells by the fingerprint which finding is which. It knows nothing of findings that are waived, so those are left
//! out.

use super::{Shown, path_in_repository, safe};
use crate::finding::{Finding, Severity};
use crate::triage::Identities;
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize)]
struct Item<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

pub fn render(shown: &Shown<'_>) -> String {
    let mut identities = Identities::new(shown.sources);
    let items: Vec<Item<'_>> = shown
        .outcome
        .findings
        .iter()
        .map(|finding| {
            let source = shown.sources.get(finding.primary.place.file);
            Item {
                description: description(finding),
                check_name: finding.rule,
                fingerprint: identities.next(finding).fingerprint(shown.estate()),
                severity: match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                location: Location {
                    path: path_in_repository(shown, source),
                    lines: Lines {
                        begin: source.position(finding.primary.place.span.start).line,
                    },
                },
            }
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

/// All that GitLab shows of a finding but its place.
fn description(finding: &Finding) -> String {
    let mut out = safe::line(&finding.message).into_owned();
    if !finding.help.is_empty() {
        let _ = write!(out, ". To fix it: {}", safe::line(&finding.help));
    }
    if let Some(owner) = &finding.owner {
        let _ = write!(out, ". Owner: {}", safe::line(owner));
    }
    out
}
