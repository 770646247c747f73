//! A service that matters to user entities' financial reporting is not covered by any SOC 1 or ISAE 3402 report.

use crate::estate::{Coverage, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::FinancialImpact;
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "financial-impact-without-icfr-report",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "A service that matters to user entities' financial reporting is not covered by any SOC 1 or ISAE 3402 report.",
    references: &["AT-C 320", "ISAE 3402", "SOX 404", "CSF GV.OC-02"],
    options: &[],
    yields_to: &[],
    page: include_str!("financial_impact_without_icfr_report.md"),
    check: Check::Service(judge),
};

/// The severity of a finding about a service, if there is one.
fn severity_on(service: ServiceRef<'_, '_>) -> Option<Severity> {
    let body = &service.body;
    if !service.readable || !body.is_offered() {
        return None;
    }
    let impact = body.financial_impact.value().filter(|_| body.has_financial_impact())?;
    match service.coverage(Family::Icfr) {
        Coverage::Issued | Coverage::Unknown => None,
        Coverage::Upcoming => Some(Severity::Note),
        Coverage::No if body.icfr_alternative.explains() => Some(Severity::Note),
        Coverage::No if impact == FinancialImpact::ItgcOnly => Some(Severity::Warning),
        Coverage::No => Some(Severity::Error),
    }
}

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let severity = severity_on(service)?;
    let impact = service.body.financial_impact.known()?;
    let name = service.name();
    let claimed = words::claimed(service);
    let upcoming = service.coverage(Family::Icfr) == Coverage::Upcoming;
    let message = if upcoming {
        format!(
            "`{name}` is declared to have {} on user entities' financial reporting; the SOC 1 or ISAE 3402 report that will cover it has not been issued yet",
            words::impact(impact.value)
        )
    } else {
        format!(
            "`{name}` is declared to have {} on user entities' financial reporting, but {claimed}: no declared SOC 1 or ISAE 3402 report covers it",
            words::impact(impact.value)
        )
    };
    let label = format!("{} on user entities' financial reporting", words::impact(impact.value));
    let mut finding = RULE
        .finding(service.path(), service.at(impact.span), label, message)
        .severity(severity);
    for claimed in service.claims() {
        if let Some(place) = claimed.place() {
            let label = match claimed.assurance.standing() {
                Standing::Gone => format!(
                    "claims {}, which is withdrawn or was never issued",
                    claimed.assurance.title()
                ),
                _ => format!(
                    "claims {}, which is about {}",
                    claimed.assurance.title(),
                    words::subject_matter(claimed.assurance)
                ),
            };
            finding = finding.related(place, label);
        }
    }
    for report in service.assurances() {
        if report.is_of(Family::Icfr) && report.standing() == Standing::Upcoming {
            finding = finding.related(
                report.place(),
                format!("`{}` ({}) is declared but not issued", report.name(), report.title()),
            );
        }
    }
    if let Some(alternative) = service.body.icfr_alternative.known() {
        let label = if alternative.value.explains() {
            "the declared alternative for user auditors"
        } else {
            words::NO_EXPLANATION
        };
        finding = finding.related(service.at(alternative.span), label);
    }
    let alternative = service.body.icfr_alternative.explains();
    Some(finding.help(if alternative {
        "no change is needed if user auditors do get comfort as declared; otherwise have a SOC 1 (US) or ISAE 3402 (international) report cover it"
    } else if upcoming {
        "tell readers when it will be issued, and how their auditors get comfort until then (`icfr-alternative`)"
    } else {
        "have a SOC 1 (US) or ISAE 3402 (international) report cover it, and claim that report; if user auditors get comfort in another way, state it in `icfr-alternative`; if the impact is overstated, correct `financial-impact`"
    }))
}
