//! A report on controls relevant to financial reporting covers only services that are declared to have no effect on it.

use crate::estate::Entity;
use crate::finding::{Finding, Severity};
use crate::manifest::{FinancialImpact, Report};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;
use std::collections::HashMap;
use std::sync::Arc;

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
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    // A service that nobody can see may have an effect.
    if cx.may_hide("services") {
        return Vec::new();
    }
    let reports = cx.reports.iter().enumerate();
    let bare: Vec<_> = reports.filter(|(id, _)| is_without_impact(cx, *id)).collect();
    if bare.is_empty() {
        return Vec::new();
    }
    let demands = cx.demands(Family::Icfr);
    // Where others whose impact is declared are built on it, its own word is not the last.
    let is_relied_on = |service: &usize| {
        demands[*service]
            .iter()
            .any(|demand| demand.origin as usize != *service)
    };
    // Reports over the same services name them together.
    let mut named: HashMap<Vec<usize>, Arc<[String]>> = HashMap::new();
    bare.into_iter()
        .map(|(id, report)| (id, report, services_of(cx, id)))
        .filter(|(_, _, services)| !services.iter().any(is_relied_on))
        .map(|(id, report, services)| {
            let paths = |services: &[usize]| {
                services
                    .iter()
                    .map(|service| cx.path(cx.services.get(*service)))
                    .collect()
            };
            let names = match named.get(&services) {
                Some(names) => names.clone(),
                None => named
                    .entry(services)
                    .or_insert_with_key(|services| paths(services))
                    .clone(),
            };
            finding(cx, id, report).naming(names)
        })
        .collect()
}

/// The services that a report covers or that claim it. Worked out for one at a time: of many reports and services, all
/// together are a product.
fn services_of(cx: &Context<'_, '_>, id: usize) -> Vec<usize> {
    let claiming = cx.claimed_by(id).iter().map(|(service, _)| *service);
    let mut services: Vec<usize> = cx.services_covered(id).iter().copied().chain(claiming).collect();
    services.sort_unstable();
    services.dedup();
    services
}

fn is_without_impact(cx: &Context<'_, '_>, id: usize) -> bool {
    let assurance = cx.assurance(id);
    assurance.is_live()
        && assurance.is_of(Family::Icfr)
        && !assurance.covers_unknown
        && !cx.services_covered(id).is_empty()
        && services_of(cx, id).iter().all(|service| {
            let impact = cx.services.get(*service).body.financial_impact.value();
            matches!(impact, Some(FinancialImpact::None | FinancialImpact::OwnBooks))
        })
}

fn finding<'a>(cx: &Context<'_, 'a>, id: usize, report: &Entity<'a, Report<'a>>) -> Finding {
    let covered = cx.services_covered(id);
    let message = format!(
        "the {} report `{}` speaks about {}, but covers only {}, declared to have no effect on that",
        cx.assurance_title(id),
        cx.name(report),
        Family::Icfr.subject_matter(),
        words::services(cx, covered)
    );
    let place = match report.body.framework.known() {
        Some(framework) => report.at(framework.span),
        None => report.place(),
    };
    let mut finding = RULE.finding(
        cx.path(report),
        place,
        format!("speaks about {}", Family::Icfr.subject_matter()),
        message,
    );
    for service in covered {
        let service = cx.services.get(*service);
        if let Some(impact) = service.body.financial_impact.known() {
            finding = finding.related_with(service.at(impact.span), || {
                format!(
                    "`{}` has {}, as declared",
                    cx.name(service),
                    words::impact(impact.value)
                )
            });
        }
    }
    finding.help("if the services do matter to user entities' financial reporting, correct `financial-impact`; if they do not, readers are better served by a report on the trust services criteria")
}
