//! A claim is ambiguous: two reports with that name cover the service.

use crate::estate::{AssuranceRef, Claimed, Origin, Standing};
use crate::finding::{Finding, Fix, Severity};
use crate::model::NamespaceId;
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "claim-ambiguous",
    since: "0.2.0",
    group: Group::Scope,
    severity: Severity::Note,
    summary: "A claim is ambiguous: two reports with that name cover the service.",
    references: &["DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("claim_ambiguous.md"),
    check: Check::Claim(judge),
};

fn judge(cx: &Context<'_, '_>, claimed: Claimed<'_, '_>) -> Option<Finding> {
    let (service, meant) = (claimed.service, claimed.assurance);
    let name = claimed.claim.report.known()?;
    let is_own = service.namespace != NamespaceId::UNNAMED && meant.head().namespace == service.namespace;
    if name.value.contains('/') || !is_own || !meant.is_about(service) {
        return None;
    }
    let other = cx.assurance_named(NamespaceId::UNNAMED, &name.value)?;
    // No one means a withdrawn report.
    let is_gone = other.standing() == Standing::Gone;
    if is_gone || !other.covers(service) || is_misfiled(meant) || is_misfiled(other) {
        return None;
    }
    let full = meant.name().to_string();
    let message = format!(
        "`{}` claims \"{}\", which means {}; {} has the same name and is also declared to cover it",
        service.name(),
        name.value,
        words::assurance(meant),
        words::assurance(other),
    );
    let mut finding = RULE.finding(
        service.path(),
        service.at(name.span),
        format!("means \"{full}\""),
        message,
    );
    finding = finding
        .related(
            meant.place(),
            format!("`{full}`, of the service's own namespace, is meant"),
        )
        .related(
            other.place(),
            format!("`{}`, of no namespace, is written \"/{}\"", name.value, name.value),
        );
    finding.suggestion = Some(Box::new(Fix::Rename(full.clone())));
    Some(finding.help(format!(
        "write \"{full}\" if that one is claimed, or \"/{}\" for the other; if it is claimed as well, claim both",
        name.value
    )))
}

fn is_misfiled(assurance: AssuranceRef<'_, '_>) -> bool {
    match assurance.origin() {
        Origin::Report(report) => report.body.is_misfiled(),
        Origin::Certificate(certificate) => {
            let body = &certificate.body;
            body.is_misfiled() || body.poses_as_report()
        }
    }
}
