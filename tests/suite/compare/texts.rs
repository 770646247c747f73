//! What is shown of texts, and of what cannot be read; the shape of the JSON.

use super::{commit, company, compare, compared, edit, json_of, subjects};
use crate::cases::project;
use crate::tool::{run, soclint, stdout, write};
use serde_json::{Value, json};

#[test]
fn hostile_names_are_inert_and_texts_count_only_when_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(
        root,
        "a/scope.toml",
        "[services.pay]\ntitle = \"Pay\"\nprovider-note = 1\n[third-parties.x]\ncsocs-not-needed = \"because they said so\"\n",
    );
    write(
        root,
        "b/scope.toml",
        "[services.pay]\ntitle = \"<img src=x onerror=alert(1)>|@everyone \\u001b[31m\"\nprovider-note = 1\n[third-parties.x]\ncsocs-not-needed = \"because | <b>they</b> insist\"\n",
    );
    assert_eq!(
        compared(root, &["a/", "b/"])["scope"],
        json!([]),
        "wording is no change"
    );
    let told = compared(root, &["a/", "b/", "--all"]);
    assert_eq!(
        subjects(&told["scope"]),
        [
            ("services.pay".to_owned(), "changed".to_owned()),
            ("third-parties.x".to_owned(), "changed".to_owned())
        ]
    );
    for format in ["table", "markdown", "json"] {
        let shown = stdout(&compare(root, &["a/", "b/", "--all", "--format", format]));
        assert!(!shown.contains('\u{1b}'), "{shown}");
        if format == "markdown" {
            assert!(
                !shown.contains("<img") && !shown.contains("<b>") && !shown.contains("@everyone"),
                "{shown}"
            );
        }
    }
    // Whether it is excused counts; that is no wording.
    write(
        root,
        "b/scope.toml",
        "[services.pay]\ntitle = \"Pay\"\nprovider-note = 1\n[third-parties.x]\n",
    );
    let told = compared(root, &["a/", "b/"]);
    assert_eq!(told["scope"][0]["keys"][0]["key"], "csocs-not-needed");
    assert_eq!(told["scope"][0]["keys"][0]["after"], Value::Null);
}

#[test]
fn what_cannot_be_read_is_not_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let whole = "[services.pay]\nfinancial-impact = \"none\"\n\n[services.web]\nfinancial-impact = \"none\"\n";
    write(root, "a/scope.toml", whole);
    write(root, "b/scope.toml", whole.replace("[services.web]", "[services.web"));
    let told = compared(root, &["a/", "b/"]);
    let gone = subjects(&told["scope"]);
    assert!(gone.iter().all(|(_, change)| change != "removed"), "{told}");
    assert_eq!(told["unread"], json!({ "base": [], "head": ["scope.toml"] }));
    let page = stdout(&compare(root, &["a/", "b/", "--format", "markdown"]));
    assert!(
        page.contains("could not be read") || page.contains("be read completely"),
        "{page}"
    );
}

#[test]
fn the_json_is_what_its_schema_says() {
    for (name, required) in [("compare", "no-longer-reported"), ("compare-period", "commits")] {
        let schema = std::fs::read_to_string(project().join(format!("schemas/{name}.schema.json"))).expect("a schema");
        let document: Value = serde_json::from_str(&schema).expect("JSON");
        assert!(schema.contains(required), "{schema}");
        let printed = run(soclint().args(["schema", name]));
        assert_eq!(stdout(&printed), schema);
        let folder = tempfile::tempdir().expect("a folder");
        company(folder.path());
        edit(
            folder.path(),
            "pay/scope.toml",
            "[services.payroll]",
            "[services.payroll]\nscope = \"out\"",
        );
        commit(folder.path(), "2026-02-02");
        let told = match name {
            "compare" => compared(folder.path(), &["HEAD~1", "HEAD"]),
            _ => json_of(&run(soclint()
                .args([
                    "compare",
                    "--from",
                    "2026-02-01",
                    "--to",
                    "2026-02-28",
                    "--format",
                    "json",
                ])
                .current_dir(folder.path()))),
        };
        let validator = jsonschema::validator_for(&document).expect("a schema");
        let errors: Vec<String> = validator.iter_errors(&told).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert!(!told["scope"].as_array().unwrap().is_empty());
    }
}
