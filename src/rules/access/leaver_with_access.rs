//! A person who left still has access.

use crate::estate::{IdentityRef, StatedAt};
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
    check: Check::ActiveIdentity(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    if !identity.is_human() {
        return None;
    }
    let StatedAt::Known(stated) = identity.owner() else {
        return None;
    };
    let owner = cx.owner_named(stated.namespace, stated.value)?;
    let (left, name) = (owner.left_on(), owner.name());
    let why = match left {
        Some(day) if owner.is_person() => format!("`{name}` left on {}", day.value),
        Some(day) => format!("the team `{name}` was dissolved on {}", day.value),
        None if owner.is_deserted_team() => format!("no one is left in the team `{name}`"),
        None => return None,
    };
    let message = format!(
        "`{}` is a person's identity and still active, but {why}",
        identity.name()
    );
    let finding = RULE.finding(identity.path(), stated.place(), "owner of the identity", message);
    let finding = match left {
        Some(day) => finding.related(owner.at(day.span), format!("`{name}` left on this day")),
        None => finding.related(owner.place(), format!("each member of `{name}` has left")),
    };
    Some(finding.help("revoke its access and state the date in `offboarding.revoked`, with the evidence in `offboarding.evidence`; if it now belongs to someone else, name that person in `owner`"))
}
