//! What git tracks, ignores, and has without having checked it out.

use super::{Estate, Found, MISSING_FILE, naming};
use crate::tool::{self, AS_OF};

fn of_severity(found: &[Found], severity: &str) -> Vec<String> {
    let found = found.iter().filter(|found| found.severity == severity);
    found.map(|found| found.message.to_string()).collect()
}

#[test]
fn evidence_that_git_ignores_and_tracks_all_the_same_is_fine() {
    let places = [
        "./build/a.md",
        "./b.log",
        "./deep/x/c.log",
        "./build",
        "./deep/**/*.log",
    ];
    let estate = Estate::naming(&places)
        .with(".gitignore", "build/\n*.log\n")
        .with("build/a.md", "said\n")
        .with("b.log", "said\n")
        .with("deep/x/c.log", "said\n");
    estate.git(&["init", "-q"]);
    let before = estate.git(&["add", "."]).found_by(MISSING_FILE);
    assert_eq!(before.len(), places.len(), "{before:#?}");
    assert!(
        before.iter().all(|found| found.message.contains("git ignores it")),
        "{before:#?}"
    );
    let after = estate
        .git(&["add", "--force", "build", "b.log", "deep"])
        .found_by(MISSING_FILE);
    assert_eq!(after, []);
}

#[test]
fn evidence_that_git_does_not_track_is_a_note() {
    let places = [
        "./new.md",
        "./folder",
        "./folder/new.md",
        "./glob/*.md",
        "./deep/**/x.md",
        "./tracked.md",
        "./mixed",
        "./mixed/*.md",
    ];
    let estate = Estate::naming(&places)
        .with("new.md", "said\n")
        .with("folder/new.md", "said\n")
        .with("glob/new.md", "said\n")
        .with("deep/er/x.md", "said\n")
        .with("tracked.md", "said\n")
        .with("mixed/1.md", "said\n")
        .with("mixed/2.md", "said\n");
    estate
        .git(&["init", "-q"])
        .git(&["add", "scope.toml", "tracked.md", "mixed/1.md"]);
    let found = estate.found_by(MISSING_FILE);
    let notes = of_severity(&found, "note");
    assert_eq!(notes.len(), found.len(), "{found:#?}");
    let expected = [
        "./new.md",
        "./folder",
        "./folder/new.md",
        "glob/new.md",
        "deep/er/x.md",
        "mixed/2.md",
    ];
    assert_eq!(notes.len(), expected.len(), "{notes:#?}");
    for (note, place) in notes.iter().zip(expected) {
        assert!(
            note.contains(place) && note.contains("git does not track it"),
            "{note}: {place}"
        );
    }
    // Nothing is reported where it is unknown.
    std::fs::remove_dir_all(estate.root().join(".git")).expect("removed");
    assert_eq!(estate.found_by(MISSING_FILE), []);
    // Nor of what is worse.
    let estate = Estate::naming(&["./blank.md", "./*.md"])
        .with("blank.md", "\n")
        .with("new.md", "said\n");
    estate.git(&["init", "-q"]).git(&["add", "scope.toml"]);
    let found = estate.found_by(MISSING_FILE);
    assert_eq!(of_severity(&found, "error").len(), 2, "{found:#?}");
    assert_eq!(found.len(), 2);
}

#[test]
fn an_untracked_file_has_a_digest_all_the_same() {
    let manifest = format!(
        "owner = \"t\"\n[evidence.e]\nkind = \"log\"\nat = \"./x.md\"\nsha256 = \"{}\"\n[controls.c]\noperating = \"e\"\n",
        "0".repeat(64)
    );
    let estate = Estate::of(&manifest).with("x.md", "said\n");
    estate.git(&["init", "-q"]).git(&["add", "scope.toml"]);
    assert_eq!(estate.found_by("evidence-changed").len(), 1);
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_unknown() {
    let places = [
        "./ev/a.md",
        "./ev",
        "./ev/*.md",
        "./ev/**/x.csv",
        "./ev/sub",
        "./ev/sub/x.csv",
        "./ev/a.md#access",
        "./ev/c#.md",
        "./ev/[x].md",
        "./kept/a.md",
    ];
    let estate = Estate::naming(&places)
        .with("ev/a.md", "said\n")
        .with("ev/sub/x.csv", "said\n")
        .with("ev/c#.md", "said\n")
        .with("ev/[x].md", "said\n")
        .with("kept/a.md", "said\n");
    estate
        .git(&["init", "-q"])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "x"]);
    for cone in ["--cone", "--no-cone"] {
        let pattern = if cone == "--cone" {
            "kept"
        } else {
            "/kept/\n/scope.toml"
        };
        estate.git(&["sparse-checkout", "set", cone, pattern]);
        if cone == "--no-cone" {
            estate.git(&["sparse-checkout", "set", "--no-cone", "/kept/", "/scope.toml"]);
        }
        assert!(!estate.root().join("ev").exists(), "{cone}");
        assert_eq!(estate.found_by(MISSING_FILE), [], "{cone}");
        // It was not checked, and that is reported, with the command that helps.
        let document = tool::printed_json(estate.root(), AS_OF);
        let absent = document["summary"]["not-checked-out"].as_array().expect("a list");
        assert!(!absent.is_empty(), "{cone}");
        assert!(
            absent
                .iter()
                .all(|path| path.as_str().expect("a path").starts_with("ev")),
            "{absent:?}"
        );
        let printed = tool::run(
            tool::soclint()
                .args(["check", "--as-of", AS_OF, "--format", "concise", "--root"])
                .arg(estate.root()),
        );
        let printed = tool::stdout(&printed);
        assert!(
            printed.contains("evidence that is not checked out, and so unknown: ev")
                && printed.contains("(`git sparse-checkout "),
            "{printed}"
        );
    }
    // Of what is there, nothing is said.
    std::fs::write(estate.root().join("scope.toml"), naming(&["./kept/a.md"])).expect("written");
    let document = tool::printed_json(estate.root(), AS_OF);
    assert_eq!(document["summary"]["not-checked-out"], serde_json::json!([]));
    // What git has not either is missing.
    let places = ["./ev/b.md", "./kept/b.md", "./other", "./kept/*.csv"];
    std::fs::write(estate.root().join("scope.toml"), naming(&places)).expect("written");
    let found = estate.found_by(MISSING_FILE);
    assert_eq!(of_severity(&found, "error").len(), places.len(), "{found:#?}");
}

#[test]
fn what_lies_in_a_submodule_that_is_not_there_is_unknown() {
    let inner = Estate::new().with("ev/a.md", "said\n").with("b.md", "said\n");
    inner
        .git(&["init", "-q"])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "x"]);
    let places = [
        "./sub/ev/a.md",
        "./sub",
        "./sub/ev",
        "./sub/**/*.md",
        "./sub/*.md",
        "./sub/b.md#x",
    ];
    let estate = Estate::naming(&places);
    let url = inner.root().to_string_lossy().into_owned();
    estate
        .git(&["init", "-q"])
        .git(&["submodule", "--quiet", "add", &url, "sub"])
        .git(&["add", "."]);
    estate.git(&["commit", "-q", "-m", "x"]);
    assert_eq!(estate.found_by(MISSING_FILE), [], "checked out");
    std::fs::write(estate.root().join("scope.toml"), naming(&["./sub/c.md"])).expect("written");
    assert_eq!(
        of_severity(&estate.found_by(MISSING_FILE), "error").len(),
        1,
        "checked out, and without it"
    );
    std::fs::write(estate.root().join("scope.toml"), naming(&places)).expect("written");
    estate.git(&["submodule", "--quiet", "deinit", "--force", "sub"]);
    assert!(!estate.root().join("sub/b.md").exists());
    assert_eq!(estate.found_by(MISSING_FILE), [], "not checked out");
}
