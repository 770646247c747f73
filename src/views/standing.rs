//! What is found about each subject, what became of it, and how a matter of it stands by that.

use super::Word;
use crate::finding::Finding;
use crate::rules::Group;
use crate::triage::{Outcome, Severities};
use std::collections::{BTreeSet, HashMap};

/// What is found about each subject.
pub struct Found<'o> {
    /// By subject, each rule that found something about it, and the word for what became of that.
    by_subject: HashMap<&'o str, BTreeSet<(Word, &'static str)>>,
    severities: Severities,
    /// Whether what is seen is compared with what is declared at all.
    compares: bool,
}

/// A matter of an entity, and the rules that judge it.
pub struct Matter {
    /// The key of its column.
    pub key: &'static str,
    pub rules: &'static [&'static str],
}

/// What is declared of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    Something,
    Nothing,
    /// It is stated, and could not be read; or it may be.
    Unknown,
}

impl<'o> Found<'o> {
    pub fn of(outcome: &'o Outcome, severities: Severities, compares: bool) -> Self {
        let mut by_subject: HashMap<&'o str, BTreeSet<(Word, &'static str)>> = HashMap::new();
        let waived = outcome.waived.iter().map(|waived| (Word::Waived, &waived.finding));
        let all = with(Word::Open, &outcome.findings)
            .chain(waived)
            .chain(with(Word::Adopted, &outcome.baselined))
            .chain(with(Word::GivesWay, &outcome.yielded))
            .chain(with(Word::Off, &outcome.turned_off));
        for (word, finding) in all {
            by_subject
                .entry(&finding.subject)
                .or_default()
                .insert((word, finding.rule));
        }
        Self {
            by_subject,
            severities,
            compares,
        }
    }

    fn about(&self, subject: &str) -> impl Iterator<Item = (Word, &'static str)> {
        self.by_subject.get(subject).into_iter().flatten().copied()
    }

    /// Whether anything is found about a subject, be it reported or not.
    pub fn is_about(&self, subject: &str) -> bool {
        self.by_subject.contains_key(subject)
    }

    /// The rules of which something is reported about a subject, each once.
    pub fn open(&self, subject: &str) -> Vec<&'static str> {
        let open = self.about(subject).filter(|(word, _)| *word == Word::Open);
        open.map(|(_, rule)| rule).collect()
    }

    /// What is found about a subject and not reported: each rule, and why it is not.
    pub fn held_back(&self, subject: &str) -> Vec<String> {
        let held = self.about(subject).filter(|(word, _)| *word != Word::Open);
        held.map(|(word, rule)| format!("{rule}: {}", word.as_str())).collect()
    }

    /// How a matter of a subject that is declared, or seen, in a file stands, if that is said of it.
    pub fn standing(&self, matter: &Matter, subject: &str, path: &str, says: Says) -> Word {
        // Of several words, the first is the strongest.
        let mut found = self.about(subject).filter(|(_, rule)| matter.rules.contains(rule));
        match (found.next(), says) {
            (Some((word, _)), _) => word,
            _ if matter.rules.iter().any(|rule| self.is_off(rule, path)) => Word::Off,
            (None, Says::Something) => Word::Stated,
            (None, Says::Nothing) => Word::NotNeeded,
            (None, Says::Unknown) => Word::Unknown,
        }
    }

    /// Whether a rule that would speak is off for a file. Rules about what is seen do not, where that is not compared.
    fn is_off(&self, rule: &str, path: &str) -> bool {
        let is_of_discovery = || crate::rules::find(rule).is_some_and(|rule| rule.group == Group::Discovery);
        self.severities.is_off(rule, path) && (self.compares || !is_of_discovery())
    }

    /// Whether what is seen is compared with what is declared.
    pub fn compares(&self) -> bool {
        self.compares
    }
}

fn with(word: Word, findings: &[Finding]) -> impl Iterator<Item = (Word, &Finding)> {
    findings.iter().map(move |finding| (word, finding))
}
