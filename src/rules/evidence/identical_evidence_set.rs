//! A report on financial reporting controls and one on the trust services criteria rely on (nearly) the same evidence.

use crate::estate::{ControlRef, EvidenceEntryRef, Named, ReportRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{ControlId, IdVec};
use crate::rules::same_evidence::{self, Identified};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub static RULE: Rule = Rule {
    name: "identical-evidence-set",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "A report on financial reporting controls and one on the trust services criteria rely on (nearly) the same evidence.",
    references: &["AT-C 320", "TSP 100"],
    options: &[],
    yields_to: &[],
    page: include_str!("identical_evidence_set.md"),
    check: Check::Estate(check),
};

/// Fewer pieces may be the same by chance.
const MIN_PIECES: usize = 3;

/// The share of the larger of two sets, but at least one piece, that may be missing in the smaller.
const TENTH: usize = 10;

/// Labels beyond this number do not help.
const MAX_RELATED: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Piece<'e, 'a> {
    Entry(EvidenceEntryRef<'e, 'a>),
    Place(Identified<'e, 'a>),
    /// Outside the estate, as written.
    Unclear(String),
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let controls = || cx.controls();
    // A control that may be part of any report may bring its evidence to any.
    if cx.are_objectives_uncertain() || cx.may_hide("controls") || cx.are_memberships_uncertain() {
        return Vec::new();
    }
    let told_apart = told_apart(cx);
    let mut controls_of: BTreeMap<ReportRef<'_, '_>, Vec<ControlRef<'_, '_>>> = BTreeMap::new();
    for control in controls() {
        for report in control.reports() {
            let assurance = report.assurance();
            let has_family = assurance.family.known().is_some();
            if has_family && assurance.standing() == Standing::Issued && !told_apart.contains(&report) {
                controls_of.entry(report).or_default().push(control);
            }
        }
    }
    let is_any_of = |family| controls_of.keys().any(|report| report.is_of(family));
    if !Family::ALL.into_iter().all(is_any_of) {
        return Vec::new();
    }
    let pieces = numbered(controls().map(|control| pieces(cx, control)));
    // Reports of the same controls have the same evidence; it is collected once.
    let mut by_controls: BTreeMap<Vec<ControlRef<'_, '_>>, Vec<ReportRef<'_, '_>>> = BTreeMap::new();
    for (report, controls) in controls_of {
        by_controls.entry(controls).or_default().push(report);
    }
    let mut by_evidence: BTreeMap<Vec<usize>, Vec<ReportRef<'_, '_>>> = BTreeMap::new();
    for (controls, reports) in &by_controls {
        let known: Option<Vec<&Vec<usize>>> = controls.iter().map(|control| pieces[control.index].as_ref()).collect();
        if let Some(known) = known {
            let set: BTreeSet<usize> = known.into_iter().flatten().copied().collect();
            if set.len() >= MIN_PIECES {
                by_evidence
                    .entry(set.into_iter().collect())
                    .or_default()
                    .extend(reports);
            }
        }
    }
    let sets = by_evidence.into_iter().map(|(pieces, reports)| {
        let of = |family| {
            reports
                .iter()
                .copied()
                .filter(|report: &ReportRef<'_, '_>| report.is_of(family))
                .collect()
        };
        EvidenceSet {
            icfr: of(Family::Icfr),
            trust_services: of(Family::TrustServices),
            pieces,
        }
    });
    let sets: Vec<EvidenceSet<'_, '_>> = sets.collect();
    let found = sets.par_iter().flat_map_iter(|set| {
        let others = set.others(&sets);
        let reports = set.icfr.iter().filter(|_| !others.is_empty());
        let found = reports.map(|report| (*report, finding(*report, set, &others)));
        found.collect::<Vec<_>>()
    });
    let findings: BTreeMap<ReportRef<'_, '_>, Finding> = found.collect();
    findings.into_values().collect()
}

/// Each piece as a number, so that many sets are compared quickly.
fn numbered<'e, 'a: 'e>(
    of_controls: impl Iterator<Item = Option<Vec<Piece<'e, 'a>>>>,
) -> IdVec<ControlId, Option<Vec<usize>>> {
    let mut numbers: HashMap<Piece<'_, '_>, usize> = HashMap::new();
    let mut number = |piece| {
        let next = numbers.len();
        *numbers.entry(piece).or_insert(next)
    };
    of_controls
        .map(|pieces| Some(pieces?.into_iter().map(&mut number).collect()))
        .collect()
}

/// Pieces of operating evidence, in order, and the reports that rely on exactly these.
struct EvidenceSet<'e, 'a> {
    pieces: Vec<usize>,
    icfr: Vec<ReportRef<'e, 'a>>,
    trust_services: Vec<ReportRef<'e, 'a>>,
}

impl EvidenceSet<'_, '_> {
    /// The sets of reports on the trust services criteria that this set of reports on financial reporting is almost
    /// identical to: only itself, if it is one, otherwise those that are close.
    fn others<'s>(&'s self, sets: &'s [Self]) -> Vec<&'s Self> {
        if self.icfr.is_empty() {
            return Vec::new();
        }
        if !self.trust_services.is_empty() {
            return vec![self];
        }
        let others = sets.iter().filter(|other| !other.trust_services.is_empty());
        others.filter(|other| self.is_near(other)).collect()
    }

    /// Whether enough pieces are in both, and few enough of the larger set are missing in the smaller.
    fn is_near(&self, other: &Self) -> bool {
        let (larger, smaller) = if self.pieces.len() >= other.pieces.len() {
            (&self.pieces, &other.pieces)
        } else {
            (&other.pieces, &self.pieces)
        };
        let may_miss = (larger.len() / TENTH).max(1);
        if larger.len() - smaller.len() > may_miss {
            return false;
        }
        let missing = larger.iter().filter(|piece| smaller.binary_search(piece).is_err());
        // Sets that have little in common are told apart at once.
        let missing = missing.take(may_miss + 1).count();
        missing <= may_miss && larger.len() - missing >= MIN_PIECES
    }

    /// How many pieces are in both.
    fn shared(&self, other: &Self) -> usize {
        let pieces = self.pieces.iter();
        pieces.filter(|piece| other.pieces.binary_search(piece).is_ok()).count()
    }
}

/// The reports with a link that states what its control was tested over, or what the report states about it.
fn told_apart<'e>(cx: &'e Context<'_, '_>) -> HashSet<ReportRef<'e, 'e>> {
    let mut reports = HashSet::new();
    for control in &cx.controls {
        for link in control.body.reports.iter().map(|link| &link.value) {
            if (link.population.says_something() || link.narrative.says_something())
                && let Some(name) = link.report.get()
            {
                reports.extend(cx.report_named(control.namespace, name));
            }
        }
    }
    reports
}

/// The evidence that a control operated; `None` when there may be more than is known.
fn pieces<'e, 'a>(cx: &Context<'e, 'a>, control: ControlRef<'e, 'a>) -> Option<Vec<Piece<'e, 'a>>> {
    if cx.names_more(control.namespace, &control.body.operating) {
        return None;
    }
    let instances = control.instances().into_iter();
    let piece = |named: Option<Named<'e, 'a>>, at: &str| match named? {
        Named::Entry(entry) => Some(Piece::Entry(entry)),
        // It is one file, however it is written.
        Named::Place => {
            let place = same_evidence::place(cx, control.file, at);
            Some(place.map_or_else(|| Piece::Unclear(at.to_owned()), Piece::Place))
        }
    };
    instances
        .map(|instance| piece(instance.named, &instance.at.value))
        .collect()
}

fn finding(report: ReportRef<'_, '_>, set: &EvidenceSet<'_, '_>, others: &[&EvidenceSet<'_, '_>]) -> Finding {
    let is_same = others.iter().all(|other| other.pieces == set.pieces);
    let reports = others.iter().flat_map(|other| other.trust_services.iter().copied());
    let first = reports.clone().next().unwrap_or(report);
    let (one, other) = (words::report(report), words::report(first));
    let message = match (is_same, others.first()) {
        (false, Some(near)) => format!(
            "{one} relies on {} pieces of operating evidence and {other} on {}, of which {} are the same, but nothing states what each was tested over",
            set.pieces.len(),
            near.pieces.len(),
            set.shared(near)
        ),
        _ => format!(
            "{one} and {other} rely on the same {} pieces of operating evidence, but nothing states what each was tested over",
            set.pieces.len()
        ),
    };
    let label = if is_same {
        "is on the trust services criteria, from the same evidence"
    } else {
        "is on the trust services criteria, from nearly the same evidence"
    };
    let mut finding = RULE.finding(report.path(), report.place(), "on financial reporting", message);
    for other in reports.take(MAX_RELATED) {
        finding = finding.related(other.place(), format!("`{}` {label}", other.name()));
    }
    let severity = if is_same { Severity::Warning } else { Severity::Note };
    finding.severity(severity).help("the two concern different systems and transactions: state in `population` what each link was tested over, or in `narrative` what the report states about it (`reports = [{ report = .., population = .. }]`), and link the evidence that only one of them needs")
}
