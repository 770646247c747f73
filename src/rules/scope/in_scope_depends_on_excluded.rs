//! A service in scope depends on one that is declared out of scope.

use crate::decode::Field;
use crate::estate::ServiceRef;
use crate::finding::{Finding, Severity};
use crate::model::{Influence, Lifecycle};
use crate::rules::{Check, Context, Group, Rule, words};
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "in-scope-depends-on-excluded",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A service in scope depends on one that is declared out of scope.",
    references: &["CSF GV.OC-05"],
    options: &[],
    yields_to: &[],
    page: include_str!("in_scope_depends_on_excluded.md"),
    check: Check::Service(judge),
};

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let may_be_retired = match &service.body.lifecycle {
        Field::Unknown(_) => true,
        lifecycle => lifecycle.value() == Some(Lifecycle::Retired),
    };
    if !service.readable || !service.body.is_in_scope() || may_be_retired {
        return None;
    }
    let mut excluded = Vec::new();
    for depends in service.dependencies() {
        let full = depends.influence == Some(Influence::Full);
        if full && depends.on.is_excluded() && !depends.on.may_be_operated_by_carved_out() {
            excluded.push((depends.place()?, depends.on));
        }
    }
    let (first, _) = *excluded.first()?;
    let mut known = HashSet::new();
    let on = excluded.iter().map(|(_, dependency)| *dependency);
    let on: Vec<ServiceRef<'_, '_>> = on.filter(|dependency| known.insert(*dependency)).collect();
    let message = format!(
        "`{}` is in scope, but depends on {}, which {} declared out of scope",
        service.name(),
        words::services(&on),
        if on.len() == 1 { "is" } else { "are" }
    );
    let mut finding = RULE.finding(service.path(), first, "depends on a service out of scope", message);
    for (reference, dependency) in excluded {
        finding = finding.related(reference, "depends on a service out of scope");
        if let Some(scope) = dependency.body.scope.known() {
            finding = finding.related(
                dependency.at(scope.span),
                format!("`{}` is declared out of scope", dependency.name()),
            );
        }
    }
    Some(finding.help("bring the dependency into scope; if a carved-out organization operates it, state that in its `operated-by`; if it cannot affect the dependent service, state a smaller `influence`"))
}
