//! Readers are sent to a certificate that holds no longer.

use crate::estate::{AssuranceId, Origin, Standing};
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::editions;

pub static RULE: Rule = Rule {
    name: "certificate-expired",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "Readers are sent to a certificate that holds no longer.",
    references: &["ISO/IEC 17021-1"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("impossible-report-dates")],
    page: include_str!("certificate_expired.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let certificates = cx.standing_certificates().map(|(index, _)| index);
    certificates.filter_map(|index| judge(cx, index)).collect()
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let certificate = cx.certificates.get(index);
    let expires = certificate.body.expires.known()?;
    if expires.value.0 >= cx.as_of {
        return None;
    }
    let id = cx.id_of_certificate(index);
    let relying: Vec<(usize, usize)> = cx
        .claimed_by(id)
        .iter()
        .copied()
        .filter(|(service, _)| !claims_valid(cx, *service, id))
        .collect();
    let mut services: Vec<usize> = relying.iter().map(|(service, _)| *service).collect();
    services.dedup();
    if services.is_empty() {
        return None;
    }
    let message = format!(
        "the {} `{}` is claimed by {}, but expired on {}",
        cx.assurance_title(id),
        cx.name(certificate),
        words::services(cx, &services),
        expires.value
    );
    let mut finding = RULE.finding(
        cx.path(certificate),
        certificate.at(expires.span),
        format!("the last day it held, before {}", cx.as_of),
        message,
    );
    for (service, entry) in relying {
        let service = cx.services.get(service);
        if let Some(cited) = service.body.claims.items[entry].value.report.known() {
            finding = finding.related(service.at(cited.span), "claimed here, and no valid one with it");
        }
    }
    Some(finding.help(
        "if it was renewed, declare the new certificate and claim that one; if not, take the claims back or state `status = \"withdrawn\"`",
    ))
}

/// Whether a service claims a valid certificate of the same standard too, or may do so.
fn claims_valid(cx: &Context<'_, '_>, service: usize, expired: AssuranceId) -> bool {
    let framework = cx.assurance(expired).framework;
    let is_valid = |id: AssuranceId| {
        let other = cx.assurance(id);
        let same = other.framework.is_none_or(|of| Some(of) == framework);
        let held = matches!(other.standing, Standing::Issued | Standing::Unknown);
        let holds = match other.origin {
            Origin::Certificate(index) => {
                let body = &cx.certificates.get(index).body;
                let past = body.expires.known().is_some_and(|expires| expires.value.0 < cx.as_of);
                let stated = body.framework.value().zip(body.edition.get());
                let edition = stated.and_then(|(framework, edition)| editions::certified(framework, edition.as_str()));
                !past && !edition.is_some_and(|edition| edition.has_ended(cx.as_of))
            }
            Origin::Report(_) => true,
        };
        id != expired && same && held && holds
    };
    cx.claims_uncertain(service) || cx.claims_of(service).iter().any(|(_, id)| is_valid(*id))
}
