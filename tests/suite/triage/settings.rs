//! `soclint config`: what holds, and where each value comes from.

use super::{estate, json, manifest, printed, waiver};
use crate::tool::{copied_estate, project, write};
use proptest::prelude::*;
use serde_json::Value;
use std::path::Path;

fn settings(root: &Path) -> Vec<(String, Value)> {
    let entries: Value = serde_json::from_str(&printed(root, &["config", "--format", "json"])).expect("JSON");
    let entries = entries.as_array().expect("a list").iter();
    entries
        .map(|entry| (entry["key"].as_str().expect("text").to_owned(), entry["value"].clone()))
        .collect()
}

/// What `soclint config` prints is a config that says the same.
fn holds_when_read_again(files: &[(&str, &str)]) {
    let root = estate(files);
    let again = estate(&[("scope.toml", "")]);
    write(again.path(), "soclint.toml", printed(root.path(), &["config"]));
    assert_eq!(settings(root.path()), settings(again.path()));
    let once = printed(again.path(), &["config"]);
    let values = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.split("  # ").next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(values(&once), values(&printed(root.path(), &["config"])));
}

#[test]
fn what_is_printed_is_a_config_that_says_the_same() {
    holds_when_read_again(&[]);
    holds_when_read_again(&[("soclint.toml", "")]);
    let config = format!(
        "extends = \"org/base.toml\"\ninclude = []\nexclude = [\"a b\", \"c\\\"d\"]\n[policy]\nsecret-stores = [\"v\\u001b\\u007f\\u202e\\U000E0041\\\\\", \"\\t\\n\"]\nrequire = []\n[rules]\ncoverage-gap.tolerate = \"2w\"\nuser-year-overlap-short.season = \"P6M\"\nin-progress-report-unready.from = \"P2M\"\nstale-report = \"off\"\n\
         nhi-rotation-overdue = {{ longest = {{ bot = \"P30D\" }} }}\n[waiver-policy]\nallow-broad = true\napprovers = []\n{}ticket = \"a # b\"\n[[overrides]]\npaths = [\"x\", \"y\"]\nrules = {{}}\n",
        waiver("identities.*")
    );
    let base = "[rules]\nnhi-rotation-overdue = { severity = \"error\", longest = { default = \"1y\", bot = \"1mo\", api-key = \"3mo\" } }\n[[overrides]]\npaths = \"z\"\nrules = { stale-report = \"note\", coverage-gap = \"error\" }\n[waiver-policy]\nlongest-term = \"P90D\"\nnot-waivable = \"stale-report\"\n";
    holds_when_read_again(&[("soclint.toml", &config), ("org/base.toml", base)]);
}

#[test]
fn the_estate_in_mid_adoption_is_judged_alike_by_what_is_printed_of_its_config() {
    let folder = project().join("fixtures/estates/brackwater-custody");
    let (_elsewhere, copy) = copied_estate("brackwater-custody");
    write(&copy, "soclint.toml", printed(&folder, &["config"]));
    let (one, other) = (json(&folder, &[]), json(&copy, &[]));
    let text = |document: &Value| -> Vec<String> {
        ["findings", "waived"]
            .iter()
            .flat_map(|list| super::rows(document, list))
            .collect()
    };
    let sorted = |mut rows: Vec<String>| {
        rows.sort();
        rows
    };
    assert_eq!(sorted(text(&one)), sorted(text(&other)));
    assert_eq!(one["summary"], other["summary"]);
}

#[test]
fn every_value_says_where_it_comes_from() {
    let root = estate(&[
        (
            "soclint.toml",
            "# a comment\nfail-on = \"note\"\nextends = \"org/base.toml\"\n\n[rules.nhi-rotation-overdue]\nlongest = { api-key = \"30d\" }\n",
        ),
        (
            "org/base.toml",
            "[rules.nhi-rotation-overdue]\nseverity = \"error\"\nlongest.default = \"60d\"\n",
        ),
    ]);
    let text = printed(root.path(), &["config"]);
    for line in [
        "include = [\"**/scope.toml\", \"**/*.scope.toml\"]  # default",
        "fail-on = \"note\"  # soclint.toml:2",
        "# secret-stores is not set",
        "allow-broad = false  # default",
        "severity = \"error\"  # org/base.toml:2",
        "longest.api-key = \"30d\"  # soclint.toml:6",
        "longest.bot = \"60d\"  # org/base.toml:3",
        "# longest = \"3mo\"  # default",
        "# tolerate = \"0d\"  # default",
        "# season = \"4mo\"  # default",
        "# from = \"a third of the period\"  # default",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    let entries: Value = serde_json::from_str(&printed(root.path(), &["config", "--format", "json"])).expect("JSON");
    let of = |key: &str| {
        entries
            .as_array()
            .expect("a list")
            .iter()
            .find(|entry| entry["key"] == key)
            .unwrap_or_else(|| panic!("{key}"))
            .clone()
    };
    assert_eq!(of("fail-on")["from"], "soclint.toml:2");
    assert_eq!(of("rules.nhi-rotation-overdue.longest.bot")["value"], "60d");
    assert_eq!(of("rules.stale-report.severity")["from"], "default");
    assert_eq!(of("rules.stale-report.longest")["value"], "12mo");
    assert_eq!(of("rules.stale-report.longest")["from"], "default");
    assert!(
        of("policy.secret-stores").get("value").is_none(),
        "nothing holds in its stead"
    );
}

#[test]
fn where_a_kind_has_an_interval_of_its_own_the_others_keep_theirs() {
    let config = "[rules]\nnhi-rotation-overdue = { longest = { api-key = \"30d\" } }\n";
    let root = estate(&[("soclint.toml", config)]);
    let text = printed(root.path(), &["config"]);
    let expected = "longest.api-key = \"30d\"  # soclint.toml:2\n# longest.default = \"90d\"  # default\n";
    assert!(text.contains(expected), "{text}");
    let none = printed(estate(&[("soclint.toml", "")]).path(), &["config"]);
    assert!(none.contains("# longest = \"90d\"  # default\n"), "{none}");
}

#[test]
fn the_waivers_and_overrides_of_a_config_are_printed_with_it() {
    let config = format!(
        "{}[[overrides]]\npaths = \"labs/**\"\nrules = {{ stale-report = \"off\" }}\n",
        waiver("legacy/*")
    );
    let root = estate(&[("soclint.toml", &config), ("scope.toml", &manifest(&["a"]))]);
    let text = printed(root.path(), &["config"]);
    for line in [
        "[[waivers]]",
        "approved-by = \"person-ciso\"  # soclint.toml:6",
        "expires = 2026-12-31  # soclint.toml:7",
        "[[overrides]]",
        "rules = { stale-report = \"off\" }  # soclint.toml:8",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_a_config_survives_being_printed(text in "\\PC{0,20}[\u{0}-\u{ff}\u{200b}-\u{202f}\u{e0000}-\u{e0100}\"\\\\]{0,10}") {
        let escaped: String = text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
        let config = format!("[policy]\nsecret-stores = \"{escaped}\"\n{}ticket = \"{escaped}\"\n", waiver("legacy/*"));
        holds_when_read_again(&[("soclint.toml", &config)]);
    }
}
