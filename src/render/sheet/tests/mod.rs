//! A table with whatever someone may have written, in each format.

mod csv;
mod markdown;
mod table;
mod xlsx;

use crate::source::{FileId, Place, Source, Sources, Span};
use crate::views::{Cell, Column, Holds, SeenPlace, Sheet, Word};
use jiff::civil::date;

const fn column(key: &'static str, head: &'static str, holds: Holds, is_narrow: bool) -> Column {
    Column {
        key,
        head,
        about: "",
        holds,
        is_narrow,
    }
}

static COLUMNS: [Column; 8] = [
    column("subject", "subject", Holds::Text, true),
    column("kind", "kind", Holds::Text, true),
    column("environments", "environments", Holds::List, true),
    column("rotated", "last rotated", Holds::Day, true),
    column("credentials", "credentials", Holds::Count, false),
    column("rotation", "rotation", Holds::Standing, true),
    column("places", "seen at", Holds::Places, true),
    column("never", "never filled", Holds::Text, true),
];

/// What must stay a text, and be no markup, no command and no direction.
const HOSTILE: [&str; 22] = [
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+1",
    "-1",
    "-",
    " =1+1",
    "\u{feff}=1+1",
    "\u{3000}\u{a0}=1+1",
    "＝1+1",
    "\"=1+1",
    "x; =1+1",
    "\t=1+1",
    "\r=1+1",
    "a\tb",
    "a\nb\r\nc",
    "a|b|c",
    "`code` <script>alert(1)</script> [a](javascript:b) ![c](https://x.invalid) @someone #1",
    "a\u{202e}b\u{200b}c",
    "a\0b\u{1b}[31mc\u{fffe}\u{ffff}",
    "🙂❤\u{fe0f}👨\u{200d}👩\u{200d}👧",
    "_x0041_ _x003D_1",
    "\"quoted\", 'too'",
];

fn sources() -> Sources {
    let lines = "\n".repeat(40);
    Sources::new(vec![
        Source::new("a/main.tf".to_owned(), lines.clone()),
        Source::new("b.yml".to_owned(), lines),
    ])
}

fn seen(file: u32, line: u32, locator: &str) -> SeenPlace {
    let span = Span {
        start: line - 1,
        end: line - 1,
    };
    SeenPlace {
        place: Place {
            file: FileId(file),
            span,
        },
        locator: locator.to_owned(),
    }
}

fn row(subject: &str) -> Vec<Cell> {
    vec![
        Cell::Text(subject.to_owned()),
        Cell::Nothing,
        Cell::List(vec!["production".to_owned(), subject.to_owned()]),
        Cell::Day(date(2026, 3, 31)),
        Cell::Count(2),
        Cell::Standing(Word::Open),
        Cell::Places(vec![seen(0, 3, "arn:x"), seen(0, 3, "arn:x"), seen(1, 7, "arn:x")]),
        Cell::Nothing,
    ]
}

fn sheet(subjects: &[&str]) -> Sheet {
    Sheet {
        name: "identities",
        columns: &COLUMNS,
        rows: subjects.iter().map(|subject| row(subject)).collect(),
        incomplete: Vec::new(),
        notes: Vec::new(),
    }
}

fn hostile() -> Sheet {
    let long = "long ".repeat(8_000);
    let mut subjects = HOSTILE.to_vec();
    subjects.push(&long);
    let mut sheet = sheet(&subjects);
    sheet.incomplete = HOSTILE.iter().map(|name| (*name).to_owned()).collect();
    sheet.notes = vec!["Left out: =1+1 <b>\u{202e}".to_owned()];
    sheet
}

#[test]
fn places_with_several_locators_name_them_where_there_is_room() {
    let places = Cell::Places(vec![seen(0, 1, "arn:x"), seen(0, 1, "k8s:y"), seen(1, 2, "k8s:y")]);
    let form = |whole| super::Form { between: ", ", whole };
    let text = |whole| super::text(&places, &sources(), form(whole));
    assert_eq!(text(false), "a/main.tf:1, b.yml:2");
    assert_eq!(text(true), "a/main.tf:1 (arn:x), a/main.tf:1 (k8s:y), b.yml:2 (k8s:y)");
}
