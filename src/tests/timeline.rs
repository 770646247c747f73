//! The timeline and the findings never count differently, and what is declared with a day is on it once.

use super::inventory::{AS_OF, cases, session};
use crate::calendar::Period;
use crate::finding::Finding;
use crate::session::Session;
use crate::source::Source;
use crate::triage::{Choice, Outcome};
use crate::views::{Asked, Entry, Judged, Stage, Timeline, What, When};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// An axis on which all is that cases state.
const ALL: (Date, Date) = (date(1990, 1, 1), date(2060, 12, 31));

fn on_axis<T>(session: &Session, axis: (Date, Date), of: impl FnOnce(&Outcome, &Timeline) -> T) -> T {
    let linked = session.link(AS_OF);
    let outcome = linked.outcome(&Choice::default(), None);
    let judged = Judged::new(&linked.estate, session.sources(), session.settings(), &outcome);
    let asked = Asked {
        from: Some(axis.0),
        to: Some(axis.1),
        ..Asked::default()
    };
    of(&outcome, &judged.timeline(&outcome, &asked))
}

/// What is found, whatever became of it.
fn found<'o>(outcome: &'o Outcome, rule: &'static str) -> impl Iterator<Item = &'o Finding> {
    let waived = outcome.waived.iter().map(|waived| &waived.finding);
    let others = [
        &outcome.findings,
        &outcome.yielded,
        &outcome.turned_off,
        &outcome.baselined,
    ];
    let all = others.into_iter().flatten().chain(waived);
    all.filter(move |finding| finding.rule == rule)
}

fn between<'m>(message: &'m str, before: &str, after: &str) -> Option<&'m str> {
    message.split_once(before)?.1.split_once(after).map(|(text, _)| text)
}

/// "1 day", "92 days", "no day".
fn days(text: &str) -> Option<i64> {
    match text.split(' ').next()? {
        "no" => Some(0),
        number => number.parse().ok(),
    }
}

fn length(entry: &Entry) -> i64 {
    match entry.when {
        When::Days(Some(from), Some(to)) => Period { from, to }.days(),
        _ => panic!("{entry:?}"),
    }
}

/// The days of the entries of a subject that are titled so.
fn counted(timeline: &Timeline, subject: &str, title: &str, said: &str) -> i64 {
    let entries = timeline.entries.iter().filter(|entry| {
        entry.what == What::NotCovered && entry.subject == subject && entry.title == title && entry.state.contains(said)
    });
    entries.map(length).sum()
}

/// Of every case, what the timeline and the findings say of days that are not covered.
fn uncovered(outcome: &Outcome, timeline: &Timeline, wrong: &mut Vec<String>) -> usize {
    let mut count = 0;
    let mut differ = |finding: &Finding, said: i64, counted: i64| {
        count += 1;
        if said != counted {
            wrong.push(format!(
                "{}: {counted} on the timeline: {}",
                finding.subject, finding.message
            ));
        }
    };
    for finding in found(outcome, "coverage-gap") {
        let said = between(&finding.message, "report covers ", " between")
            .and_then(days)
            .expect("days");
        let earlier = between(&finding.message, "between `", "`").expect("an earlier one");
        let later = between(&finding.message, "` and `", "`").expect("a later one");
        let title = format!("between {earlier} and {later}");
        differ(
            finding,
            said,
            counted(timeline, &finding.subject, &title, "no issued report covers"),
        );
    }
    for finding in found(outcome, "planned-period-unfit") {
        let Some(said) = between(&finding.message, "no declared report covers ", " between").and_then(days) else {
            continue;
        };
        let earlier = between(&finding.message, "between `", "`").expect("an earlier one");
        let planned = between(&finding.message, "`", "`").expect("its name");
        let title = format!("between {earlier} and {planned}");
        differ(
            finding,
            said,
            counted(timeline, &finding.subject, &title, "no declared report covers"),
        );
    }
    for finding in found(outcome, "issuer-year-end-gap") {
        let said = between(&finding.message, " leaves ", " uncovered")
            .and_then(days)
            .expect("days");
        let end = between(&finding.message, "SEC issuers on ", " ").or_else(|| {
            let rest = finding.message.split_once("SEC issuers on ")?.1;
            rest.get(..10)
        });
        let end = end.expect("a year-end").trim_end_matches(',');
        let title = format!("before the year-end of SEC issuers on {end}");
        let own = timeline
            .entries
            .iter()
            .filter(|entry| entry.what == What::NotCovered && entry.subject == finding.subject && entry.title == title);
        differ(finding, said, own.map(length).max().unwrap_or(-1));
    }
    for finding in found(outcome, "user-year-overlap-short") {
        let said = between(&finding.message, "is the newest, cover ", " of the fiscal")
            .and_then(days)
            .expect("days");
        let end = between(&finding.message, " to ", ";").expect("a year-end");
        let words = format!("reports cover {said} of ");
        let is_said = timeline.entries.iter().any(|entry| {
            entry.what == What::UserYearEnd
                && entry.when.to().is_some_and(|day| day.to_string() == end)
                && entry.state.contains(&words)
        });
        let said = if is_said { said } else { -1 };
        let counted = between(&finding.message, "is the newest, cover ", " of the fiscal").and_then(days);
        differ(finding, counted.unwrap_or(-1), said);
    }
    count
}

/// The same of what is due again.
fn overdue(outcome: &Outcome, timeline: &Timeline, wrong: &mut Vec<String>) -> usize {
    let mut count = 0;
    for (what, rules) in [
        (What::Rotation, &["nhi-rotation-overdue"][..]),
        (What::AccessReview, &["nhi-without-access-review"]),
        (What::ProviderReview, &["carve-out-unmonitored", "processor-unreviewed"]),
        (What::SurveillanceDue, &["surveillance-overdue"]),
    ] {
        let entries = timeline.entries.iter().filter(|entry| entry.what == what);
        let overdue: BTreeMap<&str, Date> = entries
            .filter(|entry| entry.stage == Stage::Missing)
            .map(|entry| (entry.subject.as_str(), entry.when.from().expect("a day")))
            .collect();
        let mut late = BTreeSet::new();
        for finding in rules.iter().flat_map(|rule| found(outcome, rule)) {
            late.insert(finding.subject.as_str());
            let due = finding
                .message
                .split_once("was due on ")
                .and_then(|(_, rest)| rest.get(..10));
            let is_dated = due.is_some() || what == What::SurveillanceDue;
            let entry = overdue.get(finding.subject.as_str());
            if is_dated {
                count += 1;
                let same = entry.is_some_and(|day| due.is_none_or(|due| day.to_string() == due));
                if !same {
                    wrong.push(format!("{}: {entry:?}: {}", finding.subject, finding.message));
                }
            }
        }
        // Who is asked to review what it states itself, and no rule asks, is late only by its own word.
        let by_rule = [What::Rotation].contains(&what);
        for (subject, day) in overdue
            .iter()
            .filter(|(subject, _)| by_rule && !late.contains(*subject))
        {
            wrong.push(format!("{subject}: overdue since {day}, and nothing is found"));
        }
    }
    count
}

#[test]
fn what_rules_count_the_timeline_counts_alike() {
    let of_case = |case: &std::path::PathBuf| {
        let session = session(case)?;
        let mut wrong = Vec::new();
        let counts = on_axis(&session, ALL, |outcome, timeline| {
            let days = uncovered(outcome, timeline, &mut wrong);
            (days, overdue(outcome, timeline, &mut wrong))
        });
        let wrong: Vec<String> = wrong
            .iter()
            .map(|wrong| format!("{}: {wrong}", case.display()))
            .collect();
        Some((counts, wrong))
    };
    let all: Vec<_> = cases().par_iter().filter_map(of_case).collect();
    let wrong: Vec<String> = all.iter().flat_map(|(_, wrong)| wrong.clone()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let days: usize = all.iter().map(|((days, _), _)| days).sum();
    let due: usize = all.iter().map(|((_, due), _)| due).sum();
    assert!(days > 60 && due > 60, "{days} {due}");
}

fn of_text(text: &str) -> Session {
    Session::of_texts(vec![Source::new("scope.toml".to_owned(), text.to_owned())], Vec::new()).expect("a session")
}

fn day(number: i64) -> Date {
    date(2024, 1, 1).checked_add(number.days()).expect("a day")
}

/// A period: its first day, and how many more it has.
fn span() -> impl Strategy<Value = (i64, i64)> {
    (0..1_500_i64, 0..400_i64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Successive reports of one service: the newest hole is what `coverage-gap` reports, and without one it is silent.
    #[test]
    fn the_newest_hole_is_the_one_that_is_reported(
        periods in prop::collection::vec((span(), any::<bool>()), 0..6),
        letter in prop::option::of((0..6_usize, span())),
    ) {
        let mut text = "[services.s]\nclaims = [".to_owned();
        for at in 0..periods.len() {
            let _ = write!(text, "\"r{at}\",");
        }
        text.push_str("]\n");
        for (at, ((from, more), trust)) in periods.iter().enumerate() {
            let framework = if *trust { "soc2" } else { "soc1" };
            let _ = write!(
                text,
                "[reports.r{at}]\nframework = \"{framework}\"\ntype = 2\ncovers = \"s\"\nperiod = {{ from = {}, to = {} }}\n",
                day(*from),
                day(from + more)
            );
            if let Some((of, (from, more))) = letter.filter(|(of, _)| *of == at) {
                let _ = writeln!(
                    text,
                    "bridge-letter = {{ period = {{ from = {}, to = {} }}, issued-by = \"management\" }} # {of}",
                    day(from),
                    day(from + more)
                );
            }
        }
        let session = of_text(&text);
        on_axis(&session, ALL, |outcome, timeline| {
            let mut wrong = Vec::new();
            uncovered(outcome, timeline, &mut wrong);
            assert!(wrong.is_empty(), "{wrong:?}\n{text}");
            let holes = timeline.entries.iter().filter(|entry| {
                entry.what == What::NotCovered && entry.state.contains("no issued report")
            });
            let holes: Vec<&Entry> = holes.collect();
            let reported: BTreeSet<&str> = found(outcome, "coverage-gap").map(|one| one.subject.as_str()).collect();
            assert_eq!(holes.is_empty(), reported.is_empty(), "{text}");
            if let Some(newest) = holes.iter().max_by_key(|hole| hole.when.to()) {
                assert!(reported.contains(newest.subject.as_str()), "{newest:?}\n{text}");
            }
        });
    }

    /// Whatever the axis, each thing is on it once if some of its days are, and counted beside it if not.
    #[test]
    fn what_is_declared_with_a_day_is_there_once(
        days_of in prop::collection::vec((0..12_usize, span()), 1..40),
        (from, length) in span(),
    ) {
        let mut text = "owner = \"team\"\n[services.s]\nclaims = \"none\"\n".to_owned();
        let mut stated: Vec<(What, String, Date, Date)> = Vec::new();
        for (at, (kind, (first, more))) in days_of.iter().enumerate() {
            let (first, last) = (day(*first), day(first + more));
            let mut add = |what, subject: String, from, to| stated.push((what, subject, from, to));
            let (report, certificate) = (format!("reports.x{at}"), format!("certificates.x{at}"));
            let (third, identity) = (format!("third-parties.x{at}"), format!("identities.x{at}"));
            match kind {
                0 => {
                    let _ = write!(text, "[{report}]\nframework = \"soc2\"\ntype = 2\nstatus = \"withdrawn\"\nperiod = {{ from = {first}, to = {last} }}\n");
                    add(What::Report, report, first, last);
                }
                1 => {
                    let _ = write!(text, "[{report}]\nframework = \"soc1\"\ntype = 1\nas-of = {first}\n");
                    add(What::Report, report, first, first);
                }
                2 => {
                    let _ = write!(text, "[{report}]\nframework = \"other\"\nname = \"X\"\nstatus = \"planned\"\nexpected = {first}\n");
                    add(What::Expected, report, first, first);
                }
                3 => {
                    let _ = write!(text, "[{report}]\nframework = \"soc2\"\nbridge-letter = {{ period = {{ from = {first}, to = {last} }} }}\n");
                    add(What::BridgeLetter, report, first, last);
                }
                4 => {
                    let _ = write!(text, "[{certificate}]\nframework = \"iso27018\"\nissued = {first}\nexpires = {last}\n");
                    add(What::Certificate, certificate, first, last);
                }
                5 => {
                    let _ = write!(text, "[{certificate}]\nframework = \"iso27018\"\nstatus = \"withdrawn\"\nsurveillance = [{first}, {}]\n", day(2_000));
                    add(What::Surveillance, certificate.clone(), first, first);
                    add(What::Surveillance, certificate, day(2_000), day(2_000));
                }
                6 => {
                    let _ = write!(text, "[{third}]\nrole = \"vendor\"\nreports = {{ framework = \"soc1\", type = 2, period = {{ from = {first}, to = {last} }} }}\n");
                    add(What::ProviderReport, third, first, last);
                }
                7 => {
                    let _ = write!(text, "[{identity}]\nkind = \"human\"\nexpires = {first}\n");
                    add(What::Expiry, identity, first, first);
                }
                8 => {
                    let _ = write!(text, "[{identity}]\nkind = \"human\"\nprivilege = {{ reason = \"on call\", expires = {first} }}\n");
                    add(What::Exemption, identity, first, first);
                }
                9 => {
                    let _ = write!(text, "[[waivers]]\nrule = \"stale-report\"\nsubject = \"reports.w{at}\"\nexpires = {first}\n");
                    add(What::Waiver, format!("reports.w{at}"), first, first);
                }
                10 => {
                    let service = format!("services.x{at}");
                    let _ = write!(text, "[{service}]\nscope = \"out\"\nexclusion = {{ reason = \"not ours\", expires = {first} }}\n");
                    add(What::Exemption, service, first, first);
                }
                _ => {
                    let _ = write!(text, "[{identity}]\nkind = \"bot\"\ncredential = \"static-secret\"\ncreated = 2020-01-01\nreview = {{ every = \"1y\", last = 2024-01-01 }}\nrotation = {{ every = \"{more}d\", last = 2024-01-01 }}\n", more = more + 1);
                    let due = day(more + 1);
                    add(What::Rotation, identity.clone(), due, due);
                    add(What::AccessReview, identity, date(2025, 1, 1), date(2025, 1, 1));
                }
            }
        }
        let session = of_text(&text);
        let axis = (day(from), day(from + length));
        on_axis(&session, axis, |_, timeline| {
            let mut left: BTreeMap<(What, String), usize> = BTreeMap::new();
            let others = [What::NotCovered, What::ProviderDays, What::UserYearEnd, What::OwnYearEnd];
            for entry in timeline.entries.iter().filter(|entry| !others.contains(&entry.what)) {
                *left.entry((entry.what, entry.subject.clone())).or_default() += 1;
                let (first, last) = (entry.when.from().unwrap_or(Date::MIN), entry.when.to().unwrap_or(Date::MAX));
                assert!(first <= axis.1 && axis.0 <= last, "{entry:?}");
            }
            let (mut before, mut after) = (0, 0);
            for (what, subject, first, last) in stated {
                if last < axis.0 {
                    before += 1;
                } else if first > axis.1 {
                    after += 1;
                } else {
                    let key = (what, subject);
                    let count = left.get_mut(&key).unwrap_or_else(|| panic!("{key:?} is missing\n{text}"));
                    *count -= 1;
                    if *count == 0 {
                        left.remove(&key);
                    }
                }
            }
            assert!(left.is_empty(), "{left:?}\n{text}");
            // Days that no report covers are beside the axis, too, and are not stated.
            assert!(timeline.earlier.entries >= before && timeline.later.entries >= after, "{text}");
            assert_eq!(timeline.outside().is_empty(), timeline.earlier.entries + timeline.later.entries == 0);
        });
    }
}

#[test]
fn the_axis_is_around_the_day_and_follows_what_is_asked() {
    let asked = |from, to| {
        let asked = Asked {
            from,
            to,
            ..Asked::default()
        };
        let axis = asked.axis(AS_OF);
        (axis.from, axis.to)
    };
    assert_eq!(asked(None, None), (date(2025, 4, 1), date(2027, 10, 1)));
    let later = date(2028, 1, 1);
    assert_eq!(asked(Some(later), None), (later, date(2029, 1, 1)));
    let earlier = date(2020, 6, 30);
    assert_eq!(asked(None, Some(earlier)), (date(2018, 12, 30), earlier));
    assert_eq!(asked(Some(Date::MAX), None), (Date::MAX, Date::MAX));
    assert_eq!(asked(None, Some(Date::MIN)), (Date::MIN, Date::MIN));
    let first = date(0, 2, 1);
    assert_eq!(asked(None, Some(first)), (date(0, 1, 1), first));
}
