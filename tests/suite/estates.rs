//! The bundled companies: one with findings, each of which is explained, and one without any.

use crate::tool::{self, AS_OF, project};
use serde_json::Value;
use soclint::rules::{self, Group};
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

#[test]
fn every_finding_of_the_first_company_is_explained_and_every_explained_one_is_found() {
    let why = std::fs::read_to_string(project().join("fixtures/estates/talervik-pay/WHY.md")).expect("WHY.md");
    let rows = why.lines().filter(|line| line.starts_with("| ")).filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let is_finding = matches!(cells.first(), Some(&("error" | "warning" | "note")));
        assert!(
            !is_finding || cells.get(3).is_some_and(|why| why.len() > 80),
            "no reason in: {line}"
        );
        is_finding.then(|| (cells[0].to_owned(), cells[1].to_owned(), cells[2].to_owned()))
    });
    let explained: Vec<Row> = rows.collect();
    let (mut found, _) = found("talervik-pay");
    let mut sorted = explained.clone();
    sorted.sort();
    found.sort();
    let missing: Vec<&Row> = sorted.iter().filter(|row| !found.contains(row)).collect();
    let more: Vec<&Row> = found.iter().filter(|row| !sorted.contains(row)).collect();
    assert!(
        missing.is_empty() && more.is_empty(),
        "not found: {missing:#?}\nnot explained: {more:#?}"
    );
    assert_eq!(sorted, found);
}

/// It shows what soclint is for: each family of rules, and each severity.
#[test]
fn every_family_of_rules_speaks_about_the_first_company() {
    let (rows, _) = found("talervik-pay");
    let group_of = |rule: &str| rules::find(rule).expect("a rule").group.title();
    let spoken: BTreeSet<&str> = rows.iter().map(|(_, rule, _)| group_of(rule)).collect();
    for rule in rules::all().filter(|rule| rule.group != Group::Reading) {
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
