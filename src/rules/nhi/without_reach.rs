//! Neither the access nor the home service of a non-human identity is stated.

use crate::estate::{IdentityRef, LocatedList};
use crate::finding::{Finding, Severity};
use crate::model::{Credential, IdentityKind};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "nhi-without-reach",
    since: "0.2.0",
    group: Group::Nhi,
    severity: Severity::Note,
    summary: "Neither the access nor the home service of a non-human identity is stated.",
    references: &["CC6.3", "NHI5"],
    options: &[],
    yields_to: &[],
    page: include_str!("without_reach.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(_: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let kind = identity.stated(|i| &i.kind).known()?;
    let credential = identity.stated(|i| &i.credential);
    let is_left_to_its_provider = credential.is_unknown() || credential.value() == Some(Credential::ProviderManaged);
    if *kind.value == IdentityKind::Certificate || is_left_to_its_provider || !identity.is_production() {
        return None;
    }
    let states_nothing = is_not_stated(&identity.list(|i| &i.access))
        && is_not_stated(&identity.list(|i| &i.services))
        && is_not_stated(&identity.list(|i| &i.may_assume))
        && is_not_stated(&identity.list(|i| &i.acts_for));
    if !states_nothing {
        return None;
    }
    let message = format!(
        "`{}` acts in production, but neither its access nor its service is declared",
        identity.name()
    );
    let finding = RULE
        .finding(
            identity.path(),
            identity.place(),
            "neither `access` nor `services`",
            message,
        )
        .related(kind.place(), kind.label("a non-human identity"));
    Some(finding.help("state in `access` what it may do on which services, or in `services` its home if it only runs there; state `environments` if it does not act in production"))
}

/// Whether a list is known to be absent; an empty one states that there are none.
fn is_not_stated<T>(list: &LocatedList<'_, T>) -> bool {
    list.list.is_none_or(|list| !list.stated) && !list.damaged
}
