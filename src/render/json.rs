//! Findings for programs. The shape is documented in `docs/output.md`; `version` changes when it breaks.

use super::stream::{self, Object};
use super::{Shown, discovery};
use crate::finding::{self, Finding, Label};
use crate::source::{Place, Position, Sources};
use crate::triage::{self, Declared, Key, Waived, Word};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Waiver<'r> {
    rule: &'r str,
    subject: &'r str,
    reason: Option<&'r str>,
    owner: Option<&'r str>,
    approved_by: Option<&'r str>,
    expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<&'r str>,
    location: Location<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Baseline<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// Whether its last day is over, so that it suppresses nothing.
    over: bool,
    /// Entries without a finding; absent when that cannot be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<Vec<Resolved<'r>>>,
}

#[derive(Serialize)]
struct Resolved<'r> {
    rule: &'r str,
    subject: &'r str,
    fact: &'r str,
    count: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Item<'r> {
    rule: &'r str,
    severity: &'r str,
    subject: &'r str,
    /// Whose the subject is.
    owner: Option<&'r str>,
    /// What decided it.
    fact: Cow<'r, str>,
    message: &'r str,
    help: &'r str,
    location: Location<'r>,
    related: Vec<Related<'r>>,
    /// Further places, of which there are too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    more_related: Option<usize>,
    references: &'static [&'static str],
    /// The day from which it will be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiver: Option<Waiver<'r>>,
    /// What yielded to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    precedes: Vec<Yielded<'r>>,
}

#[derive(Serialize)]
struct Yielded<'r> {
    rule: &'r str,
    severity: &'r str,
    subject: &'r str,
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
struct Sums<'r> {
    files: usize,
    entities: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
    baselined: usize,
    upcoming: usize,
    exemptions: usize,
    turned_off: usize,
    lowered: usize,
    stretched: usize,
    excluded: usize,
    lfs_pointers: usize,
    /// Evidence that git has and the checkout has not.
    not_checked_out: Vec<&'r str>,
    fail_on: &'static str,
    failed: bool,
    /// How many manifests were named; absent when all are reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    named: Option<usize>,
    /// The owners that were named; absent when all are reported.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    owners: Vec<&'r str>,
    root: &'r str,
    config: Option<&'r str>,
    passed_over: PassedOver<'r>,
    /// Absent where the config does not ask for discovery.
    #[serde(skip_serializing_if = "Option::is_none")]
    discovery: Option<discovery::Sums<'r>>,
}

/// What looks as if it were read, and is not.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct PassedOver<'r> {
    look_alikes: &'r [String],
    configs: &'r [String],
    repositories: &'r [String],
    links: &'r [String],
    ignore_files: Vec<IgnoreFile<'r>>,
    /// Where no index of git tells whether it is tracked.
    ignored: &'r [String],
    /// Without effect.
    patterns: Vec<Pattern<'r>>,
    /// Why git's index cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<&'r str>,
}

#[derive(Serialize)]
struct IgnoreFile<'r> {
    path: &'r str,
    why: &'r str,
}

#[derive(Serialize)]
struct Pattern<'r> {
    from: &'r str,
    pattern: &'r str,
}

pub fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let (outcome, sources) = (shown.outcome, shown.sources);
    let (summary, named) = (outcome.summary, outcome.named.as_ref());
    let found = |upcoming: bool| {
        let findings = outcome.findings.iter();
        findings.filter(move |finding| finding.from.is_some() == upcoming)
    };
    let sums = Sums {
        files: summary.files,
        entities: summary.entities,
        errors: summary.errors,
        warnings: summary.warnings,
        notes: summary.notes,
        waived: summary.waived,
        baselined: summary.baselined,
        upcoming: summary.upcoming,
        exemptions: summary.exemptions,
        turned_off: summary.turned_off,
        lowered: summary.lowered,
        stretched: summary.stretched,
        excluded: outcome.reading.passed_over.excluded,
        lfs_pointers: summary.lfs_pointers,
        not_checked_out: outcome.not_checked_out.iter().map(|(path, _)| path.as_str()).collect(),
        fail_on: shown.outcome.fail_on.as_str(),
        failed: shown.outcome.fails(),
        named: named.and_then(|named| Some(named.files.as_ref()?.len())),
        owners: named.map_or_else(Vec::new, |named| named.owners.iter().map(String::as_str).collect()),
        root: &shown.outcome.reading.root,
        config: shown.outcome.reading.config.as_deref(),
        passed_over: passed_over(&shown.outcome.reading.passed_over),
        discovery: outcome
            .reading
            .discovery
            .as_ref()
            .map(|discovery| discovery::Sums::of(discovery, outcome.reading.passed_over.not_looked_into)),
    };
    let baseline = outcome.baseline.as_ref().map(|baseline| Baseline {
        until: baseline.until.map(|day| day.to_string()),
        over: baseline.over,
        resolved: baseline
            .resolved
            .as_ref()
            .map(|resolved| resolved.iter().map(resolved_entry).collect()),
    });
    stream::json_with(out, |out| {
        let mut document = Object::new(out);
        document.field("version", &1)?;
        document.field("as-of", &shown.as_of.to_string())?;
        document.list("findings", found(false), |&finding| item(sources, finding))?;
        // What waivers suppress, each with its waiver.
        document.list("waived", outcome.waived.iter(), |&one| {
            waived(sources, one, &outcome.waivers)
        })?;
        // What the baseline suppresses.
        document.list("baselined", outcome.baselined.iter(), |&finding| item(sources, finding))?;
        // What is not found yet, each with its day.
        document.list("upcoming", found(true), |&finding| item(sources, finding))?;
        document.field("summary", &sums)?;
        if let Some(baseline) = &baseline {
            document.field("baseline", baseline)?;
        }
        document.end()
    })
}

fn passed_over(passed_over: &crate::workspace::PassedOver) -> PassedOver<'_> {
    let ignore_files = passed_over.ignore_files.iter();
    let patterns = passed_over.patterns.iter();
    PassedOver {
        look_alikes: &passed_over.look_alikes,
        configs: &passed_over.configs,
        repositories: &passed_over.repositories,
        links: &passed_over.links,
        ignore_files: ignore_files.map(|(path, why)| IgnoreFile { path, why }).collect(),
        ignored: &passed_over.ignored,
        patterns: patterns.map(|(from, pattern)| Pattern { from, pattern }).collect(),
        index: passed_over.index.as_deref(),
    }
}

/// A finding that is waived, with its waiver.
pub(super) fn waived<'r>(sources: &'r Sources, waived: &'r Waived, waivers: &'r [triage::Waiver]) -> Item<'r> {
    Item {
        waiver: waivers.get(waived.waiver).map(|by| waiver(sources, &by.declared)),
        ..item(sources, &waived.finding)
    }
}

/// A finding as every document has it.
pub(super) fn item<'r>(sources: &'r Sources, finding: &'r Finding) -> Item<'r> {
    Item {
        rule: finding.rule,
        severity: finding.severity.as_str(),
        subject: &finding.subject,
        owner: finding.owner.as_deref(),
        fact: triage::fact(finding, sources),
        message: &finding.message,
        help: &finding.help,
        location: location(sources, finding.primary.place),
        related: finding.related.iter().map(|label| related(sources, label)).collect(),
        more_related: Some(finding.count_beyond()).filter(|count| *count > 0),
        references: finding.references,
        from: finding.from.map(|day| day.to_string()),
        waiver: None,
        precedes: finding.precedes.iter().map(yielded).collect(),
    }
}

fn yielded(finding: &finding::Yielded) -> Yielded<'_> {
    Yielded {
        rule: finding.rule,
        severity: finding.severity.as_str(),
        subject: &finding.subject,
    }
}

fn waiver<'r>(sources: &'r Sources, waiver: &'r Declared) -> Waiver<'r> {
    fn text(word: &Option<Word>) -> Option<&str> {
        word.as_ref().map(|word| word.text.as_str())
    }
    Waiver {
        rule: &waiver.rule.text,
        subject: &waiver.resolved,
        reason: text(&waiver.reason),
        owner: text(&waiver.owner),
        approved_by: text(&waiver.approved_by),
        expires: waiver.expires.map(|(day, _)| day.to_string()),
        ticket: text(&waiver.ticket),
        location: location(sources, waiver.rule.place),
    }
}

fn resolved_entry<'r>((key, count): (&'r Key, &usize)) -> Resolved<'r> {
    Resolved {
        rule: &key.rule,
        subject: &key.subject,
        fact: &key.fact,
        count: *count,
    }
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
