//! Which waiver holds a finding back, where several would.

use super::{State, Waiver, can_be_held_back};
use crate::finding::Finding;
use std::collections::HashMap;

/// The waivers that hold, by their rules.
pub struct ByRule<'w>(HashMap<&'w str, Vec<usize>>);

impl<'w> ByRule<'w> {
    pub fn of(waivers: &'w [Waiver]) -> Self {
        let mut by_rule: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, waiver) in waivers.iter().enumerate() {
            if waiver.state == State::Active {
                by_rule.entry(waiver.declared.rule.text.as_str()).or_default().push(at);
            }
        }
        Self(by_rule)
    }

    /// The first waiver that holds a finding back.
    pub fn first(&self, waivers: &[Waiver], finding: &Finding) -> Option<usize> {
        let candidates = self.0.get(finding.rule).filter(|_| can_be_held_back(finding.rule))?;
        candidates
            .iter()
            .copied()
            .find(|at| waivers[*at].declared.matches(finding.rule, &finding.subject))
    }

    /// The waivers after `first` that would hold the same finding back.
    fn after<'f>(
        &'f self,
        waivers: &'f [Waiver],
        finding: &'f Finding,
        first: usize,
    ) -> impl Iterator<Item = usize> + use<'f, 'w> {
        let candidates = self.0.get(finding.rule).map(Vec::as_slice).unwrap_or_default();
        let later = candidates.iter().copied().filter(move |at| *at > first);
        later.filter(|at| waivers[*at].declared.matches(finding.rule, &finding.subject))
    }
}

/// Tells apart the waivers that hold something back from those whose findings others hold back before them.
pub fn mark_shadowed(waivers: &mut [Waiver], findings: &[Finding]) {
    let holding = ByRule::of(waivers);
    let mut holds = vec![false; waivers.len()];
    let mut before: Vec<Option<usize>> = vec![None; waivers.len()];
    for finding in findings {
        let Some(first) = holding.first(waivers, finding) else {
            continue;
        };
        holds[first] = true;
        for later in holding.after(waivers, finding, first) {
            before[later].get_or_insert(first);
        }
    }
    for (at, waiver) in waivers.iter_mut().enumerate() {
        if waiver.state == State::Active && !holds[at] && before[at].is_some() {
            waiver.state = State::Shadowed;
            waiver.behind = before[at];
        }
    }
}
