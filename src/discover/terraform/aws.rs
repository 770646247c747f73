//! IAM users and roles of AWS, with what belongs to them.

use std::collections::HashMap;

use super::folder::{
    CI_PIPELINE, Folder, MAX_HOPS, MAX_NAME, Resource, SERVICE_ACCOUNT, WORKLOAD, is_name, push, tell,
};
use super::grant::Grant;
use super::rotation;
use crate::discover::hcl::Expr;
use crate::discover::{Demand, Fact, Power, Shows, Sighting, Suggests, What};
use crate::model::Credential;
use crate::source::Span;

const USER: &str = "aws_iam_user";
const ROLE: &str = "aws_iam_role";
const GROUP: &str = "aws_iam_group";

/// What a user may have to prove who it is: the type, the attribute that names the user, and what it is.
const KEYS: &[(&str, &str, &str)] = &[
    ("aws_iam_access_key", "user", "an access key"),
    ("aws_iam_user_ssh_key", "username", "an SSH key"),
    (
        "aws_iam_service_specific_credential",
        "user_name",
        "a service-specific credential",
    ),
    ("aws_iam_signing_certificate", "user_name", "a signing certificate"),
];

/// What grants: the type, the attributes that name users, roles and groups, and the one that names policies.
const ATTACHMENTS: &[(&str, &[&str], &str)] = &[
    ("aws_iam_user_policy_attachment", &["user"], "policy_arn"),
    (
        "aws_iam_user_policy_attachments_exclusive",
        &["user_name"],
        "policy_arns",
    ),
    ("aws_iam_role_policy_attachment", &["role"], "policy_arn"),
    (
        "aws_iam_role_policy_attachments_exclusive",
        &["role_name"],
        "policy_arns",
    ),
    ("aws_iam_group_policy_attachment", &["group"], "policy_arn"),
    ("aws_iam_policy_attachment", &["users", "roles", "groups"], "policy_arn"),
];

/// The same with the policy itself.
const POLICIES: &[(&str, &str)] = &[
    ("aws_iam_user_policy", "user"),
    ("aws_iam_role_policy", "role"),
    ("aws_iam_group_policy", "group"),
];

/// Something that is granted to a user or a role, at a resource.
struct Granted<'t> {
    to: Resource<'t>,
    at: Resource<'t>,
    power: Power,
    fact: Fact,
}

pub fn see(folder: &Folder<'_>, shows: &mut [Shows]) {
    let granted = grants(folder);
    let mut powers: HashMap<usize, Power> = HashMap::new();
    for grant in &granted {
        let power = powers.entry(grant.to.id).or_insert(grant.power);
        *power = (*power).max(grant.power);
    }
    users(folder, shows);
    let mut roles: HashMap<usize, (Demand, Suggests)> = HashMap::new();
    for role in folder.of(&[ROLE]) {
        let is_ci = role
            .body
            .value("assume_role_policy")
            .is_some_and(|trust| folder.trusts_ci(trust, MAX_HOPS));
        let is_admin = powers.get(&role.id) == Some(&Power::Administrator);
        let demand = if is_ci || is_admin {
            Demand::Demanded
        } else {
            Demand::Shown
        };
        let suggests = if is_ci { CI_PIPELINE } else { WORKLOAD };
        roles.insert(role.id, (demand, suggests));
        push(shows, role, account(folder, role, demand, suggests));
    }
    for grant in granted {
        let (demand, suggests) = roles
            .get(&grant.to.id)
            .copied()
            .unwrap_or((Demand::Demanded, SERVICE_ACCOUNT));
        let sighting = folder.sighting(grant.at, folder.locator(grant.to), demand, suggests);
        tell(shows, grant.at, sighting, grant.fact);
    }
    secrets(folder, shows);
}

/// A user or a role where it is made.
fn account<'t>(folder: &Folder<'t>, of: Resource<'t>, demand: Demand, suggests: Suggests) -> Sighting {
    let mut sighting = folder.sighting(of, folder.locator(of), demand, suggests);
    let path = match of.body.value("path") {
        None => Some("/"),
        Some(path) => folder.resolve(path).text().filter(|path| {
            let is_whole = path.starts_with('/') && path.ends_with('/');
            is_whole && path.len() <= MAX_NAME && !path.contains([' ', '*'])
        }),
    };
    if let (Some(name), Some(path)) = (folder.text(of.body, "name"), path)
        && is_name(name)
    {
        let kind = of.kind.trim_start_matches("aws_iam_");
        sighting.also.push(format!("arn:aws:iam::*:{kind}{path}{name}"));
    }
    sighting
}

fn users(folder: &Folder<'_>, shows: &mut [Shows]) {
    let mut keys = Vec::new();
    let mut with_key: HashMap<usize, bool> = HashMap::new();
    for &(kind, attribute, what) in KEYS {
        for key in folder.of(&[kind]) {
            let owners = owners(folder, key, attribute, USER);
            // One that is switched off proves nothing.
            let is_on = key.body.text("status") != Some("Inactive");
            for owner in &owners {
                *with_key.entry(owner.id).or_default() |= is_on;
            }
            keys.push((key, what, owners, is_on));
        }
    }
    let suggests = |has_key| match has_key {
        true => Suggests {
            credential: Some(Credential::StaticSecret),
            ..SERVICE_ACCOUNT
        },
        false => SERVICE_ACCOUNT,
    };
    for user in folder.of(&[USER]) {
        let has_key = with_key.get(&user.id).copied().unwrap_or_default();
        push(shows, user, account(folder, user, Demand::Demanded, suggests(has_key)));
    }
    for (key, what, owners, is_on) in keys {
        let mut locators: Vec<_> = owners.iter().map(|owner| folder.locator(*owner)).collect();
        if locators.is_empty() && key.kind == "aws_iam_access_key" {
            locators.push(folder.locator(key));
        }
        for locator in locators {
            let mut sighting = folder.sighting(key, locator, Demand::Demanded, suggests(is_on));
            if is_on {
                sighting.facts.push(Fact {
                    span: key.labels,
                    what: What::StaticCredential(what),
                });
                sighting.facts.extend(rotation::of_linked(folder, key));
            }
            push(shows, key, sighting);
        }
    }
    for profile in folder.of(&["aws_iam_user_login_profile"]) {
        for owner in owners(folder, profile, "user", USER) {
            let sighting = folder.sighting(profile, folder.locator(owner), Demand::Demanded, SERVICE_ACCOUNT);
            let fact = Fact {
                span: profile.labels,
                what: What::ConsolePassword,
            };
            tell(shows, profile, sighting, fact);
        }
    }
}

fn owners<'t>(folder: &Folder<'t>, of: Resource<'t>, attribute: &str, kind: &str) -> Vec<Resource<'t>> {
    let Some(expr) = of.body.value(attribute) else {
        return Vec::new();
    };
    folder.meant(of, expr, &[kind])
}

/// The users whose key this is, by their locators; its own where none is seen.
pub fn key_owners<'t>(folder: &Folder<'t>, key: Resource<'t>) -> Vec<String> {
    let owners = owners(folder, key, "user", USER);
    if owners.is_empty() {
        vec![folder.locator(key)]
    } else {
        owners.iter().map(|owner| folder.locator(*owner)).collect()
    }
}

/// The type of what an attribute such as `users` names.
fn named_by(attribute: &str) -> &'static str {
    if attribute.starts_with("user") {
        USER
    } else if attribute.starts_with("role") {
        ROLE
    } else {
        GROUP
    }
}

fn grants<'t>(folder: &Folder<'t>) -> Vec<Granted<'t>> {
    let mut found: Vec<(Resource<'t>, Resource<'t>, Grant)> = Vec::new();
    for &(kind, attributes, policies) in ATTACHMENTS {
        for at in folder.of(&[kind]) {
            let Some(grant) = at.body.value(policies).and_then(|expr| folder.granted_by_arn(at, expr)) else {
                continue;
            };
            for attribute in attributes {
                for to in owners(folder, at, attribute, named_by(attribute)) {
                    found.push((to, at, grant.clone()));
                }
            }
        }
    }
    for &(kind, attribute) in POLICIES {
        for at in folder.of(&[kind]) {
            let Some(grant) = folder.granted_by_document(at.body, "policy") else {
                continue;
            };
            for to in owners(folder, at, attribute, named_by(attribute)) {
                found.push((to, at, grant.clone()));
            }
        }
    }
    for role in folder.of(&[ROLE]) {
        let by_arn = role
            .body
            .value("managed_policy_arns")
            .and_then(|expr| folder.granted_by_arn(role, expr));
        let inline = role
            .body
            .blocks("inline_policy")
            .filter_map(|body| folder.granted_by_document(body, "policy"));
        found.extend(by_arn.into_iter().chain(inline).map(|grant| (role, role, grant)));
    }
    let mut groups: HashMap<usize, Grant> = HashMap::new();
    let mut granted = Vec::new();
    for (to, at, grant) in found {
        if to.kind != GROUP {
            granted.push(granted_at(to, at, &grant, at.labels));
            continue;
        }
        let known = groups.entry(to.id).or_insert_with(|| grant.clone());
        if known.power < grant.power {
            *known = grant;
        }
    }
    granted.extend(memberships(folder, &groups));
    granted
}

fn granted_at<'t>(to: Resource<'t>, at: Resource<'t>, grant: &Grant, span: Span) -> Granted<'t> {
    Granted {
        to,
        at,
        power: grant.power,
        fact: Fact {
            span: grant.span.unwrap_or(span),
            what: What::Power(grant.power, grant.name.clone()),
        },
    }
}

/// What users are granted by the groups that they are in.
fn memberships<'t>(folder: &Folder<'t>, groups: &HashMap<usize, Grant>) -> Vec<Granted<'t>> {
    let mut granted = Vec::new();
    let kinds = [
        ("aws_iam_user_group_membership", "user", "groups"),
        ("aws_iam_group_membership", "users", "group"),
    ];
    for (kind, users, of) in kinds {
        for at in folder.of(&[kind]) {
            let Some(expr) = at.body.value(of) else { continue };
            let best = folder
                .meant(at, expr, &[GROUP])
                .into_iter()
                .filter_map(|group| groups.get(&group.id))
                .max_by_key(|grant| grant.power);
            let Some(best) = best else { continue };
            // Where the group gets it may be in another file: here the membership shows it.
            let here = Grant {
                span: None,
                ..best.clone()
            };
            for user in owners(folder, at, users, USER) {
                granted.push(granted_at(user, at, &here, expr.span));
            }
        }
    }
    granted
}

fn secrets(folder: &Folder<'_>, shows: &mut [Shows]) {
    const KIND: &str = "aws_secretsmanager_secret";
    let suggests = Suggests {
        store: Some("aws-secrets-manager"),
        ..Suggests::default()
    };
    for secret in folder.of(&[KIND]) {
        let mut sighting = rotation::stored(folder, secret, suggests);
        sighting.facts.extend(rotation::stated(secret.body));
        push(shows, secret, sighting);
    }
    for rotated in folder.of(&["aws_secretsmanager_secret_rotation"]) {
        let Some(fact) = rotation::stated(rotated.body) else {
            continue;
        };
        let secret: Option<&Expr> = rotated.body.value("secret_id");
        for secret in secret
            .map(|secret| folder.meant(rotated, secret, &[KIND]))
            .unwrap_or_default()
        {
            let locator = folder.locator(secret);
            let mut sighting = rotation::stored(folder, rotated, suggests);
            sighting.locator = locator;
            sighting.facts.clear();
            tell(shows, rotated, sighting, fact.clone());
        }
    }
}
