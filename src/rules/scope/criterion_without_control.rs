//! A report lists trust services criteria that none of its controls is declared to serve.

use crate::estate::{ReportRef, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{Status, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;
use crate::standards::criteria::{criterion, may_be};
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    name: "criterion-without-control",
    since: "0.2.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A report lists trust services criteria that none of its controls is declared to serve.",
    references: &["TSP 100", "DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("criterion_without_control.md"),
    check: Check::Report(judge),
};

/// Labels beyond this number do not help.
const MAX_RELATED: usize = 20;
/// A message names at most this many criteria.
const MAX_NAMED: usize = 6;

/// Whether a report lists criteria and is the newest issued one over a service, or in progress.
fn is_judged(report: ReportRef<'_, '_>) -> bool {
    let family = Family::TrustServices;
    if report.body.criteria.items.is_empty() || !report.is_filed() || !report.is_of(family) {
        return false;
    }
    let assurance = report.assurance();
    let in_progress = report.body.status.value() == Some(Status::InProgress);
    let is_newest = |service: &ServiceRef<'_, '_>| {
        // A SOC 3 report accompanies the report that has the description.
        let newest = [service.newest(family), service.newest_described(family)];
        newest.contains(&Some(assurance)) && !service.is_succession_uncertain(family)
    };
    in_progress && assurance.standing() == Standing::Upcoming || assurance.services().iter().any(is_newest)
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    if !is_judged(report) || cx.may_hide_criteria() {
        return None;
    }
    let by = report.serving().filter(|by| !by.unread)?;
    let csocs = report.csocs()?;
    if report.body.not_relevant.damaged {
        return None;
    }
    let by_others: Vec<&str> = csocs
        .iter()
        .flat_map(|csoc| csoc.criteria.iter())
        .map(|id| id.value.as_str())
        .collect();
    let is_excused = |listed: &str| {
        let mut left_out = report
            .body
            .not_relevant
            .iter()
            .filter(|left_out| left_out.value.excuses());
        by_others.iter().any(|stated| may_be(stated, listed)) || left_out.any(|left_out| left_out.value.names(listed))
    };
    let mut seen = BTreeSet::new();
    let listed = report
        .body
        .criteria
        .iter()
        .filter_map(|id| Some((criterion(&id.value)?, id.span)));
    let listed = listed.filter(|(criterion, _)| !is_excused(criterion) && seen.insert(criterion.clone()));
    let is_served = |criterion: &str| by.criteria.iter().find(|(stated, _)| may_be(stated, criterion));
    let (served, bare): (Vec<_>, Vec<_>) = listed.partition(|(criterion, _)| is_served(criterion).is_some());
    let (first_served, (_, first_bare)) = (served.first()?, bare.first()?);
    let few = served.len() < bare.len();
    let early = is_early(cx, report);
    let message = format!(
        "{} lists {} criteria, but no control that is part of it is declared to serve {}",
        words::report(report),
        served.len() + bare.len(),
        named(&bare)
    );
    let label = "no control of the report is declared to serve it";
    let mut finding = RULE
        .finding(report.path(), report.at(*first_bare), label, message)
        .fact("criteria");
    for (_, span) in bare.iter().skip(1).take(MAX_RELATED) {
        finding = finding.related(report.at(*span), "nor this one");
    }
    if let Some((stated, (place, control))) = is_served(&first_served.0) {
        let name = control.name();
        let label = format!("`{name}`, a control of the report, is declared to serve \"{stated}\"");
        finding = finding.related(*place, label);
    }
    for left_out in report.body.not_relevant.iter() {
        let stated = &left_out.value;
        if !stated.excuses() && bare.iter().any(|(criterion, _)| stated.names(criterion)) {
            finding = finding.related(report.at(left_out.span), "no effect: no reason is stated");
        }
    }
    if few || early {
        finding = finding.severity(Severity::Note);
    }
    Some(finding.help("state in a control's `criteria` what it serves, or link the control that does to the report; state criteria that the description declares not relevant in `not-relevant`, with the reason, and those that a carved-out organization meets in the `criteria` of its CSOC"))
}

/// "`CC6.1` or `CC6.2`".
fn named<T>(bare: &[(String, T)]) -> String {
    let mut names: Vec<String> = bare.iter().take(MAX_NAMED).map(|(id, _)| format!("`{id}`")).collect();
    match bare.len() - names.len() {
        0 => {}
        1 => names.push("1 more".to_owned()),
        more => names.push(format!("{more} more")),
    }
    list_words(&names, "or")
}

/// Whether a report is in progress, and less than half of its period, or an unknown part, has passed.
fn is_early(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> bool {
    let assurance = report.assurance();
    if assurance.standing() == Standing::Issued {
        return false;
    }
    match (assurance.period, assurance.as_of) {
        (Some(period), _) if period.from > period.to || period.from > cx.as_of => true,
        (Some(period), _) => {
            let middle = period.day((period.days() + 1) / 2);
            cx.as_of < middle
        }
        (None, Some(day)) => cx.as_of < day,
        (None, None) => true,
    }
}
