//! The bundled companies: those with findings, each of which is explained, and those without any.

use crate::cases::{self, name};
use crate::tool::{self, AS_OF, project};
use serde_json::Value;
use soclint::Group;
use std::collections::BTreeSet;

type Row = (String, String, String);

fn found(estate: &str) -> (Vec<Row>, Value) {
    let document = tool::check_json(&project().join("fixtures/estates").join(estate), AS_OF);
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let rows = tool::findings(&document)
        .iter()
        .map(|finding| {
            (
                text(finding, "severity"),
                text(finding, "rule"),
                text(finding, "subject"),
            )
        })
        .collect();
    (rows, document)
}

/// The companies whose `WHY.md` argues each finding.
const EXPLAINED: [&str; 2] = ["talervik-pay", "corrowmere-stores"];

fn explained(estate: &str) -> Vec<Row> {
    let path = project().join("fixtures/estates").join(estate).join("WHY.md");
    let why = std::fs::read_to_string(path).expect("WHY.md");
    let rows = why.lines().filter(|line| line.starts_with("| ")).filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let is_finding = matches!(cells.first(), Some(&("error" | "warning" | "note")));
        assert!(
            !is_finding || cells.get(3).is_some_and(|why| why.len() > 80),
            "{estate}: no reason in: {line}"
        );
        is_finding.then(|| (cells[0].to_owned(), cells[1].to_owned(), cells[2].to_owned()))
    });
    let mut rows: Vec<Row> = rows.collect();
    rows.sort();
    rows
}

#[test]
fn every_finding_is_explained_and_every_explained_one_is_found() {
    for estate in EXPLAINED {
        let explained = explained(estate);
        let (mut found, _) = found(estate);
        found.sort();
        let missing: Vec<&Row> = explained.iter().filter(|row| !found.contains(row)).collect();
        let more: Vec<&Row> = found.iter().filter(|row| !explained.contains(row)).collect();
        assert!(
            missing.is_empty() && more.is_empty(),
            "{estate}: not found: {missing:#?}\nnot explained: {more:#?}"
        );
        assert_eq!(explained, found, "{estate}");
    }
}

/// It has no report of its own, and reads those of others against its own year.
#[test]
fn the_company_that_only_uses_providers_finds_what_their_reports_lack() {
    let (rows, document) = found("corrowmere-stores");
    let reports = project().join("fixtures/estates/corrowmere-stores");
    let mut texts = cases::files(&reports)
        .into_iter()
        .filter(|file| name(file).ends_with("scope.toml"));
    let declares = |file: std::path::PathBuf| std::fs::read_to_string(file).expect("a manifest").contains("[reports.");
    assert!(!texts.any(declares), "it has a report of its own");
    let said: Vec<&str> = tool::findings(&document)
        .iter()
        .filter_map(|finding| finding["message"].as_str())
        .collect();
    for what in [
        "more than 12 months before",
        "days uncovered before our year-end of 2026-08-31",
        "carries a qualified opinion",
        "none of its declared reports is on controls relevant to user entities' financial reporting",
        "for `Close & Consolidate`",
        "in `ca`",
        "has no `owner` and no `evidence`",
        "no review of it is declared",
        "was last reviewed on 2025-08-20",
    ] {
        assert!(said.iter().any(|message| message.contains(what)), "{what}");
    }
    let of_vendors = rows
        .iter()
        .filter(|(_, _, subject)| subject.starts_with("third-parties."));
    assert_eq!(of_vendors.count(), 11);
}

/// It shows what soclint is for: each family of rules, and each severity.
#[test]
fn every_family_of_rules_speaks_about_the_first_company() {
    let (rows, _) = found("talervik-pay");
    let group_of = |rule: &str| soclint::rule(rule).expect("a rule").group.title();
    let spoken: BTreeSet<&str> = rows.iter().map(|(_, rule, _)| group_of(rule)).collect();
    for rule in soclint::rules().filter(|rule| rule.group != Group::Reading) {
        let family = rule.group.title();
        assert!(spoken.contains(family), "no rule of {family} has anything to say");
    }
    let severities: BTreeSet<&str> = rows.iter().map(|(severity, ..)| severity.as_str()).collect();
    assert_eq!(severities, BTreeSet::from(["error", "note", "warning"]));
}

#[test]
fn the_clean_company_declares_as_much_and_has_no_finding() {
    let (rows, clean) = found("quillmarsh-payroll");
    assert_eq!(rows, Vec::<Row>::new());
    let (_, other) = found("talervik-pay");
    let entities = |document: &Value| document["summary"]["entities"].as_u64().expect("a number");
    assert!(entities(&clean) >= 100 && entities(&clean) * 10 >= entities(&other) * 9);
}

#[test]
fn what_is_unusual_and_right_has_no_finding() {
    let (rows, estate) = found("unusual-but-right");
    assert_eq!(rows, Vec::<Row>::new());
    assert!(estate["summary"]["entities"].as_u64().expect("a number") >= 200);
}
