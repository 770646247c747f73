//! What is seen, and what is not, in files as they are written.

mod aws;
mod azure;
mod files;
mod google;
mod hosts;
mod kubernetes;
mod locals;
mod policies;

use crate::discover::{Demand, Fact, Input, Shows, Sighting, What};
use crate::source::Span;

/// What one file at the root shows.
fn shows(text: &str) -> Shows {
    let file = Input { path: "main.tf", text };
    super::see("", &[file]).remove(0)
}

/// The sightings of a locator.
fn of<'s>(shows: &'s Shows, locator: &str) -> Vec<&'s Sighting> {
    shows
        .sightings
        .iter()
        .filter(|sighting| sighting.locator == locator)
        .collect()
}

/// All locators, each once.
fn locators(shows: &Shows) -> Vec<&str> {
    let mut locators: Vec<_> = shows
        .sightings
        .iter()
        .map(|sighting| sighting.locator.as_str())
        .collect();
    locators.sort_unstable();
    locators.dedup();
    locators
}

fn demand(shows: &Shows, locator: &str) -> Option<Demand> {
    of(shows, locator).iter().map(|sighting| sighting.demand).max()
}

/// The facts about a locator, each with what its place holds.
fn facts<'t>(text: &'t str, shows: &Shows, locator: &str) -> Vec<(&'t str, What)> {
    let facts = of(shows, locator).into_iter().flat_map(|sighting| &sighting.facts);
    facts
        .map(|Fact { span, what }| (&text[span.range()], what.clone()))
        .collect()
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.range()]
}
