//! A third party that operates a service covered by a report is not declared as a subservice organization.

use crate::estate::{ReportRef, ServiceRef, ThirdPartyRef};
use crate::finding::{Finding, Severity};
use crate::model::Role;
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "operator-declared-vendor",
    since: "0.2.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A third party that operates a service covered by a report is not declared as a subservice organization.",
    references: &["DC 200", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("operator_declared_vendor.md"),
    check: Check::ThirdParty(judge),
};

/// A service that a third party operates and that reports cover.
struct Operated<'e, 'a> {
    service: ServiceRef<'e, 'a>,
    /// Where the operator is stated.
    place: Place,
    reports: Vec<(Family, ReportRef<'e, 'a>)>,
}

/// A service in use that a third party operates and that the newest issued report of a family covers, and its operator.
fn operated<'e, 'a>(
    cx: &'e Context<'_, 'a>,
    service: ServiceRef<'e, 'a>,
) -> Option<(ThirdPartyRef<'e, 'a>, Operated<'e, 'a>)> {
    let by = service.body.operated_by.known()?;
    let operator = cx.third_party_named(service.namespace, &by.value)?;
    let newest = Family::ALL.into_iter().filter_map(|family| {
        let known = !service.is_succession_uncertain(family);
        let newest = service.newest(family).filter(|newest| known && newest.is_report())?;
        let report = newest.as_report()?;
        newest.covers(service).then_some((family, report))
    });
    let reports: Vec<(Family, ReportRef<'_, '_>)> = newest.collect();
    let counts = service.body.is_in_use() && !reports.is_empty();
    counts.then(|| {
        let operated = Operated {
            service,
            place: service.at(by.span),
            reports,
        };
        (operator, operated)
    })
}

fn judge(cx: &Context<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Option<Finding> {
    let body = &third_party.body;
    if !third_party.readable || body.may_be(Role::SubserviceOrganization) || body.csocs_not_needed.explains() {
        return None;
    }
    let operated = third_party.services().filter_map(|service| {
        let (operator, operated) = operated(cx, service)?;
        (operator == third_party).then_some(operated)
    });
    let operated: Vec<Operated<'_, '_>> = operated.collect();
    let services: Vec<ServiceRef<'_, '_>> = operated.iter().map(|operated| operated.service).collect();
    let (_, first) = operated.first()?.reports.first()?;
    let declared = match body.role.items.first() {
        Some(role) => format!("is declared as a {}", role.value),
        None => "is declared without a role".to_owned(),
    };
    let message = format!(
        "`{}` operates {}, which {} covers, but {declared}",
        third_party.name(),
        words::services(&services),
        words::report(*first)
    );
    let (place, label) = match body.role.items.first() {
        Some(role) => (third_party.at(role.span), "a role whose controls no report relies on"),
        None => (third_party.place(), "no `role`"),
    };
    let mut finding = RULE.finding(third_party.path(), place, label, message);
    for operated in &operated {
        let service = operated.service;
        finding = finding.related(operated.place, format!("it operates `{}`", service.name()));
        for (_, report) in &operated.reports {
            let label = format!("`{}` covers `{}`", report.name(), service.name());
            finding = finding.related(report.at(report.body.covers.span), label);
        }
    }
    let is_in = |family| {
        operated
            .iter()
            .flat_map(|operated| &operated.reports)
            .any(|(of, _)| *of == family)
    };
    finding = match (is_in(Family::Icfr), is_in(Family::TrustServices)) {
        (true, false) => finding.citing(&["AT-C 320"]),
        (false, true) => finding.citing(&["DC 200"]),
        _ => finding,
    };
    finding = words::unexplained(finding, &body.csocs_not_needed, |span| third_party.at(span));
    Some(finding.help("declare it as a `subservice-organization` and state in `method` whether reports carve it out or include it; if it works under our controls only, state that in `csocs-not-needed`"))
}
