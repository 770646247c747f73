//! A report on controls relevant to financial reporting and one on the trust services criteria rest on the very same evidence, or nearly so.

use crate::estate::{Named, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{ControlId, EvidenceId, IdVec, ReportId};
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
    summary: "A report on controls relevant to financial reporting and one on the trust services criteria rest on the very same evidence, or nearly so.",
    references: &["AT-C 320", "TSP 100"],
    options: &[],
    yields_to: &[],
    page: include_str!("identical_evidence_set.md"),
    check: Check::Estate(check),
};

/// Fewer pieces may well be the same by chance.
const FEWEST: usize = 3;

/// So large a part of the larger of two sets, but at least one piece, may be missing in the smaller.
const TENTH: usize = 10;

/// More places than this help nobody.
const MOST_RELATED: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Piece {
    Entry(EvidenceId),
    Place(Identified),
    /// Outside the estate, as it is written.
    Unclear(String),
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let controls = || cx.controls.ids();
    // A control that may be part of any report may bring its evidence to any.
    if cx.are_objectives_uncertain()
        || cx.may_hide("controls")
        || controls().any(|control| cx.is_membership_uncertain(control))
    {
        return Vec::new();
    }
    let told_apart = told_apart(cx);
    let mut controls_of: BTreeMap<ReportId, Vec<ControlId>> = BTreeMap::new();
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
    let pieces = numbered(controls().map(|control| pieces(cx, control)));
    // Reports of the same controls have the same evidence; it is put together once.
    let mut by_controls: BTreeMap<Vec<ControlId>, Vec<ReportId>> = BTreeMap::new();
    for (report, controls) in controls_of {
        by_controls.entry(controls).or_default().push(report);
    }
    let mut by_evidence: BTreeMap<Vec<usize>, Vec<ReportId>> = BTreeMap::new();
    for (controls, reports) in &by_controls {
        let known: Option<Vec<&Vec<usize>>> = controls.iter().map(|control| pieces[*control].as_ref()).collect();
        if let Some(known) = known {
            let set: BTreeSet<usize> = known.into_iter().flatten().copied().collect();
            if set.len() >= FEWEST {
                by_evidence
                    .entry(set.into_iter().collect())
                    .or_default()
                    .extend(reports);
            }
        }
    }
    let of = |reports: &[ReportId], family| {
        let reports = reports.iter().copied();
        reports.filter(|id| cx.assurance(*id).is_of(family)).collect()
    };
    let sets = by_evidence.into_iter().map(|(pieces, reports)| EvidenceSet {
        icfr: of(&reports, Family::Icfr),
        trust_services: of(&reports, Family::TrustServices),
        pieces,
    });
    let sets: Vec<EvidenceSet> = sets.collect();
    let found = sets.par_iter().flat_map_iter(|set| {
        let others = set.others(&sets);
        let reports = set.icfr.iter().filter(|_| !others.is_empty());
        let found = reports.map(|report| (*report, finding(cx, *report, set, &others)));
        found.collect::<Vec<_>>()
    });
    let findings: BTreeMap<ReportId, Finding> = found.collect();
    findings.into_values().collect()
}

/// Each piece as a number, so that many sets are soon compared.
fn numbered(of_controls: impl Iterator<Item = Option<Vec<Piece>>>) -> IdVec<ControlId, Option<Vec<usize>>> {
    let mut numbers: HashMap<Piece, usize> = HashMap::new();
    let mut number = |piece| {
        let next = numbers.len();
        *numbers.entry(piece).or_insert(next)
    };
    of_controls
        .map(|pieces| Some(pieces?.into_iter().map(&mut number).collect()))
        .collect()
}

/// Pieces of operating evidence, in order, and the reports that rest on just these.
struct EvidenceSet {
    pieces: Vec<usize>,
    icfr: Vec<ReportId>,
    trust_services: Vec<ReportId>,
}

impl EvidenceSet {
    /// The sets of reports on the trust services criteria from which this one of reports on financial reporting can
    /// hardly be told: itself alone, if it is one, else those that are near.
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
        let (larger, smaller) = match self.pieces.len() >= other.pieces.len() {
            true => (&self.pieces, &other.pieces),
            false => (&other.pieces, &self.pieces),
        };
        let may_miss = (larger.len() / TENTH).max(1);
        if larger.len() - smaller.len() > may_miss {
            return false;
        }
        let missing = larger.iter().filter(|piece| smaller.binary_search(piece).is_err());
        // Sets that have little in common are told apart at once.
        let missing = missing.take(may_miss + 1).count();
        missing <= may_miss && larger.len() - missing >= FEWEST
    }

    /// How many pieces are in both.
    fn shared(&self, other: &Self) -> usize {
        let pieces = self.pieces.iter();
        pieces.filter(|piece| other.pieces.binary_search(piece).is_ok()).count()
    }
}

/// The reports of which a link says what its control was tested over, or what the report says of it.
fn told_apart(cx: &Context<'_, '_>) -> HashSet<ReportId> {
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
fn pieces(cx: &Context<'_, '_>, index: ControlId) -> Option<Vec<Piece>> {
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

fn finding(cx: &Context<'_, '_>, report: ReportId, set: &EvidenceSet, others: &[&EvidenceSet]) -> Finding {
    let entity = cx.reports.get(report);
    let is_same = others.iter().all(|other| other.pieces == set.pieces);
    let reports = others.iter().flat_map(|other| other.trust_services.iter().copied());
    let first = reports.clone().next().unwrap_or(report);
    let (one, other) = (words::report(cx, report), words::report(cx, first));
    let message = match (is_same, others.first()) {
        (false, Some(near)) => format!(
            "{one} rests on {} pieces of operating evidence and {other} on {}, of which {} are the same, and nothing says what each was tested over",
            set.pieces.len(),
            near.pieces.len(),
            set.shared(near)
        ),
        _ => format!(
            "{one} and {other} rest on the same {} pieces of operating evidence, and nothing says what each was tested over",
            set.pieces.len()
        ),
    };
    let label = match is_same {
        true => "is on the trust services criteria, from the same evidence",
        false => "is on the trust services criteria, from nearly the same evidence",
    };
    let mut finding = RULE.finding(cx.path(entity), entity.place(), "on financial reporting", message);
    for other in reports.take(MOST_RELATED) {
        let other = cx.reports.get(other);
        finding = finding.related(other.place(), format!("`{}` {label}", cx.name(other)));
    }
    let severity = if is_same { Severity::Warning } else { Severity::Note };
    finding.severity(severity).help("the two are about different systems and transactions: state what each link was tested over in `population`, or what the report says of it in `narrative` (`reports = [{ report = .., population = .. }]`), and name the evidence that only one of them needs")
}
