//! Two identities claim one thing that is seen.

use crate::estate::{SeenAs, SeenRef};
use crate::finding::{Finding, Severity};
use crate::model::list_words;
use crate::rules::seen;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "locator-ambiguous",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Warning,
    summary: "Two active identities have locators that mean one thing equally specifically.",
    references: &["CC6.1", "A.5.16"],
    options: &[],
    yields_to: &[],
    page: include_str!("locator_ambiguous.md"),
    check: Check::Seen(judge),
};

fn judge(cx: &Context<'_, '_>, thing: SeenRef<'_, '_>) -> Option<Finding> {
    let (sighting, mut claiming) = thing.sightings().find_map(|sighting| match sighting.owner() {
        SeenAs::Several(claiming) => Some((sighting, claiming)),
        SeenAs::Nobody | SeenAs::One(..) => None,
    })?;
    claiming.sort_by_key(|(_, place)| *place);
    let ((first, place), others) = claiming.split_first()?;
    let names: Vec<String> = claiming
        .iter()
        .map(|(identity, _)| format!("`{}`", identity.name()))
        .collect();
    let locator = &thing.thing().locator;
    let message = format!(
        "`{locator}` is claimed by {}, equally specifically",
        list_words(&names, "and")
    );
    let finding = RULE
        .finding(first.path(), *place, "means it", message)
        .fact(locator.clone());
    let finding = others.iter().fold(finding, |finding, (other, place)| {
        finding.related(*place, format!("`{}`: means it, too", other.name()))
    });
    let finding = finding.related(sighting.place(), format!("`{locator}`: {}", seen::label(cx, sighting)));
    Some(finding.help(
        "leave the locator with the identity that it is, or make one of the two more specific; until then neither is compared with what is seen there",
    ))
}
