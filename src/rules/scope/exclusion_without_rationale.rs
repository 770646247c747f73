//! A service is out of scope, and it is not said why or by whom, or no longer.

use crate::decode::Field;
use crate::estate::Entity;
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Classification, Scope, Service};
use crate::rules::{Context, Group, Rule, words};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "exclusion-without-rationale",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A service is out of scope, and it is not said why or by whom, or no longer.",
    references: &["ISO/IEC 27001 4.3"],
    options: &[],
    page: include_str!("exclusion_without_rationale.md"),
    check,
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    cx.services.iter().filter_map(|service| judge(cx, service)).collect()
}

fn judge<'a>(cx: &Context<'_, 'a>, service: &Entity<'a, Service<'a>>) -> Option<Finding> {
    let body = &service.body;
    let scope = body.scope.known().filter(|scope| scope.value == Scope::Out)?;
    let (mut lacking, mut expired) = (Vec::new(), None);
    let place = match &body.exclusion {
        Field::Unknown(_) => return None,
        Field::Absent => {
            lacking.extend(["no reason", "no approver"]);
            scope.span
        }
        Field::Known(exclusion) => {
            if !exclusion.value.reason.says_something() {
                lacking.push("no reason");
            }
            if !exclusion.value.approved_by.says_something() {
                lacking.push("no approver");
            }
            expired = exclusion
                .value
                .expires
                .known()
                .filter(|expires| expires.value.0 < cx.as_of);
            match expired {
                Some(expires) if lacking.is_empty() => expires.span,
                _ => exclusion.span,
            }
        }
    };
    let mut faults = Vec::new();
    if !lacking.is_empty() {
        faults.push(format!("states {}", list_words(&lacking, "and")));
    }
    if let Some(expires) = expired {
        faults.push(format!("expired on {}", expires.value));
    }
    let faults = list_words(&faults, "and");
    if faults.is_empty() {
        return None;
    }
    let name = cx.name(service);
    let message = format!("`{name}` is declared out of scope, but its exclusion {faults}");
    let mut finding = RULE.finding(
        cx.path(service),
        service.at(place),
        format!("the exclusion {faults}"),
        message,
    );
    if let Some((place, label)) = weight(cx, service) {
        finding = finding.severity(Severity::Error).related(place, label);
    }
    if let Some(expires) = expired {
        finding = finding.related(service.at(expires.span), "the last day it held");
    }
    let finding = finding.related(service.at(scope.span), "declared out of scope");
    Some(finding.help("state why it is out and who approved that, in `exclusion = { reason = .., approved-by = .. }`; once an exclusion has expired, have it approved again, or take the service into scope"))
}

/// What makes an exclusion weigh more: financial impact, or restricted data.
fn weight<'a>(cx: &Context<'_, 'a>, service: &Entity<'a, Service<'a>>) -> Option<(Place, String)> {
    let body = &service.body;
    if let Some(impact) = body.financial_impact.known().filter(|_| body.has_financial_impact()) {
        let label = format!("{} on user entities' financial reporting", words::impact(impact.value));
        return Some((service.at(impact.span), label));
    }
    body.data.iter().find_map(|name| {
        let index = cx.data.resolve(&cx.namespaces, service.namespace, &name.value)?;
        let restricted = cx.data.get(index).body.classification.value() == Some(Classification::Restricted);
        restricted.then(|| (service.at(name.span), "restricted data".to_owned()))
    })
}
