//! What a forecast says in Markdown is text, whatever names are made of, as what `check` says is.

use crate::every_format::words;
use crate::tool::{self, AS_OF, run, soclint, stderr, stdout, write};
use comrak::nodes::NodeValue;

/// Names that would be something else, if they could.
const NAMES: [&str; 16] = [
    "https://evil.example",
    "www.evil.example",
    "see http://evil.example/x",
    "evil@example.com",
    "ftp://evil.example",
    "$x$",
    "$$x$$",
    "`code`",
    "``a`b``",
    "**bold**",
    "a | b",
    "<img src=x>",
    "@octocat #1",
    "[x](https://evil.example)",
    "![x](y)",
    "~~gone~~ [^1] &lt;",
];

#[test]
fn no_name_is_more_than_text() {
    let root = tempfile::tempdir().expect("a folder");
    let identities: String = NAMES
        .iter()
        .map(|name| {
            format!(
                "[identities.\"{name}\"]\nkind = \"api-key\"\nowner = \"team\"\ncredential = \"static-secret\"\nstore = \"vault\"\n\
                 rotation = {{ every = \"90d\", last = 2026-09-01, mode = \"manual\", evidence = \"https://x.example.com\" }}\n"
            )
        })
        .collect();
    write(root.path(), "scope.toml", identities);
    let output = run(soclint()
        .args([
            "forecast",
            "--as-of",
            AS_OF,
            "--until",
            "2027-06-30",
            "--format",
            "markdown",
            "--root",
        ])
        .arg(root.path()));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let shown = stdout(&output);
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.math_code = true;
    let arena = comrak::Arena::new();
    let document = comrak::parse_document(&arena, &shown, &options);
    let mut subjects = Vec::new();
    for node in document.descendants() {
        match &node.data().value {
            NodeValue::Link(link) => {
                let page = link.url.strip_prefix(tool::PAGES);
                assert!(page.is_some(), "a link to {}", link.url);
            }
            NodeValue::HtmlInline(tag) => assert!(
                ["<code>", "</code>", "<span>", "</span>", "<br>"].contains(&tag.as_str()),
                "{tag}"
            ),
            NodeValue::TableRow(false) => {
                let cells: Vec<String> = node.children().map(words).collect();
                assert!(cells.iter().all(|cell| !cell.is_empty()), "{cells:?}");
                match cells.len() {
                    4 => assert!(["team", "no owner"].contains(&cells[0].as_str()), "{cells:?}"),
                    7 => subjects.push(cells[3].clone()),
                    _ => panic!("{cells:?}"),
                }
            }
            NodeValue::Document
            | NodeValue::Table(_)
            | NodeValue::TableRow(_)
            | NodeValue::TableCell
            | NodeValue::Text(_)
            | NodeValue::Code(_) => {}
            other => panic!("{other:?} in {shown}"),
        }
    }
    for name in NAMES {
        let subject = format!("identities.{name}");
        assert!(subjects.contains(&subject), "{subject} is not among {subjects:#?}");
    }
}
