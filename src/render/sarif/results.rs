//! Results, and what belongs to each.
//!
//! There may be many, so they are written from what is at hand. `serde_sarif`'s types, of which the rest of the log is,
//! hold every text once more, and have room for all that a result could say.

use super::line::Line;
use super::places::Artifacts;
use crate::finding::Finding;
use crate::fix::{Edit, suggested};
use crate::render::{limits, waived_line};
use crate::triage::Declared;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Its fields, and those of what is in it, are written in the order of their names, as everywhere in the log.
pub struct SarifResult<'r> {
    pub finding: &'r Finding,
    /// What `--fix` would do about it.
    pub edits: Option<&'r [Edit]>,
    pub fingerprint: &'r str,
    pub rule_index: i64,
    /// As JSON; of most results they are the rule's.
    pub taxa: Option<Vec<u8>>,
    pub waiver: Option<&'r Declared>,
}

impl SarifResult<'_> {
    pub fn write(&self, line: &mut Line<'_>, artifacts: &Artifacts<'_>) {
        let finding = self.finding;
        line.object(|line| {
            if let Some(edits) = self.edits {
                line.key("fixes")
                    .list([edits], |line, edits| fix(line, finding, artifacts, edits));
            }
            line.key("level").text(finding.severity.as_str());
            line.key("locations").list([finding.primary.place], |line, place| {
                line.object(|line| {
                    line.key("logicalLocations").list([&finding.subject], |line, subject| {
                        line.object(|line| line.key("fullyQualifiedName").text(subject));
                    });
                    line.key("physicalLocation");
                    artifacts.physical(line, place);
                });
            });
            line.key("message");
            text(line, &message(finding));
            line.key("partialFingerprints").object(|line| {
                line.key("primaryLocationLineHash").text(self.fingerprint);
                line.key("soclint/v1").text(self.fingerprint);
            });
            line.key("properties")
                .object(|line| properties(line, finding, artifacts));
            if !finding.related.is_empty() {
                let related = (1_usize..).zip(finding.related.iter().take(limits::RELATED));
                line.key("relatedLocations").list(related, |line, (id, label)| {
                    line.object(|line| {
                        line.key("id").number(id);
                        line.key("message");
                        text(line, &escape(&label.text));
                        line.key("physicalLocation");
                        artifacts.physical(line, label.place);
                    });
                });
            }
            line.key("ruleId").text(finding.rule);
            line.key("ruleIndex").number(self.rule_index);
            if let Some(waiver) = self.waiver {
                line.key("suppressions")
                    .list([waiver], |line, waiver| suppression(line, waiver, artifacts));
            }
            if let Some(taxa) = &self.taxa {
                line.key("taxa").json(taxa);
            }
        });
    }
}

fn text(line: &mut Line<'_>, text: &str) {
    line.object(|line| line.key("text").text(text));
}

fn properties(line: &mut Line<'_>, finding: &Finding, artifacts: &Artifacts<'_>) {
    if let Some(owner) = &finding.owner {
        line.key("owner").text(owner);
    }
    line.key("subject").text(&finding.subject);
    // What is likely and not certain is not a fix that a viewer may apply.
    if let Some(edits) = suggested(finding, artifacts.sources) {
        line.key("suggestion");
        fix(line, finding, artifacts, &edits);
    }
}

/// What `--fix` would do about a finding, or what is suggested.
fn fix(line: &mut Line<'_>, finding: &Finding, artifacts: &Artifacts<'_>, edits: &[Edit]) {
    let file = finding.primary.place.file;
    line.object(|line| {
        line.key("artifactChanges").list([file], |line, file| {
            line.object(|line| {
                line.key("artifactLocation").json(artifacts.location(file));
                line.key("replacements").list(edits, |line, edit| {
                    line.object(|line| {
                        line.key("deletedRegion");
                        artifacts.region(line, file, edit.span);
                        line.key("insertedContent");
                        text(line, &edit.text);
                    });
                });
            });
        });
        line.key("description");
        text(line, &escape(&finding.help));
    });
}

/// A waiver is in the repository; one of a config speaks from outside of the file that it is about.
fn suppression(line: &mut Line<'_>, waiver: &Declared, artifacts: &Artifacts<'_>) {
    line.object(|line| {
        line.key("justification").text(&waived_line(waiver));
        line.key("kind")
            .text(if waiver.in_config { "external" } else { "inSource" });
        line.key("location").object(|line| {
            line.key("physicalLocation");
            artifacts.physical(line, waiver.rule.place);
        });
        line.key("status").text("accepted");
    });
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
