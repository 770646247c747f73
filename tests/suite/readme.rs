//! The README says what the program does.

use crate::tool::{self, AS_OF, project, run, soclint, write};

fn readme() -> String {
    std::fs::read_to_string(project().join("README.md")).expect("README.md")
}

/// The fenced blocks of one language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn the_first_manifest_is_silent_and_speaks_when_it_is_changed_as_described() {
    let manifest = &blocks(&readme(), "toml")[0];
    assert!(manifest.lines().count() <= 10, "ten lines");
    let findings = |text: &str| {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", text);
        let document = tool::check_json(root.path(), AS_OF);
        tool::findings(&document).to_vec()
    };
    assert!(findings(manifest).is_empty());
    // What a SOC 2 has to say besides is no error.
    let changed = findings(&manifest.replace("\"soc1\"", "\"soc2\""));
    let errors = changed.iter().filter(|finding| finding["severity"] == "error");
    let rules: Vec<&str> = errors.filter_map(|finding| finding["rule"].as_str()).collect();
    assert_eq!(rules, ["financial-impact-without-icfr-report"]);
}

#[test]
fn the_config_example_is_accepted() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "soclint.toml", &blocks(&readme(), "toml")[1]);
    write(root.path(), "scope.toml", "[services.a]\nexposure = \"internal\"\n");
    let output = run(soclint().args(["check", "--as-of", AS_OF]).current_dir(root.path()));
    assert_eq!(output.status.code(), Some(0), "{}", tool::stderr(&output));
}

#[test]
fn the_examples_of_a_config_that_extends_and_of_a_waiver_are_accepted() {
    let examples = blocks(&readme(), "toml");
    let (config, fixed, waiver) = (&examples[2], &examples[3], &examples[4]);
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(root.path(), "org/soclint.toml", fixed);
    write(root.path(), "team/soclint.toml", config);
    write(root.path(), "team/scope.toml", waiver);
    let document = tool::check_json(&root.path().join("team"), AS_OF);
    let rows: Vec<(&str, &str)> = tool::findings(&document)
        .iter()
        .map(|finding| {
            (
                finding["severity"].as_str().expect("text"),
                finding["rule"].as_str().expect("text"),
            )
        })
        .collect();
    assert_eq!(rows, [("note", "waiver-invalid")], "it waives nothing here");
}

#[test]
fn every_key_of_the_json_is_in_the_readme() {
    let estate = project().join("fixtures/estates/brackwater-custody");
    let output = run(soclint()
        .args([
            "check",
            "--format",
            "json",
            "--horizon",
            "60d",
            "--baseline",
            "soclint-baseline.toml",
            "--as-of",
            AS_OF,
        ])
        .current_dir(&estate));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    fn keys(value: &serde_json::Value, into: &mut std::collections::BTreeSet<String>) {
        match value {
            serde_json::Value::Object(object) => {
                into.extend(object.keys().cloned());
                object.values().for_each(|value| keys(value, into));
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| keys(item, into)),
            _ => {}
        }
    }
    let mut all = std::collections::BTreeSet::new();
    keys(&document, &mut all);
    let readme = readme();
    let output = &readme[readme.find("## Output").expect("a section")..readme.find("## Config").expect("a section")];
    for key in all {
        assert!(
            output.contains(&format!("\"{key}\"")) || output.contains(&format!("`{key}`")),
            "{key}"
        );
    }
}

#[test]
fn the_catalogue_has_every_rule_once() {
    let written = std::fs::read_to_string(project().join("docs/rules.md")).expect("docs/rules.md");
    for name in soclint::rules().map(|rule| rule.name) {
        assert_eq!(written.matches(&format!("| [`{name}`](")).count(), 1, "{name}");
    }
}

#[test]
fn links_lead_somewhere() {
    assert!(readme().contains("](docs/rules.md)"));
    for file in ["README.md", "docs/rules.md"] {
        let text = std::fs::read_to_string(project().join(file)).expect("a document");
        let folder = project().join(file).parent().expect("a folder").to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(
                link.starts_with("https://") || folder.join(link).exists(),
                "{file}: {link} leads nowhere"
            );
        }
    }
}

/// What is taken from the repository is taken at this version's tag, so that it does not change under anyone.
#[test]
fn all_that_is_named_by_a_tag_is_of_this_version() {
    let readme = readme();
    let version = env!("CARGO_PKG_VERSION");
    for named in [
        format!("#:schema {}\n", tool::schema_address("manifest")),
        format!("uses: soclint/soclint@v{version}\n"),
        format!("rev: v{version}\n"),
        format!("page: {}", tool::PAGES),
    ] {
        assert!(readme.contains(&named), "{named}");
    }
    assert!(!readme.contains("soclint/main/") && !readme.contains("soclint/blob/main/"));
}
