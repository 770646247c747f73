//! Readers are sent to a certificate that holds no longer.

use crate::decode::Field;
use crate::estate::{AssuranceId, Origin, Standing};
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule, words};
use jiff::civil::Date;

pub static RULE: Rule = Rule {
    name: "certificate-expired",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "Readers are sent to a certificate that holds no longer.",
    references: &["ISO/IEC 17021-1"],
    options: &[],
    yields_to: &[],
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
        .filter(|(service, _)| !has_successor(cx, *service, id, expires.value.0))
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
            finding = finding.related(service.at(cited.span), "claimed here, and no successor with it");
        }
    }
    Some(finding.help(
        "if it was renewed, declare the new certificate and claim that one; if not, take the claims back or state `status = \"withdrawn\"`",
    ))
}

/// Whether a service also claims a certificate of the same standard that holds longer, or may do so.
fn has_successor(cx: &Context<'_, '_>, service: usize, expired: AssuranceId, on: Date) -> bool {
    let framework = cx.assurance(expired).framework;
    let follows = |id: AssuranceId| {
        let other = cx.assurance(id);
        let same = other.framework.is_none_or(|of| Some(of) == framework);
        let holds_longer = match other.origin {
            Origin::Certificate(index) => match cx.certificates.get(index).body.expires {
                Field::Known(expires) => expires.value.0 > on,
                _ => true,
            },
            Origin::Report(_) => true,
        };
        let held = matches!(other.standing, Standing::Issued | Standing::Unknown);
        id != expired && same && held && holds_longer
    };
    cx.claims_uncertain(service) || cx.claims_of(service).iter().any(|(_, id)| follows(*id))
}
