//! Values of a workflow and the secrets in them.

use super::SECRET;
use super::envs::Envs;
use super::expression::{Secret, secrets_in, setting};
use crate::discover::secret_name;
use crate::discover::yaml::Node;
use crate::discover::{Fact, Rank, Shows, Sighting, Suggests, Untold, What, demand_of};
use crate::model::{Credential, IdentityKind};

/// What holds around a value.
#[derive(Clone, Default)]
pub struct Around {
    /// The deployment environment of the job, where that is literal.
    pub environment: Option<Environment>,
    /// Names of secrets that the workflow takes from its callers, in upper case.
    pub parameters: std::rc::Rc<Vec<String>>,
}

#[derive(Debug, Clone)]
pub struct Environment {
    pub name: String,
    pub span: crate::source::Span,
}

/// A secret that a value names.
#[derive(Debug, Clone)]
pub struct Used {
    /// In upper case.
    pub name: String,
    pub rank: Rank,
    pub is_parameter: bool,
}

/// Adds what a value shows, and gives the secrets that it names. `input` is the key of an input that takes it.
pub fn value(node: Node<'_, '_>, input: Option<&str>, key: &str, around: &Around, shows: &mut Shows) -> Vec<Used> {
    let Some(text) = node.text() else { return Vec::new() };
    let mut used = Vec::new();
    for secret in secrets_in(text, key == "if") {
        match secret {
            Secret::Untold(prefix, range) => shows.untold.push(Untold {
                span: node.at(range),
                prefix: format!("{SECRET}{}", prefix.to_ascii_uppercase()),
            }),
            Secret::Named(name, range) => {
                let name = name.to_ascii_uppercase();
                if is_never(&name) || !is_name(&name) {
                    continue;
                }
                let span = node.at(range);
                let by_use = input.and_then(secret_name::by_use);
                let rank = by_use.unwrap_or_else(|| by_names(&name, key));
                let is_parameter = around.parameters.contains(&name);
                let sighting = Sighting {
                    by_use: by_use.is_some(),
                    ..sighting(&name, span, rank, around)
                };
                if is_parameter {
                    shows.parameters.push(sighting);
                } else {
                    shows.sightings.push(sighting);
                }
                used.push(Used {
                    name,
                    rank,
                    is_parameter,
                });
            }
        }
    }
    used
}

/// What the name of a secret says of it and, where that is nothing, the variable that takes it.
fn by_names(name: &str, variable: &str) -> Rank {
    match secret_name::by_name(name) {
        Rank::Unclassified if !variable.contains(|c: char| c.is_ascii_lowercase()) => secret_name::by_name(variable),
        rank => rank,
    }
}

/// Whether a secret can have this name, in upper case.
fn is_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// What the host itself gives, or reads.
fn is_never(name: &str) -> bool {
    name == "GITHUB_TOKEN" || name.starts_with("ACTIONS_")
}

fn sighting(name: &str, span: crate::source::Span, rank: Rank, around: &Around) -> Sighting {
    let locator = format!("{SECRET}{name}");
    let mut facts = Vec::new();
    if rank == Rank::Credential {
        facts.push(Fact {
            span,
            what: What::StaticCredential("a secret"),
        });
        facts.push(Fact {
            span,
            what: What::Store("github-actions"),
        });
    }
    let mut also = Vec::new();
    if let Some(environment) = &around.environment {
        also.push(format!("{SECRET}{}/{name}", environment.name));
        facts.push(Fact {
            span: environment.span,
            what: What::Environment(environment.name.clone()),
        });
    }
    Sighting {
        locator,
        also,
        span,
        rank,
        by_use: false,
        demand: demand_of(rank),
        suggests: Suggests {
            kind: Some(IdentityKind::ApiKey),
            credential: Some(Credential::StaticSecret),
            store: Some("github-actions"),
            ..Suggests::default()
        },
        facts,
    }
}

/// Adds what all values in a tree show, whatever they are for.
pub fn everything(node: Node<'_, '_>, around: &Around, shows: &mut Shows) {
    let mut ahead = vec![(node, String::new())];
    // As deep as the tree is, and each node once: aliases are shown where they lead to.
    while let Some((node, key)) = ahead.pop() {
        if node.is_map() {
            let inside = node.own_entries().filter(|(_, value)| !value.is_alias());
            ahead.extend(inside.map(|(key, value)| (value, key.text().unwrap_or_default().to_owned())));
        } else if node.is_list() {
            ahead.extend(
                node.items()
                    .filter(|item| !item.is_alias())
                    .map(|item| (item, key.clone())),
            );
        } else {
            value(node, None, &key, around, shows);
        }
    }
}

/// Inputs that are given together: a user name and its password are one, and so are an id and its key.
pub fn inputs(map: Node<'_, '_>, around: &Around, envs: &Envs<'_, '_>, shows: &mut Shows) -> Vec<(String, Vec<Used>)> {
    let mut taken = Vec::new();
    for (key, node) in map.entries() {
        let Some(key) = key.text() else { continue };
        if node.text().is_none() {
            everything(node, around, shows);
            continue;
        }
        let mut used = value(node, Some(key), key, around, shows);
        used.extend(by_variable(node, key, around, envs, shows));
        taken.push((key.to_ascii_lowercase().replace('_', "-"), used));
    }
    join(&taken, shows);
    taken
}

/// The secret that an input takes by way of a variable of `env`.
fn by_variable(node: Node<'_, '_>, key: &str, around: &Around, envs: &Envs<'_, '_>, shows: &mut Shows) -> Option<Used> {
    let setting = setting(node.text()?).filter(|setting| setting.context == "env")?;
    let variable = super::expression::setting(envs.get(&setting.name)?.text()?)?;
    let name = variable.name.to_ascii_uppercase();
    if variable.context != "secrets" || is_never(&name) || !is_name(&name) {
        return None;
    }
    let by_use = secret_name::by_use(key);
    let rank = by_use.unwrap_or_else(|| secret_name::by_name(&name));
    let is_parameter = around.parameters.contains(&name);
    if by_use.is_some() && !is_parameter {
        shows.sightings.push(Sighting {
            by_use: true,
            ..sighting(&name, node.at(setting.range), rank, around)
        });
    }
    Some(Used {
        name,
        rank,
        is_parameter,
    })
}

fn join(taken: &[(String, Vec<Used>)], shows: &mut Shows) {
    // An input that is made of several secrets tells nothing.
    let single = || {
        taken.iter().filter_map(|(key, used)| match used.as_slice() {
            [one] if !one.is_parameter => Some((key.as_str(), one)),
            _ => None,
        })
    };
    let goes_with_a_key = |key: &str| key.ends_with("passphrase") || key.ends_with("session-token");
    let credentials: Vec<(&str, &Used)> = single()
        .filter(|(key, one)| one.rank == Rank::Credential && !goes_with_a_key(key))
        .collect();
    let mut same = |one: &Used, other: &Used| {
        if one.name != other.name {
            shows
                .same
                .push((format!("{SECRET}{}", one.name), format!("{SECRET}{}", other.name)));
        }
    };
    for (key, other) in single() {
        if goes_with_a_key(key) {
            let keys: Vec<&Used> = credentials
                .iter()
                .filter(|(key, _)| key.contains("key"))
                .map(|(_, used)| *used)
                .collect();
            if let [one] = keys.as_slice() {
                same(one, other);
            }
            continue;
        }
        if other.rank != Rank::Identifier || !names_an_account(key) {
            continue;
        }
        let of_stem: Vec<&Used> = credentials
            .iter()
            .filter(|(credential, _)| credentials.len() == 1 || stem(credential) == stem(key))
            .map(|(_, used)| *used)
            .collect();
        if let [one] = of_stem.as_slice() {
            same(one, other);
        }
    }
}

/// Whether an input says whose the credential beside it is.
fn names_an_account(key: &str) -> bool {
    [
        "username",
        "user",
        "user-name",
        "login",
        "client-id",
        "app-id",
        "application-id",
        "key-id",
        "email",
    ]
    .iter()
    .any(|end| key == *end || key.strip_suffix(end).is_some_and(|rest| rest.ends_with('-')))
}

/// What an input's name has in common with the names of those that belong to it.
fn stem(key: &str) -> &str {
    const ENDS: [&str; 12] = [
        "-secret-access-key",
        "-access-key-id",
        "-private-key",
        "-username",
        "-password",
        "-user",
        "-token",
        "-key-id",
        "-client-id",
        "-client-secret",
        "-id",
        "-key",
    ];
    ENDS.iter().find_map(|end| key.strip_suffix(end)).unwrap_or("")
}
