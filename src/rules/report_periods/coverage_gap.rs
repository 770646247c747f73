//! Successive type 2 periods leave days between them that nothing speaks about.

use crate::calendar::{self, Period};
use crate::estate::{AssuranceId, Origin};
use crate::finding::{Finding, Severity};
use crate::manifest::{Lifecycle, ReportType};
use crate::rules::{Context, Group, Rule, RuleOption, words};
use crate::standards::Family;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    name: "coverage-gap",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "Successive type 2 periods leave days between them that nothing speaks about.",
    references: &["ISAE 3402", "AU-C 402"],
    options: &[RuleOption {
        name: "tolerate",
        help: "How many uncovered days are accepted, as \"7d\" or \"2w\"; \"0d\" if not stated.",
    }],
    page: include_str!("coverage_gap.md"),
    check,
};

/// Days between two reports.
struct Gap {
    earlier: AssuranceId,
    later: AssuranceId,
    days: i64,
    services: Vec<usize>,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut gaps: BTreeMap<(AssuranceId, AssuranceId), Gap> = BTreeMap::new();
    for (index, service) in cx.services.iter().enumerate() {
        let retired = matches!(service.body.lifecycle.value(), Some(Lifecycle::Retired));
        if retired || !service.body.is_in_scope() {
            continue;
        }
        for family in Family::ALL {
            if let Some(gap) = newest_gap(cx, index, family) {
                let known = gaps.entry((gap.later, gap.earlier)).or_insert(gap);
                known.services.push(index);
            }
        }
    }
    let mut spoken_of = BTreeSet::new();
    gaps.into_values()
        .filter(|gap| spoken_of.insert(gap.later))
        .filter_map(|gap| finding(cx, &gap))
        .collect()
}

fn newest_gap(cx: &Context<'_, '_>, service: usize, family: Family) -> Option<Gap> {
    let issued = cx.issued_for(service, family);
    let period_of = |id: AssuranceId| cx.assurance(id).period.filter(|period| period.from <= period.to);
    let type_2 = issued
        .iter()
        .filter(|id| cx.assurance(**id).report_type == Some(ReportType::Two));
    let mut periods: Vec<(Period, AssuranceId)> = type_2.filter_map(|id| Some((period_of(*id)?, *id))).collect();
    periods.sort();
    let letters: Vec<Period> = issued
        .iter()
        .filter_map(|id| match cx.assurance(*id).origin {
            Origin::Report(index) => Some(cx.bridged(&cx.reports.get(index).body)),
            Origin::Certificate(_) => None,
        })
        .flatten()
        .collect();
    let (tolerated, _) = cx.tolerated_days(RULE.name);
    let mut newest = None;
    let mut reached: Option<(Period, AssuranceId)> = None;
    for (period, id) in periods {
        if let Some((last, earlier)) = reached
            && let Some(gap) = calendar::gap(last, period)
        {
            let left = letters
                .iter()
                .fold(vec![gap], |left, letter| calendar::without(left, *letter));
            let days: i64 = left.iter().map(|part| part.days()).sum();
            if days > i64::from(tolerated) {
                newest = Some(Gap {
                    earlier,
                    later: id,
                    days,
                    services: Vec::new(),
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
    let days = if gap.days == 1 {
        "one day".to_owned()
    } else {
        format!("{} days", gap.days)
    };
    let message = format!(
        "nothing speaks about {days} between the type 2 reports `{}` and `{}` for {services}",
        cx.name(earlier),
        cx.name(later)
    );
    let finding = RULE
        .finding(cx.path(later), later.at(from.span), "this period begins here", message)
        .related(
            earlier.at(to.span),
            format!("the one before ends here: {days} are left uncovered"),
        );
    let finding = match cx.tolerated_days(RULE.name) {
        (days, Some(option)) => finding.related(option, format!("{days} days are tolerated by this option")),
        _ => finding,
    };
    let finding = gap.services.iter().fold(finding, |finding, service| {
        finding.related(cx.services.get(*service).place(), "this service is left uncovered")
    });
    Some(finding.help("user auditors need continuous coverage: let periods follow one another without a gap, or declare the bridge letter that covers the days (`bridge-letter`)"))
}
