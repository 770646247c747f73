//! The way to a first report: preparation, type 1, the period, type 2, and what goes on after that.

mod examination;
mod preparation;

use super::fit::{self, Reader, Year, least};
use super::{PREPARATION, Plan, Target, Walk, lasting, text, weeks};
use crate::calendar::{Period, day_after};
use crate::model::{Duration, count, list_words};
use crate::standards::Family;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What the keys name, and the days that they state.
struct Names<'n> {
    target: Target,
    family: Family,
    service: &'n str,
    type_1: String,
    type_2: String,
    next: String,
    /// The stated year-ends of its user entities, as TOML.
    ends: String,
}

const EVIDENCE: &str = "https://docs.example.com/";

pub fn plan((target, family): (Target, Family), start: Date, service: &str, readers: &[Reader]) -> Plan {
    let mut walk = Walk { next: start };
    let scoping = walk.take(weeks(2));
    let analysis = walk.take(weeks(3));
    let controls = walk.take(weeks(6));
    let readiness = walk.take(weeks(2));
    // What the readiness assessment shows is remedied before anyone reports on it.
    let remedied = walk.take(weeks(2));
    let as_of = walk.next;
    let examined = lasting(as_of, weeks(6));
    let (period, years) = fit::period(family, day_after(as_of), readers);
    let fieldwork = lasting(day_after(period.to), weeks(8));
    let next = lasting(day_after(period.to), Duration::months(12));
    let id = |what: &str| format!("{}-{what}", target.as_str());
    let names = Names {
        target,
        family,
        service,
        type_1: id(&format!("{}-type-1", as_of.year())),
        type_2: id(&period.to.year().to_string()),
        next: id(&format!("{}-next", next.to.year())),
        ends: ends(readers),
    };
    let steps = vec![
        names.scoping(scoping, (as_of, period)),
        names.analysis(analysis),
        names.controls(controls),
        names.readiness(Period {
            to: remedied.to,
            ..readiness
        }),
        names.type_1(as_of, examined),
        names.period(period, fieldwork.to),
        names.type_2(period, fieldwork),
        names.continuous(period, next),
    ];
    Plan {
        target,
        start,
        about: about(target, family),
        steps,
        notes: notes(family, period, &years, readers),
        years,
    }
}

/// Those that are stated; without any, an example.
fn ends(readers: &[Reader]) -> String {
    let stated = readers.iter().map(|reader| match reader.end.day {
        Some(day) => format!("\"{:02}-{day:02}\"", reader.end.month),
        None => format!("\"{:02}-end\"", reader.end.month),
    });
    let stated: Vec<String> = stated.collect::<BTreeSet<String>>().into_iter().collect();
    match stated.as_slice() {
        [] => text("12-31"),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}

fn about(target: Target, family: Family) -> Vec<String> {
    let least = match family {
        Family::Icfr => "six months are ordinarily the least that serves user auditors",
        Family::TrustServices => {
            "three months are accepted for a first report, and six or more serve its readers better"
        }
    };
    vec![
        format!(
            "A draft of the way to a first {} report: lengths that are marked as typical are what is usual, and no standard sets them",
            target.title()
        ),
        format!("{PREPARATION}; for the period, {least}"),
    ]
}

fn notes(family: Family, period: Period, years: &[Year], readers: &[Reader]) -> Vec<String> {
    let mut notes = Vec::new();
    if readers.is_empty() {
        notes.push(
            "no fiscal year-end of user entities is declared: with `user-entities.fiscal-year-ends` on services, the period is fitted to them"
                .to_owned(),
        );
    }
    for year in years {
        let services = list_words(&year.services, "and");
        let covered = count(year.covered, "day");
        if !year.is_enough {
            notes.push(format!(
                "unfit for {services}: it covers {covered} of the fiscal year to {}, less than {} months",
                year.year.to,
                least(family)
            ));
        } else if year.left > 0 {
            notes.push(format!(
                "{services}: {} are left between {} and the year-end of {}; a bridge letter is for three months at most",
                count(year.left, "day"),
                period.to,
                year.year.to
            ));
        }
    }
    notes
}

impl Names<'_> {
    fn report(&self, id: &str) -> String {
        format!("reports.{id}")
    }

    fn framework(&self) -> String {
        text(self.target.as_str())
    }
}
