//! A comparison of two states: for a terminal, for a reviewer's page, for programs.

mod json;
mod markdown;
mod period;
mod words;

pub use json::{json, schema};
pub use markdown::markdown;
pub use period::{
    Asked, json as period_json, markdown as period_markdown, schema as period_schema, table as period_table,
};

use super::columns::columns;
use super::safe;
use crate::finding::Finding;
use crate::source::Sources;
use crate::views::{Comparison, EntityChange};
use std::fmt::Write;

/// For a terminal: the same lines and tables as on a page, without markup.
pub fn table(comparison: &Comparison<'_>) -> String {
    let mut out = format!(
        "{} compared with {} as of {}\n\n",
        safe::line(&comparison.head),
        safe::line(&comparison.base),
        comparison.as_of
    );
    if !comparison.config.is_empty() {
        let _ = writeln!(out, "config:   {}", words::config_line(comparison));
    }
    let line = |counts: String, highlights: Vec<String>| {
        let highlights = highlights
            .into_iter()
            .map(|said| format!("; {}", said.replace('`', "")));
        format!("{counts}{}", highlights.collect::<String>())
    };
    let scope_line = line(
        words::scope_line(&comparison.scope),
        words::scope_highlights(&comparison.scope),
    );
    let coverage_line = line(words::coverage_line(comparison), words::coverage_highlights(comparison));
    let _ = writeln!(out, "scope:    {}", safe::line(&scope_line));
    let _ = writeln!(out, "coverage: {}", safe::line(&coverage_line));
    let _ = writeln!(out, "findings: {}", words::findings_line(comparison));
    for line in words::unread_lines(comparison) {
        let _ = writeln!(out, "\nNote: {}", safe::line(&line));
    }
    config(&mut out, comparison);
    scope(&mut out, comparison);
    coverage(&mut out, comparison);
    findings(&mut out, comparison);
    out
}

fn config(out: &mut String, comparison: &Comparison<'_>) {
    let rows = comparison.config.iter().map(|change| {
        let side = |value: &Option<_>| value.as_ref().map_or_else(|| "-".to_owned(), words::shown);
        vec![
            change.effect.as_str().to_owned(),
            change.key.clone(),
            side(&change.before),
            side(&change.after),
        ]
    });
    section(out, "Config", &["effect", "key", "before", "after"], rows.collect());
}

/// The most important first, each kind by its subjects.
fn in_order<'c>(comparison: &'c Comparison<'_>) -> Vec<&'c EntityChange> {
    let mut changes: Vec<&EntityChange> = comparison.scope.iter().collect();
    changes.sort_by_key(|change| words::weight(change));
    changes
}

fn scope(out: &mut String, comparison: &Comparison<'_>) {
    if comparison.scope.is_empty() {
        return;
    }
    out.push_str("\nScope\n\n");
    for change in in_order(comparison) {
        let _ = writeln!(
            out,
            "{}  {}",
            safe::line(&change.subject),
            safe::line(&words::change_said(change))
        );
        for row in words::rows_of(change) {
            let _ = writeln!(out, "    {}", safe::line(&row.said(change.change)));
        }
        let reached = change.reaches.iter().flatten();
        for path in reached {
            let _ = writeln!(out, "    reaches {}", safe::line(path));
        }
    }
}

fn coverage(out: &mut String, comparison: &Comparison<'_>) {
    let covered = comparison.coverage.iter().map(|change| {
        let said = if change.is_covered { "covered" } else { "not covered" };
        vec![change.service.clone(), said.to_owned(), change.report.clone()]
    });
    section(out, "Coverage", &["service", "is now", "by"], covered.collect());
    let needs = comparison.needs.iter().map(|change| {
        let said = if change.is_open { "open" } else { "no longer open" };
        vec![change.service.clone(), change.purpose.to_owned(), said.to_owned()]
    });
    section(
        out,
        "Needs of readers",
        &["service", "purpose", "is now"],
        needs.collect(),
    );
}

fn findings(out: &mut String, comparison: &Comparison<'_>) {
    let found = &comparison.findings;
    let [base, head, under_base] = comparison.sources;
    let row = |finding: &Finding, sources: &Sources| {
        vec![
            finding.severity.to_string(),
            finding.rule.to_owned(),
            finding.subject.clone(),
            finding.message.to_string(),
            place(finding, sources),
        ]
    };
    let rows = |findings: &[&Finding], sources| findings.iter().map(|finding| row(finding, sources)).collect();
    let changed = found.changed.iter().map(|(before, now)| {
        let mut cells = row(now, head);
        if before.severity != now.severity {
            cells[0] = format!("{} -> {}", before.severity, now.severity);
        }
        cells
    });
    let waived = found.waived.iter().map(|waived| row(&waived.finding, head)).collect();
    let sections = [
        ("New findings", rows(&found.new, head)),
        (
            "No longer reported because of the config",
            rows(&found.hidden, under_base),
        ),
        ("Changed findings", changed.collect()),
        ("Newly waived", waived),
        ("Newly adopted", rows(&found.adopted, head)),
        ("Resolved", rows(&found.resolved, base)),
    ];
    for (title, rows) in sections {
        section(out, title, &["severity", "rule", "subject", "finding", "where"], rows);
    }
}

/// "payments/scope.toml:12".
fn place(finding: &Finding, sources: &Sources) -> String {
    let source = sources.get(finding.primary.place.file);
    format!(
        "{}:{}",
        source.path,
        source.position(finding.primary.place.span.start).line
    )
}

fn section(out: &mut String, title: &str, head: &[&str], rows: Vec<Vec<String>>) {
    if !rows.is_empty() {
        let _ = write!(out, "\n{title}\n\n{}", columns(head, &rows));
    }
}
