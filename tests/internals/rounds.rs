//! The first hour of three new users, round by round: what they wrote, and what was said to it (`fixtures/first-hour/`).

use crate::cases::{self, AS_OF, project};
use soclint::internals::rules::{self, Group};
use soclint::internals::starter::{self, Answers, Declared, Facts, Place};
use soclint::internals::workspace::{self, Index};
use soclint::{Checked, Choice, Session, Severity, Source};
use std::path::{Path, PathBuf};

/// From the project's root.
pub const FOLDER: &str = "fixtures/first-hour";

pub struct FirstHour {
    /// Of its folder.
    pub name: String,
    pub folder: PathBuf,
    /// What is there before the first round.
    pub facts: Facts,
    /// The first of them is what `init` writes.
    pub rounds: Vec<Round>,
}

pub struct Round {
    pub checked: Checked,
}

pub fn all() -> Vec<FirstHour> {
    let folders = folders(&project().join(FOLDER));
    folders.into_iter().map(first_hour).collect()
}

/// The folders right in a folder.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    cases::entries(folder)
        .into_iter()
        .filter(|entry| entry.is_dir())
        .collect()
}

fn first_hour(folder: PathBuf) -> FirstHour {
    let repository = folder.join("repository");
    let place = Place {
        repository: &repository,
        folder: "",
        dir: &repository,
        is_root: true,
    };
    let mut session = opened(&repository);
    session.always_discover();
    session.read(|_| ()).expect("manifests");
    let facts = session
        .link(AS_OF.parse().expect("a date"))
        .first_facts(&place, &Declared::default());
    let mut hour = FirstHour {
        name: cases::name(&folder),
        facts,
        folder,
        rounds: Vec::new(),
    };
    // What is generated may be stale on the disk.
    let [(name, manifest), _] = hour.begun();
    let day = AS_OF.parse().expect("a date");
    hour.rounds.push(Round {
        checked: cases::alone(Source::new(name.to_owned(), manifest), day, &Choice::default()),
    });
    let rounds = (1..).map(|round| hour.folder.join(format!("round-{round}")));
    let rounds = rounds.take_while(|round| round.join("scope.toml").is_file());
    hour.rounds.extend(rounds.map(|round| check(&round)));
    hour
}

/// Outside of any repository, as what git tracks of these files says nothing of the user.
fn opened(folder: &Path) -> Session {
    let mut root = workspace::find_root(folder, Some(Path::new(".")), None, &[]).expect("a folder");
    (root.repository, root.index) = (None, Index::default());
    Session::open(root).expect("a config")
}

fn check(folder: &Path) -> Round {
    let mut session = opened(folder);
    session.read(|_| ()).expect("manifests");
    Round {
        checked: session.check(AS_OF.parse().expect("a date"), &Choice::default()),
    }
}

impl FirstHour {
    /// What `init` writes, by the names of its files.
    pub fn begun(&self) -> [(&'static str, String); 2] {
        let manifest = starter::manifest(&self.facts, &Answers::default());
        [("scope.toml", manifest), ("soclint.toml", starter::config(&self.facts))]
    }
}

impl Round {
    pub fn count(&self, severity: Severity) -> usize {
        let findings = self.checked.outcome.findings.iter();
        findings.filter(|finding| finding.severity == severity).count()
    }

    /// Errors about what could not be read.
    pub fn reading_errors(&self) -> usize {
        let is_reading = |rule: &str| rules::find(rule).is_some_and(|rule| rule.group == Group::Reading);
        let findings = self.checked.outcome.findings.iter();
        findings
            .filter(|finding| finding.severity == Severity::Error && is_reading(finding.rule))
            .count()
    }

    /// What was said, without what else it points at.
    pub fn said(&self) -> String {
        let mut out = String::new();
        for finding in &self.checked.outcome.findings {
            let source = self.checked.sources.get(finding.primary.place.file);
            let line = source.position(finding.primary.place.span.start).line;
            out.push_str(&format!(
                "{}:{line}: {}[{}] {}\n",
                source.path, finding.severity, finding.rule, finding.message
            ));
        }
        if out.is_empty() {
            out.push_str("nothing\n");
        }
        out
    }
}

/// A line for each repository.
pub fn figures(hours: &[FirstHour]) -> String {
    let mut out =
        "| repository | rounds until green | errors in reading | errors, warnings and notes, round by round |\n\
                   | --- | --- | --- | --- |\n"
            .to_owned();
    for hour in hours {
        let rounds = hour.rounds.get(1..).unwrap_or_default();
        let reading: usize = rounds.iter().map(Round::reading_errors).sum();
        let counts: Vec<String> = rounds
            .iter()
            .map(|round| [Severity::Error, Severity::Warning, Severity::Note].map(|s| round.count(s).to_string()))
            .map(|counts| counts.join("/"))
            .collect();
        out.push_str(&format!(
            "| [{0}]({0}/README.md) | {1} | {reading} | {2} |\n",
            hour.name,
            rounds.len(),
            counts.join(", then ")
        ));
    }
    out
}
