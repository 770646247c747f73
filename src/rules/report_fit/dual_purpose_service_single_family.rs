//! A service that serves both financial reporting and the trust services categories is answered for by one family of reports only.

use crate::finding::{Finding, Severity, list_words};
use crate::manifest::Tenancy;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};

pub static RULE: Rule = Rule {
    name: "dual-purpose-service-single-family",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A service that serves both financial reporting and the trust services categories is answered for by one family of reports only.",
    references: &["CSF GV.OC-02", "TSP 100", "AT-C 320"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("financial-impact-without-icfr-report")],
    page: include_str!("dual_purpose_service_single_family.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let service = cx.services.get(index);
    let body = &service.body;
    let dual = !body.commitments.items.is_empty() || body.tenancy.value() == Some(Tenancy::Shared);
    if !service.readable || !body.is_offered() || !body.has_financial_impact() || !dual {
        return None;
    }
    let missing = cx.only_unanswered(index)?;
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
