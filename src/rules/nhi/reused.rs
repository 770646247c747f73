//! One non-human identity serves several owners' services, or its static credential several environments.

use crate::estate::{IdentityRef, Right, Said};
use crate::finding::{Finding, Severity};
use crate::manifest::{Environment, ServiceKind};
use crate::rules::{Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "nhi-reused",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "One non-human identity serves several owners' services, or its static credential several environments.",
    references: &["NHI9", "NHI8", "A.8.31"],
    options: &[],
    page: include_str!("reused.md"),
    check,
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    cx.active_nhis().filter_map(|identity| judge(cx, identity)).collect()
}

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let entity = identity.entity();
    if may_be_shared_platform(cx, identity) {
        return None;
    }
    let environments = two_environments(identity);
    let strangers = two_owners(cx, identity);
    let name = cx.name(entity);
    let split = strangers.as_ref().map(|(one, other)| {
        let owned =
            |owned: &Owned<'_, '_>| format!("`{}` of `{}`", cx.name(cx.services.get(owned.service)), owned.name);
        format!(
            "has access to {} and {}, which have no owner in common",
            owned(one),
            owned(other)
        )
    });
    let mut finding = match (&environments, &strangers) {
        (Some(spread), _) => {
            let and = split.map(|split| format!("; it also {split}")).unwrap_or_default();
            let message = format!(
                "one static credential (`{}`) of `{name}` serves production and {}{and}",
                spread.credential, spread.other
            );
            let label = format!("{}, with the credential of production", spread.other);
            RULE.finding(cx.path(entity), spread.other_place, label, message)
                .severity(Severity::Error)
                .related(spread.production_place, "production")
                .related(spread.credential_place, "one static credential for both")
        }
        (None, Some((_, other))) => {
            let message = format!("`{name}` {}", split?);
            let label = format!("a service of `{}`", other.name);
            RULE.finding(cx.path(entity), other.place()?, label, message)
        }
        (None, None) => return None,
    };
    if let Some((one, other)) = strangers {
        for owned in [one, other] {
            let person = owned.right.identity;
            finding = finding.related(owned.place()?, format!("a service of `{}`", owned.name));
            finding = finding.related(
                owned.owner,
                format!("owns `{}`", cx.name(cx.services.get(owned.service))),
            );
            if person.index != identity.index {
                finding = finding.related(person.entity().place(), "it may become this person, who has access");
            }
        }
    }
    if let Some(platform) = identity
        .said(|i| &i.platform)
        .known()
        .filter(|platform| *platform.value)
    {
        finding = finding.related(
            platform.place(),
            "a platform, but at home in no `shared-platform` service",
        );
    }
    Some(finding.help(
        "give each service and each environment an identity of its own; if this is the identity of a shared platform, state `platform = true` and its home in `services`",
    ))
}

/// A service that an identity has access to, and its owner.
struct Owned<'e, 'a> {
    right: Right<'e, 'a>,
    service: usize,
    name: String,
    owner: Place,
    key: Key,
}

/// Who an owner is: a declared one, or where none is declared, whoever has the name.
#[derive(PartialEq)]
enum Key {
    Declared(usize),
    Named(String),
}

impl Owned<'_, '_> {
    fn place(&self) -> Option<Place> {
        let service = self.right.access.value.service.known()?;
        Some(self.right.access.at(service.span))
    }
}

/// Two services of different owners. A service whose owner is not known may be anybody's.
fn two_owners<'e, 'a>(cx: &Context<'_, '_>, identity: IdentityRef<'e, 'a>) -> Option<(Owned<'e, 'a>, Owned<'e, 'a>)> {
    let mut owned = identity
        .rights_with_humans()
        .into_iter()
        .filter_map(|right| owned(cx, right));
    let first = owned.next()?;
    let other = owned.find(|owned| owned.key != first.key)?;
    Some((first, other))
}

fn owned<'e, 'a>(cx: &Context<'_, '_>, right: Right<'e, 'a>) -> Option<Owned<'e, 'a>> {
    let index = right.service?;
    let service = cx.services.get(index);
    let owner = cx.owner_of(service.file, &service.body.owner);
    let owner = owner.known().filter(|owner| owner.value.says_something())?;
    let name = owner.value.as_str();
    let key = match cx.owners.is_empty() {
        true => Key::Named(name.rsplit('/').next().unwrap_or(name).to_owned()),
        false => Key::Declared(cx.owner_named(service.namespace, name)?),
    };
    Some(Owned {
        right,
        service: index,
        name: name.to_owned(),
        owner: service.at(owner.span),
        key,
    })
}

/// A static credential in production and somewhere else.
struct Spread {
    credential: &'static str,
    credential_place: Place,
    production_place: Place,
    other: Environment,
    other_place: Place,
}

fn two_environments(identity: IdentityRef<'_, '_>) -> Option<Spread> {
    let credential = identity
        .said(|i| &i.credential)
        .known()
        .filter(|credential| credential.value.is_static())?;
    let own = identity.list(|i| &i.environments);
    let access = identity.list(|i| &i.access);
    let mut stated: Vec<(Environment, Place)> = own.iter().map(|at| (*at.value, at.place())).collect();
    for right in access.iter() {
        stated.extend(right.value.environments.iter().map(|at| (at.value, right.at(at.span))));
    }
    let other = stated.iter().find(|(stated, _)| *stated != Environment::Production)?;
    // What nobody limits to an environment is in production.
    let unlimited = access.iter().any(|right| !right.value.environments.stated);
    let is_assumed = own.is_surely_empty() && (unlimited || access.is_surely_empty());
    let production = stated.iter().find(|(stated, _)| *stated == Environment::Production);
    let production = production
        .map(|(_, place)| *place)
        .or(is_assumed.then(|| identity.entity().place()))?;
    Some(Spread {
        credential: credential.value.as_str(),
        credential_place: credential.place(),
        production_place: production,
        other: other.0,
        other_place: other.1,
    })
}

/// Whether it is, or may be, the declared identity of a shared platform.
fn may_be_shared_platform(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> bool {
    let declared = match identity.said(|i| &i.platform) {
        Said::Absent => false,
        Said::Unknown => true,
        Said::Known(platform) => *platform.value,
    };
    let homes = identity.homes();
    let is_shared = |(service, _): &(usize, Place)| {
        let service = cx.services.get(*service);
        let kind = &service.body.kind;
        !service.readable || kind.is_unknown() || kind.value() == Some(ServiceKind::SharedPlatform)
    };
    declared && (homes.uncertain || homes.services.iter().any(is_shared))
}
