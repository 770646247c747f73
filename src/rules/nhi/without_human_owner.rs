//! A non-human identity has no owner, or one that nobody stands behind any more.

use crate::estate::{IdentityRef, Said};
use crate::finding::{Finding, Severity};
use crate::manifest::Credential;
use crate::rules::{Check, Context, Group, Rule, YieldsTo};

pub static RULE: Rule = Rule {
    name: "nhi-without-human-owner",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Error,
    summary: "A non-human identity has no owner, or one that nobody stands behind any more.",
    references: &["CC6.1", "A.5.16", "NHI1"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("nhi-outlives-its-purpose")],
    page: include_str!("without_human_owner.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let entity = identity.entity();
    let credential = identity.said(|i| &i.credential);
    if credential.is_unknown() || credential.value() == Some(Credential::ProviderManaged) {
        return None;
    }
    let name = cx.name(entity);
    let help = "name a team or person in `owner`; at the top of a file it holds for every entity in it";
    match identity.owner() {
        Said::Unknown => None,
        Said::Known(owner) if owner.value.says_something() => {
            let index = cx.owners.resolve(&cx.namespaces, owner.namespace, owner.value)?;
            let team = cx.owners.get(index);
            if !cx.is_deserted_team(index) {
                return None;
            }
            let message = format!(
                "`{name}` is owned by the team `{}`, in which nobody is left",
                cx.name(team)
            );
            let finding = RULE.finding(cx.path(entity), owner.place(), "nobody is left in this team", message);
            let finding = match team.body.left.known() {
                Some(left) => finding.related(
                    team.at(left.span),
                    format!("`{}` was dissolved on this day", cx.name(team)),
                ),
                None => finding.related(team.place(), format!("each member of `{}` has left", cx.name(team))),
            };
            Some(finding.help("name a team or person that is still there in `owner`"))
        }
        _ => {
            let message = format!("`{name}` is a non-human identity that nobody is declared to own");
            Some(
                RULE.finding(cx.path(entity), entity.place(), "no `owner`", message)
                    .help(help),
            )
        }
    }
}
