//! The newest report has no complete description of the system that it is about.

use crate::decode::Field;
use crate::estate::{AssuranceId, Origin, names_evidence};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Framework, Section, SystemDescription};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    name: "report-without-system-description",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "The newest report has no complete description of the system that it is about.",
    references: &["DC 200", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("report_without_system_description.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut newest: BTreeSet<(AssuranceId, Family)> = BTreeSet::new();
    for service in 0..cx.services.len() {
        for family in Family::ALL {
            // SOC 3 is for readers who do not get the description, and stands beside a report that has it.
            let issued = cx.issued_for(service, family);
            let described = issued.filter(|id| cx.assurance(*id).framework != Some(Framework::Soc3));
            // One that states no end, or one that could not be read, might be the newest.
            let mut undated = described.clone().filter(|id| cx.assurance(*id).end().is_none());
            let undated = undated.next().is_some() && described.clone().nth(1).is_some();
            if !undated && !cx.is_succession_uncertain(service, family) {
                newest.extend(cx.newest_of(described).map(|id| (id, family)));
            }
        }
    }
    newest
        .into_iter()
        .filter_map(|(id, family)| judge(cx, id, family))
        .collect()
}

fn judge(cx: &Context<'_, '_>, id: AssuranceId, family: Family) -> Option<Finding> {
    let Origin::Report(index) = cx.assurance(id).origin else {
        return None;
    };
    let report = cx.reports.get(index);
    let title = words::report(cx, id);
    let description = match &report.body.system_description {
        Field::Unknown(_) => return None,
        // A torn table of its own leaves nothing behind.
        Field::Absent if cx.may_hide(&report.id) => return None,
        Field::Absent => {
            let message = format!("{title} declares no description of the system that it is about");
            let finding = RULE.finding(cx.path(report), report.place(), "no `system-description`", message);
            return Some(finding.help(help(family)));
        }
        Field::Known(description) => description,
    };
    let body = &description.value;
    let sections = match family {
        Family::TrustServices => missing_sections(body),
        Family::Icfr => Vec::new(),
    };
    let mut lacking = Vec::new();
    if !names_evidence(&body.evidence) {
        lacking.push("names no evidence".to_owned());
    }
    if !sections.is_empty() {
        lacking.push(format!("leaves out {}", list_words(&sections, "and")));
    }
    let lacking = list_words(&lacking, "and");
    if lacking.is_empty() {
        return None;
    }
    let message = format!("the system description of {title} {lacking}");
    let place = report.at(description.span);
    let mut finding = RULE.finding(cx.path(report), place, format!("it {lacking}"), message);
    if let Some(framework) = report.body.framework.known().filter(|_| !sections.is_empty()) {
        let label = "reports on the trust services criteria describe five parts";
        finding = finding.related(report.at(framework.span), label);
    }
    if body.sections.stated && !sections.is_empty() {
        finding = finding.related(
            report.at(body.sections.span),
            "the sections that it is declared to have",
        );
    }
    Some(finding.help(help(family)))
}

/// The parts that DC 200 asks a description for.
const SECTIONS: [Section; 5] = [
    Section::Infrastructure,
    Section::Software,
    Section::People,
    Section::Procedures,
    Section::Data,
];

fn missing_sections(description: &SystemDescription<'_>) -> Vec<&'static str> {
    if description.sections.damaged {
        return Vec::new();
    }
    let missing = SECTIONS
        .iter()
        .filter(|section| description.sections.find(section).is_none());
    missing.map(|section| section.as_str()).collect()
}

fn help(family: Family) -> &'static str {
    match family {
        Family::Icfr => "state where the description is: `system-description = { evidence = .. }`",
        Family::TrustServices => {
            "state where the description is and which sections it has: `system-description = { sections = [\"infrastructure\", \"software\", \"people\", \"procedures\", \"data\"], evidence = .. }`"
        }
    }
}
