//! The schema says what the reader does.

use crate::cases;
use crate::tool::{self, project, run, soclint, stdout};
use serde_json::{Map, Value};
use soclint::{Choice, Group, Source};
use std::path::{Path, PathBuf};

/// A TOML value as an editor hands it to a schema's validator: dates as text.
pub fn to_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(value) => value.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(elements) => elements.into_iter().map(to_json).collect(),
        toml::Value::Table(table) => Value::Object(
            table
                .into_iter()
                .map(|(key, value)| (key, to_json(value)))
                .collect::<Map<_, _>>(),
        ),
    }
}

fn validator(name: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&stdout(&run(soclint().args(["schema", name])))).expect("JSON");
    jsonschema::validator_for(&schema).expect("it is a JSON Schema")
}

fn manifests(root: &Path, name: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let file = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name(&file) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn is_manifest(name: &str) -> bool {
    name == "scope.toml" || name.ends_with(".scope.toml")
}

fn parse(path: &Path) -> Option<Value> {
    let text = std::fs::read_to_string(path).expect("a file");
    toml::from_str::<toml::Value>(text.trim_start_matches('\u{feff}'))
        .ok()
        .map(to_json)
}

#[test]
fn what_the_reader_accepts_the_schema_accepts() {
    let validator = validator("manifest");
    let good = [
        project().join("fixtures/estates/quillmarsh-payroll"),
        project().join("fixtures/broken/accepted"),
    ];
    let good: Vec<PathBuf> = good.iter().flat_map(|root| manifests(root, &is_manifest)).collect();
    assert!(!good.is_empty());
    for manifest in good {
        let value = parse(&manifest).unwrap_or_else(|| panic!("{} is TOML", manifest.display()));
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}:\n{}", manifest.display(), errors.join("\n"));
    }
}

#[test]
fn what_the_reader_refuses_for_its_shape_the_schema_refuses() {
    let validator = validator("manifest");
    for kind in [
        "unknown-key",
        "unknown-value",
        "wrong-type",
        "invalid-duration",
        "missing-key",
        "invalid-id",
    ] {
        let mut checked = 0;
        let folder = cases::broken().iter().find(|folder| folder.name == kind);
        for case in &folder.expect("its cases").fails {
            let case = &case.case.path;
            // Beyond shape: what depends on another declaration, on which regions there are, on what a place is,
            // or on what another key says.
            let beyond = [
                "region",
                "provider",
                "waiver",
                "profile",
                "place",
                "at-",
                "date-for-text",
                "fraction-for",
                "known-framework",
                "framework-states-it",
                "without-a-name",
            ];
            let name = case.file_name().expect("a name").to_string_lossy().into_owned();
            if case.is_dir() || beyond.iter().any(|word| name.contains(word)) {
                continue;
            }
            // What is no TOML at all never reaches a schema.
            let Some(value) = parse(case) else {
                continue;
            };
            assert!(!validator.is_valid(&value), "the schema accepts {}", case.display());
            checked += 1;
        }
        assert!(checked > 0, "no case of {kind} reaches the schema");
    }
}

/// What is well written in these names a rule or a place that there is not: `unknown-value` is about the estate there.
const NAMES_NOTHING: [&str; 3] = [
    "declared-and-unused/passes/evidence-in-a-place.scope.toml",
    "evidence-changed/passes/name-that-is-no-place/scope.toml",
    "waiver-invalid/passes/rule-that-does-not-exist.scope.toml",
];

#[test]
fn every_rule_fixture_that_reads_without_a_problem_fits_the_schema() {
    let validator = validator("manifest");
    let mut checked = 0;
    for manifest in manifests(&project().join("fixtures/rules"), &is_manifest) {
        let source = Source::from_bytes("scope.toml".to_owned(), std::fs::read(&manifest).expect("a file"));
        let judged = cases::alone(source, cases::AS_OF.parse().expect("a date"), &Choice::default());
        // What names nothing is well written. A certificate among the reports is read so that a rule can say so; the
        // schema need not allow it.
        let misfiled = ["certificate-declared-as-report", "report-declared-as-certificate"];
        let is_reading = |rule: &str| soclint::rule(rule).is_some_and(|rule| rule.group == Group::Reading);
        let named = |names: &[&str]| names.iter().any(|name| manifest.ends_with(name));
        let mut rules = judged.outcome.findings.iter().map(|finding| finding.rule);
        let is_wrong = |rule: &str| is_reading(rule) && rule != "unknown-reference" && !named(&NAMES_NOTHING);
        if rules.any(|rule| misfiled.contains(&rule) || is_wrong(rule)) {
            continue;
        }
        let value = parse(&manifest).unwrap_or_else(|| panic!("{} is TOML", manifest.display()));
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}:\n{}", manifest.display(), errors.join("\n"));
        checked += 1;
    }
    assert!(checked > 2_612, "only {checked} fixtures read without a problem");
}

#[test]
fn the_config_schema_knows_the_configs_of_the_estates_and_the_rules() {
    let validator = validator("config");
    let is_config = |name: &str| name == "soclint.toml" || name == ".soclint.toml";
    let configs = manifests(&project().join("fixtures/estates"), &is_config);
    assert!(configs.len() >= 2);
    for config in configs {
        assert!(
            validator.is_valid(&parse(&config).expect("TOML")),
            "{}",
            config.display()
        );
    }
    for wrong in [
        "include = 3",
        "[rules]\nno-such-rule = \"off\"",
        "[rules]\nstale-report = \"of\"",
        "includ = \"x\"",
    ] {
        let value = to_json(toml::from_str::<toml::Value>(wrong).expect("TOML"));
        assert!(!validator.is_valid(&value), "{wrong}");
    }
}

#[test]
fn every_key_is_described() {
    let schema: Value =
        serde_json::from_str(&stdout(&tool::run(soclint().args(["schema", "manifest"])))).expect("JSON");
    let definitions = schema["definitions"].as_object().expect("definitions");
    for (name, definition) in definitions {
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].is_string(), "{name}.{key} is not described");
        }
    }
}

#[test]
fn no_schema_says_what_stops_an_editor() {
    for name in ["manifest", "config"] {
        let schema = stdout(&run(soclint().args(["schema", name])));
        assert!(
            !schema.contains("\"allOf\""),
            "Taplo's language server never comes back from completing under it"
        );
    }
}
