//! A security report or a certificate is offered where readers audit financial statements.

use super::financial_impact_without_icfr_report;
use crate::estate::{AssuranceId, Standing};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Claim, Framework, Lifecycle, Purpose};
use crate::rules::{Context, Group, Rule, words};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "security-report-cited-for-icfr",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "A security report or a certificate is offered where readers audit financial statements.",
    references: &["AU-C 402", "ISA 402"],
    options: &[],
    page: include_str!("security_report_cited_for_icfr.md"),
    check,
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    (0..cx.services.len())
        .filter_map(|service| judge(cx, service))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let service = cx.services.get(index);
    let in_use = !matches!(service.body.lifecycle.value(), Some(Lifecycle::Retired)) && service.body.is_in_scope();
    if !service.readable || !in_use || cx.claims_uncertain(index) {
        return None;
    }
    if financial_impact_without_icfr_report::speaks_on(cx, index).is_some() {
        return None;
    }
    let mut finding: Option<Finding> = None;
    for purpose in [Purpose::FinancialStatementAudit, Purpose::StatutoryAudit] {
        let Some((place, cited)) = miscited(cx, index, purpose) else {
            continue;
        };
        if let Some(first) = finding.take() {
            finding = Some(first.related(
                place,
                format!("and for a {}, with nothing else cited", words::purpose(purpose)),
            ));
            continue;
        }
        let titles: Vec<String> = cited
            .iter()
            .map(|(_, id)| format!("{} `{}`", cx.assurance_title(*id), cx.assurance_name(*id)))
            .collect();
        let message = format!(
            "readers of `{}` need assurance for a {}, but all that is cited for it is {}",
            cx.name(service),
            words::purpose(purpose),
            list_words(&titles, "and")
        );
        let label = format!(
            "a {} needs a report on {}",
            words::purpose(purpose),
            Family::Icfr.subject_matter()
        );
        let mut new = RULE.finding(cx.path(service), place, label, message);
        for (place, id) in cited {
            new = new.related(
                place,
                format!(
                    "{} speaks about {}",
                    cx.assurance_title(id),
                    words::subject_matter(cx, id)
                ),
            );
        }
        finding = Some(new.help(
            "cite a SOC 1 or ISAE 3402 report for this purpose; a security report does not stand in for it, however good it is",
        ));
    }
    finding
}

type Cited = Vec<(Place, AssuranceId)>;

/// Where a purpose is stated, and what is cited for it, if that is nothing but security reports and certificates.
fn miscited(cx: &Context<'_, '_>, index: usize, purpose: Purpose) -> Option<(Place, Cited)> {
    let service = cx.services.get(index);
    let claims = &service.body.claims;
    let for_it = claims.iter().find_map(|claim| claim.value.purpose.find(&purpose));
    let stated = service.body.assurance_for.find(&purpose).or(for_it)?;
    if claims.iter().any(|claim| claim.value.purpose.damaged) {
        return None;
    }
    // Claims that name the purpose meet it; without any, those that name none do.
    let serves = |claim: &Claim<'_>| match for_it {
        Some(_) => claim.purpose.find(&purpose).is_some(),
        None => !claim.purpose.stated,
    };
    let mut cited = Vec::new();
    for (entry, id) in cx.claims_of(index) {
        let claim = &claims.items[*entry].value;
        let assurance = cx.assurance(*id);
        if !serves(claim) || assurance.standing == Standing::Gone {
            continue;
        }
        let is_certificate = assurance.framework.is_some_and(Framework::is_certificate);
        if !is_certificate && !assurance.is_of(Family::TrustServices) {
            return None;
        }
        cited.push((service.at(claim.report.known()?.span), *id));
    }
    (!cited.is_empty()).then(|| (service.at(stated.span), cited))
}
