//! Names that try to be a command, a tag, a cell, a link or a property in each format.

use crate::every_format::{of_markdown, printed, words};
use crate::tool::{self, AS_OF, write};
use comrak::nodes::NodeValue;
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

const NAMES: [&str; 17] = [
    "a\n::error file=x,line=1::owned",
    "%0A::error::owned %25 %",
    "a\r\n##[error]owned",
    "line=9,title=owned::",
    "]]></failure><!-- <![CDATA[ & &amp; &#x1b; ' \"",
    "</testcase><testcase name='x'>",
    "a | b \\| c \\\\| d |",
    "` | `` | ``` ``",
    "<img src=x onerror=alert(1)> <b>x</b>",
    "[x](https://evil.example.com) ![x](https://evil.example.com/x.png)",
    "https://evil.example.com and www.evil.example.com and ftp://x.example.com",
    "@someone mailto:a@evil.example.com #1 a@evil.example.com xmpp:a@evil.example.com/x",
    "**a** __b__ ~~c~~ *d* _e_ $f$ :tada: [^1] [ ] <https://evil.example.com>",
    "\u{202e}desrever\u{202c} \u{2066}x\u{2069} \u{200b}\u{feff}",
    "\u{fffe} and \u{ffff}",
    "\u{1b}[31m \u{7f} \u{9b} \u{0}",
    "\"},{\"check_name\":\"owned\"}",
];

/// As TOML writes them in a basic string.
fn quoted(name: &str) -> String {
    let mut out = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Each name is a key, a value, a reference and an invalid id.
fn estate() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (at, name) in NAMES.iter().enumerate() {
        let name = quoted(name);
        let text = format!(
            "[services.a{at}]\nexposure = \"internal\"\nkind = {name}\n{name} = 1\ndepends-on = {name}\n[services.{name}]\nexposure = \"internal\"\n"
        );
        write(root.path(), &format!("{at}.scope.toml"), text);
    }
    root
}

fn findings(root: &Path) -> Vec<Value> {
    tool::findings(&tool::check_json(root, AS_OF)).to_vec()
}

fn said(finding: &Value, key: &str) -> String {
    finding[key].as_str().expect("text").to_owned()
}

/// What people read instead of a character that hides, moves or turns text.
fn shown(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                out.extend(c.escape_unicode())
            }
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

#[test]
fn github_runs_no_command_that_a_name_holds() {
    // Few enough that each is annotated.
    for name in NAMES {
        let root = tempfile::tempdir().expect("a folder");
        let text = format!(
            "[services.a]\nexposure = \"internal\"\nkind = {0}\n{0} = 1\n",
            quoted(name)
        );
        write(root.path(), "a, b%25/x.scope.toml", text);
        let text = printed(root.path(), "github");
        let findings = findings(root.path());
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert_eq!(text.lines().count(), 3, "{text}");
        for (line, finding) in text.lines().zip(&findings) {
            // As the runner reads it: properties up to the next two colons, then the message.
            let (command, message) = line
                .strip_prefix("::")
                .and_then(|rest| rest.split_once("::"))
                .expect("a command");
            let (kind, properties) = command.split_once(' ').expect("properties");
            assert_eq!(kind, "error");
            let properties: Vec<(&str, &str)> = properties
                .split(',')
                .map(|property| property.split_once('=').expect("a value"))
                .collect();
            let decoded = |text: &str| {
                text.replace("%3A", ":")
                    .replace("%2C", ",")
                    .replace("%0D", "\r")
                    .replace("%0A", "\n")
                    .replace("%25", "%")
            };
            let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, ["file", "line", "endLine", "col", "endColumn", "title"]);
            assert_eq!(decoded(properties[0].1), "a, b%25/x.scope.toml");
            assert_eq!(properties[1].1, finding["location"]["start"]["line"].to_string());
            assert_eq!(properties[3].1, finding["location"]["start"]["column"].to_string());
            assert_eq!(properties[5].1, said(finding, "rule"));
            let message = decoded(message);
            let lines: Vec<&str> = message.lines().collect();
            assert_eq!(lines[0], shown(&said(finding, "message")));
            assert_eq!(lines[1], format!("To fix it: {}", shown(&said(finding, "help"))));
            assert!(
                lines.len() == 3 && lines[2].starts_with("https://github.com/"),
                "{message}"
            );
        }
    }
}

#[test]
fn github_annotates_the_ten_most_severe_of_each_kind_and_tells_the_others() {
    let root = tempfile::tempdir().expect("a folder");
    let bots = |count: usize, owner: &str| -> String {
        let bot = |n| {
            format!(
                "[identities.bot{n}]\nkind = \"bot\"\ncredential = \"federated\"\nenvironments = \"test\"\nreview = {{ last = 2026-09-01, evidence = \"https://x.example.com\" }}\n{owner}offboarding = {{ trigger = \"x\", evidence = \"https://x.example.com\" }}\n"
            )
        };
        (0..count).map(bot).collect()
    };
    let notes = |count: usize| -> String {
        let report = |n| format!("[reports.r{n}]\nframework = \"SOC 2\"\nstatus = \"planned\"\n");
        (0..count).map(report).collect()
    };
    let kinds = |text: &str| {
        ["::error ", "::warning ", "::notice file", "::notice title=soclint"]
            .map(|kind| text.lines().filter(|line| line.starts_with(kind)).count())
    };
    write(root.path(), "scope.toml", format!("{}{}", bots(10, ""), notes(10)));
    let all = printed(root.path(), "github");
    assert_eq!(
        kinds(&all),
        [10, 0, 10, 0],
        "ten of a kind need no word about others: {all}"
    );
    write(root.path(), "scope.toml", format!("{}{}", bots(13, ""), notes(12)));
    let some = printed(root.path(), "github");
    assert_eq!(kinds(&some), [10, 0, 9, 1], "{some}");
    let lines: Vec<&str> = some.lines().collect();
    assert!(
        lines[..10].iter().all(|line| line.starts_with("::error ")),
        "the most severe come first"
    );
    assert!(
        lines[19].contains("::6 more findings have no annotation (3 errors and 3 notes)"),
        "{}",
        lines[19]
    );
    assert!(
        lines[19].contains("`soclint check` prints the whole list"),
        "{}",
        lines[19]
    );
}

#[test]
fn markdown_shows_each_name_as_it_is_in_its_own_cell() {
    let root = estate();
    let text = printed(root.path(), "markdown");
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    let arena = comrak::Arena::new();
    let document = comrak::parse_document(&arena, &text, &options);
    let rows: Vec<Vec<String>> = document
        .descendants()
        .filter(|node| matches!(node.data().value, NodeValue::TableRow(false)))
        .map(|row| row.children().map(words).collect::<Vec<_>>())
        .filter(|row| row.len() == 5)
        .collect();
    let findings = findings(root.path());
    assert_eq!(rows.len(), findings.len());
    for finding in findings {
        let unmarked = |key: &str| shown(&said(&finding, key)).replace('`', "");
        let message = format!("{}To fix it: {}", unmarked("message"), unmarked("help"));
        let place = format!(
            "{}:{}",
            said(&finding["location"], "path"),
            finding["location"]["start"]["line"]
        );
        let is_shown = rows.iter().any(|row| {
            row[1].replace('`', "") == unmarked("subject") && row[3].replace('`', "") == message && row[4] == place
        });
        assert!(is_shown, "not shown: {finding}\n{text}");
    }
    assert_eq!(
        of_markdown(&text).values().sum::<usize>(),
        rows.len(),
        "no link and no tag but ours"
    );
}

#[test]
fn junit_and_gitlab_show_each_name_as_it_is() {
    let root = estate();
    let junit = printed(root.path(), "junit");
    let document = roxmltree::Document::parse(&junit).expect("XML");
    let failures: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("failure"))
        .collect();
    let gitlab: Vec<Value> = serde_json::from_str(&printed(root.path(), "gitlab")).expect("JSON");
    let findings = findings(root.path());
    assert!(findings.len() >= 3 * NAMES.len(), "{}", findings.len());
    assert_eq!((failures.len(), gitlab.len()), (findings.len(), findings.len()));
    for ((failure, item), finding) in failures.iter().zip(&gitlab).zip(&findings) {
        let message = shown(&said(finding, "message"));
        let in_xml = message
            .replace('\u{fffe}', "\\u{fffe}")
            .replace('\u{ffff}', "\\u{ffff}");
        assert_eq!(failure.attribute("message"), Some(in_xml.as_str()));
        let description = said(item, "description");
        assert!(
            description.starts_with(&format!("{message}. To fix it: ")),
            "{description}"
        );
    }
}

#[test]
fn a_fingerprint_is_that_of_a_fact_and_not_of_a_line() {
    let prints = |text: &str| -> Vec<String> {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", text);
        let items: Vec<Value> = serde_json::from_str(&printed(root.path(), "gitlab")).expect("JSON");
        items.iter().map(|item| said(item, "fingerprint")).collect()
    };
    let two = "[services.a]\nexposure = \"internal\"\ndepends-on = [\"x\", \"y\"]\n";
    let (first, second) = match prints(two).as_slice() {
        [first, second] => (first.clone(), second.clone()),
        other => panic!("{other:?}"),
    };
    assert_ne!(first, second);
    assert_eq!(prints(&format!("# moved\n\n{two}")), [first.clone(), second.clone()]);
    assert_eq!(
        prints(&two.replace("\"x\", ", "")),
        [second],
        "the other is still itself"
    );
    assert_eq!(
        prints(&two.replace("\"y\"", "\"x\"")).len(),
        2,
        "one fact twice is two findings"
    );
    assert_eq!(prints(&two.replace("\"y\"", "\"x\""))[0], first);
}

#[test]
fn paths_count_from_the_repository() {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join(".git")).expect("a folder");
    write(root.path(), "inner/soclint.toml", "");
    write(root.path(), "inner/a b/é.scope.toml", "[services.a]\nkind = \"x\"\n");
    let inner = root.path().join("inner");
    let items: Vec<Value> = serde_json::from_str(&printed(&inner, "gitlab")).expect("JSON");
    assert_eq!(items[0]["location"]["path"], "inner/a b/é.scope.toml");
    assert_eq!(items[0]["location"]["lines"]["begin"], 2);
    assert!(
        printed(&inner, "github")
            .starts_with("::error file=inner/a b/é.scope.toml,line=2,endLine=2,col=8,endColumn=11,")
    );
    assert!(printed(&inner, "junit").contains("\ninner/a b/é.scope.toml:2:8: "));
    assert!(printed(&inner, "markdown").contains("| `inner/a b/é.scope.toml:2` |"));
}

/// A bot that nothing ends; what is found of it is waived, in words that are hostile too.
const WAIVED: &str = r#"
owner = "team-build"
[identities.bot]
kind = "bot"
credential = "federated"
environments = "test"
review = { last = 2026-09-01, evidence = "https://x.example.com" }
[[waivers]]
rule = "nhi-without-offboarding"
subject = "identities.bot"
reason = "| <b>`x`</b> [y](https://evil.example.com)"
owner = "team-build"
approved-by = "person-ciso"
expires = 2027-01-31
"#;

#[test]
fn what_is_waived_is_in_the_summary_when_it_is_asked_for_and_fails_no_test() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", WAIVED);
    let shown = |format: &str| {
        let output = tool::run(
            tool::soclint()
                .args(["check", "--as-of", AS_OF, "--show-waived", "--format", format, "--root"])
                .arg(root.path()),
        );
        tool::stdout(&output)
    };
    let markdown = shown("markdown");
    assert!(markdown.starts_with("## soclint: no findings\n"), "{markdown}");
    let rows = of_markdown(&markdown);
    assert_eq!(
        rows.into_iter().collect::<Vec<_>>(),
        [(("nhi-without-offboarding".to_owned(), "waived warning".to_owned()), 1)]
    );
    assert!(
        markdown.contains("waived until 2027-01-31, approved by person-ciso"),
        "{markdown}"
    );
    assert!(!printed(root.path(), "markdown").contains('|'), "not without asking");
    assert_eq!(shown("gitlab"), "[]\n");
    let junit = shown("junit");
    assert!(!junit.contains("<failure") && junit.contains("<skipped>"), "{junit}");
    let github = shown("github");
    let commands: Vec<&str> = github.lines().filter(|line| line.starts_with("::")).collect();
    assert!(commands.len() == 1 && commands[0].starts_with("::notice "), "{github}");
}

#[test]
fn what_is_to_come_is_told_and_fails_no_test() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", WAIVED);
    let shown = |format: &str| {
        let output = tool::run(
            tool::soclint()
                .args([
                    "check",
                    "--as-of",
                    AS_OF,
                    "--horizon",
                    "6mo",
                    "--format",
                    format,
                    "--root",
                ])
                .arg(root.path()),
        );
        assert_eq!(output.status.code(), Some(0));
        tool::stdout(&output)
    };
    let junit = shown("junit");
    let document = roxmltree::Document::parse(&junit).expect("XML");
    let tests: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("testcase"))
        .collect();
    assert!(
        !tests.is_empty() && junit.contains("failures=\"0\"") && !junit.contains("<failure"),
        "{junit}"
    );
    let name = tests[0].attribute("name").expect("a name");
    assert!(name.ends_with(", from 2027-02-01 on"), "{name}");
    assert!(
        junit.contains("from 2027-02-01 on: ") && junit.contains("; 1 waived and "),
        "{junit}"
    );
    for format in ["github", "gitlab", "markdown"] {
        assert!(shown(format).contains("from 2027-02-01 on"), "{format}");
    }
}
