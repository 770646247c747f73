//! The first type 2 report over its services, without evidence of readiness for it.

use crate::calendar;
use crate::decode::Duration;
use crate::estate::{Origin, Standing, names_evidence};
use crate::finding::{Finding, Severity};
use crate::manifest::{CertificateStatus, ReportType};
use crate::model::{AssuranceId, ServiceId};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;
use std::collections::{BTreeMap, HashSet};

pub static RULE: Rule = Rule {
    name: "readiness-not-evidenced",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Note,
    summary: "The first type 2 report over its services, without evidence of readiness for it.",
    references: &[],
    options: &[],
    yields_to: &[],
    page: include_str!("readiness_not_evidenced.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    // A report is the first of its family when none is earlier over any of its services.
    let mut first: BTreeMap<AssuranceId, Vec<ServiceId>> = BTreeMap::new();
    let mut not_first: HashSet<AssuranceId> = HashSet::new();
    for service in cx.services.ids() {
        for family in Family::ALL {
            let reports = reports_over(cx, service, family);
            let undated = reports.len() > 1 && reports.iter().any(|id| cx.assurance(*id).end().is_none());
            if undated || cx.is_succession_uncertain(service, family) {
                not_first.extend(reports);
            } else if let Some((earliest, later)) = reports.split_first() {
                first.entry(*earliest).or_default().push(service);
                not_first.extend(later);
            }
        }
    }
    first
        .into_iter()
        .filter(|(id, _)| !not_first.contains(id))
        .filter_map(|(id, services)| judge(cx, id, &services))
        .collect()
}

/// The reports of a family over a service, the earliest first: not one that is only planned, nor a type 1 that was
/// withdrawn, which shows no readiness any more. A withdrawn type 2 does count: the next is not the first.
fn reports_over(cx: &Context<'_, '_>, service: ServiceId, family: Family) -> Vec<AssuranceId> {
    let counts = |id: AssuranceId| match cx.head(id).status.map(|status| status.value) {
        Some(CertificateStatus::Planned) => cx.assurance(id).standing == Standing::Issued,
        Some(CertificateStatus::Withdrawn) => cx.assurance(id).report_type != Some(ReportType::One),
        _ => true,
    };
    let answering = cx.answering(service).iter().copied();
    let mut reports: Vec<AssuranceId> = answering
        .filter(|id| cx.assurance(*id).is_of(family) && cx.speaks_about(*id, service) && counts(*id))
        .collect();
    reports.sort_by_key(|id| {
        (
            cx.assurance(*id).end(),
            cx.assurance(*id).issued.is_none(),
            cx.assurance(*id).issued,
            *id,
        )
    });
    reports
}

fn judge(cx: &Context<'_, '_>, id: AssuranceId, services: &[ServiceId]) -> Option<Finding> {
    let assurance = cx.assurance(id);
    let Origin::Report(index) = assurance.origin else {
        return None;
    };
    let report = cx.reports.get(index);
    let stated = report.body.report_type.known()?;
    let begun = matches!(assurance.standing, Standing::Issued | Standing::Coming);
    let evidenced = names_evidence(&report.body.readiness);
    if stated.value != ReportType::Two || !begun || evidenced || report.body.predecessor.stated {
        return None;
    }
    // What is long over, or about nothing that is left, nobody can prepare for any more.
    let of_old = assurance
        .end()
        .is_some_and(|end| calendar::plus(end, Duration::months(12)) < cx.as_of);
    if of_old
        || services
            .iter()
            .all(|service| cx.services.get(*service).body.may_be_retired())
    {
        return None;
    }
    let message = format!(
        "{} is the first declared type 2 report on {} over {}, but no evidence of readiness for it is declared",
        words::report(cx, id),
        words::subject_matter(cx, id),
        words::services(cx, services)
    );
    let finding = RULE
        .finding(
            cx.path(report),
            report.place(),
            "neither `readiness` nor `predecessor`",
            message,
        )
        .related(report.at(stated.span), "type 2: over a whole period");
    let finding = services.iter().take(3).fold(finding, |finding, service| {
        let service = cx.services.get(*service);
        let label = format!("no earlier report is declared to cover `{}`", cx.name(service));
        finding.related(service.place(), label)
    });
    Some(finding.help("name in `readiness` what shows it (a readiness assessment, say); if a report came before it, name that in `predecessor`"))
}
