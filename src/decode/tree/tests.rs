//! What the quick way makes of a text is what `toml` makes of it, or nothing.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by that")]

use super::pieces::in_pieces;
use super::{Item, Pieces, Table, Value, build, from_toml};
use proptest::prelude::*;
use std::path::Path;
use toml::de::DeTable;

/// The same tree whichever way it came: entries in the order of their keys, and nothing of how they were made.
fn sorted(table: Table<'_>) -> Table<'_> {
    let mut entries = table.entries;
    entries.sort_by(|(a, _), (b, _)| a.text.cmp(&b.text));
    Table {
        entries: entries.into_iter().map(|(key, item)| (key, plain(item))).collect(),
        ..Table::default()
    }
}

fn plain(item: Item<'_>) -> Item<'_> {
    let value = match item.value {
        Value::Table(table) => Value::Table(sorted(table)),
        Value::List(mut list) => {
            list.of_tables = false;
            list.items = list.items.into_iter().map(plain).collect();
            Value::List(list)
        }
        value => value,
    };
    Item { value, ..item }
}

/// Whether the quick way took the text. Fails if it took another text than `toml` does, or took it otherwise.
fn agrees(text: &str) -> bool {
    let quick = build(text);
    assert_eq!(quick, in_pieces(text, 1), "in one piece and in many: {text}");
    let took = quick.is_some();
    match (quick, DeTable::parse(text)) {
        (Some(quick), Ok(table)) => assert_eq!(sorted(quick), sorted(from_toml(table.into_inner())), "{text}"),
        (Some(quick), Err(error)) => panic!("{error} in\n{text}\nof which came {quick:?}"),
        (None, _) => {}
    }
    took
}

/// The tree of which what is finished of two tables was taken whenever it could be, put together again. Nothing if an
/// entry was taken twice.
fn in_parts(text: &str) -> Option<Table<'_>> {
    let mut pieces = Pieces::new(text, 1);
    let mut taken = Vec::new();
    while pieces.read() {
        taken.extend(pieces.take(&["a", "b"]).entries);
    }
    let mut root = pieces.finish()?;
    for (key, part) in taken {
        let at = root.find(&key.text)?;
        let (Value::Table(table), Value::Table(part)) = (&mut root.entries[at].1.value, part.value) else {
            panic!("what was taken are tables: {text}");
        };
        for (key, item) in part.entries {
            if table.find(&key.text).is_some() {
                return None;
            }
            table.push(key, item);
        }
    }
    Some(root)
}

/// Whether the text was taken in parts. Fails if they are another text than the whole.
fn agrees_in_parts(text: &str) -> bool {
    let parts = in_parts(text).map(sorted);
    assert!(
        parts.is_none() || parts == build(text).map(sorted),
        "{parts:?} of\n{text}"
    );
    parts.is_some()
}

fn texts(folder: &Path, found: &mut Vec<String>) {
    let entries = std::fs::read_dir(folder).unwrap();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.extend(String::from_utf8(std::fs::read(path).unwrap()));
        }
    }
}

#[test]
fn every_fixture_that_is_toml_is_taken_as_it_is() {
    let mut found = Vec::new();
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut found);
    assert!(found.len() > 2_000, "{} fixtures", found.len());
    let is_left = |text: &&String| DeTable::parse(text).is_ok() && !agrees(text);
    let left: Vec<&String> = found.iter().filter(is_left).collect();
    assert!(left.is_empty(), "TOML that was left to the slow way: {left:#?}");
}

#[test]
fn each_kind_of_table_and_value_is_taken() {
    for text in [
        "",
        "a = 1\nb = 0x1F\nc = -1_000\nd = 1.5\ne = inf\nf = true\n",
        "a = 2026-09-30\nb = 07:32:00\nc = 2026-09-30T07:32:00Z\n",
        "a = \"t\\u00e9\"\nb = '''\nlines\n'''\nc = \"\"\"\nlines \\\n  joined\"\"\"\n\"quoted key\" = ''\n",
        "a.b.c = 1\na.b.d = 2\na.e = 3\n[f]\ng.h = 1\n",
        "[a.b]\nc = 1\n[a]\nd = 2\n[a.b.e]\nf = 3\n",
        "[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 1\n[[a.e]]\n[[a.e]]\nf = 1\n",
        "a = { b = 1, c.d = 2, c.e = [1, [2, { f = 3 }], ], }\n",
        "a = [\n  1, # one\n\n  2\n]\n",
        "\u{feff}a = 1\r\n[b]\r\n# c\r\n",
        "A-z_0 = \"\"\n\"\" = \"\u{e9} '#'\"\n\"a\\tb\" = \"a\tb\"\n'c\"' = \"\\\"\"\n",
        "a = [2026-01-01, 2026-12-28, 2026-12-29, 2024-02-29, 0000-01-01]\n",
    ] {
        assert!(agrees(text), "left to the slow way: {text}");
    }
}

#[test]
fn what_is_wrong_is_left_to_the_slow_way() {
    let deep = format!("a = {}1{}\n", "[".repeat(200), "]".repeat(200));
    let dotted = format!("{}a = 1\n", "a.".repeat(200));
    for text in [
        "a = 1\na = 2\n",
        "[a]\n[a]\n",
        "a = 1\n[a]\n",
        "[a]\nb.c = 1\n[a.b]\n",
        "[[a]]\n[a]\n",
        "[a]\n[[a]]\n",
        "a = []\n[[a]]\n",
        "a = {}\n[a.b]\n",
        "a = { b = 1 }\na.c = 2\n",
        "a = { b = 1, b = 2 }\n",
        "a = { b.c = 1, b = 2 }\n",
        "a.b = 1\na.b.c = 2\n",
        "a = 2026-02-30\n",
        "a = 2025-02-29\n",
        "a = 2026-13-01\n",
        "a = 2026-00-01\n",
        "a = 2026-01-00\n",
        "a = 2026-1-01\n",
        "a = \"\u{7f}\"\n",
        "a = \"\u{1f}\"\n",
        "a\u{e9} = 1\n",
        "a+b = 1\n",
        "a = tru\n",
        "a = \"\\q\"\n",
        "a = 1 b = 2\n",
        "a = [1\n",
        "# \u{7}\n",
        "= 1\n",
        deep.as_str(),
        dotted.as_str(),
    ] {
        assert!(!agrees(text), "taken: {text}");
    }
    let many: String = (0..40).map(|n| format!("k{n} = {n}\n")).collect();
    assert!(agrees(&many));
    assert!(!agrees(&format!("{many}k0 = 1\n")) && !agrees(&format!("{many}k39 = 1\n")));
}

#[test]
fn entries_may_be_taken_while_a_text_is_read() {
    for text in [
        "[a.b]\nc = 1\n[a.b.d]\n[[a.b.e]]\n[[a.b.e]]\nf = 1\n[a.g]\n",
        "[a.b]\n[a.c.d]\n[a]\ne = 1\n[b.a]\n",
        "[a]\nb.c = 1\nb.d = 2\n[b]\nc = {}\n[c.b]\n[c.a]\n",
    ] {
        assert!(agrees_in_parts(text), "{text}");
    }
    for text in [
        "[a.b]\n[b.a]\n[a.b.c]\n",
        "[a.b]\n[b.a]\n[a.b]\n",
        "[a.b]\n[b.a]\n[[a.b]]\n",
        "[a]\nb = 1\n[b.a]\n[a.b]\n",
    ] {
        assert!(!agrees_in_parts(text), "{text}");
    }
}

/// Statements that meet in every way that tables can.
fn statement() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        "[abc]",
        "[abc]\\.[abc]",
        "[abc]\\.[abc]\\.[abc]",
        Just("\"a\"".to_owned())
    ];
    let value = prop_oneof![
        Just("1"),
        Just("[]"),
        Just("{}"),
        Just("{ a = 1, b.c = 2 }"),
        Just("[{ a.b = 1 }, 'x']"),
        Just("2026-09-30"),
        Just("\"t\\n\"")
    ];
    (key, value, 0..4).prop_map(|(key, value, form)| match form {
        0 => format!("[{key}]\n"),
        1 => format!("[[{key}]]\n"),
        _ => format!("{key} = {value}\n"),
    })
}

proptest! {
    #[test]
    fn tables_that_meet_are_taken_alike(statements in prop::collection::vec(statement(), 1..10)) {
        agrees(&statements.concat());
        agrees_in_parts(&statements.concat());
    }

    #[test]
    fn any_value_and_any_key_are_taken_alike(
        key in "[a-zA-Z0-9_-]{0,3}(\\PC|\\s|[\"'.\\\\])?",
        value in "\"?([a-z0-9 '\\\\\"\t\u{7f}\u{1}é-]{0,5})\"?|[0-9]{4}-[0-3][0-9]-[0-3][0-9]",
    ) {
        agrees(&format!("{key} = {value}\n\"x{key}\" = '{value}'\n"));
    }

    #[test]
    fn any_text_is_taken_alike(text in "([abc.=\\[\\]{},'\" \n#1-]|true|2026-09-30|\\PC){0,40}") {
        agrees(&text);
    }
}
