//! Every table, key, term and id can be asked for, and what is shown is what is read.

use crate::tool::{project, run, soclint, stderr, stdout};
use std::collections::BTreeSet;

/// What `explain` prints.
fn explained(name: &str) -> String {
    let output = run(soclint().args(["explain", name]));
    assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
    stdout(&output)
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn document(name: &str) -> String {
    std::fs::read_to_string(project().join("docs").join(name)).expect("a document")
}

#[test]
fn a_name_is_answered_however_it_is_written() {
    for (written, page) in [
        ("services", "services"),
        ("service", "services"),
        ("[services]", "services"),
        ("identities.rotation", "identities.rotation"),
        ("identities.payroll-deployer.rotation", "identities.rotation"),
        ("rotation", "identities.rotation"),
        ("identities.rotation.every", "identities.rotation.every"),
        ("Identity.Rotation.Every", "identities.rotation.every"),
        ("profiles.rotation.every", "identities.rotation.every"),
        ("financial-impact", "services.financial-impact"),
        ("financial_impact", "services.financial-impact"),
        ("third party", "third-parties"),
        ("carve-out", "carve-out"),
        ("CarveOut", "carve-out"),
        ("SOC 2", "SOC 2"),
        ("soc2", "SOC 2"),
        ("type II", "type 1 and type 2"),
        ("type 2", "type 1 and type 2"),
        ("cuecs", "CUEC"),
        ("user entities", "user entity"),
        ("ICFR", "ICFR"),
        ("CC6", "CC6"),
        ("GV.SC", "GV.SC"),
        ("pci dss 8.6", "PCI DSS 8.6"),
        ("CC6.1", "CC6.1"),
        ("stale-report", "stale-report"),
        ("rules.stale-report", "stale-report"),
        ("fail-on", "fail-on"),
        ("waiver-policy", "waiver-policy"),
        ("policy.require", "policy.require"),
        ("scope.toml", "manifest file"),
        ("config", "config"),
        ("duration", "duration"),
        ("payroll-hr", "payroll-hr"),
        ("evidence-reference", "evidence-reference"),
        ("glossary", "glossary"),
        ("practice", "practice"),
    ] {
        assert_eq!(explained(written).lines().next(), Some(page), "{written}");
    }
    let output = run(soclint().args(["explain", "user", "entities"]));
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    assert_eq!(stdout(&output), explained("user entity"));
}

#[test]
fn a_key_shows_its_values_its_default_and_the_rules_that_ask_for_it() {
    let shown = flat(&explained("services.exposure"));
    for part in [
        "- `external`: Offered to user entities.",
        "- `self-hosted`: ",
        "If not stated: `external`.",
        "[services.payroll] exposure = \"external\"",
        "- offering-contradicted (",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let required = explained("reports.framework");
    assert!(required.contains("It is required."), "{required}");
    assert!(!explained("reports.auditor").contains("It is required."));
    let config = explained("rules");
    assert!(config.contains("- stale-report.longest: "), "{config}");
}

#[test]
fn a_series_lists_its_ids_and_the_rules_that_cite_any() {
    let shown = explained("CC6");
    for part in ["\n- CC6.1: ", "\n- CC6.8: ", "\n- nhi-without-human-owner ("] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(!shown.contains("CC7"), "{shown}");
}

#[test]
fn a_wrong_word_is_answered_with_the_nearest() {
    for (written, near) in [
        ("servces", "services"),
        ("identities.rotaton", "identities.rotation"),
        ("finacial-impact", "financial-impact"),
        ("carve-uot", "carve-out"),
        ("stale-reprot", "stale-report"),
        ("waiver-polcy", "waiver-policy"),
        ("ICRF", "ICFR"),
    ] {
        let output = run(soclint().args(["explain", written]));
        assert_eq!(output.status.code(), Some(2), "{written}");
        assert!(stdout(&output).is_empty());
        let said = stderr(&output);
        assert!(said.contains(&format!("`{written}`; did you mean `{near}`?")), "{said}");
    }
    let output = run(soclint().args(["explain", "nothing-of-the-kind"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("explain manifest"), "{}", stderr(&output));
}

#[test]
fn links_in_the_reference_lead_somewhere() {
    let documents = ["manifest.md", "config.md", "glossary.md", "rules.md", "auditors.md"];
    let anchors = |name: &str| -> Vec<String> {
        let text = document(name);
        let headings = text.lines().filter(|line| line.starts_with('#'));
        let anchor = |heading: &str| {
            let lower = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = lower
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.collect::<String>().replace(' ', "-")
        };
        headings.map(anchor).collect()
    };
    let mut count = 0;
    for name in &documents[..3] {
        let own = anchors(name);
        let once: BTreeSet<&String> = own.iter().collect();
        assert_eq!(once.len(), own.len(), "{name} has two headings of one name");
        for link in document(name)
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let anchored = match file {
                "" => Some(own.clone()),
                file if documents.contains(&file) => Some(anchors(file)),
                file => {
                    assert!(project().join("docs").join(file).exists(), "{name}: {link}");
                    None
                }
            };
            let leads = anchored.is_none_or(|anchors| anchor.is_empty() || anchors.iter().any(|one| one == anchor));
            assert!(leads, "{name}: {link} leads nowhere");
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
    let readme = std::fs::read_to_string(project().join("README.md")).expect("README.md");
    for name in &documents[..3] {
        assert!(readme.contains(&format!("](docs/{name})")), "{name}");
    }
}

#[test]
fn the_pages_of_reading_errors_say_where_keys_are_told() {
    for rule in ["unknown-key", "wrong-type", "missing-key"] {
        let shown = explained(rule);
        assert!(
            shown.contains("`soclint explain ") && shown.contains("docs/manifest.md"),
            "{shown}"
        );
    }
}
