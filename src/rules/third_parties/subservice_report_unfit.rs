//! The reports of a carved-out organization do not cover what ours leave to it.

use crate::decode::Val;
use crate::estate::{ReportRef, ThirdPartyRef, days_covered};
use crate::finding::{Finding, Severity};
use crate::manifest::ProviderReport;
use crate::model::{Framework, Opinion, ReportType, list_words};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "subservice-report-unfit",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "The reports of a carved-out organization do not cover what ours leave to it.",
    references: &["AU-C 402.18", "GV.SC-07"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("carve-out-unmonitored")],
    page: include_str!("subservice_report_unfit.md"),
    check: Check::ThirdParty(judge),
};

/// What is missing, and where that shows.
struct Misfit {
    what: String,
    place: Place,
    label: String,
}

fn judge(_: &Context<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Option<Finding> {
    let theirs = &third_party.body.reports;
    let silent = theirs.damaged
        || theirs
            .iter()
            .any(|report| report.value.is_unread() || report.value.alternative_procedures.explains());
    if silent {
        return None;
    }
    let ours = third_party.newest_carve_outs();
    let misfits: Vec<(ReportRef<'_, '_>, Misfit)> = ours
        .iter()
        .filter_map(|((family, report), method)| Some((*report, misfit(third_party, *family, *report, *method)?)))
        .collect();
    let (first, decided) = misfits.first()?;
    let mut whats: Vec<&str> = misfits.iter().map(|(_, misfit)| misfit.what.as_str()).collect();
    whats.dedup();
    let message = format!(
        "`{}` is carved out, but {}",
        third_party.name(),
        list_words(&whats, "and")
    );
    let mut finding = RULE.finding(third_party.path(), decided.place, decided.label.clone(), message);
    for (report, misfit) in &misfits {
        finding = finding.related(
            report.place(),
            format!("`{}`, our report, excludes its controls", report.name()),
        );
        finding = finding.related(misfit.place, misfit.label.clone());
    }
    let method = ours.iter().find(|((_, report), _)| report == first);
    if let Some((_, method)) = method {
        let label = format!("carved out of `{}`", first.name());
        finding = finding.related(*method, label);
    }
    for report in theirs.iter() {
        let stated = &report.value.alternative_procedures;
        finding = words::unexplained(finding, stated, |span| third_party.at(span));
    }
    let is_certificate =
        |report: &Val<ProviderReport<'_>>| report.value.framework.value().is_some_and(Framework::is_certificate);
    let only_certificates = !theirs.items.is_empty() && theirs.iter().all(is_certificate);
    let help = match only_certificates {
        // In Europe, the usual case of a data centre.
        true => {
            "a certificate does not report on controls over a period: state in its `alternative-procedures` how else you covered the organization's controls, or declare a report of the organization in `reports`"
        }
        false => {
            "get a suitable report of the organization, or its bridge letter, and declare it in `reports`; if its controls are covered in another way, state how in `alternative-procedures`"
        }
    };
    // Stated reports were reviewed; what is wrong with them is a separate fact.
    if !theirs.items.is_empty() {
        finding = finding.yields_to_none();
    }
    Some(finding.help(help))
}

/// Why the reports declared for the organization do not support one of ours.
fn misfit(
    third_party: ThirdPartyRef<'_, '_>,
    family: Family,
    report: ReportRef<'_, '_>,
    method: Place,
) -> Option<Misfit> {
    let carried = words::report(report);
    let theirs: Vec<&ProviderReport<'_>> = third_party.body.reports.iter().map(|report| &report.value).collect();
    let of_family: Vec<&ProviderReport<'_>> = theirs
        .iter()
        .copied()
        .filter(|report| report.may_be_of(family))
        .collect();
    if of_family.is_empty() {
        let stated = theirs.iter().find_map(|report| report.framework.known());
        let what = if theirs.is_empty() {
            "no report of it is declared".to_owned()
        } else {
            format!(
                "none of its declared reports is on {}, as {carried} is",
                family.subject_matter()
            )
        };
        let (place, label) = match stated {
            Some(framework) => (third_party.at(framework.span), format!("not a {}", family.reports())),
            None => (
                method,
                format!("carved out of `{}`, and no report of it is declared", report.name()),
            ),
        };
        return Some(Misfit { what, place, label });
    }
    let assurance = report.assurance();
    let is_type_2 = assurance.report_type == Some(ReportType::Two);
    let ours = assurance.period.filter(|period| is_type_2 && period.from <= period.to);
    // A report on other days only supports nothing of ours, however clean it is.
    let relevant = of_family
        .iter()
        .filter(|report| ours.is_none_or(|ours| report.may_overlap(ours)));
    let unfit: Option<Vec<(Place, String)>> = relevant
        .map(|theirs| {
            let opinion = theirs
                .opinion
                .known()
                .filter(|opinion| opinion.value != Opinion::Unmodified);
            let type_1 = theirs
                .report_type
                .known()
                .filter(|of| is_type_2 && of.value == ReportType::One);
            let by_opinion = opinion.map(|opinion| (opinion.span, format!("the opinion is {}", opinion.value)));
            let found =
                by_opinion.or_else(|| type_1.map(|of| (of.span, "type 1: does not cover operation".to_owned())));
            found.map(|(span, label)| (third_party.at(span), label))
        })
        .collect();
    if let Some((place, label)) = unfit.and_then(|unfit| unfit.into_iter().next()) {
        let what =
            format!("the only declared reports that could support {carried} are type 1 or have a modified opinion");
        return Some(Misfit { what, place, label });
    }
    let ours = ours?;
    let covered = days_covered(&of_family, ours)?;
    let latest = of_family
        .iter()
        .filter_map(|report| report.period.known())
        .max_by_key(|stated| stated.value.to.value())?;
    (covered * 2 < ours.days()).then(|| Misfit {
        what: format!(
            "its declared reports and bridge letters cover only {covered} of the {} days of {carried}",
            ours.days()
        ),
        place: third_party.at(latest.span),
        label: "less than half of our period".to_owned(),
    })
}
