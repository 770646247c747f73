//! A report on controls relevant to financial reporting and one on the trust services criteria rest on the very same evidence.

use crate::estate::{Named, Standing};
use crate::finding::{Finding, Severity};
use crate::rules::same_evidence::{self, Identified};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

use std::collections::{BTreeMap, BTreeSet, HashSet};

pub static RULE: Rule = Rule {
    name: "identical-evidence-set",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "A report on controls relevant to financial reporting and one on the trust services criteria rest on the very same evidence.",
    references: &["AT-C 320", "TSP 100"],
    options: &[],
    yields_to: &[],
    page: include_str!("identical_evidence_set.md"),
    check: Check::Estate(check),
};

/// Fewer pieces may well be the same by chance.
const FEWEST: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Piece {
    Entry(usize),
    Place(Identified),
    /// Outside the estate, as it is written.
    Unclear(String),
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let controls = || 0..cx.controls.len();
    // A control that may be part of any report may bring its evidence to any.
    if cx.are_objectives_uncertain()
        || cx.may_hide("controls")
        || controls().any(|control| cx.is_membership_uncertain(control))
    {
        return Vec::new();
    }
    let told_apart = told_apart(cx);
    let mut controls_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for control in controls() {
        for report in cx.reports_of_control(control) {
            let assurance = cx.assurance(*report);
            let family = matches!(assurance.family, Ok(Some(_)));
            if family && assurance.standing == Standing::Issued && !told_apart.contains(report) {
                controls_of.entry(*report).or_default().push(control);
            }
        }
    }
    let is_any_of = |family| controls_of.keys().any(|report| cx.assurance(*report).is_of(family));
    if !Family::ALL.into_iter().all(is_any_of) {
        return Vec::new();
    }
    let pieces: Vec<Option<Vec<Piece>>> = controls().map(|control| pieces(cx, control)).collect();
    // Reports of the same controls have the same evidence; it is put together once.
    let mut by_controls: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for (report, controls) in controls_of {
        by_controls.entry(controls).or_default().push(report);
    }
    let mut by_evidence: BTreeMap<BTreeSet<&Piece>, Vec<usize>> = BTreeMap::new();
    for (controls, reports) in &by_controls {
        let known: Option<Vec<&Vec<Piece>>> = controls.iter().map(|control| pieces[*control].as_ref()).collect();
        if let Some(known) = known {
            let set: BTreeSet<&Piece> = known.into_iter().flatten().collect();
            by_evidence.entry(set).or_default().extend(reports);
        }
    }
    let alike = by_evidence.iter().filter(|(set, _)| set.len() >= FEWEST);
    let mut findings: Vec<(usize, Finding)> = alike
        .flat_map(|(set, reports)| {
            let of = |family| {
                reports
                    .iter()
                    .copied()
                    .filter(move |id| cx.assurance(*id).is_of(family))
            };
            let others: Vec<usize> = of(Family::TrustServices).collect();
            let financial = of(Family::Icfr).filter(|_| !others.is_empty());
            let found = financial.map(|report| (report, finding(cx, report, &others, set)));
            found.collect::<Vec<_>>()
        })
        .collect();
    findings.sort_by_key(|(report, _)| *report);
    findings.into_iter().map(|(_, finding)| finding).collect()
}

/// The reports of which a link says what its control was tested over, or what the report says of it.
fn told_apart(cx: &Context<'_, '_>) -> HashSet<usize> {
    let mut reports = HashSet::new();
    for control in &cx.controls {
        for link in control.body.reports.iter().map(|link| &link.value) {
            if (link.population.says_something() || link.narrative.says_something())
                && let Some(name) = link.report.get()
            {
                reports.extend(cx.reports.resolve(&cx.namespaces, control.namespace, name));
            }
        }
    }
    reports
}

/// The evidence that a control operated; `None` when there may be more than is known.
fn pieces(cx: &Context<'_, '_>, index: usize) -> Option<Vec<Piece>> {
    let control = cx.controls.get(index);
    if cx.names_more(control.namespace, &control.body.operating) {
        return None;
    }
    let instances = cx.instances(index).into_iter();
    let piece = |named: Option<Named>, at: &str| match named? {
        Named::Entry(entry) => Some(Piece::Entry(entry)),
        // However it is written, it is one file.
        Named::Place => {
            let place = same_evidence::place(cx, control.file, at);
            Some(place.map_or_else(|| Piece::Unclear(at.to_owned()), Piece::Place))
        }
    };
    instances
        .map(|instance| piece(instance.named, &instance.at.value))
        .collect()
}

fn finding(cx: &Context<'_, '_>, report: usize, others: &[usize], set: &BTreeSet<&Piece>) -> Finding {
    let entity = cx.reports.get(report);
    let message = format!(
        "{} and {} rest on the same {} pieces of operating evidence, and nothing says what each was tested over",
        words::report(cx, report),
        words::report(cx, others[0]),
        set.len()
    );
    let mut finding = RULE.finding(cx.path(entity), entity.place(), "on financial reporting", message);
    for other in others {
        let place = cx.reports.get(*other).place();
        finding = finding.related(place, "on the trust services criteria, from the same evidence");
    }
    finding.help("the two answer different questions: state each link's `population` or `narrative` (`reports = [{ report = .., population = .. }]`), and add the evidence that only one of them needs")
}
