//! What a finding is known by from one run to the next: in SARIF, GitLab's report, JUnit and the baseline alike.
//!
//! That is the rule, the subject, the fact that decided it and the estate that it was found in; never a line, a file, the
//! day of the run or what else was found. Findings that share all of it are counted.

use crate::finding::Finding;
use crate::model::{hash_of, hex, short_digest};
use crate::source::Sources;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use sha2::Digest;
use std::borrow::Cow;

/// In characters. A fact is a value or a key; of longer ones the beginning is kept, and a digest of the whole.
const LONGEST_FACT: usize = 200;

/// What a finding is known by within its estate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The name of its rule.
    pub rule: String,
    /// The path of the entity that it is about.
    pub subject: String,
    /// What decided it, in short.
    pub fact: String,
}

impl Key {
    /// What a finding in these files is known by.
    pub fn of(finding: &Finding, sources: &Sources) -> Self {
        Self {
            rule: finding.rule.to_owned(),
            subject: finding.subject.clone(),
            fact: fact(finding, sources).into_owned(),
        }
    }
}

/// What decided a finding: what its rule says, else the value or the key at its place, whatever quotes it is written in
/// and however it is laid out.
pub fn fact<'f>(finding: &'f Finding, sources: &'f Sources) -> Cow<'f, str> {
    let text = match &finding.fact {
        Some(fact) => fact,
        None => sources
            .get(finding.primary.place.file)
            .slice(finding.primary.place.span),
    };
    let unquoted = ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
    let text = unquoted.unwrap_or(text).trim();
    let text = if unquoted.is_none() && text.starts_with(['{', '[']) {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    };
    match text.char_indices().nth(LONGEST_FACT) {
        None => text,
        Some((end, _)) => Cow::Owned(format!("{}… {}", &text[..end], short_digest(&text))),
    }
}

/// A finding's identity: what it is known by, and which of those that are known by the same it is, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity<'f> {
    pub rule: &'static str,
    pub subject: &'f str,
    pub fact: Cow<'f, str>,
    pub nth: usize,
}

/// Gives findings their identities, in their order.
pub struct Identities<'f> {
    sources: &'f Sources,
    seen: HashMap<(&'static str, &'f str, Cow<'f, str>), usize>,
}

impl<'f> Identities<'f> {
    pub fn new(sources: &'f Sources) -> Self {
        Self {
            sources,
            seen: HashMap::new(),
        }
    }

    pub fn next(&mut self, finding: &'f Finding) -> Identity<'f> {
        let (rule, subject, fact) = (finding.rule, finding.subject.as_str(), fact(finding, self.sources));
        let nth = self.seen.entry((rule, subject, fact.clone())).or_insert(0);
        *nth += 1;
        Identity {
            rule,
            subject,
            fact,
            nth: *nth,
        }
    }
}

impl Identity<'_> {
    /// The identity as one short text. `estate` is the estate's path from the repository's root, empty at the root.
    pub fn fingerprint(&self, estate: &str) -> String {
        let mut hash = hash_of([estate, self.rule, self.subject, &*self.fact]);
        hash.update((self.nth as u64).to_le_bytes());
        hex(&hash.finalize()[..16])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Details, Label, Severity};
    use crate::source::{FileId, Place, Source, Span};

    fn finding(rule: &'static str, subject: &str, fact: &str) -> Finding {
        let place = Place {
            file: FileId(0),
            span: Span::default(),
        };
        Details {
            rule,
            severity: Severity::Error,
            subject: subject.to_owned(),
            owner: None,
            message: Default::default(),
            primary: Label {
                place,
                text: Default::default(),
            },
            related: Vec::new(),
            beyond: Default::default(),
            help: Default::default(),
            fix: None,
            suggestion: None,
            fact: Some(fact.into()),
            from: None,
            names: Default::default(),
            may_yield: true,
            precedes: Default::default(),
            references: &[],
        }
        .into()
    }

    fn sources(text: &str) -> Sources {
        Sources::new(vec![Source::new("scope.toml".to_owned(), text.to_owned())])
    }

    fn fingerprints(findings: &[Finding], estate: &str) -> Vec<String> {
        let sources = sources("");
        let mut identities = Identities::new(&sources);
        let identities = findings.iter().map(|finding| identities.next(finding));
        identities.map(|identity| identity.fingerprint(estate)).collect()
    }

    #[test]
    fn each_part_makes_another_identity_and_no_two_lists_of_parts_are_one() {
        let some = [
            finding("stale-report", "reports.a", "x"),
            finding("stale-report", "reports.a", "y"),
            finding("stale-report", "reports.b", "x"),
            finding("coverage-gap", "reports.a", "x"),
            finding("stale-report", "reports.ax", ""),
            finding("stale-report", "reports.", "ax"),
            finding("stale-report", "reports.a", "x"),
        ];
        let mut prints = fingerprints(&some, "");
        prints.extend(fingerprints(&some, "services/pay"));
        prints.extend(fingerprints(&some, "services"));
        let all = prints.len();
        prints.sort();
        prints.dedup();
        assert_eq!(prints.len(), all);
    }

    #[test]
    fn taking_one_away_moves_no_other_but_the_last_of_its_equals() {
        let some: Vec<Finding> = ["U1", "U2", "U2", "U3", "U10", "U1 ", "\"U4\""]
            .iter()
            .map(|fact| finding("cuec-unowned", "third-parties.host", fact))
            .collect();
        let before = fingerprints(&some, "");
        for at in 0..some.len() {
            let mut left = some.clone();
            left.remove(at);
            let after = fingerprints(&left, "");
            for (print, other) in after.iter().zip(&left) {
                let facts_alike = |one: &Finding| fact(one, &sources("")) == fact(other, &sources(""));
                let own: Vec<&String> = some
                    .iter()
                    .zip(&before)
                    .filter_map(|(one, print)| facts_alike(one).then_some(print))
                    .collect();
                assert!(own.contains(&print), "{at}");
            }
        }
    }

    #[test]
    fn a_fact_is_the_value_however_it_is_written() {
        for (text, value) in [
            ("\"a b\"", "a b"),
            ("'a b'", "a b"),
            ("\"\"\"a b\"\"\"", "a b"),
            ("'''a b'''", "a b"),
            ("{ a = 1,\n  b = [ 2 ] }", "{ a = 1, b = [ 2 ] }"),
            ("[\r\n\t1,\r\n\t2 ]", "[ 1, 2 ]"),
            ("2026-09-30", "2026-09-30"),
            ("\"a  b\"", "a  b"),
        ] {
            let sources = sources(text);
            let mut one = finding("stale-report", "reports.a", "");
            one.fact = None;
            one.primary.place.span = Span::new(0..text.len());
            assert_eq!(fact(&one, &sources), value);
        }
    }

    #[test]
    fn long_facts_are_told_apart_by_their_ends() {
        let long = "é".repeat(LONGEST_FACT);
        let facts = ["", "a", "b", "aa", " a"].map(|end| finding("stale-report", "reports.a", &format!("{long}{end}")));
        let sources = sources("");
        let mut facts: Vec<Cow<'_, str>> = facts.iter().map(|one| fact(one, &sources)).collect();
        assert!(facts.iter().all(|fact| fact.chars().count() <= LONGEST_FACT + 14));
        let all = facts.len();
        facts.sort();
        facts.dedup();
        assert_eq!(facts.len(), all);
    }
}
