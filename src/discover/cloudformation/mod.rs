//! What stacks of CloudFormation show: users of IAM with their keys, and roles.

mod policies;
mod stack;
#[cfg(test)]
mod tests;
mod trust;
mod values;

use hashbrown::HashSet;

use self::policies::Grants;
use self::stack::{ROLE, Resource, Stack, USER};
use self::values::{call, literal};
use super::yaml::{Fault, Node, Tree, literals, unread};
use super::{Demand, Fact, Input, Power, Rank, Shows, Sighting, Suggests, What, secret_name};
use crate::model::{Authentication, Credential, IdentityKind};
use crate::source::Span;

/// Words one of which is in every file that shows something here.
pub const WORDS: &[&str] = &["AWS::IAM::User", "AWS::IAM::Role", "AWS::IAM::AccessKey"];

const KEY: &str = "AWS::IAM::AccessKey";

/// What a template shows, in YAML or JSON.
pub fn see(input: Input<'_>) -> Shows {
    let mut shows = Shows::default();
    let (tree, fault) = Tree::parse(input.text);
    if let Some((fault, span)) = fault.filter(|_| input.text.contains("Resources")) {
        shows.partial = true;
        shows.unread.extend(unread(fault, span));
    }
    if matches!(fault, Some((Fault::Syntax, _))) {
        return shows;
    }
    let mut met = HashSet::new();
    for root in tree.documents() {
        let stack = Stack::new(root);
        if stack.resources.is_empty() {
            continue;
        }
        let grants = policies::grants(&stack);
        let keys = keys(&stack);
        for resource in &stack.resources {
            let sighting = match resource.kind {
                USER => user(*resource, &keys, input.path),
                ROLE => role(&stack, *resource, &grants, input.path),
                KEY => key(&stack, *resource, input.path),
                _ => continue,
            };
            shows.sightings.push(with_grants(sighting, *resource, &grants));
        }
        secrets(root, &stack, &mut shows.literals);
    }
    shows.literals.retain(|span| met.insert(*span));
    shows.literals.sort_unstable();
    shows
}

fn sighting(of: Resource<'_, '_>, locator: String, demand: Demand, suggests: Suggests) -> Sighting {
    Sighting {
        locator,
        also: Vec::new(),
        span: of.id_span,
        rank: Rank::Account,
        by_use: false,
        demand,
        suggests,
        facts: Vec::new(),
    }
}

fn locator(path: &str, of: Resource<'_, '_>) -> String {
    format!("cloudformation:{path}/{}", of.id)
}

fn with_grants(mut sighting: Sighting, of: Resource<'_, '_>, grants: &Grants) -> Sighting {
    let granted = grants.get(&of.number).into_iter().flatten();
    sighting.facts.extend(granted.map(|grant| grant.fact()));
    sighting
}

fn service_account(has_key: bool) -> Suggests {
    Suggests {
        kind: Some(IdentityKind::ServiceAccount),
        credential: has_key.then_some(Credential::StaticSecret),
        ..Suggests::default()
    }
}

/// One that is switched off proves nothing.
fn is_on(key: Resource<'_, '_>) -> bool {
    key.get("Status").and_then(literal) != Some("Inactive")
}

fn owner<'n, 't>(stack: &Stack<'n, 't>, key: Resource<'n, 't>) -> Option<Resource<'n, 't>> {
    stack.meant(key.get("UserName")?, USER)
}

/// The users that have a key, by their numbers.
fn keys(stack: &Stack<'_, '_>) -> HashSet<usize> {
    let keys = stack.resources.iter().filter(|one| one.kind == KEY && is_on(**one));
    keys.filter_map(|key| Some(owner(stack, *key)?.number)).collect()
}

fn user(of: Resource<'_, '_>, keys: &HashSet<usize>, path: &str) -> Sighting {
    let suggests = service_account(keys.contains(&of.number));
    let mut sighting = sighting(of, locator(path, of), Demand::Demanded, suggests);
    sighting.also.extend(of.arn());
    // A profile is there only when it has a password; under a condition it may not be.
    if let Some((key, profile)) = of.entry("LoginProfile")
        && call(profile).is_none()
        && profile.get("Password").is_some()
    {
        sighting.facts.push(Fact {
            span: key.span(),
            what: What::ConsolePassword,
        });
    }
    sighting
}

fn key<'n, 't>(stack: &Stack<'n, 't>, of: Resource<'n, 't>, path: &str) -> Sighting {
    let is_on = is_on(of);
    let named = owner(stack, of).unwrap_or(of);
    let mut sighting = sighting(of, locator(path, named), Demand::Demanded, service_account(is_on));
    if is_on {
        sighting.facts.push(Fact {
            span: of.id_span,
            what: What::StaticCredential("an access key"),
        });
    }
    sighting
}

fn role<'n, 't>(stack: &Stack<'n, 't>, of: Resource<'n, 't>, grants: &Grants, path: &str) -> Sighting {
    let is_ci = trust::lets_ci_in(stack, of);
    let mut granted = grants.get(&of.number).into_iter().flatten();
    let is_administrator = granted.any(|grant| grant.power == Power::Administrator);
    let demand = if is_ci || is_administrator {
        Demand::Demanded
    } else {
        Demand::Shown
    };
    let suggests = match is_ci {
        true => Suggests {
            kind: Some(IdentityKind::CiPipeline),
            credential: Some(Credential::Federated),
            authentication: Some(Authentication::Oidc),
            ..Suggests::default()
        },
        false => Suggests {
            kind: Some(IdentityKind::WorkloadIdentity),
            ..Suggests::default()
        },
    };
    let mut sighting = sighting(of, locator(path, of), demand, suggests);
    sighting.also.extend(of.arn());
    sighting
}

/// Literals where a credential belongs.
fn secrets(root: Node<'_, '_>, stack: &Stack<'_, '_>, found: &mut Vec<Span>) {
    literals::of_credentials(root, found);
    let is_text = |value: &Node<'_, '_>| value.text().is_some_and(|text| !text.trim().is_empty());
    let stored = stack
        .resources
        .iter()
        .filter(|one| one.kind == "AWS::SecretsManager::Secret");
    let stored = stored.filter_map(|secret| {
        // A template with a secret in it is one, too.
        let value = secret.get("SecretString")?;
        match call(value) {
            None => Some(value),
            Some(("Sub", given)) => given.text().map_or_else(|| given.items().next(), |_| Some(given)),
            Some(_) => None,
        }
    });
    found.extend(stored.filter(is_text).map(Node::span));
    for (name, parameter) in root.get("Parameters").into_iter().flat_map(Node::entries) {
        let is_hidden = parameter.get("NoEcho").and_then(Node::text) == Some("true");
        if is_hidden || name.text().is_some_and(secret_name::names_a_credential) {
            found.extend(parameter.get("Default").filter(is_text).map(Node::span));
        }
    }
}
