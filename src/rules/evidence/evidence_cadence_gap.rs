//! A recurring control has less evidence than its interval requires in a report's period.

use crate::calendar::{self, Period};
use crate::decode::{Field, Val};
use crate::estate::{Cadence, ControlRef, Instance, Named, Replaced, ReportRef, When, cadence};
use crate::finding::{Finding, Severity};
use crate::model::{Duration, count};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use jiff::civil::Date;

pub static RULE: Rule = Rule {
    name: "evidence-cadence-gap",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "A recurring control has less evidence than its interval requires in a report's period.",
    references: &[],
    options: &[],
    yields_to: &[],
    page: include_str!("evidence_cadence_gap.md"),
    check: Check::Control(judge),
};

/// A period that the evidence does not cover.
struct Gap<'e, 'a> {
    report: ReportRef<'e, 'a>,
    period: Period,
    cadence: Cadence<'e, 'a>,
}

fn judge(cx: &Context<'_, '_>, control: ControlRef<'_, '_>) -> Option<Finding> {
    let body = &control.body;
    let every = body.every.known()?;
    let until = match control.replaced() {
        None => None,
        Some(Replaced::From(day, place, successor)) => Some((day, place, successor)),
        // The end of its operation is not known.
        Some(Replaced::SomeDay) => return None,
    };
    if body.operating.damaged || body.effective.is_unknown() || body.did_not_operate.explains() {
        return None;
    }
    let reports: Vec<(ReportRef<'_, '_>, Period)> = control
        .reports_on_operation()?
        .into_iter()
        .filter_map(|report| Some((report, report.assurance().period?)))
        .filter(|(_, period)| period.from <= period.to && period.to <= cx.as_of)
        .collect();
    if reports.is_empty() {
        return None;
    }
    let instances = control.instances();
    if instances.iter().any(|instance| instance.when == When::Unsaid) {
        return None;
    }
    // Evidence outside every period is reported by `evidence-outside-period`.
    let lies_within =
        |instance: &Instance<'_, '_>| reports.iter().any(|(_, period)| instance.within(*period).is_some());
    if !instances.iter().any(lies_within) {
        return None;
    }
    let effective = body.effective.value().map(|day| day.0);
    let gaps = reports.into_iter().filter_map(|(report, period)| {
        // If collected after the end, it may be the whole population.
        let pulled_later = |instance: &Instance<'_, '_>| instance.is_from_after(period.to);
        let from = effective.unwrap_or(period.from).max(period.from);
        let to = until.map_or(period.to, |(day, ..)| calendar::day_before(day).min(period.to));
        let cadence = cadence(&instances, period, Period { from, to }, every.value);
        // One interval of grace.
        let is_gap = cadence.shown + 1 < cadence.asked || cadence.late;
        let is_gap = cadence.asked >= 2 && is_gap && !instances.iter().any(pulled_later);
        is_gap.then_some(Gap {
            report,
            period,
            cadence,
        })
    });
    let mut gaps: Vec<Gap<'_, '_>> = gaps.collect();
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.period.to));
    finding(control, *every, &gaps, until)
}

fn finding(
    control: ControlRef<'_, '_>,
    every: Val<Duration>,
    gaps: &[Gap<'_, '_>],
    until: Option<(Date, Place, ControlRef<'_, '_>)>,
) -> Option<Finding> {
    let gap = gaps.first()?;
    let report = gap.report;
    let instances = |number: i64| count(number, "instance");
    let (name, report_name) = (control.name(), report.name());
    let Cadence {
        asked,
        shown,
        earliest,
        earliest_named,
        late,
    } = gap.cadence;
    let message = match earliest.filter(|_| late && shown + 1 >= asked) {
        Some((day, _)) => format!(
            "the control `{name}` operates {}, but all declared evidence for the period of `{report_name}` is from its last tenth: the earliest is dated {day}",
            words::every(every.value)
        ),
        None => format!(
            "the control `{name}` operates {}, which requires {} in the period of `{report_name}`; declared evidence shows {}",
            words::every(every.value),
            instances(asked),
            shown
        ),
    };
    let label = format!("requires {}", instances(asked));
    let mut finding = RULE.finding(control.path(), control.at(every.span), label, message);
    for gap in gaps {
        let report = gap.report;
        if let Some(period) = report.body.period.known() {
            let label = format!("the period of `{}`: {} shown", report.name(), gap.cadence.shown);
            finding = finding.related(report.at(period.span), label);
        }
    }
    if let Field::Known(effective) = &control.body.effective
        && effective.value.0 > gap.period.from
    {
        finding = finding.related(control.at(effective.span), "counted from this day");
    }
    if let Some((_, place, successor)) = until.filter(|(day, ..)| *day <= gap.period.to) {
        let successor = successor.name();
        let label = format!("counted until `{successor}`, which replaces it, came into effect");
        finding = finding.related(place, label);
    }
    if let Some((day, place)) = earliest {
        let label = match earliest_named {
            Some(Named::Entry(entry)) => {
                let name = entry.name();
                format!("`{name}` is the earliest in this period: {day}")
            }
            _ => format!("the earliest in this period: {day}"),
        };
        finding = finding.related(place, label);
    }
    let stated = &control.body.did_not_operate;
    let finding = words::unexplained(finding, stated, |span| control.at(span));
    Some(finding.help("link evidence for every time the control operated in the period, with `collected` or `period`; if it operates less often, correct `every`"))
}
