//! The waivers of an estate.

use super::columns::columns;
use super::safe;
use crate::calendar;
use crate::model::count;
use crate::source::Sources;
use crate::triage::{Outcome, State, Waiver, Word};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write;

fn text(word: &Option<Word>) -> Option<&str> {
    word.as_ref().map(|word| word.text.as_str())
}

/// Where a waiver is declared: "payments/scope.toml:12".
fn place(sources: &Sources, waiver: &Waiver) -> String {
    let place = waiver.declared.rule.place;
    let source = sources.get(place.file);
    format!("{}:{}", source.path, source.position(place.span.start).line)
}

/// "in 14 days", "today", "31 days ago".
pub(super) fn left(day: Date, as_of: Date) -> String {
    let days = |n: i64| count(n, "day");
    match calendar::days_between(as_of, day) {
        0 => "today".to_owned(),
        ahead if ahead > 0 => format!("in {}", days(ahead)),
        past => format!("{} ago", days(-past)),
    }
}

pub fn table(waivers: &[(usize, &Waiver)], outcome: &Outcome, sources: &Sources, as_of: Date) -> String {
    if waivers.is_empty() {
        return "no waivers\n".to_owned();
    }
    let rows: Vec<Vec<String>> = waivers
        .iter()
        .map(|(index, waiver)| {
            let declared = &waiver.declared;
            let expires = declared
                .expires
                .map_or_else(|| "-".to_owned(), |(day, _)| format!("{day} ({})", left(day, as_of)));
            vec![
                waiver.state.as_str().to_owned(),
                expires,
                held(*index, waiver, outcome).len().to_string(),
                text(&declared.approved_by).unwrap_or("-").to_owned(),
                text(&declared.owner).unwrap_or("-").to_owned(),
                declared.rule.text.clone(),
                declared.resolved.clone(),
                place(sources, waiver),
            ]
        })
        .collect();
    let table = columns(
        &[
            "state",
            "expires",
            "suppresses",
            "approved by",
            "owner",
            "rule",
            "subject",
            "where",
        ],
        &rows,
    );
    // What a pattern takes in is not to be guessed.
    let mut out = String::new();
    for (at, line) in table.lines().enumerate() {
        let _ = writeln!(out, "{line}");
        let Some((index, waiver)) = at.checked_sub(1).and_then(|at| waivers.get(at)) else {
            continue;
        };
        if let Some(behind) = waiver.behind.and_then(|behind| outcome.waivers.get(behind)) {
            let _ = writeln!(out, "  already suppressed by {}", safe::line(&place(sources, behind)));
        }
        match waiver.brought_back {
            0 => {}
            1 => out.push_str("  with it waived, 1 other finding is reported that would otherwise yield\n"),
            more => {
                let _ = writeln!(
                    out,
                    "  with it waived, {more} other findings are reported that would otherwise yield"
                );
            }
        }
        if waiver.declared.resolved.contains('*') {
            for subject in held(*index, waiver, outcome) {
                let _ = writeln!(out, "  suppresses {}", safe::line(subject));
            }
        }
    }
    out
}

/// The subjects of the findings that a waiver suppresses.
fn held<'o>(index: usize, waiver: &Waiver, outcome: &'o Outcome) -> Vec<&'o str> {
    match waiver.state {
        State::Active => outcome
            .waived
            .iter()
            .filter(|waived| waived.waiver == index)
            .map(|waived| waived.finding.subject.as_str())
            .collect(),
        _ => Vec::new(),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'w> {
    state: &'w str,
    rule: &'w str,
    subject: &'w str,
    reason: Option<&'w str>,
    owner: Option<&'w str>,
    approved_by: Option<&'w str>,
    expires: Option<String>,
    /// Negative when it has expired.
    days_left: Option<i64>,
    ticket: Option<&'w str>,
    path: &'w str,
    line: usize,
    /// The subjects of the findings that it suppresses.
    holds_back: Vec<&'w str>,
    /// How many findings are reported that would yield to those.
    brings_back: usize,
    /// Where the waiver is that suppresses them before a shadowed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<String>,
}

pub fn json(waivers: &[(usize, &Waiver)], outcome: &Outcome, sources: &Sources, as_of: Date) -> String {
    let items: Vec<Item<'_>> = waivers
        .iter()
        .map(|(index, waiver)| {
            let declared = &waiver.declared;
            let source = sources.get(declared.rule.place.file);
            Item {
                state: waiver.state.as_str(),
                rule: &declared.rule.text,
                subject: &declared.resolved,
                reason: text(&declared.reason),
                owner: text(&declared.owner),
                approved_by: text(&declared.approved_by),
                expires: declared.expires.map(|(day, _)| day.to_string()),
                days_left: declared.expires.map(|(day, _)| calendar::days_between(as_of, day)),
                ticket: text(&declared.ticket),
                path: &source.path,
                line: source.position(declared.rule.place.span.start).line,
                holds_back: held(*index, waiver, outcome),
                brings_back: waiver.brought_back,
                behind: waiver
                    .behind
                    .and_then(|behind| outcome.waivers.get(behind))
                    .map(|behind| place(sources, behind)),
            }
        })
        .collect();
    super::json_text(&items)
}
