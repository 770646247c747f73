//! An id looks like one of a known catalogue, which does not have it.

use crate::decode::{Text, Val};
use crate::estate::{Assurance, Entity, Standing};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Declaration, Report};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Span;
use crate::standards::{Catalogue, Family, reference};
use std::collections::{BTreeMap, HashSet};

pub static RULE: Rule = Rule {
    name: "unknown-control-reference",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "An id looks like one of a known catalogue, which does not have it.",
    references: &[],
    options: &[],
    yields_to: &[],
    page: include_str!("unknown_control_reference.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let reports = cx.reports.iter().enumerate();
    let reports =
        reports.flat_map(|(index, report)| judge(cx, report, cited_by_report(cx.assurance(index), report), ""));
    let third_parties = cx.third_parties.iter().flat_map(|third_party| {
        let csocs = third_party.body.csocs.iter();
        judge(cx, third_party, csocs.flat_map(|csoc| csoc.value.criteria.iter()), "")
    });
    let controls = cx.controls.iter().flat_map(|control| {
        let of_another = control.body.catalogue.says_something();
        let criteria = control.body.criteria.iter().filter(move |_| !of_another);
        let otherwise = "; if the id is of another catalogue or edition, name that in `catalogue`";
        judge(cx, control, criteria, otherwise)
    });
    reports.chain(third_parties).chain(controls).collect()
}

fn cited_by_report<'e, 'a>(
    assurance: &Assurance,
    report: &'e Entity<'a, Report<'a>>,
) -> impl Iterator<Item = &'e Val<Text<'a>>> {
    let body = &*report.body;
    // Criteria that are stated by name have ids of their own.
    let judged = assurance.standing == Standing::Issued
        && !(body.is_misfiled() || body.framework.is_unknown() || body.suitable_criteria.stated);
    // A qualified opinion may be about objectives, whose ids are the report's own.
    let is_trust_services = assurance.is_of(Family::TrustServices);
    let objectives: HashSet<&str> = body
        .objectives
        .0
        .iter()
        .map(|objective| objective.id.as_str())
        .collect();
    let affected = body.affected.iter();
    let affected = affected.filter(move |id| is_trust_services && !objectives.contains(id.value.as_str()));
    let subservices = body.subservice.0.iter();
    let csocs = subservices.flat_map(|subservice| subservice.body.csocs.iter());
    let by_csocs = csocs.flat_map(|csoc| csoc.value.criteria.iter());
    let cited = body.criteria.iter().chain(affected).chain(by_csocs);
    cited.filter(move |_| judged)
}

/// What an entity cites and no catalogue has: each id once, wherever it stands.
fn judge<'e, 'a: 'e, T: Declaration<'a>>(
    cx: &Context<'_, 'a>,
    entity: &Entity<'a, T>,
    cited: impl Iterator<Item = &'e Val<Text<'a>>>,
    otherwise: &str,
) -> Vec<Finding> {
    let mut unknown: BTreeMap<&str, (&'static Catalogue, Vec<Span>)> = BTreeMap::new();
    for id in cited {
        if let Some((catalogue, known_as)) = reference::shaped_like(id.value.trim())
            && catalogue.find(known_as).is_none()
        {
            unknown
                .entry(known_as)
                .or_insert_with(|| (catalogue, Vec::new()))
                .1
                .push(id.span);
        }
    }
    let name = cx.name(entity);
    let findings = unknown.into_iter().filter_map(|(id, (catalogue, spans))| {
        let (first, others) = spans.split_first()?;
        let title = catalogue.title();
        let message = format!("`{name}` cites \"{id}\", but its catalogue ({title}) has no such id");
        let (label, help) = advice(catalogue, id);
        let finding = RULE.finding(cx.path(entity), entity.at(*first), label, message);
        let finding = others
            .iter()
            .fold(finding, |finding, span| finding.related(entity.at(*span), "and here"));
        Some(finding.help(help + otherwise))
    });
    findings.collect()
}

/// What is wrong with an id, and what to cite instead.
fn advice(catalogue: &Catalogue, id: &str) -> (String, String) {
    if let Some(successors) = catalogue.successors(id) {
        let successors = list_words(successors, "and");
        return (
            format!("replaced by {successors}"),
            format!(
                "{} has {successors} in its place: cite what is meant",
                catalogue.title()
            ),
        );
    }
    if let Some(version) = catalogue.earlier_version(id) {
        let near = catalogue
            .same_number(id)
            .map(|near| format!(", and look whether \"{}\" is meant", near.id));
        return (
            format!("numbered as in edition {version}"),
            format!(
                "cite what {} has in its place{}",
                catalogue.title(),
                near.unwrap_or_default()
            ),
        );
    }
    let elsewhere = reference::differently_written(id);
    let help = match (elsewhere, catalogue.series(id).next(), catalogue.series(id).last()) {
        (Some(entry), ..) => format!(
            "write \"{}\" if {} is meant",
            entry.reference.id,
            entry.catalogue.title()
        ),
        (None, Some(first), Some(last)) if first != last => {
            format!(
                "ids of this series go from {} to {}: cite the one that is meant",
                first.id, last.id
            )
        }
        (None, Some(only), _) => format!("the only id of this series is {}: cite it if it is meant", only.id),
        (None, None, _) => "no id of the catalogue begins like this: cite the one that is meant".to_owned(),
    };
    ("no such id".to_owned(), help)
}
