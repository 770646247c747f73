//! What the rules about discovery share: how things seen are named, and which facts count.

use super::Context;
use crate::config::Settings;
use crate::discover::{Demand, EVERYTHING, Fact, Power, What};
use crate::estate::{Estate, IdentityRef, Nobodys, SeenRef, SightingRef};
use crate::source::Place;

/// What is done with something where it is seen.
pub fn used(cx: &Context<'_, '_>, sighting: SightingRef<'_, '_>) -> &'static str {
    let name = file_name(cx, sighting.place());
    let by_terraform = [".tf", ".tofu", ".tf.json", ".tofu.json"];
    match sighting.sighting().locator.split(':').next().unwrap_or_default() {
        "terraform" => "created by Terraform",
        "cloudformation" => "created by CloudFormation",
        "k8s" | "k8s-secret" if by_terraform.iter().any(|end| name.ends_with(end)) => "created by Terraform",
        "github-secret" if by_terraform.iter().any(|end| name.ends_with(end)) => "created by Terraform",
        "k8s" | "k8s-secret" => "set up in a cluster",
        "github-secret" if name.starts_with("dependabot.") => "used by Dependabot",
        "github-secret" if name.starts_with("action.") => "used by an action",
        "github-secret" => "used by a workflow",
        "gitlab-variable" | "gitlab-oidc" | "circleci-context" | "jenkins-credential" => "used by a pipeline",
        "registry" => "used with a credential that is written out",
        "mcp" | "agent" => "configured with a credential",
        _ if name.starts_with("action.") => "assumed by an action",
        _ => "assumed by a workflow",
    }
}

/// The label of the place at which something is seen.
pub fn label(cx: &Context<'_, '_>, sighting: SightingRef<'_, '_>) -> String {
    match used(cx, sighting).split_once(' ') {
        Some((_, "with a credential that is written out")) => "its credential stands here".to_owned(),
        Some(("set", _)) => "set up here".to_owned(),
        Some((verb, _)) => format!("{verb} here"),
        None => "seen here".to_owned(),
    }
}

fn file_name<'e>(cx: &Context<'e, '_>, place: Place) -> &'e str {
    let path = &cx.sources.get(place.file).path;
    path.rsplit('/').next().unwrap_or(path)
}

/// What is to be said of a further place, with its file.
pub fn at(cx: &Context<'_, '_>, what: &str, place: Place) -> String {
    format!("`{}`: {what}", file_name(cx, place))
}

/// The facts of one kind about an identity, by file and place.
pub fn facts<'e, 'a, T>(
    identity: IdentityRef<'e, 'a>,
    of_kind: impl Fn(&'e What) -> Option<T>,
) -> Vec<(SightingRef<'e, 'a>, &'e Fact, T)> {
    let facts = identity.seen_facts();
    let mut facts: Vec<_> = facts
        .filter_map(|(sighting, fact)| Some((sighting, fact, of_kind(&fact.what)?)))
        .collect();
    facts.sort_by_key(|(sighting, fact, _)| (sighting.place_of(fact), sighting.place()));
    facts
}

/// What is granted, in words.
pub fn granted(name: &str) -> String {
    match name {
        EVERYTHING => "every action on every resource".to_owned(),
        name => format!("`{name}`"),
    }
}

/// What else is seen of something, and where.
pub fn facts_of(cx: &Context<'_, '_>, thing: SeenRef<'_, '_>) -> Vec<(Place, String)> {
    let facts = thing.sightings().flat_map(|sighting| {
        let facts = sighting.sighting().facts.iter();
        facts.filter_map(move |fact| {
            let text = match &fact.what {
                What::Power(Power::Administrator, name) => format!("an administrator, by {}", granted(name)),
                What::Power(Power::Broad, name) => format!("almost an administrator, by {}", granted(name)),
                What::ConsolePassword => "with a password for the console".to_owned(),
                What::StaticCredential(what) if *what != "a secret" => format!("with {what}"),
                _ => return None,
            };
            let place = sighting.place_of(fact);
            Some((place, at(cx, &text, place)))
        })
    });
    let mut facts: Vec<(Place, String)> = facts.collect();
    facts.sort();
    facts.dedup();
    facts
}

/// Whether the config says of something that it is no identity of ours.
pub fn is_ignored(settings: &Settings<'_>, thing: SeenRef<'_, '_>) -> bool {
    let locators = &thing.thing().locators;
    settings
        .ignored()
        .any(|ignored| locators.iter().any(|seen| ignored.locator.means(seen)))
}

/// Whether it may be declared where something could not be read.
pub fn may_be_declared(estate: &Estate<'_>, thing: SeenRef<'_, '_>) -> bool {
    let name = |locator: &str| locator.rsplit([':', '/', '.']).next().unwrap_or_default().to_owned();
    let names = thing.thing().locators.iter().map(|locator| name(locator.as_str()));
    let mut names = names.filter(|name| !name.is_empty() && name != "*");
    names.any(|name| estate.may_hide(&name) || estate.seen.may_be_said(&name))
}

/// Where something that has to be declared is no identity's. What reports it and what declares it ask the same.
pub fn undeclared<'e, 'a>(
    estate: &Estate<'a>,
    settings: &Settings<'_>,
    thing: SeenRef<'e, 'a>,
) -> Option<Nobodys<'e, 'a>> {
    if thing.thing().demand == Demand::Shown || is_ignored(settings, thing) {
        return None;
    }
    thing.nobodys().filter(|_| !may_be_declared(estate, thing))
}
