//! A report on financial reporting over a provider's service lacks controls of a part of general IT controls.

use crate::estate::Entity;
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Area, Control, Report, ServiceKind};
use crate::rules::{Context, Group, Rule};
use crate::standards::Family;
use crate::standards::itgc::{self, Criterion, Part};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "itgc-objectives-missing",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A report on financial reporting over a provider's service lacks controls of a part of general IT controls.",
    references: &["ISAE 3402", "AT-C 320"],
    options: &[],
    page: include_str!("itgc_objectives_missing.md"),
    check,
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
    let about = under_objectives(cx, report)?;
    if about
        .iter()
        .all(|about| about.area.is_none() && about.criteria.is_empty())
    {
        return None;
    }
    let mut missing: Vec<&str> = Vec::new();
    let mut asked_by = Vec::new();
    for service in services {
        let service = cx.services.get(*service);
        let kind = service.body.kind.known()?;
        let looked_for = looked_for(kind.value).iter();
        let lacking: Vec<&str> = looked_for
            .filter(|part| !about.iter().any(|about| about.is_part(**part)))
            .map(|part| part.title())
            .collect();
        missing.extend(&lacking);
        asked_by.push((service, kind, lacking));
    }
    asked_by.retain(|(_, _, lacking)| !lacking.is_empty());
    let (first, kind, _) = asked_by.first()?;
    missing.sort_unstable();
    missing.dedup();
    let lacking = list_words(&missing, "and none of");
    let message = format!(
        "the {} report `{}` covers `{}`, declared as `{}`, but no control of {lacking} is declared under its objectives",
        cx.assurance_title(id),
        cx.name(report),
        cx.name(first),
        kind.value,
    );
    let label = format!("no control of {lacking} under its objectives");
    let mut finding = RULE.finding(cx.path(report), report.place(), label, message);
    for (service, kind, lacking) in asked_by {
        finding = finding.related(
            service.at(kind.span),
            format!("readers look for {} here", list_words(&lacking, "and")),
        );
    }
    Some(finding.help("name those controls under an objective of the report (`objectives.<id>.controls`); if they stand there already, state their `area` or `criteria`"))
}

/// What a control says it is about.
struct About {
    area: Option<Area>,
    criteria: Vec<Criterion>,
}

impl About {
    fn is_part(&self, part: Part) -> bool {
        self.area.is_some_and(|area| part.is_area(area))
            || self.criteria.iter().any(|criterion| part.is_criterion(*criterion))
    }
}

/// What the controls under a report's objectives are about; `None` when there are no objectives, or when it cannot
/// be known: an objective that somebody else's controls meet may be about anything.
fn under_objectives<'a>(cx: &Context<'_, 'a>, report: &Entity<'a, Report<'a>>) -> Option<Vec<About>> {
    let objectives = &report.body.objectives;
    if objectives.0.is_empty() || objectives.is_damaged() || cx.may_hide("objectives") {
        return None;
    }
    let mut under = Vec::new();
    for objective in &objectives.0 {
        let controls = &objective.body.controls;
        let by_others = controls.items.is_empty() && !objective.body.met_by.is_surely_empty();
        if !objective.readable || controls.damaged || by_others {
            return None;
        }
        for name in controls.iter() {
            let control = cx.controls.resolve(&cx.namespaces, report.namespace, &name.value)?;
            under.push(about(cx.controls.get(control))?);
        }
    }
    Some(under)
}

/// What a control says it is about; `None` when it says so in other words than an area's or these catalogues', or
/// could not be read.
fn about(control: &Entity<'_, Control<'_>>) -> Option<About> {
    let body = &control.body;
    if !control.readable || body.area.is_unknown() || body.criteria.damaged {
        return None;
    }
    let read = |id: &str| itgc::criterion(id).filter(|_| body.catalogue.is_absent());
    let area = body.area.value();
    let criteria: Vec<Option<Criterion>> = body.criteria.iter().map(|id| read(&id.value)).collect();
    let foreign = criteria.contains(&None);
    (area.is_some() || !foreign).then(|| About {
        area,
        criteria: criteria.into_iter().flatten().collect(),
    })
}
