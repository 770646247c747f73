//! Manifests that cannot be read, or not wholly: every problem is found, each once, and nothing hides another.

use crate::cases;
use soclint::Group;

#[test]
fn every_broken_manifest_gives_exactly_the_findings_that_it_names() {
    let mut failures = Vec::new();
    for folder in cases::broken() {
        failures.extend(folder.mistakes.iter().cloned());
        failures.extend(folder.fails.iter().chain(&folder.passes).filter_map(cases::failure));
    }
    assert!(
        failures.is_empty(),
        "{} cases:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// But for files that cannot be read at all, which no repository can hold.
#[test]
fn every_kind_of_flaw_has_cases_that_give_it() {
    for rule in soclint::rules().filter(|rule| rule.group == Group::Reading && rule.name != "unreadable-file") {
        let folder = cases::broken().iter().find(|folder| folder.name == rule.name);
        let folder = folder.unwrap_or_else(|| panic!("fixtures/broken/{} is not there", rule.name));
        let gives = |ran: &cases::Ran| ran.case.expected.iter().any(|one| one.rule == rule.name);
        assert!(folder.fails.iter().any(gives), "fixtures/broken/{}", rule.name);
    }
}

#[test]
fn accepted_manifests_expect_nothing() {
    let accepted = cases::broken().iter().find(|folder| folder.name == "accepted");
    let accepted = accepted.expect("fixtures/broken/accepted");
    assert!(!accepted.passes.is_empty());
    let expect = accepted.fails.iter().map(|ran| ran.case.name());
    assert_eq!(expect.collect::<Vec<_>>(), [] as [String; 0]);
}
