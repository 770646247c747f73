//! Fiscal years of those who rely on reports: when they are judged, what reports cover of them, and what is left
//! uncovered before they end. Ends are inclusive everywhere.

use crate::calendar::{self, Period, day_after, day_before, plus};
use crate::model::{Duration, MonthDay};
use crate::today::Today;
use jiff::ToSpan;
use jiff::civil::Date;

/// How much of a bridge letter counts, however long it is. Convention: no standard sets it.
pub const LETTER: Duration = Duration::months(3);

/// The fiscal year that ends in a calendar year.
pub fn ending_in(end: MonthDay, year: i16) -> Option<Period> {
    let to = calendar::in_year(end, year)?;
    let from = day_after(calendar::in_year(end, year.checked_sub(1)?)?);
    Some(Period { from, to })
}

/// When a fiscal year is judged: from its last day until some months later.
pub fn season_of(year: Period, season: Duration) -> Period {
    Period {
        from: year.to,
        to: plus(year.to, season),
    }
}

/// The latest fiscal year that is in season on a day.
pub fn in_season(end: MonthDay, season: Duration, today: &Today) -> Option<Period> {
    // The first of these that is over is the latest, whatever calendar year it is.
    let year = today.year();
    let mut years = [year.checked_add(1)?, year, year.checked_sub(1)?].into_iter();
    let latest = years.find(|year| calendar::in_year(end, *year).is_some_and(|to| to <= *today))?;
    ending_in(end, latest).filter(|year| *today <= season_of(*year, season).to)
}

/// The fiscal years of which some day is in a period, earliest first.
pub fn touching(end: MonthDay, period: Period) -> impl Iterator<Item = Period> {
    let years = period.from.year()..=period.to.year().saturating_add(1);
    let years = years.filter_map(move |year| ending_in(end, year));
    years.filter(move |year| year.overlap(period).is_some())
}

/// The fiscal year that has most days of a period; of two alike, the later.
pub fn most_overlapped(end: MonthDay, period: Period) -> Option<Period> {
    touching(end, period).max_by_key(|year| year.overlap(period).map(Period::days))
}

/// The days of a year that periods cover together, as one period that begins with the first of them.
pub fn covered(year: Period, periods: &[Period]) -> Option<Period> {
    let left = periods
        .iter()
        .fold(vec![year], |left, period| calendar::without(left, *period));
    let days = year.days() - left.iter().map(|part| part.days()).sum::<i64>();
    let covering = periods
        .iter()
        .filter(|period| period.from <= year.to && year.from <= period.to);
    let from = covering.map(|period| period.from.max(year.from)).min()?;
    let to = from.checked_add((days - 1).days()).ok()?;
    Some(Period { from, to })
}

/// Whether too little of a year is covered for those who audit it: under six months, unless the service itself was there
/// for less of it.
pub fn is_short(year: Period, since: Option<Date>, covered: Option<Period>) -> bool {
    let served = Period {
        from: since.map_or(year.from, |since| since.max(year.from)),
        to: year.to,
    };
    covered.is_some_and(|covered| served.lasts_months(6) && !covered.lasts_months(6))
}

/// The last day that a period covers together with its bridge letters: of those that begin no later than the day
/// after it, the first three months count.
pub fn reach(period_end: Date, letters: &[Period]) -> Date {
    let joined = letters.iter().filter(|letter| letter.from <= day_after(period_end));
    let reaching = joined.map(|letter| letter.to.min(day_before(plus(letter.from, LETTER))));
    reaching.fold(period_end, Date::max)
}

/// What is uncovered before a year-end: the days that neither a period that ended before it covers, nor a bridge letter
/// that [joins](reach) it.
pub fn uncovered_before(year_end: Date, period_end: Date, letters: &[Period]) -> Option<Period> {
    let left = Period {
        from: day_after(reach(period_end, letters)),
        to: year_end,
    };
    (left.from <= left.to).then_some(left)
}

/// The day on which a period has to end for no more than a letter's length to be left before a year-end.
pub fn latest_reach(year_end: Date) -> Date {
    day_before(calendar::minus(day_after(year_end), LETTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DECEMBER: MonthDay = MonthDay {
        month: 12,
        day: Some(31),
    };
    const FEBRUARY: MonthDay = MonthDay { month: 2, day: None };
    const SEASON: Duration = Duration::months(4);

    fn period(from: Date, to: Date) -> Period {
        Period { from, to }
    }

    fn of_2025() -> Period {
        period(date(2025, 1, 1), date(2025, 12, 31))
    }

    #[test]
    fn a_year_is_in_season_from_its_last_day_until_four_months_later() {
        let on = |day| in_season(DECEMBER, SEASON, &Today::new(day));
        assert_eq!(on(date(2025, 12, 30)), None);
        assert_eq!(on(date(2025, 12, 31)), Some(of_2025()));
        assert_eq!(on(date(2026, 4, 30)), Some(of_2025()));
        assert_eq!(on(date(2026, 5, 1)), None);
    }

    #[test]
    fn a_season_that_outlasts_the_year_is_the_latest_years() {
        let on = |day| in_season(DECEMBER, Duration::months(18), &Today::new(day));
        assert_eq!(on(date(2026, 12, 30)), Some(of_2025()));
        assert_eq!(on(date(2026, 12, 31)), ending_in(DECEMBER, 2026));
    }

    #[test]
    fn a_year_to_the_end_of_february_has_its_leap_day() {
        let year = period(date(2023, 3, 1), date(2024, 2, 29));
        assert_eq!(in_season(FEBRUARY, SEASON, &Today::new(date(2024, 2, 28))), None);
        assert_eq!(in_season(FEBRUARY, SEASON, &Today::new(date(2024, 2, 29))), Some(year));
        assert_eq!(in_season(FEBRUARY, SEASON, &Today::new(date(2024, 6, 29))), Some(year));
        assert_eq!(in_season(FEBRUARY, SEASON, &Today::new(date(2024, 6, 30))), None);
        assert_eq!(in_season(FEBRUARY, SEASON, &Today::new(Date::MIN)), None);
    }

    #[test]
    fn a_period_touches_each_year_of_which_it_has_a_day() {
        let touched = |from, to| touching(DECEMBER, period(from, to)).map(|year| year.to.year());
        let years = |from, to| touched(from, to).collect::<Vec<i16>>();
        assert_eq!(years(date(2025, 12, 31), date(2027, 1, 1)), [2025, 2026, 2027]);
        assert_eq!(years(date(2026, 1, 1), date(2026, 12, 31)), [2026]);
        let of_february = touching(FEBRUARY, period(date(2026, 2, 28), date(2026, 3, 1)));
        assert_eq!(
            of_february.map(|year| year.to).collect::<Vec<Date>>(),
            [date(2026, 2, 28), date(2027, 2, 28)]
        );
    }

    #[test]
    fn of_two_years_that_are_overlapped_alike_the_later_counts() {
        let most = |from, to| most_overlapped(DECEMBER, period(from, to)).map(|year| year.to.year());
        assert_eq!(most(date(2025, 12, 1), date(2026, 1, 31)), Some(2026));
        assert_eq!(most(date(2025, 11, 30), date(2026, 1, 31)), Some(2025));
        assert_eq!(most(date(2025, 12, 2), date(2026, 1, 31)), Some(2026));
        assert_eq!(most(date(2025, 7, 1), date(2027, 3, 31)), Some(2026));
    }

    #[test]
    fn what_several_periods_cover_is_joined() {
        let spring = period(date(2024, 12, 1), date(2025, 2, 28));
        let autumn = period(date(2025, 9, 1), date(2025, 9, 30));
        let overlapping = period(date(2025, 9, 15), date(2025, 9, 20));
        assert_eq!(
            covered(of_2025(), &[autumn, spring, overlapping]),
            Some(period(date(2025, 1, 1), date(2025, 3, 30)))
        );
        let of_2026 = period(date(2026, 1, 1), date(2026, 6, 30));
        assert_eq!(covered(of_2025(), &[of_2026]), None);
    }

    #[test]
    fn from_october_on_three_months_are_uncovered_and_no_more() {
        let quarter = Duration::months(3);
        let left = |end| uncovered_before(date(2025, 12, 31), end, &[]);
        let three = period(date(2025, 10, 1), date(2025, 12, 31));
        assert_eq!(left(date(2025, 9, 30)), Some(three));
        assert!(!three.exceeds(quarter));
        assert!(left(date(2025, 9, 29)).is_some_and(|left| left.exceeds(quarter)));
        assert_eq!(latest_reach(date(2025, 12, 31)), date(2025, 9, 30));
        assert_eq!(latest_reach(date(2026, 2, 28)), date(2025, 11, 30));
    }

    #[test]
    fn nothing_is_uncovered_before_a_year_that_ends_first() {
        let left = |end| uncovered_before(date(2025, 12, 31), end, &[]);
        assert_eq!(left(date(2025, 12, 31)), None);
        assert_eq!(left(date(2026, 3, 31)), None);
        let last_day = period(date(2025, 12, 31), date(2025, 12, 31));
        assert_eq!(left(date(2025, 12, 30)), Some(last_day));
    }

    #[test]
    fn a_letter_counts_for_three_months_and_only_if_it_joins() {
        let left = |letters: &[Period]| uncovered_before(date(2025, 12, 31), date(2025, 6, 30), letters);
        let from = |day| Some(period(day, date(2025, 12, 31)));
        let letter = |from, to| [period(from, to)];
        let joined = letter(date(2025, 7, 1), date(2025, 8, 31));
        assert_eq!(left(&joined), from(date(2025, 9, 1)));
        let too_long = letter(date(2025, 7, 1), date(2025, 12, 31));
        assert_eq!(left(&too_long), from(date(2025, 10, 1)));
        let detached = letter(date(2025, 7, 2), date(2025, 9, 30));
        assert_eq!(left(&detached), from(date(2025, 7, 1)));
        let one_after_another = [joined[0], period(date(2025, 9, 1), date(2025, 11, 30))];
        assert_eq!(left(&one_after_another), from(date(2025, 9, 1)));
    }
}
