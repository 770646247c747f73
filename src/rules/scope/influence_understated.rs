//! A dependency is declared with little or no influence, but an identity of the dependent service may make changes there.

use crate::estate::{DependencyRef, IdentityRef, Located, Right, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::model::{Action, Influence};
use crate::rules::{Check, Context, Group, Rule, words};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub static RULE: Rule = Rule {
    name: "influence-understated",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A dependency is declared with little or no influence, but an identity of the dependent service may make changes there.",
    references: &["CSF GV.OC-05"],
    options: &[],
    yields_to: &[],
    page: include_str!("influence_understated.md"),
    check: Check::Estate(check),
};

/// The identity that may do more than the dependency declares, and its action.
type Acting<'e, 'a> = Vec<(IdentityRef<'e, 'a>, Located<'e, Action>)>;

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let understated = understated(cx);
    let depended_on: HashSet<ServiceRef<'_, '_>> = understated.keys().map(|(_, on)| *on).collect();
    let mut found: BTreeMap<(ServiceRef<'_, '_>, usize), (DependencyRef<'_, '_>, Acting<'_, '_>)> = BTreeMap::new();
    if understated.is_empty() {
        return Vec::new();
    }
    for identity in cx.identities() {
        let acts_on = acts_on(identity, &depended_on);
        if acts_on.is_empty() {
            continue;
        }
        let homes: BTreeSet<ServiceRef<'_, '_>> = identity.homes().services.into_iter().map(|(home, _)| home).collect();
        for home in homes {
            // Whichever are fewer: what the service depends on, or what the identity acts on.
            let dependencies = home.dependencies();
            let on: BTreeSet<ServiceRef<'_, '_>> = if dependencies.len() < acts_on.len() {
                dependencies.map(|depends| depends.on).collect()
            } else {
                acts_on.keys().copied().collect()
            };
            for service in on {
                if let (Some(depends), Some(action)) = (understated.get(&(home, service)), acts_on.get(&service))
                    && identity.is_active()
                {
                    let (_, acting) = found
                        .entry((home, depends.entry))
                        .or_insert_with(|| (*depends, Vec::new()));
                    acting.push((identity, *action));
                }
            }
        }
    }
    found
        .into_values()
        .filter_map(|(depends, acting)| finding(depends, &acting))
        .collect()
}

/// For a service and one that it depends on, the first entry that declares little influence.
fn understated<'e>(
    cx: &'e Context<'_, '_>,
) -> HashMap<(ServiceRef<'e, 'e>, ServiceRef<'e, 'e>), DependencyRef<'e, 'e>> {
    let mut understated = HashMap::new();
    for service in cx.services() {
        for depends in service.dependencies() {
            if matches!(depends.influence, Some(Influence::Telemetry | Influence::None)) {
                understated.entry((service, depends.on)).or_insert(depends);
            }
        }
    }
    understated
}

/// The services among `some` on which an identity may do more than read or export in production, and the first such
/// action.
fn acts_on<'e, 'a>(
    identity: IdentityRef<'e, 'a>,
    some: &HashSet<ServiceRef<'e, 'a>>,
) -> HashMap<ServiceRef<'e, 'a>, Located<'e, Action>> {
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

fn finding(depends: DependencyRef<'_, '_>, acting: &Acting<'_, '_>) -> Option<Finding> {
    let (service, dependency) = (depends.dependant, &depends.stated.value);
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
        service.name(),
        on.value,
        first.name(),
        words::action(*action.value)
    );
    let label = format!("{carries} is declared");
    let finding = RULE.finding(service.path(), service.at(influence.span), label, message);
    let mut finding = finding.fact(on.value.as_str());
    for (identity, action) in acting {
        let name = identity.name();
        let label = format!("`{name}` may {} there", words::action(*action.value));
        finding = finding.related(action.place(), action.label(label));
    }
    Some(finding.help("state `influence = \"full\"`, or remove the right from the identity; if the identity belongs to another service, name that one in its `services`"))
}
