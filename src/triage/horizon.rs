//! What will be found by and by, if nobody changes anything: rotations, reviews, reports, certificates and waivers
//! that run out.
//!
//! The declarations are looked at as on later days. Two days that show the same differ in nothing between them, so
//! only where they differ is a day between the two looked at.

use super::{Key, View};
use crate::estate::Estate;
use crate::finding::{Finding, Severity};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The findings of a day, by what they are known by and how many of that there were before.
type Day = BTreeMap<(Key, usize), Finding>;

impl View<'_> {
    fn day(&self, estate: &mut Estate<'_>, day: Date) -> Day {
        estate.look_on(day);
        // Files do not change by waiting.
        let outcome = self.outcome_of(estate, |rule| !rule.is_about_files());
        let mut known: BTreeMap<Key, usize> = BTreeMap::new();
        let failing = outcome
            .findings
            .into_iter()
            .filter(|finding| finding.severity > Severity::Note);
        failing
            .map(|finding| {
                let key = Key::of(&finding, self.sources);
                let nth = known.entry(key.clone()).or_default();
                *nth += 1;
                ((key, *nth), finding)
            })
            .collect()
    }

    /// What will be found after `estate`'s day, until the end of `until`, with the first day of each; by day. The
    /// estate is left as it was.
    pub fn upcoming(&self, estate: &mut Estate<'_>, until: Date) -> Vec<Finding> {
        let today = estate.as_of;
        let mut upcoming: BTreeMap<(Key, usize), (Date, Finding)> = BTreeMap::new();
        if until > today {
            let now = self.day(estate, today);
            let then = self.day(estate, until);
            self.between(estate, (today, &now), (until, &then), &mut upcoming);
            estate.look_on(today);
        }
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

    fn between(
        &self,
        estate: &mut Estate<'_>,
        (from, before): (Date, &Day),
        (to, after): (Date, &Day),
        upcoming: &mut BTreeMap<(Key, usize), (Date, Finding)>,
    ) {
        let same = |a: &Day, b: &Day| a.len() == b.len() && a.iter().all(|(key, finding)| is_in(b, key, finding));
        if same(before, after) {
            return;
        }
        let days = from.until(to).map_or(0, |span| span.get_days());
        if days <= 1 {
            for (key, finding) in after {
                let known = before.get(key).is_some_and(|known| known.severity >= finding.severity);
                if !known {
                    upcoming.entry(key.clone()).or_insert_with(|| (to, finding.clone()));
                }
            }
            return;
        }
        let Ok(middle) = from.checked_add((days / 2).days()) else {
            return;
        };
        let between = self.day(estate, middle);
        self.between(estate, (from, before), (middle, &between), upcoming);
        self.between(estate, (middle, &between), (to, after), upcoming);
    }
}

fn is_in(day: &Day, key: &(Key, usize), finding: &Finding) -> bool {
    day.get(key).is_some_and(|known| known.severity == finding.severity)
}
