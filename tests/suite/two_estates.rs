//! Two estates of one repository may declare the same names; their findings and baselines are told apart.

use crate::identity::in_each_format;
use crate::tool::{AS_OF, run, soclint, stderr, write};
use std::collections::BTreeSet;
use std::path::Path;

fn repository() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join(".git")).expect("a folder");
    root
}

#[test]
fn two_estates_of_one_repository_are_told_apart() {
    let root = repository();
    let manifest = "[services.a]\nfinancial-impact = \"direct\"\n[identities.bot]\nkind = \"bot\"\n";
    for estate in ["pay/scope.toml", "eu/pay/scope.toml", "card/scope.toml"] {
        write(root.path(), estate, manifest);
    }
    let of = |estate: &str| in_each_format(&root.path().join(estate));
    let all = [of("pay"), of("eu/pay"), of("card"), {
        let alone = repository();
        write(alone.path(), "scope.toml", manifest);
        in_each_format(alone.path())
    }];
    for format in 0..3 {
        let mut seen = BTreeSet::new();
        for estate in &all {
            assert!(estate[format].len() >= 4);
            for (_, identity) in &estate[format] {
                assert!(seen.insert(identity), "{identity} stands for two findings");
            }
        }
    }
    // The repository's own place does not matter.
    let elsewhere = repository();
    write(elsewhere.path(), "pay/scope.toml", manifest);
    assert_eq!(in_each_format(&elsewhere.path().join("pay")), all[0]);
    for (_, name) in &all[0][2] {
        assert!(name.contains(" pay: "), "{name}");
    }
}

#[test]
fn a_baseline_is_that_of_its_estate() {
    let root = repository();
    let manifest = "[services.a]\nfinancial-impact = \"direct\"\n";
    for estate in ["scope.toml", "pay/scope.toml", "card/scope.toml"] {
        write(root.path(), estate, manifest);
    }
    let call = |root: &Path, args: &[&str]| {
        let output = run(soclint().args(args).args(["--as-of", AS_OF]).current_dir(root));
        (output.status.code(), stderr(&output))
    };
    let written = call(root.path(), &["baseline", "write", "known.toml", "--root", "pay"]);
    assert_eq!(written.0, Some(0), "{}", written.1);
    let text = std::fs::read_to_string(root.path().join("known.toml")).expect("a baseline");
    assert!(text.contains("estate = \"pay\"\n"), "{text}");
    let check = |estate: &str| {
        call(
            root.path(),
            &[
                "check",
                "--baseline",
                "known.toml",
                "--format",
                "concise",
                "--root",
                estate,
            ],
        )
    };
    assert_eq!(check("pay").0, Some(0));
    for (estate, named) in [("card", "`card`"), (".", "the repository's root")] {
        let (code, said) = check(estate);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("`pay`") && said.contains(named), "{said}");
        for command in [
            &["baseline", "show", "known.toml"][..],
            &["baseline", "prune", "known.toml"],
            &["baseline", "write", "known.toml"],
            &["forecast", "--until", "2027-01-01", "--baseline", "known.toml"],
        ] {
            let (code, said) = call(root.path(), &[command, &["--root", estate]].concat());
            assert_eq!(code, Some(2), "{command:?}: {said}");
        }
    }
    // One that says nothing of its estate, as at the root and of old, is taken at its word.
    let bare = text.replace("estate = \"pay\"\n", "");
    write(root.path(), "known.toml", &bare);
    for estate in ["pay", "."] {
        assert_ne!(check(estate).0, Some(2), "{estate}");
    }
    // Without a repository, an estate's place is unknown.
    let alone = tempfile::tempdir().expect("a folder");
    write(alone.path(), "scope.toml", manifest);
    write(alone.path(), "known.toml", &text);
    assert_eq!(call(alone.path(), &["check", "--baseline", "known.toml"]).0, Some(0));
}
