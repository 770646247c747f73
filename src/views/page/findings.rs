//! Findings, by owner.

use super::{Chapter, Col, Row, Says, Table, Title};
use crate::finding::{Finding, Severity};
use crate::triage::Outcome;
use crate::views::{Cell, cells};
use std::cmp::Reverse;
use std::collections::BTreeMap;

const OF_OWNERS: &[Col] = &[
    Col::new("Owner", Says::Owner, 30),
    Col::new("Errors", Says::Text, 10),
    Col::new("Warnings", Says::Text, 10),
    Col::new("Notes", Says::Text, 10),
];

const COLUMNS: &[Col] = &[
    Col::new("Severity", Says::Severity, 8),
    Col::new("Rule", Says::Rule, 15),
    Col::new("Subject", Says::Path, 17),
    Col::new("Finding", Says::Prose, 30),
    Col::new("To fix it", Says::Prose, 22),
    Col::new("Place", Says::Place, 14),
];

/// What is said where a finding has no owner.
pub const NO_OWNER: &str = "No owner";

pub fn chapter(outcome: &Outcome) -> Chapter {
    // Those without an owner come last.
    let mut by_owner: BTreeMap<(bool, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in &outcome.findings {
        let owner = finding.owner.as_deref();
        by_owner
            .entry((owner.is_none(), owner.unwrap_or(NO_OWNER)))
            .or_default()
            .push(finding);
    }
    let mut owners = Table::new("owners", OF_OWNERS, "No finding is reported.");
    owners.all = "`soclint check --summary`".to_owned();
    let mut chapter = Chapter::new("findings", "Findings by owner").saying(
        "A finding says that declarations do not fit together, or that something is missing from them. It is no exception that \
         an auditor noted.",
    );
    let mut tables = Vec::new();
    for ((has_none, owner), mut findings) in by_owner {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| Cell::Count(count(severity)));
        owners.rows.push(Row {
            subject: None,
            span: None,
            is_open: true,
            cells: std::iter::once(cells::text(owner)).chain(counts).collect(),
        });
        findings.sort_by_key(|finding| Reverse(finding.severity));
        let mut table = Table::new("findings", COLUMNS, "");
        table.title = Some(match has_none {
            true => Title::Words(NO_OWNER),
            false => Title::Name("", owner.to_owned()),
        });
        table.all = "`soclint check`".to_owned();
        table.rows = findings.into_iter().map(row).collect();
        tables.push(table);
    }
    chapter.tables.push(owners);
    chapter.tables.append(&mut tables);
    chapter
}

fn row(finding: &Finding) -> Row {
    let said = std::iter::once(finding.message.to_string()).chain(finding.precedence());
    Row {
        subject: None,
        span: None,
        is_open: true,
        cells: vec![
            cells::text(finding.severity),
            cells::text(finding.rule),
            cells::text(&finding.subject),
            cells::list(said),
            cells::text(&finding.help),
            cells::place(finding.primary.place),
        ],
    }
}
