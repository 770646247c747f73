//! Days drawn on an axis: a bar for each row, which the words beside it say, too.

use crate::calendar::{Period, days_between};
use crate::views::{Span, Stage, When};
use jiff::civil::Date;
use maud::{Markup, html};

/// The whole axis, in units of the drawing.
const WIDTH: i64 = 1_000;
/// What is no longer than this would not be seen.
const LEAST: i64 = 6;

pub fn bar(span: Span, axis: Period, as_of: Date) -> Markup {
    let from = span.when.from().map_or(0, |day| at(axis, day, false));
    let to = span.when.to().map_or(WIDTH, |day| at(axis, day, true));
    let width = (to - from).max(LEAST);
    let from = from.min(WIDTH - width);
    let today = at(axis, as_of, false);
    let marks: Vec<i64> = half_years(axis).map(|day| at(axis, day, false)).collect();
    let stage = match span.stage {
        Stage::Settled => "settled",
        Stage::Ahead => "ahead",
        Stage::Missing => "missing",
    };
    let is_day = matches!(span.when, When::Day(_));
    html! {
        svg viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for mark in marks { path.mark d={ "M" (mark) " 32v8" } {} }
            @if is_day {
                path.(stage) d={ "M" (from + width / 2) " 4l9 12l-9 12l-9 -12z" } {}
            } @else {
                rect.(stage) x=(from) y="8" width=(width) height="16" {}
            }
            path.today d={ "M" (today) " 0v40" } {}
        }
    }
}

/// The years, each where it begins; above all the bars.
pub fn years(axis: Period) -> Markup {
    let firsts = half_years(axis).filter(|day| day.month() == 1);
    // At the edge, there is no room to write it.
    let firsts: Vec<(i64, i16)> = firsts
        .map(|day| (at(axis, day, false), day.year()))
        .filter(|(at, _)| *at < 900)
        .collect();
    html! {
        svg.years aria-hidden="true" focusable="false" {
            @for (at, year) in firsts {
                text x={ (at / 10) "." (at % 10) "%" } y="90%" { (year) }
            }
        }
    }
}

/// Where a day begins, or ends.
fn at(axis: Period, day: Date, ends: bool) -> i64 {
    let all = axis.days().max(1);
    let days = days_between(axis.from, day) + i64::from(ends);
    (days * WIDTH / all).clamp(0, WIDTH)
}

/// The first days of January and July.
fn half_years(axis: Period) -> impl Iterator<Item = Date> {
    let years = axis.from.year()..=axis.to.year();
    let days = years.flat_map(|year| [1, 7].map(|month| Date::new(year, month, 1)));
    days.flatten().filter(move |day| axis.from <= *day && *day <= axis.to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const AXIS: Period = Period {
        from: date(2025, 1, 1),
        to: date(2026, 12, 31),
    };

    fn drawn(when: When) -> String {
        let span = Span {
            when,
            stage: Stage::Ahead,
        };
        bar(span, AXIS, date(2026, 1, 1)).into_string()
    }

    #[test]
    fn days_are_where_they_are_on_the_axis() {
        let half = drawn(When::Days(Some(date(2026, 1, 1)), Some(date(2026, 12, 31))));
        assert!(half.contains("x=\"500\"") && half.contains("width=\"500\""), "{half}");
        assert!(half.contains("M500 0v40"), "the as-of date: {half}");
        assert_eq!(half.matches("32v8").count(), 4, "{half}");
        let open = drawn(When::Days(None, Some(date(2025, 12, 31))));
        assert!(open.contains("x=\"0\"") && open.contains("width=\"500\""), "{open}");
        let outside = drawn(When::Days(Some(date(2020, 1, 1)), Some(date(2030, 1, 1))));
        assert!(
            outside.contains("x=\"0\"") && outside.contains("width=\"1000\""),
            "{outside}"
        );
        let last = drawn(When::Days(Some(date(2026, 12, 31)), Some(date(2026, 12, 31))));
        assert!(last.contains("x=\"994\"") && last.contains("width=\"6\""), "{last}");
        assert!(drawn(When::Day(date(2026, 1, 1))).contains("M503 4l"));
    }
}
