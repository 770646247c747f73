//! The inventory and the findings never differ: over all cases and estates, a cell is open exactly when a finding of a rule
//! of its column is reported about its row, and no finding about an identity is without a row.

use crate::session::Session;
use crate::source::Source;
use crate::triage::{Baseline, Choice, Outcome};
use crate::views::{Cell, Holds, Judged, Listed, Part, Sheet, Wanted, Word, matters};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(in crate::tests) const AS_OF: Date = jiff::civil::date(2026, 10, 1);

/// Estates, and cases of rules: files and folders.
pub(in crate::tests) fn cases() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let below = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let mut cases = below(&fixtures.join("estates"));
    for rule in below(&fixtures.join("rules")) {
        cases.extend(below(&rule.join("fails")));
        cases.extend(below(&rule.join("passes")));
    }
    for kind in ["discover", "broken"] {
        cases.extend(below(&fixtures.join(kind)).iter().flat_map(|folder| below(folder)));
    }
    cases
}

pub(in crate::tests) fn session(case: &Path) -> Option<Session> {
    if case.is_dir() {
        return Session::of_folder(case).ok();
    }
    let text = std::fs::read_to_string(case).ok()?;
    let source = Source::new("scope.toml".to_owned(), text);
    Session::of_texts(vec![source], Vec::new()).ok()
}

/// Every table of an estate, with what was found.
fn listed<T>(
    session: &Session,
    baseline: Option<&Baseline>,
    of: impl FnOnce(&Outcome, &dyn Fn(Listed) -> Sheet) -> T,
) -> T {
    let linked = session.link(AS_OF);
    let outcome = linked.outcome(&Choice::default(), baseline);
    let judged = Judged::new(&linked.estate, session.sources(), session.settings(), &outcome);
    let wanted = Wanted {
        all: true,
        ..Wanted::default()
    };
    of(&outcome, &|table| judged.list(table, &wanted))
}

pub(super) fn column(sheet: &Sheet, key: &str) -> usize {
    let at = sheet.columns.iter().position(|column| column.key == key);
    at.unwrap_or_else(|| panic!("no column {key}"))
}

pub(super) fn text<'c>(sheet: &Sheet, row: &'c [Cell], key: &str) -> &'c str {
    match &row[column(sheet, key)] {
        Cell::Text(text) => text,
        _ => "",
    }
}

fn word(sheet: &Sheet, row: &[Cell], key: &str) -> Word {
    match &row[column(sheet, key)] {
        Cell::Standing(word) => *word,
        other => panic!("{key}: {other:?}"),
    }
}

fn differences(case: &Path, outcome: &Outcome, sheet: &Sheet) -> Vec<String> {
    let mut wrong = Vec::new();
    let reported = |subject: &str, rules: &[&str]| {
        let findings = outcome.findings.iter();
        findings
            .filter(|finding| finding.subject == subject && rules.contains(&finding.rule))
            .count()
    };
    let mut subjects = BTreeSet::new();
    for row in &sheet.rows {
        let subject = text(sheet, row, "subject");
        subjects.insert(subject);
        for matter in matters() {
            let open = word(sheet, row, matter.key) == Word::Open;
            if open != (reported(subject, matter.rules) > 0) {
                wrong.push(format!("{}: {subject}: {} open: {open}", case.display(), matter.key));
            }
        }
    }
    let in_columns: BTreeSet<&str> = matters().flat_map(|matter| matter.rules).copied().collect();
    for finding in &outcome.findings {
        let is_of_identity = finding.subject.contains("identities.") || finding.subject.starts_with("seen(");
        let has_row = subjects.contains(finding.subject.as_str());
        if in_columns.contains(finding.rule) && is_of_identity && !has_row {
            wrong.push(format!(
                "{}: {} of {} has no row",
                case.display(),
                finding.rule,
                finding.subject
            ));
        }
    }
    wrong
}

#[test]
fn a_cell_is_open_exactly_when_a_finding_is_reported() {
    let cases = cases();
    assert!(cases.len() > 1_000, "{}", cases.len());
    let of_case = |case: &PathBuf| {
        let session = session(case)?;
        Some(listed(&session, None, |outcome, list| {
            differences(case, outcome, &list(Listed::Identities))
        }))
    };
    let each: Vec<Option<Vec<String>>> = cases.par_iter().map(of_case).collect();
    let read = each.iter().flatten().count();
    assert!(read * 10 > cases.len() * 9, "{read} of {} were read", cases.len());
    let wrong: Vec<String> = each.into_iter().flatten().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a cell is of its column.
pub(super) fn fits(cell: &Cell, holds: Holds) -> bool {
    match cell {
        Cell::Nothing => true,
        Cell::Standing(word) => holds == Holds::Standing || *word == Word::Unknown,
        Cell::Text(text) => match holds {
            Holds::OneOf(words) => words.contains(&text.as_str()),
            _ => holds == Holds::Text && !text.is_empty(),
        },
        Cell::List(items) => holds == Holds::List && !items.is_empty(),
        Cell::Day(_) => holds == Holds::Day,
        Cell::Count(_) => holds == Holds::Count,
        Cell::Places(places) => holds == Holds::Places && !places.is_empty(),
        Cell::Parts(parts) => match holds {
            Holds::Parts(columns) => {
                let fit = |part: &Part| {
                    let mut cells = part.cells.iter().zip(columns);
                    part.cells.len() <= columns.len() && cells.all(|(cell, column)| fits(cell, column.holds))
                };
                !parts.is_empty() && parts.iter().all(fit)
            }
            _ => false,
        },
    }
}

#[test]
fn every_row_fits_its_columns() {
    let mut rows = [0; Listed::ALL.len()];
    for case in cases() {
        let Some(session) = session(&case) else { continue };
        listed(&session, None, |_, list| {
            for (table, rows) in Listed::ALL.into_iter().zip(&mut rows) {
                let sheet = list(table);
                let mut before = String::new();
                for row in &sheet.rows {
                    assert_eq!(row.len(), sheet.columns.len(), "{}: {}", case.display(), sheet.name);
                    for (cell, column) in row.iter().zip(sheet.columns.iter()) {
                        assert!(fits(cell, column.holds), "{}: {}: {cell:?}", case.display(), column.key);
                    }
                    let subject = text(&sheet, row, "subject").to_owned();
                    assert!(before <= subject, "{}: {} is not sorted", case.display(), sheet.name);
                    before = subject;
                    *rows += 1;
                }
            }
        });
    }
    assert!(rows.iter().all(|rows| *rows > 20), "{rows:?}");
}

const MANIFEST: &str = "\
[owners.ada]
kind = \"person\"

[services.pay]
owner = \"ada\"
exposure = \"internal\"
financial-impact = \"none\"

[identities.deployer]
kind = \"service-account\"
owner = \"ada\"
credential = \"static-secret\"
store = \"vault\"
services = \"pay\"
";

fn deployer(config: &str, waivers: &str, adopts: bool) -> impl Fn(&str) -> Word {
    let manifest = Source::new("scope.toml".to_owned(), format!("{MANIFEST}{waivers}"));
    let config = Source::new("soclint.toml".to_owned(), config.to_owned());
    let session = Session::of_texts(vec![manifest], vec![config]).unwrap_or_else(|error| panic!("{error}"));
    let checked = session.check(AS_OF, &Choice::default());
    let baseline = adopts.then(|| session.adopt(&checked));
    let (sheet, at) = listed(&session, baseline.as_ref(), |_, list| {
        let sheet = list(Listed::Identities);
        let at = sheet
            .rows
            .iter()
            .position(|row| text(&sheet, row, "subject") == "identities.deployer");
        (sheet, at)
    });
    let at = at.unwrap_or_else(|| panic!("it is listed"));
    move |key| word(&sheet, &sheet.rows[at], key)
}

#[test]
fn each_word_is_said_where_it_is_true() {
    let plain = deployer("", "", false);
    assert_eq!(plain("rotation"), Word::Open);
    assert_eq!(plain("ownership"), Word::Stated);
    assert_eq!(plain("storage"), Word::Stated);
    assert_eq!(plain("privilege"), Word::NotNeeded);
    assert_eq!(plain("declaration"), Word::Stated);

    let off = deployer(
        "[rules]\nnhi-without-rotation-evidence = \"off\"\nnhi-secret-store-unsanctioned = \"off\"\n",
        "",
        false,
    );
    assert_eq!(off("rotation"), Word::Off, "what is found is off");
    assert_eq!(off("storage"), Word::Off, "what would be found is, too");
    assert_eq!(off("review"), Word::Open);

    let waiver = "
[[waivers]]
rule = \"nhi-without-rotation-evidence\"
subject = \"identities.deployer\"
reason = \"Rotated by hand until the vault does it\"
owner = \"ada\"
approved-by = \"grace\"
expires = 2026-12-01

[owners.grace]
kind = \"person\"
";
    assert_eq!(deployer("", waiver, false)("rotation"), Word::Waived);
    assert_eq!(deployer("", "", true)("rotation"), Word::Adopted);
}

#[test]
fn what_could_not_be_read_is_unknown_and_never_not_needed() {
    let broken = MANIFEST.replace("kind = \"service-account\"", "kind = \"service-acount\"");
    let manifest = Source::new("scope.toml".to_owned(), broken);
    let session = Session::of_texts(vec![manifest], Vec::new()).unwrap_or_else(|error| panic!("{error}"));
    listed(&session, None, |_, list| {
        let sheet = list(Listed::Identities);
        assert_eq!(sheet.incomplete, ["scope.toml"]);
        let [row] = sheet.rows.as_slice() else {
            panic!("one row")
        };
        assert_eq!(word(&sheet, row, "rotation"), Word::Unknown);
        assert_eq!(word(&sheet, row, "ownership"), Word::Stated);
    });
}
