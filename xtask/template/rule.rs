//! TODO: the fact that is wrong, in a sentence.

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
    check: Check::Estate(check),
};

/// TODO: what is judged by itself is better judged by `Check::Service` and the like.
fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let judged = cx.services.iter().filter(|_| false);
    judged
        .map(|service| {
            let message = format!("`{}` TODO: what is wrong, with names and values", cx.name(service));
            RULE.finding(cx.path(service), service.place(), "TODO: what is to be seen there", message)
                .help("TODO: what to do")
        })
        .collect()
}
