//! In Markdown.

use super::{hostile, sheet, sources};
use crate::render::sheet::markdown;
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 10, 1);

#[test]
fn each_row_is_a_row_and_each_cell_is_text() {
    let sheet = hostile();
    let text = markdown(&sheet, &sources(), DAY, true);
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    let arena = Arena::new();
    let root = parse_document(&arena, &text, &options);
    let (mut rows, mut cells, mut odd) = (0, 0, 0);
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::TableRow(_) => rows += 1,
            NodeValue::TableCell => cells += 1,
            NodeValue::HtmlInline(html) => assert!(html == "<span>" || html == "</span>", "{html}"),
            NodeValue::Link(_)
            | NodeValue::Image(_)
            | NodeValue::Code(_)
            | NodeValue::HtmlBlock(_)
            | NodeValue::Emph => odd += 1,
            _ => {}
        }
    }
    assert_eq!(odd, 0, "markup in {text}");
    assert_eq!(rows, sheet.rows.len() + 1);
    // One column is empty in every row.
    assert_eq!(cells, rows * (sheet.columns.len() - 2));
    assert!(!text.contains(['\u{202e}', '\0', '\u{1b}', '\t']));
}

#[test]
fn the_head_says_what_is_missing() {
    let mut whole = sheet(&["identity.a"]);
    let text = markdown(&whole, &sources(), DAY, true);
    assert!(
        text.starts_with("### Identities as of 2026-10-01\n\n| subject |"),
        "{text}"
    );
    assert!(text.contains("| open |"), "{text}");
    whole.incomplete = vec!["a.tf".to_owned()];
    let text = markdown(&whole, &sources(), DAY, true);
    assert!(text.contains("**incomplete: 1 file was not read"), "{text}");
    assert!(text.contains("\n- a.tf\n"), "{text}");
    assert_eq!(
        markdown(&sheet(&[]), &sources(), DAY, true),
        "### Identities as of 2026-10-01\n\nno identities to list\n"
    );
}
