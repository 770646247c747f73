//! Nothing outside the estate's root is opened, whatever leads there.
#![cfg(unix)]

use super::{Estate, MISSING_FILE};
use std::os::unix::fs::symlink;
use std::path::Path;

fn link(to: impl AsRef<Path>, at: &Path) {
    symlink(to, at).expect("a link can be made");
}

#[test]
fn links_that_lead_outside_are_no_evidence() {
    let outside = Estate::new().with("secret.md", "said\n").with("folder/x.md", "said\n");
    let pipe = std::process::Command::new("mkfifo")
        .arg(outside.root().join("pipe"))
        .status();
    assert!(pipe.expect("mkfifo runs").success());
    let places = [
        "./file.md",
        "./folder",
        "./folder/x.md",
        "./folder/*.md",
        "./folder/none.md",
        "./pipe",
        "./twice.md",
        "./relative.md",
        "./in/folder/x.md",
        "./in/folder/X.md",
    ];
    let estate = Estate::naming(&places).with("in/scope.toml", "");
    let root = estate.root();
    link(outside.root().join("secret.md"), &root.join("file.md"));
    link(outside.root().join("folder"), &root.join("folder"));
    link(outside.root().join("pipe"), &root.join("pipe"));
    link("file.md", &root.join("twice.md"));
    let name = outside
        .root()
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    link(format!("../{name}/secret.md"), &root.join("relative.md"));
    link(outside.root().join("folder"), &root.join("in/folder"));
    let found = estate.found_by(MISSING_FILE);
    assert_eq!(found.len(), places.len(), "{found:#?}");
    for found in &found {
        assert!(
            found.message.contains("it leads outside the estate's root"),
            "{}",
            found.message
        );
        assert_eq!(found.severity, "error");
    }
    // A folder that holds nothing else holds nothing.
    let estate = Estate::naming(&["./ev", "./ev/*", "./ev/**/*.md"]);
    std::fs::create_dir(estate.root().join("ev")).expect("a folder");
    link(outside.root().join("secret.md"), &estate.root().join("ev/a.md"));
    link(outside.root().join("folder"), &estate.root().join("ev/sub"));
    let found = estate.found_by(MISSING_FILE);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(
        found[0].message.contains("contains no file with content"),
        "{}",
        found[0].message
    );
    assert!(found[1].message.contains("\"ev/a.md\""), "{}", found[1].message);
}

#[test]
fn what_lies_outside_changes_nothing() {
    let outside = Estate::new().with("x.md", "said\n").with("near/Y.md", "said\n");
    let estate = Estate::naming(&[
        "./out/x.md",
        "./out/y.md",
        "./out/near/y.md",
        "./out",
        "./out/*",
        "./x.md",
    ]);
    link(outside.root(), &estate.root().join("out"));
    link(outside.root().join("x.md"), &estate.root().join("x.md"));
    let before = estate.found();
    std::fs::write(outside.root().join("x.md"), "").expect("written");
    std::fs::write(outside.root().join("y.md"), "said").expect("written");
    std::fs::remove_dir_all(outside.root().join("near")).expect("removed");
    assert_eq!(estate.found(), before);
    assert_eq!(before.len(), 6, "{before:#?}");
}

#[test]
fn links_inside_are_judged_by_what_they_lead_to() {
    let places = [
        "./file.md",
        "./folder",
        "./folder/a.md",
        "./folder/*.md",
        "./links",
        "./blank.md",
        "./loop",
        "./nowhere.md",
        "./root",
        "./git.md",
        "./declared.md",
    ];
    let estate = Estate::naming(&places)
        .with("real/a.md", "said\n")
        .with("empty.md", "\n")
        .with(".git/x.md", "said\n")
        .with("other.scope.toml", "owner = \"x\"\n");
    let root = estate.root();
    std::fs::create_dir(root.join("links")).expect("a folder");
    for (to, at) in [
        ("real/a.md", "file.md"),
        ("real", "folder"),
        ("../real/a.md", "links/a.md"),
        ("empty.md", "blank.md"),
        ("loop", "loop"),
        ("real/none.md", "nowhere.md"),
        (".", "root"),
        (".git/x.md", "git.md"),
        ("other.scope.toml", "declared.md"),
    ] {
        link(to, &root.join(at));
    }
    let found = estate.found_by(MISSING_FILE);
    let messages: Vec<&str> = found.iter().map(|found| &*found.message).collect();
    let expected = [
        "no visible content",
        "its link leads nowhere",
        "its link leads nowhere",
        "the estate's root",
        "git ignores it",
        "only declare facts",
    ];
    assert_eq!(messages.len(), expected.len(), "{messages:#?}");
    for (message, expected) in messages.iter().zip(expected) {
        assert!(message.contains(expected), "{message}: {expected}");
    }
}

#[test]
fn a_link_that_git_tracks_needs_a_target_that_it_tracks_too() {
    let estate = Estate::naming(&["./both.md", "./link-only.md", "./target-only.md", "./ignored.md"])
        .with(".gitignore", "build/\n")
        .with("tracked.md", "said\n")
        .with("untracked.md", "said\n")
        .with("build/x.md", "said\n");
    for (to, at) in [
        ("tracked.md", "both.md"),
        ("untracked.md", "link-only.md"),
        ("tracked.md", "target-only.md"),
        ("build/x.md", "ignored.md"),
    ] {
        link(to, &estate.root().join(at));
    }
    estate.git(&["init", "-q"]).git(&[
        "add",
        "scope.toml",
        "tracked.md",
        "both.md",
        "link-only.md",
        "ignored.md",
    ]);
    let found = estate.found_by(MISSING_FILE);
    let told: Vec<(&str, bool)> = found
        .iter()
        .map(|found| (found.severity.as_str(), found.message.contains("git ignores it")))
        .collect();
    assert_eq!(told, [("note", false), ("note", false), ("error", true)], "{found:#?}");
}
