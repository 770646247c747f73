//! The baseline: what was there is suppressed, what is new is not.

use super::{call, concise, estate, json, manifest, printed, refused, rows, waiver};
use crate::tool::{AS_OF, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;

const FILE: &str = "soclint-baseline.toml";

fn adopt(root: &Path, args: &[&str]) -> String {
    printed(root, &[&["baseline", "write", "--as-of", AS_OF], args].concat())
}

fn baseline(root: &Path) -> String {
    std::fs::read_to_string(root.join(FILE)).expect("the baseline is there")
}

fn checked(root: &Path, args: &[&str]) -> Value {
    json(root, &[&["--baseline", FILE], args].concat())
}

#[test]
fn todays_findings_are_adopted_and_only_new_ones_are_shown() {
    let root = estate(&[("scope.toml", &manifest(&["b", "a"]))]);
    assert_eq!(adopt(root.path(), &[]), "soclint-baseline.toml: 2 findings adopted\n");
    let document = checked(root.path(), &["--fail-on", "note"]);
    assert_eq!(rows(&document, "findings"), [] as [String; 0]);
    assert_eq!(
        rows(&document, "baselined"),
        [
            "warning nhi-without-monitoring identities.b",
            "warning nhi-without-monitoring identities.a"
        ]
    );
    assert_eq!(document["summary"]["baselined"], 2);
    assert_eq!(document["summary"]["failed"], false);
    assert_eq!(
        document["baseline"],
        serde_json::json!({ "over": false, "resolved": [] })
    );
    let shown = concise(root.path(), &["--baseline", FILE]);
    assert!(shown.contains("; 2 in the baseline\n"), "{shown}");
    assert_eq!(
        rows(&json(root.path(), &[]), "findings").len(),
        2,
        "without the option nothing is suppressed"
    );

    write(root.path(), "scope.toml", manifest(&["b", "c", "a"]));
    let document = checked(root.path(), &["--fail-on", "warning"]);
    assert_eq!(
        rows(&document, "findings"),
        ["warning nhi-without-monitoring identities.c"]
    );
    assert_eq!(document["summary"]["failed"], true);
}

#[test]
fn the_file_is_sorted_toml_with_an_entry_to_each_finding() {
    let root = estate(&[
        ("b.scope.toml", &manifest(&["b", "a"])),
        (
            "a.scope.toml",
            "[reports.r]\nframework = \"soc2\"\ntype = 1\nas-of = 2024-01-01\n",
        ),
    ]);
    adopt(root.path(), &["--until", "2027-03-31"]);
    let text = baseline(root.path());
    let value: toml::Value = toml::from_str(&text).expect("TOML");
    assert_eq!(value["version"].as_integer(), Some(1));
    assert_eq!(value["until"].to_string(), "2027-03-31");
    let keys: Vec<(String, String)> = value["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| (entry["rule"].to_string(), entry["subject"].to_string()))
        .collect();
    let mut sorted = keys.clone();
    sorted.sort();
    assert_eq!(keys, sorted);
    assert_eq!(text.matches("[[findings]]").count(), keys.len());
    assert!(text.starts_with("# ") && !text.contains("scope.toml"), "{text}");
    // Written again, it is the same, and keeps its last day.
    assert!(adopt(root.path(), &[]).contains("0 of them new; 0 former entries are gone"));
    assert_eq!(baseline(root.path()), text);
}

#[test]
fn moving_lines_and_files_and_other_quotes_change_nothing() {
    let services =
        "owner = \"team\"\n[identities.key]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"chat\"\n";
    let root = estate(&[("scope.toml", services), ("old/scope.toml", &manifest(&["a"]))]);
    adopt(root.path(), &[]);
    let held = rows(&checked(root.path(), &[]), "baselined");
    assert!(held.len() >= 4, "{held:?}");
    std::fs::remove_dir_all(root.path().join("old")).expect("it was there");
    write(
        root.path(),
        "new/place/x.scope.toml",
        format!("# moved\n\n\n{}", manifest(&["a"])),
    );
    write(
        root.path(),
        "scope.toml",
        services.replace("store = \"chat\"\n", "\n\nstore    =    'chat'  # here\n"),
    );
    let document = checked(root.path(), &[]);
    assert_eq!(rows(&document, "findings"), [] as [String; 0]);
    let sorted = |mut rows: Vec<String>| {
        rows.sort();
        rows
    };
    assert_eq!(sorted(rows(&document, "baselined")), sorted(held));
    assert_eq!(document["baseline"]["resolved"], serde_json::json!([]));
}

#[test]
fn a_second_violation_of_the_same_rule_on_the_same_entity_is_new() {
    let control = |places: &str| {
        format!("owner = \"team\"\n[controls.c]\noperating = [{places}]\ndesign = \"https://x.example.com\"\n")
    };
    let root = estate(&[("scope.toml", &control("\"./q1.csv\""))]);
    adopt(root.path(), &[]);
    write(root.path(), "scope.toml", control("\"./q2.csv\", \"./q1.csv\""));
    let document = checked(root.path(), &[]);
    assert_eq!(rows(&document, "findings"), ["error evidence-missing-file controls.c"]);
    assert!(
        document["findings"][0]["message"]
            .as_str()
            .expect("text")
            .contains("q2.csv")
    );
    assert!(
        document["baselined"][0]["message"]
            .as_str()
            .expect("text")
            .contains("q1.csv")
    );
    // The same place named once more is one more finding, and new as well, when it is one.
    write(
        root.path(),
        "scope.toml",
        control("\"./q1.csv\"") + "[controls.d]\noperating = \"./q1.csv\"\n",
    );
    assert_eq!(
        rows(
            &checked(root.path(), &["--select", "evidence-missing-file"]),
            "findings"
        ),
        ["error evidence-missing-file controls.d"]
    );
}

#[test]
fn a_count_says_how_many_findings_of_one_fact_there_were() {
    let two = "owner = \"team\"\n[controls.c]\ndesign = \"https://x.example.com\"\noperating = [\"./q.csv\", { at = \"./q.csv\", collected = 2026-01-01 }]\n";
    let root = estate(&[("scope.toml", two)]);
    let found = rows(&json(root.path(), &[]), "findings").len();
    adopt(root.path(), &[]);
    assert_eq!(
        baseline(root.path()).contains("count = 2"),
        found == 2,
        "{}",
        baseline(root.path())
    );
    let entry =
        "version = 1\n[[findings]]\nrule = \"evidence-missing-file\"\nsubject = \"controls.c\"\nfact = \"./q.csv\"\n";
    for (count, held) in [("", 1), ("count = 1\n", 1), ("count = 5\n", found), ("count = 0\n", 0)] {
        write(root.path(), FILE, format!("{entry}{count}"));
        let document = checked(root.path(), &[]);
        assert_eq!(rows(&document, "baselined").len(), held.min(found), "{count}");
        assert_eq!(rows(&document, "findings").len(), found - held.min(found), "{count}");
    }
}

#[test]
fn an_entry_that_a_merge_doubled_holds_back_once() {
    let root = estate(&[("scope.toml", &manifest(&["a"]))]);
    adopt(root.path(), &[]);
    let text = baseline(root.path());
    let entry = text.split_once("[[findings]]").expect("an entry").1;
    write(root.path(), FILE, format!("{text}\n[[findings]]{entry}"));
    let document = checked(root.path(), &[]);
    assert_eq!(rows(&document, "baselined").len(), 1);
    assert_eq!(
        document["baseline"]["resolved"],
        serde_json::json!([]),
        "the other half of it is not resolved"
    );
    adopt(root.path(), &[]);
    assert_eq!(baseline(root.path()), text);
}

#[test]
fn the_last_day_still_holds_and_the_day_after_nothing_is_held_back() {
    let root = estate(&[("scope.toml", &manifest(&["a"]))]);
    adopt(root.path(), &["--until", "2026-10-15"]);
    let run = |day: &str| {
        let output = call(
            root.path(),
            &[
                "check",
                "--format",
                "concise",
                "--baseline",
                FILE,
                "--as-of",
                day,
                "--fail-on",
                "warning",
            ],
        );
        (output.status.code(), stdout(&output))
    };
    assert_eq!(run("2026-10-15").0, Some(0));
    let (code, text) = run("2026-10-16");
    assert_eq!(code, Some(1));
    assert!(
        text.ends_with("the baseline expired on 2026-10-15, and suppresses nothing\n"),
        "{text}"
    );
    assert_eq!(run("2026-10-15").1.matches("ended").count(), 0);
    let over = on_json(root.path(), "2026-10-16");
    assert_eq!(
        over["baseline"],
        serde_json::json!({ "until": "2026-10-15", "over": true })
    );
    // One that is over cannot be written by mistake.
    let complaint = refused(root.path(), &["baseline", "write", "--as-of", "2026-10-16"]);
    assert!(complaint.contains("--until"), "{complaint}");
    for until in ["0001-01-01", "2026-09-30"] {
        assert!(refused(root.path(), &["baseline", "write", "--as-of", AS_OF, "--until", until]).contains("--until"));
    }
    adopt(root.path(), &["--until", "9999-12-31"]);
    assert!(baseline(root.path()).contains("until = 9999-12-31"));
}

fn on_json(root: &Path, day: &str) -> Value {
    let output = call(root, &["check", "--format", "json", "--baseline", FILE, "--as-of", day]);
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn what_is_resolved_is_reported_and_pruned_on_request() {
    let root = estate(&[("scope.toml", &manifest(&["a", "b", "c"]))]);
    adopt(root.path(), &["--until", "2027-03-31"]);
    write(root.path(), "scope.toml", manifest(&["b"]));
    let document = checked(root.path(), &[]);
    let resolved: Vec<&str> = document["baseline"]["resolved"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["subject"].as_str().expect("text"))
        .collect();
    assert_eq!(resolved, ["identities.a", "identities.c"]);
    let text = concise(root.path(), &["--baseline", FILE]);
    assert!(
        text.ends_with("2 findings of the baseline are resolved; `soclint baseline prune` removes them\n"),
        "{text}"
    );
    let table = printed(root.path(), &["baseline", "show", "--as-of", AS_OF]);
    let states: Vec<&str> = table
        .lines()
        .skip(1)
        .take(3)
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(states, ["resolved", "held", "resolved"], "{table}");
    assert!(table.ends_with("It applies until 2027-03-31 (inclusive).\n"), "{table}");
    let shown: Value = serde_json::from_str(&printed(
        root.path(),
        &["baseline", "show", "--as-of", AS_OF, "--format", "json"],
    ))
    .expect("JSON");
    assert_eq!(
        shown["findings"][0],
        serde_json::json!({ "rule": "nhi-without-monitoring", "subject": "identities.a", "fact": "a", "count": 1, "resolved": 1 })
    );
    assert_eq!(shown["until"], "2027-03-31");

    assert_eq!(
        printed(root.path(), &["baseline", "prune", "--as-of", AS_OF]),
        "soclint-baseline.toml: 2 findings removed, 1 finding left\n"
    );
    let pruned = baseline(root.path());
    assert!(
        pruned.contains("identities.b") && !pruned.contains("identities.a") && pruned.contains("until = 2027-03-31"),
        "{pruned}"
    );
    assert_eq!(
        printed(root.path(), &["baseline", "prune", "--as-of", AS_OF]),
        "soclint-baseline.toml: nothing resolved; 1 finding left\n"
    );
    // What is pruned is new when it comes back.
    write(root.path(), "scope.toml", manifest(&["a", "b"]));
    assert_eq!(
        rows(&checked(root.path(), &[]), "findings"),
        ["warning nhi-without-monitoring identities.a"]
    );
}

#[test]
fn what_is_waived_or_turned_off_is_not_resolved() {
    let root = estate(&[("scope.toml", &manifest(&["a", "b"])), ("soclint.toml", "")]);
    adopt(root.path(), &[]);
    write(root.path(), "w.scope.toml", waiver("identities.a"));
    write(
        root.path(),
        "soclint.toml",
        "[[overrides]]\npaths = \"nowhere\"\nrules = {}\n",
    );
    let document = checked(root.path(), &[]);
    assert_eq!(
        (rows(&document, "waived").len(), rows(&document, "baselined").len()),
        (1, 1)
    );
    assert_eq!(document["baseline"]["resolved"], serde_json::json!([]));
    write(
        root.path(),
        "soclint.toml",
        "[rules]\nnhi-without-monitoring = \"off\"\n",
    );
    assert_eq!(checked(root.path(), &[])["baseline"]["resolved"], serde_json::json!([]));
    assert!(printed(root.path(), &["baseline", "prune", "--as-of", AS_OF]).contains("nothing resolved"));
}

#[test]
fn nothing_is_pruned_while_something_cannot_be_read() {
    let root = estate(&[("scope.toml", &manifest(&["a", "b"]))]);
    adopt(root.path(), &[]);
    let before = baseline(root.path());
    write(root.path(), "scope.toml", manifest(&["a"]));
    write(root.path(), "torn.scope.toml", "[identities.b\n");
    let complaint = refused(root.path(), &["baseline", "prune", "--as-of", AS_OF]);
    assert!(complaint.contains("could not be read"), "{complaint}");
    assert_eq!(baseline(root.path()), before);
    let document = checked(root.path(), &[]);
    assert!(
        document["baseline"].get("resolved").is_none(),
        "it is unknown which entries are resolved"
    );
    let table = printed(root.path(), &["baseline", "show", "--as-of", AS_OF]);
    assert!(
        table.contains("\n?      ") && table.contains("it is unknown which"),
        "{table}"
    );
    let shown: Value = serde_json::from_str(&printed(
        root.path(),
        &["baseline", "show", "--as-of", AS_OF, "--format", "json"],
    ))
    .expect("JSON");
    assert_eq!(shown["findings"][0]["resolved"], Value::Null);
}

#[test]
fn neither_how_terms_are_written_nor_waivers_that_do_not_hold_are_adopted() {
    let text = manifest(&["a", "b"])
        + &waiver("identities.a")
        + &waiver("identities.b").replace("approved-by", "ticket")
        + "[services.x]\nexposure = \"internal\"\n[reports.r]\nstatus = \"planned\"\nframework = \"SOC 2\"\n";
    let root = estate(&[("scope.toml", &text)]);
    let said = adopt(root.path(), &[]);
    assert_eq!(
        said,
        "soclint-baseline.toml: 1 finding adopted\n2 findings cannot be adopted: syntax errors, invalid waivers, and what the config does not allow to be waived\n"
    );
    let document = checked(root.path(), &[]);
    assert_eq!(
        rows(&document, "baselined"),
        ["warning nhi-without-monitoring identities.b"]
    );
    let mut found = rows(&document, "findings");
    found.sort();
    assert_eq!(
        found,
        [
            "error waiver-invalid waivers(nhi-without-monitoring, identities.b)",
            "note non-canonical-spelling reports.r"
        ]
    );
    // Nor by hand, nor what could not be read.
    write(root.path(), "scope.toml", text + "[services.y]\ncolour = 1\n");
    for (rule, subject, fact) in [
        ("unknown-key", "services.y", "colour"),
        (
            "waiver-invalid",
            "waivers(nhi-without-monitoring, identities.b)",
            "identities.b",
        ),
        ("non-canonical-spelling", "reports.r", "SOC 2"),
    ] {
        write(
            root.path(),
            FILE,
            format!(
                "version = 1\n[[findings]]\nrule = \"{rule}\"\nsubject = \"{subject}\"\nfact = \"{fact}\"\ncount = 9\n"
            ),
        );
        assert_eq!(
            rows(&checked(root.path(), &[]), "baselined"),
            [] as [String; 0],
            "{rule}"
        );
    }
}

#[test]
fn a_file_that_is_no_baseline_ends_the_run_at_its_place() {
    let root = estate(&[("scope.toml", &manifest(&["a"]))]);
    let entry = "[[findings]]\nrule = \"stale-report\"\nsubject = \"x\"\n";
    let cases: [(&[u8], &str); 12] = [
        (b"", "soclint-baseline.toml:1:1: "),
        (b"version = 1\nversion = 1\n", "soclint-baseline.toml:2:1: "),
        (
            b"# later\nversion = 2\n",
            "soclint-baseline.toml:2:11: not a valid baseline file: this baseline has version 2",
        ),
        (
            b"version = 1\nunitl = 2027-01-01\n",
            "soclint-baseline.toml:2:1: not a valid baseline file: unknown field `unitl`",
        ),
        (b"version = 1\nuntil = \"2027-01-01\"\n", "soclint-baseline.toml:2:9: "),
        (
            b"version = 1\nuntil = 2027-01-01T00:00:00\n",
            "soclint-baseline.toml:2:9: not a valid baseline file: `until` is not a date",
        ),
        (
            b"version = 1\n\n[[findings]]\nrule = 1\n",
            "soclint-baseline.toml:4:8: ",
        ),
        (
            b"version = 1\n[[findings]]\nrule = \"stale-report\"\n",
            "soclint-baseline.toml:2:1: ",
        ),
        (b"version = 1\n[[findings]\n", "soclint-baseline.toml:2:"),
        (b"version = 1\n<<<<<<< ours\n", "soclint-baseline.toml:2:"),
        (b"version = 1\n# \xff\n", "not UTF-8"),
        (
            b"version = 1\n[[findings]]\nrule = \"a\"\nsubject = \"b\"\nfact = \"c\"\ncount = -1\n",
            "soclint-baseline.toml:6:9: ",
        ),
    ];
    for (text, said) in cases {
        write(root.path(), FILE, text);
        for args in [
            &["check", "--baseline", FILE][..],
            &["forecast", "--until", "2027-01-01", "--baseline", FILE],
            &["baseline", "show"],
            &["baseline", "prune"],
            &["baseline", "write"],
        ] {
            let complaint = refused(root.path(), &[args, &["--as-of", AS_OF]].concat());
            // The place stands beside the line that is drawn, and the message above it.
            let mut parts = said.splitn(2, ": ");
            assert!(
                parts.all(|part| complaint.contains(part)),
                "{}{complaint}",
                String::from_utf8_lossy(text)
            );
        }
        assert_eq!(
            std::fs::read(root.path().join(FILE)).expect("a file"),
            text,
            "it is left as it is"
        );
    }
    // Counts that no sum can hold.
    let count = "fact = \"c\"\ncount = 4294967295\n";
    write(
        root.path(),
        FILE,
        format!(
            "version = 1\n{entry}{count}{}{count}{}{count}",
            entry.replace("\"x\"", "\"y\""),
            entry.replace("\"x\"", "\"z\"")
        ),
    );
    checked(root.path(), &[]);
    write(
        root.path(),
        FILE,
        format!("version = 1\n{entry}fact = \"c\"\ncount = 9223372036854775807\n"),
    );
    refused(root.path(), &["check", "--baseline", FILE, "--as-of", AS_OF]);
    refused(root.path(), &["check", "--baseline", "missing.toml", "--as-of", AS_OF]);
}

#[cfg(unix)]
#[test]
fn a_baseline_that_is_no_file_is_neither_read_nor_written() {
    let root = estate(&[("scope.toml", &manifest(&["a"]))]);
    let made = std::process::Command::new("mkfifo")
        .arg(root.path().join("pipe.toml"))
        .status();
    assert!(made.expect("mkfifo runs").success());
    std::fs::create_dir(root.path().join("folder.toml")).expect("a folder");
    std::os::unix::fs::symlink("nowhere.toml", root.path().join("link.toml")).expect("a link");
    std::os::unix::fs::symlink("/dev/zero", root.path().join("zero.toml")).expect("a link");
    for file in [
        "pipe.toml",
        "folder.toml",
        "zero.toml",
        "link.toml",
        "no/such/folder.toml",
    ] {
        for args in [
            &["check", "--baseline", file][..],
            &["baseline", "show", file],
            &["baseline", "prune", file],
            &["baseline", "write", file],
        ] {
            let complaint = refused(root.path(), &[args, &["--as-of", AS_OF]].concat());
            assert!(complaint.contains(file), "{args:?}: {complaint}");
        }
    }
}

#[test]
fn it_may_lie_elsewhere_and_is_no_manifest() {
    let root = estate(&[
        ("soclint.toml", "include = \"**/*.toml\"\nexclude = \"ci/**\"\n"),
        ("x.toml", &manifest(&["a"])),
    ]);
    std::fs::create_dir(root.path().join("ci")).expect("a folder");
    printed(root.path(), &["baseline", "write", "ci/adopted.toml", "--as-of", AS_OF]);
    assert_eq!(
        rows(&json(root.path(), &["--baseline", "ci/adopted.toml"]), "baselined").len(),
        1
    );
    let output = call(
        &root.path().join("ci"),
        &[
            "check",
            "--baseline",
            "adopted.toml",
            "--as-of",
            AS_OF,
            "--format",
            "concise",
        ],
    );
    assert!(
        stdout(&output).contains("1 in the baseline"),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
}

#[test]
fn narrowing_what_is_reported_mends_nothing() {
    let root = estate(&[
        ("soclint.toml", ""),
        ("a/scope.toml", &manifest(&["a"])),
        ("b/scope.toml", &manifest(&["b"])),
    ]);
    adopt(root.path(), &[]);
    for args in [
        &["a"][..],
        &["--select", "stale-report"],
        &["--ignore", "nhi-without-monitoring"],
    ] {
        let document = checked(root.path(), args);
        assert_eq!(document["baseline"]["resolved"], serde_json::json!([]), "{args:?}");
        assert_eq!(rows(&document, "findings"), [] as [String; 0]);
    }
}
