//! A non-human identity has no declared end, or no evidence of it.

use crate::estate::{IdentityRef, Said, names_evidence};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::Credential;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "nhi-without-offboarding",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "A non-human identity has no declared end, or no evidence of it.",
    references: &["NHI1", "CC6.2", "AC-2"],
    options: &[],
    yields_to: &[],
    page: include_str!("without_offboarding.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let entity = identity.entity();
    let credential = identity.said(|i| &i.credential);
    if credential.is_unknown() || credential.value() == Some(Credential::Ephemeral) {
        return None;
    }
    let name = cx.name(entity);
    let finding = match identity.said(|i| &i.offboarding) {
        Said::Unknown => return None,
        Said::Absent => {
            let message = format!("nothing declares what ends `{name}`, or shows that it would end");
            RULE.finding(cx.path(entity), entity.place(), "no `offboarding`", message)
        }
        Said::Known(offboarding) => {
            let mut missing = Vec::new();
            if !offboarding.value.trigger.says_something() {
                missing.push("`trigger`");
            }
            if !names_evidence(&offboarding.value.evidence) {
                missing.push("`evidence`");
            }
            if missing.is_empty() {
                return None;
            }
            let missing = list_words(&missing, "and no");
            let message = format!("the offboarding of `{name}` states no {missing}");
            RULE.finding(cx.path(entity), offboarding.place(), format!("no {missing}"), message)
        }
    };
    Some(finding.help("state `offboarding` with the `trigger` that ends the identity (service retired, owner leaves) and the `evidence` of the procedure"))
}
