//! One identity holds two duties that should be segregated.

use crate::estate::{IdentityRef, ServiceRef, Weight};
use crate::finding::{Finding, Severity};
use crate::model::{Action, IdentityKind};
use crate::rules::duties::{CONFLICTING, Conflict, Duties, Held, PAYMENT};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "conflicting-duties",
    since: "0.1.0",
    group: Group::Access,
    severity: Severity::Warning,
    summary: "One identity holds two duties that should be segregated.",
    references: &["A.5.3", "CC8.1", "CC6.3", "AC-5"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("leaver-with-access")],
    page: include_str!("conflicting_duties.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let held = Held::new(cx);
    let chains = cx.estate.chains();
    let mut conflicts: BTreeMap<IdentityRef<'_, '_>, Vec<Conflict<'_, '_>>> = BTreeMap::new();
    for duties in CONFLICTING {
        if !held.may_meet(duties) {
            continue;
        }
        let weight = |identity: &IdentityRef<'_, '_>| {
            let is_known = identity.is_human() || identity.is_non_human();
            match is_known && !cx.may_be_break_glass(*identity) {
                false => Weight::None,
                true if is_engine(*identity, duties) => Weight::Light,
                true => Weight::Full,
            }
        };
        let one = |right: &_| held.half(right, duties, duties[0]);
        let other = |right: &_| held.half(right, duties, duties[1]);
        for combining in chains.nearest_combining(one, other, |rights| held.combine(rights, duties), weight) {
            let known = conflicts.entry(combining.identity).or_default();
            known.extend(combining.found);
        }
    }
    conflicts
        .into_iter()
        .filter_map(|(identity, conflicts)| finding(&held, identity, conflicts))
        .collect()
}

/// Whether it is a program that posts or pays by itself and that the same identity deploys to production.
fn is_engine(identity: IdentityRef<'_, '_>, duties: Duties) -> bool {
    let kind = identity.stated(|i| &i.kind).value();
    let runs = matches!(
        kind,
        Some(IdentityKind::ServiceAccount | IdentityKind::WorkloadIdentity)
    );
    runs && duties[0] == Action::Deploy && duties[1] != Action::Approve
}

fn severity(identity: IdentityRef<'_, '_>, conflict: &Conflict<'_, '_>) -> Severity {
    let books = |service: &ServiceRef<'_, '_>| service.body.has_books();
    let matters = conflict.duties == PAYMENT || conflict.services.iter().any(books);
    if matters && !is_engine(identity, conflict.duties) {
        Severity::Warning
    } else {
        Severity::Note
    }
}

fn finding<'e, 'a>(
    held: &Held,
    identity: IdentityRef<'e, 'a>,
    mut conflicts: Vec<Conflict<'e, 'a>>,
) -> Option<Finding> {
    // The most severe comes first.
    conflicts.sort_by_key(|conflict| std::cmp::Reverse(severity(identity, conflict)));
    let first = conflicts.first()?;
    let message = format!(
        "`{}` may {}; no second approver is declared",
        identity.name(),
        clauses(held, &conflicts).join(", and ")
    );
    let may = |action: Action, service: ServiceRef<'_, '_>| {
        let name = service.name();
        format!("may {} on `{name}`", words::action(action))
    };
    let granted = held.granted(&first.rights[0], first.duties[0])?;
    let label = may(*granted.value, first.services[0]);
    let mut finding = RULE
        .finding(identity.path(), granted.place(), label, message)
        .severity(severity(identity, first));
    for conflict in &conflicts {
        for ((right, duty), service) in conflict.rights.iter().zip(conflict.duties).zip(conflict.services) {
            let granted = held.granted(right, duty)?;
            let label = may(*granted.value, service);
            if right.identity == identity {
                finding = finding.related(granted.place(), granted.label(label));
                continue;
            }
            let other = right.identity;
            let name = other.name();
            finding = finding.related(granted.place(), granted.label(format!("`{name}` {label}")));
            let label = format!("`{}` may assume `{name}`", identity.name());
            finding = finding.related(other.place(), label);
        }
        for (place, label) in held.links(conflict) {
            finding = finding.related(place, label);
        }
    }
    // One of the references is about changes.
    if !conflicts
        .iter()
        .any(|conflict| conflict.duties.contains(&Action::Deploy))
    {
        finding = finding.citing(&["A.5.3", "CC6.3", "AC-5"]);
    }
    Some(finding.help(if identity.is_human() {"give the two duties to two people, or have someone else approve each time and name that owner in `second-approver`"} else {"give the two duties to two identities, or have someone else approve each time and name that owner in `second-approver`"}))
}

/// What it may do, in words; the right to do everything on a service is named once.
fn clauses(held: &Held, conflicts: &[Conflict<'_, '_>]) -> Vec<String> {
    let mut clauses = Vec::new();
    let mut everything: Vec<ServiceRef<'_, '_>> = Vec::new();
    for conflict in conflicts.iter().filter(|conflict| held.is_everything(conflict)) {
        if !everything.contains(&conflict.services[0]) {
            everything.push(conflict.services[0]);
        }
    }
    if !everything.is_empty() {
        let on = words::services(&everything);
        clauses.push(format!(
            "do everything on {on}, including duties that should be segregated"
        ));
    }
    for duties in CONFLICTING {
        let [one, other] = duties.map(words::action);
        let of_these = || conflicts.iter().filter(|conflict| conflict.duties == duties);
        let on: Vec<ServiceRef<'_, '_>> = of_these()
            .filter(|conflict| conflict.is_on_one() && !everything.contains(&conflict.services[0]))
            .map(|conflict| conflict.services[0])
            .collect();
        if !on.is_empty() {
            clauses.push(format!("both {one} and {other} on {}", words::services(&on)));
        }
        for conflict in of_these().filter(|conflict| !conflict.is_on_one()) {
            let [first, second] = conflict.services.map(|service| service.name());
            clauses.push(format!(
                "both {one} on `{first}` and {other} on `{second}`, {}",
                conflict.why()
            ));
        }
    }
    clauses
}
