//! What SARIF says a run is one of: runs that look at different things do not close each other's alerts.

use crate::tool::{AS_OF, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn id(working: &Path, args: &[&str]) -> String {
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--format", "sarif", "--fail-on", "never"])
        .args(args)
        .current_dir(working));
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    let document: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let id = &document["runs"][0]["automationDetails"]["id"];
    id.as_str().expect("an id").to_owned()
}

fn repository() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join(".git")).expect("a folder");
    for path in ["a/scope.toml", "a/b/scope.toml", "c, d/scope.toml", "e:f/scope.toml"] {
        write(root.path(), path, format!("[services.s{}]\n", path.len()));
    }
    write(root.path(), "ci/soclint.toml", "");
    write(root.path(), "known.toml", "version = 1\n");
    write(root.path(), "ci/known.toml", "version = 1\n");
    root
}

#[test]
fn whatever_narrows_a_run_makes_another_category() {
    let root = repository();
    let runs: [&[&str]; 14] = [
        &[],
        &["a"],
        &["a/b"],
        &["a", "c, d"],
        &["c, d"],
        &["e:f"],
        &["--root", "a"],
        &["--root", "a/b"],
        &["--config", "ci/soclint.toml", "--root", "."],
        &["--baseline", "known.toml"],
        &["--baseline", "ci/known.toml"],
        &["--select", "stale-report"],
        &["--ignore", "stale-report"],
        &["--baseline", "known.toml", "a"],
    ];
    let ids: Vec<String> = runs.iter().map(|args| id(root.path(), args)).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:#?}");
    assert_eq!(ids[0], "soclint/");
    assert_eq!(ids[3], "soclint/paths:a,c%2C d/");
    assert_eq!(ids[8], "soclint/config:ci/soclint.toml/");
    for id in &ids {
        assert!(id.ends_with('/'), "{id}: what follows would be the run's own");
        assert!(!id.contains(root.path().to_str().expect("UTF-8")), "{id}");
    }
    // What is shown, and how, changes nothing.
    for args in [&["--show-waived"][..], &["--horizon", "1y"], &["--no-waivers"], &["."]] {
        assert_eq!(id(root.path(), args), "soclint/", "{args:?}");
    }
}

#[test]
fn one_thing_has_one_category_however_it_is_named_and_wherever_it_lies() {
    let (one, other) = (repository(), repository());
    let whole = other.path().join("a");
    let whole = whole.to_str().expect("UTF-8");
    let named = id(one.path(), &["a"]);
    for (working, args) in [
        (one.path().to_owned(), &["./a"][..]),
        (one.path().to_owned(), &["a/"]),
        (one.path().to_owned(), &["a/b/.."]),
        (one.path().to_owned(), &["a", "a"]),
        (one.path().join("ci"), &["../a", "--root", ".."]),
        (other.path().to_owned(), &[whole]),
    ] {
        assert_eq!(id(&working, args), named, "{args:?}");
    }
    assert_eq!(id(one.path(), &["a", "c, d"]), id(one.path(), &["c, d", "a"]));
    // An estate is the same whether it is named or found.
    write(one.path(), "a/soclint.toml", "");
    assert_eq!(id(one.path(), &["--root", "a"]), id(&one.path().join("a"), &[]));
    // Of what lies elsewhere, the rest of the path is the machine's.
    let outside = tempfile::tempdir().expect("a folder");
    write(outside.path(), "known.toml", "version = 1\n");
    let file = outside.path().join("known.toml");
    let id = id(one.path(), &["--baseline", file.to_str().expect("UTF-8")]);
    assert_eq!(id, "soclint/baseline:known.toml/");
}

#[test]
fn a_category_that_is_given_is_taken() {
    let root = repository();
    for (given, expected) in [
        ("payments", "payments/"),
        ("soclint/pay ments", "soclint/pay ments/"),
        ("trailing///", "trailing/"),
        (" blanks ", "blanks/"),
        ("żółw", "żółw/"),
    ] {
        assert_eq!(id(root.path(), &["--category", given, "a"]), expected);
    }
    for given in ["", " ", "/", "a\nb", "a\rb", "a\u{1b}b"] {
        let output = run(soclint()
            .args(["check", "--as-of", AS_OF, &format!("--category={given}")])
            .current_dir(root.path()));
        assert_eq!(output.status.code(), Some(2), "{given:?}");
    }
}

#[test]
fn a_long_list_of_paths_is_told_apart_all_the_same() {
    let root = repository();
    let names: Vec<String> = (0..60).map(|n| format!("team-{n:02}")).collect();
    for name in &names {
        write(
            root.path(),
            &format!("{name}/scope.toml"),
            format!("[services.{name}]\n"),
        );
    }
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let (one, other) = (id(root.path(), &all), id(root.path(), &all[..59]));
    assert_ne!(one, other);
    assert!(one.chars().count() < 230 && one.ends_with('/'), "{one}");
}
