//! The first type 2 report over its services has no evidence of readiness.

use crate::calendar;
use crate::estate::{AssuranceRef, ServiceRef, Standing, names_evidence};
use crate::finding::{Finding, Severity};
use crate::model::{CertificateStatus, Duration, ReportType};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;
use std::collections::{BTreeMap, HashSet};

pub static RULE: Rule = Rule {
    name: "readiness-not-evidenced",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Note,
    summary: "The first type 2 report over its services has no evidence of readiness.",
    references: &[],
    options: &[],
    yields_to: &[],
    page: include_str!("readiness_not_evidenced.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    // A report is the first of its family when there is no earlier one over any of its services.
    let mut first: BTreeMap<AssuranceRef<'_, '_>, Vec<ServiceRef<'_, '_>>> = BTreeMap::new();
    let mut not_first: HashSet<AssuranceRef<'_, '_>> = HashSet::new();
    for service in cx.services() {
        for family in Family::ALL {
            let reports = reports_over(service, family);
            let undated = reports.len() > 1 && reports.iter().any(|report| report.end().is_none());
            if undated || service.is_succession_uncertain(family) {
                not_first.extend(reports);
            } else if let Some((earliest, later)) = reports.split_first() {
                first.entry(*earliest).or_default().push(service);
                not_first.extend(later);
            }
        }
    }
    first
        .into_iter()
        .filter(|(report, _)| !not_first.contains(report))
        .filter_map(|(report, services)| judge(cx, report, &services))
        .collect()
}

/// The reports of a family over a service, the earliest first, except planned ones and a withdrawn type 1, which no
/// longer shows readiness. A withdrawn type 2 does count: the next one is not the first.
fn reports_over<'e, 'a>(service: ServiceRef<'e, 'a>, family: Family) -> Vec<AssuranceRef<'e, 'a>> {
    let counts = |report: AssuranceRef<'_, '_>| match report.head().status.map(|status| status.value) {
        Some(CertificateStatus::Planned) => report.standing == Standing::Issued,
        Some(CertificateStatus::Withdrawn) => report.report_type != Some(ReportType::One),
        _ => true,
    };
    let assurances = service.assurances();
    let mut reports: Vec<AssuranceRef<'_, '_>> = assurances
        .filter(|report| report.is_of(family) && report.is_about(service) && counts(*report))
        .collect();
    reports.sort_by_key(|report| (report.end(), report.issued.is_none(), report.issued, *report));
    reports
}

fn judge(cx: &Context<'_, '_>, assurance: AssuranceRef<'_, '_>, services: &[ServiceRef<'_, '_>]) -> Option<Finding> {
    let report = assurance.as_report()?;
    let stated = report.body.report_type.known()?;
    let begun = matches!(assurance.standing, Standing::Issued | Standing::Upcoming);
    let evidenced = names_evidence(&report.body.readiness);
    if stated.value != ReportType::Two || !begun || evidenced || report.body.predecessor.stated {
        return None;
    }
    // A report that is long over, or over no remaining service, can no longer be prepared for.
    let of_old = assurance
        .end()
        .is_some_and(|end| calendar::plus(end, Duration::months(12)) < cx.as_of);
    if of_old || services.iter().all(|service| service.body.may_be_retired()) {
        return None;
    }
    let message = format!(
        "{} is the first declared type 2 report on {} over {}, but no evidence of readiness for it is declared",
        words::report(assurance),
        words::subject_matter(assurance),
        words::services(services)
    );
    let finding = RULE
        .finding(
            report.path(),
            report.place(),
            "neither `readiness` nor `predecessor`",
            message,
        )
        .related(report.at(stated.span), "type 2: over a whole period");
    let finding = services.iter().take(3).fold(finding, |finding, service| {
        let label = format!("no earlier report is declared to cover `{}`", service.name());
        finding.related(service.place(), label)
    });
    Some(finding.help("link the evidence in `readiness` (for example, a readiness assessment); if there was an earlier report, name it in `predecessor`"))
}
