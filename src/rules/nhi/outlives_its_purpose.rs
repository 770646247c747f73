//! A non-human identity is still in use, although its purpose has ended.

use crate::estate::{IdentityRef, StatedAt};
use crate::finding::{Finding, Severity};
use crate::model::{Lifecycle, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "nhi-outlives-its-purpose",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Error,
    summary: "A non-human identity is still in use, although its services are retired, its owner left, or it has expired.",
    references: &["NHI1", "CC6.2", "AC-2"],
    options: &[],
    yields_to: &[],
    page: include_str!("outlives_its_purpose.md"),
    check: Check::ActiveNhi(judge),
};

/// Something that has ended: where the identity relies on it, and where its end is stated.
struct End {
    clause: String,
    place: Place,
    label: String,
    related: Vec<(Place, String)>,
}

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let ends = ends(cx, identity);
    let first = ends.first()?;
    let clauses: Vec<&str> = ends.iter().map(|end| end.clause.as_str()).collect();
    let message = format!(
        "`{}` is neither retired nor revoked as of {}, although {}",
        identity.name(),
        cx.as_of,
        list_words(&clauses, "and")
    );
    let mut finding = RULE.finding(identity.path(), first.place, first.label.clone(), message);
    for end in &ends {
        finding = finding.related(end.place, end.label.clone());
        for (place, label) in &end.related {
            finding = finding.related(*place, label.clone());
        }
    }
    Some(finding.help(
        "revoke its access and state the date in `retired` or `offboarding.revoked`; if it is still needed, declare its purpose: a service in use, a current owner, a new `expires`",
    ))
}

/// What has ended of an identity's purpose.
fn ends(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Vec<End> {
    // It may have been revoked in a value that could not be read.
    if identity.part(|i| &i.offboarding).is_unknown() {
        return Vec::new();
    }
    let ends = [
        services_retired(identity),
        owner_left(cx, identity),
        expired(cx, identity),
    ];
    ends.into_iter().flatten().collect()
}

fn services_retired(identity: IdentityRef<'_, '_>) -> Option<End> {
    let homes = identity.homes();
    let (_, place) = *homes.services.first()?;
    let mut services = Vec::new();
    let mut related = Vec::new();
    for (service, _) in &homes.services {
        let lifecycle = service.body.lifecycle.known()?;
        if lifecycle.value != Lifecycle::Retired {
            return None;
        }
        if !services.contains(service) {
            services.push(*service);
            related.push((
                service.at(lifecycle.span),
                format!("`{}` is declared retired", service.name()),
            ));
        }
    }
    let (each, label) = match services.len() {
        1 => ("its service", "this service is retired"),
        _ => ("each of its services", "this service is retired, like each other one"),
    };
    let clause = format!("{each} ({}) is retired", words::services(&services));
    (!homes.uncertain).then(|| End {
        clause,
        place,
        label: label.to_owned(),
        related,
    })
}

fn owner_left(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<End> {
    let StatedAt::Known(owner) = identity.owner() else {
        return None;
    };
    let person = cx.owner_named(owner.namespace, owner.value)?;
    // For a team, whether anyone is left in it is checked elsewhere.
    let left = person.left_on().filter(|_| person.is_person())?;
    Some(End {
        clause: format!("its owner `{}` left on {}", person.name(), left.value),
        place: owner.place(),
        label: owner.label("its owner left"),
        related: vec![(person.at(left.span), format!("`{}` left on this day", person.name()))],
    })
}

fn expired(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<End> {
    let expires = identity.stated(|i| &i.expires).known()?;
    (expires.value.0 < cx.as_of).then(|| End {
        clause: format!("it expired on {}", expires.value),
        place: expires.place(),
        label: expires.label("its last valid day"),
        related: vec![(identity.place(), "neither retired nor revoked".to_owned())],
    })
}
