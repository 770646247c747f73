//! No input, however broken or hostile, ends a run, hides a finding or leads outside the estate.

use crate::tool::{self, run, soclint, stderr, stdout, write};
use serde_json::Value;
use soclint::Choice;
use std::path::Path;
use std::time::Instant;

fn rules_found(root: &Path) -> Vec<String> {
    let checked = tool::checked(root, tool::AS_OF, &Choice::default());
    let findings = checked.outcome.findings.iter();
    findings.map(|finding| finding.rule.to_owned()).collect()
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
            .args([
                "check",
                "--as-of",
                tool::AS_OF,
                "--quiet",
                "--format",
                "concise",
                "--root",
            ])
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
    let deep_list = format!("x = {}{}\n", "[".repeat(20_000), "]".repeat(20_000));
    let deep_table = format!("x = {}1{}\n", "{a=".repeat(20_000), "}".repeat(20_000));
    let deep_dots = format!("x{} = 1\n", ".a".repeat(20_000));
    let deep_header = format!("[x{}]\n", ".a".repeat(20_000));
    let deep_inline = format!("x = {{ a{} = 1 }}\n", ".a".repeat(20_000));
    let unclosed = "[services.a]\nx = [\n".repeat(1_000);
    let bad_values = format!("[services.a]\ndata = [{}]\n", "1_, ".repeat(20_000));
    let bad_keys: String = (0..10_000).map(|n| format!("key{n} = {n}\n")).collect();
    let twice = "[services.a]\ntitle = \"a\"\n".repeat(1_000);
    let long_line = format!("x = \"{}\"\n", "y".repeat(2_000_000));
    let only_quotes = "\"".repeat(100_000);
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
        assert!(before.elapsed() < tool::HANGS, "case {at} took {:?}", before.elapsed());
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
    for n in 0..2_000 {
        let next = (n + 1) % 2_000;
        text.push_str(&format!("[owners.o{n}]\nkind = \"team\"\nmembers = \"o{next}\"\n"));
        let right = match n {
            0 => "access = { service = \"b\", actions = \"export\", environments = \"production\" }\n",
            1_999 => "access = { service = \"a\", actions = \"release-payment\", environments = \"production\" }\n",
            _ => "",
        };
        text.push_str(&format!("[identities.i{n}]\nowner = \"o0\"\nkind = \"bot\"\nretired = 2030-01-01\ncredential = \"ephemeral\"\nenvironments = \"test\"\n{REVIEW}may-assume = \"i{}\"\n{right}", n + 1));
    }
    text.push_str("[identities.i2000]\nkind = \"human\"\n");
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", &text);
    let rules = rules_found(root.path());
    // A circle of teams is nobody; the first of the chain is where both duties come together.
    let count = |rule: &str| rules.iter().filter(|found| *found == rule).count();
    assert_eq!(count("nhi-without-human-owner"), 2_001);
    assert_eq!(count("financial-write-plus-sensitive-egress"), 1);
    assert_eq!(rules.len(), 2_002);
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
    let many = root.path().join("many");
    std::fs::create_dir(&many).expect("a folder");
    for n in 0..10_050 {
        std::fs::File::create(many.join(format!("f{n}.txt"))).expect("a file");
    }
    write(root.path(), "many/z-2026.md", "kept");
    write(
        root.path(),
        "scope.toml",
        concat!(
            "owner = \"team\"\nkeep = \"Nothing names it here\"\n[evidence.a]\nat = \"./a\"\n[evidence.b]\nat = \"./a/**/*.md\"\n",
            "[evidence.c]\nat = \"./many/z-*.md\"\n[evidence.d]\nat = \"./many/g-*.md\"\n",
        ),
    );
    let before = Instant::now();
    let rules = rules_found(root.path());
    assert!(before.elapsed() < tool::HANGS, "{:?}", before.elapsed());
    // Among so many files, one may match: `g-*.md` is not accused.
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
                "owner = \"team\"\nkeep = \"Nothing names it here\"\n[evidence.a]\nat = \"./linked.md\"\n",
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
        write(
            root.path(),
            "scope.toml",
            format!("owner = \"team\"\nkeep = \"Nothing names it here\"\n{text}"),
        );
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

fn ends(case: &str, text: &str) -> Vec<String> {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", text);
    let before = Instant::now();
    let rules = rules_found(root.path());
    assert!(before.elapsed() < tool::HANGS, "{case} took {:?}", before.elapsed());
    rules
}

/// What takes a product of two numbers of things in a naive linter.
#[test]
fn many_of_everything_take_no_longer_than_their_number() {
    let count = |rules: &[String], rule: &str| rules.iter().filter(|found| *found == rule).count();

    let rules = ends("broken lines", &"x = ]\n".repeat(5_000));
    assert!(count(&rules, "invalid-toml") <= 101, "{}", rules.len());
    let rules = ends("brackets", &"[[[[".repeat(64 * 1024));
    assert!(count(&rules, "invalid-toml") >= 1);
    let rules = ends("lines of brackets", &"[[[[\n".repeat(16 * 1024));
    assert!((1..=1_001).contains(&count(&rules, "invalid-toml")), "{}", rules.len());
    let brackets = format!("x = {}{}\n", "[".repeat(256 * 1024), "}".repeat(256 * 1024));
    assert!(count(&ends("brackets that close nothing", &brackets), "invalid-toml") >= 1);
    let markers = format!("{}{}", "<<<<<<< x\n".repeat(25_000), "=======\n".repeat(25_000));
    assert!((1..=201).contains(&count(&ends("markers", &markers), "invalid-toml")));
    let curly = "[services.a]\ntitle = “x”\n\u{a0}\n".repeat(5_000);
    assert!((1..=201).contains(&count(&ends("curly quotes", &curly), "invalid-toml")));
    let dots: String = (0..5_000).map(|n| format!("[data.a.b{n}]\ntitle = \"x\"\n")).collect();
    assert_eq!(count(&ends("ids with dots", &dots), "invalid-id"), 5_000);
    let rules = ends("the same table", &"[services.a]\n".repeat(5_000));
    assert!((1..=1_000).contains(&count(&rules, "duplicate-id")), "{}", rules.len());
    let dotted: String = (0..5_000).map(|n| format!("a.b{n}.c.d = 1\n")).collect();
    assert_eq!(ends("dotted keys", &dotted), ["unknown-key"]);
    for (keys, told) in [(50_000, 0), (50_001, 1), (60_000, 1)] {
        let keys: String = (0..keys).map(|n| format!("k{n} = 1\n")).collect();
        let rules = ends("keys that are none", &keys);
        assert_eq!(
            (count(&rules, "unknown-key"), count(&rules, "invalid-toml")),
            (50_000, told)
        );
    }
    for value in ["\"x\"", "{}", "[1]", "2026-01-01"] {
        let adding: String = (0..40_000).map(|n| format!("title.a{n} = 1\n")).collect();
        let rules = ends(
            "keys that add to a value",
            &format!("[services.a]\ntitle = {value}\n{adding}"),
        );
        assert!(count(&rules, "invalid-toml") == 1, "{value}: {rules:?}");
    }
    let yaml: String = (0..20_000).map(|n| format!("- name: s{n}\n  kind: saas\n")).collect();
    assert!((1..=101).contains(&count(&ends("another language", &yaml), "invalid-toml")));
    let access: String = (0..20_000).map(|n| format!("{{ service = \"s{n}\" }}, ")).collect();
    let access = format!("[identities.a]\nkind = \"human\"\naccess = [{access}]\n");
    assert_eq!(
        count(&ends("references in one line", &access), "unknown-reference"),
        20_000
    );

    let members: String = (0..30_000).map(|n| format!("\"p{n}\", ")).collect();
    let people: String = (0..30_000)
        .map(|n| {
            format!(
                "[owners.p{n}]\nkind = \"person\"\nleft = 2026-01-01\n[identities.i{n}]\nkind = \"human\"\nowner = \"t\"\n"
            )
        })
        .collect();
    let rules = ends(
        "those who left",
        &format!("[owners.t]\nkind = \"team\"\nmembers = [{members}]\n{people}"),
    );
    assert_eq!(count(&rules, "leaver-with-access"), 30_000);

    let unknown: String = (0..5_000)
        .map(|n| format!("[services.serv{n}]\ndepends-on = \"unk{n}\"\n"))
        .collect();
    assert_eq!(count(&ends("unknown names", &unknown), "unknown-reference"), 5_000);
    let waivers: String = (0..5_000)
        .map(|n| format!("[[waivers]]\nrule = \"stale-report\"\nsubject = \"reports.*a*a*a*a*{n}\"\nreason = \"accepted\"\nowner = \"a\"\napproved-by = \"b\"\nexpires = 2026-12-01\n"))
        .collect();
    let reports: String = (0..50)
        .map(|n| format!("[reports.{}{n}]\nframework = \"soc2\"\ntype = 2\nperiod = {{ from = 2020-01-01, to = 2020-12-31 }}\nissued = 2021-01-01\ncovers = \"s\"\n", "a".repeat(60)))
        .collect();
    let rules = ends(
        "waivers",
        &format!("{waivers}{reports}[services.s]\nexposure = \"internal\"\n"),
    );
    assert!(count(&rules, "waiver-invalid") >= 4_900, "{}", rules.len());
}

/// Estates of text that something downstream could take for its own language.
fn marked() -> tempfile::TempDir {
    let nasty = "<script>alert(1)</script> | [x](javascript:y) `*_#~ ]]> &amp; %0A::error::x \\u001b[31m\\u202e \\n::warning::z\\r\\n##[error]";
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "a%0A::error::b.scope.toml",
        format!(
            "[services.a]\ntitle = \"{nasty}\"\nexposure = \"internal\"\ndepends-on = \"{nasty}\"\n[services.\"{nasty}\"]\nexposure = \"internal\"\n\"{nasty}\" = 1\n\
             [[waivers]]\nrule = \"stale-report\"\nsubject = \"reports.{nasty}\"\nreason = \"{nasty}\"\nowner = \"{nasty}\"\napproved-by = \"x{nasty}\"\nticket = \"{nasty}\"\nexpires = 2026-12-01\n\
             [reports.\"{nasty}\"]\nframework = \"soc2\"\ntype = 2\nperiod = {{ from = 2025-07-01, to = 2025-12-31 }}\nissued = 2026-02-01\ncovers = \"a\"\n"
        ),
    );
    root
}

#[test]
fn every_view_of_an_estate_keeps_hostile_text_in_its_place() {
    let root = marked();
    let views: [(&str, &[&str]); 13] = [
        ("json", &["check", "--format", "json", "--horizon", "1y"]),
        ("json", &["check", "--format", "sarif", "--show-waived"]),
        (
            "text",
            &["check", "--format", "concise", "--show-waived", "--horizon", "1y"],
        ),
        ("text", &["waivers"]),
        ("json", &["waivers", "--format", "json"]),
        ("text", &["forecast", "--until", "2028-01-01"]),
        ("json", &["forecast", "--until", "2028-01-01", "--format", "json"]),
        (
            "markdown",
            &["forecast", "--until", "2028-01-01", "--format", "markdown"],
        ),
        ("ics", &["forecast", "--until", "2028-01-01", "--format", "ics"]),
        ("text", &["timeline"]),
        ("json", &["timeline", "--format", "json"]),
        ("markdown", &["timeline", "--format", "markdown"]),
        ("ics", &["timeline", "--format", "ics"]),
    ];
    for (kind, args) in views {
        let output = run(soclint()
            .args(args)
            .args(["--as-of", tool::AS_OF, "--root"])
            .arg(root.path()));
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{args:?}: {}",
            stderr(&output)
        );
        let text = stdout(&output);
        assert!(text.len() > 40, "{args:?} shows something: {text}");
        let raw = text
            .chars()
            .find(|c| (c.is_control() && !matches!(c, '\n' | '\r')) || *c == '\u{202e}');
        assert_eq!(raw, None, "{args:?}");
        for line in text.lines() {
            assert!(
                !line.starts_with("::") && !line.starts_with("##["),
                "{args:?}: a command: {line}"
            );
        }
        match kind {
            "json" => drop(serde_json::from_str::<Value>(&text).expect("it is JSON")),
            "markdown" => {
                assert!(!text.contains("<script>"), "{text}");
                // Outside of code and links that are ours, each bar that is not escaped ends a cell.
                for line in text.lines() {
                    let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
                    assert!([0, 5, 7, 8].contains(&bars), "{line}");
                    assert!(!line.contains("[x](javascript"), "{line}");
                }
            }
            "ics" => {
                let begun = text.matches("\r\nBEGIN:VEVENT\r\n").count();
                assert!(begun > 0 && begun == text.matches("\r\nEND:VEVENT\r\n").count());
                assert!(
                    text.split("\r\n")
                        .all(|line| line.len() <= 75 && !line.contains(['\r', '\n']))
                );
            }
            _ => assert!(!text.contains('\r')),
        }
    }
}

#[test]
fn clocks_in_other_years_end_in_an_answer() {
    let estate = tool::project().join("fixtures/estates/talervik-pay");
    for (as_of, until) in [
        ("0001-01-01", "0001-03-01"),
        ("9999-01-01", "9999-12-31"),
        ("9999-12-31", "9999-12-31"),
        ("0000-01-01", "0000-02-01"),
    ] {
        let ask = |args: &[&str]| run(soclint().args(args).args(["--as-of", as_of, "--root"]).arg(&estate));
        for args in [
            &["check", "--format", "json", "--horizon", "99y"][..],
            &["check", "--diff"],
            &["waivers"],
        ] {
            let output = ask(args);
            assert!(
                matches!(output.status.code(), Some(0 | 1)),
                "{as_of} {args:?}: {}",
                stderr(&output)
            );
        }
        for format in ["table", "json", "markdown", "ics"] {
            let output = ask(&["forecast", "--until", until, "--format", format]);
            assert_eq!(output.status.code(), Some(0), "{as_of} {format}: {}", stderr(&output));
            let output = ask(&["timeline", "--format", format]);
            assert_eq!(output.status.code(), Some(1), "{as_of} {format}: {}", stderr(&output));
            let plan = ["timeline", "--plan", "soc1", "--start", as_of, "--format", format];
            let output = ask(&plan);
            assert_eq!(output.status.code(), Some(0), "{as_of} {format}: {}", stderr(&output));
        }
    }
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", "[services.a]\nexposure = \"internal\"\n");
    for (as_of, status) in [
        ("garbage", 2),
        ("2026-13-01", 2),
        ("-001-01-01", 2),
        ("99999-01-01", 2),
        ("2026-10-01\n", 2),
        ("2026-10-01", 0),
    ] {
        let output = run(soclint()
            .args(["check", "--root"])
            .arg(root.path())
            .env("SOCLINT_AS_OF", as_of)
            .env_remove("HOME"));
        assert_eq!(output.status.code(), Some(status), "{as_of}: {}", stderr(&output));
    }
    let far = run(soclint()
        .args(["check", "--horizon", "4294967295y", "--as-of", "9999-12-31", "--root"])
        .arg(root.path()));
    assert!(matches!(far.status.code(), Some(0 | 2)), "{}", stderr(&far));
}

#[cfg(target_os = "linux")]
mod linux {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::process::Stdio;

    fn small() -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", "[services.a]\nkind = \"nonsense\"\n");
        root
    }

    #[test]
    fn a_full_disk_is_said_and_a_closed_pipe_is_not_an_error() {
        let root = small();
        let full = || {
            std::fs::File::options()
                .write(true)
                .open("/dev/full")
                .expect("linux has it")
        };
        let check = |args: &[&str]| {
            let mut command = soclint();
            command
                .args(["check", "--as-of", tool::AS_OF])
                .args(args)
                .arg("--root")
                .arg(root.path());
            command
        };
        let output = run(check(&[]).stdout(full()));
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("cannot write to standard output"),
            "{}",
            stderr(&output)
        );
        let output = run(&mut check(&["--output", "json=/dev/full"]));
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        // Without a reader of the message, the status still tells.
        let status = check(&["--select", "nonsense"])
            .stderr(full())
            .status()
            .expect("it runs");
        assert_eq!(status.code(), Some(2));

        let mut child = check(&["--format", "json"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(1));
        for input in [Stdio::null(), Stdio::piped()] {
            let output = run(check(&[]).stdin(input));
            assert_eq!(output.status.code(), Some(1));
        }
    }

    #[test]
    fn names_that_are_no_utf8_are_shown_and_end_nothing() {
        let root = small();
        let folder = root.path().join(OsStr::from_bytes(b"f\xff\x1b[31m\n::error::x"));
        std::fs::create_dir(&folder).expect("linux takes any name");
        std::fs::write(folder.join("scope.toml"), "[reports.b]\nframework = \"SOC 2\"\n").expect("a file");
        for format in ["pretty", "concise", "json", "sarif"] {
            let output = run(soclint()
                .args(["check", "--as-of", tool::AS_OF, "--format", format, "--root"])
                .arg(root.path()));
            assert_eq!(output.status.code(), Some(1), "{format}: {}", stderr(&output));
            let text = stdout(&output);
            assert!(
                text.contains("non-canonical-spelling") && !text.contains('\u{1b}'),
                "{format}: {text}"
            );
            assert!(!text.lines().any(|line| line.starts_with("::")), "{format}: {text}");
        }
        // A name that cannot be written down is found again all the same.
        let output = run(soclint()
            .args(["check", "--fix", "--as-of", tool::AS_OF, "--root"])
            .arg(root.path()));
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert_eq!(
            std::fs::read_to_string(folder.join("scope.toml")).expect("text"),
            "[reports.b]\nframework = \"soc2\"\n"
        );
    }

    #[test]
    fn paths_as_long_as_the_system_allows_are_read() {
        let root = small();
        let name = "d".repeat(200);
        let mut path = root.path().to_owned();
        while path.as_os_str().len() + name.len() + 20 < 4_096 {
            path.push(&name);
        }
        std::fs::create_dir_all(&path).expect("as long as it can be");
        std::fs::write(path.join("scope.toml"), "[reports.b]\nframework = \"SOC 2\"\n").expect("a file");
        let rules = rules_found(root.path());
        assert!(rules.contains(&"non-canonical-spelling".to_owned()), "{rules:?}");
        let long = "x".repeat(5_000);
        for args in [
            ["check", &long],
            ["check", &format!("--config={long}")],
            ["check", &format!("--output=json={long}")],
        ] {
            let output = run(soclint().args(args).current_dir(root.path()));
            assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        }
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_ends_in_an_answer() {
        let root = small();
        let path = root.path().join("scope.toml");
        let texts = [
            "[services.a]\nkind = \"nonsense\"\n".to_owned(),
            "x = [\n".repeat(2_000),
            "\u{0}\u{1}".repeat(500),
        ];
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    for text in &texts {
                        std::fs::write(&path, text).expect("a file");
                    }
                }
            });
            for _ in 0..10 {
                let output = run(soclint().args(["check", "--allow-empty", "--root"]).arg(root.path()));
                assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
}
