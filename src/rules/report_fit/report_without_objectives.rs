//! A report on controls relevant to financial reporting has controls, and lists no objectives that they serve.

use crate::finding::{Finding, Severity};
use crate::model::{ControlId, ReportId};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Place;
use crate::standards::Family;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    name: "report-without-objectives",
    since: "0.2.0",
    group: Group::ReportFit,
    severity: Severity::Note,
    summary: "A report on controls relevant to financial reporting has controls, and lists no objectives that they serve.",
    references: &["AT-C 320", "ISAE 3402"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("sec-issuer-without-icfr-objectives")],
    page: include_str!("report_without_objectives.md"),
    check: Check::Estate(check),
};

/// So many controls are pointed at.
const MOST_RELATED: usize = 5;

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let newest = newest(cx);
    if newest.is_empty() || cx.may_hide("objectives") {
        return Vec::new();
    }
    let mut linked: BTreeMap<ReportId, Vec<ControlId>> = BTreeMap::new();
    for control in cx.controls.ids() {
        for report in cx.reports_of_control(control) {
            if newest.contains(report) {
                linked.entry(*report).or_default().push(control);
            }
        }
    }
    linked
        .into_iter()
        .map(|(report, controls)| finding(cx, report, &controls))
        .collect()
}

/// The newest issued reports of the family that surely list no objectives.
fn newest(cx: &Context<'_, '_>) -> BTreeSet<ReportId> {
    let in_use = cx
        .services
        .ids()
        .filter(|service| cx.services.get(*service).body.is_in_use());
    let newest = in_use.filter_map(|service| {
        let issued = cx.issued_for(service, Family::Icfr);
        // One that states no end might be newer than the others.
        let undated = issued.clone().any(|id| cx.assurance(id).end().is_none());
        let uncertain = undated && issued.clone().nth(1).is_some();
        let known = !uncertain && !cx.is_succession_uncertain(service, Family::Icfr);
        cx.newest_of(issued).filter(|_| known).and_then(|id| cx.report_of(id))
    });
    let lists_none = |id: &ReportId| {
        let objectives = cx.is_report(*id).then(|| &cx.reports.get(*id).body.objectives);
        objectives.is_some_and(|objectives| objectives.0.is_empty() && !objectives.is_damaged())
    };
    newest.filter(lists_none).collect()
}

fn finding(cx: &Context<'_, '_>, id: ReportId, controls: &[ControlId]) -> Finding {
    let report = cx.reports.get(id);
    let has = match controls {
        [_] => "1 control is".to_owned(),
        controls => format!("{} controls are", controls.len()),
    };
    let message = format!(
        "{} declares no objectives, though {has} declared as part of it",
        words::report(cx, id)
    );
    let mut finding = RULE.finding(cx.path(report), report.place(), "no `objectives`", message);
    for control in controls.iter().take(MOST_RELATED) {
        if let Some(place) = link(cx, *control, id) {
            let label = format!("`{}` is part of it", cx.name(cx.controls.get(*control)));
            finding = finding.related(place, label);
        }
    }
    finding.help("list the control objectives of the report under `objectives`, each with the controls that serve it")
}

/// Where a control says that it is part of a report.
fn link(cx: &Context<'_, '_>, control: ControlId, id: ReportId) -> Option<Place> {
    let control = cx.controls.get(control);
    let links = control.body.reports.iter().filter_map(|link| link.value.report.known());
    let mut naming =
        links.filter(|name| cx.reports.resolve(&cx.namespaces, control.namespace, &name.value) == Some(id));
    naming.next().map(|name| control.at(name.span))
}
