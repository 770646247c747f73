//! `--show-waived` means the same in each format that can show it.

use crate::tool::{AS_OF, project, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn printed(root: &Path, format: &str, args: &[&str]) -> String {
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--format", format])
        .args(args)
        .current_dir(root));
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    stdout(&output)
}

/// How many findings are shown as waived.
fn waived(shown: &str, format: &str) -> usize {
    match format {
        "json" | "sarif" => {
            let document: Value = serde_json::from_str(shown).expect("JSON");
            let results = document["runs"][0]["results"].as_array();
            match results {
                Some(results) => results
                    .iter()
                    .filter(|result| result.get("suppressions").is_some())
                    .count(),
                None => document["waived"].as_array().expect("a list").len(),
            }
        }
        "github" => {
            let commands = shown.lines().filter(|line| line.starts_with("::notice "));
            commands.filter(|line| line.contains(" (waived)::")).count()
        }
        "junit" => {
            let document = roxmltree::Document::parse(shown).expect("XML");
            let skipped = document.descendants().filter(|node| node.has_tag_name("skipped"));
            skipped
                .filter(|node| node.text().is_some_and(|said| said.contains("; waived until ")))
                .count()
        }
        "markdown" => shown.lines().filter(|line| line.starts_with("| waived ")).count(),
        _ => shown.matches("waived error[").count() + shown.matches("waived warning[").count(),
    }
}

#[test]
fn each_format_shows_what_is_waived_if_it_is_asked_to() {
    let estate = project().join("fixtures/estates/brackwater-custody");
    let document: Value = serde_json::from_str(&printed(&estate, "json", &[])).expect("JSON");
    let expected = document["waived"].as_array().expect("a list").len();
    assert!(expected >= 5);
    for format in ["pretty", "concise", "sarif", "github", "junit", "markdown"] {
        let (asked, not) = (
            printed(&estate, format, &["--show-waived"]),
            printed(&estate, format, &[]),
        );
        assert_eq!(waived(&asked, format), expected, "{format}");
        assert_eq!(waived(&not, format), 0, "{format}");
    }
    // JSON always has it, and GitLab has no word for it.
    for (format, is_same) in [("json", true), ("gitlab", true)] {
        let same = printed(&estate, format, &["--show-waived"]) == printed(&estate, format, &[]);
        assert_eq!(same, is_same, "{format}");
    }
}

#[test]
fn what_is_waived_takes_no_annotation_from_what_is_not() {
    let manifest = |waived: usize, notes: usize, warnings: usize| {
        let mut text = String::from("owner = \"team\"\n");
        for n in 0..waived + warnings {
            text += &format!(
                "[identities.bot{n:02}]\nkind = \"bot\"\ncredential = \"federated\"\naccess = []\nreview = {{ last = 2026-09-01, evidence = \"https://x.example.com\" }}\noffboarding = {{ trigger = \"x\", evidence = \"https://x.example.com\" }}\n"
            );
        }
        for n in 0..notes {
            text += &format!("[reports.r{n:02}]\nframework = \"SOC 2\"\nstatus = \"planned\"\n");
        }
        for n in 0..waived {
            text += &format!(
                "[[waivers]]\nrule = \"nhi-without-monitoring\"\nsubject = \"identities.bot{n:02}\"\nreason = \"The collector comes later\"\nowner = \"team\"\napproved-by = \"person-ciso\"\nexpires = 2026-12-31\n"
            );
        }
        text
    };
    for (held, notes, warnings) in [(3, 2, 1), (8, 2, 0), (9, 2, 12), (15, 0, 0), (4, 12, 3), (10, 0, 10)] {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", manifest(held, notes, warnings));
        let shown = printed(root.path(), "github", &["--show-waived"]);
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for line in shown.lines().filter(|line| line.starts_with("::")) {
            let kind = line[2..].split(' ').next().expect("a kind");
            *kinds.entry(kind).or_default() += 1;
        }
        assert!(kinds.values().all(|count| *count <= 10), "{kinds:?}");
        let told = shown.lines().find(|line| line.starts_with("::notice title=soclint::"));
        let left_out = told.map_or(0, |line| {
            let number = line["::notice title=soclint::".len()..].split(' ').next();
            number
                .and_then(|number| number.parse::<usize>().ok())
                .expect("a number")
        });
        let annotated: usize = kinds.values().sum::<usize>() - usize::from(told.is_some());
        assert_eq!(annotated + left_out, held + notes + warnings, "{shown}");
        let of_notes = shown
            .lines()
            .filter(|line| line.contains("title=non-canonical-spelling::"))
            .count();
        let room = if told.is_some() { 9 } else { 10 };
        assert_eq!(of_notes, notes.min(room), "notes come before what is waived: {shown}");
        assert_eq!(waived(&shown, "github"), held.min(room - of_notes), "{shown}");
    }
}

#[test]
fn junit_counts_what_is_waived_as_a_test_and_not_as_a_failure() {
    let estate = project().join("fixtures/estates/brackwater-custody");
    let number = |shown: &str, name: &str| -> usize {
        let document = roxmltree::Document::parse(shown).expect("XML");
        let suite = document
            .descendants()
            .find(|node| node.has_tag_name("testsuite"))
            .expect("a suite");
        suite
            .attribute(name)
            .and_then(|text| text.parse().ok())
            .expect("a number")
    };
    let (asked, not) = (
        printed(&estate, "junit", &["--show-waived"]),
        printed(&estate, "junit", &[]),
    );
    assert_eq!(number(&asked, "failures"), number(&not, "failures"));
    assert_eq!(number(&asked, "tests"), number(&not, "tests") + waived(&asked, "junit"));
    assert_eq!(number(&asked, "tests"), asked.matches("<testcase ").count());
}
