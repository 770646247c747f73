//! An estate, and all that decides what is shown of it.

use super::{Baseline, Choice, Outcome, Seen, triage};
use crate::config::Settings;
use crate::estate::Estate;
use crate::finding::Finding;
use crate::rules::{self, Context};
use crate::source::Sources;
use crate::workspace::Repository;

/// What decides what is shown of an estate, whatever the day.
pub struct View<'r> {
    pub sources: &'r Sources,
    pub repository: &'r Repository,
    pub settings: &'r Settings<'r>,
    pub choice: &'r Choice,
    pub baseline: Option<&'r Baseline>,
}

impl View<'_> {
    /// What is found on the estate's day.
    pub fn outcome(&self, estate: &Estate<'_>) -> Outcome {
        self.with_pointers(self.outcome_of(estate, self.found(estate)))
    }

    /// With what git has of the evidence that was looked at, and the checkout has not.
    pub(super) fn with_pointers(&self, mut outcome: Outcome) -> Outcome {
        outcome.summary.lfs_pointers = self.repository.pointers();
        outcome.not_checked_out = self.repository.not_checked_out();
        outcome
    }

    /// What every rule finds on the estate's day.
    pub fn found(&self, estate: &Estate<'_>) -> Vec<Finding> {
        rules::run(&self.context(estate))
    }

    pub(super) fn context<'e, 'a>(&'e self, estate: &'e Estate<'a>) -> Context<'e, 'a> {
        Context {
            estate,
            sources: self.sources,
            repository: self.repository,
            settings: self.settings,
        }
    }

    pub(super) fn seen<'e, 'a>(&'e self, estate: &'e Estate<'a>) -> Seen<'e, 'a> {
        Seen {
            sources: self.sources,
            estate,
            settings: self.settings,
        }
    }

    /// What becomes of findings on the estate's day.
    pub fn outcome_of(&self, estate: &Estate<'_>, findings: Vec<Finding>) -> Outcome {
        triage(findings, self.seen(estate), self.choice, self.baseline)
    }
}
