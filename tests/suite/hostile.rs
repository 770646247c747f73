//! No input, however broken or hostile, ends a run, hides a finding or leads outside the estate.

use crate::tool::{self, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};

fn rules_found(root: &Path) -> Vec<String> {
    let document = tool::check_json(root, tool::AS_OF);
    tool::findings(&document)
        .iter()
        .map(|finding| finding["rule"].as_str().expect("a rule").to_owned())
        .collect()
}

#[test]
fn nothing_from_a_manifest_reaches_the_terminal_raw() {
    let folder = tool::project().join("fixtures/hostile");
    let mut checked = 0;
    for entry in std::fs::read_dir(folder).expect("fixtures") {
        let case = entry.expect("an entry").path();
        if case.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        checked += 1;
        let root = tempfile::tempdir().expect("a folder");
        std::fs::copy(&case, root.path().join("scope.toml")).expect("a copy");
        for (format, narrated) in [("pretty", "0"), ("pretty", "1"), ("concise", "0")] {
            let output = run(soclint()
                .args(["check", "--as-of", tool::AS_OF, "--format", format, "--root"])
                .arg(root.path())
                .env("NO_GRAPHICS", narrated));
            let text = stdout(&output);
            assert!(
                matches!(output.status.code(), Some(0 | 1)),
                "{}: {}",
                case.display(),
                stderr(&output)
            );
            let bad = text.chars().find(|c| {
                (c.is_control() && *c != '\n')
                    || ('\u{202a}'..='\u{202e}').contains(c)
                    || ('\u{2066}'..='\u{2069}').contains(c)
            });
            assert_eq!(bad, None, "{} in {format}", case.display());
        }
        let text = stdout(&run(soclint()
            .args(["check", "--as-of", tool::AS_OF, "--format", "concise", "--root"])
            .arg(root.path())));
        let document = tool::check_json(root.path(), tool::AS_OF);
        let findings = text
            .lines()
            .filter(|line| line.contains(": error[") || line.contains(": warning[") || line.contains(": note["));
        assert_eq!(
            findings.count(),
            tool::findings(&document).len(),
            "{}: one line for each finding",
            case.display()
        );
    }
    assert!(checked >= 5, "only {checked} hostile files");
}

/// Files that would take a naive reader for ever, or its stack; each with a problem that must still be found.
#[test]
fn deep_and_large_files_end_in_findings() {
    let deep_list = format!("x = {}{}\n", "[".repeat(50_000), "]".repeat(50_000));
    let deep_table = format!("x = {}1{}\n", "{a=".repeat(20_000), "}".repeat(20_000));
    let deep_dots = format!("x{} = 1\n", ".a".repeat(50_000));
    let deep_header = format!("[x{}]\n", ".a".repeat(50_000));
    let deep_inline = format!("x = {{ a{} = 1 }}\n", ".a".repeat(50_000));
    let unclosed = "[services.a]\nx = [\n".repeat(3_000);
    let bad_values = format!("[services.a]\ndata = [{}]\n", "1_, ".repeat(50_000));
    let bad_keys: String = (0..20_000).map(|n| format!("key{n} = {n}\n")).collect();
    let twice = "[services.a]\ntitle = \"a\"\n".repeat(3_000);
    let long_line = format!("x = \"{}\"\n", "y".repeat(2_000_000));
    let only_quotes = "\"".repeat(200_000);
    let cases = [
        deep_list,
        deep_table,
        deep_dots,
        deep_header,
        deep_inline,
        unclosed,
        bad_values,
        bad_keys,
        twice,
        long_line,
        only_quotes,
    ];
    for (at, text) in cases.iter().enumerate() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "a.scope.toml", text);
        write(root.path(), "b.scope.toml", "[services.b]\nkind = \"nonsense\"\n");
        let before = Instant::now();
        let rules = rules_found(root.path());
        assert!(
            before.elapsed() < Duration::from_secs(60),
            "case {at} took {:?}",
            before.elapsed()
        );
        assert!(
            rules.contains(&"unknown-value".to_owned()),
            "case {at} hides the other file's finding"
        );
        assert!(rules.len() > 1, "case {at} is not reported");
    }
}

#[test]
fn long_chains_and_cycles_of_references_end() {
    let mut text = String::from("owner = \"team\"\n");
    for n in 0..5_000 {
        let next = (n + 1) % 5_000;
        text.push_str(&format!(
            "[services.s{n}]\nexposure = \"internal\"\ndepends-on = \"s{next}\"\nfinancial-impact = \"direct\"\n[identities.i{n}]\nkind = \"human\"\nmay-assume = \"i{next}\"\n"
        ));
    }
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", &text);
    let rules = rules_found(root.path());
    assert_eq!(rules.len(), 5_000);
    assert!(rules.iter().all(|rule| rule == "strongest-dependency-ignored"));
}

const REVIEW: &str = "review = { every = \"12mo\", last = 2026-07-01, evidence = \"https://ci.example.com/review\" }\n";

#[test]
fn long_chains_of_teams_and_of_identities_end() {
    let mut text = String::from(
        "[identities.x]\nkind = \"bot\"\nowner = \"o0\"\ncredential = \"ephemeral\"\nenvironments = \"test\"\nreview = { every = \"12mo\", last = 2026-07-01, evidence = \"https://ci.example.com/review\" }\n",
    );
    text.push_str("[data.pii]\nkinds = \"personal\"\n[services.a]\nexposure = \"internal\"\nfinancial-impact = \"own-books\"\n[services.b]\nexposure = \"internal\"\ndata = \"pii\"\n");
    for n in 0..5_000 {
        let next = (n + 1) % 5_000;
        text.push_str(&format!("[owners.o{n}]\nkind = \"team\"\nmembers = \"o{next}\"\n"));
        let right = match n {
            0 => "access = { service = \"b\", actions = \"export\" }\n",
            4_999 => "access = { service = \"a\", actions = \"release-payment\" }\n",
            _ => "",
        };
        text.push_str(&format!("[identities.i{n}]\nowner = \"o0\"\nkind = \"bot\"\nretired = 2030-01-01\ncredential = \"ephemeral\"\nenvironments = \"test\"\n{REVIEW}may-assume = \"i{}\"\n{right}", n + 1));
    }
    text.push_str("[identities.i5000]\nkind = \"human\"\n");
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", &text);
    let rules = rules_found(root.path());
    // A circle of teams is nobody; the first of the chain is where both duties come together.
    let count = |rule: &str| rules.iter().filter(|found| *found == rule).count();
    assert_eq!(count("nhi-without-human-owner"), 5_001);
    assert_eq!(count("financial-write-plus-sensitive-egress"), 1);
    assert_eq!(rules.len(), 5_002);
}

#[test]
fn nothing_from_a_config_or_an_argument_reaches_the_terminal_raw() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", "[services.a]\nexposure = \"internal\"\n");
    let raw = |output: &std::process::Output| {
        let text = format!("{}{}", stdout(output), stderr(output));
        text.chars()
            .find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}')
    };
    for config in [
        "fail-on = \"\\u001b[31m\\u0007\\u009b\\u202e\"\n",
        "\"\\u001b[31m\\u202e\" = 1\n",
        "[rules]\n\"\\u001b\\u009b\" = \"off\"\n",
        "include = \"\\u001b[\\u202e\"\n",
    ] {
        write(root.path(), "soclint.toml", config);
        let output = run(soclint().arg("check").current_dir(root.path()));
        assert_eq!(output.status.code(), Some(2), "{config}");
        assert_eq!(raw(&output), None, "{config}");
    }
    std::fs::remove_file(root.path().join("soclint.toml")).expect("it is there");
    let bad = "x\u{1b}[31m\u{9b}\u{202e}";
    for args in [
        vec!["check", bad],
        vec!["check", "--root", bad],
        vec!["check", "--config", bad],
        vec!["check", "--select", bad],
        vec!["check", "--format", bad],
        vec!["check", "--as-of", bad],
        vec!["explain", bad],
        vec![bad],
    ] {
        let output = run(soclint().args(&args).current_dir(root.path()));
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(raw(&output), None, "{args:?}");
    }
    write(
        root.path(),
        "scope.toml",
        "[services.a]\nkind = \"\\u009b\\u202e\\u2028\"\n",
    );
    for format in ["json", "sarif"] {
        let output = run(soclint().args(["check", "--format", format]).current_dir(root.path()));
        assert_eq!(raw(&output), None, "{format}");
        let value: Value = serde_json::from_slice(&output.stdout).expect("it is still JSON");
        assert!(value.to_string().contains("\u{202e}"), "the text itself is kept");
    }
}

#[test]
fn evidence_in_deep_folders_and_among_many_files_is_found() {
    let root = tempfile::tempdir().expect("a folder");
    let deep = "a/".repeat(400);
    write(root.path(), &format!("{deep}x.md"), "kept");
    for n in 0..10_050 {
        write(root.path(), &format!("many/f{n}.txt"), "kept");
    }
    write(root.path(), "many/z-2026.md", "kept");
    write(
        root.path(),
        "scope.toml",
        concat!(
            "owner = \"team\"\n[evidence.a]\nat = \"./a\"\n[evidence.b]\nat = \"./a/**/*.md\"\n",
            "[evidence.c]\nat = \"./many/z-*.md\"\n[evidence.d]\nat = \"./many/g-*.md\"\n",
        ),
    );
    let before = Instant::now();
    let rules = rules_found(root.path());
    assert!(before.elapsed() < Duration::from_secs(30), "{:?}", before.elapsed());
    // Of so many files nobody can say that none matches: `g-*.md` is not accused.
    assert_eq!(rules, Vec::<String>::new());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_config_that_is_no_file_ends_the_run() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", "[services.a]\nexposure = \"internal\"\n");
        let made = std::process::Command::new("mkfifo")
            .arg(root.path().join("pipe.toml"))
            .status();
        assert!(made.expect("mkfifo runs").success());
        let output = run(soclint()
            .args(["check", "--config", "pipe.toml"])
            .current_dir(root.path()));
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("not a regular file"), "{}", stderr(&output));
        symlink("nowhere", root.path().join("soclint.toml")).expect("a link");
        let output = run(soclint().arg("check").current_dir(root.path()));
        assert_eq!(output.status.code(), Some(2), "a broken link is no absent config");
    }
    #[test]
    fn what_is_no_regular_file_is_reported_and_not_opened() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "good/scope.toml", "[services.a]\nkind = \"nonsense\"\n");
        std::fs::create_dir(root.path().join("pipe")).expect("a folder");
        let made = std::process::Command::new("mkfifo")
            .arg(root.path().join("pipe/scope.toml"))
            .status();
        assert!(made.expect("mkfifo runs").success());
        symlink("/dev/zero", root.path().join("zero.scope.toml")).expect("a link");
        symlink("loop.scope.toml", root.path().join("loop.scope.toml")).expect("a link");
        symlink("missing", root.path().join("gone.scope.toml")).expect("a link");
        std::fs::create_dir(root.path().join("scope.toml")).expect("a folder may have any name");
        let mut rules = rules_found(root.path());
        rules.sort();
        assert_eq!(
            rules,
            [
                "unknown-value",
                "unreadable-file",
                "unreadable-file",
                "unreadable-file",
                "unreadable-file"
            ]
        );
    }

    #[test]
    fn links_do_not_lead_outside_and_are_not_read_twice() {
        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "scope.toml", "[services.secret]\nkind = \"nonsense\"\n");
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "real/scope.toml", "[services.a]\nkind = \"nonsense\"\n");
        write(root.path(), "real/text.txt", "[services.b]\nkind = \"nonsense\"\n");
        symlink(outside.path().join("scope.toml"), root.path().join("out.scope.toml")).expect("a link");
        symlink(outside.path(), root.path().join("folder")).expect("a link");
        symlink("real/scope.toml", root.path().join("again.scope.toml")).expect("a link");
        symlink("real/text.txt", root.path().join("text.scope.toml")).expect("a link");
        let document = tool::check_json(root.path(), tool::AS_OF);
        let found: Vec<(&str, &str)> = tool::findings(&document)
            .iter()
            .map(|finding| {
                (
                    finding["rule"].as_str().expect("text"),
                    finding["location"]["path"].as_str().expect("text"),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("unreadable-file", "out.scope.toml"),
                ("unknown-value", "real/scope.toml"),
                ("unknown-value", "text.scope.toml"),
            ]
        );
        assert!(
            !document.to_string().contains("secret"),
            "nothing of the file outside is shown"
        );
    }

    #[test]
    fn evidence_cannot_lead_outside_the_estate() {
        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "evidence.md", "kept elsewhere");
        let root = tempfile::tempdir().expect("a folder");
        symlink(outside.path().join("evidence.md"), root.path().join("linked.md")).expect("a link");
        symlink(outside.path(), root.path().join("folder")).expect("a link");
        write(
            root.path(),
            "scope.toml",
            concat!(
                "owner = \"team\"\n[evidence.a]\nat = \"./linked.md\"\n",
                "[evidence.b]\nat = \"../../../../../../../etc/hostname\"\n",
                "[evidence.c]\nat = \"./folder/evidence.md\"\n",
                "[evidence.d]\nat = \"./folder/*.md\"\n",
            ),
        );
        let document = tool::check_json(root.path(), tool::AS_OF);
        let found = tool::findings(&document);
        assert_eq!(found.len(), 4);
        for finding in found {
            assert_eq!(finding["rule"], "evidence-missing-file");
            assert!(
                finding["message"]
                    .as_str()
                    .expect("text")
                    .contains("outside the estate's root"),
                "{finding}"
            );
        }
    }

    #[test]
    fn evidence_that_git_ignores_does_not_count() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(root.path().join(".git")).expect("a folder");
        write(root.path(), ".gitignore", "private/\n*.tmp\n!kept.tmp\n");
        write(root.path(), "logs/.gitignore", "*.log\n");
        for file in ["private/a.md", "b.tmp", "kept.tmp", "logs/c.log", "d.md"] {
            write(root.path(), file, "something");
        }
        let places = [
            "./private/a.md",
            "./b.tmp",
            "./kept.tmp",
            "./logs/c.log",
            "./d.md",
            "./private",
        ];
        let text: String = (0..)
            .zip(places)
            .map(|(n, place)| format!("[evidence.e{n}]\nat = \"{place}\"\n"))
            .collect();
        write(root.path(), "scope.toml", format!("owner = \"team\"\n{text}"));
        let document = tool::check_json(root.path(), tool::AS_OF);
        let subjects: Vec<&str> = tool::findings(&document)
            .iter()
            .map(|finding| finding["subject"].as_str().expect("text"))
            .collect();
        assert_eq!(subjects, ["evidence.e0", "evidence.e1", "evidence.e3", "evidence.e5"]);
    }
}

#[test]
fn two_bytes_a_letter_is_one_finding_about_the_encoding() {
    let root = tempfile::tempdir().expect("a folder");
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend("[services.a]\n".encode_utf16().flat_map(u16::to_le_bytes));
    write(root.path(), "scope.toml", bytes);
    let rules = rules_found(root.path());
    assert!(rules.contains(&"not-utf8".to_owned()), "{rules:?}");
    assert_eq!(rules.iter().filter(|rule| *rule == "not-utf8").count(), 1);
}

#[test]
fn a_file_beyond_the_limit_is_reported() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", "# x\n".repeat(5 * 1024 * 1024));
    let document: Value = tool::check_json(root.path(), tool::AS_OF);
    let finding = &tool::findings(&document)[0];
    assert_eq!(finding["rule"], "unreadable-file");
    assert!(finding["message"].as_str().expect("text").contains("16 MiB"));
}
