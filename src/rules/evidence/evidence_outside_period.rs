//! Evidence of operation is outside the period of every report of its control.

use crate::calendar::Period;
use crate::estate::{ControlRef, EvidenceEntryRef, Instance, Named, ReportRef, Standing, When};
use crate::finding::{Finding, Severity};
use crate::model::{ReportType, list_words, shortened};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "evidence-outside-period",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "Evidence of operation is outside the period of every report of its control.",
    references: &["AT-C 205"],
    options: &[],
    yields_to: &[],
    page: include_str!("evidence_outside_period.md"),
    check: Check::Several(&[Check::PartsOfControl(places), Check::Evidence(entry)]),
};

/// Labels beyond this number do not help.
const MAX_RELATED: usize = 20;

/// A report that a control serves, and its period.
struct Served<'e, 'a> {
    report: ReportRef<'e, 'a>,
    period: Period,
}

/// The places that a control names.
fn places(cx: &Context<'_, '_>, control: ControlRef<'_, '_>) -> Vec<Finding> {
    if cx.are_objectives_uncertain() {
        return Vec::new();
    }
    let places = control
        .placed_instances()
        .filter(|instance| instance.when != When::Unsaid);
    let places: Vec<Instance<'_, '_>> = places.collect();
    if places.is_empty() {
        return Vec::new();
    }
    let Some(served) = served(control) else {
        return Vec::new();
    };
    let found = places.iter().filter_map(|instance| {
        let (days, place) = outside(cx, instance.when, &served)?;
        Some(finding(control, instance, &days, place, &served))
    });
    found.collect()
}

/// An entry, which several controls may name.
fn entry(cx: &Context<'_, '_>, entry: EvidenceEntryRef<'_, '_>) -> Option<Finding> {
    if cx.are_objectives_uncertain() {
        return None;
    }
    let said = entry.instances().filter(|(_, instance)| instance.when != When::Unsaid);
    said.fold(None, |known: Option<Finding>, (control, instance)| {
        let Some(served) = served(control) else {
            return known;
        };
        let Some((days, place)) = outside(cx, instance.when, &served) else {
            return known;
        };
        let known = known.unwrap_or_else(|| finding(control, &instance, &days, place, &served));
        let room = known.related.len() < MAX_RELATED;
        let label = format!("`{}` names it as evidence of operation", control.name());
        let reference = control.at(instance.at.span);
        Some(if room { known.related(reference, label) } else { known })
    })
}

/// The reports whose periods evidence of a control can fall in. `None` when there may be others, or when no
/// issued report is among them.
fn served<'e, 'a>(control: ControlRef<'e, 'a>) -> Option<Vec<Served<'e, 'a>>> {
    if control.is_membership_uncertain() {
        return None;
    }
    let mut served = Vec::new();
    let mut issued = false;
    for report in control.reports() {
        let assurance = report.assurance();
        let type_1 = assurance.report_type == Some(ReportType::One);
        match assurance.period {
            _ if assurance.unread || assurance.standing() == Standing::Unknown => return None,
            // Its dates contradict each other.
            Some(period) if period.from > period.to => return None,
            Some(period) => {
                let misfiled = report.body.is_misfiled();
                issued |= assurance.standing() == Standing::Issued && !type_1 && !misfiled;
                served.push(Served { report, period });
            }
            None if type_1 || assurance.as_of.is_some() => {}
            None => return None,
        }
    }
    issued.then_some(served)
}

/// What is outside every one of the periods, in words, and where it is stated.
fn outside(cx: &Context<'_, '_>, when: When, served: &[Served<'_, '_>]) -> Option<(String, Place)> {
    let mut periods = served.iter().map(|served| served.period);
    match when {
        // Populations are collected after a period ends; only evidence collected before it cannot be about it.
        When::On(day, place) => periods
            .all(|period| day < period.from)
            .then(|| (format!("was collected on {day}"), place)),
        // Nothing is evidence of future days.
        When::Over(days, place) => periods
            .all(|period| period.overlap(days).is_none_or(|both| both.from > cx.as_of))
            .then(|| {
                let to = cx.as_of.told_at_most(days.to);
                (format!("covers {} to {to}", days.from), place)
            }),
        When::Ahead(days, place) => periods.all(|period| period.overlap(days).is_none()).then(|| {
            (
                format!("covers {} to {}, which is in the future", days.from, days.to),
                place,
            )
        }),
        When::Unsaid => None,
    }
}

fn finding(
    control: ControlRef<'_, '_>,
    instance: &Instance<'_, '_>,
    days: &str,
    place: Place,
    served: &[Served<'_, '_>],
) -> Finding {
    let names: Vec<String> = served
        .iter()
        .take(3)
        .map(|served| format!("`{}`", served.report.name()))
        .collect();
    let reports = match served.len() {
        0..=3 => list_words(&names, "and"),
        many => format!("each of the {many} reports"),
    };
    let (subject, what) = match instance.named {
        Some(Named::Entry(entry)) => (entry.path(), format!("the evidence `{}`", entry.name())),
        _ => (
            control.path(),
            format!("the evidence \"{}\"", shortened(&instance.at.value)),
        ),
    };
    let message = format!(
        "{what} {days}, outside the period of {reports}, which the control `{}` is part of",
        control.name()
    );
    let mut finding = RULE.finding(subject, place, "no report of its control covers these days", message);
    if !matches!(instance.named, Some(Named::Entry(_))) {
        // Several places may be of the same day.
        finding = finding.fact(instance.at.value.as_str());
    }
    for Served { report, period } in served.iter().take(MAX_RELATED / 2) {
        if let Some(stated) = report.body.period.known() {
            let label = format!("`{}` covers {} to {}", report.name(), period.from, period.to);
            finding = finding.related(report.at(stated.span), label);
        }
    }
    finding.help("link evidence from the report's period; if the dates are wrong, correct them, and if it serves another report, link the control to that one")
}
