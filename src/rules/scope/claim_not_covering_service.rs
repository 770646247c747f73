//! A service claims a report or certificate that does not cover it.

use crate::estate::{AssuranceId, Origin, Standing};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Claim, Region};
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::regions;

pub static RULE: Rule = Rule {
    name: "claim-not-covering-service",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Error,
    summary: "A service claims a report or certificate that does not cover it.",
    references: &["DC 200", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("claim_not_covering_service.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, service) in cx.services.iter().enumerate() {
        for (entry, id) in cx.claims_of(index) {
            findings.extend(judge(cx, index, &service.body.claims.items[*entry].value, *id));
        }
    }
    findings
}

fn judge(cx: &Context<'_, '_>, index: usize, claim: &Claim<'_>, id: AssuranceId) -> Option<Finding> {
    let service = cx.services.get(index);
    let assurance = cx.assurance(id);
    if assurance.standing != Standing::Issued || !assurance.states_covers || assurance.covers_unknown {
        return None;
    }
    let (covers, regions, file) = match assurance.origin {
        Origin::Report(report) => {
            let report = cx.reports.get(report);
            if report.body.is_misfiled() {
                return None;
            }
            (&report.body.covers, &report.body.regions, report.file)
        }
        Origin::Certificate(certificate) => {
            let certificate = cx.certificates.get(certificate);
            if certificate.body.is_misfiled() {
                return None;
            }
            (&certificate.body.covers, &certificate.body.regions, certificate.file)
        }
    };
    let reference = claim.report.known()?;
    let name = cx.name(service);
    if !cx.covers(id, index) {
        let title = cx.assurance_title(id);
        let message = format!(
            "`{name}` claims `{}` ({title}), which is not declared to cover it",
            cx.assurance_name(id)
        );
        let covered = cx.services_covered(id);
        let names = || {
            covered
                .iter()
                .map(|service| format!("`{}`", cx.name(cx.services.get(*service))))
        };
        let named = cx.assurance_name(id);
        let label = match covered.len() {
            0 => format!("`{named}` covers no service"),
            1..=5 => format!(
                "`{named}` covers {}",
                list_words(&names().collect::<Vec<String>>(), "and")
            ),
            many => format!("`{named}` covers {many} services, and not this one"),
        };
        let finding = RULE
            .finding(
                cx.path(service),
                service.at(reference.span),
                "not declared to cover this service",
                message,
            )
            .related(cx.place(file, covers.span), label);
        return Some(finding.help(format!(
            "take the claim out, or add `{name}` to `covers` if the report's own scope includes it"
        )));
    }
    if !regions.stated || regions.damaged {
        return None;
    }
    let is_covered = |region: &Region<'_>| regions.iter().any(|outer| regions::contains(&outer.value.0, &region.0));
    let mut uncovered = claim.regions.iter().filter(|region| !is_covered(&region.value));
    let first = uncovered.next()?;
    let title = cx.assurance_title(id);
    let message = format!(
        "`{name}` claims `{}` ({title}) for the region `{}`, which it is not declared to cover",
        cx.assurance_name(id),
        first.value.0
    );
    let finding = RULE
        .finding(
            cx.path(service),
            service.at(first.span),
            "not among its regions",
            message,
        )
        .fact(format!("{} for {}", reference.value.as_str(), first.value.0))
        .related(
            cx.place(file, regions.span),
            format!("`{}` covers these regions", cx.assurance_name(id)),
        );
    let finding = uncovered.fold(finding, |finding, region| {
        finding.related(service.at(region.span), "nor is this one")
    });
    Some(finding.help("claim it for the regions that it covers, or have the next report cover this one"))
}
