//! A service is declared as not offered, but has user entities, commitments or claims for external readers.

use crate::estate::ServiceRef;
use crate::finding::{Finding, Severity};
use crate::manifest::{Service, UserEntities};
use crate::model::{Exposure, Lifecycle, Purpose, Scope, list_words};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "offering-contradicted",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A service is declared as not offered, but has user entities, commitments or claims for external readers.",
    references: &["CSF GV.OC-04"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("excluded-service-claimed")],
    page: include_str!("offering_contradicted.md"),
    check: Check::Service(judge),
};

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let withheld = withheld(&service.body);
    let (first, _) = withheld.split_first()?;
    let outward = outward(&service.body);
    outward.first()?;
    let clauses: Vec<&str> = withheld.iter().map(|(_, what)| *what).collect();
    let but: Vec<&str> = outward.iter().map(|(_, what)| what.as_str()).collect();
    let message = format!(
        "`{}` is declared {}, but {}",
        service.name(),
        list_words(&clauses, "and"),
        list_words(&but, "and")
    );
    let label = format!("declared {}", first.1);
    let mut finding = RULE.finding(service.path(), service.at(first.0), label, message);
    for (span, what) in &withheld {
        finding = finding.related(service.at(*span), format!("declared {what}"));
    }
    for (span, what) in outward {
        finding = finding.related(service.at(span), what);
    }
    Some(finding.help("if others rely on it, declare it as offered: `exposure = \"external\"`, in production and in scope; if not, remove the declarations that address them"))
}

/// What declares it as not offered.
fn withheld(body: &Service<'_>) -> Vec<(Span, &'static str)> {
    let internal = body.exposure.known().filter(|e| e.value == Exposure::Internal);
    let experimental = body.lifecycle.known().filter(|l| l.value == Lifecycle::Experimental);
    let out = body.scope.known().filter(|s| s.value == Scope::Out);
    let mut withheld = Vec::new();
    withheld.extend(internal.map(|internal| (internal.span, "internal")));
    withheld.extend(experimental.map(|experimental| (experimental.span, "experimental")));
    withheld.extend(out.map(|out| (out.span, "out of scope")));
    withheld
}

/// What offers it nonetheless. A claim without a purpose may be there for services that depend on it.
fn outward(body: &Service<'_>) -> Vec<(Span, String)> {
    let mut outward = Vec::new();
    if let Some(entities) = body.user_entities.known().filter(|entities| has_some(&entities.value)) {
        outward.push((entities.span, "it has user entities".to_owned()));
    }
    if let Some(first) = body.commitments.items.first() {
        let promised: Vec<&str> = body.commitments.iter().map(|c| words::category(c.value)).collect();
        let what = format!("it promises {} to its users", list_words(&promised, "and"));
        outward.push((first.span, what));
    }
    for claim in body.claims.iter() {
        let mut purposes = claim.value.purpose.iter();
        if let Some(external) = purposes.find(|purpose| purpose.value != Purpose::InternalGovernance) {
            let what = format!("it makes a claim for {}", words::purpose(external.value));
            outward.push((external.span, what));
        }
    }
    outward
}

/// Whether user entities are actually stated.
fn has_some(entities: &UserEntities<'_>) -> bool {
    !entities.regions.items.is_empty()
        || !entities.fiscal_year_ends.items.is_empty()
        || entities.sec_issuers.value() == Some(true)
}
