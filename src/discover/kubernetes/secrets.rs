//! Secrets: which there are, where they are kept, and whether one is in the file in clear.

use hashbrown::HashMap;

use super::base64;
use super::object::{Object, name_in};
use crate::discover::placeholder;
use crate::discover::secret_name;
use crate::discover::yaml::Node;
use crate::discover::{Demand, Fact, Rank, Shows, Sighting, Suggests, What};
use crate::source::Span;

const EXTERNAL: &str = "external-secrets.io";
const KUBERNETES: &str = "kubernetes-secret";

pub fn see(objects: &[Object<'_, '_>], shows: &mut Shows) {
    let stores = stores(objects);
    for object in objects {
        if object.is("", "Secret") {
            let entries = entries(*object);
            shows.literals.extend(values(*object, &entries));
            let Some(mut sighting) = object.name().and_then(|name| secret(name, object.namespace())) else {
                continue;
            };
            let span = sighting.span;
            // What is encrypted in the repository says nothing of where its secret is kept first.
            if !is_encrypted(*object, &entries) {
                keep(&mut sighting, KUBERNETES, span);
            }
            if let Some(span) = first_in_clear(*object, &entries) {
                sighting.facts.push(Fact {
                    span,
                    what: What::Store("source-code"),
                });
            }
            shows.sightings.push(sighting);
        } else if object.is("bitnami.com", "SealedSecret") {
            let sealed = object.name().and_then(|name| secret(name, object.namespace()));
            shows.sightings.extend(sealed);
        } else if object.is(EXTERNAL, "ExternalSecret") {
            shows.sightings.extend(external(*object, &stores));
        }
    }
}

fn secret(name: Node<'_, '_>, namespace: &str) -> Option<Sighting> {
    Some(Sighting {
        locator: format!("k8s-secret:{namespace}/{}", name_in(name)?),
        also: Vec::new(),
        span: name.span(),
        rank: Rank::Credential,
        by_use: false,
        demand: Demand::Shown,
        suggests: Suggests::default(),
        facts: Vec::new(),
    })
}

fn keep(sighting: &mut Sighting, store: &'static str, span: Span) {
    sighting.suggests.store = Some(store);
    sighting.facts.push(Fact {
        span,
        what: What::Store(store),
    });
}

/// The entries of a Secret, and whether they are encoded.
fn entries<'n, 't>(object: Object<'n, 't>) -> Vec<(Node<'n, 't>, Node<'n, 't>, bool)> {
    let under = |key: &str, is_encoded: bool| {
        let entries = object.root.get(key).into_iter().flat_map(Node::entries);
        entries.map(move |(key, value)| (key, value, is_encoded))
    };
    under("data", true).chain(under("stringData", false)).collect()
}

/// Whatever a Secret holds, and the copy of it that `kubectl apply` leaves.
fn values(object: Object<'_, '_>, entries: &[(Node<'_, '_>, Node<'_, '_>, bool)]) -> Vec<Span> {
    let mut values: Vec<_> = entries.iter().map(|(_, value, _)| *value).collect();
    values.extend(object.annotation("kubectl.kubernetes.io/last-applied-configuration"));
    let is_held = |value: &Node<'_, '_>| value.text().is_some_and(|text| !text.trim().is_empty());
    values.into_iter().filter(is_held).map(Node::span).collect()
}

/// Whether SOPS has encrypted it, or a value of it.
fn is_encrypted(object: Object<'_, '_>, entries: &[(Node<'_, '_>, Node<'_, '_>, bool)]) -> bool {
    let is_sops = |value: &Node<'_, '_>| value.text().is_some_and(placeholder::is_encrypted);
    object.is_encrypted || entries.iter().any(|(_, value, _)| is_sops(value))
}

/// The key of the first entry with a secret that everyone who reads the file can read too.
fn first_in_clear(object: Object<'_, '_>, entries: &[(Node<'_, '_>, Node<'_, '_>, bool)]) -> Option<Span> {
    if is_encrypted(object, entries) {
        return None;
    }
    let (key, ..) = entries.iter().find(|(key, value, is_encoded)| {
        let (Some(name), Some(value)) = (key.text(), value.text()) else {
            return false;
        };
        // Certificates are made to be shown, and a user's name or an address opens nothing.
        let is_public = matches!(name, "ca.crt" | "tls.crt") || is_identifier(name);
        !is_public && placeholder::is_in_clear(value) && (!is_encoded || is_in_clear_decoded(value))
    })?;
    Some(key.span())
}

/// Whether a key, in whatever way it is written, says who, where or which: `clientID` as well as `client-id`.
fn is_identifier(key: &str) -> bool {
    let mut snake = String::with_capacity(key.len() + 4);
    let mut after_lower = false;
    for c in key.chars() {
        if c.is_ascii_uppercase() && after_lower {
            snake.push('_');
        }
        snake.push(c);
        after_lower = c.is_ascii_lowercase();
    }
    secret_name::by_name(&snake) == Rank::Identifier
}

fn is_in_clear_decoded(value: &str) -> bool {
    // What is no base64 is refused by the cluster: a word to be replaced.
    base64::decode(value).is_some_and(|bytes| match std::str::from_utf8(&bytes) {
        Ok(text) => placeholder::is_in_clear(text),
        Err(_) => true,
    })
}

/// Where the stores of the file keep secrets: by kind, namespace and name.
fn stores<'n>(objects: &[Object<'n, '_>]) -> HashMap<(&'n str, &'n str, &'n str), &'static str> {
    let mut stores = HashMap::new();
    for object in objects {
        let namespace = match object.kind {
            "SecretStore" if object.is(EXTERNAL, "SecretStore") => object.namespace(),
            "ClusterSecretStore" if object.is(EXTERNAL, "ClusterSecretStore") => "",
            _ => continue,
        };
        let name = object.name().and_then(Node::text);
        let provider = object.path(&["spec", "provider"]).and_then(provider);
        if let (Some(name), Some(provider)) = (name, provider) {
            stores.entry((object.kind, namespace, name)).or_insert(provider);
        }
    }
    stores
}

fn provider(provider: Node<'_, '_>) -> Option<&'static str> {
    let mut known = provider.entries().filter_map(|(key, settings)| match key.text()? {
        // The other service of that provider is no Secrets Manager.
        "aws" => (settings.get("service")?.text()? == "SecretsManager").then_some("aws-secrets-manager"),
        "gcpsm" => Some("gcp-secret-manager"),
        "azurekv" => Some("azure-key-vault"),
        "vault" => Some("vault"),
        _ => None,
    });
    known.next()
}

fn external(object: Object<'_, '_>, stores: &HashMap<(&str, &str, &str), &'static str>) -> Option<Sighting> {
    let target = object.path(&["spec", "target", "name"]).filter(|name| !name.is_null());
    let mut sighting = secret(target.or_else(|| object.name())?, object.namespace())?;
    let store = object.path(&["spec", "secretStoreRef"]);
    let name = store.and_then(|store| store.get("name"));
    if let Some((store, name)) = store.zip(name) {
        let kind = store.get("kind").and_then(Node::text).unwrap_or("SecretStore");
        let namespace = if kind == "ClusterSecretStore" {
            ""
        } else {
            object.namespace()
        };
        let kept = name.text().and_then(|name| stores.get(&(kind, namespace, name)));
        if let Some(kept) = kept {
            keep(&mut sighting, kept, name.span());
        }
    }
    Some(sighting)
}
