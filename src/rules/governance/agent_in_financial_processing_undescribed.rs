//! An AI agent may make changes where user entities' books depend on it, but the report's description leaves it out.

use super::agent_without_accountable_human::is_agent;
use crate::estate::{IdentityRef, Located, ReportRef, Right, ServiceRef, StatedAt};
use crate::finding::{Finding, Severity};
use crate::model::{Action, Autonomy, Framework, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use crate::standards::Family;
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "agent-in-financial-processing-undescribed",
    since: "0.1.0",
    group: Group::Governance,
    severity: Severity::Warning,
    summary: "An AI agent may make changes where user entities' books depend on it, but the report's description leaves it out.",
    references: &["ISAE 3402", "AT-C 320", "AI RMF GOVERN 1.6"],
    options: &[],
    yields_to: &[],
    page: include_str!("agent_in_financial_processing_undescribed.md"),
    check: Check::ActiveNhi(judge),
};

/// A change that an agent may make, and the report that does not describe it.
struct Undescribed<'e, 'a> {
    right: Right<'e, 'a>,
    action: Located<'e, Action>,
    service: ServiceRef<'e, 'a>,
    report: ReportRef<'e, 'a>,
}

fn judge(_: &Context<'_, '_>, agent: IdentityRef<'_, '_>) -> Option<Finding> {
    if !is_agent(&agent) || may_only_suggest(agent) {
        return None;
    }
    let mut seen = HashSet::new();
    let found: Vec<Undescribed<'_, '_>> = agent
        .within_reach()
        .into_iter()
        .flat_map(IdentityRef::own_rights)
        .filter_map(|right| undescribed(agent, right))
        .filter(|found| seen.insert(found.service))
        .collect();
    let first = found.first()?;
    let services: Vec<ServiceRef<'_, '_>> = found.iter().map(|found| found.service).collect();
    let name = agent.name();
    let may = |found: &Undescribed<'_, '_>| {
        let on = found.service.name();
        format!("may {} on `{on}`", words::action(*found.action.value))
    };
    let mut reports: Vec<String> = Vec::new();
    for report in found.iter().map(|found| found.report.name()) {
        let report = format!("`{report}`");
        if !reports.contains(&report) {
            reports.push(report);
        }
    }
    let message = format!(
        "the agent `{name}` may make changes on {}, where user entities' financial reporting is affected, but is not named in the system description of {}",
        words::services(&services),
        list_words(&reports, "or")
    );
    let mut finding = RULE.finding(agent.path(), first.action.place(), may(first), message);
    for found in &found {
        finding = finding.related(found.action.place(), found.action.label(may(found)));
        let service = found.service;
        if let Some(impact) = service.body.financial_impact.known() {
            let label = format!(
                "`{}` has {} on user entities' financial reporting",
                service.name(),
                words::impact(impact.value)
            );
            finding = finding.related(service.at(impact.span), label);
        }
        let report = found.report.name();
        let label = format!("`{report}` does not name `{name}`");
        finding = finding.related(agents_place(found.report), label);
        if found.right.identity != agent {
            let other = found.right.identity;
            let label = format!("`{name}` may assume `{}`", other.name());
            finding = finding.related(other.place(), label);
        }
    }
    // Each standard applies to the reports issued under it.
    let is_under = |framework| {
        let mut reports = found.iter().map(|found| &found.report.body);
        reports.any(|body| body.framework.value() == Some(framework) || body.also.find(&framework).is_some())
    };
    finding = finding.citing(match (is_under(Framework::Isae3402), is_under(Framework::Soc1)) {
        (true, true) => RULE.references,
        (true, false) => &["ISAE 3402", "AI RMF GOVERN 1.6"],
        (false, true) => &["AT-C 320", "AI RMF GOVERN 1.6"],
        (false, false) => &["AI RMF GOVERN 1.6"],
    });
    Some(finding.help(
        "have the agent described in the report and name it in `system-description.agents`, or remove its rights to make changes",
    ))
}

fn may_only_suggest(agent: IdentityRef<'_, '_>) -> bool {
    match agent.part(|i| &i.agent).stated(|agent| &agent.autonomy) {
        StatedAt::Absent => false,
        StatedAt::Unknown => true,
        StatedAt::Known(autonomy) => *autonomy.value == Autonomy::Suggest,
    }
}

fn undescribed<'e, 'a>(agent: IdentityRef<'e, 'a>, right: Right<'e, 'a>) -> Option<Undescribed<'e, 'a>> {
    let changes = |action: &Action| !matches!(action, Action::Read | Action::Export);
    let action = right
        .access
        .value
        .actions
        .iter()
        .find(|action| changes(&action.value))?;
    let service = right.service?;
    if !right.is_production() || !service.body.has_financial_impact() {
        return None;
    }
    let newest = service.newest(Family::Icfr).filter(|report| report.covers(service))?;
    let report = newest.as_report()?;
    if service.is_succession_uncertain(Family::Icfr) {
        return None;
    }
    report.leaves_out(agent).then(|| Undescribed {
        right,
        action: right.access.with(action),
        service,
        report,
    })
}

/// Where the report names its agents, or should.
fn agents_place(report: ReportRef<'_, '_>) -> Place {
    match report.body.system_description.known() {
        Some(description) if description.value.agents.stated => report.at(description.value.agents.span),
        Some(description) => report.at(description.span),
        None => report.place(),
    }
}
