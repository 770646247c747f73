//! Successive type 2 periods leave days between them that nothing speaks about.

use crate::calendar::{self, Period};
use crate::estate::{AssuranceId, Origin};
use crate::finding::{Finding, Severity};
use crate::manifest::{Lifecycle, ReportType};
use crate::rules::{Check, Context, Group, Rule, RuleOption, words};
use crate::standards::Family;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "coverage-gap",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "Successive type 2 periods leave days between them that nothing speaks about.",
    references: &[],
    options: &[RuleOption::tolerate(
        "How many uncovered days are accepted, as \"7d\" or \"2w\"",
        0,
    )],
    yields_to: &[],
    page: include_str!("coverage_gap.md"),
    check: Check::Estate(check),
};

/// Days between two reports.
struct Gap {
    earlier: AssuranceId,
    later: AssuranceId,
    days: i64,
    services: Vec<usize>,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut gaps: BTreeMap<AssuranceId, Gap> = BTreeMap::new();
    for (index, service) in cx.services.iter().enumerate() {
        let retired = matches!(service.body.lifecycle.value(), Some(Lifecycle::Retired));
        if retired || !service.body.is_in_scope() {
            continue;
        }
        for family in Family::ALL {
            if let Some(gap) = newest_gap(cx, index, family) {
                gaps.entry(gap.later).or_insert(gap).services.push(index);
            }
        }
    }
    gaps.into_values().filter_map(|gap| finding(cx, &gap)).collect()
}

fn newest_gap(cx: &Context<'_, '_>, service: usize, family: Family) -> Option<Gap> {
    let issued = cx.issued_for(service, family);
    let is_type_2 = |id: AssuranceId| cx.assurance(id).report_type == Some(ReportType::Two);
    let mut type_2 = issued.clone().filter(|id| is_type_2(*id));
    let undated = type_2.clone().any(|id| cx.assurance(id).period.is_none());
    // Between fewer than two there is no gap.
    if undated || cx.is_succession_uncertain(service, family) || type_2.nth(1).is_none() {
        return None;
    }
    let period_of = |id: AssuranceId| cx.assurance(id).period.filter(|period| period.from <= period.to);
    let dated = issued.clone().filter_map(|id| Some((period_of(id)?, id)));
    let mut periods: Vec<(Period, AssuranceId)> = dated.clone().filter(|(_, id)| is_type_2(*id)).collect();
    periods.sort();
    // Whatever else speaks about a day covers it: a letter, or a report of which no type is stated.
    let mut covers: Vec<Period> = dated
        .filter(|(_, id)| !is_type_2(*id))
        .map(|(period, _)| period)
        .collect();
    for id in issued {
        if let Origin::Report(index) = cx.assurance(id).origin {
            covers.extend(cx.bridged(&cx.reports.get(index).body)?);
        }
    }
    let (tolerated, _) = cx.tolerated_days(&RULE);
    let mut newest = None;
    let mut reached: Option<(Period, AssuranceId)> = None;
    for (period, id) in periods {
        if let Some((last, earlier)) = reached
            && let Some(gap) = calendar::gap(last, period)
        {
            let left = covers
                .iter()
                .fold(vec![gap], |left, cover| calendar::without(left, *cover));
            let days: i64 = left.iter().map(|part| part.days()).sum();
            if days > i64::from(tolerated) {
                let services = Vec::new();
                newest = Some(Gap {
                    earlier,
                    later: id,
                    days,
                    services,
                });
            }
        }
        if reached.is_none_or(|(last, _)| period.to > last.to) {
            reached = Some((period, id));
        }
    }
    newest
}

fn finding(cx: &Context<'_, '_>, gap: &Gap) -> Option<Finding> {
    let (Origin::Report(earlier), Origin::Report(later)) =
        (cx.assurance(gap.earlier).origin, cx.assurance(gap.later).origin)
    else {
        return None;
    };
    let (earlier, later) = (cx.reports.get(earlier), cx.reports.get(later));
    let from = later.body.period.get()?.from.known()?;
    let to = earlier.body.period.get()?.to.known()?;
    let services = words::services(cx, &gap.services);
    let plural = |days: i64| {
        if days == 1 {
            "1 day".to_owned()
        } else {
            format!("{days} days")
        }
    };
    let days = plural(gap.days);
    let message = format!(
        "no declared type 2 report covers {days} between `{}` and `{}` for {services}",
        cx.name(earlier),
        cx.name(later)
    );
    let finding = RULE
        .finding(cx.path(later), later.at(from.span), "this period begins here", message)
        .related(
            earlier.at(to.span),
            format!("the one before ends here: {days} uncovered"),
        );
    let finding = match cx.tolerated_days(&RULE) {
        (days, Some(option)) => finding.related(
            option,
            format!("more than the {} tolerated here", plural(i64::from(days))),
        ),
        _ => finding,
    };
    let finding = gap.services.iter().fold(finding, |finding, service| {
        finding.related(cx.services.get(*service).place(), "this service is left uncovered")
    });
    Some(finding.help("readers expect periods to follow one another without a gap: see to it in the next one, and if a bridge letter was given for these days, declare it in `bridge-letter`"))
}
