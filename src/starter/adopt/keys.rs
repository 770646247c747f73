//! What an entry states, key by key.

use crate::discover::{Suggests, What};
use crate::model::{Credential, IdentityKind};
use std::collections::BTreeSet;

/// In the order in which they are written.
const ORDER: [&str; 8] = [
    "kind",
    "credential",
    "authentication",
    "provider",
    "store",
    "environments",
    "owner",
    "services",
];

/// Keys and their values: one text, or a list of several.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Keys(Vec<(&'static str, Vec<String>)>);

impl Keys {
    /// States a key that is one of those that are written.
    pub fn set(&mut self, key: &'static str, values: Vec<String>) {
        self.0.retain(|(known, _)| *known != key);
        if !values.is_empty() {
            self.0.push((key, values));
            let place = |key: &str| ORDER.iter().position(|known| *known == key);
            self.0.sort_by_key(|(key, _)| place(key));
        }
    }

    fn set_one(&mut self, key: &'static str, value: Option<&str>) {
        self.set(key, value.into_iter().map(str::to_owned).collect());
    }

    pub fn get(&self, key: &str) -> Option<&[String]> {
        let found = self.0.iter().find(|(known, _)| *known == key);
        found.map(|(_, values)| values.as_slice())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        self.0.iter().map(|(key, values)| (*key, values.as_slice()))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Without those of others.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        let own = self.0.iter().filter(|(key, _)| others.get(key).is_none());
        Self(own.cloned().collect())
    }

    /// Those that others have as well.
    #[must_use]
    pub fn shared(&self, others: &Self) -> Self {
        let shared = self
            .0
            .iter()
            .filter(|(key, values)| others.get(key) == Some(values.as_slice()));
        Self(shared.cloned().collect())
    }

    /// What a table says in the same words; `None` where it says anything else.
    pub fn stated(&self, table: &toml::Table) -> Option<Self> {
        let mut stated = Self::default();
        for (key, value) in table {
            let own = self.0.iter().find(|(known, _)| known == key)?;
            let values = match value {
                toml::Value::String(text) => vec![text.as_str()],
                toml::Value::Array(items) => items.iter().map(toml::Value::as_str).collect::<Option<_>>()?,
                _ => return None,
            };
            if values != own.1.iter().map(String::as_str).collect::<Vec<_>>() {
                return None;
            }
            stated.0.push(own.clone());
        }
        Some(stated)
    }
}

/// What is seen of something, as keys.
pub fn seen<'w>(
    locator: &str,
    suggests: Suggests,
    facts: impl Iterator<Item = &'w What>,
    environments: BTreeSet<&'static str>,
) -> (Keys, bool) {
    let facts: Vec<&What> = facts.collect();
    let mut keys = Keys::default();
    let kind = suggests.kind.unwrap_or_else(|| kind_by_form(locator));
    keys.set_one("kind", Some(kind.as_str()));
    // Without its provider it would be half a statement.
    let credential = suggests
        .credential
        .filter(|credential| *credential != Credential::ProviderManaged || suggests.provider.is_some());
    keys.set_one("credential", credential.map(|credential| credential.as_str()));
    let authentication = suggests.authentication.map(|authentication| authentication.as_str());
    keys.set_one("authentication", authentication);
    keys.set_one("provider", suggests.provider);
    keys.set_one("store", store(suggests, credential, &facts));
    keys.set("environments", environments.into_iter().map(str::to_owned).collect());
    (keys, suggests.kind.is_some())
}

/// The store of a secret, where just one is seen. What stands in a file is to leave it, and no place to keep it.
fn store(suggests: Suggests, credential: Option<Credential>, facts: &[&What]) -> Option<&'static str> {
    const IN_CLEAR: &str = "source-code";
    if credential.is_some_and(|credential| !credential.is_static()) {
        return None;
    }
    let seen = facts.iter().filter_map(|what| match what {
        What::Store(store) => Some(*store),
        _ => None,
    });
    let stores: BTreeSet<&str> = seen.chain(suggests.store).collect();
    let mut stores = stores.into_iter();
    let one = stores.next().filter(|_| stores.next().is_none())?;
    Some(one).filter(|store| *store != IN_CLEAR)
}

/// What kind of identity a locator is that of, where no file shows it: an entry needs one.
fn kind_by_form(locator: &str) -> IdentityKind {
    match locator.split(':').next().unwrap_or_default() {
        "k8s" => IdentityKind::WorkloadIdentity,
        "mcp" => IdentityKind::AiAgent,
        "github-oidc" | "gitlab-oidc" => IdentityKind::CiPipeline,
        "terraform" | "cloudformation" | "arn" => IdentityKind::ServiceAccount,
        _ => IdentityKind::ApiKey,
    }
}
