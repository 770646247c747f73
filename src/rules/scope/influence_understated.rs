//! A dependency is said to carry little or nothing, and yet an identity of the dependant may change things there.

use crate::estate::{At, IdentityRef, Right};
use crate::finding::{Finding, Severity};
use crate::manifest::{Action, Influence};
use crate::model::ServiceId;
use crate::rules::{Check, Context, Group, Rule, words};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub static RULE: Rule = Rule {
    name: "influence-understated",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A dependency is said to carry little or nothing, and yet an identity of the dependant may change things there.",
    references: &["CSF GV.OC-05"],
    options: &[],
    yields_to: &[],
    page: include_str!("influence_understated.md"),
    check: Check::Estate(check),
};

/// Who may do more than the edge says, and what.
type Acting<'e, 'a> = Vec<(IdentityRef<'e, 'a>, At<'e, Action>)>;

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let understated = understated(cx);
    let depended_on: HashSet<ServiceId> = understated.keys().map(|(_, on)| *on).collect();
    let mut found: BTreeMap<(ServiceId, usize), Acting<'_, '_>> = BTreeMap::new();
    for identity in cx.identities_view().filter(|identity| identity.is_active()) {
        let acts_on = acts_on(identity, &depended_on);
        if acts_on.is_empty() {
            continue;
        }
        let homes: BTreeSet<ServiceId> = identity.homes().services.into_iter().map(|(home, _)| home).collect();
        for home in homes {
            // Whichever are fewer: what the service depends on, or what the identity acts on.
            let dependencies = cx.dependencies(home);
            let on: BTreeSet<ServiceId> = match dependencies.len() < acts_on.len() {
                true => dependencies.iter().map(|edge| edge.to).collect(),
                false => acts_on.keys().copied().collect(),
            };
            for service in on {
                if let (Some(entry), Some(action)) = (understated.get(&(home, service)), acts_on.get(&service)) {
                    found.entry((home, *entry)).or_default().push((identity, *action));
                }
            }
        }
    }
    found
        .into_iter()
        .filter_map(|((service, entry), acting)| finding(cx, service, entry, &acting))
        .collect()
}

/// For a service and one that it depends on, the first entry that declares little influence.
fn understated(cx: &Context<'_, '_>) -> HashMap<(ServiceId, ServiceId), usize> {
    let mut understated = HashMap::new();
    for service in cx.services.ids() {
        let edges = cx.dependencies(service).iter();
        for edge in edges.filter(|edge| matches!(edge.influence, Some(Influence::Telemetry | Influence::None))) {
            understated.entry((service, edge.to)).or_insert(edge.entry);
        }
    }
    understated
}

/// The services among `some` that an identity may do more on than take data out, in production, and the first such
/// action.
fn acts_on<'e>(identity: IdentityRef<'e, '_>, some: &HashSet<ServiceId>) -> HashMap<ServiceId, At<'e, Action>> {
    let mut acts_on = HashMap::new();
    let rights = identity.own_rights();
    let rights = rights.filter(|right| right.service.is_some_and(|service| some.contains(&service)));
    for right in rights.filter(Right::is_production) {
        let mut actions = right.access.value.actions.iter();
        let more = actions.find(|action| !matches!(action.value, Action::Read | Action::Export));
        if let (Some(service), Some(action)) = (right.service, more) {
            acts_on.entry(service).or_insert_with(|| right.access.with(action));
        }
    }
    acts_on
}

fn finding(cx: &Context<'_, '_>, index: ServiceId, entry: usize, acting: &Acting<'_, '_>) -> Option<Finding> {
    let service = cx.services.get(index);
    let dependency = &service.body.depends_on.items[entry].value;
    let influence = dependency.influence.known()?;
    let on = dependency.service.known()?;
    let (first, action) = acting.first()?;
    let others = match acting.len() {
        1 => String::new(),
        2 => ", and so may another identity".to_owned(),
        many => format!(", and so may {} others", many - 1),
    };
    let carries = match influence.value {
        Influence::None => "no influence",
        _ => "telemetry only",
    };
    let message = format!(
        "`{}` declares {carries} in its dependency on `{}`, but its identity `{}` may {} there{others}",
        cx.name(service),
        on.value,
        cx.name(first.entity()),
        words::action(*action.value)
    );
    let label = format!("{carries} is declared");
    let finding = RULE.finding(cx.path(service), service.at(influence.span), label, message);
    let mut finding = finding.fact(on.value.as_str());
    for (identity, action) in acting {
        let name = cx.name(identity.entity());
        let label = format!("`{name}` may {} there", words::action(*action.value));
        finding = finding.related(action.place(), action.label(label));
    }
    Some(finding.help("state `influence = \"full\"`, or take the right from the identity; if the identity belongs to another service, name that in its `services`"))
}
