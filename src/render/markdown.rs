//! A summary in Markdown, for a job's page or a comment: findings by rule, the most severe first.
//!
//! Names come from manifests, and may hold anything. Here none of them can break a table, begin a link, mention
//! anyone or become HTML: see [`escape`].

use super::{Shown, asides, counts, path_in_repository, safe, summary_line, waived_line};
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::triage::Declared;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A finding, and the waiver that holds it back, if waived ones are shown too.
type Item<'r> = (&'r Finding, Option<&'r Declared>);

pub fn render(shown: &Shown<'_>) -> String {
    let items: Vec<Item<'_>> = shown.listed().collect();
    let counts = counts(shown.outcome);
    let summary = summary_line(shown);
    let read = escape(summary.strip_prefix(&counts).unwrap_or(&summary).trim_start());
    let mut out = match shown.outcome.findings.is_empty() {
        true => format!("## soclint: no findings\n\nNothing was found {read}.\n"),
        false => format!("## soclint: {counts}\n\nFound {read}.\n"),
    };
    for line in asides(shown) {
        let _ = writeln!(out, "\n{}.", prose(&line));
    }
    for (rule, items) in by_rule(items) {
        section(&mut out, shown, rule, &items);
    }
    out
}

/// Rules with a more severe finding come first, those of one severity in the catalogue's order; what is waived last.
fn by_rule(items: Vec<Item<'_>>) -> Vec<(&'static str, Vec<Item<'_>>)> {
    let order: BTreeMap<&str, usize> = rules::all().map(|rule| rule.name).zip(0..).collect();
    let weight = |(finding, waiver): &Item<'_>| (waiver.is_some(), Reverse(finding.severity));
    let mut groups: BTreeMap<(Option<usize>, &'static str), Vec<Item<'_>>> = BTreeMap::new();
    for item in items {
        let rule = item.0.rule;
        groups.entry((order.get(rule).copied(), rule)).or_default().push(item);
    }
    let mut groups: Vec<_> = groups.into_iter().map(|((_, rule), group)| (rule, group)).collect();
    for (_, group) in &mut groups {
        group.sort_by_key(weight);
    }
    groups.sort_by_key(|(_, group)| group.first().map(weight));
    groups
}

fn section(out: &mut String, shown: &Shown<'_>, name: &str, items: &[Item<'_>]) {
    match rules::find(name) {
        Some(rule) => {
            let _ = writeln!(out, "\n### [{name}]({})\n\n{}\n", rule.url(), rule.summary);
        }
        None => {
            let _ = writeln!(out, "\n### {name}\n");
        }
    }
    out.push_str("| severity | subject | owner | finding | place |\n| --- | --- | --- | --- | --- |\n");
    for (finding, waiver) in items {
        let source = shown.sources.get(finding.primary.place.file);
        let at = source.position(finding.primary.place.span.start);
        let mut text = prose(&finding.message);
        if !finding.help.is_empty() {
            let _ = write!(text, "<br>To fix it: {}", prose(&finding.help));
        }
        if let Some(precedence) = finding.precedence() {
            let _ = write!(text, "<br>{}", escape(&precedence));
        }
        let mut severity = match finding.severity {
            Severity::Error => "**error**",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
        .to_owned();
        if let Some(waiver) = waiver {
            let _ = write!(text, "<br>{}", escape(&waived_line(waiver)));
            severity.insert_str(0, "waived ");
        }
        let _ = writeln!(
            out,
            "| {severity} | {} | {} | {text} | {} |",
            code(&finding.subject),
            owner(finding),
            code(&format!("{}:{}", path_in_repository(shown, source), at.line))
        );
    }
}

/// The owner of a finding's subject, if it has one.
pub(super) fn owner(finding: &Finding) -> String {
    finding.owner.as_deref().map_or_else(|| "-".to_owned(), code)
}

/// A message, in which backticks set off names. A name that holds one itself changes what is set off, and no more.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((name, after)) = after.split_once('`') else {
            break;
        };
        out.push_str(&escape(before));
        out.push_str(&code(name));
        rest = after;
    }
    out.push_str(&escape(rest));
    out
}

/// A name. Between backticks it is shown as it is, unless it holds what ends them or a cell of a table.
pub(super) fn code(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '/' | ':' | ',' | '=' | '*');
    if !text.trim().is_empty() && text.chars().all(is_plain) {
        format!("`{text}`")
    } else {
        format!("<code>{}</code>", escape(text))
    }
}

/// Text that Markdown shows as it is. What could be markup is written as a character reference, which can be none.
/// An address would become a link even so; an element around its sign takes it apart.
fn escape(text: &str) -> String {
    let text = safe::line(text);
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let is_address = match c {
            '@' | '#' => true,
            ':' => after.starts_with('/'),
            '.' => before
                .get(before.len().saturating_sub(3)..)
                .is_some_and(|end| end.eq_ignore_ascii_case("www")),
            _ => false,
        };
        match c {
            _ if is_address => {
                let _ = write!(out, "<span>&#{};</span>", u32::from(c));
            }
            ' ' | ',' | '.' | '-' | '/' | '(' | ')' | '=' | '"' | '\'' | '%' | '?' | ':' | ';' => out.push(c),
            c if c.is_ascii_punctuation() => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
