//! `soclint timeline`: what it shows, in each format, and the plans that it drafts.

use crate::cases::{entries, project};
use crate::tool::{AS_OF, run, soclint, stderr, stdout, write};
use comrak::nodes::NodeValue;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Output;
use unicode_width::UnicodeWidthStr;

pub fn timeline(root: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    on(AS_OF, root, args, env)
}

fn on(as_of: &str, root: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = soclint();
    command
        .args(["timeline", "--root"])
        .arg(root)
        .args(["--as-of", as_of])
        .args(args)
        .env("LC_ALL", "C.UTF-8")
        .envs(env.iter().copied());
    run(&mut command)
}

fn json(root: &Path, args: &[&str]) -> Value {
    let output = timeline(root, &[args, &["--format", "json"]].concat(), &[]);
    serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)))
}

fn rows(document: &Value) -> &[Value] {
    document["timeline"].as_array().expect("entries")
}

/// Each row that is something: its subject, its days, how it stands.
fn of<'d>(document: &'d Value, what: &str) -> Vec<(&'d str, String, &'d str)> {
    let own = rows(document).iter().filter(|row| row["what"] == what);
    let text = |value: &Value| value.as_str().unwrap_or("..").to_owned();
    own.map(|row| {
        let when = match &row["day"] {
            Value::String(day) => day.clone(),
            _ => format!("{} {}", text(&row["from"]), text(&row["to"])),
        };
        (
            row["subject"].as_str().expect("a subject"),
            when,
            row["stage"].as_str().expect("a stage"),
        )
    })
    .collect()
}

const MANIFEST: &str = r#"
owner = "ada"

[organization]
fiscal-year-end = "03-31"

[owners.ada]
kind = "person"

[owners.bob]
kind = "person"

[services.pay]
financial-impact = "direct"
user-entities = { sec-issuers = true, fiscal-year-ends = "09-30" }
claims = ["soc1-2025", "soc1-2026"]

[services.other]
owner = "bob"
exposure = "internal"

[reports.soc1-2025]
framework = "soc1"
type = 2
period = { from = 2024-10-01, to = 2025-06-30 }
issued = 2025-08-15
opinion = "unmodified"
covers = "pay"

[reports.soc1-2026]
framework = "soc1"
type = 2
period = { from = 2025-07-11, to = 2026-03-31 }
issued = 2026-05-15
opinion = "qualified"
covers = "pay"
bridge-letter = { period = { from = 2026-04-01, to = 2026-05-31 }, issued-by = "management" }

[reports.soc1-2027]
framework = "soc1"
type = 2
status = "planned"
period = { from = 2026-10-01, to = 2027-09-30 }
expected = 2027-11-30
covers = "pay"
predecessor = "soc1-2026"

[reports.soc2-start]
framework = "soc2"
type = 1
as-of = 2026-09-15
issued = 2026-09-30
covers = "other"
owner = "bob"

[certificates.iso]
framework = "iso27001"
edition = "2022"
issued = 2025-06-01
expires = 2028-05-31
surveillance = [2026-05-20, 2027-05-20]
covers = "pay"

[third-parties.cloud]
role = "subservice-organization"
method = "carve-out"
supports = "pay"
review = { every = "1y", last = 2025-09-01 }
reports = { framework = "soc1", type = 2, period = { from = 2025-07-01, to = 2026-06-30 } }

[identities.deployer]
kind = "ci-pipeline"
owner = "bob"
services = "other"
credential = "static-secret"
rotation = { every = "90d", last = 2026-09-01 }
review = { every = "6mo", last = 2026-01-01 }
expires = 2027-01-31

[[waivers]]
rule = "stale-report"
subject = "reports.soc1-2025"
reason = "nobody reads it any more"
owner = "ada"
approved-by = "bob"
expires = 2026-12-31
"#;

pub fn estate() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    // `owner` is no key of a report.
    write(
        root.path(),
        "scope.toml",
        MANIFEST.replace("covers = \"other\"\nowner = \"bob\"\n", "covers = \"other\"\n"),
    );
    root
}

#[test]
fn each_kind_of_thing_is_at_its_days() {
    let root = estate();
    let document = json(root.path(), &["--from", "2024-01-01", "--to", "2028-12-31"]);
    assert_eq!(document["incomplete"], serde_json::json!([]));
    let when = |from: &str, to: &str| format!("{from} {to}");
    assert_eq!(
        of(&document, "report"),
        [
            ("reports.soc1-2025", when("2024-10-01", "2025-06-30"), "settled"),
            ("reports.soc1-2026", when("2025-07-11", "2026-03-31"), "settled"),
            ("reports.soc1-2027", when("2026-10-01", "2027-09-30"), "ahead"),
            ("reports.soc2-start", "2026-09-15".to_owned(), "settled"),
        ]
    );
    // Between two, before what is planned, and before the year-end of those who rely on it; the letter joins the period.
    assert_eq!(
        of(&document, "days not covered"),
        [
            ("reports.soc1-2026", when("2025-07-01", "2025-07-10"), "missing"),
            ("reports.soc1-2026", when("2026-06-01", "2026-09-30"), "missing"),
            ("reports.soc1-2027", when("2026-04-01", "2026-09-30"), "missing"),
        ]
    );
    assert_eq!(
        of(&document, "bridge letter"),
        [("reports.soc1-2026", when("2026-04-01", "2026-05-31"), "settled")]
    );
    assert_eq!(
        of(&document, "report expected"),
        [("reports.soc1-2027", "2027-11-30".to_owned(), "ahead")]
    );
    assert_eq!(
        of(&document, "certificate"),
        [("certificates.iso", when("2025-06-01", "2028-05-31"), "settled")]
    );
    let day = |subject, day: &str, stage| (subject, day.to_owned(), stage);
    assert_eq!(
        of(&document, "surveillance audit"),
        [
            day("certificates.iso", "2026-05-20", "settled"),
            day("certificates.iso", "2027-05-20", "ahead"),
        ]
    );
    // Fifteen months after the last one, as `surveillance-overdue` judges it.
    assert_eq!(
        of(&document, "surveillance audit due"),
        [day("certificates.iso", "2027-08-20", "ahead")]
    );
    assert_eq!(
        of(&document, "third party's report"),
        [("third-parties.cloud", when("2025-07-01", "2026-06-30"), "settled")]
    );
    assert_eq!(
        of(&document, "third party review"),
        [day("third-parties.cloud", "2026-09-01", "missing")]
    );
    assert_eq!(
        of(&document, "rotation"),
        [day("identities.deployer", "2026-11-30", "ahead")]
    );
    assert_eq!(
        of(&document, "access review"),
        [day("identities.deployer", "2026-07-01", "missing")]
    );
    assert_eq!(
        of(&document, "identity expires"),
        [day("identities.deployer", "2027-01-31", "ahead")]
    );
    assert_eq!(
        of(&document, "waiver ends"),
        [day("reports.soc1-2025", "2026-12-31", "ahead")]
    );
    let ends = of(&document, "fiscal year-end of user entities");
    assert_eq!(ends.len(), 5);
    assert_eq!(ends[2], day("services.pay", "2026-09-30", "settled"));
    let own = of(&document, "own fiscal year-end");
    assert_eq!(own.len(), 5);
    assert_eq!(own[3], day("organization", "2027-03-31", "ahead"));
    // The manifest of a row says the day there.
    for row in rows(&document) {
        let line = row["declared-at"]["line"].as_u64().expect("a line");
        assert!(line > 1 && row["declared-at"]["file"] == "scope.toml", "{row}");
    }
}

#[test]
fn the_default_axis_says_what_is_outside_of_it() {
    let root = estate();
    let document = json(root.path(), &[]);
    assert_eq!(
        (&document["from"], &document["to"]),
        (&"2025-04-01".into(), &"2027-10-01".into())
    );
    let shown = stdout(&timeline(root.path(), &[], &[]));
    assert!(
        shown.contains("1 entry after 2027-10-01, until 2027-11-30: --to shows them"),
        "{shown}"
    );
    assert!(!shown.contains("--from shows them"), "{shown}");
    let wide = stdout(&timeline(
        root.path(),
        &["--from", "2020-01-01", "--to", "2030-01-01"],
        &[],
    ));
    assert!(!wide.contains("shows them"), "{wide}");
    // What is beside it is on it where it is wide enough, and nothing else is.
    let all = json(root.path(), &["--from", "2020-01-01", "--to", "2027-12-31"]);
    let beside = document["later"]["entries"].as_u64().expect("a count");
    assert_eq!(beside, 1);
    assert!(rows(&all).iter().any(|row| row["day"] == "2027-11-30"));
    let output = timeline(root.path(), &["--from", "2027-01-01", "--to", "2026-01-01"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("before it begins on 2027-01-01"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn services_and_owners_narrow_it() {
    let root = estate();
    let subjects = |args: &[&str]| -> BTreeSet<String> {
        let document = json(root.path(), args);
        let rows = rows(&document).iter();
        rows.map(|row| row["subject"].as_str().expect("a subject").to_owned())
            .collect()
    };
    let all = subjects(&[]);
    let other = subjects(&["--service", "other"]);
    assert_eq!(
        other,
        ["identities.deployer", "reports.soc2-start"].map(str::to_owned).into()
    );
    let pay = subjects(&["--service", "pay"]);
    assert!(
        pay.contains("third-parties.cloud") && pay.contains("services.pay"),
        "{pay:?}"
    );
    assert!(pay.is_disjoint(&other));
    let bobs = subjects(&["--owner", "bob"]);
    assert_eq!(bobs, ["identities.deployer".to_owned()].into());
    let adas = subjects(&["--owner", "ada"]);
    assert!(adas.is_disjoint(&bobs));
    let both: BTreeSet<String> = adas.union(&bobs).cloned().collect();
    assert_eq!(both, all);
    let shown = stdout(&timeline(root.path(), &["--owner", "bob"], &[]));
    assert!(shown.contains("the others were not asked for"), "{shown}");
    let wrong = timeline(root.path(), &["--service", "othr"], &[]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("other"), "{}", stderr(&wrong));
}

#[test]
fn a_terminal_of_any_width_has_it_all() {
    for root in entries(&project().join("fixtures/estates")) {
        let document = json(&root, &[]);
        let expected = rows(&document).len();
        for width in ["40", "72", "100", "200"] {
            let shown = stdout(&timeline(&root, &[], &[("COLUMNS", width)]));
            let room: usize = width.parse().expect("a number");
            for line in shown.lines() {
                assert!(line.width() <= room, "{width}: {line}");
            }
            let mark = |line: &&str| line.contains(['━', '┄', '╳', '◆', '◇', '✕', '◀', '▶']);
            let legend = shown
                .lines()
                .take_while(|line| !line.contains("202"))
                .filter(mark)
                .count();
            let drawn = shown.lines().filter(mark).count();
            assert!(drawn >= expected, "{width}: {drawn} of {expected}, {legend}\n{shown}");
        }
    }
}

#[test]
fn without_unicode_it_is_drawn_in_ascii_and_without_graphics_in_words() {
    let root = estate();
    for (name, value) in [("LC_ALL", "C"), ("LC_ALL", "de_DE.ISO-8859-1")] {
        let shown = stdout(&timeline(root.path(), &[], &[(name, value)]));
        assert!(shown.is_ascii(), "{shown}");
        assert!(shown.contains("===") && shown.contains("---"), "{shown}");
    }
    let unicode = stdout(&timeline(root.path(), &[], &[("LC_ALL", "en_US.utf8")]));
    assert!(unicode.contains("━━━") && !unicode.contains("==="), "{unicode}");
    let words = stdout(&timeline(root.path(), &[], &[("NO_GRAPHICS", "1")]));
    assert!(
        words.is_ascii() && !words.contains("---") && !words.contains('|'),
        "{words}"
    );
    let flat = words.split_whitespace().collect::<Vec<&str>>().join(" ");
    assert!(
        flat.contains("reports.soc1-2026: SOC 1 type 2: issued 2026-05-15, opinion: qualified; 2025-07-11 to 2026-03-31. scope.toml:"),
        "{flat}"
    );
    assert!(
        flat.contains(
            "identities.deployer: rotation: due in 60 days, 90 days after the last one on 2026-09-01; 2026-11-30."
        ),
        "{flat}"
    );
    let colored = stdout(&timeline(root.path(), &["--color", "always"], &[]));
    assert!(
        colored.contains("\u{1b}[31m╳") && colored.contains("\u{1b}[36m"),
        "{colored}"
    );
    assert!(!unicode.contains('\u{1b}'));
}

pub fn validator(name: &str) -> jsonschema::Validator {
    let schema = stdout(&run(soclint().args(["schema", name])));
    let schema: Value = serde_json::from_str(&schema).expect("a schema");
    jsonschema::validator_for(&schema).expect("a schema that holds")
}

#[test]
fn json_is_as_its_schema_says() {
    let of_timelines = validator("timeline");
    let mut stages = BTreeSet::new();
    for root in entries(&project().join("fixtures/estates")) {
        let document = json(&root, &["--from", "2015-01-01", "--to", "2035-01-01"]);
        let wrong: Vec<String> = of_timelines
            .iter_errors(&document)
            .map(|error| error.to_string())
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", root.display());
        stages.extend(rows(&document).iter().map(|row| row["stage"].to_string()));
    }
    assert_eq!(stages.len(), 3);
    assert!(!of_timelines.is_valid(&serde_json::json!({ "version": 1 })));
}

/// The lines of a calendar, unfolded: a line that goes on begins with a blank.
fn unfolded(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"));
    let mut lines: Vec<String> = Vec::new();
    for line in text.split("\r\n").filter(|line| !line.is_empty()) {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().expect("a line before").push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The events of a calendar, by their names.
pub fn events(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    let mut event = BTreeMap::new();
    for line in unfolded(text) {
        let (key, value) = line.split_once(':').expect("a property");
        match (key, value) {
            ("BEGIN", "VEVENT") => event = BTreeMap::new(),
            ("END", "VEVENT") => {
                let event: BTreeMap<String, String> = std::mem::take(&mut event);
                let before = all.insert(event["UID"].clone(), event);
                assert!(before.is_none(), "two have one name");
            }
            _ => drop(event.insert(key.to_owned(), value.to_owned())),
        }
    }
    all
}

#[test]
fn a_calendar_keeps_the_names_of_what_moves() {
    let root = estate();
    let document = json(root.path(), &[]);
    let text = stdout(&timeline(root.path(), &["--format", "ics"], &[]));
    let before = events(&text);
    assert_eq!(before.len(), rows(&document).len());
    assert_eq!(
        text,
        stdout(&timeline(root.path(), &["--format", "ics"], &[])),
        "the same bytes"
    );
    let report = before
        .values()
        .find(|event| event["SUMMARY"].starts_with("reports.soc1-2026: report"))
        .expect("it");
    assert_eq!(report["DTSTART;VALUE=DATE"], "20250711");
    // The end of an event of whole days is the day after.
    assert_eq!(report["DTEND;VALUE=DATE"], "20260401");
    assert_eq!(report["DTSTAMP"], "20261001T000000Z");
    assert!(
        report["DESCRIPTION"].contains("opinion: qualified.\\n2025-07-11 to"),
        "{report:?}"
    );
    // A day later, and with a rotation done: the same thing has the same name.
    let moved = MANIFEST.replace("last = 2026-09-01", "last = 2026-10-01");
    write(
        root.path(),
        "scope.toml",
        moved.replace("covers = \"other\"\nowner = \"bob\"\n", "covers = \"other\"\n"),
    );
    let after = events(&stdout(&on("2026-10-02", root.path(), &["--format", "ics"], &[])));
    let rotation = |events: &BTreeMap<String, BTreeMap<String, String>>| {
        let of = events.iter().find(|(_, event)| event["SUMMARY"].contains("rotation"));
        of.map(|(name, event)| (name.clone(), event["DTSTART;VALUE=DATE"].clone()))
            .expect("a rotation")
    };
    let (name, day) = rotation(&before);
    assert_eq!(day, "20261130");
    assert_eq!(rotation(&after), (name, "20261230".to_owned()));
    let kept = before.keys().filter(|name| after.contains_key(*name)).count();
    assert!(kept >= before.len() - 2, "{kept} of {}", before.len());
}

/// Names that would be something else, if they could.
const NAMES: [&str; 10] = [
    "https://evil.example",
    "evil@example.com",
    "`code`",
    "**bold**",
    "a | b",
    "<img src=x>",
    "[x](https://evil.example)",
    "a,b;c\\n",
    "END:VEVENT",
    "x\\\\\" \u{202e}y",
];

fn hostile() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let mut text = String::new();
    for name in NAMES {
        let name = name.replace('\\', "\\\\").replace('"', "\\\"");
        text.push_str(&format!(
            "[[waivers]]\nrule = \"stale-report\"\nsubject = \"{name}\"\nowner = \"{name}\"\nreason = \"{name}\"\nexpires = 2026-12-31\n\
             [third-parties.\"t{}\"]\nreports = {{ framework = \"other\", name = \"{name}\", as-of = 2026-06-30 }}\n",
            text.len()
        ));
    }
    write(root.path(), "scope.toml", text);
    root
}

#[test]
fn no_name_is_more_than_text_in_any_format() {
    let root = hostile();
    let shown = stdout(&timeline(root.path(), &["--format", "markdown"], &[]));
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    let arena = comrak::Arena::new();
    let document = comrak::parse_document(&arena, &shown, &options);
    let mut said = String::new();
    let mut cells = 0;
    for node in document.descendants() {
        match &node.data.borrow().value {
            NodeValue::Link(..)
            | NodeValue::Image(_)
            | NodeValue::Strong
            | NodeValue::Emph
            | NodeValue::HtmlBlock(_) => {
                panic!("{shown}")
            }
            NodeValue::HtmlInline(tag) => assert!(
                ["<code>", "</code>", "<span>", "</span>"].contains(&tag.as_str()),
                "{tag}"
            ),
            NodeValue::Text(text) => said.push_str(text),
            NodeValue::Code(code) => said.push_str(&code.literal),
            NodeValue::TableRow(_) => cells = cells.max(node.children().count()),
            _ => {}
        }
    }
    assert_eq!(cells, 6);
    for name in &NAMES[..9] {
        assert!(said.contains(name), "{name}: {said}");
    }
    let calendar = stdout(&timeline(root.path(), &["--format", "ics"], &[]));
    let events = events(&calendar);
    assert_eq!(events.len(), 2 * NAMES.len());
    let told: String = events
        .values()
        .map(|event| format!("{}{}", event["SUMMARY"], event["DESCRIPTION"]))
        .collect();
    assert!(told.contains("a\\,b\\;c\\\\n") && told.contains("END:VEVENT"), "{told}");
    for (args, env) in [
        (&[][..], ("NO_GRAPHICS", "0")),
        (&[], ("NO_GRAPHICS", "1")),
        (&["--format", "json"], ("COLUMNS", "80")),
    ] {
        let shown = stdout(&timeline(root.path(), args, &[env]));
        let raw = shown
            .chars()
            .find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(raw, None, "{args:?}");
        assert!(shown.contains("<img src=x>"), "{shown}");
    }
}

#[test]
fn what_could_not_be_read_is_said_and_fails() {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "scope.toml",
        "[reports.r]\nframework = \"soc2\"\ntype = 1\nas-of = 2026-02-30\n",
    );
    let output = timeline(root.path(), &[], &[]);
    assert_eq!(output.status.code(), Some(1));
    let shown = stdout(&output);
    assert!(
        shown.contains("incomplete: 1 file was not read as a whole") && shown.contains("- scope.toml"),
        "{shown}"
    );
    assert!(
        shown.contains("no day is stated, or could be read, of reports.r"),
        "{shown}"
    );
    let file = root.path().join("out.ics");
    let output = timeline(root.path(), &["--output", file.to_str().expect("a path")], &[]);
    assert_eq!(output.status.code(), Some(1));
    let written = std::fs::read_to_string(&file).expect("a file");
    assert!(written.starts_with("BEGIN:VCALENDAR\r\n"), "{written}");
}
