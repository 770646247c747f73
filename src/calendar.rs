//! Days, calendar months and periods. Ends are inclusive everywhere.

use crate::model::{Duration, MonthDay};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// `date` plus a duration, clamped to the month's end and to the calendar's last day.
pub fn plus(date: Date, duration: Duration) -> Date {
    date.checked_add(span(duration)).unwrap_or(Date::MAX)
}

/// `date` minus a duration, clamped to the month's end and to the calendar's first day.
pub fn minus(date: Date, duration: Duration) -> Date {
    date.checked_sub(span(duration)).unwrap_or(Date::MIN)
}

/// A span as long as the calendar stands for every longer one.
fn span(duration: Duration) -> Span {
    const MAX_MONTHS: u32 = 20_000 * 12 - 24;
    const MAX_DAYS: u32 = 7_300_000;
    Span::new()
        .months(i64::from(duration.months.min(MAX_MONTHS)))
        .days(i64::from(duration.days.min(MAX_DAYS)))
}

pub fn day_after(date: Date) -> Date {
    date.checked_add(1.day()).unwrap_or(Date::MAX)
}

pub fn day_before(date: Date) -> Date {
    date.checked_sub(1.day()).unwrap_or(Date::MIN)
}

/// The number of days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The days from `from` to `to`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub from: Date,
    pub to: Date,
}

impl Period {
    /// Whether it is at least `months` calendar months long: 1 July to 31 December is six.
    pub fn lasts_months(self, months: u32) -> bool {
        self.to >= day_before(plus(self.from, Duration::months(months)))
    }

    pub fn days(self) -> i64 {
        days_between(self.from, self.to) + 1
    }

    /// Whether it is longer than a duration: from 1 July, three months are over with 30 September.
    pub fn exceeds(self, duration: Duration) -> bool {
        // What would end after the calendar's last day is not over.
        let over = self.from.checked_add(span(duration));
        over.is_ok_and(|over| over <= self.to)
    }

    /// The day with a number, from 1, even after its end.
    pub fn day(self, number: i64) -> Date {
        let days = u32::try_from(number - 1).unwrap_or(0);
        plus(self.from, Duration::days(days))
    }

    /// The days that both have.
    pub fn overlap(self, other: Self) -> Option<Self> {
        let both = Self {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        };
        (both.from <= both.to).then_some(both)
    }

    /// How many whole intervals it has.
    pub fn intervals(self, every: Duration) -> i64 {
        completed(self.from, every, day_after(self.to))
    }

    /// How many intervals, counted from `start`, it touches.
    pub fn touches(self, start: Date, every: Duration) -> i64 {
        completed(start, every, self.to) - completed(start, every, self.from) + 1
    }

    /// Its last days, a tenth of it; `None` when it is shorter than ten days.
    pub fn last_tenth(self) -> Option<Self> {
        let days = u32::try_from(self.days() / 10).ok().filter(|days| *days > 0)?;
        let from = minus(self.to, Duration::days(days - 1));
        Some(Self { from, to: self.to })
    }
}

/// The day after so many intervals that follow each other from `start` on.
pub fn after_intervals(start: Date, every: Duration, count: u32) -> Date {
    plus(
        start,
        Duration {
            months: every.months.saturating_mul(count),
            days: every.days.saturating_mul(count),
        },
    )
}

/// How many intervals that follow each other from `start` on are over on the day `until`.
fn completed(start: Date, every: Duration, until: Date) -> i64 {
    let ends = |count: u32| after_intervals(start, every, count);
    // Each interval is a day or more, so there are no more intervals than days.
    let (mut over, mut not_over) = (0_u32, u32::try_from(days_between(start, until) + 1).unwrap_or(0).max(1));
    while not_over - over > 1 {
        let middle = over + (not_over - over) / 2;
        if ends(middle) <= until {
            over = middle
        } else {
            not_over = middle
        }
    }
    i64::from(over)
}

/// The days that no period covers between the end of one and the start of another.
pub fn gap(earlier: Period, later: Period) -> Option<Period> {
    let gap = Period {
        from: day_after(earlier.to),
        to: day_before(later.from),
    };
    (gap.from <= gap.to).then_some(gap)
}

/// What is left of `hole` once the days of `cover` are taken out of it.
pub fn without(hole: Vec<Period>, cover: Period) -> Vec<Period> {
    let mut left = Vec::with_capacity(hole.len() + 1);
    for part in hole {
        if cover.to < part.from || part.to < cover.from {
            left.push(part);
            continue;
        }
        if part.from < cover.from {
            left.push(Period {
                from: part.from,
                to: day_before(cover.from),
            });
        }
        if cover.to < part.to {
            left.push(Period {
                from: day_after(cover.to),
                to: part.to,
            });
        }
    }
    left
}

/// The day that a month and day fall on in a year.
pub fn in_year(day: MonthDay, year: i16) -> Option<Date> {
    match day.day {
        Some(number) => Date::new(year, day.month, number).ok(),
        None => Date::new(year, day.month, 1).ok().map(Date::last_of_month),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(from: Date, to: Date) -> Period {
        Period { from, to }
    }

    #[test]
    fn months_clamp_to_the_month_end() {
        assert_eq!(plus(date(2026, 1, 31), Duration::months(1)), date(2026, 2, 28));
        assert_eq!(minus(date(2026, 3, 31), Duration::months(1)), date(2026, 2, 28));
        assert_eq!(plus(date(2024, 2, 29), Duration::months(12)), date(2025, 2, 28));
        assert_eq!(plus(Date::MAX, Duration::days(1)), Date::MAX);
        assert_eq!(plus(date(1, 1, 1), Duration::months(12 * 9_000)), date(9001, 1, 1));
        let endless = Duration {
            months: u32::MAX,
            days: u32::MAX,
        };
        assert_eq!(
            (plus(Date::MIN, endless), minus(Date::MAX, endless)),
            (Date::MAX, Date::MIN)
        );
    }

    #[test]
    fn six_months_end_the_day_before_the_same_day() {
        assert!(period(date(2026, 1, 1), date(2026, 6, 30)).lasts_months(6));
        assert!(!period(date(2026, 1, 1), date(2026, 6, 29)).lasts_months(6));
        assert!(period(date(2025, 8, 31), date(2026, 2, 27)).lasts_months(6));
    }

    #[test]
    fn three_months_are_exceeded_the_day_after_they_are_over() {
        let quarter = Duration::months(3);
        assert!(!period(date(2026, 7, 1), date(2026, 9, 30)).exceeds(quarter));
        assert!(period(date(2026, 7, 1), date(2026, 10, 1)).exceeds(quarter));
        assert!(!period(date(9999, 12, 1), Date::MAX).exceeds(quarter));
    }

    #[test]
    fn adjoining_periods_have_no_gap() {
        let first = period(date(2025, 1, 1), date(2025, 6, 30));
        assert_eq!(gap(first, period(date(2025, 7, 1), date(2025, 12, 31))), None);
        let hole = gap(first, period(date(2025, 7, 3), date(2025, 12, 31)));
        assert_eq!(hole, Some(period(date(2025, 7, 1), date(2025, 7, 2))));
        assert_eq!(hole.map(Period::days), Some(2));
    }

    #[test]
    fn a_cover_takes_its_days_out() {
        let hole = vec![period(date(2025, 7, 1), date(2025, 7, 31))];
        let left = without(hole, period(date(2025, 7, 10), date(2025, 7, 20)));
        assert_eq!(
            left,
            vec![
                period(date(2025, 7, 1), date(2025, 7, 9)),
                period(date(2025, 7, 21), date(2025, 7, 31)),
            ]
        );
    }

    #[test]
    fn a_cover_that_touches_an_end_takes_one_day_out() {
        let july = period(date(2025, 7, 1), date(2025, 7, 31));
        let left = |from, to| without(vec![july], period(from, to));
        assert_eq!(
            left(date(2025, 6, 1), date(2025, 7, 1)),
            vec![period(date(2025, 7, 2), date(2025, 7, 31))]
        );
        assert_eq!(
            left(date(2025, 7, 31), date(2025, 8, 31)),
            vec![period(date(2025, 7, 1), date(2025, 7, 30))]
        );
        assert_eq!(left(date(2025, 7, 1), date(2025, 7, 31)), vec![]);
        assert_eq!(left(date(2025, 8, 1), date(2025, 8, 31)), vec![july]);
    }

    #[test]
    fn intervals_are_counted_from_the_first_day() {
        let year = period(date(2025, 7, 1), date(2026, 6, 30));
        let asked = |every| year.intervals(every);
        assert_eq!(
            (
                asked(Duration::months(1)),
                asked(Duration::months(3)),
                asked(Duration::months(6))
            ),
            (12, 4, 2)
        );
        assert_eq!(
            (
                asked(Duration::months(12)),
                asked(Duration::months(13)),
                asked(Duration::days(90)),
                asked(Duration::days(1))
            ),
            (1, 0, 4, 365)
        );
        let quarter = period(date(2025, 7, 1), date(2025, 9, 30));
        assert_eq!(quarter.touches(year.from, Duration::months(1)), 3);
        let day = period(date(2025, 7, 31), date(2025, 7, 31));
        assert_eq!(day.touches(year.from, Duration::months(1)), 1);
        assert_eq!(year.last_tenth(), Some(period(date(2026, 5, 26), date(2026, 6, 30))));
        assert_eq!(quarter.overlap(day), Some(day));
        assert_eq!(period(date(2025, 7, 1), date(2025, 7, 9)).last_tenth(), None);
    }

    #[test]
    fn february_ends_when_it_ends() {
        let end = MonthDay { month: 2, day: None };
        assert_eq!(in_year(end, 2024), Some(date(2024, 2, 29)));
        assert_eq!(in_year(end, 2026), Some(date(2026, 2, 28)));
    }
}
