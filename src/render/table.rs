//! The catalogue of rules as a table.

use super::wrap;
use crate::rules::{self, Rule, RuleOption, Shares};
use serde::Serialize;
use std::fmt::Write;

/// For a terminal: name, severity and summary, by group.
pub fn table(width: usize) -> String {
    let mut out = String::new();
    let longest = rules::all().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut group = None;
    for rule in rules::all() {
        if group != Some(rule.group) {
            let gap = if group.is_some() { "\n" } else { "" };
            let _ = writeln!(out, "{gap}{}", rule.group.title());
            group = Some(rule.group);
        }
        let severity = rule.severity.as_str();
        let one_line = 2 + longest + 2 + 7 + 2 + rule.summary.len();
        if one_line <= width {
            let _ = writeln!(out, "  {:longest$}  {severity:7}  {}", rule.name, rule.summary);
        } else {
            let _ = writeln!(out, "  {:longest$}  {severity}", rule.name);
            let room = width.saturating_sub(6).max(20);
            for line in wrap(rule.summary, room) {
                let _ = writeln!(out, "      {line}");
            }
        }
    }
    out
}

/// The whole document `docs/rules.md`: a table for each group, with links as that file needs them.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Rules\n\nWritten by `soclint rules --format markdown`. `soclint explain RULE` prints a rule's page, and \
         `soclint explain REFERENCE`\ndescribes an id in a line and lists the rules that refer to it.\n",
    );
    let mut group = None;
    for rule in rules::all() {
        if group != Some(rule.group) {
            let _ = writeln!(
                out,
                "\n## {}\n\n| rule | severity | summary | options | references | since |\n| --- | --- | --- | --- | --- | --- |",
                rule.group.title()
            );
            group = Some(rule.group);
        }
        let options: Vec<String> = rule
            .options
            .iter()
            .map(|option| format!("`{}`", option.name()))
            .collect();
        let cells = [
            format!("[`{}`](../{})", rule.name, rule.file()),
            rule.severity.to_string(),
            rule.summary.to_owned(),
            options.join(", "),
            rule.resting_on(rule.references).join(", "),
            rule.since.to_owned(),
        ];
        out.push('|');
        for cell in cells {
            let _ = if cell.is_empty() {
                write!(out, " |")
            } else {
                write!(out, " {cell} |")
            };
        }
        out.push('\n');
    }
    out.push_str(&precedence());
    out
}

/// What yields to what.
fn precedence() -> String {
    let mut out = String::from(
        "\n## Precedence\n\nOne fact is reported once: a finding yields to a finding of another rule where the two share something. A finding\n\
         that is off, not selected, waived or in the baseline suppresses nothing, and an error yields only to errors.\n\n\
         | finding of | yields to | where they share |\n| --- | --- | --- |\n",
    );
    for rule in rules::all() {
        for to in rule.yields_to {
            let shared = match to.shares {
                Shares::Subject => "the subject",
                Shares::Named => "an entity that the first names",
            };
            let _ = writeln!(out, "| `{}` | `{}` | {shared} |", rule.name, to.rule);
        }
    }
    out
}

#[derive(Serialize)]
struct Item {
    name: &'static str,
    since: &'static str,
    severity: &'static str,
    group: &'static str,
    summary: &'static str,
    references: &'static [&'static str],
    options: Vec<&'static str>,
    url: String,
}

pub fn json() -> String {
    let item = |rule: &Rule| Item {
        name: rule.name,
        since: rule.since,
        severity: rule.severity.as_str(),
        group: rule.group.title(),
        summary: rule.summary,
        references: rule.references,
        options: rule.options.iter().map(RuleOption::name).collect(),
        url: rule.url(),
    };
    let items: Vec<Item> = rules::all().map(item).collect();
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn eighty_columns_are_enough() {
        let narrow = super::table(80);
        assert!(narrow.lines().count() > 60, "{narrow}");
        assert!(narrow.lines().all(|line| line.chars().count() <= 80), "{narrow}");
    }
}
