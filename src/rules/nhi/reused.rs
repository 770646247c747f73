//! One non-human identity serves several owners' services, or its static credential several environments.

use crate::estate::{IdentityRef, Name, Right, ServiceOwner, ServiceRef, in_profile};
use crate::finding::{Finding, Severity};
use crate::model::Environment;
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "nhi-reused",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "One non-human identity serves several owners' services, or its static credential several environments.",
    references: &["NHI9", "NHI8", "A.8.31"],
    options: &[],
    yields_to: &[],
    page: include_str!("reused.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(_: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    if identity.may_be_shared_platform() {
        return None;
    }
    let name = identity.name();
    let owners = two_owners(identity);
    let spread = owners.as_ref().map(|owned| {
        let [one, other] = owned.each_ref().map(|owned| {
            let service = owned.service.name();
            format!("`{service}` of `{}`", owned.owner.name)
        });
        format!("has access to {one} and {other}, which have no owner in common")
    });
    let mut finding = match (two_environments(identity), &owners, spread) {
        (Some([(_, production, profile), (other, place, _)]), _, spread) => {
            let credential = identity.stated(|i| &i.credential).known()?;
            let also = spread.map(|spread| format!("; it also {spread}")).unwrap_or_default();
            let message = format!(
                "one static credential (`{}`) of `{name}` serves production and {other}{also}",
                credential.value
            );
            let label = format!("{other}, with the production credential");
            RULE.finding(identity.path(), place, label, message)
                .severity(Severity::Error)
                .related(production, in_profile(profile, "production"))
                .related(credential.place(), credential.label("one static credential for both"))
        }
        (None, Some([_, other]), Some(spread)) => {
            let label = format!("a service of `{}`", other.owner.name);
            RULE.finding(identity.path(), other.place, label, format!("`{name}` {spread}"))
        }
        _ => return None,
    };
    for owned in owners.iter().flatten() {
        let service = owned.service.name();
        finding = finding
            .related(
                owned.place,
                in_profile(owned.profile, format!("a service of `{}`", owned.owner.name)),
            )
            .related(owned.owner.place, format!("`{}` owns `{service}`", owned.owner.name));
    }
    if let Some(platform) = identity.stated(|i| &i.platform).known().filter(|at| *at.value) {
        finding = finding.related(
            platform.place(),
            platform.label("a platform, but not at home in a `shared-platform` service"),
        );
    }
    Some(finding.help(
        "give each service and each environment an identity of its own; if this is the identity of a shared platform, state `platform = true` and its home in `services`",
    ))
}

/// A service that an identity has access to, and its owner.
struct Owned<'e, 'a> {
    service: ServiceRef<'e, 'a>,
    place: Place,
    /// The profile that states it, if not the identity itself.
    profile: Option<Name<'e>>,
    owner: ServiceOwner<'e, 'a>,
}

/// Two services of different owners. A service whose owner is not known may be anyone's.
fn two_owners<'e, 'a>(identity: IdentityRef<'e, 'a>) -> Option<[Owned<'e, 'a>; 2]> {
    let owned = |right: Right<'e, 'a>| {
        let service = right.service?;
        let named = right.access.value.service.known()?;
        Some(Owned {
            service,
            place: right.access.at(named.span),
            profile: right.access.profile,
            owner: service.owner()?,
        })
    };
    let mut all = identity.own_rights().filter_map(owned);
    let first = all.next()?;
    let other = all.find(|owned| !owned.owner.who.may_be(first.owner.who))?;
    Some([first, other])
}

/// Production and another environment in which one static credential works.
fn two_environments<'e>(identity: IdentityRef<'e, '_>) -> Option<[(Environment, Place, Option<Name<'e>>); 2]> {
    let credential = identity.stated(|i| &i.credential).value()?;
    let environments = identity.works_in();
    let find = |production| {
        environments
            .iter()
            .find(|(environment, ..)| (*environment == Environment::Production) == production)
            .copied()
    };
    credential.is_static().then_some([find(true)?, find(false)?])
}
