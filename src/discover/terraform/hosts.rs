//! Secrets, deploy keys and tokens of GitHub and GitLab.

use super::each::each_reference;
use super::folder::{Folder, MAX_NAME, Resource, is_name, push};
use super::reference::path;
use super::{aws, azure, google, rotation};
use crate::discover::hcl::{Expr, Value};
use crate::discover::{Demand, Fact, Rank, Shows, Sighting, Suggests, What, secret_name};
use crate::model::{Credential, IdentityKind};
use crate::source::Span;

const SECRETS: &[&str] = &[
    "github_actions_secret",
    "github_actions_environment_secret",
    "github_actions_organization_secret",
    "github_dependabot_secret",
    "github_dependabot_organization_secret",
];

/// The attributes that a secret's value may stand in.
const VALUES: &[&str] = &["plaintext_value", "value", "encrypted_value", "value_encrypted"];

/// Deploy keys and tokens, with what they are.
const KEYS: &[(&str, &str, Credential)] = &[
    ("github_repository_deploy_key", "a deploy key", Credential::KeyPair),
    ("gitlab_deploy_key", "a deploy key", Credential::KeyPair),
    ("gitlab_deploy_token", "a deploy token", Credential::StaticSecret),
    (
        "gitlab_project_access_token",
        "a project access token",
        Credential::StaticSecret,
    ),
    (
        "gitlab_group_access_token",
        "a group access token",
        Credential::StaticSecret,
    ),
];

pub fn see(folder: &Folder<'_>, shows: &mut [Shows]) {
    for &(kind, what, credential) in KEYS {
        for key in folder.of(&[kind]) {
            let suggests = Suggests {
                kind: Some(IdentityKind::ApiKey),
                credential: Some(credential),
                ..Suggests::default()
            };
            let mut sighting = folder.sighting(key, folder.locator(key), Demand::Demanded, suggests);
            sighting.facts.push(Fact {
                span: key.labels,
                what: What::StaticCredential(what),
            });
            sighting.facts.extend(rotation::of_linked(folder, key));
            push(shows, key, sighting);
        }
    }
    let pairs = DeployKeys::new(folder);
    for secret in folder.of(SECRETS) {
        see_secret(folder, secret, &pairs, shows);
    }
}

fn see_secret<'t>(folder: &Folder<'t>, secret: Resource<'t>, pairs: &DeployKeys, shows: &mut [Shows]) {
    let Some(name) = secret.body.value("secret_name") else {
        return;
    };
    let value = VALUES.iter().find_map(|key| secret.body.value(key));
    let is_by_key = matches!(path(name).as_deref(), Some(["each", "key"]));
    let each = if is_by_key {
        folder.instances(secret)
    } else {
        Vec::new()
    };
    for (at, (text, span)) in folder.literals(secret, name).into_iter().enumerate() {
        if !is_name(&text) {
            continue;
        }
        // `each.value` is what this one of them has.
        let own = value.map(|value| match each.get(at).and_then(|instance| instance.value) {
            Some(each) if path(value).is_some_and(|path| path.first() == Some(&"each")) => each,
            _ => value,
        });
        let holds = own.map(|value| held(folder, value, pairs)).unwrap_or_default();
        let sighting = sighting(folder, secret, &text, span, !holds.is_empty());
        if let Some(shows) = shows.get_mut(secret.file) {
            shows
                .same
                .extend(holds.into_iter().map(|holder| (sighting.locator.clone(), holder)));
            shows.sightings.push(sighting);
        }
    }
}

fn sighting<'t>(folder: &Folder<'t>, secret: Resource<'t>, name: &str, span: Span, is_key: bool) -> Sighting {
    let class = secret_name::by_name(name);
    let (rank, demand) = match class {
        _ if secret_name::is_well_known(name) => (Rank::LowStake, Demand::Shown),
        Rank::Credential => (Rank::Credential, Demand::Demanded),
        Rank::Unclassified => (Rank::Unclassified, Demand::AskedFor),
        rank => (rank, Demand::Shown),
    };
    let name = name.to_ascii_uppercase();
    let mut facts = Vec::new();
    if class == Rank::Credential {
        facts.push(Fact {
            span,
            what: What::StaticCredential("a secret"),
        });
    }
    // What is kept there is the secret of a key, whatever it is called.
    if class == Rank::Credential || (is_key && class == Rank::Unclassified) {
        facts.push(Fact {
            span,
            what: What::Store("github-actions"),
        });
    }
    let mut also = Vec::new();
    if secret.kind == "github_actions_environment_secret"
        && let Some((environment, span)) = environment(folder, secret)
    {
        if is_name(&environment) {
            also.push(format!("github-secret:{environment}/{name}"));
        }
        facts.push(Fact {
            span,
            what: What::Environment(environment),
        });
    }
    Sighting {
        locator: format!("github-secret:{name}"),
        also,
        span,
        rank,
        by_use: false,
        demand: if is_key { Demand::Demanded } else { demand },
        suggests: Suggests {
            kind: Some(IdentityKind::ApiKey),
            credential: Some(Credential::StaticSecret),
            store: Some("github-actions"),
            ..Suggests::default()
        },
        facts,
    }
}

/// The literal environment of a secret, its own or that of the environment which it refers to.
fn environment<'t>(folder: &Folder<'t>, secret: Resource<'t>) -> Option<(String, Span)> {
    let expr = secret.body.value("environment")?;
    let text = match folder.resolve(expr).text() {
        Some(text) => text,
        None => {
            let (is_data, environment, attribute) = folder.referred(expr)?;
            let is_one = !is_data && environment.kind == "github_repository_environment" && attribute == "environment";
            is_one.then(|| folder.text(environment.body, "environment"))??
        }
    };
    (!text.is_empty() && text.len() <= MAX_NAME).then(|| (text.to_owned(), expr.span))
}

/// The identities whose secret is in a value.
fn held<'t>(folder: &Folder<'t>, value: &Expr, pairs: &DeployKeys) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    each_reference(value, &mut |expr| {
        if found.len() > 256 {
            return;
        }
        if let Some(locator) = path(expr).and_then(|path| pairs.holder(&path)) {
            found.push(locator);
        }
        let Some((false, key, attribute)) = folder.referred(expr) else {
            return;
        };
        let owners = match (key.kind, attribute) {
            ("aws_iam_access_key", "id" | "secret" | "ses_smtp_password_v4") => aws::key_owners(folder, key),
            ("google_service_account_key", "private_key") => google::key_owners(folder, key),
            ("azuread_application_password" | "azuread_service_principal_password", "value") => {
                azure::key_owners(folder, key)
            }
            ("gitlab_deploy_token" | "gitlab_project_access_token" | "gitlab_group_access_token", "token") => {
                vec![folder.locator(key)]
            }
            _ => Vec::new(),
        };
        found.extend(owners);
    });
    found.sort();
    found.dedup();
    found
}

/// Deploy keys by the `tls_private_key` whose public half they are.
struct DeployKeys(std::collections::HashMap<String, String>);

impl DeployKeys {
    fn new(folder: &Folder<'_>) -> Self {
        let mut keys = std::collections::HashMap::new();
        for key in folder.of(&["github_repository_deploy_key", "gitlab_deploy_key"]) {
            let Some(expr) = key.body.value("key") else { continue };
            each_reference(expr, &mut |expr| {
                if let Value::Reference(names) = &expr.value
                    && let [kind, name, ..] = names.as_slice()
                    && kind == "tls_private_key"
                {
                    keys.entry(name.clone()).or_insert_with(|| folder.locator(key));
                }
            });
        }
        Self(keys)
    }

    fn holder(&self, path: &[&str]) -> Option<String> {
        match path {
            ["tls_private_key", name, attribute, ..] if attribute.starts_with("private_key") => {
                self.0.get(*name).cloned()
            }
            _ => None,
        }
    }
}
