//! Revisions, folders, periods and clones.

use super::{commit, company, compare, compared, edit, git_on, json_of, subjects};
use crate::tool::{run, soclint, stderr, stdout, write};
use serde_json::{Value, json};

#[test]
fn folders_and_revisions_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    let failed = |arguments: &[&str], why: &str| {
        let output = compare(root, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(why), "{arguments:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
    };
    failed(&["no-such-branch"], "no revision and no folder `no-such-branch`");
    failed(&["--", "--upload-pack=x"], "begins with `-`");
    failed(&["--from", "2026-01-01"], "cannot be used with");
    git_on(root, "2026-01-06", &["branch", "pay"]);
    failed(&["pay"], "is a revision and a folder");
    // Each folder is an estate of its own: no config above it is used.
    let told = compared(root, &["./pay", "."]);
    assert!(
        subjects(&told["scope"]).contains(&("reports.soc1".to_owned(), "added".to_owned())),
        "{told}"
    );
    assert_eq!(told["config"][0]["key"], "rules.stale-report");
    assert_eq!(compared(root, &["refs/heads/pay"])["scope"], json!([]));
    let nowhere = tempfile::tempdir().expect("a folder");
    let output = compare(nowhere.path(), &["HEAD"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_period_is_told_commit_by_commit_with_what_was_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    let out = |day| {
        edit(
            root,
            "pay/scope.toml",
            "[services.payroll]\n",
            "[services.payroll]\nscope = \"out\"\n",
        );
        commit(root, day)
    };
    let back = |day| {
        edit(root, "pay/scope.toml", "scope = \"out\"\n", "");
        commit(root, day)
    };
    let first = out("2026-02-02");
    let second = back("2026-03-03");
    write(root, "README.md", "Nothing that is read\n");
    commit(root, "2026-03-04");
    let third = out("2026-04-04");
    write(root, "soclint.toml", "[rules]\nstale-report = \"off\"\n");
    let fourth = commit(root, "2026-05-05");
    back("2026-06-06");

    let period = |arguments: &[&str]| run(soclint().arg("compare").args(arguments).current_dir(root));
    let output = period(&["--from", "2026-02-01", "--to", "2026-05-31", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = json_of(&output);
    let ids: Vec<&str> = told["commits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|commit| commit["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [&first, &second, &third, &fourth]);
    assert_eq!(told["commits"][1]["day"], "2026-03-03");
    let scope = |before: Value, after: Value, commits: Value| {
        json!({
            "subject": "pay/services.payroll", "change": "changed",
            "keys": [{ "key": "scope", "before": before, "after": after }], "commits": commits
        })
    };
    assert_eq!(
        told["scope"],
        json!([
            scope(Value::Null, json!("out"), json!([first, third])),
            scope(json!("out"), Value::Null, json!([second]))
        ])
    );
    assert_eq!(told["coverage"].as_array().map(Vec::len), Some(2), "{told}");
    assert_eq!(told["config"][0]["effect"], "off");
    assert_eq!(told["config"][0]["commits"], json!([fourth]));
    assert_eq!(told["notes"], json!([]));
    let table = stdout(&period(&["--from", "2026-02-01", "--to", "2026-05-31"]));
    assert!(
        table.contains("Declared changes from 2026-02-01 to 2026-05-31"),
        "{table}"
    );
    assert!(table.contains(&format!("2026-02-02 {}", &first[..10])), "{table}");
    let page = stdout(&period(&[
        "--from",
        "2026-02-01",
        "--to",
        "2026-05-31",
        "--format",
        "markdown",
    ]));
    assert!(
        page.contains("| `scope` | - | `out` |") || page.contains("| `scope` | `-` | `out` |"),
        "{page}"
    );

    // History that begins within the period says so.
    let output = period(&["--from", "2025-12-01", "--to", "2026-05-31", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let told = json_of(&output);
    assert!(
        told["notes"][0].as_str().unwrap().contains("begins on 2026-01-05"),
        "{told}"
    );
    let output = period(&["--from", "2026-06-01", "--to", "2026-05-31"]);
    assert_eq!(output.status.code(), Some(2));
    // So does a shallow clone.
    let clone = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", root.display());
    git_on(
        clone.path(),
        "2026-06-07",
        &["clone", "-q", "--depth", "2", &url, "copy"],
    );
    let output = run(soclint()
        .args(["compare", "--from", "2026-02-01", "--to", "2026-06-30"])
        .current_dir(clone.path().join("copy")));
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("shallow"), "{}", stdout(&output));
}

#[test]
fn three_repositories_are_compared_each_by_itself() {
    // A company of three: the assurance team's, the product's with a submodule of it, and a bare mirror.
    let folder = tempfile::tempdir().expect("a folder");
    let all = folder.path();
    for name in ["assurance", "product"] {
        std::fs::create_dir(all.join(name)).expect("a folder");
        git_on(&all.join(name), "2026-01-05", &["init", "-q"]);
    }
    write(
        &all.join("assurance"),
        "scope.toml",
        "[reports.soc2]\nframework = \"soc2\"\ncovers = \"shop\"\n",
    );
    commit(&all.join("assurance"), "2026-01-05");
    let product = all.join("product");
    write(&product, "scope.toml", "[services.shop]\nclaims = \"soc2\"\n");
    git_on(
        &product,
        "2026-01-06",
        &["submodule", "--quiet", "add", "../assurance", "assurance"],
    );
    commit(&product, "2026-01-06");
    edit(
        &product,
        "scope.toml",
        "[services.shop]",
        "[services.shop]\nlifecycle = \"deprecated\"",
    );
    commit(&product, "2026-02-06");
    let told = compared(&product, &["HEAD~1", "HEAD"]);
    assert_eq!(
        subjects(&told["scope"]),
        [("services.shop".to_owned(), "changed".to_owned())],
        "{told}"
    );
    git_on(all, "2026-02-07", &["clone", "-q", "--bare", "product", "mirror.git"]);
    let mirror = compared(&all.join("mirror.git"), &["HEAD~1", "HEAD"]);
    assert_eq!(mirror["scope"], told["scope"]);
    let output = compare(&all.join("mirror.git"), &["HEAD~1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("has no working tree"), "{}", stderr(&output));
    git_on(
        &product,
        "2026-02-08",
        &["worktree", "add", "-q", "../second", "HEAD~1"],
    );
    let second = compared(&all.join("second"), &["HEAD", "main"]);
    assert_eq!(second["scope"], told["scope"]);
}

#[test]
fn needs_open_and_close_and_a_baseline_adopts() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    // What is planned answers no reader yet.
    edit(
        root,
        "pay/scope.toml",
        "depends-on = \"ledger\"\nclaims = \"soc1\"",
        "depends-on = \"ledger\"\nclaims = \"soc2\"",
    );
    let need = |change: &str| json!([{ "service": "pay/services.payroll", "purpose": "financial-statement-audit", "change": change }]);
    let told = compared(root, &["HEAD"]);
    assert_eq!(told["needs"], need("open"), "{told}");
    assert_eq!(told["coverage"], json!([]), "a claim covers nothing");
    commit(root, "2026-02-02");
    assert_eq!(compared(root, &["HEAD", "HEAD~1"])["needs"], need("closed"));

    let written = run(soclint()
        .args(["baseline", "write", "--as-of", "2026-10-01"])
        .current_dir(root));
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let baseline = std::fs::read_dir(root)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.contains("baseline"))
        .expect("a baseline");
    let told = compared(root, &["HEAD", "--baseline", &baseline]);
    let adopted = told["findings"]["adopted"].as_array().expect("a list");
    assert!(!adopted.is_empty(), "{told}");
    assert_eq!(
        told["findings"]["resolved"],
        json!([]),
        "what is adopted is not resolved"
    );
    assert_eq!(told["findings"]["no-longer-reported"], json!([]));
}
