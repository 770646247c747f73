//! One cause is told once to people, and stays a finding for each subject to everything else.

use crate::tool::{self, AS_OF, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

const RULE: &str = "nhi-secret-store-unsanctioned";

/// Identities whose profile keeps their secrets in a chat.
fn of_profile(ids: &[&str]) -> String {
    let mut text =
        "owner = \"team-a\"\nprofiles.ci = { credential = \"static-secret\", store = \"chat\" }\n".to_owned();
    for id in ids {
        let _ = write!(text, "[identities.{id}]\nprofile = \"ci\"\nkind = \"api-key\"\n");
    }
    text
}

fn estate(text: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", text);
    root
}

fn printed(root: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--select", RULE])
        .args(args)
        .env("COLUMNS", "80")
        .current_dir(root));
    assert!(stderr(&output).is_empty(), "{}", stderr(&output));
    (output.status.code(), stdout(&output))
}

fn json(root: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&printed(root, args).1).expect("JSON")
}

#[test]
fn a_line_of_a_profile_is_told_once_and_counts_for_each_identity() {
    let root = estate(&of_profile(&["one", "two", "three"]));
    let (status, pretty) = printed(root.path(), &[]);
    assert_eq!(status, Some(1));
    assert_eq!(pretty.matches(&format!("error[{RULE}]")).count(), 1, "{pretty}");
    let told = "\n  and for 2 more: identities.three, identities.two\n  owner: team-a\n";
    assert!(pretty.contains("× `one` keeps") && pretty.contains(told), "{pretty}");
    assert!(pretty.contains("3 errors, 0 warnings and 0 notes"), "{pretty}");
    let markdown = printed(root.path(), &["--format", "markdown"]).1;
    let told = "| **error** | `identities.one`<br>and for 2 more: `identities.three`, `identities.two` | `team-a` |";
    assert_eq!(markdown.matches(told).count(), 1, "{markdown}");
    assert_eq!(markdown.matches("**error**").count(), 1, "{markdown}");

    let concise = printed(root.path(), &["--format", "concise"]).1;
    assert_eq!(concise.matches("error[").count(), 3, "{concise}");
    let document = json(root.path(), &["--format", "json"]);
    assert_eq!(document["summary"]["errors"], 3);
    let subjects: Vec<&str> = tool::findings(&document)
        .iter()
        .map(|finding| finding["subject"].as_str().expect("a subject"))
        .collect();
    assert_eq!(subjects, ["identities.one", "identities.three", "identities.two"]);
    let sarif = json(root.path(), &["--format", "sarif"]);
    let results = sarif["runs"][0]["results"].as_array().expect("results").iter();
    let prints: BTreeSet<&str> = results
        .map(|result| {
            result["partialFingerprints"]["soclint/v1"]
                .as_str()
                .expect("a fingerprint")
        })
        .collect();
    assert_eq!(prints.len(), 3);
    let written = run(soclint()
        .args(["baseline", "write", "--as-of", AS_OF])
        .current_dir(root.path()));
    assert!(written.status.success(), "{}", stderr(&written));
    let baseline = std::fs::read_to_string(root.path().join("soclint-baseline.toml")).expect("a baseline");
    assert_eq!(baseline.matches(&format!("rule = \"{RULE}\"")).count(), 3, "{baseline}");
}

#[test]
fn what_differs_is_told_by_itself() {
    let told = |text: &str, args: &[&str]| {
        let root = estate(text);
        let (_, pretty) = printed(root.path(), args);
        let full = pretty.matches(&format!("[{RULE}]")).count();
        let more = pretty.lines().filter(|line| line.starts_with("  and for ")).count();
        (full, more)
    };
    let ids = ["one", "two", "three"];
    assert_eq!(told(&of_profile(&ids), &[]), (1, 1));
    assert_eq!(told(&of_profile(&["one"]), &[]), (1, 0));
    // Another place, though the same is said.
    let own = of_profile(&ids) + "store = \"chat\"\n";
    assert_eq!(told(&own, &[]), (2, 1));
    // The same place, and something else is said.
    let other = of_profile(&ids) + "credential = \"key-pair\"\n";
    assert_eq!(told(&other, &[]), (2, 1));
    // What is waived, and by which waiver.
    let waiver = |id: &str| {
        format!(
            "[[waivers]]\nrule = \"{RULE}\"\nsubject = \"identities.{id}\"\nreason = \"for a reason\"\n\
             owner = \"team-a\"\napproved-by = \"ciso\"\nexpires = 2026-12-01\n"
        )
    };
    assert_eq!(told(&(of_profile(&ids) + &waiver("two")), &[]), (1, 1));
    assert_eq!(told(&(of_profile(&ids) + &waiver("two")), &["--show-waived"]), (2, 1));
    assert_eq!(told(&(of_profile(&ids) + &waiver("t*")), &["--show-waived"]), (2, 1));
    let each = of_profile(&ids) + &waiver("two") + &waiver("three");
    assert_eq!(told(&each, &["--show-waived"]), (3, 0));
}

#[test]
fn references_of_one_list_are_causes_of_their_own() {
    let root = estate("services.a = { exposure = \"internal\", depends-on = [\"b\", \"b\", \"c\"] }\n");
    let shown = printed(root.path(), &["--quiet"]).1;
    assert_eq!(shown.matches("error[unknown-reference]").count(), 3, "{shown}");
}

#[test]
fn whose_the_others_are_is_said_where_it_differs() {
    let mut text = of_profile(&["a", "b"]);
    for (id, owner) in [("c", "team-c"), ("d", "team-c"), ("e", " ")] {
        let _ = write!(
            text,
            "[identities.{id}]\nprofile = \"ci\"\nkind = \"api-key\"\nowner = \"{owner}\"\n"
        );
    }
    let root = estate(&text);
    let one_line = |shown: &str| shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "and for 4 more: identities.b; identities.c, identities.d (of team-c); identities.e (without an owner)";
    let shown = printed(root.path(), &[]).1;
    assert!(one_line(&shown).contains(told), "{shown}");
    let fits = |line: &str| line.chars().count() <= 80 || line.starts_with("  page: ");
    assert!(shown.lines().all(fits), "{shown}");
    // By owner, each has its own.
    let shown = printed(root.path(), &["--group-by", "owner"]).1;
    assert!(
        shown.contains("  and for 1 more: identities.b\n  owner: team-a\n"),
        "{shown}"
    );
    assert!(
        shown.contains("  and for 1 more: identities.d\n  owner: team-c\n"),
        "{shown}"
    );
}

#[test]
fn of_many_others_some_are_named() {
    let ids: Vec<String> = (0..30).map(|n| format!("id{n:02}")).collect();
    let root = estate(&of_profile(&ids.iter().map(String::as_str).collect::<Vec<_>>()));
    let shown = printed(root.path(), &[]).1;
    assert!(shown.contains("  and for 29 more: identities.id01, "), "{shown}");
    assert!(
        shown.contains("identities.id20;") && !shown.contains("identities.id21"),
        "{shown}"
    );
    assert!(
        shown.contains("identities.id20; and 9 others, which --format json names\n"),
        "{shown}"
    );
}
