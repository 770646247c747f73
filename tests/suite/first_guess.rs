//! First manifests, as different people would write them: what is said of each leads to what was meant.
//!
//! `fixtures/first-guess/<case>` holds a manifest that was written without a look at the reference, and `right.toml`,
//! which says the same in the words that are read.

use crate::cases::{self, AS_OF};
use soclint::{Checked, Choice, Edit, Finding, Group, Source};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folders() -> Vec<PathBuf> {
    let all = std::fs::read_dir(cases::project().join("fixtures/first-guess")).expect("the folder");
    let mut all: Vec<PathBuf> = all.map(|entry| entry.expect("an entry").path()).collect();
    all.sort();
    all
}

fn check(text: &str) -> Checked {
    let choice = Choice {
        select: soclint::rules()
            .filter(|rule| rule.group == Group::Reading)
            .map(|rule| rule.name.to_owned())
            .collect(),
        ..Choice::default()
    };
    let manifest = Source::new("scope.toml".to_owned(), text.to_owned());
    cases::alone(manifest, AS_OF.parse().expect("a date"), &choice)
}

fn is_reading(finding: &&Finding) -> bool {
    soclint::rule(finding.rule).is_some_and(|rule| rule.group == Group::Reading)
}

/// What is found in a text, each with how often.
fn found(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for finding in check(text).outcome.findings.iter().filter(is_reading) {
        *found
            .entry(format!("{}: {}", finding.rule, finding.message))
            .or_insert(0) += 1;
    }
    found
}

/// What is to be written: what `--fix` writes, else what is suggested.
fn edits(finding: &Finding, checked: &Checked) -> Option<Vec<Edit>> {
    checked.edits(finding).or_else(|| checked.suggested_edits(finding))
}

/// A text with all these edits, as long as they do not contradict each other.
fn apply(text: &str, all: &[Vec<Edit>]) -> String {
    let mut taken: Vec<Edit> = Vec::new();
    for edits in all {
        let contradicts = |edit: &Edit| {
            taken.iter().any(|other| {
                let (a, b) = (edit.span.range(), other.span.range());
                other != edit && a.start < b.end && b.start < a.end
            })
        };
        if !edits.iter().any(contradicts) {
            let new: Vec<Edit> = edits.iter().filter(|edit| !taken.contains(edit)).cloned().collect();
            taken.extend(new);
        }
    }
    // What is added at one place is added in the order of the findings.
    taken.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let (mut out, mut done) = (String::new(), 0);
    for edit in &taken {
        let range = edit.span.range();
        out.push_str(&text[done..range.start]);
        out.push_str(&edit.text);
        done = range.end;
    }
    out + &text[done..]
}

/// The declarations of a manifest, entity by entity.
fn entities(text: &str) -> Result<BTreeMap<String, toml::Value>, String> {
    let root: toml::Table = text.parse().map_err(|error| format!("{error}"))?;
    let mut entities = BTreeMap::new();
    for (table, value) in root {
        match value {
            toml::Value::Table(inner) if table != "organization" => {
                for (id, value) in inner {
                    entities.insert(format!("{table}.{id}"), plain(value));
                }
            }
            value => {
                entities.insert(table, plain(value));
            }
        }
    }
    Ok(entities)
}

/// A list of one and its element are the same.
fn plain(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Array(mut list) if list.len() == 1 => plain(list.remove(0)),
        toml::Value::Array(list) => toml::Value::Array(list.into_iter().map(plain).collect()),
        toml::Value::Table(table) => table
            .into_iter()
            .map(|(key, value)| (key, plain(value)))
            .collect::<toml::Table>()
            .into(),
        value => value,
    }
}

/// How one case went.
#[derive(Default)]
struct Outcome {
    findings: usize,
    /// Findings that lead nearer: one less, and no other.
    nearer: usize,
    /// Those that do not.
    others: Vec<String>,
    /// How what is written after two rounds differs from what is right.
    differences: Vec<String>,
    end: String,
}

/// Whether a whole file is in another language: one finding says what to write, which cannot be written for them.
fn is_foreign(finding: &Finding) -> bool {
    finding.rule == "invalid-toml" && finding.message.ends_with(", and not TOML")
}

fn outcome(folder: &Path) -> Outcome {
    let mut outcome = Outcome::default();
    let mut text = std::fs::read_to_string(folder.join("scope.toml")).expect("scope.toml");
    let right = std::fs::read_to_string(folder.join("right.toml")).expect("right.toml");
    for round in 0..2 {
        let checked = check(&text);
        let before = found(&text);
        let mut all = Vec::new();
        for finding in checked.outcome.findings.iter().filter(is_reading) {
            let edits = edits(finding, &checked);
            if round == 0 && !is_foreign(finding) {
                outcome.findings += 1;
                let said = format!("{}: {}", finding.rule, finding.message);
                match edits
                    .as_ref()
                    .map(|edits| found(&apply(&text, std::slice::from_ref(edits))))
                {
                    None => outcome
                        .others
                        .push(format!("no suggestion: {said}\n      help: {}", finding.help)),
                    Some(after) => {
                        let less = after.get(&said).copied().unwrap_or(0) < before[&said];
                        let new = after
                            .iter()
                            .find(|(said, times)| before.get(*said).is_none_or(|before| before < times));
                        match (less, new) {
                            (true, None) => outcome.nearer += 1,
                            (_, new) => outcome.others.push(format!(
                                "not nearer: {said}\n      help: {}\n      new: {new:?}",
                                finding.help
                            )),
                        }
                    }
                }
            }
            all.extend(edits);
        }
        text = apply(&text, &all);
    }
    outcome.end = text;
    match (entities(&outcome.end), entities(&right)) {
        (Ok(end), Ok(right)) => {
            for name in end
                .keys()
                .chain(right.keys())
                .collect::<std::collections::BTreeSet<_>>()
            {
                if end.get(name) != right.get(name) {
                    outcome.differences.push(format!(
                        "{name}\n      is {:?}\n      right {:?}",
                        end.get(name),
                        right.get(name)
                    ));
                }
            }
        }
        (Err(error), _) => outcome.differences.push(format!("is no TOML: {error}")),
        (_, Err(error)) => panic!("{}: right.toml: {error}", folder.display()),
    }
    outcome
}

#[test]
fn what_is_said_of_a_first_guess_leads_to_what_was_meant() {
    let folders = folders();
    assert!(folders.len() >= 40, "only {} first guesses", folders.len());
    let (mut findings, mut nearer, mut right) = (0, 0, 0);
    let mut report = String::new();
    for folder in &folders {
        let outcome = outcome(folder);
        findings += outcome.findings;
        nearer += outcome.nearer;
        right += usize::from(outcome.differences.is_empty());
        report.push_str(&format!("{}\n", cases::shown(folder)));
        for line in outcome.others.iter().chain(&outcome.differences) {
            report.push_str(&format!("    {line}\n"));
        }
        if std::env::var_os("SOCLINT_SHOW_GUESSES").is_some() && !outcome.differences.is_empty() {
            report.push_str(&format!("--- after two rounds\n{}---\n", outcome.end));
        }
    }
    let figures = format!(
        "{nearer} of {findings} findings lead nearer; {right} of {} files end as they should",
        folders.len()
    );
    if std::env::var_os("SOCLINT_SHOW_GUESSES").is_some() {
        eprintln!("{report}{figures}");
    }
    assert!(nearer * 100 >= findings * 95 && right >= 30, "{report}{figures}");
}

#[test]
fn what_is_right_has_no_finding() {
    for folder in folders() {
        let right = std::fs::read_to_string(folder.join("right.toml")).expect("right.toml");
        assert_eq!(found(&right), BTreeMap::new(), "{}", cases::shown(&folder));
    }
}

/// The findings of all rules, by rule and message.
fn said(text: &str) -> Vec<(&'static str, String, String)> {
    let manifest = Source::new("scope.toml".to_owned(), text.to_owned());
    let checked = cases::alone(manifest, AS_OF.parse().expect("a date"), &Choice::default());
    let findings = checked.outcome.findings.into_iter();
    findings
        .map(|finding| (finding.rule, finding.message.to_string(), finding.help.to_string()))
        .collect()
}

#[test]
fn one_cause_is_one_finding() {
    for (text, cause, effect) in [
        (
            "[reports.r]\nframework = \"soc2\"\ntype = 2\nperiod = { start = 2025-10-01, end = 2026-09-30 }\n",
            "unknown-key",
            "type-date-mismatch",
        ),
        (
            "[reports.r]\nframework = \"soc2\"\nperiod = { from = 2025-10-01, to = 2026-09-30 }\ntype = 2\ncriteria = \"security\"\n",
            "unknown-value",
            "common-criteria-missing",
        ),
    ] {
        let said = said(text);
        let has = |rule: &str| said.iter().any(|(name, ..)| *name == rule);
        assert!(has(cause) && !has(effect), "{said:?}");
    }
    let period = said("[reports.r]\nframework = \"soc2\"\ntype = 2\n");
    assert!(
        period.iter().any(|(rule, ..)| *rule == "type-date-mismatch"),
        "{period:?}"
    );
}

#[test]
fn what_is_stated_is_not_written_over() {
    for (text, stated) in [
        ("owner = \"a\"\nteam = \"b\"\n", "owner"),
        ("[services.a]\ntitle = \"A\"\nname = \"B\"\n", "title"),
        (
            "[identities.a]\nkind = \"bot\"\nrotation.last = 2026-01-01\nlast_rotated = 2026-02-01\n",
            "rotation.last",
        ),
        (
            "[identities.a]\nkind = \"bot\"\naccess = [\"x\", \"y\"]\npermissions = \"read\"\n[services.x]\n[services.y]\n",
            "access.actions",
        ),
    ] {
        let checked = check(text);
        let findings: Vec<&Finding> = checked.outcome.findings.iter().filter(is_reading).collect();
        assert_eq!(findings.len(), 1, "{text}: {findings:?}");
        assert!(findings[0].suggestion.is_none() && findings[0].fix.is_none(), "{text}");
        assert!(findings[0].help.contains(stated), "{text}: {}", findings[0].help);
    }
}

#[test]
fn what_can_mean_two_things_is_not_guessed() {
    for text in [
        "[services.a]\nsince = \"03/04/2026\"\n",
        "[reports.r]\nframework = \"soc2\"\nperiod = \"FY2026\"\n",
        "[[services]]\nkind = \"saas\"\n",
        "[[services]]\nname = \"a\"\n[[services]]\nname = \"A\"\n[[services]]\nname = \"a\"\n",
        "[identities.a]\nkind = \"bot\"\nmonitoring = true\n",
        "[identities.a]\nkind = \"bot\"\nservices = \"nothing-*\"\n",
    ] {
        let checked = check(text);
        let findings: Vec<&Finding> = checked.outcome.findings.iter().filter(is_reading).collect();
        assert_eq!(findings.len(), 1, "{text}: {findings:?}");
        assert!(
            findings[0].suggestion.is_none() && findings[0].fix.is_none(),
            "{text}: {findings:?}"
        );
        assert!(
            !findings[0].help.contains("take it out"),
            "{text}: {}",
            findings[0].help
        );
    }
}

#[test]
fn owners_are_looked_up_once_one_is_declared_and_that_is_said() {
    let one = said("owner = \"platform\"\n[owners.ciso]\nkind = \"person\"\n");
    let help = one
        .iter()
        .find(|(rule, ..)| *rule == "unknown-reference")
        .map(|(.., help)| help.as_str());
    let help = help.expect("it is not declared");
    assert!(
        help.contains("`[owners.platform]`") && help.contains("once an estate declares one owner"),
        "{help}"
    );
    assert!(
        said("owner = \"platform\"\n[services.a]\n")
            .iter()
            .all(|(rule, ..)| *rule != "unknown-reference")
    );
}
