//! Running rules over an estate.

use super::{Context, Rule, all};
use crate::estate::IdentityRef;
use crate::finding::Finding;
use crate::model::{ControlId, Id, IdentityId, ServiceId};
use rayon::prelude::*;
use std::ops::Range;

/// How a rule is checked.
#[derive(Clone, Copy)]
pub enum Check {
    /// The estate as a whole.
    Estate(fn(&Context<'_, '_>) -> Vec<Finding>),
    /// The files that evidence names: what is found in them is the same on any day.
    Files(fn(&Context<'_, '_>) -> Vec<Finding>),
    // What is judged by itself is judged by all rules of its kind in turn, while it is at hand: an estate of many
    // thousand manifests is larger than what a processor has at hand.
    /// Each service by itself.
    Service(fn(&Context<'_, '_>, ServiceId) -> Option<Finding>),
    /// Each control by itself.
    Control(fn(&Context<'_, '_>, ControlId) -> Option<Finding>),
    /// Each non-human identity that is surely in use by itself.
    ActiveNhi(fn(&Context<'_, '_>, IdentityRef<'_, '_>) -> Option<Finding>),
    /// Not here: [`crate::triage`] makes its findings, for only there is it known what they are about.
    Triage,
}

/// Entities that one thread judges before another takes over.
const AT_ONCE: usize = 256;

/// What one thread does at a time.
enum Job {
    Rule(usize),
    Services(Range<usize>),
    Controls(Range<usize>),
    Identities(Range<usize>),
}

/// What one rule found in one job.
type Found = (usize, Vec<Finding>);

/// Runs the rules that `wanted` picks, reading diagnostics included. Findings come in the order of the rules.
pub fn run(cx: &Context<'_, '_>, wanted: impl Fn(&Rule) -> bool) -> Vec<Finding> {
    let rules: Vec<&Rule> = all().filter(|rule| wanted(rule)).collect();
    let whole = rules.iter().enumerate();
    let whole = whole.filter(|(_, rule)| matches!(rule.check, Check::Estate(_) | Check::Files(_)));
    let jobs = whole.map(|(at, _)| Job::Rule(at));
    let jobs = jobs.chain(ranges(cx.services.len()).map(Job::Services));
    let jobs = jobs.chain(ranges(cx.controls.len()).map(Job::Controls));
    let jobs: Vec<Job> = jobs.chain(ranges(cx.identities.len()).map(Job::Identities)).collect();
    let found: Vec<Vec<Found>> = jobs.par_iter().with_max_len(1).map(|job| job.run(cx, &rules)).collect();
    let mut found: Vec<Found> = found.into_iter().flatten().collect();
    found.sort_by_key(|(rule, _)| *rule);
    let findings = found.into_iter().flat_map(|(_, findings)| findings);
    findings.map(Finding::without_repetitions).collect()
}

fn ranges(count: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count)
        .step_by(AT_ONCE)
        .map(move |start| start..count.min(start + AT_ONCE))
}

impl Job {
    fn run(&self, cx: &Context<'_, '_>, rules: &[&Rule]) -> Vec<Found> {
        match self {
            Self::Rule(at) => match rules[*at].check {
                Check::Estate(check) | Check::Files(check) => vec![(*at, check(cx))],
                _ => Vec::new(),
            },
            Self::Services(range) => each(range, rules, |check, service| match check {
                Check::Service(judge) => judge(cx, ServiceId::at(service)),
                _ => None,
            }),
            Self::Controls(range) => each(range, rules, |check, control| match check {
                Check::Control(judge) => judge(cx, ControlId::at(control)),
                _ => None,
            }),
            Self::Identities(range) => each(range, rules, |check, index| match check {
                Check::ActiveNhi(judge) => Some(cx.estate.identity(IdentityId::at(index)))
                    .filter(|identity| identity.is_non_human() && identity.is_active())
                    .and_then(|identity| judge(cx, identity)),
                _ => None,
            }),
        }
    }
}

/// What each rule finds in each of a range of entities.
fn each(range: &Range<usize>, rules: &[&Rule], judge: impl Fn(Check, usize) -> Option<Finding>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for entity in range.clone() {
        for (at, rule) in rules.iter().enumerate() {
            if let Some(finding) = judge(rule.check, entity) {
                match found.iter_mut().find(|(rule, _)| *rule == at) {
                    Some((_, findings)) => findings.push(finding),
                    None => found.push((at, vec![finding])),
                }
            }
        }
    }
    found
}
