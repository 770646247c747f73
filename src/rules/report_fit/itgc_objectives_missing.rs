//! A report on controls relevant to financial reporting over a provider's service lacks controls in an area of general IT controls.

use crate::estate::{About, AssuranceRef, ReportRef, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::model::{Influence, ServiceKind, list_words};
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::Family;
use crate::standards::itgc::Part;
use std::collections::{BTreeSet, HashMap};

pub static RULE: Rule = Rule {
    name: "itgc-objectives-missing",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A report on controls relevant to financial reporting over a provider's service lacks controls in an area of general IT controls.",
    references: &["ISAE 3402", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("itgc_objectives_missing.md"),
    check: Check::Report(judge),
};

/// Whether readers of a report over a service in use look for any area.
fn is_provided(service: &ServiceRef<'_, '_>) -> bool {
    let kind = service.body.kind.value();
    let asks = kind.is_some_and(|kind| !looked_for(kind).is_empty());
    service.readable && service.body.is_in_use() && asks
}

/// The areas that readers look for in a report over a service of this kind.
fn looked_for(kind: ServiceKind) -> &'static [Part] {
    match kind {
        ServiceKind::Saas | ServiceKind::ManagedService | ServiceKind::Iaas | ServiceKind::Paas => {
            &[Part::LogicalAccess, Part::Change, Part::OperationsOrMonitoring]
        }
        ServiceKind::Datacenter => &[Part::PhysicalAccess, Part::Monitoring],
        kind if kind.is_ordinarily_financial() => &[Part::LogicalAccess, Part::Change, Part::OperationsOrMonitoring],
        _ => &[],
    }
}

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let assurance = report.assurance();
    let absent = absent_from(assurance).filter(|parts| !parts.is_empty() && assurance.is_of(Family::Icfr))?;
    let newest = |service: &ServiceRef<'_, '_>| {
        let known = is_provided(service) && !service.is_succession_uncertain(Family::Icfr);
        known && service.newest(Family::Icfr) == Some(assurance)
    };
    let services: Vec<ServiceRef<'_, '_>> = assurance.services().into_iter().filter(newest).collect();
    let lacking_in = |kind: ServiceKind| looked_for(kind).iter().filter(|part| absent.contains(part));
    let mut others = HashMap::new();
    let asked_by: Vec<_> = services
        .iter()
        .filter(|service| !rests_on_another_report(**service, assurance, &mut others))
        .filter_map(|service| Some((service, service.body.kind.known()?)))
        .filter(|(_, kind)| lacking_in(kind.value).next().is_some())
        .collect();
    // Services whose readers look for general IT controls above all are named first.
    let is_host = |kind: ServiceKind| !kind.is_ordinarily_financial();
    let host = asked_by.iter().find(|(_, kind)| is_host(kind.value));
    let (first, kind) = host.or(asked_by.first())?;
    let missing = list_words(&titles(lacking_in(kind.value)), "or");
    let message = format!(
        "the {} report `{}` covers `{}`, declared as `{}`, but no control under its objectives is declared for {missing}",
        assurance.title(),
        report.name(),
        first.name(),
        kind.value,
    );
    let label = format!("no control for {missing} under its objectives");
    let mut finding = RULE.finding(report.path(), report.place(), label, message);
    if host.is_none() {
        finding = finding.severity(Severity::Note);
    }
    for (service, kind) in &asked_by {
        let label = format!(
            "readers of `{}` look for {}",
            service.name(),
            list_words(&titles(lacking_in(kind.value)), "and")
        );
        finding = finding.related(service.at(kind.span), label);
    }
    let older = asked_by
        .iter()
        .flat_map(|(service, _)| service.issued_reports(Family::Icfr));
    let older = BTreeSet::from_iter(older).into_iter();
    for older in older.filter(|older| *older != assurance && absent_from(*older).is_some_and(|parts| parts == absent)) {
        let label = format!("`{}`, an older report with the same gap", older.name());
        finding = finding.related(older.place(), label);
    }
    Some(finding.help("name those controls under an objective of the report (`objectives.<id>.controls`); if they are already listed there, state their `area` or `criteria`; if another report has them, declare in `depends-on` the service that it covers"))
}

/// The areas that no control under a report's objectives addresses; `None` when that is unknown, or when no control
/// states what it is about. A misfiled report is a certificate here, and is not checked.
fn absent_from(assurance: AssuranceRef<'_, '_>) -> Option<Vec<Part>> {
    let about = assurance.as_report()?.under_objectives()?;
    if about.iter().all(About::is_silent) {
        return None;
    }
    let is_there = |part: &Part| about.iter().any(|about| about.is_part(*part));
    Some(Part::ALL.into_iter().filter(|part| !is_there(part)).collect())
}

/// Whether a service depends, or may depend, on one that another live report of the family covers: the two are then
/// read together, such as a payroll's report and that of its platform. An earlier or later report over the same
/// services is not another report; which ones are is computed once.
fn rests_on_another_report<'e, 'a>(
    service: ServiceRef<'e, 'a>,
    report: AssuranceRef<'e, 'a>,
    others: &mut HashMap<AssuranceRef<'e, 'a>, bool>,
) -> bool {
    let mut is_other = |other: AssuranceRef<'e, 'a>| {
        let own = others.entry(other);
        *own.or_insert_with(|| other != report && !report.is_of_one_succession_with(other))
    };
    service.dependencies().any(|depends| match depends.influence {
        None => true,
        Some(Influence::Full) => depends.on.live_reports(Family::Icfr).any(&mut is_other),
        Some(_) => false,
    })
}

fn titles<'p>(parts: impl Iterator<Item = &'p Part>) -> Vec<&'static str> {
    parts.map(|part| part.title()).collect()
}
