//! No format drops a finding, on any estate, however hostile; and what no estate has, each says in its own way.

use crate::tool::{self, AS_OF, project, run, soclint, stderr, stdout, write};
use comrak::nodes::{AstNode, NodeValue};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How often a rule spoke, by its name and the severity.
type Counts = BTreeMap<(String, String), usize>;

const FORMATS: [&str; 8] = [
    "pretty", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown",
];

pub fn printed(root: &Path, format: &str) -> String {
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--format", format, "--root"])
        .arg(root));
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{} as {format}: {}",
        root.display(),
        stderr(&output)
    );
    stdout(&output)
}

fn estates() -> Vec<PathBuf> {
    let mut estates: Vec<PathBuf> = std::fs::read_dir(project().join("fixtures/estates"))
        .expect("estates")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    estates.sort();
    assert!(estates.len() >= 2);
    estates
}

/// The hostile files together, and each of them alone.
fn hostile() -> Vec<tempfile::TempDir> {
    let folder = project().join("fixtures/hostile");
    let together = tempfile::tempdir().expect("a folder");
    tool::copy_folder(&folder, together.path());
    let mut roots = vec![together];
    for entry in std::fs::read_dir(folder).expect("fixtures") {
        let case = entry.expect("an entry").path();
        if case.extension().is_some_and(|extension| extension == "toml") {
            let root = tempfile::tempdir().expect("a folder");
            let name = case.file_name().expect("a name");
            std::fs::copy(&case, root.path().join(name)).expect("a copy");
            roots.push(root);
        }
    }
    assert!(roots.len() > 6, "only {} hostile files", roots.len());
    roots
}

fn count(pairs: impl IntoIterator<Item = (String, String)>) -> Counts {
    let mut counts = Counts::new();
    for pair in pairs {
        *counts.entry(pair).or_default() += 1;
    }
    counts
}

fn text(value: &Value, key: &str) -> String {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("no text at {key} in {value}"))
        .to_owned()
}

fn of_json(shown: &str) -> Counts {
    let document: Value = serde_json::from_str(shown).expect("JSON");
    let summary = &document["summary"];
    let counts = count(
        tool::findings(&document)
            .iter()
            .map(|finding| (text(finding, "rule"), text(finding, "severity"))),
    );
    let sum = ["errors", "warnings", "notes"].map(|key| summary[key].as_u64().expect("a number"));
    assert_eq!(sum.iter().sum::<u64>(), counts.values().sum::<usize>() as u64);
    counts
}

/// `severity[rule]`, where a line has it.
fn named(line: &str) -> Option<(String, String)> {
    let (severity, rest) = line.split_once('[')?;
    let (rule, _) = rest.split_once(']')?;
    ["error", "warning", "note"]
        .contains(&severity)
        .then(|| (rule.to_owned(), severity.to_owned()))
}

/// Those of one cause are told together.
fn of_pretty(shown: &str) -> Counts {
    let mut told: Vec<(String, String)> = Vec::new();
    for line in shown.lines() {
        told.extend(named(line));
        if let Some(more) = line.strip_prefix("  ").and_then(more) {
            let last = told.last().expect("a finding above").clone();
            told.extend(std::iter::repeat_n(last, more));
        }
    }
    count(told)
}

/// "and for 11 more: ..", where a text says so.
fn more(text: &str) -> Option<usize> {
    let (number, _) = text.strip_prefix("and for ")?.split_once(" more: ")?;
    number.parse().ok()
}

/// The lines before the summary, and behind it what else there is to say.
fn before_summary(shown: &str) -> Vec<&str> {
    let lines: Vec<&str> = shown.lines().collect();
    let summary = lines.iter().rposition(|line| line.contains(" declared), as of "));
    lines[..summary.expect("a summary")].to_vec()
}

fn of_concise(shown: &str) -> Counts {
    count(before_summary(shown).iter().map(|line| {
        let starts = line.match_indices(": ").map(|(at, _)| &line[at + 2..]);
        starts
            .filter_map(named)
            .next()
            .unwrap_or_else(|| panic!("no rule in {line}"))
    }))
}

fn of_sarif(shown: &str) -> Counts {
    let document: Value = serde_json::from_str(shown).expect("JSON");
    let results = document["runs"][0]["results"].as_array().expect("results");
    count(
        results
            .iter()
            .map(|result| (text(result, "ruleId"), text(result, "level"))),
    )
}

fn of_gitlab(shown: &str) -> Counts {
    let document: Value = serde_json::from_str(shown).expect("JSON");
    let mut prints = std::collections::BTreeSet::new();
    count(document.as_array().expect("a list").iter().map(|item| {
        let print = text(item, "fingerprint");
        assert!(
            print.len() == 32 && print.bytes().all(|b| b.is_ascii_hexdigit()),
            "{print}"
        );
        assert!(prints.insert(print), "one fingerprint for two findings: {item}");
        assert!(!text(item, "description").is_empty() && !text(&item["location"], "path").is_empty());
        assert!(
            item["location"]["lines"]["begin"]
                .as_u64()
                .is_some_and(|line| line >= 1)
        );
        let severity = match text(item, "severity").as_str() {
            "major" => "error",
            "minor" => "warning",
            "info" => "note",
            other => panic!("severity {other}"),
        };
        (text(item, "check_name"), severity.to_owned())
    }))
}

/// Also checks what Jenkins' schema and Ant's ask for.
fn of_junit(shown: &str) -> Counts {
    let document = roxmltree::Document::parse(shown).expect("XML");
    let attributes = |node: roxmltree::Node<'_, '_>, names: &[&str]| {
        let found: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
        assert_eq!(found, names, "{}", node.tag_name().name());
    };
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let suites: Vec<_> = root.children().filter(roxmltree::Node::is_element).collect();
    assert_eq!(suites.len(), 1);
    let suite = suites[0];
    attributes(
        suite,
        &[
            "name",
            "package",
            "id",
            "hostname",
            "timestamp",
            "tests",
            "failures",
            "errors",
            "time",
        ],
    );
    let parts: Vec<&str> = suite
        .children()
        .filter(roxmltree::Node::is_element)
        .map(|part| part.tag_name().name())
        .collect();
    let (ends, tests) = (parts.len() - 2, &parts[1..parts.len() - 2]);
    assert_eq!(
        (parts[0], &parts[ends..]),
        ("properties", &["system-out", "system-err"][..])
    );
    assert!(!tests.is_empty() && tests.iter().all(|name| *name == "testcase"));
    let mut names = std::collections::BTreeSet::new();
    let counts = count(
        suite
            .children()
            .filter(|part| part.has_tag_name("testcase"))
            .filter_map(|case| {
                attributes(case, &["classname", "name", "time"]);
                let class = case.attribute("classname").expect("a class");
                assert!(names.insert((class, case.attribute("name"))), "one name for two tests");
                let failures: Vec<_> = case.children().filter(roxmltree::Node::is_element).collect();
                assert!(failures.len() <= 1);
                let failure = failures.first()?;
                assert_eq!(failure.tag_name().name(), "failure");
                attributes(*failure, &["type", "message"]);
                let rule = class.strip_prefix("soclint.").expect("a rule");
                assert!(failure.text().expect("details").contains(&format!("[{rule}] ")));
                Some((rule.to_owned(), failure.attribute("type").expect("a type").to_owned()))
            }),
    );
    let number = |name: &str| suite.attribute(name).and_then(|n| n.parse::<usize>().ok());
    assert_eq!(number("tests"), Some(tests.len()));
    assert_eq!(number("failures"), Some(counts.values().sum()));
    counts
}

/// Also checks that nothing is markup but what is ours.
pub fn of_markdown(shown: &str) -> Counts {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    let arena = comrak::Arena::new();
    let document = comrak::parse_document(&arena, shown, &options);
    let mut rule = None;
    let (mut found, mut sums) = (Vec::new(), [0; 3]);
    for node in document.descendants() {
        match &node.data().value {
            // The table above the rules sums up.
            NodeValue::TableRow(false) if rule.is_none() => {
                let cells: Vec<String> = node.children().map(words).collect();
                let (owner, numbers) = cells.split_first().expect("an owner");
                assert!(!owner.is_empty() && numbers.len() >= 3, "{cells:?}");
                for (at, number) in numbers.iter().take(3).enumerate() {
                    sums[at] += number.parse::<usize>().expect("a number");
                }
            }
            NodeValue::Link(link) => {
                let page = link.url.strip_prefix(tool::PAGES);
                assert!(page.is_some_and(|page| page.ends_with(".md")), "a link to {}", link.url);
            }
            NodeValue::HtmlInline(tag) => assert!(
                ["<code>", "</code>", "<span>", "</span>", "<br>"].contains(&tag.as_str()),
                "{tag} is not ours"
            ),
            NodeValue::Heading(heading) if heading.level == 3 => rule = Some(words(node)),
            NodeValue::TableRow(false) => {
                let cells: Vec<String> = node.children().map(words).collect();
                assert_eq!(cells.len(), 5, "{cells:?}");
                assert!(cells.iter().all(|cell| !cell.is_empty()), "{cells:?}");
                let row = (rule.clone().expect("a rule above"), cells[0].clone());
                let more = cells[1].find("and for ").and_then(|at| more(&cells[1][at..]));
                found.extend(std::iter::repeat_n(row, 1 + more.unwrap_or(0)));
            }
            NodeValue::Document
            | NodeValue::Heading(_)
            | NodeValue::Paragraph
            | NodeValue::Table(_)
            | NodeValue::TableRow(_)
            | NodeValue::TableCell
            | NodeValue::Text(_)
            | NodeValue::Code(_)
            | NodeValue::Strong => {}
            other => panic!("{other:?} is not ours"),
        }
    }
    let of = |severity: &str| found.iter().filter(|(_, found)| found == severity).count();
    assert_eq!(sums, ["error", "warning", "note"].map(of), "the table by owner");
    count(found)
}

/// What is read of a part of a page.
pub fn words<'a>(node: &'a AstNode<'a>) -> String {
    let texts = node.descendants().map(|node| match &node.data().value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::Code(code) => code.literal.clone(),
        _ => String::new(),
    });
    texts.collect()
}

/// The kinds of annotations, and how many are told without one.
fn of_github(shown: &str) -> (Counts, usize) {
    let mut left_out = 0;
    let mut found = Vec::new();
    let commands = before_summary(shown);
    for line in &commands {
        let (command, message) = line
            .strip_prefix("::")
            .and_then(|rest| rest.split_once("::"))
            .unwrap_or_else(|| panic!("no command: {line}"));
        let (kind, properties) = command.split_once(' ').expect("properties");
        let title = properties.split("title=").last().expect("a title");
        if title == "soclint" {
            assert_eq!(kind, "notice");
            let number: Option<usize> = message.split(' ').next().and_then(|number| number.parse().ok());
            left_out += number.expect("a number");
            continue;
        }
        let severity = if kind == "notice" { "note" } else { kind };
        found.push((title.to_owned(), severity.to_owned()));
    }
    for kind in ["::error ", "::warning ", "::notice "] {
        let of_kind = commands.iter().filter(|line| line.starts_with(kind)).count();
        assert!(of_kind <= 10, "{of_kind} {kind}");
    }
    (count(found), left_out)
}

fn check_every_format(root: &Path) -> usize {
    let expected = of_json(&printed(root, "json"));
    let total: usize = expected.values().sum();
    for format in FORMATS {
        let shown = printed(root, format);
        let found = match format {
            "pretty" => of_pretty(&shown),
            "concise" => of_concise(&shown),
            "json" => of_json(&shown),
            "sarif" => of_sarif(&shown),
            "gitlab" => of_gitlab(&shown),
            "junit" => of_junit(&shown),
            "markdown" => of_markdown(&shown),
            _ => {
                let (found, left_out) = of_github(&shown);
                assert_eq!(found.values().sum::<usize>() + left_out, total, "{}", root.display());
                for (finding, count) in &found {
                    assert!(expected.get(finding) >= Some(count), "{finding:?} was not found");
                }
                continue;
            }
        };
        assert_eq!(found, expected, "{} as {format}", root.display());
        let raw = shown.chars().find(|c| {
            (c.is_control() && *c != '\n')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}')
        });
        assert_eq!(raw, None, "{} as {format}", root.display());
    }
    total
}

#[test]
fn the_formats_are_these() {
    let help = stdout(&run(soclint().args(["check", "--help"])));
    for format in FORMATS {
        assert!(help.contains(&format!("- {format}:")), "{format} is not in {help}");
    }
    let listed = help
        .split("- pretty:")
        .nth(1)
        .and_then(|rest| rest.split("[default").next());
    let more = listed
        .expect("a list")
        .lines()
        .filter(|line| line.trim_start().starts_with("- "))
        .count();
    assert_eq!(more + 1, FORMATS.len(), "{help}");
}

#[test]
fn no_format_drops_a_finding_of_an_estate() {
    let totals: Vec<usize> = estates().iter().map(|root| check_every_format(root)).collect();
    assert!(
        totals.iter().any(|total| *total > 20) && totals.contains(&0),
        "{totals:?}"
    );
}

#[test]
fn no_format_drops_a_finding_of_hostile_manifests() {
    for root in hostile() {
        assert!(check_every_format(root.path()) > 0);
    }
}

#[test]
fn formats_written_to_files_are_those_that_are_printed() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", "[identities.bot]\nkind = \"bot\"\n");
    for format in ["github", "gitlab", "junit", "markdown"] {
        let output = run(soclint()
            .args(["check", "--as-of", AS_OF, "--output", &format!("{format}=out")])
            .current_dir(root.path()));
        assert_eq!(output.status.code(), Some(1));
        let file = std::fs::read_to_string(root.path().join("out")).expect("a file");
        assert_eq!(file, printed(root.path(), format));
    }
}

#[test]
fn a_run_without_findings_gives_a_valid_document_in_each_format() {
    let estate = project().join("fixtures/estates/quillmarsh-payroll");
    assert_eq!(printed(&estate, "gitlab"), "[]\n");
    let junit = printed(&estate, "junit");
    assert!(junit.contains("tests=\"1\" failures=\"0\" errors=\"0\""), "{junit}");
    assert!(junit.contains("name=\"no findings\" time=\"0\"/>"), "{junit}");
    let markdown = printed(&estate, "markdown");
    assert!(
        markdown.starts_with("## soclint: no findings\n\nNo finding in "),
        "{markdown}"
    );
    assert!(!markdown.contains('|'));
    let github = printed(&estate, "github");
    assert!(
        github.starts_with("0 errors") && !github.lines().any(|line| line.starts_with("::")),
        "{github}"
    );
    for format in ["github", "gitlab", "junit", "markdown"] {
        assert!(!printed(&estate, format).to_lowercase().contains("compliant"));
    }
}
