//! A service in scope rests on one that is declared out of scope.

use crate::decode::Field;
use crate::finding::{Finding, Severity};
use crate::manifest::{Influence, Lifecycle};
use crate::model::ServiceId;
use crate::rules::{Check, Context, Group, Rule, words};
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "in-scope-depends-on-excluded",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A service in scope rests on one that is declared out of scope.",
    references: &["CSF GV.OC-05"],
    options: &[],
    yields_to: &[],
    page: include_str!("in_scope_depends_on_excluded.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, index: ServiceId) -> Option<Finding> {
    let service = cx.services.get(index);
    let may_be_retired = match &service.body.lifecycle {
        Field::Unknown(_) => true,
        lifecycle => lifecycle.value() == Some(Lifecycle::Retired),
    };
    if !service.readable || !service.body.is_in_scope() || may_be_retired {
        return None;
    }
    let mut excluded = Vec::new();
    for edge in cx.dependencies(index) {
        let full = edge.influence == Some(Influence::Full);
        if full && cx.is_excluded(edge.to) && !cx.may_be_operated_by_carved_out(edge.to) {
            let reference = service.body.depends_on.items[edge.entry].value.service.known()?;
            excluded.push((service.at(reference.span), edge.to));
        }
    }
    let (first, _) = *excluded.first()?;
    let mut known = HashSet::new();
    let on = excluded.iter().map(|(_, dependency)| *dependency);
    let on: Vec<ServiceId> = on.filter(|dependency| known.insert(*dependency)).collect();
    let message = format!(
        "`{}` is in scope, but depends on {}, which {} declared out of scope",
        cx.name(service),
        words::services(cx, &on),
        if on.len() == 1 { "is" } else { "are" }
    );
    let mut finding = RULE.finding(cx.path(service), first, "depends on what is out of scope", message);
    for (reference, dependency) in excluded {
        let dependency = cx.services.get(dependency);
        finding = finding.related(reference, "depends on what is out of scope");
        if let Some(scope) = dependency.body.scope.known() {
            finding = finding.related(
                dependency.at(scope.span),
                format!("`{}` is declared out of scope", cx.name(dependency)),
            );
        }
    }
    Some(finding.help("take the dependency into scope; if a carved-out organization runs it, say so in its `operated-by`; if it cannot affect the dependant, state a smaller `influence`"))
}
