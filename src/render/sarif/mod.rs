//! SARIF 2.1.0, as code review reads it.
//!
//! Paths count from the repository's root, lines and columns from 1, columns in UTF-16 code units. A result is
//! known again by its identity, never by its line.

mod invocation;
mod taxonomies;

use super::{Shown, limits, page, stream, waived_line};
use crate::finding::{Finding, Severity};
use crate::fix::{Edit, Plan, suggested};
use crate::rules::{self, Rule};
use crate::source::{FileId, Place, Source, Sources, Span};
use crate::triage::{Declared, Identities};
use crate::workspace;
use hashbrown::HashMap;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_sarif::sarif;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::sync::OnceLock;
use taxonomies::Taxonomies;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What `uriBaseId` names: the repository's root, wherever it is checked out.
const ROOT: &str = "%SRCROOT%";

pub fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let index: HashMap<&str, (i64, Option<&Rule>)> = (0..)
        .zip(rules::all())
        .map(|(at, rule)| (rule.name, (at, Some(rule))))
        .collect();
    let mut identities = Identities::new(shown.sources);
    let plan = Plan::of(&shown.outcome.findings, shown.sources);
    // Numbered before any is left out, so that a result stays the same whatever else there is.
    let mut numbered: Vec<_> = shown
        .listed()
        .enumerate()
        .map(|(at, (finding, waiver))| {
            let identity = identities.next(finding);
            (at, finding, waiver, identity)
        })
        .collect();
    // What is waived yields first.
    let left_out = limits::keep_highest(&mut numbered, limits::RESULTS, |(_, finding, waiver, _)| {
        (waiver.is_none(), finding.severity)
    });
    let artifacts = Artifacts::new(shown);
    let taxonomies = Taxonomies::of_rules();
    let driver = sarif::ToolComponent::builder()
        .name("soclint")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .information_uri(env!("CARGO_PKG_REPOSITORY"))
        .rules(
            rules::all()
                .map(|rule| descriptor(rule, &taxonomies))
                .collect::<Vec<_>>(),
        )
        .supported_taxonomies(taxonomies.supported())
        .build();
    let root = sarif::ArtifactLocation::builder()
        .description(text("The root of the repository.".to_owned()))
        .build();
    let as_of = BTreeMap::from([("asOf".to_owned(), shown.as_of.to_string().into())]);
    let run = sarif::Run::builder()
        .tool(sarif::Tool::builder().driver(driver).build())
        .column_kind("utf16CodeUnits")
        .original_uri_base_ids(BTreeMap::from([(ROOT.to_owned(), root)]))
        .automation_details(invocation::automation(shown))
        .invocations(vec![invocation::invocation(shown, left_out)])
        .properties(sarif::PropertyBag::builder().additional_properties(as_of).build())
        .taxonomies(taxonomies.components())
        .results(Vec::new())
        .build();
    let document = sarif::Sarif::builder()
        .schema(SCHEMA)
        .version("2.1.0")
        .runs(vec![run])
        .build();
    let document = serde_json::to_string_pretty(&document)?;
    let (before, after) = document.split_once(NO_RESULTS).unwrap_or((&document, ""));
    let begin = if numbered.is_empty() { "" } else { "\n        " };
    write!(out, "{before}{}{begin}", &NO_RESULTS[..NO_RESULTS.len() - 1])?;
    // One a line: easier to look through, and to compare.
    stream::joined(
        out,
        numbered.iter(),
        ",\n        ",
        |out, (at, finding, waiver, identity)| {
            let rule = index.get(finding.rule).copied();
            let (index, rule) = rule.unwrap_or((-1, None));
            let mut result = result(&artifacts, finding, index, identity.fingerprint(shown.estate()));
            // What a rule's findings have in common stands with the rule.
            if rule.is_some_and(|rule| rule.references != finding.references) {
                result.taxa = Some(taxonomies.taxa(finding.references));
            }
            // What is listed first are the findings, in their order.
            result.fixes = plan.edits(*at).map(|edits| vec![sarif_fix(&artifacts, finding, edits)]);
            result.suppressions = waiver.map(|waiver| vec![suppression(&artifacts, waiver)]);
            Ok(serde_json::to_writer(out, &result)?)
        },
    )?;
    let end = if numbered.is_empty() { "" } else { "\n      " };
    writeln!(out, "{end}]{after}")
}

/// How a list without results is written. No text can hold this: quotes in it are escaped.
const NO_RESULTS: &str = "\"results\": []";

fn descriptor(rule: &'static Rule, taxonomies: &Taxonomies) -> sarif::ReportingDescriptor {
    let page = page::text(rule);
    let mut tags = vec!["compliance".to_owned(), rule.group.folder().replace('_', "-")];
    tags.extend(rule.references.iter().map(|id| (*id).to_owned()));
    tags.truncate(limits::TAGS);
    let mut descriptor = sarif::ReportingDescriptor::builder()
        .id(rule.name)
        .name(pascal_case(rule.name))
        .short_description(multiformat(
            limits::clip(rule.summary.to_owned(), limits::DESCRIPTION),
            None,
        ))
        .full_description(multiformat(limits::clip(why(rule), limits::DESCRIPTION), None))
        .help(multiformat(page.clone(), Some(page)))
        .help_uri(rule.url())
        .default_configuration(
            sarif::ReportingConfiguration::builder()
                .level(rule.severity.as_str())
                .build(),
        )
        .properties(sarif::PropertyBag::builder().tags(tags).build())
        .build();
    let relationships = taxonomies.relationships(rule);
    if !relationships.is_empty() {
        descriptor.relationships = Some(relationships);
    }
    descriptor
}

/// What is under the page's title: what the rule checks, in a sentence or two.
fn why(rule: &Rule) -> String {
    let body = rule.page.split_once('\n').map(|(_, body)| body).unwrap_or_default();
    let intro = body.split("\n## ").next().unwrap_or_default();
    intro.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pascal_case(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
                .unwrap_or_default()
        })
        .collect()
}

fn multiformat(text: String, markdown: Option<String>) -> sarif::MultiformatMessageString {
    let mut string = sarif::MultiformatMessageString::builder().text(text).build();
    string.markdown = markdown;
    string
}

// Setting a field of what was built is much quicker than building with it: a builder moves all that it has for each.

fn result(artifacts: &Artifacts<'_>, finding: &Finding, index: i64, fingerprint: String) -> sarif::Result {
    let level = match finding.severity {
        Severity::Error => sarif::ResultLevel::Error,
        Severity::Warning => sarif::ResultLevel::Warning,
        Severity::Note => sarif::ResultLevel::Note,
    };
    let related: Vec<sarif::Location> = (1..)
        .zip(finding.related.iter().take(limits::RELATED))
        .map(|(id, label)| {
            let mut location = sarif::Location::builder().build();
            location.id = Some(id);
            location.physical_location = Some(artifacts.physical(label.place));
            location.message = Some(text(escape(&label.text)));
            location
        })
        .collect();
    let mut properties = BTreeMap::from([("subject".to_owned(), finding.subject.clone().into())]);
    if let Some(owner) = &finding.owner {
        properties.insert("owner".to_owned(), (**owner).into());
    }
    // What is likely and not certain is not a fix that a viewer may apply.
    if let Some(edits) = suggested(finding, artifacts.sources) {
        let suggestion = serde_json::to_value(sarif_fix(artifacts, finding, &edits)).unwrap_or_default();
        properties.insert("suggestion".to_owned(), suggestion);
    }
    let mut result = sarif::Result::builder().message(text(message(finding))).build();
    result.rule_id = Some(finding.rule.to_owned());
    result.rule_index = Some(index);
    result.level = Some(level);
    result.locations = Some(vec![location(artifacts, finding)]);
    result.partial_fingerprints = Some(BTreeMap::from([
        ("primaryLocationLineHash".to_owned(), fingerprint.clone()),
        ("soclint/v1".to_owned(), fingerprint),
    ]));
    result.properties = Some(sarif::PropertyBag::builder().additional_properties(properties).build());
    if !related.is_empty() {
        result.related_locations = Some(related);
    }
    result
}

/// What `--fix` would do about it, or what is suggested.
fn sarif_fix(artifacts: &Artifacts<'_>, finding: &Finding, edits: &[Edit]) -> sarif::Fix {
    let file = finding.primary.place.file;
    let source = artifacts.sources.get(file);
    let replacement = |edit: &Edit| {
        sarif::Replacement::builder()
            .deleted_region(region(source, edit.span))
            .inserted_content(sarif::ArtifactContent::builder().text(edit.text.as_str()).build())
            .build()
    };
    let change = sarif::ArtifactChange::builder()
        .artifact_location(artifacts.location(file))
        .replacements(edits.iter().map(replacement).collect::<Vec<_>>())
        .build();
    sarif::Fix::builder()
        .description(text(escape(&finding.help)))
        .artifact_changes(vec![change])
        .build()
}

/// A waiver is in the repository; one of a config speaks from outside of the file that it is about.
fn suppression(artifacts: &Artifacts<'_>, waiver: &Declared) -> sarif::Suppression {
    let kind = if waiver.in_config { "external" } else { "inSource" };
    let location = sarif::Location::builder()
        .physical_location(artifacts.physical(waiver.rule.place))
        .build();
    sarif::Suppression::builder()
        .kind(kind)
        .status("accepted")
        .justification(waived_line(waiver))
        .location(location)
        .build()
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
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
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

fn text(text: String) -> sarif::Message {
    sarif::Message::builder().text(text).build()
}

fn location(artifacts: &Artifacts<'_>, finding: &Finding) -> sarif::Location {
    let mut logical = sarif::LogicalLocation::builder().build();
    logical.fully_qualified_name = Some(finding.subject.clone());
    let mut location = sarif::Location::builder().build();
    location.physical_location = Some(artifacts.physical(finding.primary.place));
    location.logical_locations = Some(vec![logical]);
    location
}

/// The files, as results name them.
struct Artifacts<'s> {
    sources: &'s Sources,
    prefix: &'s str,
    /// Where each is, once it was asked for.
    uris: Vec<OnceLock<Uri>>,
}

pub(super) struct Uri {
    pub uri: String,
    pub from_root: bool,
}

impl<'s> Artifacts<'s> {
    fn new(shown: &Shown<'s>) -> Self {
        Self {
            sources: shown.sources,
            prefix: shown.prefix,
            uris: (0..shown.sources.all()).map(|_| OnceLock::new()).collect(),
        }
    }

    fn location(&self, file: FileId) -> sarif::ArtifactLocation {
        let known = || uri(self.prefix, &self.sources.get(file).path);
        let Uri { uri, from_root } = self.uris[file.0 as usize].get_or_init(known);
        let mut location = sarif::ArtifactLocation::builder().build();
        location.uri = Some(uri.clone());
        location.uri_base_id = from_root.then(|| ROOT.to_owned());
        location
    }

    fn physical(&self, place: Place) -> sarif::PhysicalLocation {
        let mut physical = sarif::PhysicalLocation::builder().build();
        physical.artifact_location = Some(self.location(place.file));
        physical.region = Some(region(self.sources.get(place.file), place.span));
        physical
    }
}

fn region(source: &Source, span: Span) -> sarif::Region {
    let (start, end) = (source.position(span.start), source.position(span.end));
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut region = sarif::Region::builder().build();
    region.start_line = Some(number(start.line));
    region.start_column = Some(number(start.column_utf16));
    region.end_line = Some(number(end.line));
    region.end_column = Some(number(end.column_utf16));
    region
}

/// Everything but what may be in a path as it is.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b':');

pub(super) fn uri(prefix: &str, path: &str) -> Uri {
    // A config may lie outside the estate; then its path is a whole one.
    if path.starts_with('/') {
        return Uri {
            uri: format!("file://{}", utf8_percent_encode(path, ESCAPED)),
            from_root: false,
        };
    }
    let path = format!("{prefix}{path}");
    // What a config extends may be beside the estate.
    let path = match workspace::normalized(Path::new(&path)) {
        Some(path) => path.to_string_lossy().into_owned(),
        None => path,
    };
    Uri {
        uri: utf8_percent_encode(&path, ESCAPED).to_string(),
        from_root: true,
    }
}
