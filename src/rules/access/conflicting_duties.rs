//! One identity holds two duties on a service that two should hold.

use crate::estate::{IdentityRef, Right};
use crate::finding::{Finding, Severity};
use crate::manifest::Action;
use crate::rules::{Check, Context, Group, Rule, words};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "conflicting-duties",
    since: "0.1.0",
    group: Group::Access,
    severity: Severity::Warning,
    summary: "One identity holds two duties on a service that two should hold.",
    references: &["A.5.3", "CC8.1", "CC6.3", "AC-5"],
    options: &[],
    yields_to: &[],
    page: include_str!("conflicting_duties.md"),
    check: Check::Estate(check),
};

/// To do something, and to let it pass.
type Duties = [Action; 2];

const CONFLICTING: [Duties; 2] = [
    [Action::Deploy, Action::Approve],
    [Action::CreatePayee, Action::ReleasePayment],
];

/// Both duties on one service, and the rights that grant them.
struct Conflict<'e, 'a> {
    duties: Duties,
    service: usize,
    rights: [Right<'e, 'a>; 2],
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut conflicts: BTreeMap<usize, Vec<Conflict<'_, '_>>> = BTreeMap::new();
    for duties in CONFLICTING {
        let held = duties_held(cx, duties);
        if !held.contains(&(true, true)) {
            continue;
        }
        let halves = |right: &Right<'_, '_>| {
            let both = right.service.is_some_and(|service| held[service] == (true, true));
            (both && grants(right, duties[0]), both && grants(right, duties[1]))
        };
        for combining in cx.estate.nearest_combining(halves, |rights| combine(rights, duties)) {
            let known = conflicts.entry(combining.identity.index).or_default();
            known.extend(combining.found);
        }
    }
    conflicts
        .into_iter()
        .filter_map(|(identity, conflicts)| finding(cx, cx.estate.identity(identity), &conflicts))
        .collect()
}

/// Whether a right grants a duty in production that nobody else has to agree to. Elsewhere nothing is released.
fn grants(right: &Right<'_, '_>, duty: Action) -> bool {
    right.is_production() && right.grants(&[duty]).is_some() && !right.access.value.second_approver.says_something()
}

/// For each service, which of the duties anybody holds there. Others can conflict with nothing.
fn duties_held(cx: &Context<'_, '_>, duties: Duties) -> Vec<(bool, bool)> {
    let mut held = vec![(false, false); cx.services.len()];
    for identity in cx.identities_view().filter(IdentityRef::is_active) {
        for right in identity.own_rights() {
            if let Some(service) = right.service {
                let known = &mut held[service];
                *known = (
                    known.0 || grants(&right, duties[0]),
                    known.1 || grants(&right, duties[1]),
                );
            }
        }
    }
    held
}

fn combine<'e, 'a>(rights: &[Right<'e, 'a>], duties: Duties) -> Option<Vec<Conflict<'e, 'a>>> {
    let mut by_service: BTreeMap<usize, [Option<Right<'e, 'a>>; 2]> = BTreeMap::new();
    for right in rights {
        if let Some(service) = right.service {
            let known = by_service.entry(service).or_default();
            for (known, duty) in known.iter_mut().zip(duties) {
                *known = known.or_else(|| grants(right, duty).then_some(*right));
            }
        }
    }
    let conflicts: Vec<Conflict<'e, 'a>> = by_service
        .into_iter()
        .filter_map(|(service, [one, other])| {
            Some(Conflict {
                duties,
                service,
                rights: [one?, other?],
            })
        })
        .collect();
    (!conflicts.is_empty()).then_some(conflicts)
}

fn finding<'a>(cx: &Context<'_, 'a>, identity: IdentityRef<'_, 'a>, conflicts: &[Conflict<'_, 'a>]) -> Option<Finding> {
    let entity = identity.entity();
    let first = conflicts.first()?;
    let mut said = Vec::new();
    for duties in CONFLICTING {
        let on: Vec<usize> = conflicts
            .iter()
            .filter(|conflict| conflict.duties == duties)
            .map(|conflict| conflict.service)
            .collect();
        if !on.is_empty() {
            let [one, other] = duties.map(words::action);
            said.push(format!("both {one} and {other} on {}", words::services(cx, &on)));
        }
    }
    let message = format!(
        "`{}` may {}; no second approver is declared",
        cx.name(entity),
        said.join(", and ")
    );
    let granted = first.rights[0].grants(&[first.duties[0]])?;
    let may = |action: Action, service: usize| {
        let name = cx.name(cx.services.get(service));
        format!("may {} on `{name}`", words::action(action))
    };
    let label = may(*granted.value, first.service);
    let mut finding = RULE.finding(cx.path(entity), granted.place(), label, message);
    for conflict in conflicts {
        for (right, duty) in conflict.rights.iter().zip(conflict.duties) {
            let granted = right.grants(&[duty])?;
            finding = finding.related(granted.place(), may(*granted.value, conflict.service));
            if right.identity.index != identity.index {
                let label = format!("`{}` may become this identity", cx.name(entity));
                finding = finding.related(right.identity.entity().place(), label);
            }
        }
    }
    Some(finding.help("give the two duties to two identities, or name in `second-approver` who must also agree"))
}
