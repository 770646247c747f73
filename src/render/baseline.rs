//! A baseline, and what was done to it.

use super::columns::columns;
use super::safe;
use crate::model::count;
use crate::triage::{Baseline, Key};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

fn findings(n: usize) -> String {
    count(n, "finding")
}

/// Says what was adopted, and how that differs from what was there before.
pub fn written(path: &str, baseline: &Baseline, before: Option<&Baseline>, left: usize) -> String {
    let path = safe::line(path);
    let mut out = format!("{path}: {} adopted", findings(baseline.findings()));
    if let Some(before) = before {
        let more = |one: &Baseline, other: &Baseline| -> usize {
            let missing = one.entries.iter().map(|(key, count)| {
                let known = other.entries.get(key).copied().unwrap_or(0);
                count.saturating_sub(known)
            });
            missing.sum()
        };
        let (new, gone) = (more(baseline, before), more(before, baseline));
        out += &format!(", {new} of them new; {gone} former entries are gone");
    }
    out.push('\n');
    if left > 0 {
        out += &format!(
            "{} cannot be adopted: syntax errors, invalid waivers, and what the config does not allow to be waived\n",
            findings(left)
        );
    }
    out
}

pub fn pruned(path: &str, pruned: usize, left: usize) -> String {
    let path = safe::line(path);
    match pruned {
        0 => format!("{path}: nothing resolved; {} left\n", findings(left)),
        _ => format!("{path}: {} removed, {} left\n", findings(pruned), findings(left)),
    }
}

fn resolved_of(resolved: Option<&BTreeMap<Key, usize>>, key: &Key) -> Option<usize> {
    resolved.map(|resolved| resolved.get(key).copied().unwrap_or(0))
}

pub fn table(baseline: &Baseline, resolved: Option<&BTreeMap<Key, usize>>, as_of: Date) -> String {
    let rows: Vec<Vec<String>> = baseline
        .entries
        .iter()
        .map(|(key, count)| {
            let state = match resolved_of(resolved, key) {
                None => "?".to_owned(),
                Some(0) => "held".to_owned(),
                Some(gone) if gone >= *count => "resolved".to_owned(),
                Some(gone) => format!("{gone} of {count} resolved"),
            };
            vec![
                state,
                count.to_string(),
                key.rule.clone(),
                key.subject.clone(),
                key.fact.clone(),
            ]
        })
        .collect();
    let mut out = if rows.is_empty() {
        "no findings\n".to_owned()
    } else {
        columns(&["state", "count", "rule", "subject", "fact"], &rows)
    };
    if let Some(until) = baseline.until {
        out += &if baseline.is_over(as_of) {
            format!("\nIt expired on {until}, and suppresses nothing.\n")
        } else {
            format!("\nIt applies until {until} (inclusive).\n")
        };
    }
    if resolved.is_none() {
        out += "\nSome manifests could not be read, so it is unknown which entries are resolved.\n";
    }
    out
}

#[derive(Serialize)]
struct Document<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    over: bool,
    findings: Vec<Item<'b>>,
}

#[derive(Serialize)]
struct Item<'b> {
    rule: &'b str,
    subject: &'b str,
    fact: &'b str,
    count: usize,
    /// Unknown when some text could not be read.
    resolved: Option<usize>,
}

pub fn json(baseline: &Baseline, resolved: Option<&BTreeMap<Key, usize>>, as_of: Date) -> String {
    super::json_text(&Document {
        until: baseline.until.map(|day| day.to_string()),
        over: baseline.is_over(as_of),
        findings: baseline
            .entries
            .iter()
            .map(|(key, count)| Item {
                rule: &key.rule,
                subject: &key.subject,
                fact: &key.fact,
                count: *count,
                resolved: resolved_of(resolved, key),
            })
            .collect(),
    })
}
