//! The name in a claim could mean either of two reports that cover the service.

use crate::decode::{Text, Val};
use crate::estate::{Origin, Standing};
use crate::finding::{Finding, Fix, Severity};
use crate::model::{AssuranceId, NamespaceId, ServiceId};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "claim-ambiguous",
    since: "0.2.0",
    group: Group::Scope,
    severity: Severity::Note,
    summary: "The name in a claim could mean either of two reports that cover the service.",
    references: &["DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("claim_ambiguous.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, service) in cx.services.enumerate() {
        if service.namespace == NamespaceId::UNNAMED {
            continue;
        }
        for (entry, id) in cx.claims_of(index) {
            if let Some(name) = service.body.claims.items[*entry].value.report.known() {
                findings.extend(judge(cx, index, name, *id));
            }
        }
    }
    findings
}

fn judge<'a>(cx: &Context<'_, 'a>, index: ServiceId, name: &Val<Text<'a>>, meant: AssuranceId) -> Option<Finding> {
    let service = cx.services.get(index);
    let is_own = namespace_of(cx, meant) == service.namespace;
    if name.value.contains('/') || !is_own || !cx.speaks_about(meant, index) {
        return None;
    }
    let other = cx.assurance_named(NamespaceId::UNNAMED, &name.value)?;
    // Nobody means what was withdrawn.
    let is_gone = cx.assurance(other).standing == Standing::Gone;
    if is_gone || !cx.covers(other, index) || is_misfiled(cx, meant) || is_misfiled(cx, other) {
        return None;
    }
    let full = cx.assurance_name(meant).to_string();
    let message = format!(
        "`{}` claims \"{}\", which means {}; {} has the same name, and is declared to cover it, too",
        cx.name(service),
        name.value,
        words::assurance(cx, meant),
        words::assurance(cx, other),
    );
    let mut finding = RULE.finding(
        cx.path(service),
        service.at(name.span),
        format!("means \"{full}\""),
        message,
    );
    finding = finding
        .related(
            cx.assurance_place(meant),
            format!("`{full}`, of the service's own namespace, is meant"),
        )
        .related(
            cx.assurance_place(other),
            format!("`{}`, of no namespace, is written \"/{}\"", name.value, name.value),
        );
    finding.suggestion = Some(Fix::Rename(full.clone()));
    Some(finding.help(format!(
        "write \"{full}\" if that one is claimed, or \"/{}\" for the other; if it is claimed as well, claim both",
        name.value
    )))
}

fn namespace_of(cx: &Context<'_, '_>, id: AssuranceId) -> NamespaceId {
    match cx.assurance(id).origin {
        Origin::Report(index) => cx.reports.get(index).namespace,
        Origin::Certificate(index) => cx.certificates.get(index).namespace,
    }
}

fn is_misfiled(cx: &Context<'_, '_>, id: AssuranceId) -> bool {
    match cx.assurance(id).origin {
        Origin::Report(index) => cx.reports.get(index).body.is_misfiled(),
        Origin::Certificate(index) => {
            let body = &cx.certificates.get(index).body;
            body.is_misfiled() || body.poses_as_report()
        }
    }
}
