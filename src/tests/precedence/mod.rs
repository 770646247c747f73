//! One fact speaks once, and nothing is hidden by what does not speak: over all fixtures, each of which is linked once.

pub mod estates;

use crate::finding::{Finding, Severity};
use crate::rules;
use crate::source::FileId;
use crate::triage::{Choice, Named, Outcome};
use estates::{Files, Linked, project};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

/// What tells findings apart whatever their severity.
type Known = BTreeSet<(&'static str, String, String)>;

fn known<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Known {
    let findings = findings.into_iter();
    findings
        .map(|finding| (finding.rule, finding.subject.clone(), finding.message.to_string()))
        .collect()
}

fn of_others(findings: &[Finding], rule: &str) -> Known {
    known(
        findings
            .iter()
            .filter(|finding| finding.rule != rule && finding.rule != WAIVER),
    )
}

const WAIVER: &str = "waiver-invalid";

/// Every estate and every case of a rule.
pub fn all_cases() -> Vec<PathBuf> {
    let mut cases = Vec::new();
    let mut folders: Vec<PathBuf> = vec![project().join("fixtures/estates"), project().join("fixtures/together")];
    for rule in std::fs::read_dir(project().join("fixtures/rules")).expect("fixtures") {
        let rule = rule.expect("an entry").path();
        folders.extend([rule.join("fails"), rule.join("passes")]);
    }
    for folder in std::fs::read_dir(project().join("fixtures/together")).expect("fixtures") {
        folders.push(folder.expect("an entry").path());
    }
    for folder in folders {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|_| panic!("{}", folder.display()));
        cases.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    cases.sort();
    cases
}

/// What is wrong with each case, if anything. The cases are linked once for all tests.
fn wrong(judge: impl Fn(&Linked, &Outcome, &mut Vec<String>) + Sync) -> Vec<String> {
    static CASES: LazyLock<Vec<(PathBuf, Linked, Outcome)>> = LazyLock::new(|| {
        let cases = all_cases().into_par_iter().map(|case| {
            let linked = Files::of(&case).linked();
            let outcome = linked.judged(&Choice::default(), None);
            (case, linked, outcome)
        });
        cases.collect()
    });
    let cases: &[_] = &CASES;
    let wrong = cases.par_iter().flat_map_iter(|(case, linked, outcome)| {
        let mut wrong = Vec::new();
        judge(linked, outcome, &mut wrong);
        wrong.into_iter().map(|wrong| format!("{}: {wrong}", case.display()))
    });
    wrong.collect()
}

fn select(rule: &str) -> Choice {
    Choice {
        select: vec![rule.to_owned()],
        ..Choice::default()
    }
}

fn found_rules(outcome: &Outcome) -> BTreeSet<&'static str> {
    let found = outcome.findings.iter().chain(&outcome.yielded);
    found
        .map(|finding| finding.rule)
        .filter(|rule| *rule != WAIVER)
        .collect()
}

#[test]
fn a_rule_selected_alone_finds_what_it_finds_among_all_and_what_gave_way_there() {
    let wrong = wrong(|linked, outcome, wrong| {
        for rule in found_rules(outcome) {
            let among = outcome.findings.iter().chain(&outcome.yielded);
            let among = known(among.filter(|finding| finding.rule == rule));
            let alone = linked.judged(&select(rule), None).findings;
            let alone = known(alone.iter().filter(|finding| finding.rule == rule));
            if alone != among {
                wrong.push(format!("{rule} alone gives {alone:?}, among all {among:?}"));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rules that others yield to.
fn ahead() -> BTreeSet<&'static str> {
    rules::all().flat_map(|rule| rule.yields_to).map(|to| to.rule).collect()
}

/// What is left when a rule says less, in each way that there is.
fn without(
    linked: &Linked,
    outcome: &Outcome,
    rules: &BTreeSet<&'static str>,
) -> Vec<(&'static str, &'static str, Outcome)> {
    let mut less = Vec::new();
    for rule in rules.iter().copied() {
        let own = linked.found.iter().filter(|finding| finding.rule == rule).cloned();
        let baseline = linked.baseline(&own.collect::<Vec<_>>());
        less.push((rule, "adopted", linked.judged(&Choice::default(), Some(&baseline))));
        let choice = Choice {
            ignore: vec![rule.to_owned()],
            ..Choice::default()
        };
        less.push((rule, "ignored", linked.judged(&choice, None)));
        for (how, level) in [("off", "off"), ("lowered", "note")] {
            let lower = linked.judged_at_level(rule, level, &Choice::default());
            less.extend(lower.map(|lower| (rule, how, lower)));
        }
    }
    for rule in rules.intersection(&ahead()).copied() {
        let found = outcome.findings.iter().chain(&outcome.yielded);
        let waived = linked.files.with_waivers(found.filter(|finding| finding.rule == rule));
        less.push((rule, "waived", waived.linked().judged(&Choice::default(), None)));
    }
    less
}

#[test]
fn saying_less_of_one_rule_never_hides_a_finding_of_another() {
    let wrong = wrong(|linked, outcome, wrong| {
        let mut found = found_rules(outcome);
        // A rule that finds something by itself hides nothing of others.
        if found.len() < 2 {
            return;
        }
        found.retain(|rule| rules::find(rule).expect("a rule").group != rules::Group::Reading);
        for (rule, how, less) in without(linked, outcome, &found) {
            let before = of_others(&outcome.findings, rule);
            let after = of_others(&less.findings, rule);
            if let Some(lost) = before.difference(&after).next() {
                wrong.push(format!("with {rule} {how}, {lost:?} is lost"));
            }
            let of_others = |finding: &&Finding| finding.rule != rule && finding.rule != WAIVER;
            let is_error = |finding: &Finding| finding.severity == Severity::Error;
            let mut true_ones = outcome.findings.iter().chain(&outcome.yielded).filter(of_others);
            let mut shown = less.findings.iter().filter(of_others);
            if true_ones.any(is_error) && !shown.any(is_error) {
                wrong.push(format!("with {rule} {how}, no error is left of those that are true"));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn after_baseline_write_nothing_is_new() {
    let wrong = wrong(|linked, outcome, wrong| {
        let (baseline, adoptable) = linked.adoptable(outcome);
        let after = linked.judged(&Choice::default(), Some(&baseline));
        for finding in &after.findings {
            if adoptable.contains(finding.rule) {
                wrong.push(format!("{} of {} is new", finding.rule, finding.subject));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn naming_paths_shows_a_part_of_what_is_found() {
    let wrong = wrong(|linked, outcome, wrong| {
        let all = known(&outcome.findings);
        let mut together = Known::new();
        for (file, (path, _)) in linked.files.manifests.iter().enumerate() {
            let choice = Choice {
                named: Some(Named {
                    files: Some(BTreeSet::from([FileId::at(file)])),
                    ..Named::default()
                }),
                ..Choice::default()
            };
            let part = known(&linked.judged(&choice, None).findings);
            if !part.is_subset(&all) {
                wrong.push(format!("{path} gives more than all"));
            }
            together.extend(part);
        }
        if together != all && linked.files.config.is_empty() {
            wrong.push("all paths together give less than all".to_owned());
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A case of `fixtures/together/<rule>/<ahead>.scope.toml`, or a folder without that ending: `rule` yields to `ahead`.
fn pairs() -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for folder in std::fs::read_dir(project().join("fixtures/together")).expect("fixtures") {
        let folder = folder.expect("an entry");
        for case in std::fs::read_dir(folder.path()).expect("a folder of cases") {
            let case = case.expect("an entry");
            let name = case.file_name().to_string_lossy().into_owned();
            let ahead = match name.strip_suffix(".scope.toml") {
                Some(ahead) => ahead,
                None if case.path().is_dir() => &name,
                None => panic!("{name} is no case"),
            };
            pairs.insert((folder.file_name().to_string_lossy().into_owned(), ahead.to_owned()));
        }
    }
    pairs
}

#[test]
fn each_pair_of_the_table_has_a_case_and_each_case_a_pair() {
    let data: BTreeSet<(String, String)> = rules::all()
        .flat_map(|rule| {
            rule.yields_to
                .iter()
                .map(|to| (rule.name.to_owned(), to.rule.to_owned()))
        })
        .collect();
    assert_eq!(pairs(), data);
}

#[test]
fn each_pair_speaks_alone_gives_way_together_and_comes_back() {
    for (rule, ahead) in pairs() {
        let folder = project().join("fixtures/together").join(&rule);
        let file = folder.join(format!("{ahead}.scope.toml"));
        let case = if file.is_file() { file } else { folder.join(&ahead) };
        let linked = Files::of(&case).linked();
        let name = format!("{rule} and {ahead}");
        let of = |rule: &str, findings: &[Finding]| -> Vec<Finding> {
            findings
                .iter()
                .filter(|finding| finding.rule == rule)
                .cloned()
                .collect()
        };
        let shows = |outcome: &Outcome, rule: &str| !of(rule, &outcome.findings).is_empty();

        for one in [&rule, &ahead] {
            let alone = linked.judged(&select(one), None);
            assert!(shows(&alone, one), "{name}: {one} finds nothing alone");
            assert!(alone.yielded.is_empty(), "{name}: {one} alone");
        }
        let together = linked.judged(&Choice::default(), None);
        assert!(shows(&together, &ahead) && !shows(&together, &rule), "{name}: together");
        let hidden = of(&rule, &together.yielded);
        let [first] = hidden.as_slice() else {
            panic!("{name}: {} yielded", hidden.len());
        };
        let named = of(&ahead, &together.findings);
        let named = named.iter().flat_map(|finding| &finding.precedes);
        let named: Vec<&str> = named.map(|yielded| yielded.rule).collect();
        assert!(
            named.contains(&rule.as_str()),
            "{name}: not named by what it yielded to"
        );

        let at_level =
            |rule: &str, level: &str, choice: &Choice| linked.judged_at_level(rule, level, choice).expect("no config");
        let lowered = at_level(&ahead, "note", &Choice::default());
        assert_eq!(
            shows(&lowered, &rule),
            first.severity == Severity::Error,
            "{name}: lowered"
        );
        let raised = at_level(&rule, "error", &Choice::default());
        let is_error = of(&ahead, &together.findings)
            .iter()
            .any(|f| f.severity == Severity::Error);
        assert_eq!(shows(&raised, &rule), !is_error, "{name}: raised");

        // What else it may yield to is out of the way.
        let others: Vec<String> = rules::find(&rule)
            .expect("a rule")
            .yields_to
            .iter()
            .map(|to| to.rule.to_owned())
            .filter(|to| *to != ahead)
            .collect();
        let choice = |ignore: &[&str]| Choice {
            ignore: others
                .iter()
                .cloned()
                .chain(ignore.iter().map(|&rule| rule.to_owned()))
                .collect(),
            ..Choice::default()
        };
        assert!(
            !shows(&linked.judged(&choice(&[]), None), &rule),
            "{name}: with no other"
        );
        assert!(
            shows(&linked.judged(&choice(&[&ahead]), None), &rule),
            "{name}: ignored"
        );
        assert!(shows(&at_level(&ahead, "off", &choice(&[])), &rule), "{name}: off");
        let ahead_found = of(&ahead, &together.findings);
        let waived = linked.files.with_waivers(ahead_found.iter()).linked();
        let waived = waived.judged(&choice(&[]), None);
        assert!(shows(&waived, &rule), "{name}: waived");
        let brought_back: usize = waived.waivers.iter().map(|waiver| waiver.brought_back).sum();
        assert!(brought_back >= 1, "{name}: no waiver says what it brought back");
        let baseline = linked.baseline(&ahead_found);
        assert!(
            shows(&linked.judged(&choice(&[]), Some(&baseline)), &rule),
            "{name}: adopted"
        );
    }
}
