//! What the reports of a third party can support in ours.

use crate::calendar::{self, Period, plus};
use crate::decode::{Field, Val};
use crate::estate::{AssuranceRef, ReportRef, ThirdPartyRef, is_unread, period};
use crate::fiscal_year;
use crate::manifest::ProviderReport;
use crate::model::{Date, Duration, Framework, ReportType, Stated};
use crate::source::Place;
use crate::standards::Family;
use std::collections::BTreeMap;

/// How long after its end a provider's report still represents what the provider runs.
const RECENT: Duration = Duration::months(12);

impl<'e, 'a> ThirdPartyRef<'e, 'a> {
    /// The reports of a family among its own that ended within the last twelve months, or may have done so. `None` when
    /// none is known to be one, or when some of them could not be read.
    pub fn recent_reports(self, family: Family) -> Option<Vec<&'e ProviderReport<'a>>> {
        let as_of = &self.estate.as_of;
        let reports = &self.entity().body.reports;
        let is_recent = |report: &ProviderReport<'_>| {
            let end = report.end().map(|end| end.value.0);
            end.map(|end| end <= *as_of && *as_of <= plus(end, RECENT))
        };
        let all = reports.iter().map(|report| &report.value);
        let recent = all.filter(|report| report.may_be_of(family) && is_recent(report) != Some(false));
        let recent: Vec<&ProviderReport<'_>> = recent.collect();
        let sure = |report: &&ProviderReport<'_>| report.is_of(family) && is_recent(report) == Some(true);
        (!reports.damaged && recent.iter().any(sure)).then_some(recent)
    }

    /// The newest issued reports over the services that rely on it, as far as they carve it out, and where that is stated.
    pub fn newest_carve_outs(self) -> BTreeMap<(Family, ReportRef<'e, 'a>), Place> {
        let carve_outs = self.carve_outs().into_iter();
        let carved: BTreeMap<ReportRef<'_, '_>, Place> = carve_outs.map(|of| (of.report, of.method)).collect();
        let mut newest = BTreeMap::new();
        for service in self.services() {
            for family in Family::ALL {
                let of_service = service.newest(family);
                if let Some(report) = of_service.and_then(AssuranceRef::as_report)
                    && let Some(method) = carved.get(&report)
                    && report.assurance().covers(service)
                    && !service.is_succession_uncertain(family)
                {
                    newest.insert((family, report), *method);
                }
            }
        }
        newest
    }
}

impl ProviderReport<'_> {
    /// The family that its framework is of.
    fn family(&self) -> Stated<Family> {
        match (self.framework.value(), &self.subject_matter) {
            (None, _) | (Some(Framework::Isae3000), Field::Unknown(_)) => Stated::Unknown,
            (Some(Framework::Isae3000), Field::Known(about)) => about.value.family().into(),
            (Some(framework), _) => framework.family().into(),
        }
    }

    /// Whether it is known to be of a family.
    pub fn is_of(&self, family: Family) -> bool {
        let also = |framework: Framework| framework.family() == Some(family);
        self.family() == Stated::Known(family) || self.also.iter().any(|framework| also(framework.value))
    }

    /// Whether it is, or may be, of a family.
    pub fn may_be_of(&self, family: Family) -> bool {
        self.is_of(family) || self.family().is_unknown() || self.also.damaged
    }

    /// Whether its type, its period or its day is stated but could not be read.
    pub fn is_undatable(&self) -> bool {
        self.report_type.is_unknown() || self.as_of.is_unknown() || is_unread(&self.period)
    }

    /// The last day that it covers, and where that is stated.
    pub fn end(&self) -> Option<Val<Date>> {
        let period = self.period.get().and_then(|period| period.to.known());
        period.or(self.as_of.known()).copied()
    }

    /// The days that its bridge letters cover; `None` when one of them does not state them, or could not be read.
    pub fn bridged(&self) -> Option<Vec<Period>> {
        let letters = self.bridge_letter.iter();
        let periods: Option<Vec<Period>> = letters.map(|letter| period(letter.value.period.get()?)).collect();
        periods.filter(|_| !self.bridge_letter.damaged)
    }

    /// Whether something that decides what it can support could not be read.
    pub fn is_unread(&self) -> bool {
        let letters = &self.bridge_letter;
        self.framework.is_unknown()
            || self.subject_matter.is_unknown()
            || self.also.damaged
            || self.report_type.is_unknown()
            || self.opinion.is_unknown()
            || is_unread(&self.period)
            || letters.damaged
            || letters.iter().any(|letter| is_unread(&letter.value.period))
    }
}

impl ProviderReport<'_> {
    /// Whether it, or a bridge letter to it, covers a day of our period, or may do so. A type 1 covers none,
    /// and is checked as one.
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

/// How far bridge letters count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// Each of their days.
    Whole,
    /// As [before a year-end](fiscal_year::reach): those that join a period, for three months.
    Joined,
}

/// How many days of our period the reports of a third party cover together, including bridge letters. `None` when
/// one of them does not state its days.
pub fn days_covered(theirs: &[&ProviderReport<'_>], ours: Period) -> Option<i64> {
    let left = uncovered(theirs, ours, Letters::Whole)?;
    Some(ours.days() - left.iter().map(|part| part.days()).sum::<i64>())
}

/// The days of ours that they leave uncovered.
pub fn uncovered(theirs: &[&ProviderReport<'_>], ours: Period, letters: Letters) -> Option<Vec<Period>> {
    let mut left = vec![ours];
    for report in theirs {
        let of_letters = report.bridge_letter.iter();
        let of_letters: Option<Vec<Period>> = of_letters.map(|letter| period(letter.value.period.get()?)).collect();
        let of_letters = of_letters?;
        if report.report_type.value() != Some(ReportType::One) {
            let own = report.period.get().and_then(period)?;
            let to = match letters {
                Letters::Whole => own.to,
                Letters::Joined => fiscal_year::reach(own.to, &of_letters),
            };
            left = calendar::without(left, Period { to, ..own });
        }
        if letters == Letters::Whole {
            left = of_letters.into_iter().fold(left, calendar::without);
        }
    }
    Some(left)
}
