//! A Code Quality report, as GitLab reads it: a list of findings that it compares between branches.
//!
//! It tells by the fingerprint which finding is which. So that is made of what a baseline knows a finding by: the
//! rule, the subject and the declared fact that decided it, and nothing that changes when lines move or time passes.

use super::{Shown, path_in_repository, safe};
use crate::finding::{Finding, Severity};
use crate::triage::Key;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
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
    let mut seen: HashMap<Key, usize> = HashMap::new();
    let items: Vec<Item<'_>> = shown
        .outcome
        .findings
        .iter()
        .map(|finding| {
            let source = shown.sources.get(finding.primary.place.file);
            let key = Key::of(finding, shown.sources);
            let nth = seen.get(&key).map_or(1, |before| before + 1);
            let fingerprint = fingerprint(&key, nth);
            seen.insert(key, nth);
            Item {
                description: description(finding),
                check_name: finding.rule,
                fingerprint,
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
    out
}

/// A second fact that is told apart by nothing else counts as the second.
fn fingerprint(key: &Key, nth: usize) -> String {
    let mut hash = Sha256::new();
    for part in [&key.rule, &key.subject, &key.fact] {
        // With its length, so that no two lists of parts are one text.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.update((nth as u64).to_le_bytes());
    let mut out = String::with_capacity(32);
    for byte in hash.finalize().iter().take(16) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}
