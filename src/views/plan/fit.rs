//! Which period serves those who will rely on a report: how much of their fiscal years it covers.

use super::lasting;
use crate::calendar::{self, Period, day_after, plus};
use crate::fiscal_year;
use crate::model::{Duration, MonthDay};
use crate::standards::Family;
use jiff::civil::Date;
use std::cmp::Reverse;

/// A stated year-end of the user entities of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The path of the service.
    pub service: String,
    pub end: MonthDay,
    /// When the service began.
    pub since: Option<Date>,
}

/// A fiscal year, and what a period covers of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The paths of the services whose user entities it is of.
    pub services: Vec<String>,
    pub year: Period,
    pub covered: i64,
    /// Whether that is enough for those who rely on it.
    pub is_enough: bool,
    /// The days between the period and the end of the year.
    pub left: i64,
}

/// How long a period is at most, and at least, in months. Three are accepted for a first report on the trust services
/// criteria; six serve those better who rely on it.
const LENGTHS: std::ops::RangeInclusive<u32> = 6..=12;
/// How many months a period may begin later than it could.
const DELAY: u32 = 12;

/// How much of a fiscal year is enough, in months. As rules judge it.
pub const fn least(family: Family) -> u32 {
    match family {
        Family::Icfr => 6,
        Family::TrustServices => 3,
    }
}

/// The period that serves most readers: of those alike, the one that begins first, leaves fewest days before a year-end,
/// and is shortest. Whether none serves all of them, is seen in the years.
pub fn period(family: Family, earliest: Date, readers: &[Reader]) -> (Period, Vec<Year>) {
    let first = first_of_month(earliest);
    let candidates = (0..=DELAY).flat_map(|delay| {
        let from = plus(first, Duration::months(delay));
        LENGTHS.map(move |length| lasting(from, Duration::months(length)))
    });
    let rated = candidates.map(|period| (period, years(family, period, readers)));
    let best = rated.min_by_key(|(period, years)| {
        let unfit = years.iter().filter(|year| !year.is_enough).count();
        let is_far = |year: &&Year| {
            let after = day_after(period.to);
            let left = Period {
                from: after,
                to: year.year.to,
            };
            after <= year.year.to && left.exceeds(fiscal_year::LETTER)
        };
        let far = years.iter().filter(is_far).count();
        let left: i64 = years.iter().map(|year| year.left).sum();
        (unfit, far, period.from, left, period.days())
    });
    best.unwrap_or_else(|| (lasting(first, Duration::months(*LENGTHS.start())), Vec::new()))
}

/// The day itself, or the first day of the month after it.
fn first_of_month(day: Date) -> Date {
    match day.day() {
        1 => day,
        _ => plus(day.first_of_month(), Duration::months(1)),
    }
}

/// The years that a period is for, the latest first, and what it covers of each.
fn years(family: Family, period: Period, readers: &[Reader]) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for reader in readers {
        let Some(year) = fiscal_year::most_overlapped(reader.end, period) else {
            continue;
        };
        let covered = fiscal_year::covered(year, &[period]);
        // No report can cover more of a year than the service existed in.
        let served = Period {
            from: reader.since.map_or(year.from, |since| since.max(year.from)),
            to: year.to,
        };
        let least = least(family);
        let is_enough = !served.lasts_months(least) || covered.is_some_and(|covered| covered.lasts_months(least));
        let left = calendar::days_between(period.to, year.to).max(0);
        let alike = years
            .iter_mut()
            .find(|known| known.year == year && known.is_enough == is_enough);
        match alike {
            Some(known) => known.services.push(reader.service.clone()),
            None => years.push(Year {
                services: vec![reader.service.clone()],
                year,
                covered: covered.map_or(0, Period::days),
                is_enough,
                left,
            }),
        }
    }
    for year in &mut years {
        year.services.sort();
        year.services.dedup();
    }
    years.sort_by_key(|year| (Reverse(year.year.to), year.is_enough));
    years
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn reader(month: i8, day: i8) -> Reader {
        Reader {
            service: format!("services.s{month}"),
            end: MonthDay { month, day: Some(day) },
            since: None,
        }
    }

    fn fitted(earliest: Date, readers: &[Reader]) -> Period {
        period(Family::Icfr, earliest, readers).0
    }

    #[test]
    fn without_readers_six_months_begin_with_the_next_month() {
        let (period, years) = period(Family::Icfr, date(2027, 4, 2), &[]);
        assert_eq!((period.from, period.to), (date(2027, 5, 1), date(2027, 10, 31)));
        assert!(years.is_empty());
    }

    #[test]
    fn a_period_ends_with_the_year_of_its_readers() {
        let period = fitted(date(2027, 4, 1), &[reader(12, 31)]);
        assert_eq!((period.from, period.to), (date(2027, 4, 1), date(2027, 12, 31)));
        // Half of the year to June can no longer be covered: so the period goes on into the next.
        let period = fitted(date(2027, 4, 1), &[reader(6, 30)]);
        let year = fiscal_year::most_overlapped(reader(6, 30).end, period);
        assert_eq!(year.map(|year| year.to), Some(date(2028, 6, 30)));
        let covered = year.and_then(|year| fiscal_year::covered(year, &[period]));
        assert!(covered.is_some_and(|covered| covered.lasts_months(6)));
    }

    #[test]
    fn years_that_no_period_serves_are_told() {
        let readers = [reader(3, 31), reader(6, 30), reader(9, 30), reader(12, 31)];
        let (period, years) = period(Family::Icfr, date(2027, 1, 1), &readers);
        assert_eq!(years.len(), 4);
        for year in &years {
            let covered = fiscal_year::covered(year.year, &[period]);
            let enough = covered.is_some_and(|covered| covered.lasts_months(6));
            assert_eq!(year.is_enough, enough);
            assert_eq!(year.covered, covered.map_or(0, Period::days));
        }
    }

    #[test]
    fn a_service_that_is_new_is_not_asked_for_days_before_it_began() {
        let new = Reader {
            since: Some(date(2027, 10, 1)),
            ..reader(12, 31)
        };
        let (period, years) = period(Family::Icfr, date(2027, 10, 1), &[new]);
        assert_eq!(period.from, date(2027, 10, 1));
        assert!(years.iter().all(|year| year.is_enough));
    }

    #[test]
    fn the_calendar_s_last_days_do_not_stop_it() {
        let (period, _) = period(Family::TrustServices, Date::MAX, &[reader(12, 31)]);
        assert!(period.from <= period.to);
    }
}
