//! A session that takes other texts finds what a fresh one finds in them.

use crate::cases;
use crate::tool::{AS_OF, document, project};
use jiff::civil::Date;
use proptest::prelude::*;
use soclint::{Choice, FileId, Finding, Format, Session, Source};
use std::path::Path;

/// One change of one file, told by numbers that are cut to what is there.
#[derive(Debug, Clone)]
enum Edit {
    /// Takes out some lines.
    Cut { at: usize, lines: usize },
    /// Says lines of the estate again, in another place.
    Copy { from: usize, at: usize, lines: usize },
    /// Tears a line: a character goes in that belongs nowhere.
    Tear { at: usize, with: char },
    /// Writes other words for one, wherever it stands in the file.
    Rename { word: usize, other: usize },
}

const WORDS: [&str; 8] = [
    "soc1",
    "soc2",
    "direct",
    "none",
    "team-payments",
    "2026",
    "2025",
    "static-secret",
];

fn edits() -> impl Strategy<Value = Vec<(usize, Edit)>> {
    let number = 0..10_000_usize;
    let edit = prop_oneof![
        (number.clone(), 1..12_usize).prop_map(|(at, lines)| Edit::Cut { at, lines }),
        (number.clone(), number.clone(), 1..8_usize).prop_map(|(from, at, lines)| Edit::Copy { from, at, lines }),
        (
            number.clone(),
            prop::sample::select(vec!['[', '"', '=', '\u{202e}', '{'])
        )
            .prop_map(|(at, with)| Edit::Tear { at, with }),
        (0..WORDS.len(), 0..WORDS.len()).prop_map(|(word, other)| Edit::Rename { word, other }),
    ];
    prop::collection::vec((number, edit), 1..5)
}

fn edited(text: &str, edit: &Edit) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let count = lines.len().max(1);
    match *edit {
        Edit::Cut { at, lines: cut } => {
            let from = (at % count).min(lines.len());
            lines.drain(from..(from + cut).min(lines.len()));
        }
        Edit::Copy {
            from,
            at,
            lines: copied,
        } => {
            let from = (from % count).min(lines.len());
            let said = lines[from..(from + copied).min(lines.len())].to_vec();
            let at = (at % count).min(lines.len());
            lines.splice(at..at, said);
        }
        Edit::Tear { at, with } => {
            let at = (0..=at % (text.len() + 1)).rev().find(|at| text.is_char_boundary(*at));
            let (before, after) = text.split_at(at.unwrap_or(0));
            return format!("{before}{with}{after}");
        }
        Edit::Rename { word, other } => return text.replace(WORDS[word], WORDS[other]),
    }
    lines.concat()
}

/// The same files, read from the start.
fn afresh(session: &Session, root: &Path) -> Session {
    let copy = |source: &Source| Source::from_bytes(source.path.clone(), source.text.clone().into_bytes());
    let manifests = session.sources().as_slice().iter().map(|source| copy(source));
    let configs = session.sources().configs().iter().map(|source| copy(source));
    let mut fresh =
        Session::of_texts_in(root, manifests.collect(), configs.collect()).expect("the config is as it was");
    let shown = cases::files(root).into_iter().filter_map(|file| {
        let path = file
            .strip_prefix(root)
            .expect("it is below")
            .to_str()?
            .replace('\\', "/");
        Some(Source::new(path, std::fs::read_to_string(&file).ok()?))
    });
    fresh.show(shown.collect()).expect("the same files");
    fresh
}

fn said(session: &Session) -> (serde_json::Value, usize) {
    let as_of: Date = AS_OF.parse().expect("a date");
    let checked = session.check(as_of, &Choice::default());
    let mut document = document(Format::Json, &checked);
    // What was left out on the disk is no matter of texts.
    let summary = document["summary"].as_object_mut().expect("a summary");
    for key in ["excluded", "passed-over"] {
        assert!(summary.remove(key).is_some(), "{key}");
    }
    (document, checked.outcome.findings.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn another_text_is_judged_as_if_it_had_always_been_there(estate in 0..2_usize, edits in edits()) {
        let estate = ["fixtures/estates/talervik-pay", "fixtures/estates/quillmarsh-payroll"][estate];
        let root = project().join(estate);
        let mut session = Session::of_folder(&root).expect("an estate");
        for (file, edit) in &edits {
            let file = FileId::at(file % session.sources().len());
            let text = edited(&session.sources().get(file).text, edit);
            session.replace(file, text).expect("a manifest can be anything");
            let (again, fresh) = (said(&session), said(&afresh(&session, &root)));
            for (key, value) in again.0.as_object().expect("a document") {
                prop_assert_eq!(value, &fresh.0[key], "{} after {:?}", key, edit);
            }
            prop_assert_eq!(again, fresh, "after {:?}", edit);
        }
    }
}

#[test]
fn a_text_that_comes_back_gives_what_was_found_before() {
    let mut session = Session::of_folder(&project().join("fixtures/estates/talervik-pay")).expect("an estate");
    let before = said(&session);
    assert!(before.1 > 50, "there is something to lose");
    let files: Vec<(FileId, String)> = session
        .sources()
        .iter()
        .map(|(file, source)| (file, source.text.clone()))
        .collect();
    for (file, _) in &files {
        session.replace(*file, String::new()).expect("an empty manifest");
    }
    let nothing = session.check(AS_OF.parse().expect("a date"), &Choice::default());
    let of_what_is_used = |finding: &Finding| finding.subject.starts_with("seen(");
    assert!(
        nothing.outcome.findings.iter().all(of_what_is_used),
        "nothing is declared"
    );
    for (file, text) in files.into_iter().rev() {
        session.replace(file, text).expect("a manifest");
    }
    assert_eq!(said(&session), before);
}

#[test]
fn a_config_takes_another_text_too_and_a_wrong_one_changes_nothing() {
    let manifest = "[services.payouts]\nfinancial-impact = \"direct\"\n";
    let manifest = Source::new("scope.toml".to_owned(), manifest.to_owned());
    let config = Source::new("soclint.toml".to_owned(), String::new());
    let mut session = Session::of_texts(vec![manifest], vec![config]).expect("an empty config");
    let rule = "financial-impact-without-icfr-report";
    let speaks = |session: &Session| {
        let checked = session.check(AS_OF.parse().expect("a date"), &Choice::default());
        checked.outcome.findings.iter().any(|finding| finding.rule == rule)
    };
    assert!(speaks(&session));
    let config = FileId::at(1);
    let off = format!("[rules]\n{rule} = \"off\"\n");
    session.replace(config, off.clone()).expect("a config");
    assert!(!speaks(&session));
    let wrong = session.replace(config, "[rules]\nno-such-rule = \"off\"\n".to_owned());
    assert!(wrong.is_err_and(|why| why.to_string().contains("no-such-rule")));
    assert_eq!(session.sources().get(config).text, off);
    assert!(!speaks(&session));
    session.replace(config, String::new()).expect("a config");
    assert!(speaks(&session));
}
