//! A report on controls relevant to financial reporting covers only services declared to have no effect on it.

use crate::estate::{ReportRef, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::model::FinancialImpact;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;
use std::collections::HashMap;
use std::sync::Arc;

pub static RULE: Rule = Rule {
    name: "icfr-without-financial-impact",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Note,
    summary: "A report on controls relevant to financial reporting covers only services declared to have no effect on it.",
    references: &["AT-C 320"],
    options: &[],
    yields_to: &[YieldsTo::on_named("financial-impact-understated")],
    page: include_str!("icfr_without_financial_impact.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    // A service that could not be read may have an effect.
    if cx.may_hide("services") {
        return Vec::new();
    }
    // Reports over the same services name them together.
    let mut named: HashMap<Vec<ServiceRef<'_, '_>>, Arc<[String]>> = HashMap::new();
    let bare = cx.reports().filter(|report| is_without_impact(*report));
    bare.filter_map(|report| {
        let services = services_of(report);
        // Where services with a declared impact depend on it, its own statement does not decide.
        if services
            .iter()
            .any(|service| service.is_demanded_by_others(Family::Icfr))
        {
            return None;
        }
        let names = match named.get(&services) {
            Some(names) => names.clone(),
            None => {
                let names: Arc<[String]> = services.iter().map(|service| service.path()).collect();
                named.insert(services, names.clone());
                names
            }
        };
        Some(finding(report).naming(names))
    })
    .collect()
}

/// The services that a report covers or that claim it. Computed for one report at a time: with many reports and
/// services, all of them together grow as a product.
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
    assurance.is_of(Family::Icfr)
        && !assurance.covers_unknown
        && assurance.covered().next().is_some()
        && services_of(report).iter().all(|service| {
            let impact = service.body.financial_impact.value();
            matches!(impact, Some(FinancialImpact::None | FinancialImpact::OwnBooks))
        })
        && assurance.is_live()
}

fn finding(report: ReportRef<'_, '_>) -> Finding {
    let covered: Vec<ServiceRef<'_, '_>> = report.assurance().covered().collect();
    let message = format!(
        "the {} report `{}` reports on {}, but covers only {}, declared to have no effect on it",
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
        format!("reports on {}", Family::Icfr.subject_matter()),
        message,
    );
    for service in covered {
        if let Some(impact) = service.body.financial_impact.known() {
            finding = finding.related_with(service.at(impact.span), || {
                format!(
                    "`{}` is declared to have {}",
                    service.name(),
                    words::impact(impact.value)
                )
            });
        }
    }
    finding.help("if the services do matter to user entities' financial reporting, correct `financial-impact`; if they do not, readers are better served by a report on the trust services criteria")
}
