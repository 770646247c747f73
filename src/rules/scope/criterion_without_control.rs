//! A report lists trust services criteria that none of its controls is declared to serve.

use crate::calendar::Period;
use crate::decode::Val;
use crate::estate::{AssuranceRef, ControlRef, ReportRef, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::NotRelevant;
use crate::model::{Status, Text, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use crate::standards::{Family, Series, reference};
use std::collections::{BTreeMap, BTreeSet};

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
    check: Check::Estate(check),
};

/// Labels beyond this number do not help.
const MAX_RELATED: usize = 20;
/// A message names at most this many criteria.
const MAX_NAMED: usize = 6;

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let judged = judged(cx);
    // An organization that supports unknown services may have controls for any of them.
    let mut organizations = cx.third_parties();
    let hidden = ["controls", "criteria", "csocs"].iter().any(|text| cx.may_hide(text))
        || organizations.any(|of| of.body.supports.damaged && of.body.csocs.stated);
    if judged.is_empty() || hidden {
        return Vec::new();
    }
    let Some(mut serving) = serving(cx, &judged) else {
        return Vec::new();
    };
    let reports = judged.into_iter();
    reports
        .filter_map(|report| judge(cx, report, serving.remove(&report).filter(|by| !by.unread)?))
        .collect()
}

/// The reports that list criteria and are the newest issued one over a service, or in progress.
fn judged<'e>(cx: &'e Context<'_, '_>) -> BTreeSet<ReportRef<'e, 'e>> {
    let family = Family::TrustServices;
    let listing = cx.filed_reports().filter(|report| {
        let lists = !report.body.criteria.items.is_empty();
        lists && report.is_of(family)
    });
    let listing: BTreeSet<ReportRef<'_, '_>> = listing.collect();
    if listing.is_empty() {
        return listing;
    }
    let newest = cx.services().filter(|service| !service.is_succession_uncertain(family));
    // A SOC 3 report accompanies the report that has the description.
    let newest = newest.flat_map(|service| [service.newest(family), service.newest_described(family)]);
    let in_progress = listing.iter().copied().filter(|report| {
        let status = report.body.status.value();
        report.assurance().standing == Standing::Upcoming && status == Some(Status::InProgress)
    });
    let newest = newest.flatten().filter_map(AssuranceRef::as_report);
    let judged = newest.chain(in_progress);
    judged.filter(|report| listing.contains(report)).collect()
}

/// What the controls that are part of a report are declared to serve.
struct Serving<'e, 'a> {
    /// As written, with its first place and control.
    criteria: BTreeMap<&'e str, (Place, ControlRef<'e, 'a>)>,
    /// Whether some of it could not be read.
    unread: bool,
}

/// By report; `None` when a control may be part of any of them.
fn serving<'e, 'a>(
    cx: &Context<'e, 'a>,
    judged: &BTreeSet<ReportRef<'e, 'a>>,
) -> Option<BTreeMap<ReportRef<'e, 'a>, Serving<'e, 'a>>> {
    let mut serving: BTreeMap<ReportRef<'_, '_>, Serving<'_, '_>> = BTreeMap::new();
    for report in judged {
        let unread = may_have_others_under_objectives(cx, *report);
        let criteria = BTreeMap::new();
        serving.insert(*report, Serving { criteria, unread });
    }
    for control in cx.estate.controls() {
        let criteria = &control.entity().body.criteria;
        let is_silent = criteria.is_surely_empty() && control.readable;
        // Criteria of another catalogue are not trust services criteria.
        if is_silent
            || control
                .body
                .catalogue
                .known()
                .is_some_and(|name| name.value.says_something())
        {
            continue;
        }
        if control.is_membership_uncertain() {
            return None;
        }
        for report in control.reports() {
            if let Some(by) = serving.get_mut(&report) {
                by.unread |= criteria.damaged || control.body.catalogue.is_unknown();
                for id in criteria.iter() {
                    by.criteria
                        .entry(id.value.as_str())
                        .or_insert((control.at(id.span), control));
                }
            }
        }
    }
    Some(serving)
}

fn may_have_others_under_objectives(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> bool {
    let objectives = &report.body.objectives;
    let is_unknown = |name: &Val<Text<'_>>| {
        let found = cx.control_named(report.namespace, &name.value);
        found.is_none()
    };
    objectives.is_damaged()
        || objectives.iter().any(|objective| {
            let controls = &objective.body.controls;
            !objective.readable || controls.damaged || controls.iter().any(is_unknown)
        })
}

/// A trust services criterion, or a series of them: `CC6.1`, `CC6`.
fn criterion(text: &str) -> Option<String> {
    let text = text.trim();
    let is_series = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric()) && Series::of(text).is_some();
    match reference::find(text) {
        Some(found) => Series::of(found.id).map(|_| found.id.to_owned()),
        None => is_series(text).then(|| text.to_ascii_uppercase()),
    }
}

fn series(criterion: &str) -> &str {
    criterion.split('.').next().unwrap_or(criterion)
}

/// Whether a stated text is a criterion, its whole series (`CC6`), or a part of the series that may include it
/// (`CC6.1-CC6.3`).
fn may_be(stated: &str, listed: &str) -> bool {
    match criterion(stated) {
        Some(stated) => stated == listed || series(&stated) == listed || stated == series(listed),
        None => {
            let start = stated.trim().get(..series(listed).len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(series(listed)))
        }
    }
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>, by: Serving<'_, '_>) -> Option<Finding> {
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
            .filter(|left_out| excuses(&left_out.value));
        by_others.iter().any(|stated| may_be(stated, listed)) || left_out.any(|left_out| names(&left_out.value, listed))
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
        if !excuses(stated) && bare.iter().any(|(criterion, _)| names(stated, criterion)) {
            finding = finding.related(report.at(left_out.span), "no effect: no reason is stated");
        }
    }
    if few || early {
        finding = finding.severity(Severity::Note);
    }
    Some(finding.help("state in a control's `criteria` what it serves, or link the control that does to the report; state criteria that the description declares not relevant in `not-relevant`, with the reason, and those that a carved-out organization meets in the `criteria` of its CSOC"))
}

/// Whether it states why; a value that could not be read counts as stated.
fn excuses(left_out: &NotRelevant<'_>) -> bool {
    left_out.reason.explains()
}

fn names(left_out: &NotRelevant<'_>, criterion: &str) -> bool {
    match left_out.id.known() {
        Some(id) => may_be(&id.value, criterion),
        None => left_out.id.is_unknown(),
    }
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
    if assurance.standing == Standing::Issued {
        return false;
    }
    match (assurance.period, assurance.as_of) {
        (Some(period), _) if period.from > period.to || period.from > cx.as_of => true,
        (Some(period), _) => {
            let to = period.to.min(cx.as_of);
            Period { to, ..period }.days() * 2 < period.days()
        }
        (None, Some(day)) => cx.as_of < day,
        (None, None) => true,
    }
}
