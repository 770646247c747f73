//! An estate, linked: what is found in it, and what of that counts.

use super::Session;
use crate::discover::Demand;
use crate::estate::{Estate, SeenAs, SeenRef};
use crate::finding::Finding;
use crate::model::SourceKind;
use crate::rules;
use crate::source::FileId;
use crate::triage::{self, Baseline, Choice, Outcome, Reading, View};
use crate::workspace::{self, Repository};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// An estate, linked and seen on a day.
pub struct Linked<'s> {
    pub(super) session: &'s Session,
    pub estate: Estate<'s>,
    /// The files that evidence names, each looked at once.
    pub repository: Repository,
}

impl<'s> Linked<'s> {
    /// What every rule finds.
    pub fn judge(&self) -> Vec<Finding> {
        self.view(&Choice::default(), None).found(&self.estate)
    }

    /// What of these findings counts, and how much.
    pub fn triage(&self, findings: Vec<Finding>, choice: &Choice, baseline: Option<&Baseline>) -> Outcome {
        let outcome = self.view(choice, baseline).outcome_of(&self.estate, findings);
        self.told(outcome)
    }

    /// What is found, and what of it counts.
    pub fn outcome(&self, choice: &Choice, baseline: Option<&Baseline>) -> Outcome {
        let outcome = self.view(choice, baseline).outcome(&self.estate);
        self.told(outcome)
    }

    /// What is found, what of it counts, and what will be found after this day, until the end of `until`.
    pub fn outcome_and_upcoming(
        &mut self,
        choice: &Choice,
        baseline: Option<&Baseline>,
        until: Date,
    ) -> (Outcome, Vec<Finding>) {
        let view = View {
            sources: &self.session.sources,
            repository: &self.repository,
            settings: self.session.settings(),
            choice,
            baseline,
        };
        let (outcome, upcoming) = view.outcome_and_upcoming(&mut self.estate, until);
        (self.told(outcome), upcoming)
    }

    /// What decides what is shown, whatever the day.
    pub fn view<'v>(&'v self, choice: &'v Choice, baseline: Option<&'v Baseline>) -> View<'v> {
        View {
            sources: &self.session.sources,
            repository: &self.repository,
            settings: self.session.settings(),
            choice,
            baseline,
        }
    }

    /// The files with parse errors, whether these are shown or not.
    pub fn unread(&self, outcome: &Outcome) -> Vec<FileId> {
        let flaws = self.estate.flaws.iter();
        let flaws = flaws.filter(|flaw| rules::is_reading_error(flaw.fault.name()));
        let findings = outcome.findings.iter();
        let findings = findings.filter(|finding| rules::is_reading_error(finding.rule));
        let files: BTreeSet<FileId> = flaws
            .map(|flaw| flaw.place.file)
            .chain(findings.map(|finding| finding.primary.place.file))
            .collect();
        files.into_iter().collect()
    }

    /// What was looked for beside the manifests, if the config asks for that.
    fn discovery(&self) -> Option<triage::Discovery> {
        let settings = self.session.settings();
        let discovered = self
            .session
            .shown
            .discovered
            .as_ref()
            .filter(|_| settings.discovers())?;
        let (things, owned) = (self.estate.seen_things(), |thing: SeenRef<'_, '_>| {
            let mut sightings = thing.sightings();
            sightings.any(|sighting| !matches!(sighting.owner(), SeenAs::Nobody))
        });
        let (mut demanded, mut ignored) = (0, 0);
        for thing in things {
            demanded += usize::from(thing.thing().demand != Demand::Shown);
            ignored += usize::from(!owned(thing) && rules::is_ignored(settings, thing));
        }
        let untold: BTreeSet<FileId> = self.estate.untold_uses().map(|(place, _)| place.file).collect();
        let path = |file: FileId| self.session.sources.get(file).path.clone();
        let (on, _) = settings.discovered_sources();
        let off = SourceKind::ALL.iter().filter(|kind| !on.contains(kind));
        let files: BTreeSet<usize> = discovered
            .things
            .iter()
            .flat_map(|thing| &thing.sightings)
            .map(|seen| seen.file)
            .collect();
        Some(triage::Discovery {
            seen: discovered.things.len(),
            demanded,
            files: files.len(),
            untold: untold.into_iter().map(path).collect(),
            ignored,
            elsewhere: settings.elsewhere().map_or(0, |list| list.items.len()),
            sources_off: off.map(|kind| kind.as_str()).collect(),
        })
    }

    /// With what was read.
    fn told(&self, mut outcome: Outcome) -> Outcome {
        let config = self.session.effective.borrow_owner().first();
        outcome.reading = Reading {
            root: workspace::shown_root(&self.session.root),
            config: config.map(|config| config.path.clone()),
            passed_over: self.session.passed_over.clone(),
            discovery: self.discovery(),
        };
        outcome
    }
}
