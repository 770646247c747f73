//! What the reports of a third party can carry for ours.

use super::assurance::is_unread;
use super::{Estate, period};
use crate::calendar::{self, Period};
use crate::manifest::{Framework, ProviderReport, ReportType};
use crate::source::Place;
use crate::standards::Family;
use std::collections::{BTreeMap, BTreeSet};

impl Estate<'_> {
    /// The newest issued reports over the services that rely on a third party, as far as they carve it out, and
    /// where that is said.
    pub fn newest_carve_outs(&self, third_party: usize) -> BTreeMap<(Family, usize), Place> {
        let carve_outs = self.carve_outs(third_party).into_iter();
        let carved: BTreeMap<usize, Place> = carve_outs.map(|of| (of.report, of.method)).collect();
        let covered = self.covering_reports(third_party);
        let services: BTreeSet<usize> = covered.into_iter().map(|(service, _)| service).collect();
        let mut newest = BTreeMap::new();
        for service in services {
            for family in Family::ALL {
                if let Some(report) = self.newest(service, family)
                    && let Some(method) = carved.get(&report)
                    && self.covers(report, service)
                    && !self.is_succession_uncertain(service, family)
                {
                    newest.insert((family, report), *method);
                }
            }
        }
        newest
    }
}

impl ProviderReport<'_> {
    /// Whether it is of a family, or may be.
    pub fn may_be_of(&self, family: Family) -> bool {
        let of = |framework: Framework| framework.family() == Some(family);
        self.framework.value().is_none_or(of) || self.also.iter().any(|also| of(also.value))
    }

    /// Whether something that decides what it can carry could not be read.
    pub fn is_unread(&self) -> bool {
        let letters = &self.bridge_letter;
        self.framework.is_unknown()
            || self.also.damaged
            || self.report_type.is_unknown()
            || self.opinion.is_unknown()
            || is_unread(&self.period)
            || letters.damaged
            || letters.iter().any(|letter| is_unread(&letter.value.period))
    }
}

impl ProviderReport<'_> {
    /// Whether it, or a bridge letter to it, speaks of a day of our period, or may do so. A type 1 speaks of none,
    /// and is judged as one.
    pub fn may_overlap(&self, ours: Period) -> bool {
        let overlaps = |stated: Option<Period>| stated.is_none_or(|period| period.overlap(ours).is_some());
        self.report_type.value() == Some(ReportType::One)
            || overlaps(self.period.get().and_then(period))
            || self
                .bridge_letter
                .iter()
                .any(|letter| overlaps(letter.value.period.get().and_then(period)))
    }
}

/// How many days of our period the reports of a third party cover together, bridge letters included. `None` when
/// one of them does not say which days it is about.
pub fn days_covered(theirs: &[&ProviderReport<'_>], ours: Period) -> Option<i64> {
    let mut left = vec![ours];
    for report in theirs {
        if report.report_type.value() != Some(ReportType::One) {
            left = calendar::without(left, report.period.get().and_then(period)?);
        }
        for letter in report.bridge_letter.iter() {
            left = calendar::without(left, letter.value.period.get().and_then(period)?);
        }
    }
    let uncovered: i64 = left.iter().map(|part| part.days()).sum();
    Some(ours.days() - uncovered)
}
