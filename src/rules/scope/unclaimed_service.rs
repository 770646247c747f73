//! An offered service is not covered by any report or certificate.

use crate::estate::{Coverage, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::Service;
use crate::model::{Lifecycle, Purpose};
use crate::rules::{Check, Context, Group, Rule, YieldsTo};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "unclaimed-service",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Note,
    summary: "An offered service is not covered by any report or certificate.",
    references: &["CSF GV.OC-05"],
    options: &[],
    yields_to: &[
        YieldsTo::on_subject("financial-impact-without-icfr-report"),
        YieldsTo::on_subject("control-plane-without-security-assurance"),
        YieldsTo::on_subject("strongest-dependency-ignored"),
    ],
    page: include_str!("unclaimed_service.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let body = &service.body;
    let in_production = body.lifecycle.is_absent() || body.lifecycle.value() == Some(Lifecycle::Production);
    if !service.readable || !body.is_offered() || !in_production || is_for_us_only(body) {
        return None;
    }
    // Unknown coverage may include any service.
    if cx.is_any_coverage_unknown() {
        return None;
    }
    let covered = service
        .assurances()
        .any(|assurance| assurance.standing() != Standing::Gone);
    let uncertain = Family::ALL
        .iter()
        .any(|family| service.coverage(*family) != Coverage::No);
    if covered || uncertain || body.kind.is_unknown() || body.financial_impact.is_unknown() {
        return None;
    }
    let name = service.name();
    let message = format!("`{name}` is offered to user entities, but no declared report or certificate covers it");
    let mut finding = RULE.finding(service.path(), service.place(), "not covered", message);
    for claimed in service.claims() {
        if let Some(place) = claimed.place() {
            let label = format!("{} is withdrawn or was never issued", claimed.assurance.title());
            finding = finding.related(place, label);
        }
    }
    Some(finding.help("claim the report that covers it; if it is not offered to others, state `exposure = \"internal\"`; if it is left out on purpose, state `scope = \"out\"` with an `exclusion`"))
}

/// Whether the only purpose that is, or may be, stated for it is the organization's own governance.
fn is_for_us_only(body: &Service<'_>) -> bool {
    let purposes = || {
        let claimed = body.claims.iter().map(|claim| &claim.value.purpose);
        std::iter::once(&body.assurance_for).chain(claimed)
    };
    let stated = purposes().any(|purposes| !purposes.is_surely_empty());
    let mut all = purposes().flat_map(|purposes| purposes.iter());
    stated && all.all(|purpose| purpose.value == Purpose::InternalGovernance)
}
