//! Which findings yield to others, so that one fact speaks once.
//!
//! What yields to what is data of the rules ([`Rule::yields_to`](crate::rules::Rule)). It is resolved here alone,
//! among the findings that count: what is off, not selected, waived or in the baseline silences nothing, and an error
//! yields to errors only. So a finding that is turned off or lowered never takes a more severe one with it.

use crate::finding::{Finding, Severity, Yielded};
use crate::rules::{self, Shares, YieldsTo};
use std::collections::{HashMap, HashSet};

/// Findings that take precedence over others, by rule and subject.
pub struct Precedence<'f> {
    yields_to: HashMap<&'static str, &'static [YieldsTo]>,
    by_subject: HashMap<(&'static str, &'f str), Vec<usize>>,
    /// The rules that they are of.
    found: HashSet<&'static str>,
    findings: &'f [Finding],
}

impl<'f> Precedence<'f> {
    pub fn among(findings: &'f [Finding]) -> Self {
        let yielding = rules::all().filter(|rule| !rule.yields_to.is_empty());
        let yields_to: HashMap<_, _> = yielding.map(|rule| (rule.name, rule.yields_to)).collect();
        let ahead: HashSet<&str> = yields_to.values().copied().flatten().map(|to| to.rule).collect();
        let mut by_subject: HashMap<(&'static str, &str), Vec<usize>> = HashMap::new();
        for (at, finding) in findings.iter().enumerate() {
            if ahead.contains(finding.rule) {
                let key = (finding.rule, finding.subject.as_str());
                by_subject.entry(key).or_default().push(at);
            }
        }
        Self {
            yields_to,
            found: by_subject.keys().map(|(rule, _)| *rule).collect(),
            by_subject,
            findings,
        }
    }

    /// The findings to which one yields.
    pub fn over<'p>(&'p self, finding: &'p Finding) -> impl Iterator<Item = usize> + 'p {
        let yields_to = self.yields_to.get(finding.rule).filter(|_| finding.may_yield);
        let yields_to = yields_to.copied().unwrap_or_default();
        let ahead = yields_to.iter().flat_map(|to| self.of(to, finding));
        ahead.filter(|at| self.findings[*at].severity >= finding.severity || finding.severity < Severity::Error)
    }

    fn of<'p>(&'p self, to: &'static YieldsTo, finding: &'p Finding) -> impl Iterator<Item = usize> + 'p {
        let own = Some(finding.subject.as_str()).filter(|_| to.shares == Shares::Subject);
        // There may be thousands of names, and nothing said of any.
        let named: &[String] = if to.shares == Shares::Named && self.found.contains(to.rule) {
            &finding.names
        } else {
            &[]
        };
        let subjects = own.into_iter().chain(named.iter().map(String::as_str));
        let found = subjects.filter_map(|subject| self.by_subject.get(&(to.rule, subject)));
        found.flatten().copied()
    }
}

/// Parts findings into those that are shown, each with what yielded to it, and those that yielded.
pub fn resolve(mut findings: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
    let ahead: Vec<Option<usize>> = {
        let precedence = Precedence::among(&findings);
        findings.iter().map(|finding| precedence.over(finding).next()).collect()
    };
    let mut precedes: HashMap<usize, Vec<Yielded>> = HashMap::new();
    for (at, finding) in findings.iter().enumerate() {
        // What it yielded to may have given way itself. The relation has no cycle.
        let shown = std::iter::successors(ahead[at], |next| ahead[*next]).last();
        if let Some(shown) = shown {
            precedes
                .entry(shown)
                .or_insert_with(|| Vec::with_capacity(1))
                .push(Yielded {
                    rule: finding.rule,
                    subject: finding.subject.clone(),
                    severity: finding.severity,
                });
        }
    }
    let mut at = 0;
    let yields = |finding: &mut Finding| {
        let yields = ahead[at].is_some();
        if !yields {
            finding.precedes = precedes.remove(&at).unwrap_or_default().into();
        }
        at += 1;
        yields
    };
    let yielded = findings.extract_if(.., yields).collect();
    (findings, yielded)
}

#[cfg(test)]
mod tests {
    use crate::rules;
    use std::collections::HashSet;

    #[test]
    fn no_rule_gives_way_to_itself_by_way_of_others() {
        for rule in rules::all() {
            let mut seen = HashSet::new();
            let mut next: Vec<&str> = rule.yields_to.iter().map(|to| to.rule).collect();
            while let Some(name) = next.pop() {
                assert_ne!(name, rule.name, "{} is in a cycle", rule.name);
                let found = rules::find(name);
                assert!(found.is_some(), "{} yields to {name}", rule.name);
                if seen.insert(name) {
                    let further = found.into_iter().flat_map(|rule| rule.yields_to);
                    next.extend(further.map(|to| to.rule));
                }
            }
        }
    }
}
