//! A report on controls relevant to financial reporting over a provider's service lacks controls of a part of general IT controls.

use crate::estate::{About, AssuranceId};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Influence, ServiceKind};
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::Family;
use crate::standards::itgc::Part;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    let mut providers: BTreeMap<AssuranceId, Vec<usize>> = BTreeMap::new();
    for (index, service) in cx.services.iter().enumerate() {
        let asks = service
            .body
            .kind
            .value()
            .is_some_and(|kind| !looked_for(kind).is_empty());
        if service.readable
            && service.body.is_in_use()
            && asks
            && !cx.is_succession_uncertain(index, Family::Icfr)
            && let Some(report) = cx.newest(index, Family::Icfr)
        {
            providers.entry(report).or_default().push(index);
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
        kind if kind.is_ordinarily_financial() => &[Part::LogicalAccess, Part::Change, Part::OperationsOrMonitoring],
        _ => &[],
    }
}

fn judge(cx: &Context<'_, '_>, id: AssuranceId, services: &[usize]) -> Option<Finding> {
    let absent = absent_from(cx, id)?;
    let report = cx.reports.as_slice().get(id)?;
    let lacking_in = |kind: ServiceKind| looked_for(kind).iter().filter(|part| absent.contains(part));
    let mut others = HashMap::new();
    let asked_by: Vec<_> = services
        .iter()
        .filter(|service| !rests_on_another_report(cx, **service, id, &mut others))
        .filter_map(|index| {
            Some((
                *index,
                cx.services.get(*index),
                cx.services.get(*index).body.kind.known()?,
            ))
        })
        .filter(|(_, _, kind)| lacking_in(kind.value).next().is_some())
        .collect();
    // Those whose readers look for general IT controls before all else are named first.
    let is_host = |kind: ServiceKind| !kind.is_ordinarily_financial();
    let host = asked_by.iter().find(|(_, _, kind)| is_host(kind.value));
    let (_, first, kind) = host.or(asked_by.first())?;
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
    if host.is_none() {
        finding = finding.severity(Severity::Note);
    }
    for (_, service, kind) in &asked_by {
        let label = format!(
            "readers of `{}` look for {}",
            cx.name(service),
            list_words(&titles(lacking_in(kind.value)), "and")
        );
        finding = finding.related(service.at(kind.span), label);
    }
    let older = asked_by
        .iter()
        .flat_map(|(service, ..)| cx.issued_for(*service, Family::Icfr));
    let older = BTreeSet::from_iter(older).into_iter();
    for older in older.filter(|older| *older != id && absent_from(cx, *older).is_some_and(|parts| parts == absent)) {
        let label = format!(
            "`{}`, an older report, of which the same is true",
            cx.assurance_name(older)
        );
        finding = finding.related(cx.assurance_place(older), label);
    }
    Some(finding.help("name those controls under an objective of the report (`objectives.<id>.controls`); if they stand there already, state their `area` or `criteria`; if another report has them, let the service `depends-on` the one that it covers"))
}

/// The parts that no control under a report's objectives is about; `None` when that is not known, or when none of them
/// says what it is about. A misfiled report stands among the certificates, and is not asked.
fn absent_from(cx: &Context<'_, '_>, id: AssuranceId) -> Option<Vec<Part>> {
    let about = cx.under_objectives(cx.reports.as_slice().get(id)?)?;
    if about.iter().all(About::is_silent) {
        return None;
    }
    let is_there = |part: &Part| about.iter().any(|about| about.is_part(*part));
    Some(Part::ALL.into_iter().filter(|part| !is_there(part)).collect())
}

/// Whether a service rests on one that another live report of the family covers, or may do so: the two are then read
/// together, as a payroll's report and that of the platform below it. An earlier or later report over the same services
/// is no other report; which are is worked out once.
fn rests_on_another_report(
    cx: &Context<'_, '_>,
    service: usize,
    report: AssuranceId,
    others: &mut HashMap<AssuranceId, bool>,
) -> bool {
    let mut is_other = |other: AssuranceId| {
        let own = others.entry(other);
        *own.or_insert_with(|| other != report && !cx.are_of_one_succession(report, other))
    };
    cx.dependencies(service).iter().any(|edge| match edge.influence {
        None => true,
        Some(Influence::Full) => cx.live_of(edge.to, Family::Icfr).any(&mut is_other),
        Some(_) => false,
    })
}

fn titles<'p>(parts: impl Iterator<Item = &'p Part>) -> Vec<&'static str> {
    parts.map(|part| part.title()).collect()
}
