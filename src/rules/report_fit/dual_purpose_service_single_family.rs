//! A service that serves both financial reporting and the trust services categories is answered for by one family of reports only.

use super::financial_impact_without_icfr_report;
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::Tenancy;
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "dual-purpose-service-single-family",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A service that serves both financial reporting and the trust services categories is answered for by one family of reports only.",
    references: &["CSF GV.OC-02", "TSP 100", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("dual_purpose_service_single_family.md"),
    check: Check::Service(judge),
};

/// The family that is missing, if this rule speaks about a service.
pub fn missing_family(cx: &Context<'_, '_>, index: usize) -> Option<Family> {
    let service = cx.services.get(index);
    let body = &service.body;
    let dual = !body.commitments.items.is_empty() || body.tenancy.value() == Some(Tenancy::Shared);
    if !service.readable || !body.is_offered() || !body.has_financial_impact() || !dual {
        return None;
    }
    if financial_impact_without_icfr_report::speaks_on(cx, index).is_some() {
        return None;
    }
    cx.only_unanswered(index)
}

/// Whether this rule speaks about a service, or might if what could not be read said so.
pub fn may_speak_on(cx: &Context<'_, '_>, index: usize) -> bool {
    let body = &cx.services.get(index).body;
    let unread = body.commitments.damaged
        || body.tenancy.is_unknown()
        || body.financial_impact.is_unknown()
        || body.exposure.is_unknown();
    unread || missing_family(cx, index).is_some()
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let missing = missing_family(cx, index)?;
    let service = cx.services.get(index);
    let impact = service.body.financial_impact.known()?;
    let answered = cx.live_of(index, missing.other()).next()?;
    let (also, place, label) = match (service.body.commitments.items.first(), service.body.tenancy.known()) {
        (Some(first), _) => {
            let promised: Vec<&str> = service.body.commitments.iter().map(|c| c.value.as_str()).collect();
            let also = format!("promises {} to its users", list_words(&promised, "and"));
            (also, service.at(first.span), "promised to its users".to_owned())
        }
        (None, Some(tenancy)) => (
            "serves financial and general operations together".to_owned(),
            service.at(tenancy.span),
            "financial and general operations share it".to_owned(),
        ),
        (None, None) => return None,
    };
    let message = format!(
        "`{}` is declared to have {} on user entities' financial reporting and {also}, but of the declared reports only {} answers for it",
        cx.name(service),
        words::impact(impact.value),
        cx.assurance_title(answered)
    );
    let finding = RULE
        .finding(
            cx.path(service),
            service.at(impact.span),
            format!("{} on user entities' financial reporting", words::impact(impact.value)),
            message,
        )
        .related(place, label)
        .related(
            cx.assurance_place(answered),
            format!("answers for it, and speaks about {}", missing.other().subject_matter()),
        );
    Some(finding.help(format!(
        "have a report on {} cover it too ({}); neither family replaces the other",
        missing.subject_matter(),
        missing.reports()
    )))
}
