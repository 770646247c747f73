//! What a build server would do if it read soclint's output in its log: nothing.
//!
//! The readers below are those of GitHub's runner (`ActionCommand.TryParse`, `TryParseV2`) and of Azure's agent
//! (`Command.TryParse`), told again, and stricter: any name is a command, and characters that .NET passes over are none.

use crate::tool::{AS_OF, run, soclint, stderr, stdout, write};
use std::process::Output;
use tempfile::TempDir;

const COMMANDS: [&str; 9] = [
    "##[debug]x",
    "##[add-mask]direct",
    "##[error file=README.md;line=1]forged",
    "x ##[stop-commands]y",
    "###[group]x",
    "##vso[task.setvariable variable=PATH]/evil",
    "##VSO[task.complete result=Succeeded;]x",
    "##teamcity[buildStop comment='x']",
    "#\u{fe0f}#[set-output name=x]y",
];

/// The command that a line is, or holds.
fn command(line: &str) -> Option<String> {
    current(line)
        .or_else(|| earlier(line, "##["))
        .or_else(|| earlier(line, "##vso["))
        .or_else(|| earlier(line, "##teamcity["))
}

/// `::name key=value::data`, after blanks.
fn current(line: &str) -> Option<String> {
    let (name, _) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    Some(name.to_owned())
}

/// `##[name key=value]data`, anywhere in the line.
fn earlier(line: &str, prefix: &str) -> Option<String> {
    let line: String = line.chars().filter(|c| !is_passed_over(*c)).collect();
    let (_, rest) = line
        .to_ascii_lowercase()
        .split_once(prefix)
        .map(|(a, b)| (a.to_owned(), b.to_owned()))?;
    rest.split_once(']').map(|(name, _)| name.to_owned())
}

fn is_passed_over(c: char) -> bool {
    c.is_control() && c != '\t'
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Each is a comment, a key, a value, an id, a title, a reason, a place, a folder and a file.
fn estate() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (at, name) in COMMANDS.iter().enumerate() {
        let folder = format!("s{at}{}", name.replace('/', "-"));
        let quoted = format!("\"{name}\"");
        let text = format!(
            "namespace = \"n{at}\" # {name}\n\
             [services.a] {name}\n\
             [services.b] # {name}\nfinancial-impact = \"direct\"\ntitle = {quoted}\nkind = {quoted}\nclaims = {quoted}\n{quoted} = 1\n\
             [services.{quoted}]\nfinancial-impact = \"direct\"\n\
             [identities.k]\nkind = \"api-key\" # {name}\naccess = []\nowner = {quoted}\n\
             [evidence.e]\nat = {evidence}\n\
             [[waivers]]\nrule = \"nhi-unowned\"\nsubject = \"identities.{name}\"\nreason = {quoted}\nowner = \"a\"\napproved-by = \"b\"\nexpires = 2020-01-01\nticket = {quoted}\n",
            evidence = format_args!("\"./{}.md\"", name.replace('/', "-")),
        );
        write(root.path(), &format!("{folder}/{at}.scope.toml"), text);
    }
    root
}

fn lines(output: &Output) -> Vec<String> {
    assert!(
        matches!(output.status.code(), Some(0..=2)),
        "it ends by itself: {output:?}"
    );
    let said = stdout(output) + "\n" + &stderr(output);
    said.lines().map(str::to_owned).collect()
}

#[test]
fn the_reader_knows_a_command_when_it_sees_one() {
    for written in COMMANDS {
        assert!(command(written).is_some(), "{written}");
    }
    for line in ["  ::error file=x::y", "a ##[b c]d"] {
        assert!(command(line).is_some(), "{line}");
    }
    for line in [
        "a ::error::b",
        "::",
        "##[never ends",
        "## [x]",
        "error[stale-report]: x",
    ] {
        assert_eq!(command(line), None, "{line}");
    }
}

#[test]
fn no_line_of_any_output_is_a_command() {
    let root = estate();
    let baseline = root.path().join("##[debug]baseline.toml");
    let formats = ["pretty", "concise", "json", "gitlab", "junit", "markdown"]
        .map(|format| vec!["check", "--show-waived", "--horizon", "1y", "--format", format]);
    let others = [
        vec!["check", "--no-graphics-is-no-option ##[debug]x"],
        vec!["check", "##[debug]no-such-path"],
        vec!["check", "--select", "##[debug]x"],
        vec!["check", "--diff"],
        vec!["waivers"],
        vec!["waivers", "--format", "json"],
        vec!["waivers", "--exemptions"],
        vec!["forecast", "--until", "2028-01-01"],
        vec!["forecast", "--until", "2028-01-01", "--format", "json"],
        vec!["forecast", "--until", "2028-01-01", "--format", "markdown"],
        vec!["forecast", "--until", "2028-01-01", "--format", "ics"],
        vec!["timeline"],
        vec!["timeline", "--format", "json"],
        vec!["timeline", "--format", "markdown"],
        vec!["timeline", "--format", "ics"],
        vec!["config", "--files"],
        vec!["explain", "##[debug]x"],
        vec!["##[debug]x"],
    ];
    let mut seen = 0;
    for args in formats.iter().chain(&others) {
        let mut tool = soclint();
        tool.args(args)
            .env("CI", "true")
            .env("SOCLINT_AS_OF", AS_OF)
            .current_dir(root.path());
        for line in lines(&run(&mut tool)) {
            assert_eq!(command(&line), None, "{args:?}: {line}");
            seen += usize::from(line.contains("##"));
        }
    }
    assert!(seen > 200, "the names are shown: {seen} lines");

    let mut write = soclint();
    write
        .args(["baseline", "write"])
        .arg(&baseline)
        .env("SOCLINT_AS_OF", AS_OF)
        .current_dir(root.path());
    let mut show = soclint();
    show.args(["baseline", "show"])
        .arg(&baseline)
        .env("SOCLINT_AS_OF", AS_OF)
        .current_dir(root.path());
    for line in lines(&run(&mut write)).into_iter().chain(lines(&run(&mut show))) {
        assert_eq!(command(&line), None, "{line}");
    }
}

#[test]
fn a_config_that_cannot_be_read_says_nothing_to_the_runner() {
    for text in [
        "fail-on = \"##[debug]x\"\n",
        "\"##[add-mask]error\" = 1\n",
        "extends = \"##vso[task.setvariable variable=x]y\"\n",
        "[rules]\n\"##[group]x\" = \"off\"\n",
        "exclude = [\"a/[##[debug]\"]\n",
        "[rules\n##[debug]x\n",
    ] {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "soclint.toml", text);
        write(root.path(), "scope.toml", "[services.a]\nexposure = \"internal\"\n");
        for line in lines(&run(soclint().arg("check").current_dir(root.path()))) {
            assert_eq!(command(&line), None, "{text}: {line}");
        }
    }
}

#[test]
fn annotations_are_the_only_commands_of_their_format() {
    let root = estate();
    let output = run(soclint()
        .args(["check", "--format", "github", "--as-of", AS_OF])
        .current_dir(root.path()));
    let text = stdout(&output);
    let mut annotations = 0;
    for line in text.lines() {
        match current(line) {
            Some(name) => {
                let kind = name.split(' ').next().unwrap_or_default();
                assert!(["error", "warning", "notice"].contains(&kind), "{line}");
                annotations += 1;
            }
            None => assert_eq!(command(line), None, "{line}"),
        }
    }
    assert!(annotations >= 20, "{text}");
}

#[test]
fn what_programs_parse_is_what_was_written() {
    let root = estate();
    let check = |format: &str| {
        stdout(&run(soclint()
            .args(["check", "--as-of", AS_OF, "--format", format])
            .current_dir(root.path())))
    };
    let json: serde_json::Value = serde_json::from_str(&check("json")).expect("JSON");
    let subjects: Vec<&str> = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["subject"].as_str())
        .collect();
    let sarif = check("sarif");
    for written in COMMANDS {
        assert!(
            subjects
                .iter()
                .any(|subject| subject.ends_with(&format!("services.{written}"))),
            "{written}: {subjects:?}"
        );
    }
    assert!(sarif.contains("##[debug]x"), "SARIF is left as it is");
    let junit = check("junit");
    let parsed = roxmltree::Document::parse(&junit).expect("XML");
    assert!(parsed.descendants().any(|node| {
        node.attributes()
            .any(|attribute| attribute.value().contains("##[debug]x"))
    }));
}
