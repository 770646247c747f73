//! A report on controls relevant to financial reporting covers only services that are declared to have no effect on it.

use crate::estate::{ReportRef, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::manifest::FinancialImpact;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "icfr-without-financial-impact",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Note,
    summary: "A report on controls relevant to financial reporting covers only services that are declared to have no effect on it.",
    references: &["AT-C 320"],
    options: &[],
    yields_to: &[YieldsTo::on_named("financial-impact-understated")],
    page: include_str!("icfr_without_financial_impact.md"),
    check: Check::Report(judge),
};

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    // A service that nobody can see may have an effect.
    if cx.may_hide("services") || !is_without_impact(report) {
        return None;
    }
    let services = services_of(report);
    // Where others whose impact is declared are built on it, its own word is not the last.
    let mut relied_on = services
        .iter()
        .filter(|service| service.is_demanded_by_others(Family::Icfr));
    let is_judged = relied_on.next().is_none();
    is_judged.then(|| finding(report).naming(services.iter().map(|service| service.path())))
}

/// The services that a report covers or that claim it. Worked out for one at a time: of many reports and services, all
/// together are a product.
fn services_of<'e, 'a>(report: ReportRef<'e, 'a>) -> Vec<ServiceRef<'e, 'a>> {
    let assurance = report.assurance();
    let claiming = assurance.claims().map(|claimed| claimed.service);
    let mut services: Vec<ServiceRef<'_, '_>> = assurance.covered().chain(claiming).collect();
    services.sort_unstable();
    services.dedup();
    services
}

fn is_without_impact(report: ReportRef<'_, '_>) -> bool {
    let assurance = report.assurance();
    assurance.is_live()
        && assurance.is_of(Family::Icfr)
        && !assurance.covers_unknown
        && assurance.covered().next().is_some()
        && services_of(report).iter().all(|service| {
            let impact = service.body.financial_impact.value();
            matches!(impact, Some(FinancialImpact::None | FinancialImpact::OwnBooks))
        })
}

fn finding(report: ReportRef<'_, '_>) -> Finding {
    let covered: Vec<ServiceRef<'_, '_>> = report.assurance().covered().collect();
    let message = format!(
        "the {} report `{}` speaks about {}, but covers only {}, declared to have no effect on that",
        report.title(),
        report.name(),
        Family::Icfr.subject_matter(),
        words::services(&covered)
    );
    let place = match report.body.framework.known() {
        Some(framework) => report.at(framework.span),
        None => report.place(),
    };
    let mut finding = RULE.finding(
        report.path(),
        place,
        format!("speaks about {}", Family::Icfr.subject_matter()),
        message,
    );
    for service in covered {
        if let Some(impact) = service.body.financial_impact.known() {
            finding = finding.related(
                service.at(impact.span),
                format!("`{}` has {}, as declared", service.name(), words::impact(impact.value)),
            );
        }
    }
    finding.help("if the services do matter to user entities' financial reporting, correct `financial-impact`; if they do not, readers are better served by a report on the trust services criteria")
}
