//! `--fix` never changes what a manifest means: over all fixtures, and over mutations of them.

use crate::targets::meaning::keeps_meaning;
use crate::tool::project;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::path::Path;

fn texts(folder: &Path, found: &mut Vec<String>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            texts(&path, found);
        } else if path.to_string_lossy().ends_with("scope.toml") {
            found.extend(std::fs::read_to_string(path).ok());
        }
    }
}

fn corpus() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["broken", "estates", "fuzzed", "rules"] {
        texts(&project().join("fixtures").join(folder), &mut found);
    }
    found
}

#[test]
fn no_fix_of_a_fixture_changes_what_it_means() {
    use rayon::prelude::*;
    let corpus = corpus();
    let results: Vec<Result<bool, String>> = corpus.par_iter().map(|text| keeps_meaning(text)).collect();
    let fixed = results.iter().filter(|result| **result == Ok(true)).count();
    let wrong: Vec<&String> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    assert!(wrong.is_empty(), "{} fixtures, first:\n{}", wrong.len(), wrong[0]);
    assert!(fixed > 0);
}

#[derive(Debug, Clone)]
enum Slip {
    Capital,
    Hyphen,
    Drop,
    Turn,
    Double,
    Quote,
    OtherWord(usize),
    OtherLine(usize),
    Without(&'static str),
}

fn slips() -> impl Strategy<Value = Vec<(usize, Slip)>> {
    let slip = prop_oneof![
        Just(Slip::Capital),
        Just(Slip::Hyphen),
        Just(Slip::Drop),
        Just(Slip::Turn),
        Just(Slip::Double),
        Just(Slip::Quote),
        any::<usize>().prop_map(Slip::OtherWord),
        any::<usize>().prop_map(Slip::OtherLine),
        prop_oneof![Just("\""), Just(","), Just("]"), Just("}"), Just("="), Just("[")].prop_map(Slip::Without),
    ];
    proptest::collection::vec((any::<usize>(), slip), 1..5)
}

/// The words of a text: keys, ids, values, dates.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_part(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn mutated(text: &str, slips: &[(usize, Slip)]) -> String {
    let mut text = text.to_owned();
    for (at, slip) in slips {
        let words = words(&text);
        if words.is_empty() {
            return text;
        }
        let word = words[at % words.len()].clone();
        let old = text[word.clone()].to_owned();
        let middle = old.len() / 2;
        let new = match slip {
            Slip::Capital => old.to_uppercase(),
            Slip::Hyphen if old.contains('-') => old.replace('-', "_"),
            Slip::Hyphen => format!("{}-{}", &old[..middle], &old[middle..]),
            Slip::Drop => format!("{}{}", &old[..middle], &old[(middle + 1).min(old.len())..]),
            Slip::Turn if old.len() > 2 => {
                let mut letters: Vec<char> = old.chars().collect();
                letters.swap(middle, middle - 1);
                letters.into_iter().collect()
            }
            Slip::Turn | Slip::Double => format!("{}{}", &old[..=middle.min(old.len() - 1)], &old[middle..]),
            Slip::Quote => format!("\"{old}\""),
            Slip::OtherWord(other) => text[words[other % words.len()].clone()].to_owned(),
            Slip::OtherLine(other) => {
                let lines: Vec<&str> = text.lines().collect();
                format!("{old}\n{}\n", lines[other % lines.len()])
            }
            Slip::Without(piece) => {
                let places: Vec<usize> = text.match_indices(piece).map(|(at, _)| at).collect();
                if !places.is_empty() {
                    text.remove(places[at % places.len()]);
                }
                continue;
            }
        };
        text.replace_range(word, &new);
    }
    text
}

#[test]
fn no_fix_of_a_mutated_fixture_changes_what_it_means() {
    let corpus = corpus();
    let config = Config {
        cases: 600,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let input = (0..corpus.len(), slips());
    let mut fixed = 0;
    let counted = std::cell::RefCell::new(&mut fixed);
    let result = runner.run(&input, |(at, slips)| {
        let text = mutated(&corpus[at], &slips);
        match keeps_meaning(&text) {
            Ok(was_fixed) => **counted.borrow_mut() += usize::from(was_fixed),
            Err(why) => prop_assert!(false, "{}", why),
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(fixed > 40, "only {fixed} mutations have something to fix");
}
