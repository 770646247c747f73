//! What fuzzing runs: each takes any bytes, and panics when a promise is broken. `fuzz/` drives them for as long as one
//! likes, `fuzzed.rs` for a moment in every test run.

#[path = "meaning.rs"]
pub mod meaning;

use soclint::internals::config;
use soclint::internals::decode::Fault;
use soclint::internals::discover::{self, Input, Shows};
use soclint::internals::fix;
use soclint::internals::manifest;
use soclint::internals::render::{self, Forecast, Format, Shown, Style};
use soclint::internals::rules;
use soclint::internals::session::{Linked, Session};
use soclint::internals::source::{Source, Sources};
use soclint::internals::triage::{Baseline, Choice, Outcome};
use soclint::internals::views::{Asked, Judged};

/// No input is larger than what says something new.
const LARGEST: usize = 64 * 1024;

/// Several files in one input stand behind each other, with a line of this between them.
pub const BETWEEN: &[u8] = b"\n#-----\n";

fn sources(bytes: &[u8]) -> Sources {
    let bytes = &bytes[..bytes.len().min(LARGEST)];
    let mut texts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest
        .windows(BETWEEN.len())
        .position(|window| window == BETWEEN)
        .filter(|_| texts.len() < 7)
    {
        texts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    texts.push(rest);
    let named = texts.into_iter().enumerate();
    Sources::new(
        named
            .map(|(at, text)| Source::from_bytes(format!("{at}/scope.toml"), text.to_vec()))
            .collect(),
    )
}

fn session(sources: &Sources) -> Session {
    let manifests = sources.as_slice().iter().map(|source| Source::clone(source));
    Session::of_texts(manifests.collect(), Vec::new()).expect("no config has nothing wrong")
}

fn looked_at(sources: &Sources, then: impl FnOnce(&mut Linked<'_>, &Outcome)) {
    let session = session(sources);
    let mut linked = session.link(jiff::civil::date(2026, 10, 1));
    let outcome = linked.outcome(&Choice::default(), None);
    then(&mut linked, &outcome);
}

/// Every place lies in its file, on the borders of characters.
fn check_places(sources: &Sources, outcome: &Outcome) {
    for finding in outcome
        .findings
        .iter()
        .chain(outcome.waived.iter().map(|waived| &waived.finding))
    {
        assert!(rules::find(finding.rule).is_some(), "{}", finding.rule);
        assert!(!finding.message.is_empty());
        for label in std::iter::once(&finding.primary).chain(&finding.related) {
            let source = sources.get(label.place.file);
            let range = label.place.span.range();
            assert!(
                source.text.get(range.clone()).is_some() || source.unreadable.is_some() || source.no_text,
                "{range:?} of {} in {}: {}",
                source.text.len(),
                finding.rule,
                finding.message
            );
        }
    }
}

/// One text of a source, as far as it is one.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(LARGEST)]).into_owned()
}

/// Every place lies in the text, on the borders of characters, and what is masked stays where it was.
fn check_shows(text: &str, shows: &Shows) {
    let spans = shows.sightings.iter().chain(&shows.parameters).flat_map(|sighting| {
        let facts = sighting.facts.iter().map(|fact| fact.span);
        std::iter::once(sighting.span).chain(facts)
    });
    let spans = spans.chain(shows.untold.iter().map(|use_| use_.span));
    let spans = spans.chain(shows.unread.iter().map(|part| part.span));
    for span in spans.chain(shows.literals.iter().copied()) {
        assert!(text.get(span.range()).is_some(), "{span:?} of {}", text.len());
    }
    let masked = discover::masked(text.to_owned(), shows);
    let lengths = |text: &str| {
        (
            text.len(),
            text.chars().count(),
            text.encode_utf16().count(),
            text.lines().count(),
        )
    };
    assert_eq!(lengths(&masked), lengths(text));
    for span in &shows.literals {
        let kept = masked[span.range()].chars().zip(text[span.range()].chars());
        for (kept, c) in kept {
            assert!(
                kept != c || c.is_whitespace() || c == '*' || "·•🔒".contains(c),
                "a literal is kept"
            );
        }
    }
}

/// YAML, and what each source that is written in it makes of it.
pub fn yaml(bytes: &[u8]) {
    let text = text(bytes);
    let (tree, _) = discover::yaml::Tree::parse(&text);
    for document in tree.documents() {
        for node in document.walk() {
            assert!(text.get(node.span().range()).is_some());
            if let Some(value) = node.text() {
                let end = value.char_indices().nth(7).map_or(value.len(), |(at, _)| at);
                assert!(text.get(node.at(0..end).range()).is_some());
            }
        }
    }
    for path in [
        ".github/workflows/a.yml",
        ".github/actions/a/action.yml",
        ".github/dependabot.yml",
    ] {
        check_shows(&text, &discover::github_actions::see(Input { path, text: &text }));
    }
    let input = Input {
        path: "a.yaml",
        text: &text,
    };
    check_shows(&text, &discover::kubernetes::see(input, Some("a")));
    check_shows(&text, &discover::cloudformation::see(input));
    let _ = discover::kubernetes::namespace_of(&text);
}

/// HCL and its JSON syntax, and what Terraform's source makes of them.
pub fn hcl(bytes: &[u8]) {
    let text = text(bytes);
    for path in ["a/main.tf", "a/main.tf.json"] {
        for shows in discover::terraform::see("a", &[Input { path, text: &text }]) {
            check_shows(&text, &shows);
        }
    }
}

/// Expressions in values.
pub fn expression(bytes: &[u8]) {
    use discover::github_actions::expression::{Secret, secrets_in, setting};
    let text = text(bytes);
    for is_condition in [false, true] {
        for secret in secrets_in(&text, is_condition) {
            let (Secret::Named(_, range) | Secret::Untold(_, range)) = secret;
            assert!(text.get(range.clone()).is_some(), "{range:?}");
        }
    }
    if let Some(setting) = setting(&text) {
        assert!(text.get(setting.range).is_some());
    }
}

/// Reading a manifest and a config.
pub fn reader(bytes: &[u8]) {
    let sources = sources(bytes);
    for source in sources.as_slice() {
        let read = manifest::read(source);
        for problem in &read.problems {
            assert!(source.text.get(problem.span.range()).is_some(), "{problem:?}");
        }
        // What is no TOML is never taken for something that is all right.
        if source.bad_bytes.is_empty() && toml::de::DeTable::parse(&source.text).is_err() {
            // A key that needs quotes may have the wrong name too, which alone is said.
            let torn = |fault| {
                matches!(
                    fault,
                    Fault::InvalidToml | Fault::InvalidDate | Fault::DuplicateId | Fault::UnknownKey | Fault::InvalidId
                )
            };
            assert!(
                read.problems.iter().any(|problem| torn(problem.fault)),
                "a syntax error is not reported"
            );
        }
        config::read(source, &rules::known_to_config());
        let _ = Baseline::parse(&source.text);
    }
}

/// Linking, all rules, and what decides about their findings.
pub fn linker(bytes: &[u8]) {
    let sources = sources(bytes);
    looked_at(&sources, |linked, outcome| {
        check_places(&sources, outcome);
        assert_eq!(linked.estate.entities(), outcome.summary.entities);
    });
}

/// Fixes: what is fixed is no worse, and fixed for good.
pub fn fixer(bytes: &[u8]) {
    let mut sources = sources(bytes);
    for source in sources.as_slice() {
        if let Err(why) = meaning::keeps_meaning(&source.text) {
            panic!("{why}");
        }
    }
    for round in 0..32 {
        let mut fixed = Vec::new();
        looked_at(&sources, |_, outcome| {
            let plan = fix::Plan::of(&outcome.findings, &sources);
            fixed = fix::fix_all(&outcome.findings, &sources);
            assert_eq!(plan.len(), fixed.iter().map(|one| one.findings).sum::<usize>());
            fix::diff(&fixed, &sources);
        });
        for one in &fixed {
            let before = &sources.get(one.file).text;
            if toml::de::DeTable::parse(before).is_ok() {
                assert!(
                    toml::de::DeTable::parse(&one.text).is_ok(),
                    "{before}\nbecame\n{}",
                    one.text
                );
            }
            assert!(
                one.text != *before || one.findings == 0,
                "fixed without a change:\n{before}"
            );
        }
        if fixed.is_empty() {
            return;
        }
        assert!(round < 31, "fixing does not end");
        for one in fixed {
            sources.replace(one.file, one.text);
        }
    }
}

fn is_raw(c: char) -> bool {
    c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// Every format of everything.
pub fn renderer(bytes: &[u8]) {
    let sources = sources(bytes);
    looked_at(&sources, |linked, outcome| {
        let as_of = linked.estate.as_of.date();
        let shown = Shown {
            sources: &sources,
            outcome,
            as_of,
            prefix: "",
            show_waived: true,
            category: "soclint",
            unread: &[],
            group_by: None,
            links: None,
        };
        for (format, narrated) in [
            (Format::Pretty, false),
            (Format::Pretty, true),
            (Format::Concise, false),
            (Format::Json, false),
            (Format::Sarif, false),
        ] {
            let style = Style {
                color: false,
                width: 80,
                narrated,
                quiet: false,
            };
            let text = render::render(format, &shown, style);
            // A tab in a source line is read aloud as one.
            let is_raw = |c: &char| is_raw(*c) && !(narrated && *c == '\t');
            assert_eq!(text.chars().find(is_raw), None, "{format:?}, narrated: {narrated}");
            if matches!(format, Format::Json | Format::Sarif) {
                serde_json::from_str::<serde::de::IgnoredAny>(&text).expect("it is JSON");
            }
        }
        let waivers: Vec<_> = outcome.waivers.iter().enumerate().collect();
        let table = render::waivers_table(&waivers, outcome, &sources, as_of);
        assert_eq!(table.chars().find(|c| is_raw(*c)), None);
        serde_json::from_str::<serde::de::IgnoredAny>(&render::waivers_json(&waivers, outcome, &sources, as_of))
            .expect("it is JSON");
        let baseline = Baseline::of(&outcome.findings, &sources);
        let written = baseline.text().expect("it can be written");
        assert_eq!(
            Baseline::parse(&written).as_ref(),
            Ok(&baseline),
            "a baseline reads what it writes"
        );
        timelines(linked, outcome, &sources);
        let until = jiff::civil::date(2027, 10, 1);
        let (_, upcoming) = linked.outcome_and_upcoming(&Choice::default(), None, until);
        let forecast = Forecast {
            sources: &sources,
            upcoming: &upcoming,
            as_of,
            until,
            prefix: "",
            links: None,
        };
        serde_json::from_str::<serde::de::IgnoredAny>(&forecast.json()).expect("it is JSON");
        for text in [
            forecast.table(),
            forecast.markdown(),
            forecast.ics().replace("\r\n", "\n"),
        ] {
            assert_eq!(text.chars().find(|c| is_raw(*c)), None, "{text}");
        }
    });
}

/// A timeline in each format.
fn timelines(linked: &Linked<'_>, outcome: &Outcome, sources: &Sources) {
    let choice = Choice::default();
    let settings = linked.view(&choice, None).settings;
    let judged = Judged::new(&linked.estate, sources, settings, outcome);
    let timeline = judged.timeline(outcome, &Asked::default());
    let json = render::timeline_json(&timeline, sources);
    serde_json::from_str::<serde::de::IgnoredAny>(&json).expect("it is JSON");
    let drawn = |narrated, width| {
        let style = Style {
            color: false,
            width,
            narrated,
            quiet: false,
        };
        render::timeline_drawn(&timeline, sources, render::Drawing { style, unicode: true })
    };
    for text in [
        drawn(false, 40),
        drawn(false, 100),
        drawn(true, 80),
        render::timeline_markdown(&timeline, sources, "", None),
        render::timeline_ics(&timeline, sources).replace("\r\n", "\n"),
    ] {
        assert_eq!(text.chars().find(|c| is_raw(*c)), None, "{text}");
    }
}

/// What a target is called, and what it does with some bytes.
type Target = (&'static str, fn(&[u8]));

pub const ALL: [Target; 7] = [
    ("reader", reader),
    ("linker", linker),
    ("fixer", fixer),
    ("renderer", renderer),
    ("yaml", yaml),
    ("hcl", hcl),
    ("expression", expression),
];
