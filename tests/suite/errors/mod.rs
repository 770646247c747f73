//! What ends a run with status 2: drawn with its line for people, in the format's own form for programs.

mod forms;
mod hostile;

use crate::tool::{run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

const CLEAN: &str = "[services.wiki]\nexposure = \"internal\"\n";
const WRONG: &str = "fail-on = \"warning\"\n\n[rules]\nstale-reprot = \"off\" # until 2027\n";

fn estate(config: &str) -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "soclint.toml", config);
    write(root.path(), "scope.toml", CLEAN);
    root
}

fn call(root: &Path, args: &[&str]) -> Output {
    run(soclint().args(args).env("COLUMNS", "80").current_dir(root))
}

/// What is said on standard error by a run that prints nothing.
fn said(root: &Path, args: &[&str]) -> String {
    let output = call(root, args);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stdout(&output));
    assert!(output.stdout.is_empty(), "{args:?}: {}", stdout(&output));
    stderr(&output)
}

fn document(root: &Path, args: &[&str]) -> Value {
    let said = said(root, &[args, &["--format", "json"]].concat());
    let document: Value = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{args:?}: {error}: {said}"));
    assert_eq!(document["version"], 1, "{said}");
    document
}

fn errors(document: &Value) -> &[Value] {
    document["errors"].as_array().expect("errors are a list")
}

/// The text of a file between the places that an error names.
fn text_at(root: &Path, error: &Value) -> String {
    let text = std::fs::read_to_string(root.join(error["path"].as_str().expect("a path"))).expect("a file");
    let number = |key: &str| usize::try_from(error[key].as_u64().expect("a number")).expect("it fits");
    assert_eq!(number("line"), number("end-line"));
    let line = text.lines().nth(number("line") - 1).expect("a line");
    let (from, to) = (number("column") - 1, number("end-column") - 1);
    line.chars().skip(from).take(to - from).collect()
}

/// What is underlined in the drawn line that contains `text`.
fn underlined(drawn: &str, text: &str) -> String {
    let lines: Vec<&str> = drawn.lines().collect();
    let is_marked = |at: usize| {
        lines
            .get(at + 1)
            .is_some_and(|below| below.trim_start().starts_with('·'))
    };
    let mut marked = (0..lines.len()).filter(|at| lines[*at].contains(text) && is_marked(*at));
    let at = marked.next();
    let at = at.unwrap_or_else(|| panic!("{text} is not drawn: {drawn}"));
    let marks = lines[at + 1].chars().enumerate();
    let marked: Vec<usize> = marks.filter(|(_, c)| "─┬".contains(*c)).map(|(at, _)| at).collect();
    lines[at]
        .chars()
        .enumerate()
        .filter(|(at, _)| marked.contains(at))
        .map(|(_, c)| c)
        .collect()
}

#[test]
fn a_fault_of_the_config_is_drawn_with_its_line_and_the_label_points_at_it() {
    let root = estate(WRONG);
    for args in [
        &["check"][..],
        &["config"],
        &["config", "--files"],
        &["waivers"],
        &["forecast", "--until", "2027-01-01"],
        &["baseline", "write"],
        &["baseline", "show"],
        &["init"],
    ] {
        let drawn = said(root.path(), args);
        assert_eq!(
            underlined(&drawn, "4 │ stale-reprot = \"off\" # until 2027"),
            "stale-reprot"
        );
        for part in [
            "error[config]",
            "there is no rule `stale-reprot`",
            "[soclint.toml:4:1]",
            "did you mean `stale-report`?",
            "help: `soclint rules` lists every rule",
            "soclint: the config cannot be used: 1 problem\n",
        ] {
            assert!(drawn.contains(part), "{args:?}: {part} is not in {drawn}");
        }
        assert!(drawn.lines().all(|line| line.chars().count() <= 80), "{drawn}");
    }
}

#[test]
fn every_fault_is_drawn_and_the_last_line_counts_them() {
    let root = estate("extends = \"org.toml\"\nincludd = \"x\"\nfail-on = \"erorr\"\n");
    write(root.path(), "org.toml", "[polici]\n");
    let drawn = said(root.path(), &["check"]);
    assert_eq!(underlined(&drawn, "2 │ includd"), "includd");
    assert_eq!(underlined(&drawn, "3 │ fail-on"), "\"erorr\"");
    assert_eq!(underlined(&drawn, "1 │ [polici]"), "polici");
    assert!(
        drawn.ends_with("soclint: the config cannot be used: 3 problems in 2 files\n"),
        "{drawn}"
    );
}

#[test]
fn it_is_set_as_findings_are() {
    let root = estate(WRONG);
    let with = |args: &[&str], set: &[(&str, &str)]| {
        let mut command = soclint();
        command.args(args).envs(set.iter().copied()).current_dir(root.path());
        stderr(&run(&mut command))
    };
    let has_color = |text: &str| text.contains("\u{1b}[");
    assert!(!has_color(&with(&["check"], &[])), "a pipe is no terminal");
    assert!(has_color(&with(&["check", "--color", "always"], &[])));
    assert!(has_color(&with(&["check"], &[("CLICOLOR_FORCE", "1")])));
    assert!(!has_color(&with(
        &["check"],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    )));
    let narrated = with(&["check"], &[("NO_GRAPHICS", "1")]);
    assert!(
        narrated.contains("label at line 4, columns 1 to 12: did you mean `stale-report`?"),
        "{narrated}"
    );
    assert!(!narrated.contains('│'), "{narrated}");
    for columns in ["40", "60", "120"] {
        let drawn = with(&["check"], &[("COLUMNS", columns)]);
        assert_eq!(underlined(&drawn, "stale-reprot = "), "stale-reprot", "{columns}");
    }
}

#[test]
fn what_is_loosened_is_shown_beside_the_line_that_fixes_it() {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join(".git")).expect("a folder");
    write(
        root.path(),
        "org.toml",
        "final = [\"fail-on\"]\nfail-on = \"warning\"\n",
    );
    write(
        root.path(),
        "team/soclint.toml",
        "extends = \"../org.toml\"\nfail-on = \"never\"\n",
    );
    write(root.path(), "team/scope.toml", CLEAN);
    let team = root.path().join("team");
    let drawn = said(&team, &["check"]);
    assert_eq!(underlined(&drawn, "2 │ fail-on = \"never\""), "\"never\"");
    assert_eq!(underlined(&drawn, "1 │ final = [\"fail-on\"]"), "\"fail-on\"");
    assert!(
        drawn.contains("see also ../org.toml") && drawn.contains("fixed here"),
        "{drawn}"
    );
    let document = document(&team, &["check"]);
    let related = &errors(&document)[0]["related"][0];
    assert_eq!(related["path"], "../org.toml");
    assert_eq!(text_at(&team, related), "\"fail-on\"");
}

#[test]
fn a_baseline_that_is_none_is_drawn_at_its_place() {
    let root = estate("");
    let cases = [
        ("version = 1\nunitl = 2027-01-01\n", "2 │ unitl", "unitl"),
        ("version = 2\n", "1 │ version = 2", "2"),
        (
            "version = 1\nuntil = 2027-01-01T00:00:00\n",
            "2 │ until",
            "2027-01-01T00:00:00",
        ),
    ];
    for (text, line, marked) in cases {
        write(root.path(), "b.toml", text);
        for args in [
            &["check", "--baseline", "b.toml"][..],
            &["baseline", "show", "b.toml"],
            &["baseline", "prune", "b.toml"],
        ] {
            let drawn = said(root.path(), args);
            assert_eq!(underlined(&drawn, line), marked, "{drawn}");
            assert!(
                drawn.contains("error[baseline]")
                    && drawn.ends_with("soclint: the baseline cannot be used: 1 problem\n"),
                "{drawn}"
            );
        }
    }
}
