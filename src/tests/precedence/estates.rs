//! An estate that is linked once, and triaged in many ways.

use crate::finding::Finding;
use crate::session::{self, Session};
use crate::source::Source;
use crate::triage::{self, Baseline, Choice, Outcome, View};
use crate::workspace::Root;
use crate::{config, rules};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

const AS_OF: &str = "2026-10-01";

pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of an estate.
#[derive(Clone)]
pub struct Files {
    pub root: Root,
    pub as_of: Date,
    pub manifests: Vec<(String, String)>,
    pub config: String,
    /// What may show which identities are used.
    pub others: Vec<(String, String)>,
}

impl Files {
    pub fn of(case: &Path) -> Self {
        let mut files = Self {
            root: Root {
                dir: case.to_owned(),
                config: None,
                repository: None,
                index: crate::workspace::Index::default(),
                files: crate::workspace::Files::Disk,
            },
            as_of: AS_OF.parse().expect("a date"),
            manifests: Vec::new(),
            config: String::new(),
            others: Vec::new(),
        };
        let mut next = vec![case.to_owned()];
        while let Some(path) = next.pop() {
            if path.is_dir() {
                let entries = std::fs::read_dir(&path).expect("a folder");
                next.extend(entries.map(|entry| entry.expect("an entry").path()));
                continue;
            }
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let text = || String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).into_owned();
            let inside = || {
                let inside = path.strip_prefix(case).expect("inside").to_string_lossy();
                inside.replace('\\', "/")
            };
            let shows = [".yml", ".yaml", ".tf"].iter().any(|end| name.ends_with(end));
            if name == "soclint.toml" {
                files.config = text();
            } else if shows {
                files.others.push((inside(), text()));
            } else if name.ends_with("scope.toml") {
                let text = text();
                for line in text.lines() {
                    if let Some(day) = line.strip_prefix("#> as-of ") {
                        files.as_of = day.trim().parse().expect("a date");
                    }
                }
                let inside = inside();
                // A case may be one file.
                let inside = if inside.is_empty() { name } else { inside };
                files.manifests.push((inside, text));
            }
        }
        files.manifests.sort();
        files
    }

    /// With a config's rule set to a level.
    pub fn with_level(&self, rule: &str, level: &str) -> Option<Self> {
        // What a case's own config says about the rule would contradict it.
        (!self.config.contains("[rules") && !self.config.contains("[[overrides")).then(|| {
            let mut files = self.clone();
            let _ = write!(files.config, "\n[rules]\n{rule} = \"{level}\"\n");
            files
        })
    }

    /// With waivers of all these findings.
    pub fn with_waivers<'f>(&self, findings: impl Iterator<Item = &'f Finding>) -> Self {
        let mut text = String::new();
        for (rule, subject) in findings.map(|f| (f.rule, f.subject.as_str())).collect::<BTreeSet<_>>() {
            let subject = if subject.contains('/') {
                subject.to_owned()
            } else {
                format!("/{subject}")
            };
            let _ = write!(
                text,
                "[[waivers]]\nrule = \"{rule}\"\nsubject = \"{subject}\"\nreason = \"Known and accepted\"\n\
                 owner = \"waiver-owner\"\napproved-by = \"waiver-approver\"\nexpires = {}\n",
                self.as_of
            );
        }
        let mut files = self.clone();
        files.manifests.push(("zz-waivers.scope.toml".to_owned(), text));
        files
    }

    pub fn linked(self) -> Linked {
        // Each is looked at until the tests end.
        let manifests = self.manifests.iter();
        let manifests = manifests.map(|(path, text)| Source::new(path.clone(), text.clone()));
        let session = Session::of_texts_at(self.root.clone(), manifests.collect(), self.configs());
        let mut session = session.expect("a config");
        let others = self.others.iter();
        let others = others.map(|(path, text)| Source::new(path.clone(), text.clone()));
        session.show(others.collect()).expect("texts");
        let session: &'static Session = Box::leak(Box::new(session));
        let linked = session.link(self.as_of);
        Linked {
            found: linked.judge(),
            session,
            linked,
            files: self,
        }
    }

    pub fn configs(&self) -> Vec<Source> {
        match self.config.as_str() {
            "" => Vec::new(),
            text => vec![Source::new("soclint.toml".to_owned(), text.to_owned())],
        }
    }
}

/// An estate, and what the rules find in it: that is the same whatever is chosen, and what counts of it differs.
pub struct Linked {
    pub files: Files,
    pub session: &'static Session,
    pub linked: session::Linked<'static>,
    pub found: Vec<Finding>,
}

impl Linked {
    pub fn judged(&self, choice: &Choice, baseline: Option<&Baseline>) -> Outcome {
        self.linked.triage(self.found.clone(), choice, baseline)
    }

    /// With a config's rule set to a level.
    pub fn judged_at_level(&self, rule: &str, level: &str, choice: &Choice) -> Option<Outcome> {
        let files = self.files.with_level(rule, level)?;
        let count = self.session.sources().len();
        let configs = files.configs();
        let settings = config::parse(&configs, &rules::known_to_config());
        let settings = settings.expect("a config").after(count);
        let lower = View {
            settings: &settings,
            ..self.linked.view(choice, None)
        };
        Some(lower.outcome_of(&self.linked.estate, self.found.clone()))
    }

    /// What a baseline can adopt of the findings, and which rules' findings it can suppress.
    pub fn adoptable(&self, outcome: &Outcome) -> (Baseline, BTreeSet<&'static str>) {
        let baseline = self.baseline(&triage::adoptable(outcome, self.session.settings()));
        let rules = rules::names().filter(|rule| triage::can_be_adopted(rule, self.session.settings()));
        (baseline, rules.collect())
    }

    /// A baseline of findings.
    pub fn baseline(&self, findings: &[Finding]) -> Baseline {
        Baseline::of(findings, self.session.sources())
    }
}
