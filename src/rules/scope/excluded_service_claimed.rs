//! A service is out of scope, but claims a report or is named in a report's `covers`.

use crate::estate::{AssuranceRef, ServiceRef, Standing, Succession};
use crate::finding::{Finding, Severity};
use crate::model::list_words;
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "excluded-service-claimed",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Error,
    summary: "A service is out of scope, but claims a report or is named in a report's `covers`.",
    references: &["DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("excluded_service_claimed.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    claimed_though_excluded(cx)
        .into_iter()
        .filter_map(|(service, reports)| judge(cx, service, &reports))
        .collect()
}

/// The services of the findings, each with the reports concerned.
fn claimed_though_excluded<'e>(cx: &'e Context<'_, '_>) -> BTreeMap<ServiceRef<'e, 'e>, Vec<AssuranceRef<'e, 'e>>> {
    let mut found = BTreeMap::new();
    // A report that could not be read may be the newer one that leaves a service out.
    if cx.may_hide("reports") {
        return found;
    }
    let mut succession = None;
    for service in cx.services().filter(|service| service.is_excluded()) {
        let assurances = service.assurances();
        let reports: Vec<AssuranceRef<'_, '_>> = assurances
            .filter(|report| report.is_report() && report.standing() == Standing::Issued)
            .filter(|report| {
                let succession = succession.get_or_insert_with(|| Succession::of(cx));
                !succession.leaves_out(*report, service)
            })
            .collect();
        if !reports.is_empty() {
            found.insert(service, reports);
        }
    }
    found
}

fn judge(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>, reports: &[AssuranceRef<'_, '_>]) -> Option<Finding> {
    let scope = service.body.scope.known()?;
    let (mut claimed_and_named, mut claimed, mut naming) = (Vec::new(), Vec::new(), Vec::new());
    let mut related = Vec::new();
    for report in reports.iter().copied() {
        let claims = service.claims().filter(|claimed| claimed.assurance == report);
        let claims: Vec<Place> = claims.filter_map(|claimed| claimed.place()).collect();
        let named = named_in_covers(cx, report, service);
        let group = match (claims.is_empty(), named) {
            (false, Some(_)) => &mut claimed_and_named,
            (false, None) => &mut claimed,
            _ => &mut naming,
        };
        group.push(words::report(report));
        let claimed_anyway = |place| (place, "claimed nonetheless".to_owned());
        related.extend(claims.into_iter().map(claimed_anyway));
        related.extend(named.map(|place| (place, format!("`{}` names it as covered", report.name()))));
    }
    let groups = [
        (
            &claimed_and_named,
            "it claims ",
            [", which names it in `covers`", ", which name it in `covers`"],
        ),
        (&claimed, "it claims ", ["", ""]),
        (&naming, "", [" names it in `covers`", " name it in `covers`"]),
    ];
    let groups = groups.into_iter().filter(|(reports, ..)| !reports.is_empty());
    let clauses: Vec<String> = groups
        .map(|(reports, before, [one, many])| {
            let after = if reports.len() == 1 { one } else { many };
            format!("{before}{}{after}", list_words(reports, "and"))
        })
        .collect();
    let message = format!(
        "`{}` is declared out of scope, but {}",
        service.name(),
        list_words(&clauses, "and")
    );
    let finding = RULE.finding(service.path(), service.at(scope.span), "declared out of scope", message);
    let finding = related
        .into_iter()
        .fold(finding, |finding, (place, label)| finding.related(place, label));
    Some(finding.help("check the report's own scope: if the service is in it, remove `scope = \"out\"`; if not, remove the claim or the name in `covers`"))
}

/// Where a report names a service; a glob never matches one that is out of scope.
fn named_in_covers(
    cx: &Context<'_, '_>,
    assurance: AssuranceRef<'_, '_>,
    service: ServiceRef<'_, '_>,
) -> Option<Place> {
    let report = assurance.as_report()?;
    let mut names = report.body.covers.iter();
    let name = names.find(|name| cx.service_named(report.namespace, &name.value) == Some(service))?;
    Some(report.at(name.span))
}
