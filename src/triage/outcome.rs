//! What comes of a run: the findings that count, what is set aside and by what, and the sums.

use super::{Declared, Key, Named};
use crate::config::FailOn;
use crate::finding::{Finding, Severity};
use crate::workspace::PassedOver;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The findings that count, in their order, and their sums.
#[derive(Debug)]
pub struct Outcome {
    /// What is shown; at the end, what is not found yet.
    pub findings: Vec<Finding>,
    /// What waivers suppress.
    pub waived: Vec<Waived>,
    /// What the baseline suppresses.
    pub baselined: Vec<Finding>,
    /// What yielded to findings that are shown.
    pub yielded: Vec<Finding>,
    /// Findings of rules that the config turns off there.
    pub turned_off: Vec<Finding>,
    /// Evidence that git has and the checkout has not, each with the command that helps.
    pub not_checked_out: Vec<(String, String)>,
    /// Every waiver, in the order of the files.
    pub waivers: Vec<Waiver>,
    /// What came of the baseline, if there is one.
    pub baseline: Option<BaselineState>,
    /// The sums.
    pub summary: Summary,
    /// From which severity on a finding fails the run.
    pub fail_on: FailOn,
    /// The manifests and owners that were named, if some were.
    pub named: Option<Named>,
    /// What was read, and what was passed over.
    pub reading: Reading,
}

/// What was read, and what was passed over.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The root, as people name it.
    pub root: String,
    /// The path of the config, if there is one.
    pub config: Option<String>,
    /// What looked like a part of the estate, and was not read.
    pub passed_over: PassedOver,
    /// What was looked for beside the manifests, if the config asks for that.
    pub discovery: Option<Discovery>,
}

/// What was looked for beside the manifests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discovery {
    /// Identities that are seen.
    pub seen: usize,
    /// Those of them that have to be declared.
    pub demanded: usize,
    /// Files that show any.
    pub files: usize,
    /// Paths of files with uses of secrets whose names cannot be told.
    pub untold: Vec<String>,
    /// Identities that the config ignores.
    pub ignored: usize,
    /// Locators that the config says are seen elsewhere.
    pub elsewhere: usize,
    /// Sources that the config leaves out.
    pub sources_off: Vec<&'static str>,
}

/// A finding that a waiver suppresses.
#[derive(Debug)]
pub struct Waived {
    /// What would be shown.
    pub finding: Finding,
    /// An index into the waivers of the outcome.
    pub waiver: usize,
}

/// A declared waiver, and what comes of it.
#[derive(Debug)]
pub struct Waiver {
    /// What it says.
    pub declared: Declared,
    /// How it stands.
    pub state: State,
    /// How many findings it suppresses, or would if it were valid.
    pub findings: usize,
    /// The waiver that suppresses them before it, when it would hold, but others leave it nothing. An index into the
    /// waivers of the outcome.
    pub behind: Option<usize>,
    /// How many findings are shown that would yield to those that it suppresses.
    pub brought_back: usize,
}

/// How a waiver stands on the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It holds something back.
    Active,
    /// It is valid, but all that it names is suppressed by others.
    Shadowed,
    /// It is valid, but there is nothing to suppress.
    Unused,
    /// Its last day is over.
    Expired,
    /// It is not what a waiver has to be; a finding says why.
    Invalid,
    /// A part of it could not be read.
    Unread,
}

impl State {
    /// As formats write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Shadowed => "shadowed",
            Self::Unused => "unused",
            Self::Expired => "expired",
            Self::Invalid => "invalid",
            Self::Unread => "unread",
        }
    }
}

/// What came of the baseline.
#[derive(Debug)]
pub struct BaselineState {
    /// Its last day, if it states one.
    pub until: Option<Date>,
    /// Whether its last day is over, so that it suppresses nothing.
    pub over: bool,
    /// Entries without a finding, and how many of each; unknown when some text could not be read.
    pub resolved: Option<BTreeMap<Key, usize>>,
}

/// How many there are of what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Manifests that were read.
    pub files: usize,
    /// Entities that they declare.
    pub entities: usize,
    /// Errors that count.
    pub errors: usize,
    /// Warnings that count.
    pub warnings: usize,
    /// Notes that count.
    pub notes: usize,
    /// Findings that waivers suppress.
    pub waived: usize,
    /// Findings that the baseline suppresses.
    pub baselined: usize,
    /// What is not found yet, and will be by the horizon.
    pub upcoming: usize,
    /// Declarations that exempt from a rule.
    pub exemptions: usize,
    /// What the config turned off of what was asked for.
    pub turned_off: usize,
    /// What is reported less severely than its rule has it.
    pub lowered: usize,
    /// Options that accept more than they do by default.
    pub stretched: usize,
    /// Git LFS pointers that stand for evidence, whose content was not looked at.
    pub lfs_pointers: usize,
}

impl Outcome {
    /// Whether a finding is at or above the severity that fails the run.
    pub fn fails(&self) -> bool {
        let Summary {
            errors,
            warnings,
            notes,
            ..
        } = self.summary;
        match self.fail_on {
            FailOn::Error => errors > 0,
            FailOn::Warning => errors + warnings > 0,
            FailOn::Note => errors + warnings + notes > 0,
            FailOn::Never => false,
        }
    }

    /// Whether a finding is reported only because what could not be read concerns everybody.
    pub fn is_outside(&self, finding: &Finding) -> bool {
        self.named.as_ref().is_some_and(|named| !named.have(finding))
    }

    /// Adds upcoming findings, which fail nothing.
    pub(crate) fn add_upcoming(&mut self, upcoming: Vec<Finding>) {
        self.summary.upcoming += upcoming.len();
        self.findings.extend(upcoming.into_iter().map(|mut finding| {
            finding.severity = Severity::Note;
            if let Some(day) = finding.from {
                finding.message = format!("from {day} on: {}", finding.message).into();
            }
            finding
        }));
    }
}
