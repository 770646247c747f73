//! An ISO/IEC 27001 certificate is declared without the details that it states.

use crate::estate::CertificateRef;
use crate::finding::{Finding, Severity};
use crate::model::{Framework, list_words};
use crate::rules::{Check, Context, Group, Rule, YieldsTo};

pub static RULE: Rule = Rule {
    name: "certificate-incomplete",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "An ISO/IEC 27001 certificate is declared without the details that it states.",
    references: &["ISO/IEC 17021-1 8.2.2", "ISO/IEC 27006-1"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("impossible-report-dates")],
    page: include_str!("certificate_incomplete.md"),
    check: Check::Certificate(judge),
};

fn judge(_: &Context<'_, '_>, certificate: CertificateRef<'_, '_>) -> Option<Finding> {
    if !certificate.is_in_force() {
        return None;
    }
    let body = &certificate.body;
    let framework = body.framework.known()?;
    if framework.value != Framework::Iso27001 {
        return None;
    }
    let missing: Vec<(&str, &str)> = [
        (body.edition.says_something(), "`edition`", "edition"),
        (
            body.scope_statement.says_something(),
            "`scope-statement`",
            "scope statement",
        ),
        (
            body.statement_of_applicability.says_something(),
            "`statement-of-applicability`",
            "statement of applicability",
        ),
        (body.body.says_something(), "`body`", "certification body"),
        (!body.expires.is_absent(), "`expires`", "expiry date"),
        (body.accreditation.says_something(), "`accreditation`", "accreditation"),
    ]
    .into_iter()
    .filter_map(|(stated, key, what)| (!stated).then_some((key, what)))
    .collect();
    if missing.is_empty() {
        return None;
    }
    let what: Vec<&str> = missing.iter().map(|(_, what)| *what).collect();
    let keys: Vec<&str> = missing.iter().map(|(key, _)| *key).collect();
    let message = format!(
        "the {} certificate `{}` is declared without its {}",
        framework.value.title(),
        certificate.name(),
        list_words(&what, "and")
    );
    let finding = RULE
        .finding(
            certificate.path(),
            certificate.place(),
            format!("{} missing", list_words(&keys, "and")),
            message,
        )
        .related(
            certificate.at(framework.span),
            "a certificate to this standard states all of these",
        );
    let finding = match keys[..] {
        ["`accreditation`"] => finding.severity(Severity::Note),
        _ => finding,
    };
    let version = if keys.contains(&"`statement-of-applicability`") {
        "; for the statement of applicability, its version"
    } else {
        ""
    };
    Some(finding.help(format!(
        "state {} as on the certificate{version}",
        list_words(&keys, "and")
    )))
}
