//! SEC issuers rely on a service whose newest SOC 1 report lists no control objectives.

use crate::estate::{AssuranceRef, ReportRef, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::Framework;
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "sec-issuer-without-icfr-objectives",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "SEC issuers rely on a service whose newest SOC 1 report lists no control objectives.",
    references: &["PCAOB AS 2201.B17", "SOX 404", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("sec_issuer_without_icfr_objectives.md"),
    check: Check::Report(judge),
};

/// Whether SEC issuers rely on a service in use.
fn has_issuers(service: &ServiceRef<'_, '_>) -> bool {
    let user_entities = service.body.user_entities.get();
    let issuers = user_entities.and_then(|user_entities| user_entities.sec_issuers.value());
    service.readable && service.body.is_in_use() && issuers == Some(true)
}

/// The newest issued SOC 1 report for a service; if none is issued, the newest upcoming one.
fn newest_soc1<'e, 'a>(service: ServiceRef<'e, 'a>) -> Option<AssuranceRef<'e, 'a>> {
    let soc1 = [Standing::Issued, Standing::Upcoming].map(|standing| {
        let reports = service.reports(Family::Icfr, standing);
        reports.filter(|report| may_be_soc1(*report)).collect::<Vec<_>>()
    });
    let candidates = soc1.into_iter().find(|reports| !reports.is_empty())?;
    service.surely_newest(Family::Icfr, candidates.into_iter())
}

fn may_be_soc1(assurance: AssuranceRef<'_, '_>) -> bool {
    match assurance.as_report() {
        Some(report) => {
            let body = &report.body;
            body.framework.value() == Some(Framework::Soc1)
                || body.also.find(&Framework::Soc1).is_some()
                || body.also.damaged
        }
        None => assurance.framework == Some(Framework::Soc1),
    }
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let body = &report.body;
    let lists = !body.objectives.is_empty() || body.objectives.is_damaged() || cx.may_hide("objectives");
    let assurance = report.assurance();
    if lists || body.also.damaged || !assurance.is_of(Family::Icfr) || !may_be_soc1(assurance) {
        return None;
    }
    let services = assurance.services().into_iter();
    let relying = services.filter(|service| has_issuers(service) && newest_soc1(*service) == Some(assurance));
    let services: Vec<ServiceRef<'_, '_>> = relying.collect();
    if services.is_empty() {
        return None;
    }
    let issued = report.assurance().standing() == Standing::Issued;
    let which = if issued {
        "the newest SOC 1 report"
    } else {
        "not issued yet"
    };
    let message = format!(
        "SEC issuers are declared among the user entities of {}, but the {} report `{}`, {which}, lists no control objectives",
        words::services(&services),
        report.title(),
        report.name(),
    );
    let mut finding = RULE.finding(report.path(), report.place(), "no `objectives`", message);
    if !issued {
        finding = finding.severity(Severity::Warning);
    }
    if let Some(soc1) = body.also.find(&Framework::Soc1) {
        finding = finding.related(report.at(soc1.span), "also a SOC 1 report");
    }
    for service in &services {
        if let Some(issuers) = service.body.user_entities.get().and_then(|u| u.sec_issuers.known()) {
            finding = finding.related(
                service.at(issuers.span),
                format!("SEC issuers rely on `{}`", service.name()),
            );
        }
    }
    Some(finding.help("list the control objectives of the report under `objectives`, each with its controls: auditors of SEC issuers link their own assessment to them"))
}
