//! A period that fits: it leaves no days after the one before it, is long enough, and covers enough of readers' years.

use super::{Because, Dated};
use crate::calendar::{self, Period, day_after, day_before, plus};
use crate::estate::{AssuranceRef, ServiceRef, Standing};
use crate::fiscal_year;
use crate::model::{Duration, MonthDay, ReportType};
use crate::standards::Family;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How long preparing a first report typically takes, of two to four months.
const PREPARATION: Duration = Duration::months(3);
/// A period of a year, and the shortest that readers of a family expect.
const YEAR: u32 = 12;
const fn least(family: Family) -> u32 {
    match family {
        Family::Icfr => 6,
        Family::TrustServices => 3,
    }
}
/// The longest that is not unusual.
const LONGEST: u32 = 15;

/// What is known of the days that a report could cover.
pub struct Setting<'e, 'a> {
    pub family: Family,
    pub services: &'e BTreeSet<ServiceRef<'e, 'a>>,
    pub as_of: Date,
}

/// A period, and why it is that one.
pub struct Fitting {
    pub period: Option<Period>,
    pub because: Because,
}

/// A report of type 1, and the period that follows it.
pub fn first(setting: &Setting<'_, '_>) -> (Dated, Fitting) {
    let day = plus(setting.as_of, PREPARATION).last_of_month();
    (Dated::On(day), beginning(setting, day_after(day), false))
}

/// A period of type 2.
pub fn next(setting: &Setting<'_, '_>) -> Fitting {
    if let Some(planned) = planned(setting) {
        return planned;
    }
    match begins_by(setting, true) {
        Begins::Unknown => Fitting {
            period: None,
            because: Because::new(
                "the days that the declared reports cover are not all known, so state them before a period is chosen",
            ),
        },
        Begins::By(by, before) => following(setting, by, before),
        Begins::Anywhere => beginning(setting, first_of_next_month(setting.as_of), true),
    }
}

/// That of a report that is planned already, as it can still be widened.
fn planned(setting: &Setting<'_, '_>) -> Option<Fitting> {
    let mut upcoming = setting
        .services
        .iter()
        .flat_map(|service| service.reports(setting.family, Standing::Upcoming));
    let upcoming = upcoming.find(|report| report.report_type == Some(ReportType::Two) && report.period.is_some())?;
    let period = upcoming
        .period
        .filter(|period| period.lasts_months(least(setting.family)) && period.to >= setting.as_of)?;
    let leaves_days = match begins_by(setting, false) {
        Begins::Unknown => true,
        Begins::By(by, _) => by < period.from,
        Begins::Anywhere => false,
    };
    if leaves_days || is_unfit(setting, period) {
        return None;
    }
    let text = format!(
        "it is that of `{}`, which is planned or in progress and could be widened",
        upcoming.name()
    );
    Some(Fitting {
        period: Some(period),
        because: Because::new(text).at(upcoming.place()),
    })
}

enum Begins<'e, 'a> {
    Anywhere,
    /// No later than this day, for no day to be left after a report.
    By(Date, AssuranceRef<'e, 'a>),
    Unknown,
}

/// By when a period has to begin for no service to be left uncovered after its last one.
fn begins_by<'e, 'a>(setting: &Setting<'e, 'a>, with_upcoming: bool) -> Begins<'e, 'a> {
    let mut earliest: Option<(Date, AssuranceRef<'e, 'a>)> = None;
    for service in setting.services {
        let mut last: Option<(Date, AssuranceRef<'e, 'a>)> = None;
        for (period, report) in match others(*service, setting.family) {
            Some(others) => others,
            None => return Begins::Unknown,
        } {
            let precedes =
                report.report_type == Some(ReportType::Two) && (report.standing() == Standing::Issued || with_upcoming);
            if precedes && last.is_none_or(|(end, _)| end < period.to) {
                last = Some((period.to, report));
            }
        }
        if let Some((end, report)) = last {
            let by = day_after(end);
            if earliest.is_none_or(|(earliest, _)| by < earliest) {
                earliest = Some((by, report));
            }
        }
    }
    earliest.map_or(Begins::Anywhere, |(by, report)| Begins::By(by, report))
}

/// The periods of the live reports of a family over a service; `None` when some are not known.
fn others<'e, 'a>(service: ServiceRef<'e, 'a>, family: Family) -> Option<Vec<(Period, AssuranceRef<'e, 'a>)>> {
    if service.is_succession_uncertain(family) {
        return None;
    }
    let live = service.live_reports(family);
    let over_time = live.filter(|report| report.is_about(service) && report.report_type != Some(ReportType::One));
    let dated = over_time.map(|report| Some((report.period?, report)));
    let dated: Option<Vec<(Period, AssuranceRef<'_, '_>)>> = dated.collect();
    dated.filter(|dated| dated.iter().all(|(period, _)| period.from <= period.to))
}

/// A period that begins on the day after the one before it.
fn following(setting: &Setting<'_, '_>, from: Date, before: AssuranceRef<'_, '_>) -> Fitting {
    let lengths = std::iter::once(YEAR)
        .chain(YEAR + 1..=LONGEST)
        .chain((least(setting.family)..YEAR).rev());
    let periods = lengths.map(|months| lasting(from, months));
    let is_still_to_come = |period: &Period| period.to >= setting.as_of && is_soon(setting.as_of, period.from);
    let end = day_before(from);
    let name = before.name();
    let fitting = best(setting, periods.filter(is_still_to_come));
    let because = match fitting {
        Some(_) => format!("it begins on the day after `{name}` ends ({end}), so that no day is left between them"),
        None => format!(
            "no period that begins on the day after `{name}` ended ({end}) fits any more: agree with the auditor which days the next report covers, and tell readers which days none covers"
        ),
    };
    Fitting {
        period: fitting,
        because: Because::new(because).at(before.place()),
    }
}

/// A period that begins on a day, or, where it may, with one of the months after it.
fn beginning(setting: &Setting<'_, '_>, from: Date, may_wait: bool) -> Fitting {
    let starts = if may_wait { 0..=11_u32 } else { 0..=0 };
    let starts = starts.map(|months| plus(from, Duration::months(months)));
    let starts: Vec<Date> = starts.filter(|start| is_soon(setting.as_of, *start)).collect();
    let lengths = || (least(setting.family)..=YEAR).rev();
    let periods = starts
        .iter()
        .flat_map(|start| lengths().map(|months| lasting(*start, months)));
    let period = best(setting, periods);
    let because = match (period, year_ends(setting).is_empty()) {
        (None, _) => "no period of a year or less serves every declared year-end: agree it with the auditor".to_owned(),
        (Some(_), true) => {
            "no year-end of the user entities is declared; it would decide when the period ends".to_owned()
        }
        (Some(period), false) => {
            let ends: Vec<String> = year_ends(setting)
                .iter()
                .filter_map(|end| fiscal_year::most_overlapped(*end, period))
                .map(|year| year.to.to_string())
                .collect();
            let ends = crate::model::list_words(&ends, "and");
            format!(
                "it covers six months or more of the user entities' year to {ends}, and leaves few days before the year ends"
            )
        }
    };
    Fitting {
        period,
        because: Because::new(because),
    }
}

/// The first of those that leave the fewest months uncovered before readers' years end.
fn best(setting: &Setting<'_, '_>, periods: impl Iterator<Item = Period>) -> Option<Period> {
    let ends = if setting.family == Family::Icfr {
        year_ends(setting)
    } else {
        Vec::new()
    };
    let fitting = periods.filter(|period| !is_unfit(setting, *period));
    // Of several year-ends, no period ends shortly before each.
    let left = |period: &Period| ends.iter().map(|end| months_left(*end, period.to)).min();
    fitting.min_by_key(left)
}

/// How many months beyond those that a bridge letter ordinarily covers lie between a day and the next year-end.
fn months_left(end: MonthDay, day: Date) -> i64 {
    let next = (day.year()..=day.year().saturating_add(1)).filter_map(|year| calendar::in_year(end, year));
    let next = next.filter(|next| *next >= day).min();
    let left = next.map_or(0, |next| calendar::days_between(day, next));
    // A quarter has 92 days at most.
    (left - 92).max(0) / 30
}

/// Whether a rule about periods that are planned would find fault with it.
fn is_unfit(setting: &Setting<'_, '_>, period: Period) -> bool {
    if setting.family != Family::Icfr {
        return false;
    }
    setting.services.iter().any(|service| {
        let Some(user_entities) = service.body.user_entities.get() else {
            return false;
        };
        let others = others(*service, setting.family).unwrap_or_default();
        let periods: Vec<Period> = others.into_iter().map(|(other, _)| other).chain([period]).collect();
        let since = service.body.since.value().map(|since| since.0);
        let mut ends = user_entities.fiscal_year_ends.iter();
        ends.any(|end| {
            let year = fiscal_year::most_overlapped(end.value, period);
            year.is_some_and(|year| fiscal_year::is_short(year, since, fiscal_year::covered(year, &periods)))
        })
    })
}

fn year_ends(setting: &Setting<'_, '_>) -> Vec<MonthDay> {
    let mut ends = Vec::new();
    for service in setting.services {
        if let Some(user_entities) = service.body.user_entities.get() {
            ends.extend(user_entities.fiscal_year_ends.iter().map(|end| end.value));
        }
    }
    ends.sort_unstable_by_key(|end| (end.month, end.day));
    ends.dedup();
    ends
}

fn lasting(from: Date, months: u32) -> Period {
    Period {
        from,
        to: day_before(plus(from, Duration::months(months))),
    }
}

fn first_of_next_month(day: Date) -> Date {
    day_after(day.last_of_month())
}

/// Whether a report that begins then counts as planned.
fn is_soon(as_of: Date, from: Date) -> bool {
    from <= plus(as_of, Duration::months(12))
}
