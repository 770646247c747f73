//! A production non-human identity is declared without evidence that its use is monitored.

use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::model::Environment;
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

fn judge(_: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    if !identity.is_production() || identity.may_need_no_watch() {
        return None;
    }
    let name = identity.name();
    let monitoring = identity.part(|i| &i.monitoring);
    if monitoring.is_unknown() || monitoring.names_evidence(|m| &m.evidence) {
        return None;
    }
    let environments = identity.list(|i| &i.environments);
    let finding = match monitoring.place() {
        Some(place) => {
            let message = format!("the monitoring of `{name}` names no evidence");
            RULE.finding(identity.path(), place, "no `evidence`", message)
        }
        None => {
            let message = if environments.is_surely_empty() {
                format!(
                    "`{name}` counts as production, since it states no environment, and no monitoring of its use is declared"
                )
            } else {
                format!("`{name}` acts in production, but no monitoring of its use is declared")
            };
            RULE.finding(identity.path(), identity.place(), "no `monitoring`", message)
        }
    };
    let production = environments
        .iter()
        .find(|environment| *environment.value == Environment::Production);
    let finding = match production {
        Some(production) => finding.related(production.place(), production.label("it acts in production")),
        None => finding,
    };
    Some(finding.help("link the evidence in `monitoring.evidence`: a detection rule, a log query, an alert"))
}
