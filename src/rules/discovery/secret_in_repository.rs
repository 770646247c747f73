//! A secret stands in clear where a reference to one belongs.

use crate::discover::What;
use crate::estate::{SeenAs, SeenRef};
use crate::finding::{Finding, Severity};
use crate::rules::seen::at;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "secret-in-repository",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Error,
    summary: "A credential is written out in a file of the repository.",
    references: &["NHI2", "IA-5(7)", "A.8.24"],
    options: &[],
    yields_to: &[],
    page: include_str!("secret_in_repository.md"),
    check: Check::Seen(judge),
};

fn judge(cx: &Context<'_, '_>, thing: SeenRef<'_, '_>) -> Option<Finding> {
    let literals: Vec<_> = thing
        .sightings()
        .flat_map(|sighting| {
            let facts = sighting.sighting().facts.iter();
            facts
                .filter(|fact| fact.what == What::Literal)
                .map(move |fact| (sighting, fact))
        })
        .collect();
    let (first, fact) = *literals.first()?;
    let locator = &thing.thing().locator;
    let (subject, declared) = match first.owner() {
        SeenAs::One(identity, place) => (identity.path(), Some(place)),
        SeenAs::Nobody | SeenAs::Several(_) => (thing.path(), None),
    };
    let message = format!("the credential of `{locator}` is written out in the repository");
    let finding = RULE
        .finding(subject, first.place_of(fact), "its value stands here", message)
        .fact(locator.clone());
    let finding = declared.into_iter().fold(finding, |finding, place| {
        finding.related(place, "declared with this locator")
    });
    let finding = literals.iter().skip(1).fold(finding, |finding, (other, fact)| {
        finding.related_with(other.place_of(fact), || {
            at(cx, "also written out", other.place_of(fact))
        })
    });
    Some(finding.help(
        "rotate the credential: whoever can read the repository or its history has it; then refer to it from a secret store",
    ))
}
