//! A commitment to users is not in any category that the service's reports cover.

use crate::decode::Val;
use crate::estate::{AssuranceRef, Coverage, Origin, SecurityShown, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{Category, Framework, Lifecycle, list_words};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "commitment-without-category",
    since: "0.1.0",
    group: Group::Governance,
    severity: Severity::Warning,
    summary: "A commitment to users is not in any category that the service's reports cover.",
    references: &["TSP 100", "GV.OC-03"],
    options: &[],
    yields_to: &[
        YieldsTo::on_subject("unclaimed-service"),
        YieldsTo::on_subject("dual-purpose-service-single-family"),
        YieldsTo::on_subject("financial-impact-without-icfr-report"),
        YieldsTo::on_subject("control-plane-without-security-assurance"),
    ],
    page: include_str!("commitment_without_category.md"),
    check: Check::Service(judge),
};

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let body = &service.body;
    let in_use = !body.lifecycle.is_unknown() && body.lifecycle.value() != Some(Lifecycle::Retired);
    if !in_use || !body.is_in_scope() || service.is_succession_uncertain(Family::TrustServices) {
        return None;
    }
    let assurances = service.live_reports(Family::TrustServices);
    if body.commitments.items.is_empty() || assurances.clone().any(|report| categories(report).is_none()) {
        return None;
    }
    let examines = |category: Category| {
        let mut all = assurances.clone().filter_map(categories).flatten();
        all.any(|examined| examined.value == category)
    };
    let mut promised = body.commitments.iter().filter(|c| !examines(c.value));
    let first = promised.next()?;
    let others: Vec<_> = promised.collect();
    let assurances: Vec<AssuranceRef<'_, '_>> = assurances.collect();
    let named: Vec<&str> = std::iter::once(first)
        .chain(others.iter().copied())
        .map(|commitment| words::category(commitment.value))
        .collect();
    if assurances.is_empty() {
        return nothing_is_shown(service, first, &named);
    }
    let reports: Vec<String> = assurances.iter().map(|report| words::report(*report)).collect();
    let message = format!(
        "`{}` promises {} to its users, but the declared categories of {} do not include that",
        service.name(),
        list_words(&named, "and"),
        list_words(&reports, "and")
    );
    let place = service.at(first.span);
    let mut finding = RULE.finding(service.path(), place, "promised to its users", message);
    for other in others {
        finding = finding.related(service.at(other.span), "also promised");
    }
    for report in assurances {
        if let Some(report) = report.as_report() {
            let label = format!("the categories of `{}`", report.name());
            finding = finding.related(report.at(report.body.categories.span), label);
        }
    }
    let help = "have the next report cover the category; if it was examined, add it to the report's `categories`; if nothing is promised, remove the commitment";
    Some(finding.yields_to_none().help(help))
}

/// A commitment that neither a report on the trust services criteria nor anything else addresses.
fn nothing_is_shown(service: ServiceRef<'_, '_>, first: &Val<Category>, named: &[&str]) -> Option<Finding> {
    let body = &service.body;
    let is_privacy_alone = body.commitments.iter().all(|c| c.value == Category::Privacy);
    let is_shown = service.coverage(Family::TrustServices) != Coverage::No
        || service.security_otherwise_shown() != SecurityShown::No
        || is_privacy_alone && privacy_may_be_certified(service);
    if !service.readable || !body.is_offered() || body.commitments.damaged || is_shown {
        return None;
    }
    let message = format!(
        "`{}` promises {} to its users, but no declared report or certificate addresses that",
        service.name(),
        list_words(named, "and")
    );
    let finding = RULE
        .finding(service.path(), service.at(first.span), "promised to its users", message)
        .severity(Severity::Note);
    Some(finding.help("have a report on the trust services criteria (SOC 2, SOC 3 or ISAE 3000) cover it, in those categories, and declare it; a planned one counts; if nothing is promised, remove the commitment"))
}

/// Whether an ISO/IEC 27701 certificate that covers it is, or may be, valid.
fn privacy_may_be_certified(service: ServiceRef<'_, '_>) -> bool {
    service.assurances().any(|assurance| {
        let has_lapsed = match assurance.origin() {
            Origin::Certificate(certificate) => certificate.has_lapsed() == Some(true),
            Origin::Report(_) => false,
        };
        assurance.framework == Some(Framework::Iso27701) && assurance.standing() != Standing::Gone && !has_lapsed
    })
}

/// The categories that a report covers; `None` when it states none, or some could not be read.
fn categories<'e>(assurance: AssuranceRef<'e, '_>) -> Option<&'e [Val<Category>]> {
    let categories = &assurance.as_report()?.entity().body.categories;
    let stated = !categories.items.is_empty() && !categories.damaged;
    stated.then_some(&categories.items)
}
