//! Upcoming findings, if nothing changes but the date: rotations, reviews, reports, certificates and waivers
//! that run out.
//!
//! The declarations are looked at as on later days. What lapses stays lapsed until a day comes that is written down, or
//! a fiscal year is no longer judged, a report is no longer expected, a certificate is no longer valid, or a
//! provider's report is too old to say what it covers: so those days are looked at, and between two of them only where
//! they differ is a day in the middle looked at.

use super::{Key, View};
use crate::calendar::{self, Period};
use crate::config::Settings;
use crate::estate::{Estate, Standing, WAITED_FOR};
use crate::finding::{Finding, Severity};
use crate::fiscal_year;
use crate::model::MonthDay;
use crate::rules::report_periods::surveillance_overdue::RECERTIFICATION;
use crate::rules::{self, OptionKind, Rule};
use crate::source::Sources;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The findings of a day, by what they are known by and how many of that there were before.
type Day = BTreeMap<(Key, usize), Finding>;

/// Written days that are looked at; of more, only some are.
const MAX_DAYS: usize = 366;

impl View<'_> {
    /// What will be found after `estate`'s day, until the end of `until`, with the first day of each; by day. The
    /// estate is left as it was.
    pub fn upcoming(&self, estate: &mut Estate<'_>, until: Date) -> Vec<Finding> {
        let today = estate.as_of;
        if until <= today {
            return Vec::new();
        }
        // Files do not change by waiting.
        let about_files = self.found(estate, Rule::is_about_files);
        let mut ahead = Ahead {
            view: self,
            estate,
            about_files,
            now: Day::new(),
            upcoming: BTreeMap::new(),
        };
        ahead.now = ahead.day(today);
        let (mut from, mut before) = (today, ahead.now.clone());
        let mut counted = season_days(ahead.estate, self.settings, today, until);
        counted.extend(lasting_days(ahead.estate));
        counted.extend(provider_days(ahead.estate));
        counted.extend(last_days_of_certificates(ahead.estate));
        for to in days(written_days(self.sources), counted, today, until) {
            let after = ahead.day(to);
            ahead.between((from, &before), (to, &after));
            (from, before) = (to, after);
        }
        let upcoming = ahead.upcoming;
        estate.look_on(today);
        let mut upcoming: Vec<Finding> = upcoming
            .into_values()
            .map(|(day, mut finding)| {
                finding.from = Some(day);
                finding
            })
            .collect();
        upcoming.sort_by(|a, b| {
            let key = |finding: &Finding| (finding.from, finding.primary.place, finding.rule);
            key(a).cmp(&key(b)).then_with(|| a.subject.cmp(&b.subject))
        });
        upcoming
    }
}

/// A look at the days ahead.
struct Ahead<'l, 'r, 'a> {
    view: &'l View<'r>,
    estate: &'l mut Estate<'a>,
    about_files: Vec<Finding>,
    now: Day,
    upcoming: BTreeMap<(Key, usize), (Date, Finding)>,
}

impl Ahead<'_, '_, '_> {
    fn day(&mut self, day: Date) -> Day {
        self.estate.look_on(day);
        let mut findings = self.view.found(self.estate, |rule| !rule.is_about_files());
        findings.extend(self.about_files.iter().cloned());
        let outcome = self.view.outcome_of(self.estate, findings);
        let mut known: BTreeMap<Key, usize> = BTreeMap::new();
        let failing = outcome
            .findings
            .into_iter()
            .filter(|finding| finding.severity > Severity::Note);
        failing
            .map(|finding| {
                let key = Key::of(&finding, self.view.sources);
                let nth = known.entry(key.clone()).or_default();
                *nth += 1;
                ((key, *nth), finding)
            })
            .collect()
    }

    fn between(&mut self, (from, before): (Date, &Day), (to, after): (Date, &Day)) {
        let same = before.len() == after.len() && before.iter().all(|(key, finding)| is_in(after, key, finding));
        if same {
            return;
        }
        let days = from.until(to).map_or(0, |span| span.get_days());
        if days <= 1 {
            for (key, finding) in after {
                if !is_as_severe(before, key, finding) && !is_as_severe(&self.now, key, finding) {
                    let first = self.upcoming.entry(key.clone());
                    first.or_insert_with(|| (to, finding.clone()));
                }
            }
            return;
        }
        let Ok(middle) = from.checked_add((days / 2).days()) else {
            return;
        };
        let between = self.day(middle);
        self.between((from, before), (middle, &between));
        self.between((middle, &between), (to, after));
    }
}

fn is_in(day: &Day, key: &(Key, usize), finding: &Finding) -> bool {
    day.get(key).is_some_and(|known| known.severity == finding.severity)
}

fn is_as_severe(day: &Day, key: &(Key, usize), finding: &Finding) -> bool {
    day.get(key).is_some_and(|known| known.severity >= finding.severity)
}

/// The days ahead on which something may cease to be found, each with the one before it; the last is `until`.
fn days(written: BTreeSet<Date>, counted: BTreeSet<Date>, today: Date, until: Date) -> Vec<Date> {
    let days = written.union(&counted).copied();
    let mut days: Vec<Date> = days.filter(|day| today < *day && *day < until).collect();
    if days.len() > MAX_DAYS {
        let step = days.len().div_ceil(MAX_DAYS);
        days = days.into_iter().step_by(step).collect();
    }
    days.push(until);
    days
}

/// Of what is written down, each day on which something may cease to be found, and the one before it.
///
/// What ceases does so on a day that is written down (an identity is retired, a report is issued) or, of what is
/// planned, twelve months before it begins. After a day of expiry nothing ceases.
fn written_days(sources: &Sources) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    for source in sources.as_slice() {
        for date in dates(source.text.as_bytes()) {
            let in_sight = date.checked_sub(12.months()).ok();
            for day in [Some(date), in_sight].into_iter().flatten() {
                days.extend(day.yesterday());
                days.insert(day);
            }
        }
    }
    days
}

/// The first and the last day on which a rule judges a fiscal year, with the day before and the day after.
fn season_days(estate: &Estate<'_>, settings: &Settings<'_>, today: Date, until: Date) -> BTreeSet<Date> {
    let of_users = estate
        .services
        .iter()
        .filter_map(|service| service.body.user_entities.get());
    let of_users = of_users.flat_map(|entities| entities.fiscal_year_ends.iter().map(|end| end.value));
    let own = estate.organization.as_ref();
    let own = own.and_then(|(_, organization)| organization.fiscal_year_end.value());
    let ends: HashSet<MonthDay> = of_users.chain(own).collect();
    let mut days = BTreeSet::new();
    for rule in rules::all().filter(|rule| rule.has(OptionKind::Season)) {
        let season = settings.season(rule.name);
        let season = season.map_or_else(|| rule.default_of(OptionKind::Season), |set| set.value);
        let judged = Period {
            from: calendar::minus(today, season),
            to: until,
        };
        for year in ends.iter().flat_map(|end| fiscal_year::touching(*end, judged)) {
            let season = fiscal_year::season_of(year, season);
            days.extend([season.from, season.to]);
            days.extend(season.from.yesterday());
            days.extend(season.to.tomorrow());
        }
    }
    days
}

/// The last day on which what is still to be issued is waited for, and the last before the recertification of a
/// certificate, each with the day after.
fn lasting_days(estate: &Estate<'_>) -> impl Iterator<Item = Date> {
    let not_issued = estate
        .assurances()
        .filter(|assurance| assurance.standing != Standing::Issued);
    let waited_for = not_issued.filter_map(|assurance| Some(calendar::plus(assurance.end()?, WAITED_FOR)));
    let surveyed = estate.certificates.iter().filter_map(|certificate| {
        let expires = certificate.body.expires.value()?.0;
        Some(calendar::day_before(calendar::minus(expires, RECERTIFICATION)))
    });
    let days = waited_for.chain(surveyed);
    days.flat_map(|day| [day, calendar::day_after(day)])
}

/// The days on which a provider's report ceases to say what the provider runs now, each with the one before it.
fn provider_days(estate: &Estate<'_>) -> BTreeSet<Date> {
    let days = estate.days_of_provider_reports();
    days.flat_map(|day| [calendar::day_before(day), day]).collect()
}

/// The last day of each certificate, and the day after: what is asked of those who have a valid one is asked no more.
fn last_days_of_certificates(estate: &Estate<'_>) -> impl Iterator<Item = Date> {
    let certificates = estate.certificates.iter();
    let expiring = certificates.filter_map(|certificate| certificate.body.expires.value());
    expiring.flat_map(|last| [last.0, calendar::day_after(last.0)])
}

/// Everything in a text that looks like a date, but for days of expiry.
fn dates(text: &[u8]) -> impl Iterator<Item = Date> {
    let looks_so = |part: &[u8]| {
        let at = |(at, byte): (usize, &u8)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        part.iter().enumerate().all(at)
    };
    let parts = text.windows(10).enumerate().filter(move |(_, part)| looks_so(part));
    parts.filter_map(move |(at, part)| {
        let before = text[..at].trim_ascii_end();
        let key = before.strip_suffix(b"=").unwrap_or_default().trim_ascii_end();
        let date = std::str::from_utf8(part).ok()?.parse().ok()?;
        (!key.ends_with(b"expires")).then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use jiff::civil::date;

    #[test]
    fn written_days_are_those_on_which_something_can_cease() {
        let text = "retired = 2026-11-15\nexpires = 2026-12-01\nfrom=2027-11-01, x = 2026-13-01 # 2020-01-01\n";
        let sources = Sources::new(vec![Source::new("scope.toml".to_owned(), text.to_owned())]);
        let written = written_days(&sources);
        let days = days(written, BTreeSet::new(), date(2026, 10, 1), date(2026, 12, 31));
        let expected = [
            date(2026, 10, 31),
            date(2026, 11, 1),
            date(2026, 11, 14),
            date(2026, 11, 15),
            date(2026, 12, 31),
        ];
        assert_eq!(days, expected);
    }
}
