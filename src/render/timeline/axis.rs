//! Days as columns of characters.

use crate::calendar::{Period, days_between};
use crate::views::{Stage, When};
use jiff::civil::Date;

/// The characters of a drawing: each as wide as any.
pub struct Marks {
    /// Of periods, by stage.
    pub bars: [char; 3],
    /// Of days, by stage.
    days: [char; 3],
    /// Where something goes on before and after the axis.
    on: [char; 2],
    pub today: char,
}

pub const UNICODE: Marks = Marks {
    bars: ['━', '┄', '╳'],
    days: ['◆', '◇', '✕'],
    on: ['◀', '▶'],
    today: '│',
};

pub const ASCII: Marks = Marks {
    bars: ['=', '-', 'x'],
    days: ['#', 'o', 'X'],
    on: ['<', '>'],
    today: '|',
};

impl Marks {
    pub fn at(marks: [char; 3], stage: Stage) -> char {
        match stage {
            Stage::Settled => marks[0],
            Stage::Ahead => marks[1],
            Stage::Missing => marks[2],
        }
    }

    /// What they mean.
    pub fn legend(&self) -> String {
        let of = |stage| format!("{}{}", Self::at(self.bars, stage), Self::at(self.days, stage));
        format!(
            "{} declared as it is; {} ahead, or under way; {} not covered, overdue or over; {} as of",
            of(Stage::Settled),
            of(Stage::Ahead),
            of(Stage::Missing),
            self.today
        )
    }
}

/// An axis of so many columns.
pub struct Axis<'m> {
    pub period: Period,
    pub columns: usize,
    pub marks: &'m Marks,
}

impl Axis<'_> {
    /// The column of a day, of which the nearest end's stands for those outside.
    fn column(&self, day: Date) -> usize {
        let day = day.clamp(self.period.from, self.period.to);
        let before = usize::try_from(days_between(self.period.from, day)).unwrap_or(0);
        let all = usize::try_from(self.period.days()).unwrap_or(1).max(1);
        (before * self.columns / all).min(self.columns.saturating_sub(1))
    }

    fn has(&self, day: Date) -> bool {
        self.period.from <= day && day <= self.period.to
    }

    fn blank(&self, today: Date) -> Vec<char> {
        let mut cells = vec![' '; self.columns];
        if self.has(today)
            && let Some(cell) = cells.get_mut(self.column(today))
        {
            *cell = self.marks.today;
        }
        cells
    }

    /// The years, each where it begins, as far as there is room for all of its digits.
    pub fn years(&self) -> String {
        let mut line = String::new();
        let mut put = |at: usize, year: i16| {
            let used = line.chars().count();
            let year = year.to_string();
            if (used == 0 || at > used) && at + year.len() <= self.columns {
                line.push_str(&" ".repeat(at - used));
                line.push_str(&year);
            }
        };
        let (first, last) = (self.period.from.year(), self.period.to.year());
        let begins = |year: i16| Date::new(year, 1, 1).ok().filter(|day| self.has(*day));
        // The first has room only where the next does not begin at once.
        let next = begins(first.saturating_add(1)).map_or(self.columns, |day| self.column(day));
        if begins(first).is_some() || next > 4 {
            put(0, first);
        }
        for year in first.saturating_add(1)..=last {
            if let Some(day) = begins(year) {
                put(self.column(day), year);
            }
        }
        line
    }

    /// What is on some days, as a line of characters.
    pub fn line(&self, when: When, stage: Stage, today: Date) -> String {
        let mut cells = self.blank(today);
        let mut put = |at: usize, mark: char| {
            if let Some(cell) = cells.get_mut(at) {
                *cell = mark;
            }
        };
        match when {
            When::Day(day) => put(self.column(day), Marks::at(self.marks.days, stage)),
            When::Days(from, to) => {
                let last = self.columns.saturating_sub(1);
                let first = from.map_or(0, |day| self.column(day));
                let end = to.map_or(last, |day| self.column(day));
                for at in first..=end.max(first) {
                    put(at, Marks::at(self.marks.bars, stage));
                }
                if from.is_none_or(|day| day < self.period.from) {
                    put(0, self.marks.on[0]);
                }
                if to.is_none_or(|day| day > self.period.to) {
                    put(last, self.marks.on[1]);
                }
            }
        }
        cells.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn axis(columns: usize) -> Axis<'static> {
        Axis {
            period: Period {
                from: date(2026, 1, 1),
                to: date(2026, 12, 31),
            },
            columns,
            marks: &ASCII,
        }
    }

    #[test]
    fn a_period_takes_the_columns_of_its_days_and_a_day_one() {
        let today = date(2026, 7, 1);
        let line = |when, stage| axis(12).line(when, stage, today);
        let days = |from, to| When::Days(Some(from), Some(to));
        let whole = days(date(2026, 1, 1), date(2026, 12, 31));
        assert_eq!(line(whole, Stage::Settled), "============");
        let spring = days(date(2026, 4, 1), date(2026, 5, 20));
        assert_eq!(line(spring, Stage::Ahead), "  ---|      ");
        let longer = days(date(2025, 6, 1), date(2026, 2, 1));
        assert_eq!(line(longer, Stage::Missing), "<x   |      ");
        assert_eq!(line(When::Days(None, None), Stage::Settled), "<==========>");
        assert_eq!(line(When::Day(date(2026, 12, 31)), Stage::Missing), "     |     X");
        assert_eq!(line(When::Day(date(2026, 1, 1)), Stage::Settled), "#    |      ");
    }

    #[test]
    fn an_axis_of_any_width_draws_every_entry() {
        let today = date(2030, 1, 1);
        for columns in [0, 1, 2, 7, 400] {
            let line = axis(columns).line(When::Day(date(2026, 6, 1)), Stage::Ahead, today);
            assert_eq!(line.chars().count(), columns);
            assert_eq!(line.contains('o'), columns > 0);
            assert!(axis(columns).years().chars().count() <= columns);
        }
        let whole = Axis {
            period: Period {
                from: Date::MIN,
                to: Date::MAX,
            },
            ..axis(10)
        };
        assert_eq!(whole.line(When::Day(Date::MAX), Stage::Ahead, today).len(), 10);
        assert!(whole.years().chars().count() <= 10);
    }

    #[test]
    fn years_stand_where_they_begin() {
        let two = Axis {
            period: Period {
                from: date(2025, 7, 1),
                to: date(2027, 6, 30),
            },
            ..axis(24)
        };
        assert_eq!(two.years(), "2025  2026        2027");
    }
}
