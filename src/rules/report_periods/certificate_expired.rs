//! Readers are sent to a certificate that holds no longer.

use crate::estate::{Origin, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::{CertificateStatus, Framework};
use crate::model::{AssuranceId, CertificateId, ServiceId};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Span;

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
    cx.certificates.ids().filter_map(|index| judge(cx, index)).collect()
}

fn judge(cx: &Context<'_, '_>, index: CertificateId) -> Option<Finding> {
    let certificate = cx.certificates.get(index);
    let lapse = expired(cx, index).or_else(|| suspended(cx, index))?;
    let id = cx.id_of_certificate(index);
    let relying: Vec<(ServiceId, usize)> = cx
        .claimed_by(id)
        .iter()
        .copied()
        .filter(|(service, _)| !claims_valid(cx, *service, id))
        .collect();
    let mut services: Vec<ServiceId> = relying.iter().map(|(service, _)| *service).collect();
    services.dedup();
    if services.is_empty() {
        return None;
    }
    let message = format!(
        "the {} `{}` is claimed by {}, but {}",
        cx.assurance_title(id),
        cx.name(certificate),
        words::services(cx, &services),
        lapse.said
    );
    let mut finding = RULE.finding(cx.path(certificate), certificate.at(lapse.span), lapse.label, message);
    // What another scheme asks of its certificates is its own.
    if certificate.body.framework.value() == Some(Framework::Other) {
        finding = finding.citing(&[]);
    }
    for (service, entry) in relying {
        let service = cx.services.get(service);
        if let Some(cited) = service.body.claims.items[entry].value.report.known() {
            finding = finding.related(
                service.at(cited.span),
                format!("`{}` claims it, and no valid one with it", cx.name(service)),
            );
        }
    }
    Some(finding.help(lapse.help))
}

/// Why a certificate shows nothing, and where that is said.
struct Lapse {
    said: String,
    label: String,
    span: Span,
    help: &'static str,
}

fn expired(cx: &Context<'_, '_>, index: CertificateId) -> Option<Lapse> {
    let expires = cx.certificates.get(index).body.expires.known()?;
    let has_expired = expires.value.0 < cx.as_of && cx.stands(index);
    has_expired.then(|| Lapse {
        said: format!("expired on {}", expires.value),
        label: format!("the last day it held, before {}", cx.as_of),
        span: expires.span,
        help: "if it was renewed, declare the new certificate and claim that one; if not, take the claims back or state `status = \"withdrawn\"`",
    })
}

fn suspended(cx: &Context<'_, '_>, index: CertificateId) -> Option<Lapse> {
    let certificate = cx.certificates.get(index);
    let body = &certificate.body;
    let status = body
        .status
        .known()
        .filter(|status| status.value == CertificateStatus::Suspended)?;
    (certificate.readable && cx.is_filed(index)).then(|| Lapse {
        said: "is declared as suspended".to_owned(),
        label: "suspended: it shows nothing until the body lifts that".to_owned(),
        span: status.span,
        help: "take the claims back until the suspension is lifted; once it is, take `status` out",
    })
}

/// Whether two that are told by their names have one, or may have.
fn has_name_of(cx: &Context<'_, '_>, one: AssuranceId, other: AssuranceId) -> bool {
    let name = |id: AssuranceId| match cx.assurance(id).origin {
        Origin::Report(index) => cx.reports.get(index).body.name.get(),
        Origin::Certificate(index) => cx.certificates.get(index).body.name.get(),
    };
    name(one).map(|name| without_version(name)) == name(other).map(|name| without_version(name))
}

/// What a scheme is called, whatever its edition: "PCI DSS 4.0.1" and "PCI DSS v4" are one, "ISO 22301:2019" is ISO 22301.
fn without_version(name: &str) -> String {
    let name = name.split(':').next().unwrap_or_default().to_lowercase();
    let is_version = |word: &str| {
        let number = word.strip_prefix('v').unwrap_or(word);
        number.starts_with(|c: char| c.is_ascii_digit()) && (number.contains('.') || number != word)
    };
    let words = name.split_whitespace().filter(|word| !is_version(word));
    words
        .flat_map(|word| word.chars().filter(|c| c.is_alphanumeric()))
        .collect()
}

/// Whether a service claims a valid certificate of the same standard too, or may do so.
fn claims_valid(cx: &Context<'_, '_>, service: ServiceId, expired: AssuranceId) -> bool {
    let framework = cx.assurance(expired).framework;
    let is_valid = |id: AssuranceId| {
        let other = cx.assurance(id);
        let same = other.framework.is_none_or(|of| Some(of) == framework)
            && (framework != Some(Framework::Other) || has_name_of(cx, id, expired));
        let held = matches!(other.standing, Standing::Issued | Standing::Unknown);
        let holds = match other.origin {
            Origin::Certificate(index) => cx.has_lapsed(index) != Some(true),
            Origin::Report(_) => true,
        };
        id != expired && same && held && holds
    };
    cx.claims_uncertain(service) || cx.claims_of(service).iter().any(|(_, id)| is_valid(*id))
}

#[cfg(test)]
mod tests {
    use super::without_version;

    #[test]
    fn an_edition_is_no_part_of_a_name() {
        assert_eq!(without_version("PCI DSS 4.0.1"), "pcidss");
        assert_eq!(without_version("PCI-DSS v4"), "pcidss");
        assert_eq!(without_version("ISO 22301:2019"), "iso22301");
        assert_ne!(without_version("ISO 22301"), without_version("ISO 42001"));
    }
}
