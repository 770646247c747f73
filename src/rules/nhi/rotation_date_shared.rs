//! Several credentials take their last rotation date from one profile.

use crate::estate::{IdentityRef, ProfileRef};
use crate::finding::{Finding, Severity};
use crate::manifest::Profile;
use crate::model::Credential;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "rotation-date-shared",
    since: "0.2.0",
    group: Group::Nhi,
    severity: Severity::Note,
    summary: "Several credentials take their last rotation date from one profile, so which of them was rotated is unknown.",
    references: &["NHI7", "CC6.1"],
    options: &[],
    yields_to: &[],
    page: include_str!("rotation_date_shared.md"),
    check: Check::Profile(judge),
};

/// At most this many identities are listed.
const MAX_SHOWN: usize = 5;

fn judge(_: &Context<'_, '_>, profile: ProfileRef<'_, '_>) -> Option<Finding> {
    let Profile(body) = &*profile.body;
    body.rotation.get()?.last.known()?;
    let sharing = profile.users().filter(takes_its_day);
    let active = sharing.filter(|identity| identity.is_non_human() && identity.is_active());
    let identities: Vec<IdentityRef<'_, '_>> = active.collect();
    finding(profile, &identities).filter(|_| identities.len() > 1)
}

/// Whether a static credential has no date of its own, and its profile states when a person last rotated it.
fn takes_its_day(identity: &IdentityRef<'_, '_>) -> bool {
    if identity.body.profile.is_absent() {
        return false;
    }
    let rotation = identity.part(|i| &i.rotation);
    let is_static = identity
        .stated(|i| &i.credential)
        .value()
        .is_some_and(Credential::is_static);
    let own = &identity.body.rotation;
    let has_own = own.is_unknown() || own.get().is_some_and(|own| !own.last.is_absent());
    let may_be_by_itself = rotation.is_automatic() || rotation.does_not_apply();
    is_static && !has_own && !may_be_by_itself && rotation.stated(|r| &r.last).known().is_some()
}

fn finding(profile: ProfileRef<'_, '_>, identities: &[IdentityRef<'_, '_>]) -> Option<Finding> {
    let Profile(body) = &*profile.body;
    let last = body.rotation.get()?.last.known()?;
    let message = format!(
        "{} active static credentials take {} as their last rotation date from the profile `{}`, so which of them was rotated then is unknown",
        identities.len(),
        last.value,
        profile.name()
    );
    let mut finding = RULE.finding(
        profile.path(),
        profile.at(last.span),
        "one date for all of them",
        message,
    );
    for identity in identities.iter().take(MAX_SHOWN) {
        let label = format!("`{}` states no `rotation.last` of its own", identity.name());
        finding = finding.related(identity.place(), label);
    }
    Some(finding.help("state `rotation.last` on each identity, in addition to the profile's `every` and `evidence`; where a system rotates them automatically, state `mode = \"automatic\"` in the profile"))
}
