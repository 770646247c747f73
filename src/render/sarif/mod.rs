//! SARIF 2.1.0, as code review reads it.
//!
//! Paths count from the repository's root, lines and columns from 1, columns in UTF-16 code units. A result is
//! known again by its identity, never by its line.

mod invocation;
mod line;
mod places;
mod results;
mod taxonomies;

pub use places::uri;

use super::{Shown, limits, page, stream};
use crate::fix::Plan;
use crate::rules::{self, Rule};
use crate::triage::Identities;
use hashbrown::HashMap;
use line::Line;
use places::Artifacts;
use results::{SarifResult, escape};
use serde_sarif::sarif;
use std::collections::BTreeMap;
use std::io::{self, Write};
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
            let fingerprint = identity.fingerprint(shown.estate());
            // What a rule's findings have in common stands with the rule.
            let has_own = rule.is_some_and(|rule| rule.references != finding.references);
            let taxa = has_own.then(|| serde_json::to_vec(&taxonomies.taxa(finding.references)));
            let result = SarifResult {
                finding,
                // What is listed first are the findings, in their order.
                edits: plan.edits(*at),
                fingerprint: &fingerprint,
                rule_index: index,
                taxa: taxa.transpose()?,
                waiver: *waiver,
            };
            result.write(&mut Line::new(out), &artifacts);
            Ok(())
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

fn text(text: String) -> sarif::Message {
    sarif::Message::builder().text(text).build()
}
