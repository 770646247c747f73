//! The catalogues that rules stand on: each id is explained, and each that a rule cites is a taxon in SARIF.

use crate::tool::{self, AS_OF, project, run, soclint, stderr, stdout};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn explain(words: &[&str]) -> std::process::Output {
    run(soclint().arg("explain").args(words))
}

fn printed(id: &str) -> String {
    let output = explain(&[id]);
    assert_eq!(output.status.code(), Some(0), "{id}: {}", stderr(&output));
    stdout(&output)
}

fn rules() -> Vec<Value> {
    let output = run(soclint().args(["rules", "--format", "json"]));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn references(rule: &Value) -> Vec<&str> {
    let references = rule["references"].as_array().expect("a list");
    references.iter().map(|id| id.as_str().expect("text")).collect()
}

#[test]
fn explain_says_what_an_id_is_about_whose_it_is_and_which_rules_speak_about_it() {
    let cases = [
        (
            "CC6.1",
            "Trust services criteria 2017, AICPA",
            "nhi-without-human-owner (error)",
        ),
        (
            "A.5.17",
            "Annex A of ISO/IEC 27001:2022, ISO/IEC",
            "nhi-without-rotation-evidence",
        ),
        (
            "GV.OC-05",
            "NIST Cybersecurity Framework 2.0, NIST",
            "strongest-dependency-ignored",
        ),
        (
            "NHI7",
            "OWASP Non-Human Identities Top 10 2025, OWASP",
            "nhi-rotation-overdue (warning)",
        ),
        (
            "PCI DSS 8.6.3",
            "PCI DSS 4.0.1, PCI Security Standards Council",
            "nhi-rotation-overdue",
        ),
        ("AT-C 320", "AICPA standards and guides, AICPA", "type-date-mismatch"),
        (
            "AC-5",
            "NIST SP 800-53 Rev. 5, NIST",
            "financial-write-plus-sensitive-egress",
        ),
        (
            "PCAOB AS 2601.53",
            "PCAOB auditing standards, PCAOB",
            "type-2-period-under-six-months",
        ),
    ];
    for (id, catalogue, rule) in cases {
        let text = printed(id);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[..3], [id, catalogue, ""], "{text}");
        assert!(lines[3].ends_with('.') && lines[3].len() > 10, "{text}");
        assert_eq!(lines[5], "RULES THAT REFER TO IT", "{text}");
        assert!(text.contains(&format!("\n- {rule}")), "{text}");
        assert!(!text.contains('\u{1b}'), "color without a terminal");
    }
    let summary = rules()
        .iter()
        .find(|rule| rule["name"] == "type-date-mismatch")
        .map(|rule| rule["summary"].clone());
    let summary = summary.expect("the rule");
    let wide = run(soclint().args(["explain", "AT-C 320"]).env("COLUMNS", "200"));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&stdout(&wide)).contains(&words(summary.as_str().expect("text"))));
}

#[test]
fn an_id_is_found_in_any_case_with_and_without_its_prefix_and_without_quotes() {
    let ways: &[(&str, &[&[&str]])] = &[
        ("CC6.1", &[&["cc6.1"], &["TSC", "CC6.1"]]),
        (
            "A.5.17",
            &[&["a.5.17"], &["ISO/IEC 27001 A.5.17"], &["iso", "27001", "A.5.17"]],
        ),
        (
            "GV.SC-07",
            &[&["gv.sc-07"], &["CSF GV.SC-07"], &["nist", "csf", "GV.SC-07"]],
        ),
        (
            "PCI DSS 8.6.3",
            &[&["8.6.3"], &["pci dss 8.6.3"], &["PCI", "DSS", "8.6.3"]],
        ),
        ("AI RMF GOVERN 2.1", &[&["govern 2.1"], &["AI", "RMF", "GOVERN", "2.1"]]),
        ("AT-C 320", &[&["at-c", "320"], &["  AT-C   320 "]]),
        ("NHI7", &[&["nhi7"], &["NHI7:2025"], &["OWASP", "NHI7"]]),
        ("IA-5(7)", &[&["ia-5(7)"], &["NIST SP 800-53 IA-5(7)"]]),
        ("ISAE 3000", &[&["ISAE 3000 (Revised)"]]),
    ];
    for (id, ways) in ways {
        let expected = printed(id);
        assert_eq!(expected.lines().next(), Some(*id));
        for way in *ways {
            let output = explain(way);
            assert_eq!(stdout(&output), expected, "{way:?}: {}", stderr(&output));
        }
    }
}

#[test]
fn a_retired_id_names_its_successors() {
    for (id, successors) in [
        ("PR.AC-1", &["PR.AA-01", "PR.AA-05"][..]),
        ("PR.AC-2", &["PR.AA-06"]),
        ("PR.AC-3", &["PR.AA-03", "PR.AA-05", "PR.IR-01"]),
        ("PR.AC-4", &["PR.AA-05"]),
        ("PR.AC-6", &["PR.AA-02"]),
        ("pr.ac-7", &["PR.AA-03"]),
        ("CSF DE.CM-1", &["DE.CM-01"]),
        ("PR.AC-05", &["PR.IR-01"]),
        ("PR.IP-12", &["ID.RA-01", "PR.PS-02"]),
        ("ID.SC-4", &["GV.SC-07", "ID.RA-10"]),
        ("A.9.2.5", &["A.5.18"]),
        ("ISO 27001 A.12.4.1", &["A.8.15"]),
        ("A.18.2.3", &["A.5.36", "A.8.8"]),
    ] {
        let text = printed(id);
        let edition = match id.contains("A.1") || id.contains("A.9") {
            true => "retired: Annex A of ISO/IEC 27001:2013, ISO/IEC",
            false => "retired: NIST Cybersecurity Framework 1.1, NIST",
        };
        assert!(text.contains(edition), "{text}");
        let part = text.split("RULES").next().expect("a part");
        let named: Vec<&str> = part
            .lines()
            .filter_map(|line| line.strip_prefix("- ")?.split(':').next())
            .collect();
        assert_eq!(named, successors, "{text}");
    }
    let retired = printed("PR.AC-4");
    for rule in rules().iter().filter(|rule| references(rule).contains(&"PR.AA-05")) {
        let listed = format!("\n- {} (", rule["name"].as_str().expect("a name"));
        assert!(retired.contains(&listed), "{listed} refers to its successor");
    }
}

#[test]
fn an_unknown_id_ends_with_2_and_names_the_nearest() {
    for (id, near) in [
        ("CC6.11", "CC6.1"),
        ("PCI DSS 8.6.9", "PCI DSS 8.6.1"),
        ("nhi-rotation-overdu", "nhi-rotation-overdue"),
        ("AT-C 321", "AT-C 320"),
        ("stale", "stale-report"),
    ] {
        let output = explain(&[id]);
        assert_eq!(output.status.code(), Some(2), "{id}");
        let said = stderr(&output);
        assert!(
            said.contains(&format!(
                "no rule, key, term or reference `{id}`; did you mean `{near}`?"
            )),
            "{said}"
        );
        assert!(stdout(&output).is_empty());
    }
    for (id, edition) in [
        ("A.9.2.7", "Annex A of ISO/IEC 27001:2013"),
        ("ISO 27001 A.12.8.1", "Annex A of ISO/IEC 27001:2013"),
        ("DE.DP-2", "NIST Cybersecurity Framework 1.1"),
    ] {
        let output = explain(&[id]);
        assert_eq!(output.status.code(), Some(2), "{id}");
        let said = stderr(&output);
        assert!(said.contains(&format!("is an id of {edition};")), "{said}");
        assert!(!said.contains("did you mean"), "{said}");
    }
    let output = explain(&["nothing-of-the-kind"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("soclint rules"), "{}", stderr(&output));
    assert_eq!(run(soclint().arg("explain")).status.code(), Some(2));
}

fn sarif() -> (String, Value) {
    let estate = project().join("fixtures/estates/talervik-pay");
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--format", "sarif", "--root"])
        .arg(estate));
    let text = stdout(&output);
    let document: Value = serde_json::from_str(&text).expect("JSON");
    (text, document["runs"][0].clone())
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn at(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("an index")).expect("it fits")
}

#[test]
fn each_rule_relates_to_a_taxon_for_each_of_its_references() {
    let (_, run) = sarif();
    let taxonomies = list(&run, "taxonomies");
    let driver = &run["tool"]["driver"];
    let (mut used, mut pages) = (BTreeSet::new(), BTreeMap::<String, String>::new());
    for (rule, described) in rules().iter().zip(list(driver, "rules")) {
        assert_eq!(rule["name"], described["id"]);
        // Two ways to write one id are one relation.
        let page = |id: &str| pages.entry(id.to_owned()).or_insert_with(|| printed(id)).clone();
        let cited: BTreeSet<String> = references(rule).into_iter().map(page).collect();
        let relationships = list(described, "relationships");
        assert_eq!(relationships.len(), cited.len(), "{}", rule["name"]);
        for relationship in relationships {
            assert_eq!(relationship["kinds"], serde_json::json!(["relevant"]));
            let target = &relationship["target"];
            let component = at(&target["toolComponent"]["index"]);
            let taxonomy = &taxonomies[component];
            assert_eq!(taxonomy["name"], target["toolComponent"]["name"]);
            let taxon = &taxonomy["taxa"][at(&target["index"])];
            assert_eq!(taxon["id"], target["id"]);
            used.insert((component, at(&target["index"])));
            let title = taxon["shortDescription"]["text"].as_str().expect("a title");
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let organization = taxonomy["organization"].as_str().expect("an organization");
            let belongs = cited
                .iter()
                .any(|text| words(text).contains(title) && text.contains(organization));
            assert!(belongs, "{title} is none of {}'s", rule["name"]);
        }
    }
    let taxa: usize = taxonomies.iter().map(|taxonomy| list(taxonomy, "taxa").len()).sum();
    assert_eq!(used.len(), taxa, "only what a rule refers to is listed");
    assert!(taxa > 40);
}

#[test]
fn taxonomies_say_whose_they_are_and_the_driver_supports_each() {
    let (text, run) = sarif();
    let taxonomies = list(&run, "taxonomies");
    let supported = list(&run["tool"]["driver"], "supportedTaxonomies");
    assert_eq!(taxonomies.len(), supported.len());
    let mut names = BTreeSet::new();
    for (index, (taxonomy, supported)) in taxonomies.iter().zip(supported).enumerate() {
        assert_eq!(at(&supported["index"]), index);
        assert_eq!(supported["name"], taxonomy["name"]);
        assert!(names.insert(taxonomy["name"].as_str().expect("a name")));
        for text in [&taxonomy["organization"], &taxonomy["shortDescription"]["text"]] {
            assert!(text.as_str().is_some_and(|text| !text.is_empty()));
        }
        let ids: BTreeSet<&str> = list(taxonomy, "taxa")
            .iter()
            .filter_map(|taxon| taxon["id"].as_str())
            .collect();
        assert_eq!(ids.len(), list(taxonomy, "taxa").len(), "each id once");
        assert!(!ids.is_empty());
    }
    for (name, version) in [
        ("Trust services criteria", "2017"),
        ("Annex A of ISO/IEC 27001", "2022"),
        ("NIST Cybersecurity Framework", "2.0"),
        ("OWASP Non-Human Identities Top 10", "2025"),
        ("PCI DSS", "4.0.1"),
    ] {
        let taxonomy = taxonomies
            .iter()
            .find(|taxonomy| taxonomy["name"] == name)
            .expect("it is there");
        assert_eq!(taxonomy["version"], version);
    }
    assert_eq!(text, sarif().0, "the same run gives the same text");
    let empty = tempfile::tempdir().expect("a folder");
    tool::write(empty.path(), "scope.toml", "");
    let output = tool::run(
        soclint()
            .args(["check", "--as-of", AS_OF, "--format", "sarif", "--root"])
            .arg(empty.path()),
    );
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        document["runs"][0]["taxonomies"], run["taxonomies"],
        "they do not depend on what is found"
    );
}

const CASES: &str = r#"
[services.ledger]
claims = ["soc1-2026", "soc2-2024"]

[reports.soc1-2026]
framework = "soc1"
issued-under = "SAS 70"
type = 2
period = { from = 2025-07-01, to = 2026-06-30 }
covers = "ledger"

[reports.soc2-2024]
framework = "soc2"
type = 2
period = { from = 2023-07-01, to = 2024-06-30 }
covers = "ledger"

[certificates.iso]
framework = "iso27001"
edition = "2013"
"#;

#[test]
fn a_finding_cites_what_its_own_case_rests_on_in_every_format_that_cites() {
    let folder = tempfile::tempdir().expect("a folder");
    tool::write(folder.path(), "scope.toml", CASES);
    let told = |format: &str| {
        let rules = ["--select", "retired-standard", "--select", "stale-report"];
        let command = ["check", "--as-of", AS_OF, "--format", format];
        stdout(&run(soclint()
            .args(command)
            .args(rules)
            .arg("--root")
            .arg(folder.path())))
    };
    let cited = [
        ("certificates.iso", &["IAF MD 26"][..]),
        ("reports.soc1-2026", &["AT-C 320"]),
        ("reports.soc2-2024", &[]),
    ];
    let json: Value = serde_json::from_str(&told("json")).expect("JSON");
    let sarif: Value = serde_json::from_str(&told("sarif")).expect("JSON");
    let results = list(&sarif["runs"][0], "results");
    assert_eq!(list(&json, "findings").len(), cited.len());
    for (subject, cited) in cited {
        let of_subject = list(&json, "findings")
            .iter()
            .find(|finding| finding["subject"] == subject);
        assert_eq!(of_subject.map(references), Some(cited.to_vec()), "{subject}");
        let result = results.iter().find(|result| result["properties"]["subject"] == subject);
        let taxa: Vec<&str> = list(result.expect("a result"), "taxa")
            .iter()
            .filter_map(|taxon| taxon["id"].as_str())
            .collect();
        let ids = cited.iter().map(|id| id.trim_start_matches("IAF "));
        assert_eq!(taxa, ids.collect::<Vec<_>>(), "{subject}");
    }
    let pretty = told("pretty");
    let lines: Vec<&str> = pretty
        .lines()
        .filter_map(|line| line.trim().strip_prefix("references: "))
        .collect();
    assert_eq!(
        BTreeSet::from_iter(lines),
        BTreeSet::from(["AT-C 320", "IAF MD 26", "practice"])
    );
    let practice = printed("practice");
    assert!(practice.contains("\n- type-2-period-unusually-long ("), "{practice}");
    assert!(!practice.contains("\n- stale-report ("), "{practice}");
}
