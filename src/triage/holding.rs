//! What each waiver suppresses, and findings about waivers that suppress nothing.

use super::precedence::Precedence;
use super::{Choice, Declared, Seen, State, Waived, Waiver, can_be_suppressed, owners, validity};
use crate::finding::Finding;
use crate::model::glob_matches;
use crate::rules;
use jiff::civil::Date;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

/// So many times, all in all, the subject of a finding is compared with the pattern of a waiver.
pub const MAX_COMPARED: usize = 20_000_000;

pub struct Judged {
    pub waivers: Vec<Waiver>,
    /// For each finding, the first waiver that suppresses it.
    pub held_by: Vec<Option<usize>>,
    /// What is to be said about the waivers.
    pub about: Vec<Finding>,
    /// For each waiver, until when it stands as it does, if what it names stays the same.
    pub until: Vec<Date>,
}

/// Judges waivers of findings, which come in the order of the files.
pub fn judge(
    findings: &[Finding],
    declared: Vec<Declared>,
    seen: Seen<'_, '_>,
    choice: &Choice,
    all_read: bool,
) -> Judged {
    let subjects = Subjects::of(findings);
    let mut left = MAX_COMPARED;
    let mut held_by: Vec<Option<usize>> = vec![None; findings.len()];
    let (mut about, mut invalid, mut waivers) = (Vec::new(), Vec::new(), Vec::new());
    let mut until = Vec::with_capacity(declared.len());
    for declared in declared {
        let rule = declared.rule.text.as_str();
        let matched = subjects.matching(&declared, &mut left);
        let is_looked_at = matched.is_some();
        let matched = matched.unwrap_or_default();
        let names: Vec<&str> = matched.iter().map(|at| findings[*at].subject.as_str()).collect();
        // A rule that does not exist is reported as such.
        let unread = declared.unread || rules::find(rule).is_none();
        let judged = seen.estate.as_of.held(|| {
            let reasons = match unread {
                true => Vec::new(),
                false if !is_looked_at => vec![validity::too_many(&declared)],
                false => validity::reasons(&declared, &names, seen.estate, seen.settings),
            };
            (
                reasons,
                declared.expires.is_some_and(|(day, _)| day < seen.estate.as_of),
            )
        });
        until.push(judged.until);
        let (reasons, expired) = judged.into_value();
        let mut state = match (unread, reasons.is_empty(), matched.is_empty()) {
            (true, ..) => State::Unread,
            (_, false, _) if expired => State::Expired,
            (_, false, _) => State::Invalid,
            (_, _, true) => State::Unused,
            _ => State::Active,
        };
        if state == State::Unused && all_read && !choice.no_waivers {
            let unused = validity::unused(&declared);
            about.push(unused.owned_by(owners::of_waiver(&declared, seen.estate)));
        }
        let mut behind = None;
        if state == State::Active && can_be_suppressed(rule) {
            let free = |at: &&usize| held_by[**at].is_none();
            let first_free = matched.iter().find(free).copied();
            if first_free.is_none() {
                state = State::Shadowed;
                behind = matched.first().and_then(|at| held_by[*at]);
            }
            for at in &matched {
                held_by[*at].get_or_insert(waivers.len());
            }
        }
        let count = matched.len();
        if !reasons.is_empty() {
            invalid.push((waivers.len(), reasons, matched));
        }
        waivers.push(Waiver {
            findings: count,
            declared,
            state,
            behind,
            brought_back: 0,
        });
    }
    for (at, reasons, matched) in invalid {
        // Another waiver may suppress what this one does not.
        let stands = |at: &usize| choice.no_waivers || held_by[*at].is_none();
        let standing: Vec<&Finding> = matched.into_iter().filter(stands).map(|at| &findings[at]).collect();
        let Waiver {
            declared,
            state,
            findings,
            ..
        } = &waivers[at];
        let useless = *state == State::Expired && *findings == 0 && all_read;
        let owner = owners::of_waiver(declared, seen.estate);
        let found = validity::invalid(declared, &reasons, &standing, useless);
        about.extend(found.map(|finding| finding.owned_by(owner)));
    }
    Judged {
        waivers,
        held_by,
        about,
        until,
    }
}

/// The waivers, each with how many findings are shown that would yield to those that it suppresses.
pub fn brought_back(mut waivers: Vec<Waiver>, waived: &[Waived], shown: &[Finding]) -> Vec<Waiver> {
    if waived.is_empty() {
        return waivers;
    }
    let findings: Vec<Finding> = waived.iter().map(|waived| waived.finding.clone()).collect();
    let precedence = Precedence::among(&findings);
    for finding in shown {
        let by: BTreeSet<usize> = precedence.over(finding).map(|at| waived[at].waiver).collect();
        for waiver in by {
            waivers[waiver].brought_back += 1;
        }
    }
    waivers
}

/// The findings of each rule by their subjects, so that a waiver looks only at those that begin or end as it does.
struct Subjects<'f> {
    findings: &'f [Finding],
    by_rule: HashMap<&'f str, OfRule>,
}

/// The findings of one rule.
#[derive(Default)]
struct OfRule {
    by_beginning: Vec<usize>,
    /// In the order of their subjects read from the end, once a pattern asks for it.
    by_end: OnceCell<Vec<usize>>,
}

impl<'f> Subjects<'f> {
    fn of(findings: &'f [Finding]) -> Self {
        let mut by_rule: HashMap<&str, OfRule> = HashMap::new();
        for (at, finding) in findings.iter().enumerate() {
            by_rule.entry(finding.rule).or_default().by_beginning.push(at);
        }
        let subject = |at: &usize| findings[*at].subject.as_str();
        for of_rule in by_rule.values_mut() {
            of_rule.by_beginning.sort_by_key(subject);
        }
        Self { findings, by_rule }
    }

    /// The findings that a waiver names, in their order; `None` when to find them takes more than is left.
    fn matching(&self, waiver: &Declared, left: &mut usize) -> Option<Vec<usize>> {
        let Some(of_rule) = self.by_rule.get(waiver.rule.text.as_str()) else {
            return Some(Vec::new());
        };
        let pattern = waiver.resolved.as_str();
        let subject = |at: &usize| self.findings[*at].subject.as_str();
        let beginning = pattern.split('*').next().unwrap_or_default();
        let from = &of_rule.by_beginning[of_rule.by_beginning.partition_point(|at| subject(at) < beginning)..];
        let mut alike = &from[..from.partition_point(|at| subject(at).starts_with(beginning))];
        if pattern.contains('*') {
            let end = pattern.rsplit('*').next().unwrap_or_default();
            let is_before = |at: &usize| subject(at).bytes().rev().lt(end.bytes().rev());
            let by_end = of_rule.by_end.get_or_init(|| {
                let mut by_end = of_rule.by_beginning.clone();
                by_end.sort_by(|a, b| subject(a).bytes().rev().cmp(subject(b).bytes().rev()));
                by_end
            });
            let from = &by_end[by_end.partition_point(is_before)..];
            let ending = &from[..from.partition_point(|at| subject(at).ends_with(end))];
            if ending.len() < alike.len() {
                alike = ending;
            }
            *left = left.checked_sub(alike.len())?;
        }
        let named = alike.iter().filter(|at| glob_matches(pattern, subject(at)));
        let mut named: Vec<usize> = named.copied().collect();
        named.sort_unstable();
        Some(named)
    }
}
