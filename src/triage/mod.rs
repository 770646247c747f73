//! The one place that decides which findings count, and how much.

use crate::config::{Config, FailOn, Level};
use crate::estate::Estate;
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::source::Sources;

/// What a run was asked to report.
#[derive(Debug, Default)]
pub struct Choice {
    /// When not empty, only these rules, and what could not be read.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    /// When not empty, only findings whose primary place lies in one of these, as paths from the root.
    pub paths: Vec<String>,
}

/// The findings that count, in their order, and their sums.
#[derive(Debug)]
pub struct Outcome {
    pub findings: Vec<Finding>,
    pub summary: Summary,
    pub fail_on: FailOn,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Manifests that were read.
    pub files: usize,
    /// Entities that they declare.
    pub entities: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Outcome {
    /// Whether a finding is at or above the severity that fails the run.
    pub fn fails(&self) -> bool {
        let Summary {
            errors,
            warnings,
            notes,
            ..
        } = self.summary;
        match self.fail_on {
            FailOn::Error => errors > 0,
            FailOn::Warning => errors + warnings > 0,
            FailOn::Note => errors + warnings + notes > 0,
            FailOn::Never => false,
        }
    }
}

/// Sorts findings, gives them the severity that the config wants, and leaves out what nobody asked for.
pub fn triage(
    findings: Vec<Finding>,
    sources: &Sources,
    estate: &Estate<'_>,
    config: Option<&Config<'_>>,
    choice: &Choice,
    fail_on: FailOn,
) -> Outcome {
    let mut findings: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| is_wanted(finding, sources, choice))
        .filter_map(|finding| with_configured_severity(finding, config))
        .collect();
    sort(&mut findings);
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let summary = Summary {
        files: sources.len(),
        entities: estate.entities(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
    };
    Outcome {
        findings,
        summary,
        fail_on,
    }
}

fn is_wanted(finding: &Finding, sources: &Sources, choice: &Choice) -> bool {
    let is_reading_error = rules::find(finding.rule).is_some_and(rules::Rule::is_reading_error);
    let selected =
        choice.select.is_empty() || is_reading_error || choice.select.iter().any(|rule| rule == finding.rule);
    let ignored = choice.ignore.iter().any(|rule| rule == finding.rule);
    selected && !ignored && {
        let path = sources.get(finding.primary.place.file).path.as_str();
        choice.paths.is_empty() || choice.paths.iter().any(|wanted| lies_in(path, wanted))
    }
}

/// Whether `path` is `folder`, or lies in it; both count from the root, whose own path is empty.
pub fn lies_in(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn with_configured_severity(mut finding: Finding, config: Option<&Config<'_>>) -> Option<Finding> {
    let rules = config.map(|config| config.rules.0.as_slice()).unwrap_or_default();
    let setting = rules.iter().find(|entry| entry.id.as_str() == finding.rule);
    match setting.and_then(|entry| entry.body.severity.value()) {
        None => {}
        Some(Level::Off) => return None,
        Some(Level::Note) => finding.severity = Severity::Note,
        Some(Level::Warning) => finding.severity = Severity::Warning,
        Some(Level::Error) => finding.severity = Severity::Error,
    }
    Some(finding)
}

/// By place, and then by all that can tell two findings apart, so that nothing depends on which came first.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.primary.place, finding.rule);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.subject.cmp(&b.subject))
            .then_with(|| a.message.cmp(&b.message))
    });
}
