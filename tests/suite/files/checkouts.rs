//! Other repositories are not entered; what git has and the checkout has not is unknown, and not missing.

use super::{Place, right, run_in, strings, wrong};
use crate::tool::{AS_OF, findings, stdout};
use serde_json::Value;

#[test]
fn other_repositories_and_work_trees_are_not_entered() {
    let place = Place::tracked(&[("a/scope.toml", &wrong("a"))]);
    place.git(&["commit", "-qm", "x"]);
    for folder in [".worktrees/one", ".claude/worktrees/two", "trees/three"] {
        place.git(&["worktree", "add", "-q", "--detach", folder]);
    }
    place.write(&[
        ("clone/.git/HEAD", "ref: refs/heads/x\n"),
        ("clone/scope.toml", &wrong("a")),
        ("deep/er/clone/.git", "gitdir: nowhere\n"),
        ("deep/er/clone/sub/scope.toml", &wrong("a")),
        ("deep/er/scope.toml", &wrong("b")),
        ("out/clone/.git/HEAD", "ref: refs/heads/x\n"),
        ("soclint.toml", "exclude = \"out\"\n"),
    ]);
    assert_eq!(place.paths(), ["a/scope.toml", "deep/er/scope.toml"]);
    let document = place.json(&[]);
    let passed = strings(&document["summary"]["passed-over"]["repositories"]);
    assert_eq!(
        passed,
        [
            ".claude/worktrees/two",
            ".worktrees/one",
            "clone",
            "deep/er/clone",
            "trees/three"
        ]
    );
    let summary = place.summary();
    assert!(
        summary.contains("5 other repositories (.claude/worktrees/two, .worktrees/one, clone, 2 more)"),
        "{summary}"
    );
    assert!(place.state("trees/three/").starts_with("repository: "));
    // From inside it is the repository.
    let output = run_in(
        &place.at("trees/three"),
        &["check", "--as-of", AS_OF, "--format", "concise"],
    );
    assert!(stdout(&output).starts_with("a/scope.toml:2:"), "{}", stdout(&output));
}

/// A repository with two others as submodules, of which the second is not initialized.
fn with_submodules() -> (Place, Place) {
    let inner = Place::tracked(&[
        (
            "scope.toml",
            "namespace = \"sub\"\n[services.ledger]\nfinancial-impact = \"none\"\nexposure = \"internal\"\n",
        ),
        ("gen/scope.toml", &wrong("generated")),
    ]);
    inner.git(&["commit", "-qm", "x"]);
    let outer = Place::tracked(&[("scope.toml", &right("o"))]);
    let from = inner.path().to_str().expect("text").to_owned();
    outer.git(&["submodule", "--quiet", "add", &from, "parts/one"]);
    outer.git(&["submodule", "--quiet", "add", &from, "parts/two"]);
    outer.git(&["commit", "-qm", "x"]);
    outer.git(&["submodule", "--quiet", "deinit", "-f", "parts/two"]);
    (outer, inner)
}

#[test]
fn submodules_are_read_by_their_own_rules() {
    let (outer, _inner) = with_submodules();
    outer.write(&[
        (".gitignore", "gen/\nscope.toml\n"),
        ("soclint.toml", "exclude = \"parts/two\"\n"),
    ]);
    assert_eq!(
        outer.paths(),
        ["parts/one/gen/scope.toml"],
        "patterns of the outer repository say nothing of the inner"
    );
    outer.write(&[
        ("parts/one/.gitignore", "gen/\nnew.scope.toml\n"),
        ("parts/one/new.scope.toml", &wrong("new")),
    ]);
    assert_eq!(outer.paths(), ["parts/one/gen/scope.toml"], "tracked there");
    outer.write(&[(".gitignore", "/parts/\n")]);
    assert_eq!(
        outer.paths(),
        ["parts/one/gen/scope.toml"],
        "a submodule is tracked, whatever ignore files say"
    );
}

fn notice(document: &Value) -> (String, String) {
    let unread = findings(document)
        .iter()
        .filter(|finding| finding["rule"] == "unreadable-file");
    let unread: Vec<&Value> = unread.collect();
    assert_eq!(unread.len(), 1, "{document}");
    assert_eq!(unread[0]["severity"], "note");
    let text = |key: &str| unread[0][key].as_str().expect("text").to_owned();
    (text("message"), text("help"))
}

/// References of every kind, none of which anything declares.
const REFERENCES: &str = r#"
[services.shop]
financial-impact = "none"
exposure = "internal"
depends-on = "sub/ledger"
third-parties = "cloud"
data = "salaries"
claims = "soc2"
[identities.bot]
kind = "bot"
profile = "vaulted"
services = "elsewhere"
[controls.c]
reports = "soc1"
operating = "log"
"#;

#[test]
fn what_a_missing_submodule_might_declare_is_unknown() {
    let (outer, _inner) = with_submodules();
    outer.write(&[("use/scope.toml", REFERENCES)]);
    let document = outer.json(&[]);
    let (message, help) = notice(&document);
    assert_eq!(
        message,
        "the submodule `parts/two` is not checked out: what it may declare is unknown"
    );
    assert!(help.contains("`git submodule update --init parts/two`"), "{help}");
    assert!(
        findings(&document)
            .iter()
            .all(|finding| finding["rule"] != "unknown-reference"),
        "{document}"
    );
    assert_eq!(document["summary"]["files"], 4, "it is no manifest that was read");

    // A user who needs all of it can say so.
    outer.write(&[("soclint.toml", "[rules]\nunreadable-file = \"error\"\n")]);
    assert_eq!(outer.check(&["--quiet"]).status.code(), Some(1));
    assert_eq!(
        outer
            .check(&["--quiet", "--ignore", "required-key-missing", "use"])
            .status
            .code(),
        Some(1),
        "narrowed, too"
    );

    // Nothing could stand there: then what is not declared is missing.
    outer.write(&[("soclint.toml", "exclude = \"parts/two\"\n")]);
    let unknown = outer
        .found(&[])
        .into_iter()
        .filter(|(rule, _)| rule == "unknown-reference")
        .count();
    assert_eq!(unknown, 7, "{:?}", outer.found(&[]));
    outer.write(&[("soclint.toml", "include = [\"use/**/scope.toml\", \"scope.toml\"]\n")]);
    assert_eq!(
        outer
            .found(&[])
            .into_iter()
            .filter(|(rule, _)| rule == "unknown-reference")
            .count(),
        8
    );
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_unknown() {
    for sparse_index in ["true", "false"] {
        let place = Place::tracked(&[
            ("scope.toml", &right("o")),
            ("use/scope.toml", REFERENCES),
            ("svc/b/scope.toml", &wrong("b")),
            ("svc/c/x.scope.toml", &wrong("c")),
            ("docs/a.md", "text"),
        ]);
        place.git(&["commit", "-qm", "x"]);
        place.git(&["config", "index.sparse", sparse_index]);
        place.git(&["sparse-checkout", "set", "--cone", "use"]);
        let document = place.json(&[]);
        let (message, help) = notice(&document);
        assert!(
            message.contains("svc") && message.contains("by a sparse checkout"),
            "{message}"
        );
        assert!(help.contains("`git sparse-checkout "), "{help}");
        assert!(
            findings(&document)
                .iter()
                .all(|finding| finding["rule"] != "unknown-reference"),
            "{document}"
        );
        // What holds no manifest leaves nothing open. (A sparse index does not tell what a folder holds.)
        place.git(&["sparse-checkout", "set", "--cone", "use", "svc"]);
        let open = place.found(&[]).iter().any(|(rule, _)| rule == "unreadable-file");
        assert_eq!(open, sparse_index == "true", "index.sparse = {sparse_index}");
        place.git(&["sparse-checkout", "disable"]);
        let found = place.found(&[]);
        assert!(found.iter().all(|(rule, _)| rule != "unreadable-file"));
        assert!(found.iter().any(|(rule, _)| rule == "unknown-reference"));
    }
}

#[test]
fn what_nobody_checked_out_is_named_when_nothing_else_is_there() {
    let place = Place::tracked(&[("svc/b/scope.toml", &wrong("b")), ("docs/a.md", "text")]);
    place.git(&["commit", "-qm", "x"]);
    place.git(&["sparse-checkout", "set", "--no-cone", "/docs/"]);
    let output = place.check(&[]);
    assert_eq!(output.status.code(), Some(2));
    let said = crate::tool::stderr(&output);
    assert!(
        said.contains("no manifest (") && said.contains("`svc/b/scope.toml` is not checked out"),
        "{said}"
    );
    assert!(said.contains("git sparse-checkout add svc/b"), "{said}");
}

#[test]
fn a_baseline_is_neither_written_nor_pruned_of_what_is_not_checked_out() {
    let (outer, _inner) = with_submodules();
    outer.write(&[("soclint-baseline.toml", "version = 1\n")]);
    for command in ["write", "prune"] {
        let output = outer.run(&["baseline", command, "--as-of", AS_OF]);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{command}: what seems to be gone may be where nothing is read"
        );
        assert!(crate::tool::stderr(&output).contains("could not be read"), "{command}");
    }
}
