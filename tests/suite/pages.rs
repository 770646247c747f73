//! Each page's examples do what the page says.

use crate::tool::{self, AS_OF, project};
use serde_json::Value;

struct Page {
    rule: String,
    group: String,
    text: String,
}

fn pages() -> Vec<Page> {
    let output = tool::run(tool::soclint().args(["rules", "--format", "json"]));
    let rules: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let page = |rule: &Value| {
        let url = rule["url"].as_str().expect("a link");
        let file = url.strip_prefix(tool::PAGES).expect("the address of a page");
        let file = format!("src/rules/{file}");
        Page {
            rule: rule["name"].as_str().expect("a name").to_owned(),
            group: rule["group"].as_str().expect("a group").to_owned(),
            text: std::fs::read_to_string(project().join(&file)).unwrap_or_else(|_| panic!("{file} is missing")),
        }
    };
    rules.as_array().expect("a list").iter().map(page).collect()
}

/// The fenced blocks of a section: the file that each stands for, and its text.
fn blocks(page: &str, section: &str) -> Vec<(String, String)> {
    let start = page
        .find(&format!("\n## {section}\n"))
        .unwrap_or_else(|| panic!("no section {section}"));
    let body = &page[start + 1..];
    let body = &body[..body[1..].find("\n## ").map_or(body.len(), |end| end + 1)];
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in body.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                let file = info.split_once("file=").map_or("scope.toml", |(_, file)| file);
                open = Some((file.trim().to_owned(), String::new()));
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// What a rule finds in files; what could not be read is found with it.
fn run(rule: &str, blocks: &[(String, String)]) -> Vec<(String, String)> {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (file, text) in blocks {
        tool::write(root.path(), file, text);
    }
    let document = tool::check_json_with(root.path(), AS_OF, &[rule]);
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    tool::findings(&document)
        .iter()
        .map(|finding| (text(finding, "rule"), text(finding, "message")))
        .collect()
}

#[test]
fn the_failing_example_gives_one_finding_of_its_rule_and_the_passing_one_none() {
    let mut wrong = Vec::new();
    for page in pages() {
        let (fails, passes) = (blocks(&page.text, "Fails"), blocks(&page.text, "Passes"));
        // That a file is not text, or cannot be opened, cannot be written down as text.
        if page.group == "Reading" && fails.is_empty() && passes.is_empty() {
            continue;
        }
        assert!(!fails.is_empty() && !passes.is_empty(), "{} has no examples", page.rule);
        let found = run(&page.rule, &fails);
        if found.len() != 1 || found[0].0 != page.rule {
            wrong.push(format!("{}: its failing example gives {found:?}", page.rule));
        }
        let found = run(&page.rule, &passes);
        if !found.is_empty() {
            wrong.push(format!("{}: its passing example gives {found:?}", page.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_has_its_sections_in_order() {
    let sections = [
        "Why it matters",
        "Fails",
        "Passes",
        "How to fix",
        "When it stays silent",
    ];
    for page in pages() {
        assert!(
            page.text.starts_with(&format!("# {}\n", page.rule)),
            "{}: another title",
            page.rule
        );
        let headings: Vec<&str> = page.text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, sections, "{} ({})", page.rule, page.group);
    }
}

#[test]
fn explain_prints_the_page_with_severity_references_and_link() {
    for page in pages() {
        let output = tool::run(tool::soclint().args(["explain", &page.rule]));
        assert_eq!(output.status.code(), Some(0));
        let shown = tool::stdout(&output);
        assert!(
            shown.starts_with(&page.rule) && shown.contains("by default") && shown.contains("https://"),
            "{shown}"
        );
        let since = shown.lines().nth(1).and_then(|line| line.rsplit_once(", since "));
        let numbers: Option<Vec<u32>> = since.and_then(|(_, since)| since.split('.').map(|n| n.parse().ok()).collect());
        assert!(
            numbers.is_some_and(|numbers| numbers.len() == 3 && numbers >= vec![0, 1, 0]),
            "{}: since when it stands is a version: {since:?}",
            page.rule
        );
        let cites = !soclint::rule(&page.rule).expect("a rule").references.is_empty();
        let reading = page.group == "Reading";
        assert_eq!(shown.contains("REFERENCES"), !reading, "{}", page.rule);
        assert_eq!(shown.contains("\n- practice: "), !reading && !cites, "{}", page.rule);
        assert!(
            cites || reading || page.text.contains("cites no standard"),
            "{}: a rule without references says on its page that it cites no standard, and what it rests on",
            page.rule
        );
        assert!(!shown.contains('\u{1b}'), "{}: color without a terminal", page.rule);
    }
    let stale = tool::stdout(&tool::run(tool::soclint().args(["explain", "stale-report"])));
    assert!(stale.contains("`longest`") && stale.contains("AU-C 402.17"), "{stale}");
}

#[test]
fn what_belongs_to_a_list_item_stands_under_its_text() {
    for page in pages() {
        let shown = tool::stdout(&tool::run(tool::soclint().args(["explain", &page.rule])));
        for list in shown.split("\n\n").filter(|part| part.starts_with("- ")) {
            for line in list.lines() {
                assert!(
                    line.starts_with("- ") || line.starts_with("  "),
                    "{}: {line}",
                    page.rule
                );
            }
        }
    }
    let shown = tool::stdout(&tool::run(tool::soclint().args(["explain", "conflicting-duties"])));
    let silent = shown.split("WHEN IT STAYS SILENT").nth(1).expect("a section");
    let item = silent
        .split("\n- ")
        .find(|item| item.starts_with("In a chain of identities"));
    assert!(item.is_some_and(|item| item.contains("\n  ")), "{silent}");
}

#[test]
fn explain_of_an_unknown_rule_names_the_nearest_and_ends_with_2() {
    let output = tool::run(tool::soclint().args(["explain", "stale-reprot"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(
        tool::stderr(&output).contains("did you mean `stale-report`?"),
        "{}",
        tool::stderr(&output)
    );
}
