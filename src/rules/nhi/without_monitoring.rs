//! A production non-human identity is declared without evidence that its use is monitored.

use crate::estate::{IdentityRef, Said, names_evidence};
use crate::finding::{Finding, Severity};
use crate::manifest::Environment;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "nhi-without-monitoring",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "A production non-human identity is declared without evidence that its use is monitored.",
    references: &["CC7.2", "A.8.15", "A.8.16", "DE.CM-09"],
    options: &[],
    yields_to: &[],
    page: include_str!("without_monitoring.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    if !identity.is_production() {
        return None;
    }
    let entity = identity.entity();
    let name = cx.name(entity);
    let finding = match identity.said(|i| &i.monitoring) {
        Said::Unknown => return None,
        Said::Known(monitoring) if names_evidence(&monitoring.value.evidence) => return None,
        Said::Known(monitoring) => {
            let message = format!("the monitoring of `{name}` names no evidence");
            RULE.finding(cx.path(entity), monitoring.place(), "no `evidence`", message)
        }
        Said::Absent => {
            let message = format!("`{name}` acts in production, but no monitoring of its use is declared");
            RULE.finding(cx.path(entity), entity.place(), "no `monitoring`", message)
        }
    };
    let environments = identity.list(|i| &i.environments);
    let production = environments
        .iter()
        .find(|environment| *environment.value == Environment::Production);
    let finding = match production {
        Some(production) => finding.related(production.place(), "it acts in production"),
        None => finding,
    };
    Some(finding.help("name in `monitoring.evidence` what shows it: a detection rule, a log query, an alert"))
}
