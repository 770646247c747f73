//! What is found and not reported, and why: waivers, exemptions, the baseline.

use super::{Chapter, Col, Contents, Row, Says, Table};
use crate::triage::{BaselineState, State, Waiver, Word};
use crate::views::inventory::Judged;
use crate::views::{Cell, cells};
use std::collections::BTreeMap;

const OF_WAIVERS: &[Col] = &[
    Col::new("State", Says::Text, 7),
    Col::new("Rule", Says::Rule, 14),
    Col::new("Subject", Says::Path, 15),
    Col::new("Last day", Says::Text, 9),
    Col::new("Reason", Says::Text, 22),
    Col::new("Owner", Says::Text, 10),
    Col::new("Approved by", Says::Text, 10),
    Col::new("Suppresses", Says::Path, 13),
    Col::new("Declared at", Says::Place, 12),
];

const OF_EXEMPTIONS: &[Col] = &[
    Col::new("Key", Says::Path, 10),
    Col::new("Subject", Says::Path, 15),
    Col::new("Reason", Says::Text, 22),
    Col::new("Owner", Says::Text, 10),
    Col::new("Approved by", Says::Text, 10),
    Col::new("Last day", Says::Text, 9),
    Col::new("Declared at", Says::Place, 12),
];

const OF_BASELINE: &[Col] = &[
    Col::new("Severity", Says::Severity, 8),
    Col::new("Rule", Says::Rule, 14),
    Col::new("Subject", Says::Path, 15),
    Col::new("Owner", Says::Text, 10),
    Col::new("Finding", Says::Prose, 30),
    Col::new("Place", Says::Place, 14),
];

pub fn chapter(judged: &Judged<'_, '_>, contents: Contents<'_>) -> Chapter {
    Chapter::new("suppressed", "Waivers, exemptions and baseline")
        .with(waivers(contents))
        .with(exemptions(judged))
        .with(baseline(contents))
}

fn waivers(contents: Contents<'_>) -> Table {
    let mut held: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for waived in &contents.outcome.waived {
        held.entry(waived.waiver).or_default().push(&waived.finding.subject);
    }
    let mut table = Table::new("waivers", OF_WAIVERS, "No waiver is declared.")
        .titled("Waivers")
        .about("A waiver suppresses a finding for a time, with a reason and an approval. It resolves nothing.");
    let text = |word: &Option<Word>| word.as_ref().map_or(Cell::Nothing, |word| cells::text(&word.text));
    let row = |(at, waiver): (usize, &Waiver)| {
        let declared = &waiver.declared;
        let ticket = declared.ticket.as_ref().map(|ticket| ticket.text.clone());
        let reason = declared.reason.as_ref().map(|reason| reason.text.clone());
        let held = held.get(&at).filter(|_| waiver.state == State::Active);
        Row {
            subject: None,
            span: None,
            is_open: waiver.state != State::Active,
            cells: vec![
                cells::text(waiver.state.as_str()),
                cells::text(&declared.rule.text),
                cells::text(&declared.resolved),
                declared.expires.map_or(Cell::Nothing, |(day, _)| Cell::Day(day)),
                cells::list(reason.into_iter().chain(ticket)),
                text(&declared.owner),
                text(&declared.approved_by),
                cells::list(held.into_iter().flatten()),
                cells::place(declared.rule.place),
            ],
        }
    };
    let mut waivers: Vec<(usize, &Waiver)> = contents.outcome.waivers.iter().enumerate().collect();
    // The first to expire comes first; one without a date suppresses nothing now.
    waivers.sort_by_key(|(at, waiver)| (waiver.declared.expires.map(|(day, _)| day), *at));
    table.rows = waivers.into_iter().map(row).collect();
    table.all = "`soclint waivers`".to_owned();
    table
}

fn exemptions(judged: &Judged<'_, '_>) -> Table {
    let mut table = Table::new("exemptions", OF_EXEMPTIONS, "No declaration exempts from a rule.")
        .titled("Exemptions")
        .about("Declarations that exempt from a rule, such as an exclusion or a rotation that does not apply.");
    let or_nothing = |text: Option<String>| text.map_or(Cell::Nothing, cells::text);
    for exemption in judged.estate.exemptions() {
        let file = || judged.sources.get(exemption.place.file).path.clone();
        let expires = exemption.expires;
        table.rows.push(Row {
            subject: None,
            span: None,
            is_open: expires.is_some_and(|day| day < judged.estate.as_of.date()),
            cells: vec![
                cells::text(exemption.key),
                cells::text(exemption.subject.clone().unwrap_or_else(file)),
                or_nothing(exemption.reason),
                or_nothing(exemption.owner),
                or_nothing(exemption.approved_by),
                expires.map_or(Cell::Nothing, Cell::Day),
                cells::place(exemption.place),
            ],
        });
    }
    table.all = "`soclint waivers --exemptions`".to_owned();
    table
}

fn baseline(contents: Contents<'_>) -> Table {
    let none = match contents.has_baseline {
        true => "The baseline suppresses nothing.",
        false => "No baseline is applied on this page.",
    };
    let mut table = Table::new("baseline", OF_BASELINE, none).titled("Baseline");
    if let Some(state) = &contents.outcome.baseline {
        table.about.push(said_of(state));
    }
    for finding in &contents.outcome.baselined {
        table.rows.push(Row {
            subject: None,
            span: None,
            is_open: true,
            cells: vec![
                cells::text(finding.severity),
                cells::text(finding.rule),
                cells::text(&finding.subject),
                finding.owner.as_ref().map_or(Cell::Nothing, cells::text),
                cells::text(&finding.message),
                cells::place(finding.primary.place),
            ],
        });
    }
    table.all = "the baseline file".to_owned();
    table
}

fn said_of(state: &BaselineState) -> String {
    match (state.until, state.over) {
        (Some(until), true) => format!("It expired on {until}, and suppresses nothing."),
        (Some(until), false) => {
            format!("Findings that were there when it was written are adopted, and not reported until {until}. None of them is resolved by that.")
        }
        (None, _) => {
            "Findings that were there when it was written are adopted, and not reported; it has no end. None of them is resolved by that."
                .to_owned()
        }
    }
}
