//! Cases that say themselves what is to be found in them.
//!
//! A case is a file `<case>.scope.toml` or a folder. Comment lines `#> severity rule subject` followed by the text
//! under the label in backticks stand directly above the line that the finding points at; `` `*` `` is any text.
//! `#> as-of YYYY-MM-DD` sets the day.

use crate::tool::{self, AS_OF};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Expected {
    path: String,
    line: u64,
    severity: String,
    rule: String,
    subject: String,
    label: String,
}

/// The cases in a folder, by name.
pub fn cases(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|case| case.is_dir() || case.to_string_lossy().ends_with(".scope.toml"));
    cases.sort();
    cases
}

/// Runs every case; gives what went wrong in each.
pub fn failures(cases: &[PathBuf]) -> Vec<String> {
    cases.par_iter().filter_map(|case| failure(case)).collect()
}

/// How many findings a case expects, whatever comes of it.
pub fn expectations(case: &Path) -> usize {
    let root = tempfile::tempdir().expect("a temporary folder");
    lay_out(case, root.path());
    expected_in(root.path()).0.len()
}

/// The rules that a case expects findings of.
pub fn expected_rules(case: &Path) -> BTreeSet<String> {
    let root = tempfile::tempdir().expect("a temporary folder");
    lay_out(case, root.path());
    expected_in(root.path())
        .0
        .into_iter()
        .map(|expected| expected.rule)
        .collect()
}

/// What `--format json` says of a case.
pub fn found(case: &Path) -> serde_json::Value {
    let root = tempfile::tempdir().expect("a temporary folder");
    lay_out(case, root.path());
    let (_, as_of) = expected_in(root.path());
    tool::check_json(root.path(), &as_of)
}

fn lay_out(case: &Path, root: &Path) {
    if case.is_dir() {
        tool::copy_folder(case, root);
    } else {
        std::fs::copy(case, root.join("scope.toml")).expect("a file can be copied");
    }
}

fn expected_in(root: &Path) -> (Vec<Expected>, String) {
    let mut expected = Vec::new();
    let mut as_of = AS_OF.to_owned();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                read(root, &path, &mut expected, &mut as_of);
            }
        }
    }
    expected.sort();
    (expected, as_of)
}

fn read(root: &Path, path: &Path, expected: &mut Vec<Expected>, as_of: &mut String) {
    let bytes = std::fs::read(path).expect("a file");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let name = path
        .strip_prefix(root)
        .expect("under the root")
        .to_string_lossy()
        .replace('\\', "/");
    let mut waiting = Vec::new();
    for (number, line) in (1_u64..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim();
        let Some(said) = line.strip_prefix("#> ") else {
            for (severity, rule, subject, label) in waiting.drain(..) {
                expected.push(Expected {
                    path: name.clone(),
                    line: number,
                    severity,
                    rule,
                    subject,
                    label,
                });
            }
            continue;
        };
        if let Some(date) = said.strip_prefix("as-of ") {
            date.clone_into(as_of);
            continue;
        }
        let (words, label) = said
            .split_once('`')
            .unwrap_or_else(|| panic!("{}: no label in {line}", path.display()));
        let label = label
            .strip_suffix('`')
            .unwrap_or_else(|| panic!("{}: no end in {line}", path.display()));
        let mut words = words.trim().splitn(3, ' ');
        let mut word = || {
            words
                .next()
                .unwrap_or_else(|| panic!("{}: too short: {line}", path.display()))
                .to_owned()
        };
        waiting.push((word(), word(), word(), label.to_owned()));
    }
    assert!(waiting.is_empty(), "{}: an expectation at the end", path.display());
}

fn failure(case: &Path) -> Option<String> {
    let root = tempfile::tempdir().expect("a temporary folder");
    lay_out(case, root.path());
    let (expected, as_of) = expected_in(root.path());
    let document = tool::check_json(root.path(), &as_of);
    let mut found: Vec<(Expected, String)> = tool::findings(&document)
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().expect("text").to_owned();
            let location = &finding["location"];
            let expected = Expected {
                path: location["path"].as_str().expect("a path").to_owned(),
                line: location["start"]["line"].as_u64().expect("a line"),
                severity: text("severity"),
                rule: text("rule"),
                subject: text("subject"),
                label: tool::text_at(root.path(), location),
            };
            (expected, text("message"))
        })
        .collect();
    let mut problems = Vec::new();
    for wanted in &expected {
        let fits = |found: &Expected| {
            let label = wanted.label == "*" || wanted.label == found.label;
            label
                && Expected {
                    label: String::new(),
                    ..found.clone()
                } == Expected {
                    label: String::new(),
                    ..wanted.clone()
                }
        };
        match found.iter().position(|(found, _)| fits(found)) {
            Some(at) => {
                found.remove(at);
            }
            None => problems.push(format!("  missing: {}", shown(wanted))),
        }
    }
    problems.extend(
        found
            .iter()
            .map(|(found, message)| format!("  not expected: {}\n      {message}", shown(found))),
    );
    let name = case.strip_prefix(tool::project()).unwrap_or(case);
    (!problems.is_empty()).then(|| format!("{}\n{}", name.display(), problems.join("\n")))
}

fn shown(e: &Expected) -> String {
    format!(
        "{}:{} {} {} {} `{}`",
        e.path, e.line, e.severity, e.rule, e.subject, e.label
    )
}
