//! A report on controls relevant to financial reporting over a provider's service lacks controls of a part of general IT controls.

use crate::estate::About;
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::ServiceKind;
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::Family;
use crate::standards::itgc::Part;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "itgc-objectives-missing",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A report on controls relevant to financial reporting over a provider's service lacks controls of a part of general IT controls.",
    references: &["ISAE 3402", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("itgc_objectives_missing.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut providers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, service) in cx.services.iter().enumerate() {
        let asks = service
            .body
            .kind
            .value()
            .is_some_and(|kind| !looked_for(kind).is_empty());
        if service.readable && service.body.is_in_use() && asks {
            for report in cx.issued_for(index, Family::Icfr) {
                providers.entry(report).or_default().push(index);
            }
        }
    }
    providers
        .iter()
        .filter_map(|(report, services)| judge(cx, *report, services))
        .collect()
}

/// The parts that readers look for in a report over a service of this kind.
fn looked_for(kind: ServiceKind) -> &'static [Part] {
    match kind {
        ServiceKind::Saas | ServiceKind::ManagedService | ServiceKind::Iaas | ServiceKind::Paas => {
            &[Part::LogicalAccess, Part::Change, Part::OperationsOrMonitoring]
        }
        ServiceKind::Datacenter => &[Part::PhysicalAccess, Part::Monitoring],
        _ => &[],
    }
}

fn judge(cx: &Context<'_, '_>, id: usize, services: &[usize]) -> Option<Finding> {
    // A misfiled report stands among the certificates.
    let report = cx.reports.as_slice().get(id)?;
    let about = cx.under_objectives(report)?;
    if about.iter().all(About::is_silent) {
        return None;
    }
    let is_there = |part: &Part| about.iter().any(|about| about.is_part(*part));
    let absent: Vec<Part> = Part::ALL.into_iter().filter(|part| !is_there(part)).collect();
    let lacking_in = |kind: ServiceKind| looked_for(kind).iter().filter(|part| absent.contains(part));
    let asked_by: Vec<_> = services
        .iter()
        .map(|service| cx.services.get(*service))
        .filter_map(|service| Some((service, service.body.kind.known()?)))
        .filter(|(_, kind)| lacking_in(kind.value).next().is_some())
        .collect();
    let (first, kind) = asked_by.first()?;
    let missing = titles(lacking_in(kind.value)).join(", nor about ");
    let message = format!(
        "the {} report `{}` covers `{}`, declared as `{}`, but no control under its objectives is declared to be about {missing}",
        cx.assurance_title(id),
        cx.name(report),
        cx.name(first),
        kind.value,
    );
    let label = format!("no control about {missing} under its objectives");
    let mut finding = RULE.finding(cx.path(report), report.place(), label, message);
    for (service, kind) in &asked_by {
        let label = format!(
            "readers look for {} here",
            list_words(&titles(lacking_in(kind.value)), "and")
        );
        finding = finding.related(service.at(kind.span), label);
    }
    Some(finding.help("name those controls under an objective of the report (`objectives.<id>.controls`); if they stand there already, state their `area` or `criteria`"))
}

fn titles<'p>(parts: impl Iterator<Item = &'p Part>) -> Vec<&'static str> {
    parts.map(|part| part.title()).collect()
}
