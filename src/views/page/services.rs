//! Services and what covers them, and the reports and certificates themselves.

use super::table::rows_of;
use super::{Chapter, Col, Row, Says, Table};
use crate::estate::{Origin, ServiceRef, Standing};
use crate::views::inventory::{Judged, Listed, Wanted};
use crate::views::matrix::Stands;
use crate::views::{Cell, cells};
use std::collections::BTreeMap;

pub const REPORTS: Says = Says::Names(&["reports", "certificates"]);
pub const SERVICES: Says = Says::Names(&["services"]);

const OF_SERVICES: &[Col] = &[
    Col::new("Service", Says::Path, 15),
    Col::new("Title", Says::Text, 12),
    Col::new("Owner", Says::Text, 9),
    Col::new("Financial impact", Says::Text, 8),
    Col::new("How it stands", Says::Text, 11),
    Col::new("Covered by", REPORTS, 13),
    Col::new("Others", Says::Text, 12),
    Col::new("Open", Says::Rules, 13),
    Col::new("Declared at", Says::Place, 13),
];

const OF_REPORTS: &[Col] = &[
    Col::new("Report or certificate", Says::Path, 13),
    Col::new("What", Says::Text, 9),
    Col::new("Period or day", Says::Text, 11),
    Col::new("Status and days", Says::Text, 11),
    Col::new("Opinion", Says::Text, 11),
    Col::new("Auditor or body", Says::Text, 10),
    Col::new("Owner", Says::Text, 9),
    Col::new("Services", SERVICES, 12),
    Col::new("Open", Says::Rules, 13),
    Col::new("Declared at", Says::Place, 13),
];

pub fn chapter(judged: &Judged<'_, '_>) -> Chapter {
    Chapter::new("services", "Services and what covers them")
        .with(services(judged))
        .with(reports(judged))
}

/// How a service stands to all that it claims, and to all that covers it.
pub struct Standings {
    pub by_state: BTreeMap<Stands, Vec<String>>,
    /// Whether any that covers it is a report, and not only a certificate.
    pub by_report: bool,
}

impl Standings {
    pub fn of(service: ServiceRef<'_, '_>) -> Self {
        let mut by_state: BTreeMap<Stands, Vec<String>> = BTreeMap::new();
        let mut by_report = false;
        for assurance in service.assurances().filter(|one| one.standing() != Standing::Gone) {
            let stands = Stands::of(service, assurance);
            by_report |= stands == Stands::Covered && matches!(assurance.origin(), Origin::Report(_));
            by_state.entry(stands).or_default().push(assurance.name().to_string());
        }
        if service.is_excluded() {
            by_state.clear();
            by_state.insert(Stands::OutOfScope, Vec::new());
        } else if by_state.is_empty() {
            let unknown = service.may_claim_more() || service.body.scope.is_unknown();
            let none = if unknown { Stands::Unknown } else { Stands::NotCovered };
            by_state.insert(none, Vec::new());
        }
        Self { by_state, by_report }
    }

    /// The strongest.
    pub fn stands(&self) -> Stands {
        let first = self.by_state.keys().next();
        first.copied().unwrap_or(Stands::NotCovered)
    }

    fn said(&self) -> &'static str {
        match self.stands() {
            Stands::Covered if self.by_report => "covered by a declared report",
            Stands::Covered => "covered by a declared certificate",
            Stands::NotCovered => "not covered by any declared report",
            other => other.as_str(),
        }
    }
}

fn services(judged: &Judged<'_, '_>) -> Table {
    let mut table = Table::new("services", OF_SERVICES, "No service is declared.").titled("Services");
    let row = |service: ServiceRef<'_, '_>| {
        let subject = service.path();
        let body = &service.entity().body;
        let stands = Standings::of(service);
        let others = stands
            .by_state
            .iter()
            .filter(|(stands, names)| **stands != Stands::Covered && !names.is_empty());
        let others = others.map(|(stands, names)| format!("{}: {}", stands.as_str(), names.join(", ")));
        let [open, _, place] = judged.ending(&subject, Some(service.place()));
        Row {
            span: None,
            is_open: super::table::is_filled(&open),
            cells: vec![
                cells::text(&subject),
                cells::field(&body.title),
                judged.owner(&subject).map_or(Cell::Nothing, cells::text),
                cells::field(&body.financial_impact),
                cells::text(stands.said()),
                cells::list(stands.by_state.get(&Stands::Covered).into_iter().flatten()),
                cells::list(others),
                open,
                place,
            ],
            subject: Some(subject),
        }
    };
    table.rows = judged.estate.services().map(row).collect();
    table.rows.sort_by(|one, other| one.subject.cmp(&other.subject));
    table.all = "`soclint matrix coverage`".to_owned();
    table
}

fn reports(judged: &Judged<'_, '_>) -> Table {
    let mut table = Table::new("reports", OF_REPORTS, "No report or certificate is declared.")
        .titled("Reports and certificates")
        .about("A certificate is no report: it says that a management system conforms to a standard, and nothing of a period.");
    let mut letters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for assurance in judged.estate.assurances() {
        let said = bridges(assurance.origin());
        if !said.is_empty() {
            letters.insert(assurance.path(), said);
        }
    }
    let mut sheet = judged.list(Listed::Reports, &Wanted::default());
    for mut row in rows_of(&mut sheet) {
        let subject = row.text("subject");
        let is_open = row.is_filled("open");
        let mut period = vec![row.days("from", "to")];
        period.extend(
            subject
                .iter()
                .filter_map(|subject| letters.remove(subject))
                .map(Cell::List),
        );
        let days = row.listed(&[
            ("", "status"),
            ("issued", "issued"),
            ("expected", "expected"),
            ("valid until", "expires"),
        ]);
        table.rows.push(Row {
            span: None,
            is_open,
            cells: vec![
                row.take("subject"),
                row.take("what"),
                joined(period),
                days,
                row.take("opinion"),
                row.take("by"),
                row.take("owner"),
                row.take("services"),
                row.take("open"),
                row.take("declared-at"),
            ],
            subject,
        });
    }
    table.all = "`soclint inventory reports`".to_owned();
    table
}

/// Letters for the time after its period.
pub fn bridges(origin: Origin<'_, '_>) -> Vec<String> {
    let Origin::Report(report) = origin else {
        return Vec::new();
    };
    let letters = report.entity().body.bridge_letter.iter();
    let days = letters.map(|letter| letter.value.period.get().and_then(crate::estate::period));
    let said = days.map(|days| match days {
        Some(days) if days.from != days.to => format!("bridge letter for {} to {}", days.from, days.to),
        Some(days) => format!("bridge letter for {}", days.from),
        None => "bridge letter, its days unknown".to_owned(),
    });
    said.collect()
}

/// Several cells as one list.
fn joined(all: Vec<Cell>) -> Cell {
    let texts = all.into_iter().flat_map(|cell| match cell {
        Cell::Text(text) => vec![text],
        Cell::Day(day) => vec![day.to_string()],
        Cell::List(items) => items,
        Cell::Standing(word) => vec![word.as_str().to_owned()],
        Cell::Nothing | Cell::Count(_) | Cell::Places(_) | Cell::Parts(_) => Vec::new(),
    });
    cells::list(texts)
}
