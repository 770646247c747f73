//! How findings are shown: one module for each format, each of which writes findings as text and does nothing else.

mod advice;
mod baseline;
mod cited;
mod columns;
mod compare;
mod concise;
mod digest;
mod discovery;
mod errors;
mod exemptions;
mod files;
mod fold;
mod forecast;
mod format;
mod github;
mod gitlab;
mod group;
mod ics;
mod json;
mod junit;
mod limits;
mod links;
pub mod log;
mod markdown;
mod markdown_text;
mod narrowed;
mod owners;
mod page;
mod page_html;
mod passed_over;
mod plan;
mod pretty;
mod reference;
pub(crate) mod safe;
mod sarif;
mod settings;
mod sheet;
mod sheet_reference;
mod stream;
mod summary;
mod table;
mod tally;
mod timeline;
mod waivers;
mod wrap;

pub use advice::{json as advice_json, markdown as advice_markdown, schema as advice_schema, text as advice_text};
pub use baseline::{
    json as baseline_json, pruned as baseline_pruned, table as baseline_table, written as baseline_written,
};
pub use compare::{
    Asked, json as comparison_json, markdown as comparison_markdown, period_json, period_markdown, period_schema,
    period_table, schema as comparison_schema, table as comparison_table,
};
pub use errors::{ErrorFormat, annotations as error_annotations, render as render_errors};
pub use exemptions::{json as exemptions_json, table as exemptions_table};
pub use files::{json as files_json, table as files_table};
pub use forecast::Forecast;
pub use format::Format;
pub use group::GroupBy;
pub use links::Links;
pub use page::text as page_text;
pub use page_html::PageHtml;
pub use passed_over::line as passed_over_line;
pub use plan::{
    drawn as plan_drawn, ics as plan_ics, json as plan_json, markdown as plan_markdown, schema as plan_schema,
};
pub use reference::{config_markdown, glossary_markdown, locators_markdown, manifest_markdown, topic_for_terminal};
pub use settings::{json as settings_json, toml as settings_toml};
pub use sheet::{
    SheetError, csv as sheet_csv, json as sheet_json, markdown as sheet_markdown, natural_width as sheet_width,
    table as sheet_table, xlsx as sheet_xlsx,
};
pub use sheet_reference::{inventory_schema, markdown as columns_markdown, matrix_schema};
pub use stream::buffered;
pub use summary::write as write_summary;
pub use table::{json as rules_json, markdown as rules_markdown, table as rules_table};
pub use timeline::{
    Drawing, drawn as timeline_drawn, ics as timeline_ics, json as timeline_json, markdown as timeline_markdown,
    schema as timeline_schema,
};
pub use waivers::{json as waivers_json, table as waivers_table};

use crate::finding::Finding;
use crate::fix::Plan;
use crate::model::{count, counted, list_words};
use crate::rules::{self, Rule};
use crate::source::{FileId, Source, Sources};
use crate::triage::{Declared, Discovery, Outcome, Word};
use hashbrown::HashMap;
use jiff::civil::Date;
use std::io::{self, Write};
use std::sync::{LazyLock, OnceLock};
use wrap::wrap;

/// How text for people is set.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub color: bool,
    /// Columns.
    pub width: usize,
    /// Words instead of drawings, for screen readers.
    pub narrated: bool,
    /// Findings only.
    pub quiet: bool,
}

/// All that there is to show.
pub struct Shown<'r> {
    pub sources: &'r Sources,
    pub outcome: &'r Outcome,
    pub as_of: Date,
    /// The estate's root from the repository's, with a `/` at its end, or nothing.
    pub prefix: &'r str,
    /// Whether findings that are waived are shown too.
    pub show_waived: bool,
    /// What the run is one of: which results an upload of them replaces.
    pub category: &'r str,
    /// The files in which something could not be read, whatever was asked for.
    pub unread: &'r [FileId],
    /// What people see in groups, if it is asked for.
    pub group_by: Option<GroupBy>,
    /// Where places are shown, if the job says so.
    pub links: Option<&'r Links>,
}

/// Writes findings in a format, one after the other. What it is written to should be buffered.
pub fn write(out: &mut dyn Write, format: Format, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    match format {
        Format::Pretty => pretty::write(out, shown, style),
        Format::Concise => concise::write(out, shown, style),
        Format::Json => json::write(out, shown),
        Format::Sarif => stream::buffered(safe::Json::new(out), |out| sarif::write(out, shown)),
        Format::Github => github::write(out, shown, style),
        Format::Gitlab => gitlab::write(out, shown),
        Format::Junit => stream::buffered(log::Broken::xml(out), |out| junit::write(out, shown)),
        Format::Markdown => markdown::write(out, shown),
    }
}

/// Findings in a format, as a text.
pub fn render(format: Format, shown: &Shown<'_>, style: Style) -> String {
    stream::text(|out| write(out, format, shown, style))
}

/// A file's path as tools count it, from the repository's root. A config may lie outside the estate; then its path
/// is a whole one.
fn path_in_repository(shown: &Shown<'_>, source: &Source) -> String {
    path_from(shown.prefix, source)
}

fn path_from(prefix: &str, source: &Source) -> String {
    if source.path.starts_with('/') {
        source.path.clone()
    } else {
        format!("{prefix}{}", source.path)
    }
}

impl<'r> Shown<'r> {
    /// The estate's path from the repository's root, empty at the root.
    fn estate(&self) -> &'r str {
        self.prefix.trim_end_matches('/')
    }

    /// What people see: the findings, and those that are waived, if they were asked for.
    fn listed(&self) -> impl Iterator<Item = (&'r Finding, Option<&'r Declared>)> {
        let waived = if self.show_waived {
            self.outcome.waived.as_slice()
        } else {
            &[]
        };
        let findings = self.outcome.findings.iter().map(|finding| (finding, None));
        let outcome = self.outcome;
        findings.chain(
            waived
                .iter()
                .map(|waived| (&waived.finding, Some(&outcome.waivers[waived.waiver].declared))),
        )
    }
}

/// `error[stale-report]`, or `waived error[stale-report]`.
fn code(finding: &Finding, waiver: Option<&Declared>) -> String {
    format!("{}{}[{}]", waived(waiver), finding.severity, finding.rule)
}

/// What stands before the severity of a finding that is waived.
const fn waived(waiver: Option<&Declared>) -> &'static str {
    if waiver.is_some() { "waived " } else { "" }
}

/// The address of a rule's page, made with its first finding.
fn page_of(rule: &str) -> Option<&'static str> {
    static PAGES: LazyLock<HashMap<&str, (&Rule, OnceLock<String>)>> =
        LazyLock::new(|| rules::all().map(|rule| (rule.name, (rule, OnceLock::new()))).collect());
    let (rule, page) = PAGES.get(rule)?;
    Some(page.get_or_init(|| rule.url()))
}

/// Until when, by whom and why a finding is waived.
fn waived_line(waiver: &Declared) -> String {
    let text = |word: &Option<Word>| word.as_ref().map_or_else(String::new, |word| word.text.clone());
    let until = waiver
        .expires
        .map_or_else(String::new, |(day, _)| format!("until {day}, "));
    let ticket = waiver
        .ticket
        .as_ref()
        .map_or_else(String::new, |ticket| format!(" ({})", ticket.text));
    format!(
        "waived {until}approved by {}: {}{ticket}",
        text(&waiver.approved_by),
        text(&waiver.reason)
    )
}

/// "3 errors, 1 warning and 2 notes".
fn counts(outcome: &Outcome) -> String {
    let summary = outcome.summary;
    format!(
        "{}, {} and {}",
        count(summary.errors, "error"),
        count(summary.warnings, "warning"),
        count(summary.notes, "note")
    )
}

/// The last line for people: what was read, what was found, and what came of it.
fn summary_line(shown: &Shown<'_>) -> String {
    let outcome = shown.outcome;
    let summary = outcome.summary;
    let verdict = match (outcome.fails(), outcome.fail_on) {
        (true, _) => format!("failed, with --fail-on {}", outcome.fail_on.as_str()),
        (false, crate::config::FailOn::Never) => "passed: nothing fails with --fail-on never".to_owned(),
        (false, _) => format!("passed: nothing at or above --fail-on {}", outcome.fail_on.as_str()),
    };
    let mut aside = Vec::new();
    if summary.waived > 0 {
        aside.push(format!("{} waived", summary.waived));
    }
    if summary.baselined > 0 {
        aside.push(format!("{} in the baseline", summary.baselined));
    }
    if summary.exemptions > 0 {
        aside.push(count(summary.exemptions, "exemption"));
    }
    if summary.upcoming > 0 {
        aside.push(format!("{} upcoming", summary.upcoming));
    }
    let aside = if aside.is_empty() {
        String::new()
    } else {
        format!("; {}", list_words(&aside, "and"))
    };
    let unseen = match summary.lfs_pointers {
        0 => String::new(),
        n => format!("; {}, content not checked", count(n, "LFS pointer")),
    };
    format!(
        "{} in {} ({} declared), as of {}{}: {verdict}{aside}{unseen}",
        counts(outcome),
        narrowed::looked_at(shown),
        counted(summary.entities, "entity", "entities"),
        shown.as_of,
        read_from(shown)
    )
}

/// What stands below the findings: their sums, what was passed over, and what can be done.
fn closing_lines(shown: &Shown<'_>) -> impl Iterator<Item = String> {
    std::iter::once(summary_line(shown))
        .chain(fix_line(shown))
        .chain(asides(shown))
}

/// Writes it, set for a terminal.
fn closing(out: &mut dyn Write, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    for text in closing_lines(shown) {
        for line in wrap(&safe::line(&text), style.width) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// The root, and the config in use.
fn read_from(shown: &Shown<'_>) -> String {
    let reading = &shown.outcome.reading;
    match (reading.root.as_str(), &reading.config) {
        ("", _) => String::new(),
        (root, Some(config)) => format!(", root {}, config {}", safe::line(root), safe::line(config)),
        (root, None) => format!(", root {}, no config", safe::line(root)),
    }
}

/// What can be done at once, if there is anything.
fn fix_line(shown: &Shown<'_>) -> Option<String> {
    let fixable = Plan::of(&shown.outcome.findings, shown.sources).len();
    match fixable {
        0 => None,
        1 => Some("1 finding can be fixed with `soclint check --fix`".to_owned()),
        n => Some(format!("{n} findings can be fixed with `soclint check --fix`")),
    }
}

/// What a reader has to know beside the sums: how the baseline stands, and what was not reported and why.
pub fn asides(shown: &Shown<'_>) -> Vec<String> {
    let passed_over = passed_over_line(&shown.outcome.reading.passed_over);
    let discovery = shown.outcome.reading.discovery.as_ref().map(discovery::line);
    let lines = discovery.into_iter().chain(passed_over).chain(baseline_line(shown));
    lines.chain(absent_line(shown)).chain(config_line(shown)).collect()
}

/// So much of what is not checked out is named.
const MAX_ABSENT: usize = 3;

/// Evidence that could not be checked, and the commands that help, if there is any.
fn absent_line(shown: &Shown<'_>) -> Option<String> {
    let absent = &shown.outcome.not_checked_out;
    let named = absent.iter().take(MAX_ABSENT);
    let mut names: Vec<String> = named.map(|(path, command)| format!("{path} (`{command}`)")).collect();
    if absent.len() > MAX_ABSENT {
        names.push(format!("{} more", absent.len() - MAX_ABSENT));
    }
    (!absent.is_empty()).then(|| {
        format!(
            "evidence that is not checked out, and so unknown: {}",
            list_words(&names, "and")
        )
    })
}

/// What the config keeps from being reported, if there is anything.
fn config_line(shown: &Shown<'_>) -> Option<String> {
    let summary = shown.outcome.summary;
    let any = |n: usize, one: &str, many: &str| (n > 0).then(|| counted(n, one, many));
    let off = |of: &dyn Fn(&Discovery) -> usize| shown.outcome.reading.discovery.as_ref().map_or(0, of);
    let parts = [
        any(summary.turned_off, "finding turned off", "findings turned off"),
        any(summary.lowered, "lowered", "lowered"),
        any(summary.stretched, "limit stretched", "limits stretched"),
        any(
            shown.outcome.reading.passed_over.excluded,
            "folder or manifest left out",
            "folders and manifests left out",
        ),
        any(
            shown.outcome.reading.passed_over.not_looked_into,
            "folder or file not looked into",
            "folders and files not looked into",
        ),
        any(
            off(&|discovery| discovery.ignored),
            "identity ignored",
            "identities ignored",
        ),
        any(
            off(&|discovery| discovery.elsewhere),
            "locator seen elsewhere",
            "locators seen elsewhere",
        ),
        any(
            off(&|discovery| discovery.sources_off.len()),
            "source of discovery off",
            "sources of discovery off",
        ),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("by the config: {}", list_words(&parts, "and")))
}

/// What a reader has to know of the baseline, if there is anything.
fn baseline_line(shown: &Shown<'_>) -> Option<String> {
    let baseline = shown.outcome.baseline.as_ref()?;
    if let (true, Some(until)) = (baseline.over, baseline.until) {
        return Some(format!("the baseline expired on {until}, and suppresses nothing"));
    }
    let resolved: usize = baseline.resolved.as_ref()?.values().sum();
    match resolved {
        0 if baseline.until.is_none() => Some("the baseline never expires: it has no `until`".to_owned()),
        0 => None,
        1 => Some("1 finding of the baseline is resolved; `soclint baseline prune` removes it".to_owned()),
        n => Some(format!(
            "{n} findings of the baseline are resolved; `soclint baseline prune` removes them"
        )),
    }
}

fn json_text<T: serde::Serialize>(value: &T) -> String {
    stream::text(|out| stream::json(out, value))
}
