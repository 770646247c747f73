//! Upcoming findings, if nothing changes but the date: rotations, reviews, reports, certificates and waivers
//! that run out.
//!
//! Of each answer that a rule gives about an entity it is known until when it holds ([`crate::today`]), and so of each
//! waiver. On the days after these alone something may change, and there alone it is asked again. What changed is sorted
//! out anew with all that it may touch: findings about the same subject, those that yield to one another, and the waivers
//! of any of them with all that these name ([`super::clusters`]). All else stays as it was, and is found as it was.

use super::clusters::Clusters;
use super::{Extent, Identities, Key, Outcome, Sorted, View, sort_out};
use crate::calendar::day_after;
use crate::estate::Estate;
use crate::finding::{Finding, Severity};
use crate::rules::{self, Answer, Question};
use hashbrown::HashMap;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

impl View<'_> {
    /// What is found on the estate's day, and what will be found after it, until the end of `until`, with the first day
    /// of each; by day. The estate is left as it was.
    pub fn outcome_and_upcoming(&self, estate: &mut Estate<'_>, until: Date) -> (Outcome, Vec<Finding>) {
        let today = estate.as_of.date();
        if until <= today {
            return (self.outcome(estate), Vec::new());
        }
        estate.watch();
        let (mut ahead, sorted) = Ahead::new(self, estate, until);
        let outcome = self.with_pointers(sorted.outcome(self.seen(estate), self.choice));
        while let Some((day, due)) = ahead.due.pop_first() {
            estate.look_on(day);
            ahead.look(estate, day, due);
        }
        estate.unwatch(today);
        (outcome, in_order(ahead.upcoming, &ahead.told))
    }
}

/// What a finding is known by, and which of those that are known by the same it is, from 0.
type Known = (Key, usize);

/// By day, by place, and then by all that can tell two apart.
fn in_order(mut upcoming: Vec<Finding>, told: &HashMap<Known, usize>) -> Vec<Finding> {
    let mut known: Vec<(&Known, usize)> = told.iter().map(|(known, at)| (known, *at)).collect();
    known.sort_unstable_by(|(known_a, a), (known_b, b)| {
        let (a, b) = (&upcoming[*a], &upcoming[*b]);
        let key = |finding: &Finding| (finding.from, finding.primary.place, finding.rule);
        let order = key(a).cmp(&key(b)).then_with(|| a.subject.cmp(&b.subject));
        order.then_with(|| known_a.cmp(known_b))
    });
    let mut place = vec![0; upcoming.len()];
    for (new, (_, old)) in known.into_iter().enumerate() {
        place[old] = new;
    }
    // Each goes to its place, so that there is no second list of them.
    for at in 0..place.len() {
        while place[at] != at {
            let to = place[at];
            upcoming.swap(at, to);
            place.swap(at, to);
        }
    }
    upcoming
}

/// What may change on a day.
#[derive(Default)]
struct Due {
    questions: Vec<Question>,
    /// By their numbers.
    waivers: Vec<usize>,
    /// Whether all is sorted out anew.
    all: bool,
}

/// How long the last answer to a question holds.
struct Asked {
    on: Date,
    until: Date,
    tells_day: bool,
}

/// A look at the days ahead.
struct Ahead<'v> {
    view: &'v View<'v>,
    until: Date,
    due: BTreeMap<Date, Due>,
    asked: HashMap<Question, Asked>,
    clusters: Clusters,
    all_read: bool,
    /// How severe the findings of today are, of those that are known by the same in their order.
    now: HashMap<Key, Vec<Severity>>,
    upcoming: Vec<Finding>,
    /// Where each of these is.
    told: HashMap<Known, usize>,
}

impl<'v> Ahead<'v> {
    /// With what is found today.
    fn new(view: &'v View<'v>, estate: &Estate<'_>, until: Date) -> (Self, Sorted) {
        let today = estate.as_of.date();
        let mut ahead = Self {
            view,
            until,
            due: BTreeMap::new(),
            asked: HashMap::new(),
            clusters: Clusters::of(super::waivers::declared(estate, view.settings)),
            all_read: true,
            now: HashMap::new(),
            upcoming: Vec::new(),
            told: HashMap::new(),
        };
        for answer in rules::ask_all(&view.context(estate), until) {
            ahead.take(answer, today);
        }
        let everything = ahead.clusters.everything();
        let sorted = ahead.sorted(estate, &everything, Extent::All);
        ahead.all_read = sorted.all_read;
        for finding in sorted.shown.iter().filter(|finding| is_told(finding)) {
            let key = Key::of(finding, view.sources);
            ahead.now.entry(key).or_default().push(finding.severity);
        }
        (ahead, sorted)
    }

    /// Keeps an answer; the clusters in which it changes something.
    fn take(&mut self, answer: Answer, on: Date) -> BTreeSet<usize> {
        let question = answer.question;
        let due = self.due_after(answer.until, on);
        let is_due = due.is_some();
        if let Some(due) = due {
            due.questions.push(question);
        }
        if is_due || answer.tells_day && !answer.findings.is_empty() {
            let asked = Asked {
                on,
                until: answer.until,
                tells_day: answer.tells_day,
            };
            self.asked.insert(question, asked);
        } else {
            self.asked.remove(&question);
        }
        self.clusters.replace(question, answer.findings)
    }

    /// What is due once something does not hold any more, if that is not too late.
    fn due_after(&mut self, until: Date, on: Date) -> Option<&mut Due> {
        let day = day_after(until.max(on));
        (until < self.until && on < day).then(|| self.due.entry(day).or_default())
    }

    fn look(&mut self, estate: &Estate<'_>, day: Date, due: Due) {
        let cx = self.view.context(estate);
        let over = |question: &Question| self.asked.get(question).is_none_or(|asked| asked.until < day);
        let questions: BTreeSet<Question> = due.questions.into_iter().filter(over).collect();
        let questions: Vec<Question> = questions.into_iter().collect();
        let mut touched = BTreeSet::new();
        for answer in rules::ask(&cx, &questions) {
            touched.extend(self.take(answer, day));
        }
        touched.extend(due.waivers.iter().map(|waiver| self.clusters.of_waiver(*waiver)));
        if due.all {
            touched = self.clusters.everything();
        }
        if touched.is_empty() {
            return;
        }
        let mut shown = self.sorted_part(estate, &touched).shown;
        let mut first = self.first_found(&shown);
        // Words that tell the day are those of the day on which something is found first.
        let findings = first.iter().map(|(at, _)| &shown[*at]);
        let outdated: BTreeSet<Question> = findings.flat_map(|finding| self.outdated(finding, day)).collect();
        if !outdated.is_empty() {
            let outdated: Vec<Question> = outdated.into_iter().collect();
            for answer in rules::ask(&cx, &outdated) {
                touched.extend(self.take(answer, day));
            }
            shown = self.sorted_part(estate, &touched).shown;
            first = self.first_found(&shown);
        }
        let mut first = first.into_iter().peekable();
        for (at, mut finding) in shown.into_iter().enumerate() {
            if let Some((_, known)) = first.next_if(|(number, _)| *number == at) {
                finding.from = Some(day);
                self.told.insert(known, self.upcoming.len());
                self.upcoming.push(finding);
            }
        }
    }

    fn sorted_part(&mut self, estate: &Estate<'_>, touched: &BTreeSet<usize>) -> Sorted {
        let extent = Extent::Part {
            waivers: self.clusters.waivers(touched),
            all_read: self.all_read,
        };
        self.sorted(estate, touched, extent)
    }

    /// What becomes of the findings of some clusters; notes until when.
    fn sorted(&mut self, estate: &Estate<'_>, touched: &BTreeSet<usize>, extent: Extent) -> Sorted {
        let day = estate.as_of.date();
        let findings = self.clusters.findings(touched);
        let (view, seen) = (self.view, self.view.seen(estate));
        let sorting = || sort_out(findings, extent, seen, view.choice, view.baseline);
        let held = estate.as_of.held(sorting);
        if let Some(due) = self.due_after(held.until, day) {
            due.all = true;
        }
        let sorted = held.into_value();
        for (waiver, until) in self.clusters.waivers_of(touched).into_iter().zip(&sorted.waivers_until) {
            if let Some(due) = self.due_after(*until, day) {
                due.waivers.push(waiver);
            }
        }
        sorted
    }

    /// The numbers of those that are found for the first time, or are more severe than today.
    fn first_found(&self, shown: &[Finding]) -> Vec<(usize, Known)> {
        let mut identities = Identities::new(self.view.sources);
        let told = shown.iter().enumerate().filter(|(_, finding)| is_told(finding));
        let first = told.filter_map(|(at, finding)| {
            let nth = identities.next(finding).nth - 1;
            let key = Key::of(finding, self.view.sources);
            let now = self.now.get(&key).and_then(|now| now.get(nth));
            let is_first = now.is_none_or(|now| *now < finding.severity);
            let known = (key, nth);
            (is_first && !self.told.contains_key(&known)).then_some((at, known))
        });
        first.collect()
    }

    /// The questions whose answers about the subject of a finding tell an earlier day.
    fn outdated(&self, finding: &Finding, day: Date) -> Vec<Question> {
        let questions = self.clusters.questions_about(&finding.subject);
        let is_outdated = |question: &Question| {
            let asked = self.asked.get(question);
            question.is_of(finding.rule) && asked.is_some_and(|asked| asked.tells_day && asked.on < day)
        };
        questions.filter(is_outdated).collect()
    }
}

fn is_told(finding: &Finding) -> bool {
    finding.severity > Severity::Note
}
