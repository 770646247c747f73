//! What one side says of the other, the other says of it; and no finding of either is lost.

use super::rewritten::{Estate, Random};
use super::{each, told, with};
use crate::finding::Finding;
use crate::triage::Outcome;
use crate::views::{Change, Comparison, EntityChange};
use std::collections::BTreeSet;

/// An estate without some of its keys and entities.
fn thinned(estate: &Estate, random: &mut Random) -> Estate {
    let mut other = estate.clone();
    for manifest in &mut other.manifests {
        manifest.entities.retain(|_| !random.one_in(6));
        for entity in &mut manifest.entities {
            entity.keys.retain(|_| !random.one_in(8));
        }
    }
    other
}

#[test]
fn the_other_way_round_is_the_same_from_the_other_side() {
    let count = each(|estate, random| {
        let (one, other) = (estate.session(random), thinned(estate, random).session(random));
        let mirrored = |change: &EntityChange| {
            let mut change = change.clone();
            change.change = match change.change {
                Change::Added => Change::Removed,
                Change::Removed => Change::Added,
                same => same,
            };
            if let Some(from) = &mut change.from {
                std::mem::swap(from, &mut change.subject);
            }
            for key in &mut change.keys {
                std::mem::swap(&mut key.before, &mut key.after);
            }
            change.reaches = change.reaches.map(|reached| vec![reached.len().to_string()]);
            format!("{change:?}")
        };
        let said = |comparison: &Comparison<'_>, mirror: bool| {
            let scope = comparison.scope.iter().map(|change| {
                if mirror {
                    mirrored(change)
                } else {
                    let mut change = change.clone();
                    change.reaches = change.reaches.map(|reached| vec![reached.len().to_string()]);
                    format!("{change:?}")
                }
            });
            let coverage = comparison
                .coverage
                .iter()
                .map(|change| format!("{} {} {}", change.service, change.report, change.is_covered != mirror));
            let needs = comparison
                .needs
                .iter()
                .map(|change| format!("{} {} {}", change.service, change.purpose, change.is_open != mirror));
            scope.chain(coverage).chain(needs).collect::<BTreeSet<String>>()
        };
        let (there, new, gone) = with(&one, &other, false, |comparison, _, _| {
            let found = &comparison.findings;
            let [base, head, _] = comparison.sources;
            (
                said(comparison, false),
                told(&found.new, head),
                told(&found.resolved, base),
            )
        });
        let (back, new_back, gone_back) = with(&other, &one, false, |comparison, _, _| {
            let found = &comparison.findings;
            let [base, head, _] = comparison.sources;
            (
                said(comparison, true),
                told(&found.new, head),
                told(&found.resolved, base),
            )
        });
        // References to what was renamed are told by what it is called on the later side.
        let is_renamed = there.iter().any(|said| said.contains("Renamed"));
        let mut wrong: Vec<String> = Vec::new();
        if !is_renamed {
            wrong.extend(there.symmetric_difference(&back).cloned());
            // What yields, is waived or adopted on the later side is not resolved.
            wrong.extend(gone.iter().filter(|said| !new_back.contains(said)).cloned());
            wrong.extend(gone_back.iter().filter(|said| !new.contains(said)).cloned());
        }
        (there.len(), wrong)
    });
    assert!(count > 1_000, "{count}");
}

#[test]
fn every_finding_of_either_side_is_accounted_for() {
    let count = each(|estate, random| {
        let (one, other) = (estate.session(random), thinned(estate, random).session(random));
        let wrong = with(&one, &other, false, |comparison, old, new| {
            let found = &comparison.findings;
            let [base, head, _] = comparison.sources;
            let all = |outcome: &Outcome, sources| told(&outcome.findings.iter().collect::<Vec<&Finding>>(), sources);
            let (before, now) = (all(old, base), all(new, head));
            let (come, gone) = (told(&found.new, head), told(&found.resolved, base));
            let mut wrong = Vec::new();
            wrong.extend(come.iter().filter(|said| !now.contains(said)).cloned());
            wrong.extend(gone.iter().filter(|said| !before.contains(said)).cloned());
            // What is shown now and was not is new, or what something else has become.
            if before.len() + come.len() < now.len() {
                wrong.push(format!("{} and {} are not {}", before.len(), come.len(), now.len()));
            }
            wrong
        });
        (1, wrong)
    });
    assert!(count > 700, "{count}");
}
