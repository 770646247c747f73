//! Questions that can be asked again on another day: what does a rule find about one entity, or about everything?

use super::run::{Kind, checks, ranges};
use super::{Check, Context};
use crate::finding::Finding;
use jiff::civil::Date;
use rayon::prelude::*;
use std::ops::Range;

/// A check of a rule, by its number among all, and the number of the entity that it judges; 0 where it judges everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question {
    check: u32,
    at: u32,
}

/// What a rule finds, and the last day until which it finds the same.
#[derive(Debug)]
pub struct Answer {
    pub question: Question,
    pub findings: Vec<Finding>,
    pub until: Date,
    /// Whether its words are those of the day on which it was asked.
    pub tells_day: bool,
}

/// Entities about which one thread asks in one job.
enum Job {
    Whole(Question),
    Each(Kind, Range<usize>),
}

/// Asks every rule about everything; answers that find nothing until the end of `last` are left out.
pub fn ask_all(cx: &Context<'_, '_>, last: Date) -> Vec<Answer> {
    let checks = numbered();
    let whole = checks.iter().filter(|(_, check)| check.kind().is_none());
    let whole = whole.map(|(check, _)| Job::Whole(Question { check: *check, at: 0 }));
    let kinds = Kind::ALL.into_iter();
    let each = kinds.flat_map(|kind| ranges(kind.count(cx)).map(move |range| Job::Each(kind, range)));
    let jobs: Vec<Job> = whole.chain(each).collect();
    let jobs = jobs.par_iter().with_max_len(1).flat_map_iter(|job| match job {
        Job::Whole(question) => vec![question.ask(cx, &checks)],
        Job::Each(kind, range) => {
            let mut answers = Vec::new();
            let of_kind = checks.iter().filter(|(_, check)| check.kind() == Some(*kind));
            let of_kind: Vec<u32> = of_kind.map(|(check, _)| *check).collect();
            for at in (0..).take(range.end).skip(range.start) {
                for check in &of_kind {
                    let answer = Question { check: *check, at }.ask(cx, &checks);
                    if !answer.findings.is_empty() || answer.until < last {
                        answers.push(answer);
                    }
                }
            }
            answers
        }
    });
    jobs.collect()
}

/// Asks some questions again.
pub fn ask(cx: &Context<'_, '_>, questions: &[Question]) -> Vec<Answer> {
    let checks = numbered();
    let questions = questions.par_iter().map(|question| question.ask(cx, &checks));
    questions.collect()
}

fn numbered() -> Vec<(u32, Check)> {
    (0..).zip(checks().map(|(_, check)| check)).collect()
}

impl Question {
    /// Whether it is asked of a rule.
    pub fn is_of(self, rule: &str) -> bool {
        let own = checks().nth(self.check as usize);
        own.is_some_and(|(own, _)| own.name == rule)
    }

    fn ask(self, cx: &Context<'_, '_>, checks: &[(u32, Check)]) -> Answer {
        let check = checks.get(self.check as usize).map(|(_, check)| *check);
        let held = cx.as_of.held(|| match check {
            Some(Check::Estate(check) | Check::Files(check)) => check(cx),
            Some(check) => check.judge(cx, self.at as usize),
            None => Vec::new(),
        });
        let (until, tells_day) = match check {
            // Files do not change by waiting.
            Some(Check::Files(_)) => (Date::MAX, false),
            _ => (held.until, held.tells_day),
        };
        let findings = held.into_value().into_iter();
        Answer {
            question: self,
            findings: findings.map(Finding::finished).collect(),
            until,
            tells_day,
        }
    }
}
