//! A claimed certificate has not had a surveillance audit for too long.

use crate::calendar;
use crate::config::Settings;
use crate::decode::{Field, Val};
use crate::estate::{CertificateRef, Estate};
use crate::finding::{Finding, Severity};
use crate::manifest::Certificate;
use crate::model::{Date, Duration};
use crate::rules::context::Limit;
use crate::rules::{Check, Context, Group, Rule, RuleOption, YieldsTo, words};
use crate::standards::editions;
use crate::today::Today;

pub static RULE: Rule = Rule {
    name: "surveillance-overdue",
    since: "0.2.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "A claimed certificate has not had a surveillance audit for too long.",
    references: &["ISO/IEC 17021-1 9.1.3"],
    options: &[RuleOption::longest(
        "How long after the last audit the next one is overdue",
        Duration::months(15),
    )],
    yields_to: &[YieldsTo::on_subject("impossible-report-dates")],
    page: include_str!("surveillance_overdue.md"),
    check: Check::Certificate(judge),
};

/// How long before a certificate's expiry recertification replaces surveillance.
const RECERTIFICATION: Duration = Duration::months(6);

fn judge(cx: &Context<'_, '_>, certificate: CertificateRef<'_, '_>) -> Option<Finding> {
    if !certificate.is_in_force() {
        return None;
    }
    let assurance = certificate.assurance();
    let services = assurance.claimed_by();
    if services.is_empty() {
        return None;
    }
    let (last, what, limit) = cycle(cx.estate, cx.settings, certificate)?;
    if limit.due(last.value.0) >= cx.as_of {
        return None;
    }
    let clause = match what {
        Audit::Surveillance => format!("its last declared surveillance audit was on {}", last.value),
        Audit::BeforeIssue => format!(
            "it was issued on {}, with no surveillance audit declared since",
            last.value
        ),
    };
    let message = format!(
        "{} is claimed by {}, but {clause}: more than {} before {}",
        words::assurance(assurance),
        words::services(&services),
        limit.value,
        cx.as_of
    );
    let label = format!("more than {} before {}", limit.value, cx.as_of);
    let mut finding = RULE.finding(certificate.path(), certificate.at(last.span), label, message);
    if let Some(option) = limit.option {
        finding = finding.related(option, "limit set in the config");
    }
    for claimed in assurance.claims() {
        if let Some(place) = claimed.place() {
            finding = finding.related(place, format!("`{}` claims it", claimed.service.name()));
        }
    }
    Some(finding.help("if a surveillance audit has taken place since, add its day to `surveillance`; if it was postponed, ask the certification body whether the certificate is still valid, and state `status = \"suspended\"` if it is not"))
}

/// The last audit of a certificate, and how long after it the next one is overdue; `None` when surveillance is not stated,
/// not asked for now, or could not be read.
pub fn cycle(
    estate: &Estate<'_>,
    settings: &Settings<'_>,
    certificate: CertificateRef<'_, '_>,
) -> Option<(Val<Date>, Audit, Limit)> {
    if !certificate.is_in_force() || !is_under_surveillance(&estate.as_of, &certificate.body) {
        return None;
    }
    let (last, what) = last_audit(estate, &certificate.body)?;
    Some((last, what, Limit::longest(settings, &RULE)))
}

/// Whether a certificate is valid, and not so near its expiry that the next audit is recertification.
fn is_under_surveillance(as_of: &Today, body: &Certificate<'_>) -> bool {
    let recertified = match &body.expires {
        Field::Absent => false,
        Field::Unknown(_) => true,
        Field::Known(expires) => calendar::minus(expires.value.0, RECERTIFICATION) <= *as_of,
    };
    let stated = body.framework.value().zip(body.edition.get());
    let edition = stated.and_then(|(framework, edition)| editions::certified(framework, edition.as_str()));
    let retired = body.edition.is_unknown() || edition.is_some_and(|edition| edition.has_ended(as_of));
    !recertified && !retired
}

/// The kind of a certificate's last audit.
#[derive(Debug, Clone, Copy)]
pub enum Audit {
    Surveillance,
    BeforeIssue,
}

/// The last audit that a certificate states, and its day: surveillance, or the one that it was issued after. `None` when it states
/// no surveillance, or when that could not be read.
fn last_audit(estate: &Estate<'_>, body: &Certificate<'_>) -> Option<(Val<Date>, Audit)> {
    if body.surveillance.damaged || body.issued.is_unknown() {
        return None;
    }
    // A future date is of an audit that has not taken place.
    let past = body.surveillance.iter().filter(|day| day.value.0 <= estate.as_of);
    let last = *past.max_by_key(|day| day.value.0)?;
    let issued = estate.happened(&body.issued);
    match issued.known().filter(|issued| issued.value.0 > last.value.0) {
        Some(issued) => Some((*issued, Audit::BeforeIssue)),
        None => Some((last, Audit::Surveillance)),
    }
}
