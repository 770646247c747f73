//! The as-of date, and how long what was decided by it holds.
//!
//! Whatever depends on the day does so by comparing dates with [`Today`], and each comparison knows on which later day it
//! comes out otherwise. So of whatever was decided it is known until when it holds: until the first of those days. No rule
//! has to say on which days it may change its mind, and none can forget one.

use crate::calendar::{self, day_after, day_before};
use crate::model::Duration;
use jiff::civil::Date;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering::Relaxed};

/// The day on which an estate is looked at.
pub struct Today {
    day: Date,
    /// What each thread has compared the day with, where that is of interest; the first is that of threads without a number.
    compared: Option<Box<[Compared]>>,
}

/// What a thread has compared the day with since it began to decide something.
#[repr(align(64))]
struct Compared {
    /// The last day on which each comparison comes out the same.
    until: AtomicI32,
    /// Whether the day itself was told.
    told: AtomicBool,
}

impl Compared {
    /// What is noted; what is put there instead.
    fn take(&self, instead: (i32, bool)) -> (i32, bool) {
        let noted = (self.until.load(Relaxed), self.told.load(Relaxed));
        self.until.store(instead.0, Relaxed);
        self.told.store(instead.1, Relaxed);
        noted
    }
}

/// Something decided on a day, and the last day until which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held<T> {
    value: T,
    pub until: Date,
    /// Whether its words tell the day, so that they hold on that day alone.
    pub tells_day: bool,
}

impl Today {
    pub const fn new(day: Date) -> Self {
        Self { day, compared: None }
    }

    /// The day, and from now on how long what is decided holds.
    pub fn watched(day: Date) -> Self {
        let threads = rayon::current_num_threads() + 1;
        let compared = (0..threads).map(|_| Compared {
            until: AtomicI32::new(number(Date::MAX)),
            told: AtomicBool::new(false),
        });
        Self {
            day,
            compared: Some(compared.collect()),
        }
    }

    pub const fn is_watched(&self) -> bool {
        self.compared.is_some()
    }

    /// Looks at the estate on another day.
    pub fn set(&mut self, day: Date) {
        self.day = day;
    }

    /// The day itself: what is decided with it holds on no other.
    pub fn date(&self) -> Date {
        self.hold_until(self.day);
        self.day
    }

    /// The calendar year, from which to look for dates that are then compared with the day.
    pub fn year(&self) -> i16 {
        self.day.year()
    }

    /// The number of days from an earlier one, as words tell it.
    pub fn days_after(&self, earlier: Date) -> i64 {
        self.tell();
        calendar::days_between(earlier, self.day)
    }

    /// The day some time from now, as words tell it.
    pub fn told_after(&self, duration: Duration) -> Date {
        self.tell();
        calendar::plus(self.day, duration)
    }

    /// Whether some time from now it is `date`, or later.
    pub fn reaches(&self, date: Date, after: Duration) -> bool {
        let reaches = |day| calendar::plus(day, after) >= date;
        if reaches(self.day) {
            return true;
        }
        // The length of a month depends on where it begins: that day, or one of those around it.
        let mut first = calendar::minus(date, after).max(day_after(self.day));
        while first > day_after(self.day) && reaches(day_before(first)) {
            first = day_before(first);
        }
        while !reaches(first) && first < Date::MAX {
            first = day_after(first);
        }
        self.hold_until(day_before(first));
        false
    }

    /// Whether one duration, from now on, is over before another.
    pub fn is_sooner(&self, one: Duration, other: Duration) -> bool {
        let is_sooner = |day| calendar::plus(day, one) < calendar::plus(day, other);
        let now = is_sooner(self.day);
        let days = |duration: Duration, month: u64| u64::from(duration.months) * month + u64::from(duration.days);
        let is_always_apart = |one, other| days(one, 31) < days(other, 28);
        let is_alike = one.months == other.months || one.days == other.days;
        if !is_alike && !is_always_apart(one, other) && !is_always_apart(other, one) {
            let ahead = std::iter::successors(Some(self.day), |day| Some(day_after(*day)));
            let same = ahead.take(32).take_while(|day| is_sooner(*day) == now);
            self.hold_until(same.last().unwrap_or(self.day));
        }
        now
    }

    /// The day, or `last` where that is earlier, as words tell it.
    pub fn told_at_most(&self, last: Date) -> Date {
        self.tell();
        last.min(self.day)
    }

    /// What is decided so far does not hold after a day.
    fn hold_until(&self, last: Date) {
        if let Some(compared) = self.of_thread() {
            // No other thread has to do with it.
            let until = compared.until.load(Relaxed).min(number(last));
            compared.until.store(until, Relaxed);
        }
    }

    fn tell(&self) {
        if let Some(compared) = self.of_thread() {
            compared.told.store(true, Relaxed);
        }
    }

    fn of_thread(&self) -> Option<&Compared> {
        let compared = self.compared.as_ref()?;
        let at = rayon::current_thread_index().map_or(0, |at| at + 1);
        compared.get(at)
    }

    /// Decides something, and how long that holds. What it decides has to be compared by this thread; what the thread does
    /// in between for others is kept apart.
    pub fn held<T>(&self, decide: impl FnOnce() -> T) -> Held<T> {
        let Some(compared) = self.of_thread() else {
            return Held {
                value: decide(),
                until: self.day,
                tells_day: true,
            };
        };
        let outer = compared.take((number(Date::MAX), false));
        let value = decide();
        let (until, tells_day) = compared.take(outer);
        Held {
            value,
            until: of_number(until),
            tells_day,
        }
    }

    /// Decides again what does not hold any more of so many things, or all of them.
    pub fn renew<T: Send>(
        &self,
        of: Vec<Held<T>>,
        (count, all): (usize, bool),
        decide: impl Fn(usize) -> T + Sync,
    ) -> Vec<Held<T>> {
        if all || of.len() != count {
            let each = (0..count).into_par_iter();
            return each.map(|at| self.held(|| decide(at))).collect();
        }
        let mut of = of;
        for (at, one) in of.iter_mut().enumerate() {
            if one.until < self.day {
                *one = self.held(|| decide(at));
            }
        }
        of
    }
}

impl<T> Held<T> {
    /// What was decided; what is decided with it holds no longer than it does.
    pub fn get(&self, today: &Today) -> &T {
        today.hold_until(self.until);
        &self.value
    }

    /// What was decided, taken by itself.
    pub fn into_value(self) -> T {
        self.value
    }

    /// It together with something else that was decided: that holds as long as both do.
    pub fn and<U>(self, other: Self, together: impl FnOnce(T, T) -> U) -> Held<U> {
        Held {
            value: together(self.value, other.value),
            until: self.until.min(other.until),
            tells_day: self.tells_day || other.tells_day,
        }
    }

    /// Whether it has to be decided again.
    pub fn is_over(&self, today: &Today) -> bool {
        self.until < today.day
    }
}

impl<T: Default> Default for Held<T> {
    fn default() -> Self {
        Self {
            value: T::default(),
            until: Date::MIN,
            tells_day: false,
        }
    }
}

/// Dates as numbers of the same order.
fn number(date: Date) -> i32 {
    i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day())
}

fn of_number(number: i32) -> Date {
    let part = |number: i32| i8::try_from(number).unwrap_or(1);
    let year = i16::try_from(number.div_euclid(512)).unwrap_or(i16::MIN);
    let (month, day) = (part(number.rem_euclid(512) / 32), part(number.rem_euclid(32)));
    Date::new(year, month, day).unwrap_or(Date::MIN)
}

/// As words tell it.
impl fmt::Display for Today {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tell();
        self.day.fmt(f)
    }
}

impl PartialEq<Date> for Today {
    fn eq(&self, date: &Date) -> bool {
        self.partial_cmp(date) == Some(Ordering::Equal)
    }
}

impl PartialOrd<Date> for Today {
    fn partial_cmp(&self, date: &Date) -> Option<Ordering> {
        let order = self.day.cmp(date);
        match order {
            Ordering::Less => self.hold_until(day_before(*date)),
            Ordering::Equal => self.hold_until(*date),
            Ordering::Greater => {}
        }
        Some(order)
    }

    fn lt(&self, date: &Date) -> bool {
        let before = self.day < *date;
        if before {
            self.hold_until(day_before(*date));
        }
        before
    }

    fn le(&self, date: &Date) -> bool {
        let not_after = self.day <= *date;
        if not_after {
            self.hold_until(*date);
        }
        not_after
    }

    fn gt(&self, date: &Date) -> bool {
        !self.le(date)
    }

    fn ge(&self, date: &Date) -> bool {
        !self.lt(date)
    }
}

impl PartialEq<Today> for Date {
    fn eq(&self, today: &Today) -> bool {
        today == self
    }
}

impl PartialOrd<Today> for Date {
    fn partial_cmp(&self, today: &Today) -> Option<Ordering> {
        today.partial_cmp(self).map(Ordering::reverse)
    }

    fn lt(&self, today: &Today) -> bool {
        today.gt(self)
    }

    fn le(&self, today: &Today) -> bool {
        today.ge(self)
    }

    fn gt(&self, today: &Today) -> bool {
        today.lt(self)
    }

    fn ge(&self, today: &Today) -> bool {
        today.le(self)
    }
}

#[cfg(test)]
mod tests;
