//! The repository checks itself: it is an estate, a small one, and none of the estates that the tests need is part of it.

use crate::tool::{self, project};
use soclint::Choice;
use std::collections::BTreeSet;

/// Any day after the identities came to be; nothing in the manifest goes by the day.
const AS_OF: &str = "2026-12-01";

#[test]
fn it_reads_its_own_manifest_and_no_other() {
    let document = tool::printed_json(&project(), AS_OF);
    let summary = &document["summary"];
    assert_eq!(summary["files"], 1, "{summary}");
    assert_eq!(summary["config"], "soclint.toml");
    assert!(
        summary["entities"]
            .as_u64()
            .is_some_and(|entities| (5..20).contains(&entities)),
        "{summary}"
    );
    // Fixtures look like estates, and are none of it.
    let passed_over = &summary["passed-over"];
    for kind in ["look-alikes", "configs", "links", "ignore-files", "patterns"] {
        assert!(
            passed_over[kind].as_array().is_none_or(Vec::is_empty),
            "{kind}: {passed_over}"
        );
    }
}

#[test]
fn its_files_name_the_schemas_of_this_version() {
    for (file, schema) in [("scope.toml", "manifest"), ("soclint.toml", "config")] {
        let text = std::fs::read_to_string(project().join(file)).expect("a file");
        let address = tool::schema_address(schema);
        assert!(text.starts_with(&format!("#:schema {address}\n")), "{file}");
    }
}

#[test]
fn what_is_found_in_it_is_that_nobody_has_reviewed_what_releases_it() {
    let checked = tool::checked(&project(), AS_OF, &Choice::default());
    let found: Vec<(&str, &str)> = checked
        .outcome
        .findings
        .iter()
        .map(|finding| (finding.severity.as_str(), finding.rule))
        .collect();
    assert_eq!(found, [("note", "nhi-without-access-review"); 4]);
}

/// What the manifest says of the release is what the workflow does.
#[test]
fn each_identity_is_a_job_of_the_release() {
    let read = |path: &str| std::fs::read_to_string(project().join(path)).expect("a file");
    let workflow = read(".github/workflows/release.yml");
    let manifest: toml::Table = toml::from_str(&read("scope.toml")).expect("TOML");
    let identities = manifest["identities"].as_table().expect("identities");
    let text = |identity: &toml::Value, key: &str| {
        identity
            .get(key)
            .and_then(toml::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    for (id, identity) in identities {
        let description = text(identity, "description");
        let job = description
            .split('`')
            .nth(1)
            .unwrap_or_else(|| panic!("{id} names no job"));
        let body = job_of(&workflow, job).unwrap_or_else(|| panic!("{id}: there is no job {job}"));
        assert_eq!(
            text(identity, "credential") == "federated",
            body.contains("\n      id-token: write"),
            "{id}"
        );
        assert_eq!(
            text(identity, "subject-condition").contains("environment release"),
            body.contains("\n    environment: release\n"),
            "{id}"
        );
    }
    assert_eq!(
        workflow.matches(": write").count(),
        5,
        "a right that no identity of scope.toml has"
    );
    assert!(!workflow.contains("secrets."), "no secret is kept for a release");
}

/// The text of a job, up to the next one.
fn job_of(workflow: &str, job: &str) -> Option<String> {
    let (_, rest) = workflow.split_once(&format!("\n  {job}:\n"))?;
    let lines = rest
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with("    "));
    Some(lines.map(|line| format!("\n{line}")).collect::<String>() + "\n")
}

/// What is released is what `deny.toml` judges and the notices are about.
#[test]
fn the_targets_of_a_release_are_those_whose_crates_are_judged() {
    let read = |path: &str| std::fs::read_to_string(project().join(path)).expect("a file");
    let workflow = read(".github/workflows/release.yml");
    let built: Vec<&str> = workflow
        .lines()
        .filter_map(|line| line.split_once("target: ")?.1.strip_suffix(" }"))
        .filter(|target| target.contains('-'))
        .collect();
    let deny: toml::Table = toml::from_str(&read("deny.toml")).expect("TOML");
    let judged: Vec<&str> = deny["graph"]["targets"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(toml::Value::as_str)
        .collect();
    assert_eq!(built.len(), 5);
    assert_eq!(built.into_iter().collect::<BTreeSet<_>>(), judged.into_iter().collect());
}
