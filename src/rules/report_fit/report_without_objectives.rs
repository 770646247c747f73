//! A report on controls relevant to financial reporting has controls but lists no control objectives.

use crate::estate::{ControlRef, ReportRef};
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Place;
use crate::standards::Family;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    name: "report-without-objectives",
    since: "0.2.0",
    group: Group::ReportFit,
    severity: Severity::Note,
    summary: "A report on controls relevant to financial reporting has controls but lists no control objectives.",
    references: &["AT-C 320", "ISAE 3402"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("sec-issuer-without-icfr-objectives")],
    page: include_str!("report_without_objectives.md"),
    check: Check::Estate(check),
};

/// At most this many controls are labelled.
const MAX_RELATED: usize = 5;

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let newest = newest(cx);
    if newest.is_empty() || cx.may_hide("objectives") {
        return Vec::new();
    }
    let mut linked: BTreeMap<ReportRef<'_, '_>, Vec<ControlRef<'_, '_>>> = BTreeMap::new();
    for control in cx.controls() {
        for report in control.reports() {
            if newest.contains(&report) {
                linked.entry(report).or_default().push(control);
            }
        }
    }
    linked
        .into_iter()
        .map(|(report, controls)| finding(cx, report, &controls))
        .collect()
}

/// The newest issued reports of the family that are known to list no objectives.
fn newest<'e>(cx: &'e Context<'_, '_>) -> BTreeSet<ReportRef<'e, 'e>> {
    let in_use = cx.services().filter(|service| service.body.is_in_use());
    let newest = in_use.filter_map(|service| {
        let issued = service.issued_reports(Family::Icfr);
        service.surely_newest(Family::Icfr, issued)?.as_report()
    });
    let lists_none = |report: &ReportRef<'_, '_>| {
        let objectives = &report.body.objectives;
        report.is_filed() && objectives.entries.is_empty() && !objectives.is_damaged()
    };
    newest.filter(lists_none).collect()
}

fn finding(cx: &Context<'_, '_>, report: ReportRef<'_, '_>, controls: &[ControlRef<'_, '_>]) -> Finding {
    let has = match controls {
        [_] => "1 control is".to_owned(),
        controls => format!("{} controls are", controls.len()),
    };
    let message = format!(
        "{} declares no objectives, although {has} declared as part of it",
        words::report(report)
    );
    let mut finding = RULE.finding(report.path(), report.place(), "no `objectives`", message);
    for control in controls.iter().take(MAX_RELATED) {
        if let Some(place) = link(cx, *control, report) {
            let label = format!("`{}` is part of it", control.name());
            finding = finding.related(place, label);
        }
    }
    finding.help("list the control objectives of the report under `objectives`, each with the controls that achieve it")
}

/// Where a control states that it is part of a report.
fn link(cx: &Context<'_, '_>, control: ControlRef<'_, '_>, report: ReportRef<'_, '_>) -> Option<Place> {
    let links = control.body.reports.iter().filter_map(|link| link.value.report.known());
    let mut naming = links.filter(|name| cx.report_named(control.namespace, &name.value) == Some(report));
    naming.next().map(|name| control.at(name.span))
}
