//! What an evidence reference names: an entry, a file, or a place that is not opened.

use super::{Estate, Found, naming, toml_text};

/// What is found of each reference, wherever evidence can be named.
fn found_of(reference: &str) -> Vec<Found> {
    let text = toml_text(reference);
    let manifest = format!(
        "namespace = \"pay\"\nowner = \"team\"\n[controls.c]\ndesign = {text}\noperating = [{text}]\n\
         [third-parties.t]\nrole = \"vendor\"\nreview = {{ last = 2026-09-01, evidence = {text} }}\n\
         [identities.i]\nkind = \"workload-identity\"\ncredential = \"federated\"\nservices = \"s\"\n\
         monitoring = {{ evidence = {text} }}\n\
         [services.s]\nexposure = \"internal\"\n"
    );
    let mut found = Estate::of(&manifest).found();
    found.retain(|found| found.severity == "error");
    found
}

/// What is found of each reference in a table's `at`, and in that of an entry.
fn found_at(place: &str) -> Vec<Found> {
    let text = toml_text(place);
    let manifest = format!(
        "namespace = \"pay\"\nowner = \"team\"\n[controls.c]\ndesign = {{ at = {text} }}\n[evidence.e]\nat = {text}\n"
    );
    let mut found = Estate::of(&manifest).found();
    found.retain(|found| found.severity == "error");
    found
}

#[test]
fn tickets_objects_and_pages_are_places_that_nobody_looks_at() {
    for place in [
        "jira:SEC-1",
        "JIRA:sec-1",
        "s3://bucket/log",
        "gs://b/o",
        "servicenow:CHG0030001",
        "azuredevops:12345",
        "git+ssh://git.example.com/x",
        "urn:uuid:3b2e",
        "sharepoint:監査",
        "HTTPS://Wiki.Example.com/x",
        "Http://[2001:db8::1]:8080/",
        "https://me:secret@host/x",
        "https://localhost",
        "mailto:audit@example.com",
        "note:./not-a-file.md",
    ] {
        assert_eq!(found_of(place), [], "{place}");
        assert_eq!(found_at(place), [], "{place} in `at`");
    }
}

#[test]
fn what_begins_as_a_place_and_names_nothing_is_an_unknown_value() {
    for (place, help) in [
        ("https://", "the whole address"),
        ("HTTP:///page", "the whole address"),
        ("https://:443", "the whole address"),
        ("https://@/x", "the whole address"),
        ("https:wiki.example.com/x", "\"https://wiki.example.com/x\""),
        ("https:/wiki.example.com", "\"https://wiki.example.com\""),
        ("https://%20/", "the whole address"),
        ("https://...", "the whole address"),
        ("s3://", "as in \"s3://bucket/object\""),
        ("jira:", "as in \"jira:SEC-1\""),
        ("JIRA:-", "as in \"JIRA:SEC-1\""),
        ("jira: \u{200b}", "as in"),
        ("file:evidence/x.md", "\"./evidence/x.md\""),
        ("FILE:../x.md", "\"../x.md\""),
        ("file:///home/me/x.md", "to the estate's root"),
        ("file://C:/x.md", "to the estate's root"),
        ("pay:restore-log", "\"pay/restore-log\""),
        ("PAY:restore-log", "\"PAY/restore-log\""),
    ] {
        for (found, times) in [(found_of(place), 4), (found_at(place), 2)] {
            assert_eq!(found.len(), times, "{place}: {found:?}");
            assert!(
                found.iter().all(|found| found.rule == "unknown-value"),
                "{place}: {found:?}"
            );
        }
        assert!(
            found_of(place).iter().any(|found| found.help.contains(help)),
            "{place}: {:?}",
            found_of(place)
        );
    }
}

#[test]
fn one_that_could_not_be_read_as_a_place_is_no_absence() {
    // A rule that asks for evidence would speak of its absence otherwise.
    let text = "[services.s]\nexposure = \"internal\"\n[identities.i]\nkind = \"bot\"\nowner = \"x\"\ncredential = \"federated\"\nservices = \"s\"\nmonitoring = { evidence = \"https://\" }\n";
    let rules: Vec<String> = Estate::of(text).found().into_iter().map(|found| found.rule).collect();
    assert!(rules.contains(&"unknown-value".to_owned()), "{rules:?}");
    assert!(!rules.contains(&"nhi-without-monitoring".to_owned()), "{rules:?}");
}

/// What is proposed for a reference that names nothing.
fn help_of(reference: &str) -> String {
    let found = Estate::naming(&[reference]).found_by("unknown-reference");
    assert_eq!(found.len(), 1, "{reference}: {found:?}");
    found[0].help.to_string()
}

#[test]
fn help_proposes_only_what_can_be_right() {
    for (reference, right, wrong) in [
        ("evidence/restores.csv", "\"./evidence/restores.csv\"", "declare"),
        ("restores.csv", "\"./restores.csv\"", "declare"),
        ("Q3 review.pdf", "\"./Q3 review.pdf\"", "declare"),
        (".github/workflows/ci.yml", "\"./.github/workflows/ci.yml\"", "declare"),
        ("evidence\\restores.csv", "\"./evidence/restores.csv\"", "declare"),
        (".\\evidence\\restores.csv", "\"./evidence/restores.csv\"", "declare"),
        ("C:\\audit\\restores.csv", "to the estate's root", "\"./"),
        ("\\\\share\\audit\\x.csv", "to the estate's root", "\"./"),
        ("~/restores.csv", "to the estate's root", "\"./"),
        ("$HOME/x.csv", "to the estate's root", "\"./"),
        ("git@github.com:team/project", "the address of a web page", "\"./"),
        ("deploy@host:/var/log/x.log", "the address of a web page", "\"./"),
        ("SEC-123", "\"jira:SEC-123\"", "declare"),
        ("OPS2-7", "\"jira:OPS2-7\"", "declare"),
        ("www.example.com/audit", "\"https://www.example.com/audit\"", "\"./"),
        (
            "wiki.example.com/audit/x",
            "\"https://wiki.example.com/audit/x\"",
            "declare",
        ),
        (" ./x.md", "without the surrounding spaces", "declare"),
        ("jira:SEC-1 ", "without the surrounding spaces", "declare"),
        ("see the wiki", "by its id", "declare"),
        ("audit@example.com", "by its id", "\"./"),
        ("", "by its id", "declare"),
        ("..", "by its id", "\"./"),
        ("#access", "by its id", "\"./"),
        ("restore-log", "declare \"restore-log\"", "\"./restore-log\""),
        (
            "pay/restore-log",
            "declare \"pay/restore-log\"",
            "\"./pay/restore-log\"",
        ),
        ("policy.md:12", "by its id", "declare"),
    ] {
        // A blank before a scheme is no part of it.
        if reference.starts_with("jira:") {
            continue;
        }
        let help = help_of(reference);
        assert!(help.contains(right), "{reference}: {help}");
        assert!(!help.contains(wrong), "{reference}: {help}");
    }
}

#[test]
fn what_is_proposed_is_read_as_a_place() {
    for reference in [
        "x.md",
        "evidence/x.md",
        "evidence\\x.md",
        "SEC-9",
        "www.example.com/x",
        "a b/c d.txt",
    ] {
        let help = help_of(reference);
        let proposed = help.split('"').nth(1).expect("a proposal in quotes").to_owned();
        let found = Estate::naming(&[&proposed]).found();
        let rules: Vec<&str> = found.iter().map(|found| found.rule.as_str()).collect();
        assert!(
            rules.is_empty() || rules == ["evidence-missing-file"],
            "{reference} became {proposed}: {rules:?}"
        );
    }
}

#[test]
fn what_follows_a_number_sign_is_a_note_to_the_reader() {
    let estate = Estate::of(&naming(&[
        "./policy.md#access",
        "./policy.md#",
        "/policy.md#a#b",
        "./docs/#index",
        "./c#.md",
        "./c#.md#history",
        "./*.md#all",
        "./no.md#access",
        "./#access",
        "/#",
        "./c#/x.md",
    ]))
    .with("policy.md", "Access is reviewed.\n")
    .with("c#.md", "About a language.\n")
    .with("docs/index.md", "All of it.\n");
    let found = estate.found();
    let messages: Vec<&str> = found.iter().map(|found| &*found.message).collect();
    assert_eq!(messages.len(), 4, "{messages:?}");
    assert!(
        messages[0].contains("\"./no.md#access\" as evidence, but it does not exist"),
        "{messages:?}"
    );
    assert!(
        messages[1].contains("\"./#access\"") && messages[1].contains("the estate's root"),
        "{messages:?}"
    );
    assert!(
        messages[2].contains("\"/#\"") && messages[2].contains("the estate's root"),
        "{messages:?}"
    );
    assert!(messages[3].contains("\"./c#/x.md\""), "{messages:?}");
}

#[test]
fn a_digest_is_of_the_file_before_the_note() {
    let digest = "0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f";
    let manifest = format!(
        "owner = \"t\"\n[evidence.e]\nkind = \"log\"\nat = \"./x.md#top\"\nsha256 = \"{digest}\"\n[controls.c]\noperating = \"e\"\n"
    );
    let estate = Estate::of(&manifest).with("x.md", "a\n");
    let found = estate.found_by("evidence-changed");
    assert_eq!(found.len(), 1, "another file, so another digest: {found:?}");
    let right = "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7";
    let estate = Estate::of(&manifest.replace(digest, right)).with("x.md", "a\n");
    assert_eq!(estate.found_by("evidence-changed"), []);
}
