//! A service is out of scope without a stated reason or approver, or its exclusion has expired.

use crate::decode::Field;
use crate::estate::ServiceRef;
use crate::finding::{Finding, Severity};
use crate::model::{Classification, Scope, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "exclusion-without-rationale",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A service is out of scope without a stated reason or approver, or its exclusion has expired.",
    references: &["ISO/IEC 27001 4.3"],
    options: &[],
    yields_to: &[],
    page: include_str!("exclusion_without_rationale.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let scope = service.body.scope.known().filter(|scope| scope.value == Scope::Out)?;
    let name = service.name();
    let exclusion = match &*service.body.exclusion {
        Field::Unknown(_) => return None,
        // A table with a syntax error leaves nothing behind.
        Field::Absent if cx.may_hide(&service.id) => return None,
        Field::Absent => {
            let message =
                format!("`{name}` is declared out of scope, but neither the reason nor the approver is stated");
            let finding = RULE.finding(service.path(), service.at(scope.span), "no `exclusion`", message);
            return Some(weighed(cx, service, finding).help(HELP));
        }
        Field::Known(exclusion) => exclusion,
    };
    let (mut faults, mut place) = (Vec::new(), exclusion.span);
    if !exclusion.value.reason.explains() {
        faults.push("states no reason".to_owned());
    }
    if !exclusion.value.approved_by.says_something() {
        faults.push("states no approver".to_owned());
    }
    let expires = exclusion.value.expires.known();
    let expired = expires.filter(|expires| expires.value.0 < cx.as_of);
    if let Some(expires) = expired {
        if faults.is_empty() {
            place = expires.span;
        }
        faults.push(format!("expired on {}", expires.value));
    }
    let endless = cx
        .exemptions_end_within()
        .filter(|(term, _)| match &exclusion.value.expires {
            Field::Unknown(_) => false,
            Field::Known(expires) => !cx.as_of.reaches(expires.value.0, *term),
            Field::Absent => true,
        });
    if let Some((term, _)) = endless {
        let last = cx.as_of.told_after(term);
        if let Some(expires) = expires.filter(|_| faults.is_empty()) {
            place = expires.span;
        }
        faults.push(match expires {
            Some(expires) => format!("expires on {}, later than {last}", expires.value),
            None => format!("states no `expires`, which is required by {last}"),
        });
    }
    if faults.is_empty() {
        return None;
    }
    let faults = list_words(&faults, "and");
    let message = format!("`{name}` is declared out of scope, but its exclusion {faults}");
    let label = format!("the exclusion {faults}");
    let mut finding = RULE.finding(service.path(), service.at(place), label, message);
    if let Some(expires) = expired {
        finding = finding.related(service.at(expires.span), "the last day it was valid");
    }
    if let Some(option) = endless.and_then(|(_, option)| option) {
        finding = finding.related(option, "the config requires exemptions to end");
    }
    let finding = words::unexplained(finding, &exclusion.value.reason, |span| service.at(span));
    let finding = finding.related(service.at(scope.span), "declared out of scope");
    Some(weighed(cx, service, finding).help(HELP))
}

const HELP: &str = "state why it is out of scope and who approved that in `exclusion = { reason = .., approved-by = .. }`; if the exclusion has expired, renew its approval, or bring the service into scope";

fn weighed(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>, finding: Finding) -> Finding {
    match weight(cx, service) {
        Some((place, label)) => finding.severity(Severity::Error).related(place, label),
        None => finding,
    }
}

/// What makes an exclusion more severe: financial impact, or restricted data.
fn weight(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<(Place, String)> {
    let body = &service.body;
    if let Some(impact) = body.financial_impact.known().filter(|_| body.has_financial_impact()) {
        let label = format!("{} on user entities' financial reporting", words::impact(impact.value));
        return Some((service.at(impact.span), label));
    }
    body.data.iter().find_map(|name| {
        let data = cx.data_named(service.namespace, &name.value)?;
        let restricted = data.body.classification.value() == Some(Classification::Restricted);
        restricted.then(|| (service.at(name.span), "restricted data".to_owned()))
    })
}
