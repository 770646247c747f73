//! Every rule fails where it should, and stays silent where it should.

use crate::cases::{self, files, name, project, shown};
use soclint::{Group, Rule};
use std::collections::BTreeSet;

#[test]
fn every_case_gives_exactly_the_findings_that_it_names() {
    let mut failures = Vec::new();
    for folder in cases::of_rules() {
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

#[test]
fn every_rule_has_cases_that_fail_and_cases_that_pass() {
    for rule in soclint::rules().filter(|rule| rule.group != Group::Reading) {
        let folder = cases::of_rules().iter().find(|folder| folder.name == rule.name);
        let folder = folder.unwrap_or_else(|| panic!("fixtures/rules/{} is not there", rule.name));
        let expects = |ran: &cases::Ran| ran.case.expected.iter().any(|one| one.rule == rule.name);
        for (part, cases, should) in [("fails", &folder.fails, true), ("passes", &folder.passes, false)] {
            assert!(!cases.is_empty(), "fixtures/rules/{}/{part} holds no case", rule.name);
            for ran in cases {
                let word = if should { "does not expect" } else { "expects" };
                assert_eq!(expects(ran), should, "{} {word} {}", ran.case.name(), rule.name);
            }
        }
    }
}

#[test]
fn every_reference_of_a_rule_is_one_of_some_case() {
    for rule in soclint::rules().filter(|rule| rule.group != Group::Reading) {
        let folder = cases::of_rules().iter().find(|folder| folder.name == rule.name);
        let ran = folder.into_iter().flat_map(|folder| &folder.fails);
        let findings = ran
            .filter_map(|ran| ran.checked.as_ref().ok())
            .flat_map(|checked| &checked.outcome.findings);
        let of_rule = findings.filter(|finding| finding.rule == rule.name);
        let cited: BTreeSet<&str> = of_rule.flat_map(|finding| finding.references).copied().collect();
        assert_eq!(cited, rule.references.iter().copied().collect(), "{}", rule.name);
    }
}

#[test]
fn every_folder_of_cases_belongs_to_a_rule() {
    for folder in cases::of_rules() {
        let rule = soclint::rule(&folder.name);
        assert!(
            rule.is_some_and(|rule| rule.group != Group::Reading),
            "fixtures/rules/{} is of no rule, or of one about reading (fixtures/broken)",
            folder.name
        );
    }
}

/// The folders of families hold a source and a page for each rule, `mod.rs`, and nothing else.
#[test]
fn every_source_and_every_page_is_of_a_registered_rule() {
    let pages: BTreeSet<String> = soclint::rules().map(Rule::file).collect();
    let source = |rule: &Rule| rule.file().replace(".md", ".rs");
    let rules: BTreeSet<String> = soclint::rules()
        .filter(|rule| rule.group != Group::Reading)
        .map(source)
        .collect();
    let mut strays = Vec::new();
    for file in files(&project().join("src/rules")) {
        let path = shown(&file);
        let in_family = path.matches('/').count() > 2;
        if in_family && name(&file) != "mod.rs" && !pages.contains(&path) && !rules.contains(&path) {
            strays.push(path);
        }
    }
    assert!(
        strays.is_empty(),
        "of no rule in `RULES` of the `mod.rs` beside them (what rules share belongs into src/rules/):\n{}",
        strays.join("\n")
    );
    for file in pages.union(&rules) {
        assert!(project().join(file).is_file(), "{file} is not there");
    }
}

#[test]
fn nothing_of_a_new_rule_is_left_to_do() {
    let mut left = Vec::new();
    for folder in ["src/rules", "fixtures/rules"] {
        for file in files(&project().join(folder)) {
            let text = std::fs::read(&file).expect("a file");
            if text.windows(5).any(|part| part == b"TODO:") {
                left.push(shown(&file));
            }
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}

/// A new rule must compile as it is made.
#[test]
fn the_template_of_a_rule_has_the_fields_of_a_rule() {
    let fields = |path: &str| -> Vec<String> {
        let text = std::fs::read_to_string(project().join(path)).expect("a source");
        let body = text.split("pub static RULE: Rule = Rule {\n").nth(1).expect("a rule");
        let body = body.split("\n};").next().expect("its end");
        let names = body
            .lines()
            .filter_map(|line| line.strip_prefix("    ")?.split_once(": "));
        let names = names.map(|(name, _)| name.to_owned());
        names.filter(|name| !name.starts_with(' ')).collect()
    };
    let rule = soclint::rule("cuec-unowned")
        .expect("a rule")
        .file()
        .replace(".md", ".rs");
    assert_eq!(fields("xtask/template/rule.rs"), fields(&rule));
}
