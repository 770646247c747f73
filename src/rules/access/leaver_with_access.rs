//! A person who left still has access.

use crate::estate::{IdentityRef, Said};
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "leaver-with-access",
    since: "0.2.0",
    group: Group::Access,
    severity: Severity::Error,
    summary: "A person who left still has access.",
    references: &["CC6.2", "A.5.18", "AC-2"],
    options: &[],
    yields_to: &[],
    page: include_str!("leaver_with_access.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let people = cx.identities_view().filter(|one| one.is_human() && one.is_active());
    people.filter_map(|person| judge(cx, person)).collect()
}

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let Said::Known(stated) = identity.owner() else {
        return None;
    };
    let index = cx.owner_named(stated.namespace, stated.value)?;
    let owner = cx.owners.get(index);
    let (left, name) = (cx.left_on(index), cx.name(owner));
    let why = match left {
        Some(day) if cx.is_person(index) => format!("`{name}` left on {}", day.value),
        Some(day) => format!("the team `{name}` was dissolved on {}", day.value),
        None if cx.is_deserted_team(index) => format!("nobody is left in the team `{name}`"),
        None => return None,
    };
    let entity = identity.entity();
    let message = format!(
        "`{}` is a person's identity and still active, but {why}",
        cx.name(entity)
    );
    let finding = RULE.finding(cx.path(entity), stated.place(), "whose identity it is", message);
    let finding = match left {
        Some(day) => finding.related(owner.at(day.span), format!("`{name}` is gone since this day")),
        None => finding.related(owner.place(), format!("each member of `{name}` has left")),
    };
    Some(finding.help("revoke its access and state the day in `offboarding.revoked`, with what shows it in `offboarding.evidence`; if it is another person's now, name that one in `owner`"))
}
