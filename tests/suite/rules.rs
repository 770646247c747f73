//! Every rule fails where it should, and stays silent where it should.

use crate::expect;
use crate::tool::{self, project};
use serde_json::Value;

fn rule_names() -> Vec<(String, String)> {
    let output = tool::run(tool::soclint().args(["rules", "--format", "json"]));
    let rules: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |rule: &Value, key: &str| rule[key].as_str().expect("text").to_owned();
    rules
        .as_array()
        .expect("a list")
        .iter()
        .map(|rule| (text(rule, "name"), text(rule, "group")))
        .collect()
}

#[test]
fn every_case_gives_exactly_the_findings_that_it_names() {
    let mut all = Vec::new();
    for rule in std::fs::read_dir(project().join("fixtures/rules")).expect("fixtures") {
        let rule = rule.expect("an entry").path();
        all.extend(expect::cases(&rule.join("fails")));
        all.extend(expect::cases(&rule.join("passes")));
    }
    all.sort();
    assert!(all.len() > 300, "only {} cases were found", all.len());
    let failures = expect::failures(&all);
    assert!(
        failures.is_empty(),
        "{} of {} cases:\n{}",
        failures.len(),
        all.len(),
        failures.join("\n")
    );
}

#[test]
fn every_rule_has_cases_that_fail_and_cases_that_pass() {
    for (rule, group) in rule_names() {
        if group == "Reading" {
            continue;
        }
        let folder = project().join("fixtures/rules").join(&rule);
        let fails = expect::cases(&folder.join("fails"));
        let passes = expect::cases(&folder.join("passes"));
        assert!(!fails.is_empty() && !passes.is_empty(), "{rule} has no fixtures");
        for case in fails {
            assert!(
                expect::expected_rules(&case).contains(&rule),
                "{} does not expect {rule}",
                case.display()
            );
        }
        for case in passes {
            assert!(
                !expect::expected_rules(&case).contains(&rule),
                "{} expects {rule}",
                case.display()
            );
        }
    }
}

#[test]
fn every_folder_of_cases_belongs_to_a_rule() {
    let names: Vec<String> = rule_names().into_iter().map(|(name, _)| name).collect();
    for entry in std::fs::read_dir(project().join("fixtures/rules")).expect("fixtures") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(names.contains(&name), "fixtures/rules/{name} is of no rule");
    }
}
