//! Names are compared byte by byte on every system, and digests with the line ends of none.

use super::{Estate, MISSING_FILE};
use sha2::{Digest, Sha256};

#[test]
fn near_names_are_told() {
    let estate = Estate::naming(&[
        "./EV/x/1.md",
        "./ev/X/1.md",
        "./ev/x/1.MD",
        "./ev/cafe\u{301}.md",
        "./ev/\u{c5}ngstr\u{f6}m.md",
        "./ev\\x\\1.md",
        "./EV\\x\\1.md",
        "./ev/x/1.md ",
        "./EV/x/*.md",
        "/Ev/x/1.md#note",
        "./ev/x/2.md",
        "./ev\\x\\2.md",
    ])
    .with("ev/x/1.md", "said\n")
    .with("ev/caf\u{e9}.md", "said\n")
    .with("ev/A\u{30a}ngstro\u{308}m.md", "said\n");
    let found = estate.found_by(MISSING_FILE);
    let expected = [
        "there is \"ev/x/1.md\"",
        "there is \"ev/x/1.md\"",
        "there is \"ev/x/1.md\"",
        "there is \"ev/caf\u{e9}.md\"",
        "there is \"ev/A\u{30a}ngstro\u{308}m.md\"",
        "there is \"ev/x/1.md\"",
        "there is \"ev/x/1.md\"",
        "there is \"ev/x/1.md\"",
        "there is \"ev/x\"",
        "there is \"ev/x/1.md\"",
        "it does not exist",
        "written with `\\`",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.message.contains(expected), "{}: {expected}", found.message);
    }
    assert!(found[11].help.contains("\"./ev/x/2.md\""), "{}", found[11].help);
}

#[test]
fn names_as_they_are_have_nothing_near() {
    let estate = Estate::naming(&[
        "./ev/x/1.md",
        "./ev/X/1.md",
        "./ev/Stra\u{df}e.md",
        "./ev/caf\u{e9}.md",
        "./ev/cafe\u{301}.md",
        "./ev/2026",
        "./ev/\u{130}.md",
        "./ev/a b .md",
    ])
    .with("ev/x/1.md", "said\n")
    .with("ev/X/1.md", "said\n")
    .with("ev/Stra\u{df}e.md", "said\n")
    .with("ev/caf\u{e9}.md", "said\n")
    .with("ev/cafe\u{301}.md", "said\n")
    .with("ev/2026", "said\n")
    .with("ev/\u{130}.md", "said\n")
    .with("ev/a b .md", "said\n");
    assert_eq!(estate.found_by(MISSING_FILE), []);
}

#[test]
fn strange_paths_are_missing_and_nothing_worse() {
    let long = format!("./{}", "x".repeat(5_000));
    let deep = format!("./{}x", "a/".repeat(3_000));
    let places = [
        "./a\0b.md",
        &long,
        &deep,
        "./file.md/x",
        "./\u{202e}dm.x",
        "./%2e%2e/x",
        "./nul:",
        "./...",
    ];
    let found = Estate::naming(&places).with("file.md", "said\n").found_by(MISSING_FILE);
    assert_eq!(found.len(), places.len(), "{found:#?}");
    for found in found {
        assert!(found.message.contains("it does not exist"), "{}", found.message);
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is found of a file whose declared digest is that of other bytes.
fn changed(declared: &[u8], there: &[u8]) -> Vec<super::Found> {
    let manifest = format!(
        "owner = \"t\"\n[evidence.e]\nkind = \"log\"\nat = \"./x\"\nsha256 = \"{}\"\n[controls.c]\noperating = \"e\"\n",
        digest(declared)
    );
    Estate::of(&manifest).with("x", there).found_by("evidence-changed")
}

#[test]
fn line_ends_change_no_digest_of_a_text() {
    let long: String = (0..20_000).map(|at| format!("{at},restored\n")).collect();
    for text in ["a\nb\n", "\n a", "one line", "é\n\u{a0}\n", "a\r\rb\n", &long] {
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(changed(text.as_bytes(), text.as_bytes()), [], "{text:.20}");
        assert_eq!(changed(text.as_bytes(), crlf.as_bytes()), [], "{text:.20} with CRLF");
        // The bytes themselves will do, too.
        assert_eq!(
            changed(crlf.as_bytes(), crlf.as_bytes()),
            [],
            "{text:.20}, declared with CRLF"
        );
    }
}

#[test]
fn anything_else_that_differs_does() {
    for (declared, there) in [
        (&b"a\nb\n"[..], &b"a\nc\n"[..]),
        (b"a\nb\n", b"a\nb"),
        (b"a\nb\n", b"a\r\nb\r\n "),
        (b"a\nb\n", b"a\rb\r"),
        (b"a b\n", b"a  b\n"),
        (b"\0a\nb", b"\0a\r\nb"),
        (b"a\n\nb", b"a\n\r\n\nb"),
    ] {
        assert_eq!(changed(declared, there).len(), 1, "{declared:?} and {there:?}");
    }
    // Declared where line ends were changed: then it is said which digest holds everywhere.
    let found = changed(b"a\r\nb\r\n", b"a\nb\n");
    assert_eq!(found.len(), 1);
    let help = &found[0].help;
    assert!(help.contains("CRLF") && help.contains(&digest(b"a\nb\n")), "{help}");
}
