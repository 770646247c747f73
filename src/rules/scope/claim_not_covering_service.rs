//! A service claims a report or certificate that does not cover it.

use crate::estate::{Claimed, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{Region, list_words, regions};
use crate::rules::{Check, Context, Group, Rule};

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
    check: Check::Claim(judge),
};

fn judge(_: &Context<'_, '_>, claimed: Claimed<'_, '_>) -> Option<Finding> {
    let Claimed {
        service,
        claim,
        assurance,
    } = claimed;
    if assurance.standing() != Standing::Issued || !assurance.states_covers || assurance.covers_unknown {
        return None;
    }
    let head = assurance.head();
    if head.is_misfiled {
        return None;
    }
    let regions = head.regions;
    let reference = claim.report.known()?;
    let name = service.name();
    if !assurance.covers(service) {
        let title = assurance.title();
        let message = format!(
            "`{name}` claims `{}` ({title}), which is not declared to cover it",
            assurance.name()
        );
        let covered = assurance.covered();
        let names = || covered.clone().map(|service| format!("`{}`", service.name()));
        let named = assurance.name();
        let label = match covered.len() {
            0 => format!("`{named}` covers no service"),
            1..=5 => format!(
                "`{named}` covers {}",
                list_words(&names().collect::<Vec<String>>(), "and")
            ),
            many => format!("`{named}` covers {many} services, but not this one"),
        };
        let finding = RULE
            .finding(
                service.path(),
                service.at(reference.span),
                "not declared to cover this service",
                message,
            )
            .related(head.at(head.covers.span), label);
        return Some(finding.help(format!(
            "remove the claim, or add `{name}` to `covers` if the report's own scope includes it"
        )));
    }
    if !regions.stated || regions.damaged {
        return None;
    }
    let is_covered = |region: &Region<'_>| regions.iter().any(|outer| regions::contains(&outer.value.0, &region.0));
    let mut uncovered = claim.regions.iter().filter(|region| !is_covered(&region.value));
    let first = uncovered.next()?;
    let title = assurance.title();
    let message = format!(
        "`{name}` claims `{}` ({title}) for the region `{}`, which it is not declared to cover",
        assurance.name(),
        first.value.0
    );
    let finding = RULE
        .finding(service.path(), service.at(first.span), "not among its regions", message)
        .fact(format!("{} for {}", reference.value.as_str(), first.value.0))
        .related(
            head.at(regions.span),
            format!("`{}` covers these regions", assurance.name()),
        );
    let finding = uncovered.fold(finding, |finding, region| {
        finding.related(service.at(region.span), "nor is this one")
    });
    Some(finding.help("claim it for the regions that it covers, or have the next report cover this one"))
}
