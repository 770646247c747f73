//! An id looks like one of a known catalogue that does not contain it.

use crate::decode::Val;
use crate::estate::{ControlRef, Entity, ReportRef, Standing, ThirdPartyRef};
use crate::finding::{Finding, Severity};
use crate::manifest::Declaration;
use crate::model::{Text, list_words};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Span;
use crate::standards::{Catalogue, Family, reference};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "unknown-control-reference",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "An id looks like one of a known catalogue that does not contain it.",
    references: &["TSP 100", "ISO/IEC 27001 6.1.3", "NIST CSF 2.0", "OWASP NHI 2025"],
    options: &[],
    yields_to: &[],
    page: include_str!("unknown_control_reference.md"),
    check: Check::Several(&[
        Check::PartsOfReport(of_report),
        Check::PartsOfThirdParty(of_third_party),
        Check::PartsOfControl(of_control),
    ]),
};

fn of_report(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Vec<Finding> {
    if !is_judged(report) {
        return Vec::new();
    }
    let mut found = judge(cx, report.entity(), cited_by_report(cx, report).into_iter(), "");
    found.extend(affected_by_nothing(cx, report));
    found
}

fn of_third_party(cx: &Context<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Vec<Finding> {
    let third_party = third_party.entity();
    let csocs = third_party.body.csocs.iter();
    judge(cx, third_party, csocs.flat_map(|csoc| csoc.value.criteria.iter()), "")
}

fn of_control(cx: &Context<'_, '_>, control: ControlRef<'_, '_>) -> Vec<Finding> {
    let control = control.entity();
    let of_another = control.body.catalogue.says_something();
    let criteria = control.body.criteria.iter().filter(move |_| !of_another);
    let otherwise = "; if the id is from another catalogue or edition, name that in `catalogue`";
    judge(cx, control, criteria, otherwise)
}

fn is_judged(report: ReportRef<'_, '_>) -> bool {
    let body = &report.body;
    // Suitable criteria stated by name have ids of their own.
    let has_others = body.is_misfiled() || body.framework.is_unknown() || body.suitable_criteria.stated;
    !has_others && report.assurance().standing() == Standing::Issued
}

fn cited_by_report<'e, 'a>(cx: &Context<'_, '_>, report: ReportRef<'e, 'a>) -> Vec<&'e Val<Text<'a>>> {
    let body = &*report.entity().body;
    // A qualified opinion may concern objectives, whose ids are the report's own.
    let may_be_others = !report.is_of(Family::TrustServices) && !lists_objectives(cx, report);
    let noted = body.exceptions.iter().flat_map(|noted| noted.value.about.iter());
    let affected = body.affected.iter().chain(noted);
    let affected = affected.filter(|id| !may_be_others && !is_of_report(cx, report, &id.value));
    let subservices = body.subservice.iter();
    let csocs = subservices.flat_map(|subservice| subservice.body.csocs.iter());
    let by_csocs = csocs.flat_map(|csoc| csoc.value.criteria.iter());
    body.criteria.iter().chain(affected).chain(by_csocs).collect()
}

/// Whether the objectives of a report are known, and there are some.
fn lists_objectives(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> bool {
    let objectives = &report.body.objectives;
    !(objectives.is_empty() || objectives.is_damaged() || cx.may_hide("objectives"))
}

/// Whether a text names an objective of a report, or a control that is or may be part of it.
fn is_of_report(cx: &Context<'_, '_>, report: ReportRef<'_, '_>, text: &str) -> bool {
    let mut objectives = report.body.objectives.iter();
    let is_objective = objectives.any(|objective| {
        let by_controls = &objective.body.controls;
        let same = |other: &str| other.trim().eq_ignore_ascii_case(text.trim());
        same(objective.id.as_str()) || by_controls.damaged || by_controls.iter().any(|name| same(&name.value))
    });
    let control = cx.control_named(report.namespace, text.trim());
    let is_linked = |control: ControlRef<'_, '_>| control.is_part_of(report) || control.is_membership_uncertain();
    is_objective || control.is_some_and(is_linked) || cx.may_hide(text.trim())
}

/// What a report declares as affected by a qualification, or as having an exception, that neither it nor a catalogue has.
fn affected_by_nothing(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Vec<Finding> {
    let Some(first) = report.body.objectives.first().filter(|_| lists_objectives(cx, report)) else {
        return Vec::new();
    };
    let mut unknown: BTreeMap<(&str, &str), Vec<Span>> = BTreeMap::new();
    let affected = report.body.affected.iter().map(|id| ("affected", id));
    let noted = report.body.exceptions.iter().flat_map(|noted| noted.value.about.iter());
    for (key, id) in affected.chain(noted.map(|id| ("exceptions", id))) {
        let text = id.value.trim();
        let is_known = reference::shaped_like(text).is_some() || reference::find(text).is_some();
        if !text.is_empty() && !is_known && !is_of_report(cx, report, text) {
            unknown.entry((key, text)).or_default().push(id.span);
        }
    }
    let findings = unknown.into_iter().filter_map(|((key, id), spans)| {
        let (first_span, others) = spans.split_first()?;
        let message = format!(
            "`{}` states \"{id}\" in `{key}`, which is neither one of its objectives, nor a control that is part of it, nor an \
             id of a catalogue",
            report.name()
        );
        let finding = RULE.finding(
            report.path(),
            report.at(*first_span),
            "not part of this report",
            message,
        );
        let finding = others
            .iter()
            .fold(finding, |finding, span| finding.related(report.at(*span), "and here"));
        Some(
            finding
                .related(report.at(first.span), "its objectives begin here")
                .citing(&[])
                .help(match key {
                    "affected" => "state the id of the objective, the control or the criterion that the opinion is qualified for",
                    _ => "state the id of the objective, the control or the criterion for which the exception was noted",
                }),
        )
    });
    findings.collect()
}

/// What an entity cites that no catalogue has: each id once, wherever it is cited.
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
        let Advice { instead, label, help } = advice(catalogue, id);
        let message = format!("`{name}` cites \"{id}\", but {instead}");
        let finding = RULE.finding(cx.path(entity), entity.at(*first), label, message);
        let finding = finding.citing(catalogue.whole);
        let finding = others
            .iter()
            .fold(finding, |finding, span| finding.related(entity.at(*span), "and here"));
        Some(finding.help(help + otherwise))
    });
    findings.collect()
}

/// What is wrong with an id, and what to cite instead.
struct Advice {
    /// What the catalogue has instead.
    instead: String,
    label: String,
    help: String,
}

fn advice(catalogue: &Catalogue, id: &str) -> Advice {
    let title = catalogue.title();
    if let Some(successors) = catalogue.successors(id) {
        let listed = list_words(successors, "and");
        let titled = successors.iter().filter_map(|id| catalogue.find(id));
        let titled: Vec<String> = titled
            .map(|reference| format!("{} ({})", reference.id, reference.title))
            .collect();
        return Advice {
            instead: format!("{title} replaced it with {listed}"),
            label: format!("replaced by {listed}"),
            help: format!("cite the one that is meant: {}", list_words(&titled, "or")),
        };
    }
    let instead = format!("its catalogue ({title}) has no such id");
    if let Some(version) = catalogue.earlier_version(id) {
        let near = catalogue
            .same_number(id)
            .map(|near| format!(", and check whether \"{}\" is meant", near.id));
        return Advice {
            instead,
            label: format!("numbered as in edition {version}"),
            help: format!("cite its replacement in {title}{}", near.unwrap_or_default()),
        };
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
                "ids of this series run from {} to {}: cite the one that is meant",
                first.id, last.id
            )
        }
        (None, Some(only), _) => format!("the only id of this series is {}: cite it if it is meant", only.id),
        (None, None, _) => "no id of the catalogue begins this way: cite the one that is meant".to_owned(),
    };
    Advice {
        instead,
        label: "no such id".to_owned(),
        help,
    }
}
