//! A control that recurs has less evidence than its interval asks for in a report's period.

use crate::calendar::Period;
use crate::decode::{Duration, Field};
use crate::estate::{Instance, When};
use crate::finding::{Finding, Severity};
use crate::rules::{Context, Group, Rule};
use crate::source::Place;
use jiff::civil::Date;

pub static RULE: Rule = Rule {
    name: "evidence-cadence-gap",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "A control that recurs has less evidence than its interval asks for in a report's period.",
    references: &["CC4.1"],
    options: &[],
    page: include_str!("evidence_cadence_gap.md"),
    check,
};

/// A period that is not shown to be covered.
struct Gap {
    report: usize,
    period: Period,
    /// How often the control operates in it by its own interval.
    asked: i64,
    shown: i64,
    /// Whether everything that is shown lies in the last tenth.
    late: bool,
    /// What is shown: its first day, and where that is dated.
    pieces: Vec<(Date, Place)>,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    (0..cx.controls.len())
        .filter_map(|control| judge(cx, control))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let control = cx.controls.get(index);
    let body = &control.body;
    let every = body.every.known()?;
    if body.operating.damaged || body.effective.is_unknown() || body.did_not_operate.says_something() {
        return None;
    }
    let instances = cx.instances(index);
    let undated = instances.iter().any(|instance| instance.when == When::Unsaid);
    let reports: Vec<(usize, Period)> = cx
        .reports_on_operation(index)?
        .into_iter()
        .filter_map(|report| Some((report, cx.assurance(report).period?)))
        .filter(|(_, period)| period.from <= period.to && period.to <= cx.as_of)
        .collect();
    // Of evidence that lies outside every period, `evidence-outside-period` speaks.
    let within = |instance: &Instance<'_, '_>| reports.iter().any(|(_, period)| part(instance, *period).is_some());
    if undated || !instances.iter().any(within) {
        return None;
    }
    let effective = body.effective.value().map(|day| day.0);
    let gaps = reports.iter().filter_map(|(report, period)| {
        let from = effective.unwrap_or(period.from).max(period.from);
        gap(*report, *period, Period { from, ..*period }, every.value, &instances)
    });
    let mut gaps: Vec<Gap> = gaps.collect();
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.period.to));
    Some(finding(cx, index, *every, &gaps))?
}

/// The days of a period that a piece of evidence speaks about.
fn part(instance: &Instance<'_, '_>, period: Period) -> Option<Period> {
    match instance.when {
        When::Over(days, _) => days.overlap(period),
        When::On(day, _) => Period { from: day, to: day }.overlap(period),
        When::Unsaid => None,
    }
}

/// `asks` is what is left of the period once the control is in effect.
fn gap(report: usize, period: Period, asks: Period, every: Duration, instances: &[Instance<'_, '_>]) -> Option<Gap> {
    let asked = if asks.from <= asks.to { asks.intervals(every) } else { 0 };
    let pulled_later = |instance: &Instance<'_, '_>| instance.collected.is_some_and(|day| day > period.to);
    if asked < 2 || instances.iter().any(pulled_later) {
        return None;
    }
    let mut shown = 0;
    let mut pieces = Vec::new();
    for instance in instances {
        let Some(days) = part(instance, period) else {
            continue;
        };
        match instance.when {
            When::Over(_, place) => {
                shown += days.touches(asks.from, every);
                pieces.push((days.from, place));
            }
            When::On(_, place) => {
                shown += 1;
                pieces.push((days.from, place));
            }
            When::Unsaid => {}
        }
    }
    let late = shown > 0
        && asks
            .last_tenth()
            .is_some_and(|tenth| pieces.iter().all(|(day, _)| tenth.from <= *day));
    // One interval of grace.
    (shown + 1 < asked || late).then_some(Gap {
        report,
        period,
        asked,
        shown,
        late,
        pieces,
    })
}

fn finding(cx: &Context<'_, '_>, control: usize, every: crate::decode::Val<Duration>, gaps: &[Gap]) -> Option<Finding> {
    let control = cx.controls.get(control);
    let gap = gaps.first()?;
    let report = cx.reports.get(gap.report);
    let instances = |number: i64| match number {
        1 => "1 instance".to_owned(),
        number => format!("{number} instances"),
    };
    let (name, report_name) = (cx.name(control), cx.name(report));
    let earliest = gap.pieces.iter().min();
    let message = match earliest.filter(|_| gap.late && gap.shown + 1 >= gap.asked) {
        Some((day, _)) => format!(
            "the control `{name}` operates every {}, but all declared evidence for the period of `{report_name}` is from its last tenth: the earliest is of {day}",
            every.value
        ),
        None => format!(
            "the control `{name}` operates every {}, which asks for {} in the period of `{report_name}`; declared evidence shows {}",
            every.value,
            instances(gap.asked),
            gap.shown
        ),
    };
    let label = format!("asks for {}", instances(gap.asked));
    let mut finding = RULE.finding(cx.path(control), control.at(every.span), label, message);
    for gap in gaps {
        let report = cx.reports.get(gap.report);
        if let Some(period) = report.body.period.known() {
            let label = format!("the period of `{}`: {} shown", cx.name(report), gap.shown);
            finding = finding.related(report.at(period.span), label);
        }
    }
    if let Field::Known(effective) = &control.body.effective
        && effective.value.0 > gap.period.from
    {
        finding = finding.related(control.at(effective.span), "counted from this day on");
    }
    if let Some((day, place)) = earliest {
        finding = finding.related(*place, format!("the earliest in this period: {day}"));
    }
    Some(finding.help("name the evidence of every time the control operated in the period, with `collected` or `period`; if it operates less often, correct `every`"))
}
