//! A run that could not read everything says so to those who would take what is missing for fixed.

use crate::tool::{self, AS_OF, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;

const SOUND: &str = "[services.a]\nfinancial-impact = \"direct\"\n";

fn invocation(root: &Path, args: &[&str]) -> Value {
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--format", "sarif"])
        .args(args)
        .current_dir(root));
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    let document: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    document["runs"][0]["invocations"][0].clone()
}

/// Files that cannot be read as they were meant, in as many ways.
const UNREAD: [(&str, &[u8]); 9] = [
    ("unknown key", b"[services.b]\ntitel = \"B\"\n"),
    ("unknown value", b"[services.b]\nexposure = \"inward\"\n"),
    ("wrong type", b"[services.b]\ntitle = 3\n"),
    ("dangling name", b"[services.b]\ndepends-on = \"nowhere\"\n"),
    ("no date", b"[services.b]\nsince = 2026-02-30\n"),
    ("same name", b"[services.b]\n[services.b]\n"),
    ("not closed", b"[services.b]\ntitle = \"B\n"),
    ("not UTF-8", b"[services.b]\ntitle = \"\xff\"\n"),
    (
        "waiver of no rule",
        b"[[waivers]]\nrule = \"stale-raport\"\nsubject = \"reports.r\"\nreason = \"It is on its way\"\nowner = \"a\"\napproved-by = \"b\"\nexpires = 2026-12-31\n",
    ),
];

#[test]
fn sarif_says_of_a_run_that_did_not_read_everything_that_it_did_not() {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join(".git")).expect("a folder");
    write(root.path(), "soclint.toml", "");
    write(root.path(), "a/scope.toml", SOUND);
    let sound = invocation(root.path(), &[]);
    assert_eq!(sound["executionSuccessful"], true);
    assert!(sound.get("toolExecutionNotifications").is_none(), "{sound}");
    // What is asked for does not change what is known.
    let asked: [&[&str]; 3] = [&["a"], &["--select", "stale-report"], &["--fail-on", "never"]];
    for ((what, text), asked) in UNREAD.into_iter().zip(asked.into_iter().cycle()) {
        write(root.path(), "b [1]/scope.toml", text);
        for args in [&[], asked] {
            let invocation = invocation(root.path(), args);
            assert_eq!(invocation["executionSuccessful"], false, "{what} {args:?}");
            let notification = &invocation["toolExecutionNotifications"][0];
            assert_eq!(notification["level"], "error", "{what} {args:?}");
            let said = notification["message"]["text"].as_str().expect("text");
            assert!(said.contains("b \\[1\\]/scope.toml"), "{what}: {said}");
        }
    }
    write(
        root.path(),
        "b [1]/scope.toml",
        "[services.b]\n[reports.r]\nframework = \"SOC 2\"\nstatus = \"planned\"\n",
    );
    assert_eq!(
        invocation(root.path(), &[])["executionSuccessful"],
        true,
        "how a term is written hides nothing"
    );
}

#[test]
fn a_few_of_many_unread_files_are_named() {
    let root = tempfile::tempdir().expect("a folder");
    for n in 0..25 {
        write(
            root.path(),
            &format!("{n:02}.scope.toml"),
            format!("[services.s{n}]\ntitle = 3\n"),
        );
    }
    let invocation = invocation(root.path(), &[]);
    let said = invocation["toolExecutionNotifications"][0]["message"]["text"]
        .as_str()
        .expect("text")
        .to_owned();
    assert!(
        said.contains("00.scope.toml, ") && said.contains(" and 15 more files"),
        "{said}"
    );
}

#[test]
fn nothing_is_adopted_while_something_cannot_be_read() {
    for (what, text) in UNREAD {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "soclint.toml", "");
        write(root.path(), "scope.toml", SOUND);
        write(root.path(), "b.scope.toml", "[identities.bot]\nkind = \"bot\"\n");
        let call = || {
            run(soclint()
                .args(["baseline", "write", "--as-of", AS_OF])
                .current_dir(root.path()))
        };
        assert_eq!(call().status.code(), Some(0));
        let file = root.path().join("soclint-baseline.toml");
        let before = std::fs::read(&file).expect("a baseline");
        write(root.path(), "b.scope.toml", text);
        let output = call();
        assert_eq!(output.status.code(), Some(2), "{what}: {}", stdout(&output));
        assert!(stderr(&output).contains("soclint check"), "{what}: {}", stderr(&output));
        assert_eq!(std::fs::read(&file).expect("a baseline"), before, "{what}");
        // Nor is a first one written, which would call new what was there.
        std::fs::remove_file(&file).expect("it was there");
        assert_eq!(call().status.code(), Some(2), "{what}");
        assert!(!file.exists(), "{what}");
    }
}

#[test]
fn what_is_adopted_once_it_can_be_read_is_what_was_there() {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "scope.toml",
        SOUND.to_owned() + "[identities.bot]\nkind = \"bot\"\n",
    );
    let adopt = || {
        run(soclint()
            .args(["baseline", "write", "--as-of", AS_OF])
            .current_dir(root.path()))
    };
    adopt();
    write(
        root.path(),
        "scope.toml",
        SOUND.to_owned() + "[identities.bot]\nkind = \"bot\nowner = 1\n",
    );
    assert_eq!(adopt().status.code(), Some(2));
    write(
        root.path(),
        "scope.toml",
        SOUND.to_owned() + "[identities.bot]\nkind = \"bot\"\n",
    );
    let output = run(soclint()
        .args([
            "check",
            "--as-of",
            AS_OF,
            "--format",
            "json",
            "--baseline",
            "soclint-baseline.toml",
        ])
        .current_dir(root.path()));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(tool::findings(&document).is_empty(), "{document}");
    assert!(document["baselined"].as_array().expect("a list").len() >= 4);
}
