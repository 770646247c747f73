//! Days that reports leave uncovered: between two periods, after the last one, and before the year-ends of those who rely
//! on them. Rules and views count them here, so that they count alike.

use crate::calendar::{self, Period, day_after};
use crate::decode::Field;
use crate::estate::{AssuranceRef, ReportRef, ServiceRef, period};
use crate::fiscal_year;
use crate::model::ReportType;
use crate::source::Place;
use crate::standards::Family;
use jiff::civil::Date;

/// Days between two successive type 2 reports that no report covers.
pub struct Hole<'e, 'a> {
    pub earlier: AssuranceRef<'e, 'a>,
    pub later: AssuranceRef<'e, 'a>,
    /// What no report covers.
    pub left: Vec<Period>,
    /// What of that no bridge letter is about, either.
    pub unbridged: Vec<Period>,
    /// The report of each letter about these days, and where it states its period.
    pub letters: Vec<(ReportRef<'e, 'a>, Place)>,
}

/// How far the newest issued type 2 report on controls relevant to financial reporting reaches.
pub struct Reached<'e, 'a> {
    pub newest: AssuranceRef<'e, 'a>,
    period_end: Date,
    letters: Vec<Period>,
    /// When the service began: before it existed, there was nothing to cover.
    since: Option<Date>,
}

/// The number of days that several periods without common days have.
pub fn count_days(parts: &[Period]) -> i64 {
    parts.iter().map(|part| part.days()).sum()
}

fn less(hole: Vec<Period>, covers: impl IntoIterator<Item = Period>) -> Vec<Period> {
    covers.into_iter().fold(hole, calendar::without)
}

fn is_type_2(report: AssuranceRef<'_, '_>) -> bool {
    report.report_type == Some(ReportType::Two)
}

/// A report of type 1 is about a day. One without a stated type may also be of type 2.
fn may_be_over_time(report: AssuranceRef<'_, '_>) -> bool {
    report.report_type != Some(ReportType::One)
}

/// The periods of reports; `None` when one of them does not state its own, or states it reversed.
fn periods<'e, 'a: 'e>(
    reports: impl Iterator<Item = AssuranceRef<'e, 'a>>,
) -> Option<Vec<(Period, AssuranceRef<'e, 'a>)>> {
    let dated = reports.map(|report| Some((report.period?, report)));
    let dated: Option<Vec<(Period, AssuranceRef<'_, '_>)>> = dated.collect();
    dated.filter(|dated| dated.iter().all(|(period, _)| period.from <= period.to))
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    /// The holes between the issued type 2 reports of a family over it, the earliest first; `None` when they are not
    /// known.
    pub fn holes(self, family: Family) -> Option<Vec<Hole<'e, 'a>>> {
        if self.is_succession_uncertain(family) {
            return None;
        }
        self.holes_known(family)
    }

    /// The same where it is known which reports these are.
    pub(in crate::estate) fn holes_known(self, family: Family) -> Option<Vec<Hole<'e, 'a>>> {
        let issued = self.issued_reports(family);
        let mut type_2 = issued.clone().filter(|report| is_type_2(*report));
        let undated = type_2.clone().any(|report| report.period.is_none());
        if undated {
            return None;
        }
        // Between fewer than two there is none.
        if type_2.nth(1).is_none() {
            return Some(Vec::new());
        }
        let period_of = |report: AssuranceRef<'_, '_>| report.period.filter(|period| period.from <= period.to);
        let dated = issued.clone().filter_map(|report| Some((period_of(report)?, report)));
        let mut periods: Vec<(Period, AssuranceRef<'_, '_>)> =
            dated.clone().filter(|(_, report)| is_type_2(*report)).collect();
        periods.sort();
        // Any other report about a day covers it, even one without a stated type.
        let others: Vec<Period> = dated
            .filter(|(_, report)| !is_type_2(*report))
            .map(|(period, _)| period)
            .collect();
        let mut letters = Vec::new();
        for report in issued.filter_map(AssuranceRef::as_report) {
            // A report that could not be read may be about any day.
            report.bridged()?;
            let stated = report
                .body
                .bridge_letter
                .iter()
                .filter_map(|letter| letter.value.period.known());
            letters.extend(stated.filter_map(|stated| Some((period(&stated.value)?, report, report.at(stated.span)))));
        }
        let mut holes = Vec::new();
        let mut reached: Option<(Period, AssuranceRef<'_, '_>)> = None;
        for (period, later) in periods {
            if let Some((last, earlier)) = reached
                && let Some(gap) = calendar::gap(last, period)
            {
                let left = less(vec![gap], others.iter().copied());
                let about = letters.iter().filter(|(letter, ..)| letter.overlap(gap).is_some());
                let unbridged = less(left.clone(), about.clone().map(|(letter, ..)| *letter));
                holes.push(Hole {
                    earlier,
                    later,
                    left,
                    unbridged,
                    letters: about.map(|(_, report, place)| (*report, *place)).collect(),
                });
            }
            if reached.is_none_or(|(last, _)| period.to > last.to) {
                reached = Some((period, later));
            }
        }
        holes.retain(|hole| !hole.left.is_empty());
        Some(holes)
    }

    /// The periods of the other live reports of a family about it, but for those of type 1; `None` when one of them is not
    /// known.
    pub fn other_periods(
        self,
        report: AssuranceRef<'_, '_>,
        family: Family,
    ) -> Option<Vec<(Period, AssuranceRef<'e, 'a>)>> {
        let live = self.live_reports(family);
        let others = live.filter(|other| *other != report && other.is_about(self));
        periods(others.filter(|other| may_be_over_time(*other)))
    }

    /// The periods of the issued reports on controls relevant to financial reporting about it, but for those of type 1;
    /// `None` when one of them is not known.
    pub fn issued_periods(self) -> Option<Vec<Period>> {
        let issued = self.issued_reports(Family::Icfr);
        let periods = periods(issued.filter(|report| may_be_over_time(*report)))?;
        Some(periods.into_iter().map(|(period, _)| period).collect())
    }

    /// How far the newest of them reaches, if it is of type 2; `None` when that is not known.
    pub fn reached(self) -> Option<Reached<'e, 'a>> {
        if self.is_succession_uncertain(Family::Icfr) {
            return None;
        }
        self.issued_periods()?;
        let newest = self.newest_over_time(Family::Icfr)?;
        let period_end = newest.period.filter(|_| is_type_2(newest))?.to;
        let letters = letters(newest.as_report()?)?;
        let since = match &self.body.since {
            Field::Absent => None,
            Field::Unknown(_) => return None,
            Field::Known(since) => Some(since.value.0),
        };
        Some(Reached {
            newest,
            period_end,
            letters,
            since,
        })
    }

    /// The days until a day that no live report of a family covers, after the last issued type 2 period and the bridge
    /// letters that join it, and the report of that period; `None` when there is none, or when that is not known.
    pub fn left_after(self, family: Family, day: Date) -> Option<(AssuranceRef<'e, 'a>, Vec<Period>)> {
        if self.is_succession_uncertain(family) {
            return None;
        }
        let live = self.live_reports(family).filter(|report| report.is_about(self));
        let periods = periods(live.filter(|report| may_be_over_time(*report)))?;
        let issued = self.issued_reports(family);
        let last = issued
            .filter(|report| is_type_2(*report))
            .filter_map(|report| Some((report.period?.to, report)));
        let (end, last) = last.max_by_key(|(end, report)| (*end, report.issued))?;
        let reach = fiscal_year::reach(end, &letters(last.as_report()?)?);
        let after = Period {
            from: day_after(reach),
            to: day,
        };
        if after.from > after.to {
            return Some((last, Vec::new()));
        }
        let left = less(vec![after], periods.into_iter().map(|(period, _)| period));
        Some((last, left))
    }
}

impl Reached<'_, '_> {
    /// What it leaves uncovered before a year-end.
    pub fn left_before(&self, year_end: Date) -> Option<Period> {
        let left = fiscal_year::uncovered_before(year_end, self.period_end, &self.letters)?;
        let from = self.since.map_or(left.from, |since| left.from.max(since));
        (from <= left.to).then_some(Period { from, to: left.to })
    }
}

/// The days that no report covers between a period and the type 2 period before it, and its report: all between, and what
/// is left of that.
pub fn left_before<'e, 'a>(
    period: Period,
    others: &[(Period, AssuranceRef<'e, 'a>)],
) -> Option<(Period, AssuranceRef<'e, 'a>, Vec<Period>)> {
    let before = others
        .iter()
        .filter(|(other, report)| is_type_2(*report) && other.from < period.from);
    let (last, earlier) = before.max_by_key(|(other, _)| other.to)?;
    let between = calendar::gap(*last, period)?;
    let left = less(vec![between], others.iter().map(|(other, _)| *other));
    (!left.is_empty()).then_some((between, *earlier, left))
}

/// The days that letters bridge after a report; `None` when one of them does not state its days.
fn letters(report: ReportRef<'_, '_>) -> Option<Vec<Period>> {
    let letters = report.bridged()?;
    (letters.len() == report.body.bridge_letter.items.len()).then_some(letters)
}
