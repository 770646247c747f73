use super::*;
use jiff::civil::date;

/// Each question gives the same answer on every day until which it is said to hold, whatever day it was asked on; and
/// a plain comparison gives another one on the day after.
#[test]
fn what_is_decided_holds_until_the_day_that_is_told() {
    type Question = fn(&Today, Date) -> bool;
    let months = |months, days| Duration { months, days };
    let questions: [(Question, bool); 12] = [
        (|today, other| *today < other, true),
        (|today, other| *today <= other, true),
        (|today, other| *today > other, true),
        (|today, other| *today >= other, true),
        (|today, other| other < *today, true),
        (|today, other| other <= *today, true),
        (|today, other| other > *today, true),
        (|today, other| other >= *today, true),
        (|today, other| *today == other, true),
        (|today, other| today.reaches(other, Duration::months(12)), true),
        (|today, other| today.reaches(other, Duration::days(90)), true),
        (|today, other| today.date() == other, false),
    ];
    let first = date(2027, 11, 20);
    let days: Vec<Date> = std::iter::successors(Some(first), |day| day.tomorrow().ok())
        .take(500)
        .collect();
    for (number, (question, is_exact)) in questions.into_iter().enumerate() {
        for other in [
            date(2028, 2, 29),
            date(2029, 2, 28),
            date(2028, 3, 31),
            date(2020, 1, 1),
        ] {
            let answers: Vec<bool> = days.iter().map(|day| question(&Today::new(*day), other)).collect();
            for (at, day) in days.iter().enumerate() {
                let today = Today::watched(*day);
                let held = today.held(|| question(&today, other));
                let after = &answers[at..];
                let same = after.iter().take_while(|answer| **answer == after[0]).count();
                let said = days[at..].iter().take_while(|day| **day <= held.until).count();
                assert_eq!(held.value, answers[at], "{number} {other} {day}");
                assert!(said >= 1 && said <= same, "{number} {other} {day}: {}", held.until);
                assert!(!is_exact || said == same, "{number} {other} {day}: {}", held.until);
            }
        }
    }
    let pairs = [
        (months(3, 0), months(0, 90)),
        (months(0, 365), months(12, 0)),
        (months(1, 2), months(2, 1)),
        (months(6, 0), months(0, 90)),
        (months(1, 0), months(0, 30)),
    ];
    for (one, other) in pairs {
        let answers: Vec<bool> = days.iter().map(|day| Today::new(*day).is_sooner(one, other)).collect();
        for (at, day) in days.iter().enumerate() {
            let today = Today::watched(*day);
            let held = today.held(|| today.is_sooner(one, other));
            let said = days[at..].iter().take_while(|day| **day <= held.until).count();
            assert!(said >= 1 && answers[at..][..said].iter().all(|answer| *answer == held.value));
        }
    }
}

#[test]
fn what_rests_on_something_decided_holds_no_longer() {
    let today = Today::watched(date(2026, 10, 1));
    let inner = today.held(|| today < date(2026, 12, 1));
    assert_eq!(inner.until, date(2026, 11, 30));
    let outer = today.held(|| {
        let apart = today.held(|| today < date(2026, 10, 5));
        assert_eq!(apart.until, date(2026, 10, 4));
        *inner.get(&today) && today < date(2027, 1, 1)
    });
    assert_eq!((outer.until, outer.tells_day), (date(2026, 11, 30), false));
    assert_eq!(today.held(|| ()).until, Date::MAX);
    assert_eq!(today.held(|| today.date()).until, date(2026, 10, 1));
    assert!(today.held(|| today.to_string()).tells_day);
}

#[test]
fn each_date_has_a_number_of_its_own_in_the_same_order() {
    for day in [Date::MIN, Date::MAX, date(-1, 12, 31), date(0, 1, 1), date(2026, 10, 1)] {
        assert_eq!(of_number(number(day)), day);
    }
    assert!(number(date(-1, 12, 31)) < number(date(0, 1, 1)));
}
