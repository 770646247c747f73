//! What holds for an entity: its own keys, else its profile's, else what its file says for all.

use super::record::{IDENTITIES, ORGANIZATION, PROFILES};
use crate::manifest::TABLES_WITH_KEYS;
use crate::manifest::as_read::{AsRead, Keys};
use std::borrow::Cow;

/// Tables of an identity that a profile completes key by key.
const PARTS: [&str; 6] = ["rotation", "review", "offboarding", "monitoring", "oauth", "agent"];

/// Keys that a profile has for itself, or cannot have.
const NOT_SHARED: [&str; 4] = ["profile", "retired", "locators", "keep"];

/// Tables whose entities may say why nothing names them.
const KEPT: [&str; 3] = ["data", "third-parties", "evidence"];

/// Whether the owner that a file states is a key of an entity's own table, or only the one who is asked about it.
pub fn states_owner(table: &str) -> bool {
    TABLES_WITH_KEYS
        .iter()
        .any(|(known, keys)| *known == table && keys.contains(&"owner"))
}

/// What an entity takes from elsewhere.
#[derive(Clone, Copy)]
pub struct Around<'k> {
    pub profile: Option<&'k Keys>,
    pub file: &'k Keys,
}

/// The keys that hold for an entity.
pub fn keys(table: &str, own: &Keys, around: Around<'_>) -> Keys {
    let mut keys = own.clone();
    if let Some(profile) = around.profile.filter(|_| table == IDENTITIES) {
        keys.remove("profile");
        for (key, shared) in profile.iter().filter(|(key, _)| !NOT_SHARED.contains(&&***key)) {
            let shared = without_facts(key, shared);
            match keys.get_mut(key) {
                None => drop(keys.insert(key.clone(), shared.into_owned())),
                Some(AsRead::Table(own)) if PARTS.contains(&&**key) => {
                    if let AsRead::Table(shared) = &*shared {
                        for (key, value) in shared {
                            own.entry(key.clone()).or_insert_with(|| value.clone());
                        }
                    }
                }
                Some(_) => {}
            }
        }
    }
    let is_owned = ![ORGANIZATION, PROFILES, "owners"].contains(&table);
    for (key, shared) in around.file {
        let takes = match &**key {
            "owner" => is_owned,
            _ => KEPT.contains(&table),
        };
        if takes {
            keys.entry(key.clone()).or_insert_with(|| shared.clone());
        }
    }
    keys
}

/// That access was revoked is a fact of one identity.
fn without_facts<'v>(key: &str, value: &'v AsRead) -> Cow<'v, AsRead> {
    match value {
        AsRead::Table(keys) if key == "offboarding" && keys.contains_key("revoked") => {
            let mut keys = keys.clone();
            keys.remove("revoked");
            Cow::Owned(AsRead::Table(keys))
        }
        value => Cow::Borrowed(value),
    }
}
