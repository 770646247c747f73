//! Who approves a waiver is someone else, however the name is written; and a waiver names what it is for.

use crate::tool::{self, AS_OF, run, soclint, stdout, write};
use serde_json::Value;
use std::path::Path;

fn manifest(subject: &str, owner: &str, approver: &str) -> String {
    format!(
        "namespace = \"pay\"\n[identities.bot]\nkind = \"bot\"\nowner = \"team-of-the-bot\"\ncredential = \"federated\"\n\
         review = {{ last = 2026-09-01, evidence = \"https://x.example.com\" }}\n\
         offboarding = {{ trigger = \"service retired\", evidence = \"https://x.example.com\" }}\n\
         [[waivers]]\nrule = \"nhi-without-monitoring\"\nsubject = \"{subject}\"\nreason = \"The collector comes later\"\n\
         owner = \"{owner}\"\napproved-by = \"{approver}\"\nexpires = 2026-12-31\n"
    )
}

/// What is reported about the waiver, and how many findings it suppresses.
fn judged(root: &Path) -> (Vec<String>, usize) {
    let document = tool::check_json(root, AS_OF);
    let findings = tool::findings(&document).iter();
    let invalid = findings.filter(|finding| finding["rule"] == "waiver-invalid" && finding["severity"] == "error");
    let said = invalid.map(|finding| finding["message"].as_str().expect("text").to_owned());
    (said.collect(), document["waived"].as_array().expect("a list").len())
}

#[test]
fn an_owner_does_not_approve_under_another_spelling() {
    for (owner, approver) in [
        ("mara", "Mara"),
        ("mara", " mara "),
        ("mara", "m\u{430}r\u{430}"),
        ("oskar", "\u{3bf}skar"),
        ("ivo", "\u{456}vo"),
        ("ivo", "iv\u{200d}o"),
        ("Anna Kask", "anna  kask"),
        ("ops/mara", "MARA"),
        ("team-of-the-other", "TEAM-of-the-bot"),
        ("team-of-the-other", "t\u{435}am-of-the-bot"),
    ] {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", manifest("identities.bot", owner, approver));
        let (said, waived) = judged(root.path());
        assert_eq!((said.len(), waived), (1, 0), "{owner} {approver}: {said:?}");
        assert!(said[0].contains("approved it and owns"), "{said:?}");
    }
}

#[test]
fn other_people_are_other_people() {
    for (owner, approver) in [
        ("mara", "maria"),
        ("team-0", "team-o"),
        ("barn", "bam"),
        ("zoe", "zo\u{eb}"),
        ("person-1", "person-l"),
        ("мара", "анна"),
    ] {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", manifest("identities.bot", owner, approver));
        let (said, waived) = judged(root.path());
        assert_eq!((said, waived), (Vec::new(), 1), "{owner} {approver}");
    }
}

#[test]
fn people_who_are_declared_are_told_apart_by_their_ids() {
    let root = tempfile::tempdir().expect("a folder");
    let people = "[owners.team-of-the-bot]\nmembers = [\"Mara\", \"mara\"]\n[owners.Mara]\nkind = \"person\"\n[owners.mara]\nkind = \"person\"\n";
    write(
        root.path(),
        "scope.toml",
        manifest("identities.bot", "mara", "Mara") + people,
    );
    assert_eq!(judged(root.path()), (Vec::new(), 1));
}

#[test]
fn an_approver_of_the_config_is_known_by_name_and_not_by_looks() {
    for (approver, approves) in [
        ("person-ciso", true),
        ("Person-CISO", true),
        (" person-ciso\u{a0}", true),
        ("person-\u{441}iso", false),
        ("person-c\u{456}so", false),
        ("person-cis0", false),
        ("person-ciso\u{200b}x", false),
    ] {
        let root = tempfile::tempdir().expect("a folder");
        write(
            root.path(),
            "soclint.toml",
            "[waiver-policy]\napprovers = \"person-ciso\"\n",
        );
        write(root.path(), "scope.toml", manifest("identities.bot", "mara", approver));
        let (said, waived) = judged(root.path());
        assert_eq!(waived == 1 && said.is_empty(), approves, "{approver}: {said:?}");
    }
}

#[test]
fn a_namespace_bounds_a_waiver_only_if_it_is_known_how_it_begins() {
    for (subject, holds) in [
        ("*a*/*", false),
        ("*ay/*", false),
        ("*/identities.bot", false),
        ("*y/identities.bot", false),
        ("**p**/identities.b*", false),
        ("*pay*/identities.bot", false),
        ("pay/*", true),
        ("p*/*", true),
        ("p*y/identities.*", true),
        ("pa*/identities.bot", true),
        ("*.bot", true),
    ] {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", manifest(subject, "mara", "person-ciso"));
        let (said, waived) = judged(root.path());
        assert_eq!(
            (said.is_empty(), waived),
            (holds, usize::from(holds)),
            "{subject}: {said:?}"
        );
        write(root.path(), "soclint.toml", "waiver-policy.allow-broad = true\n");
        assert_eq!(judged(root.path()), (Vec::new(), 1), "{subject}, where that is allowed");
    }
}

#[test]
fn the_list_of_waivers_lines_up_whatever_names_are_written_in() {
    use unicode_width::UnicodeWidthStr;
    let root = tempfile::tempdir().expect("a folder");
    for (at, owner) in [
        "チーム",
        "보안팀",
        "Ｔｅａｍ",
        "équipe",
        "команда",
        "🙂 team",
        "e\u{301}quipe",
    ]
    .iter()
    .enumerate()
    {
        let text = manifest("identities.bot", owner, "person-ciso").replace("\"pay\"", &format!("\"pay{at}\""));
        write(root.path(), &format!("{at}.scope.toml"), text);
    }
    let output = run(soclint().args(["waivers", "--as-of", AS_OF, "--root"]).arg(root.path()));
    let table = stdout(&output);
    let columns: Vec<usize> = table
        .lines()
        .filter_map(|line| Some(line[..line.find("nhi-without-monitoring")?].width()))
        .collect();
    assert_eq!(columns.len(), 7, "{table}");
    assert!(columns.iter().all(|column| *column == columns[0]), "{table}");
    let json = run(soclint()
        .args(["waivers", "--format", "json", "--as-of", AS_OF, "--root"])
        .arg(root.path()));
    let listed: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(listed.as_array().expect("a list").len(), 7);
}
