//! A non-human identity has no owner, or is owned by a team with no one left.

use crate::estate::{IdentityRef, StatedAt};
use crate::finding::{Finding, Severity};
use crate::model::Credential;
use crate::rules::{Check, Context, Group, Rule, YieldsTo};

pub static RULE: Rule = Rule {
    name: "nhi-without-human-owner",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Error,
    summary: "A non-human identity has no owner, or is owned by a team with no one left.",
    references: &["CC6.1", "A.5.16", "NHI1"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("nhi-outlives-its-purpose")],
    page: include_str!("without_human_owner.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let credential = identity.stated(|i| &i.credential);
    if credential.is_unknown() || credential.value() == Some(Credential::ProviderManaged) {
        return None;
    }
    let name = identity.name();
    let help = "name a team or person in `owner`; at the top of a file, it applies to every entity in the file";
    match identity.owner() {
        StatedAt::Unknown => None,
        StatedAt::Known(owner) if owner.value.says_something() => {
            let team = cx.owner_named(owner.namespace, owner.value)?;
            if !team.is_deserted_team() {
                return None;
            }
            let message = format!(
                "`{name}` is owned by the team `{}`, in which no one is left",
                team.name()
            );
            let finding = RULE.finding(identity.path(), owner.place(), "no one is left in this team", message);
            let finding = match team.body.left.known() {
                Some(left) => finding.related(
                    team.at(left.span),
                    format!("`{}` was dissolved on this day", team.name()),
                ),
                None => finding.related(team.place(), format!("each member of `{}` has left", team.name())),
            };
            Some(finding.help("name a current team or person in `owner`"))
        }
        _ => {
            let message = format!("`{name}` is a non-human identity without a declared owner");
            Some(
                RULE.finding(identity.path(), identity.place(), "no `owner`", message)
                    .help(help),
            )
        }
    }
}
