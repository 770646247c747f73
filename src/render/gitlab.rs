//! A Code Quality report, as GitLab reads it: a list of findings that it compares between branches.
//!
//! It tells by the fingerprint which finding is which. It knows nothing of findings that are waived, so those are left
//! out.

use super::{Shown, path_in_repository, safe, stream};
use crate::finding::{Finding, Severity};
use crate::triage::{Identities, Identity};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

#[derive(Serialize)]
struct Item {
    description: String,
    check_name: &'static str,
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

pub fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let mut identities = Identities::new(shown.sources);
    let findings = shown.outcome.findings.iter();
    let known = findings.map(|finding| (finding, identities.next(finding)));
    stream::json_with(out, |out| {
        stream::list(out, 0, known, |(finding, identity)| item(shown, finding, identity))
    })
}

fn item(shown: &Shown<'_>, finding: &Finding, identity: &Identity<'_>) -> Item {
    let source = shown.sources.get(finding.primary.place.file);
    Item {
        description: description(finding),
        check_name: finding.rule,
        fingerprint: identity.fingerprint(shown.estate()),
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
