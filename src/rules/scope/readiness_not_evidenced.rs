//! The first type 2 report over its services has no evidence of readiness.

use crate::calendar;
use crate::estate::{AssuranceRef, ReportRef, ServiceRef, Standing, names_evidence};
use crate::finding::{Finding, Severity};
use crate::model::{CertificateStatus, Duration, ReportType};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

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
    check: Check::Report(judge),
};

/// The services of a report, if it is the first of its family: there is no earlier one over any of them.
fn first_over<'e, 'a>(report: AssuranceRef<'e, 'a>) -> Option<Vec<ServiceRef<'e, 'a>>> {
    let family = report.family.known().filter(|_| counts(report))?;
    let services = report.services();
    let is_first = |service: &ServiceRef<'e, 'a>| {
        let reports = reports_over(*service, family);
        let undated = reports.len() > 1 && reports.iter().any(|report| report.end().is_none());
        !undated && !service.is_succession_uncertain(family) && reports.first() == Some(&report)
    };
    (!services.is_empty() && services.iter().all(is_first)).then_some(services)
}

/// Not planned ones, and not a withdrawn type 1, which no longer shows readiness. A withdrawn type 2 does count: the next
/// one is not the first.
fn counts(report: AssuranceRef<'_, '_>) -> bool {
    match report.head().status.map(|status| status.value) {
        Some(CertificateStatus::Planned) => report.standing() == Standing::Issued,
        Some(CertificateStatus::Withdrawn) => report.report_type != Some(ReportType::One),
        _ => true,
    }
}

/// The reports of a family over a service that count, the earliest first.
fn reports_over<'e, 'a>(service: ServiceRef<'e, 'a>, family: Family) -> Vec<AssuranceRef<'e, 'a>> {
    let assurances = service.assurances();
    let mut reports: Vec<AssuranceRef<'_, '_>> = assurances
        .filter(|report| report.is_of(family) && report.is_about(service) && counts(*report))
        .collect();
    reports.sort_by_key(|report| (report.end(), report.issued.is_none(), report.issued, *report));
    reports
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let assurance = report.assurance();
    let stated = report.body.report_type.known()?;
    let evidenced = names_evidence(&report.body.readiness);
    let begun = || matches!(assurance.standing(), Standing::Issued | Standing::Upcoming);
    if stated.value != ReportType::Two || evidenced || report.body.predecessor.stated || !begun() {
        return None;
    }
    // A report that is long over, or over no remaining service, can no longer be prepared for.
    let of_old = assurance
        .end()
        .is_some_and(|end| calendar::plus(end, Duration::months(12)) < cx.as_of);
    if of_old {
        return None;
    }
    let services = first_over(assurance)?;
    if services.iter().all(|service| service.body.may_be_retired()) {
        return None;
    }
    let message = format!(
        "{} is the first declared type 2 report on {} over {}, but no evidence of readiness for it is declared",
        words::report(assurance),
        words::subject_matter(assurance),
        words::services(&services)
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
