//! How much there is of what, in words and numbers. There is no score.

use super::services::Standings;
use super::{Chapter, Contents, Fact};
use crate::estate::Standing;
use crate::finding::Finding;
use crate::model::{count, counted, list_words};
use crate::triage::State;
use crate::views::inventory::Judged;
use crate::views::matrix::Stands;
use std::collections::{BTreeMap, BTreeSet};

/// Made of the other chapters, as long as they are whole.
pub fn chapter(judged: &Judged<'_, '_>, contents: Contents<'_>, others: &[Chapter]) -> Chapter {
    let rows = |kind: &str| {
        let mut tables = others.iter().flat_map(|chapter| &chapter.tables);
        tables
            .find(|table| table.kind == kind)
            .map_or(&[][..], |table| &table.rows)
    };
    let open = |kind: &str| rows(kind).iter().filter(|row| row.is_open).count();
    let mut chapter = Chapter::new("summary", "Summary");
    let mut fact = |what, value: String, of| chapter.facts.push(Fact::new(what, value, Some(of)));
    fact("Services", services(judged), "services");
    fact("Reports and certificates", reports(judged), "services");
    let identities = rows("identities").len();
    fact(
        "Non-human identities",
        match identities {
            0 => "none".to_owned(),
            all => format!("{all}, of which {} something open", has(open("identities"))),
        },
        "identities",
    );
    let parties: BTreeSet<&str> = rows("third-parties")
        .iter()
        .filter_map(|row| row.subject.as_deref())
        .collect();
    let cuecs = rows("cuecs").len();
    let nobodys = match (cuecs, open("cuecs")) {
        (_, 0) => String::new(),
        (_, some) => format!(", of which nobody is declared to perform {some}"),
    };
    fact(
        "Third parties",
        format!(
            "{}; their reports expect {} of us{nobodys}",
            parties.len(),
            count(cuecs, "control")
        ),
        "third-parties",
    );
    fact(
        "Controls and evidence",
        format!(
            "{} and {}",
            count(rows("controls").len(), "control"),
            counted(rows("evidence").len(), "evidence entry", "evidence entries")
        ),
        "controls",
    );
    fact("Findings", findings(contents), "findings");
    fact("Waivers", waivers(contents), "suppressed");
    fact("Exemptions", rows("exemptions").len().to_string(), "suppressed");
    if contents.has_baseline {
        let held = contents.outcome.baselined.len();
        fact(
            "Baseline",
            format!("suppresses {}", count(held, "finding")),
            "suppressed",
        );
    }
    fact("Upcoming", upcoming(contents), "upcoming");
    chapter
}

fn has(count: usize) -> String {
    match count {
        0 => "none has".to_owned(),
        1 => "1 has".to_owned(),
        more => format!("{more} have"),
    }
}

fn services(judged: &Judged<'_, '_>) -> String {
    let mut by_state: BTreeMap<(Stands, bool), usize> = BTreeMap::new();
    let mut all = 0;
    for service in judged.estate.services() {
        let stands = Standings::of(service);
        let only_certified = stands.stands() == Stands::Covered && !stands.by_report;
        *by_state.entry((stands.stands(), only_certified)).or_default() += 1;
        all += 1;
    }
    let parts = by_state
        .into_iter()
        .map(|((stands, only_certified), count)| match (stands, only_certified) {
            (Stands::Covered, false) => format!("{count} covered by a declared report"),
            (Stands::Covered, true) => format!("{count} by a declared certificate only"),
            (stands, _) => format!("{count} {}", stands.as_str()),
        });
    let parts: Vec<String> = parts.collect();
    match all {
        0 => "none".to_owned(),
        _ => format!("{all}: {}", list_words(&parts, "and")),
    }
}

fn reports(judged: &Judged<'_, '_>) -> String {
    let count_of = |standing| {
        let of = judged.estate.assurances();
        of.filter(|assurance| assurance.standing() == standing).count()
    };
    let parts = [
        (Standing::Issued, "issued"),
        (Standing::Upcoming, "planned or in progress"),
        (Standing::Unknown, "of unknown status"),
        (Standing::Gone, "withdrawn, suspended or no longer expected"),
    ];
    let parts = parts.map(|(standing, word)| (count_of(standing), word));
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if parts.is_empty() {
        "none".to_owned()
    } else {
        list_words(&parts, "and")
    }
}

fn findings(contents: Contents<'_>) -> String {
    let summary = contents.outcome.summary;
    let owners: BTreeSet<&str> = contents
        .outcome
        .findings
        .iter()
        .filter_map(|finding| finding.owner.as_deref())
        .collect();
    let all = format!(
        "{}, {} and {}",
        count(summary.errors, "error"),
        count(summary.warnings, "warning"),
        count(summary.notes, "note")
    );
    match owners.len() {
        0 => all,
        some => format!("{all}, of {}", count(some, "owner")),
    }
}

fn waivers(contents: Contents<'_>) -> String {
    let mut by_state: BTreeMap<&str, usize> = BTreeMap::new();
    for waiver in &contents.outcome.waivers {
        *by_state.entry(waiver.state.as_str()).or_default() += 1;
    }
    let active = by_state.remove(State::Active.as_str());
    let active = active.map(|count| {
        let held = contents.outcome.waived.len();
        format!("{count} active, suppressing {}", counted(held, "finding", "findings"))
    });
    let others = by_state.into_iter().map(|(state, count)| format!("{count} {state}"));
    let parts: Vec<String> = active.into_iter().chain(others).collect();
    if parts.is_empty() {
        "none".to_owned()
    } else {
        parts.join("; ")
    }
}

fn upcoming(contents: Contents<'_>) -> String {
    let until = contents.until;
    let first = contents
        .upcoming
        .iter()
        .filter_map(|finding: &Finding| finding.from)
        .min();
    match first {
        None => format!("none until {until}"),
        Some(first) => format!(
            "{} until {until}, the first on {first}",
            count(contents.upcoming.len(), "finding")
        ),
    }
}
