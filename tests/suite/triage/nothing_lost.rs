//! For any set of waivers and baselines: shown + waived + baselined + what yielded = found, none lost and none twice.

use crate::tool::{AS_OF, project};
use proptest::prelude::*;
use soclint::{Baseline, Choice, Finding, Key, Outcome, Session, Source, Sources};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

const WAIVER: &str = "waiver-invalid";

/// The manifests of an estate, as path and text.
fn manifests(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name == "scope.toml" || name.ends_with(".scope.toml") {
                let text = std::fs::read_to_string(&path).expect("a file");
                found.push((
                    path.strip_prefix(folder)
                        .expect("within")
                        .to_string_lossy()
                        .into_owned(),
                    text,
                ));
            }
        }
    }
    found.sort();
    found
}

fn looked(
    manifests: &[(String, String)],
    baseline: Option<&Baseline>,
    choice: &Choice,
    then: impl FnOnce(&Outcome, &Sources),
) {
    let sources = manifests
        .iter()
        .map(|(path, text)| Source::new(path.clone(), text.clone()));
    let session = Session::of_texts(sources.collect(), Vec::new()).expect("no config");
    let day = AS_OF.parse().expect("a date");
    let checked = match baseline {
        Some(baseline) => session.check_with_baseline(day, choice, baseline),
        None => session.check(day, choice),
    };
    then(&checked.outcome, &checked.sources);
}

/// Whether a pattern takes a subject: a star stands for anything but `/`.
fn takes(pattern: &str, subject: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == subject;
    };
    subject.strip_prefix(before).is_some_and(|rest| {
        let within = rest.find('/').unwrap_or(rest.len());
        let mut ends = (0..=within).filter(|at| rest.is_char_boundary(*at));
        ends.any(|end| takes(after, &rest[end..]))
    })
}

type Counted = BTreeMap<(String, String, String, String), usize>;

/// How often each finding is there, whatever its line; those about waivers are not of the estate.
fn counted<'f>(findings: impl Iterator<Item = &'f Finding>, sources: &Sources) -> Counted {
    let mut counted = Counted::new();
    for finding in findings.filter(|finding| finding.rule != WAIVER) {
        let Key { rule, subject, fact } = Key::of(finding, sources);
        *counted
            .entry((rule, subject, fact, finding.message.to_string()))
            .or_default() += 1;
    }
    counted
}

/// The estate, what is found in it without waivers and baselines, and what that is known by.
type Estate = (Vec<(String, String)>, Counted, Vec<Key>);

static FOUND: LazyLock<Estate> = LazyLock::new(found);

fn found() -> Estate {
    let manifests: Vec<(String, String)> = manifests(&project().join("fixtures/estates/talervik-pay"));
    let (mut all, mut keys) = (Counted::new(), Vec::new());
    looked(&manifests, None, &Choice::default(), |outcome, sources| {
        all = counted(
            outcome
                .findings
                .iter()
                .chain(outcome.waived.iter().map(|waived| &waived.finding))
                .chain(&outcome.yielded),
            sources,
        );
        keys = outcome
            .findings
            .iter()
            .map(|finding| Key::of(finding, sources))
            .collect();
    });
    (manifests, all, keys)
}

#[derive(Debug, Clone)]
struct Picked {
    at: prop::sample::Index,
    /// How much of the subject's end a star stands for.
    star: usize,
    approver: &'static str,
    expires: &'static str,
    reason: &'static str,
}

fn picked() -> impl Strategy<Value = Picked> {
    let pick = (
        any::<prop::sample::Index>(),
        0..6_usize,
        prop::sample::select(vec!["somebody-else", "team", ""]),
        prop::sample::select(vec!["2026-12-31", "2026-10-01", "2026-09-30", "2030-01-01"]),
        prop::sample::select(vec!["Known", "Known", " "]),
    );
    pick.prop_map(|(at, star, approver, expires, reason)| Picked {
        at,
        star,
        approver,
        expires,
        reason,
    })
}

fn waivers(picked: &[Picked], keys: &[Key]) -> String {
    let mut text = String::new();
    for one in picked {
        let Key { rule, subject, .. } = one.at.get(keys);
        let kept: String = subject
            .chars()
            .take(subject.chars().count().saturating_sub(one.star))
            .collect();
        let star = if one.star > 0 { "*" } else { "" };
        let _ = writeln!(
            text,
            "[[waivers]]\nrule = \"{rule}\"\nsubject = \"/{kept}{star}\"\nreason = \"{}\"\nowner = \"team\"\napproved-by = \"{}\"\nexpires = {}",
            one.reason, one.approver, one.expires
        );
    }
    // A subject of a namespace is named whole.
    text.lines()
        .map(|line| match line.strip_prefix("subject = \"/") {
            Some(rest) if rest.contains('/') => format!("subject = \"{rest}\n"),
            _ => format!("{line}\n"),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shown_and_waived_and_baselined_are_what_is_found(
        waived in proptest::collection::vec(picked(), 0..12),
        adopted in proptest::collection::vec((any::<prop::sample::Index>(), 0..3_usize), 0..20),
        until in prop::sample::select(vec![None, Some("2026-09-30"), Some("2026-10-01")]),
        no_waivers in any::<bool>(),
    ) {
        let (manifests, all, keys) = &*FOUND;
        let mut manifests = manifests.clone();
        prop_assert!(keys.len() > 80);
        let text = waivers(&waived, keys);
        manifests.push(("zz.scope.toml".to_owned(), text));
        let mut baseline = Baseline { until: until.map(|day| day.parse().expect("a date")), ..Baseline::default() };
        for (at, count) in &adopted {
            baseline.entries.insert(at.get(keys).clone(), *count);
        }
        let choice = Choice { no_waivers, ..Choice::default() };
        let mut result = Ok(());
        looked(&manifests, Some(&baseline), &choice, |outcome, sources| {
            let of_waivers = |finding: &&Finding| !sources.get(finding.primary.place.file).path.starts_with("zz.");
            let shown = outcome.findings.iter().filter(of_waivers);
            let held = outcome.waived.iter().map(|waived| &waived.finding);
            let parts = shown.chain(held).chain(&outcome.baselined).chain(&outcome.yielded);
            let together = counted(parts, sources);
            result = (|| {
                prop_assert_eq!(&together, all);
                let held: usize = outcome.baselined.len();
                let room: usize = baseline.entries.values().sum();
                prop_assert!(held <= room);
                let resolved: usize = outcome.baseline.as_ref().and_then(|state| state.resolved.as_ref()).map_or(0, |resolved| resolved.values().sum());
                prop_assert!(held + resolved <= room);
                prop_assert!(!no_waivers || outcome.waived.is_empty());
                prop_assert!(until != Some("2026-09-30") || outcome.baselined.is_empty());
                prop_assert_eq!(outcome.summary.waived, outcome.waived.len());
                prop_assert_eq!(outcome.summary.baselined, held);
                let shown = outcome.summary.errors + outcome.summary.warnings + outcome.summary.notes;
                prop_assert_eq!(shown, outcome.findings.len());
                for waived in &outcome.waived {
                    let declared = &outcome.waivers[waived.waiver].declared;
                    prop_assert_eq!(declared.rule.text.as_str(), waived.finding.rule);
                    prop_assert!(takes(&declared.resolved, &waived.finding.subject));
                }
                Ok(())
            })();
        });
        result?;
    }
}
