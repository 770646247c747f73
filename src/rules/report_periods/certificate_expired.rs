//! A service claims a certificate that is no longer valid.

use crate::estate::{AssuranceRef, CertificateRef, Origin, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{CertificateStatus, Framework};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "certificate-expired",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "A service claims a certificate that is no longer valid.",
    references: &["ISO/IEC 17021-1"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("impossible-report-dates")],
    page: include_str!("certificate_expired.md"),
    check: Check::Certificate(judge),
};

fn judge(cx: &Context<'_, '_>, certificate: CertificateRef<'_, '_>) -> Option<Finding> {
    let lapse = expired(cx, certificate).or_else(|| suspended(certificate))?;
    let mut relying = certificate.assurance().claims().collect::<Vec<_>>();
    relying.retain(|claimed| !claims_valid(claimed.service, certificate));
    let mut services: Vec<ServiceRef<'_, '_>> = relying.iter().map(|claimed| claimed.service).collect();
    services.dedup();
    if services.is_empty() {
        return None;
    }
    let message = format!(
        "the {} `{}` is claimed by {}, but {}",
        certificate.title(),
        certificate.name(),
        words::services(&services),
        lapse.clause
    );
    let mut finding = RULE.finding(certificate.path(), certificate.at(lapse.span), lapse.label, message);
    // Another scheme has its own requirements for certificates.
    if certificate.body.framework.value() == Some(Framework::Other) {
        finding = finding.citing(&[]);
    }
    for claimed in relying {
        if let Some(place) = claimed.place() {
            let label = format!("`{}` claims it, without a valid one", claimed.service.name());
            finding = finding.related(place, label);
        }
    }
    Some(finding.help(lapse.help))
}

/// Why a certificate is not valid, and where that is stated.
struct Lapse {
    clause: String,
    label: String,
    span: Span,
    help: &'static str,
}

fn expired(cx: &Context<'_, '_>, certificate: CertificateRef<'_, '_>) -> Option<Lapse> {
    let expires = certificate.body.expires.known()?;
    let has_expired = expires.value.0 < cx.as_of && certificate.is_in_force();
    has_expired.then(|| Lapse {
        clause: format!("expired on {}", expires.value),
        label: format!("its last valid day, before {}", cx.as_of),
        span: expires.span,
        help: "if it was renewed, declare the new certificate and claim that one; if not, remove the claims or state `status = \"withdrawn\"`",
    })
}

fn suspended(certificate: CertificateRef<'_, '_>) -> Option<Lapse> {
    let body = &certificate.body;
    let status = body
        .status
        .known()
        .filter(|status| status.value == CertificateStatus::Suspended)?;
    (certificate.readable && certificate.is_filed()).then(|| Lapse {
        clause: "is declared as suspended".to_owned(),
        label: "suspended: not valid until the certification body lifts the suspension".to_owned(),
        span: status.span,
        help: "remove the claims until the suspension is lifted; then remove `status`",
    })
}

/// Whether two schemes that are known by their names have the same name, or may have.
fn has_name_of(one: AssuranceRef<'_, '_>, other: AssuranceRef<'_, '_>) -> bool {
    let name = |assurance: AssuranceRef<'_, '_>| assurance.head().name.get().map(|name| without_version(name));
    name(one) == name(other)
}

/// The name of a scheme without its edition: "PCI DSS 4.0.1" and "PCI DSS v4" are one, "ISO 22301:2019" is ISO 22301.
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

/// Whether a service also claims, or may claim, a valid certificate of the same standard.
fn claims_valid(service: ServiceRef<'_, '_>, expired: CertificateRef<'_, '_>) -> bool {
    let expired = expired.assurance();
    let framework = expired.framework;
    let is_valid = |other: AssuranceRef<'_, '_>| {
        let same = other.framework.is_none_or(|of| Some(of) == framework)
            && (framework != Some(Framework::Other) || has_name_of(other, expired));
        let held = matches!(other.standing(), Standing::Issued | Standing::Unknown);
        let holds = match other.origin() {
            Origin::Certificate(certificate) => certificate.has_lapsed() != Some(true),
            Origin::Report(_) => true,
        };
        other != expired && same && held && holds
    };
    service.may_claim_more() || service.claims().any(|claimed| is_valid(claimed.assurance))
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
