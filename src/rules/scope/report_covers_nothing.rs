//! A claimed report does not say which services it covers.

use crate::estate::{Origin, Standing};
use crate::finding::{Finding, Label, Severity};
use crate::model::{AssuranceId, ServiceId};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "report-covers-nothing",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A claimed report does not say which services it covers.",
    references: &["DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("report_covers_nothing.md"),
    check: Check::Estate(check),
};

/// Who claims it, and where.
type Claims = Vec<(ServiceId, Place)>;

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut claimed: BTreeMap<AssuranceId, Claims> = BTreeMap::new();
    for (index, service) in cx.services.enumerate() {
        for (entry, id) in cx.claims_of(index) {
            if let Some(reference) = service.body.claims.items[*entry].value.report.known() {
                let claim = (index, service.at(reference.span));
                claimed.entry(*id).or_default().push(claim);
            }
        }
    }
    claimed
        .into_iter()
        .filter_map(|(id, claims)| judge(cx, id, claims))
        .collect()
}

fn judge(cx: &Context<'_, '_>, id: AssuranceId, claims: Claims) -> Option<Finding> {
    let assurance = cx.assurance(id);
    let Origin::Report(index) = assurance.origin else {
        return None;
    };
    if assurance.standing != Standing::Issued || assurance.states_covers || !cx.is_report(id) {
        return None;
    }
    let report = cx.reports.get(index);
    let mut services: Vec<ServiceId> = claims.iter().map(|(service, _)| *service).collect();
    services.dedup();
    let message = format!(
        "{} is claimed by {}, but declares no services that it covers",
        words::report(cx, id),
        words::services(cx, &services)
    );
    let mut finding = RULE.finding(cx.path(report), report.place(), "no `covers`", message);
    finding.related.extend(claims.into_iter().map(|(service, place)| {
        let name = cx.name(cx.services.get(service));
        let text = format!("`{name}` tells its readers that it is covered");
        Label { place, text }
    }));
    Some(finding.help("list in `covers` the services that the report's own scope names"))
}
