//! TODO: the fact that is wrong, in a sentence.

use crate::estate::ServiceRef;
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "rule-name",
    since: "rule.version",
    group: Group::RuleGroup,
    severity: Severity::Warning,
    summary: "TODO: what is wrong, in a sentence.",
    references: &[],
    options: &[],
    yields_to: &[],
    page: include_str!("rule_stem.md"),
    check: Check::Service(judge),
};

/// TODO: other kinds of entities have checks of their own; `Check::Estate` is for what takes several of them together.
fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let service = Some(service).filter(|_| false)?;
    let message = format!("`{}` TODO: what is wrong, with names and values", service.name());
    let finding = RULE.finding(service.path(), service.place(), "TODO: what is to be seen there", message);
    Some(finding.help("TODO: what to do"))
}
