//! A report on controls relevant to financial reporting has controls but lists no control objectives.

use crate::estate::{ControlRef, ReportRef, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Place;
use crate::standards::Family;

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
    check: Check::Report(judge),
};

/// At most this many controls are labelled.
const MAX_RELATED: usize = 5;

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let objectives = &report.body.objectives;
    let lists = !objectives.is_empty() || objectives.is_damaged() || cx.may_hide("objectives");
    let controls: Vec<ControlRef<'_, '_>> = report.controls().collect();
    if lists || controls.is_empty() || !report.is_filed() || !report.is_of(Family::Icfr) {
        return None;
    }
    let newest = report.assurance();
    let is_newest = |service: &ServiceRef<'_, '_>| {
        let issued = service.issued_reports(Family::Icfr);
        service.newest(Family::Icfr) == Some(newest) && service.surely_newest(Family::Icfr, issued).is_some()
    };
    let mut services = newest.services().into_iter();
    let is_newest = services.any(|service| service.body.is_in_use() && is_newest(&service));
    is_newest.then(|| finding(cx, report, &controls))
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
