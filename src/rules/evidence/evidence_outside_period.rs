//! Evidence of operation speaks about days that no report of its control is about.

use crate::calendar::Period;
use crate::decode::shortened;
use crate::estate::{Instance, Named, Standing, When};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::ReportType;
use crate::model::{ControlId, EvidenceId, ReportId};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "evidence-outside-period",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "Evidence of operation speaks about days that no report of its control is about.",
    references: &["AT-C 205"],
    options: &[],
    yields_to: &[],
    page: include_str!("evidence_outside_period.md"),
    check: Check::Estate(check),
};

/// More places than this help nobody.
const MOST_RELATED: usize = 20;

/// A report that a control serves, and its period.
struct Served {
    report: ReportId,
    period: Period,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    if cx.are_objectives_uncertain() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut entries: BTreeMap<EvidenceId, Finding> = BTreeMap::new();
    for control in cx.controls.ids() {
        let instances = cx.instances(control);
        if instances.iter().all(|instance| instance.when == When::Unsaid) {
            continue;
        }
        let Some(served) = served(cx, control) else {
            continue;
        };
        for instance in instances {
            let Some((days, place)) = outside(instance.when, &served) else {
                continue;
            };
            let reference = cx.controls.get(control).at(instance.at.span);
            match instance.named {
                Some(Named::Entry(entry)) => {
                    let known = entries.remove(&entry);
                    let known = known.unwrap_or_else(|| finding(cx, control, &instance, &days, place, &served));
                    let room = known.related.len() < MOST_RELATED;
                    let name = cx.name(cx.controls.get(control));
                    let label = format!("`{name}` names it as evidence of operation");
                    let known = if room { known.related(reference, label) } else { known };
                    entries.insert(entry, known);
                }
                Some(Named::Place) => findings.push(finding(cx, control, &instance, &days, place, &served)),
                None => {}
            }
        }
    }
    findings.extend(entries.into_values());
    findings
}

/// The reports whose periods evidence of a control can speak about. `None` when there may be others, or when no
/// issued report is among them.
fn served(cx: &Context<'_, '_>, control: ControlId) -> Option<Vec<Served>> {
    if cx.is_membership_uncertain(control) {
        return None;
    }
    let mut served = Vec::new();
    let mut issued = false;
    for report in cx.reports_of_control(control).iter().copied() {
        let assurance = cx.assurance(report);
        let type_1 = assurance.report_type == Some(ReportType::One);
        match assurance.period {
            _ if assurance.unread || assurance.standing == Standing::Unknown => return None,
            // Its dates contradict each other.
            Some(period) if period.from > period.to => return None,
            Some(period) => {
                let misfiled = cx.reports.get(report).body.is_misfiled();
                issued |= assurance.standing == Standing::Issued && !type_1 && !misfiled;
                served.push(Served { report, period });
            }
            None if type_1 || assurance.as_of.is_some() => {}
            None => return None,
        }
    }
    issued.then_some(served)
}

/// What lies outside every one of the periods, in words, and where it is said.
fn outside(when: When, served: &[Served]) -> Option<(String, Place)> {
    let mut periods = served.iter().map(|served| served.period);
    match when {
        // Populations are pulled after a period ends; only what was collected before it cannot be about it.
        When::On(day, place) => periods
            .all(|period| day < period.from)
            .then(|| (format!("was collected on {day}"), place)),
        When::Over(days, place) => periods
            .all(|period| period.overlap(days).is_none())
            .then(|| (format!("speaks about {} to {}", days.from, days.to), place)),
        When::Ahead(days, place) => periods.all(|period| period.overlap(days).is_none()).then(|| {
            (
                format!("speaks about {} to {}, which is still ahead", days.from, days.to),
                place,
            )
        }),
        When::Unsaid => None,
    }
}

fn finding(
    cx: &Context<'_, '_>,
    control: ControlId,
    instance: &Instance<'_, '_>,
    days: &str,
    place: Place,
    served: &[Served],
) -> Finding {
    let control = cx.controls.get(control);
    let names: Vec<String> = served
        .iter()
        .take(3)
        .map(|served| format!("`{}`", cx.name(cx.reports.get(served.report))))
        .collect();
    let reports = match served.len() {
        0..=3 => list_words(&names, "and"),
        many => format!("each of the {many} reports"),
    };
    let (subject, what) = match instance.named {
        Some(Named::Entry(entry)) => {
            let entry = cx.evidence.get(entry);
            (cx.path(entry), format!("the evidence `{}`", cx.name(entry)))
        }
        _ => (
            cx.path(control),
            format!("the evidence \"{}\"", shortened(&instance.at.value)),
        ),
    };
    let message = format!(
        "{what} {days}, outside the period of {reports}, which the control `{}` is part of",
        cx.name(control)
    );
    let mut finding = RULE.finding(subject, place, "no report of its control is about these days", message);
    if !matches!(instance.named, Some(Named::Entry(_))) {
        // Several places may be of one day.
        finding = finding.fact(instance.at.value.as_str());
    }
    for Served { report, period } in served.iter().take(MOST_RELATED / 2) {
        let report = cx.reports.get(*report);
        if let Some(stated) = report.body.period.known() {
            let label = format!("`{}` is about {} to {}", cx.name(report), period.from, period.to);
            finding = finding.related(report.at(stated.span), label);
        }
    }
    finding.help("name evidence from the report's period; if the days are wrong, correct them, and if it serves another report, link the control to that one")
}
