use proptest::prelude::*;

use super::{Fault, Node, Tree};
use crate::source::Span;

fn slice(text: &str, span: Span) -> &str {
    &text[span.range()]
}

fn value<'t>(tree: &'t Tree<'t>, key: &str) -> Node<'t, 't> {
    tree.documents()
        .next()
        .and_then(|root| root.get(key))
        .unwrap_or_else(|| unreachable!("{key}"))
}

#[test]
fn spans_are_of_the_values() {
    let text = "\u{feff}a: é😀\r\n'b': 'it''s'\nc: \"x\\ny\"\nd:\n  - 1\n  - {e: f}\n\n\ng: |\n  one\n  two\n\nh: !Ref name\ni:\n";
    let (tree, fault) = Tree::parse(text);
    assert_eq!(fault, None);
    let of = |key: &str| slice(text, value(&tree, key).span());
    assert_eq!(of("a"), "é😀");
    assert_eq!(of("b"), "it''s");
    assert_eq!(of("c"), "x\\ny");
    assert_eq!(of("d"), "- 1\n  - {e: f}");
    assert_eq!(of("g"), "one\n  two");
    assert_eq!(of("h"), "name");
    assert_eq!(of("i"), "");
    assert_eq!(value(&tree, "h").tag(), Some("!Ref"));
    assert_eq!(value(&tree, "a").tag(), None);
    assert_eq!(value(&tree, "b").text(), Some("it's"));
    assert_eq!(value(&tree, "i").text(), Some(""));
    assert!(value(&tree, "i").is_null() && value(&tree, "a").is_plain() && !value(&tree, "b").is_plain());
    assert!(value(&tree, "d").is_list() && value(&tree, "d").text().is_none());
    let e = value(&tree, "d").items().nth(1).and_then(|item| item.get("e"));
    assert_eq!(e.and_then(Node::text), Some("f"));
    let keys: Vec<_> = tree
        .documents()
        .flat_map(|root| root.entries())
        .filter_map(|(key, _)| key.text())
        .collect();
    assert_eq!(keys, ["a", "b", "c", "d", "g", "h", "i"]);
}

#[test]
fn json_is_read() {
    let text = "{\n\t\"a\":\t[1,\t{\"b\": \"\\ud83d\\ude00\\/\"}],\r\n\t\"c\"\n:null, \"d\":{}, \"e\":[]}\n";
    let (tree, fault) = Tree::parse(text);
    assert_eq!(fault, None);
    let b = value(&tree, "a").items().nth(1).and_then(|item| item.get("b"));
    assert_eq!(b.and_then(Node::text), Some("😀/"));
    assert!(value(&tree, "c").is_null());
    assert_eq!(slice(text, value(&tree, "d").span()), "{}");
    assert_eq!(
        value(&tree, "d").entries().count() + value(&tree, "e").items().count(),
        0
    );
    // One line, long values and long nested keys.
    let long = "x".repeat(5000);
    let text = format!(
        "{{\"k\":{{\"{}\":\"{long}\",\"l\":[[\"{long}\"],{{\"m\":\"{long}\"}}]}}}}",
        "y".repeat(900)
    );
    let (tree, fault) = Tree::parse(&text);
    assert_eq!(fault, None);
    assert_eq!(value(&tree, "k").entries().count(), 2);
}

#[test]
fn whole_documents_before_a_fault_are_kept() {
    let (tree, fault) = Tree::parse("a: 1\n---\n# nothing\n---\nb: [\n---\nc: 1\n");
    assert_eq!(fault.map(|(fault, _)| fault), Some(Fault::Syntax));
    let documents: Vec<_> = tree.documents().collect();
    assert_eq!(documents.len(), 2);
    assert!(documents[0].get("a").is_some() && documents[1].is_null());
    let (tree, fault) = Tree::parse("");
    assert!(fault.is_none() && tree.documents().next().is_none());
    // A template.
    assert!(Tree::parse("{{- if .Values.x }}\na: 1\n{{- end }}\n").1.is_some());
}

#[test]
fn aliases_are_followed_and_cycles_are_not() {
    let text = "a: &x {k: v}\nb: *x\nc: &y [*y, *z, *x]\nd: &s word\ne: *s\n";
    let (tree, fault) = Tree::parse(text);
    assert_eq!(fault, None);
    let b = value(&tree, "b");
    assert!(b.is_alias() && b.is_map() && !value(&tree, "a").is_alias());
    assert_eq!(b.get("k").map(|k| slice(text, k.span())), Some("v"));
    assert_eq!(slice(text, b.span()), "{k: v}");
    let c: Vec<_> = value(&tree, "c").items().collect();
    assert!(c[0].is_null() && c[1].is_null() && c[2].get("k").is_some());
    assert_eq!(value(&tree, "e").text(), Some("word"));
    assert_eq!(slice(text, value(&tree, "e").at(1..3)), "or");
    assert_eq!(b.walk().count(), 1);
    assert_eq!(value(&tree, "a").walk().count(), 3);
    // A name that is given again means the last one before.
    let (tree, _) = Tree::parse("- &x 1\n- &x 2\n- *x\n");
    let last = tree.documents().flat_map(|root| root.items()).last();
    assert_eq!(last.and_then(Node::text), Some("2"));
}

#[test]
fn merged_maps_follow_own_keys() {
    let text =
        "base: &b {a: 1, b: 2, <<: &c {z: 26, a: 0}}\nmore: &m {b: 3, d: 4}\nown:\n  <<: [*b, *m, *c]\n  a: own\n";
    let (tree, fault) = Tree::parse(text);
    assert_eq!(fault, None);
    let own = value(&tree, "own");
    let all: Vec<_> = own
        .entries()
        .map(|(key, value)| (key.text().unwrap_or_default(), value.text().unwrap_or_default()))
        .collect();
    assert_eq!(all, [("a", "own"), ("b", "2"), ("z", "26"), ("d", "4")]);
    assert_eq!(own.get("z").and_then(Node::text), Some("26"));
    assert_eq!(own.get("b").and_then(Node::text), Some("2"));
    assert!(own.get("x").is_none());
    // Itself, and each other.
    let (tree, _) = Tree::parse("a: &a\n  <<: *a\n  b: &b {<<: [*a, *b], c: 1}\n");
    assert_eq!(value(&tree, "a").entries().count(), 1);
    assert_eq!(value(&tree, "a").get("b").map(|b| b.entries().count()), Some(1));
    // A quoted one is a key as any other.
    let (tree, _) = Tree::parse("a: {'<<': {b: 1}}\n");
    assert!(value(&tree, "a").get("b").is_none());
}

#[test]
fn of_keys_that_are_there_twice_the_first_counts() {
    let (tree, fault) = Tree::parse("a: 1\na: 2\n");
    assert_eq!(fault, None);
    assert_eq!(value(&tree, "a").text(), Some("1"));
}

#[test]
fn places_in_scalars_are_those_of_the_file() {
    for (text, needle, expected) in [
        ("a: one two\n", "two", "two"),
        ("a: one\n  two\n", "e t", "e\n  t"),
        ("a: 'it''s é'\n", "'s é", "''s é"),
        ("a: \"x\\u00e9\\ty\"\n", "é\ty", "\\u00e9\\ty"),
        ("a: \"one \\\n   two\"\n", "two", "two"),
        ("a: |\n  one\n   two\n\n  x\n", "two\n\nx", "two\n\n  x"),
        ("a: |\r\n  one\r\n  two\r\n", "e\ntwo", "e\r\n  two"),
        (
            "a: >-\n\n  one\n  two\n\n  three\n    four\n",
            "two\nthree",
            "two\n\n  three",
        ),
        (
            "a: >-\n\n  one\n  two\n\n  three\n    four\n",
            "\none two",
            "\n  one\n  two",
        ),
        ("a: |2\n    one\n  two\n", "  one", "  one"),
        ("\u{feff}a: {b: \"\\ud83d\\ude00z\"}\n", "😀z", "\\ud83d\\ude00z"),
    ] {
        let (tree, fault) = Tree::parse(text);
        assert_eq!(fault, None, "{text}");
        let mut scalars = tree.documents().flat_map(|root| root.walk());
        let node = scalars.find(|node| node.text().is_some_and(|value| value.contains(needle)));
        let Some((node, at)) = node.and_then(|node| Some((node, node.text()?.find(needle)?))) else {
            unreachable!("{text}");
        };
        assert_eq!(slice(text, node.at(at..at + needle.len())), expected, "{text}");
        assert_eq!(node.at(0..9999), node.span());
    }
}

#[test]
fn hostile_texts_cost_no_more_than_others() {
    let laughs = |levels: usize| {
        let mut text = String::from("l0: &l0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..levels {
            let before = level - 1;
            let aliases = vec![format!("*l{before}"); 9].join(", ");
            text += &format!("l{level}: &l{level} [{aliases}]\n");
        }
        text
    };
    let deep_blocks: String = (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for (text, expected) in [
        ("[".repeat(1 << 20), Some(Fault::TooDeep)),
        ("{a: ".repeat(1 << 18), Some(Fault::TooDeep)),
        ("- ".repeat(1 << 19), Some(Fault::TooDeep)),
        ("? ".repeat(1 << 19), Some(Fault::TooDeep)),
        (deep_blocks, Some(Fault::TooDeep)),
        (format!("a: &a [x]\nb: [{}]", "*a, ".repeat(100_000)), None),
        (format!("[{}]", "x, ".repeat(300_000)), Some(Fault::TooLarge)),
        (format!("a: {}", "x".repeat(1 << 20)), None),
        (format!("a: \"{}\"", "\\n".repeat(1 << 19)), None),
        (laughs(60), None),
        ("---\n".repeat(1 << 18), Some(Fault::TooLarge)),
    ] {
        let (tree, fault) = Tree::parse(&text);
        assert_eq!(
            fault.map(|(fault, _)| fault),
            expected,
            "{}",
            &text[..text.len().min(40)]
        );
        for node in tree.documents().flat_map(|root| root.walk()) {
            assert!(text.get(node.span().range()).is_some());
        }
    }
}

#[test]
fn what_aliases_lead_to_is_read_only_so_often() {
    let big = "k: v, ".repeat(50_000);
    let text = format!("a: &a {{{big}}}\nb: [{}]", "*a, ".repeat(50_000));
    let (tree, fault) = Tree::parse(&text);
    assert_eq!(fault, None);
    let read: usize = value(&tree, "b").items().map(|item| item.entries().count()).sum();
    assert!(read > 50_000 && read < 20_000_000, "{read}");
}

fn style() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("plain"),
        Just("'"),
        Just("\""),
        Just("|"),
        Just(">"),
        Just("|+"),
        Just(">-"),
        Just("|-")
    ]
}

/// What a piece of a scalar's source means, without its style: enough to compare characters that are no blanks.
fn is_same_but_for_blanks(written: &str, value: &str, style: &str) -> bool {
    let written = match style {
        "'" => written.replace("''", "'"),
        "\"" => written
            .replace("\\\\", "\u{1}")
            .replace("\\n", "")
            .replace("\\a", "\u{7}")
            .replace("\\b", "\u{8}")
            .replace("\\ ", "")
            .replace("\\\t", "")
            .replace("\\t", "")
            .replace("\\\"", "\"")
            .replace("\\u00e9", "é")
            .replace("\\ud83d\\ude00", "😀")
            .replace("\\\n", "")
            .replace("\\\r\n", "")
            .replace('\u{1}', "\\"),
        _ => written.to_owned(),
    };
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    bare(&written) == bare(value)
}

proptest! {
    #[test]
    fn every_piece_of_a_scalar_is_found_in_the_file(
        style in style(),
        pieces in prop::collection::vec(prop_oneof![
            Just("a"), Just("bc"), Just("é"), Just("😀"), Just(" "), Just("  "), Just("\n"), Just("\n\n"), Just("\t"),
            Just("'"), Just("\""), Just("\\"), Just("${{ x }}"), Just("#"), Just("\\u00e9"), Just("\\n"),
            Just("\\ud83d\\ude00"), Just("\\\n")], 1..20),
        crlf: bool, bom: bool, indent in 1usize..4,
    ) {
        let body: String = pieces.concat();
        let pad = " ".repeat(indent);
        let lines = body.split('\n').map(|line| format!("\n{pad}{line}")).collect::<String>();
        let written = match style {
            "plain" => format!("x{lines}"),
            "'" => format!("'{}'", lines[1 + indent..].replace('\'', "''")),
            "\"" => format!("\"{}\"", lines[1 + indent..].replace('"', "\\\"")),
            block => format!("{block}{lines}"),
        };
        let mut text = format!("{}first: 1\nkey: {written}\nlast: 2\n", if bom { "\u{feff}" } else { "" });
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        let (tree, fault) = Tree::parse(&text);
        prop_assume!(fault.is_none());
        let Some(node) = tree.documents().next().and_then(|root| root.get("key")) else {
            return Err(TestCaseError::reject("no key"));
        };
        let value = node.text().unwrap_or_default();
        let blank = value.trim().is_empty();
        for (start, c) in value.char_indices() {
            let span = node.at(start..start + c.len_utf8());
            let source = slice(&text, span);
            prop_assert!(blank || source.chars().count() <= 12 || c.is_whitespace(), "{text:?} {c:?} {source:?}");
            prop_assert!(blank || is_same_but_for_blanks(source, &value[start..start + c.len_utf8()], style),
                "{text:?} {c:?} {source:?}");
        }
        let starts: Vec<_> = value.char_indices().map(|(at, _)| at).chain([value.len()]).collect();
        for (number, start) in starts.iter().enumerate() {
            for end in &starts[number..] {
                let source = slice(&text, node.at(*start..*end));
                prop_assert!(blank || is_same_but_for_blanks(source, &value[*start..*end], style),
                    "{text:?} {:?} {source:?}", &value[*start..*end]);
            }
        }
    }

    #[test]
    fn no_text_breaks_it(text in "[-a-c:{}\\[\\]&*!|>'\"\\\\ \t\r\n#?,%@<\u{feff}é😀]{0,80}") {
        let (tree, _) = Tree::parse(&text);
        for node in tree.documents().flat_map(|root| root.walk()) {
            prop_assert!(text.get(node.span().range()).is_some());
            let value = node.text().unwrap_or_default();
            for (start, c) in value.char_indices() {
                prop_assert!(text.get(node.at(start..start + c.len_utf8()).range()).is_some());
            }
            prop_assert!(node.entries().count() <= text.len() && node.items().count() <= text.len());
        }
    }
}
