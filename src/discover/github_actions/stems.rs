//! Which secrets are one identity by their names: a user name and its password, the id of a key and the key.

use crate::discover::Rank;

const ACCOUNTS: [&str; 9] = [
    "_ACCESS_KEY_ID",
    "_KEY_ID",
    "_USERNAME",
    "_USER_NAME",
    "_USERID",
    "_USER",
    "_LOGIN",
    "_EMAIL",
    "_ID",
];

const KEYS: [&str; 11] = [
    "_SECRET_ACCESS_KEY",
    "_ACCESS_KEY",
    "_PRIVATE_KEY",
    "_SIGNING_KEY",
    "_API_KEY",
    "_APP_KEY",
    "_SSH_KEY",
    "_DEPLOY_KEY",
    "_GPG_KEY",
    "_PGP_KEY",
    "_KEY",
];

/// What goes with a key, and is no credential of its own.
const WITH_A_KEY: [&str; 4] = ["_SECRET_KEY", "_PASSPHRASE", "_KEY_PASSPHRASE", "_KEY_PASSWORD"];

const OTHERS: [&str; 12] = [
    "_API_TOKEN",
    "_ACCESS_TOKEN",
    "_AUTH_TOKEN",
    "_TOKEN",
    "_PASSWORD",
    "_PASSWD",
    "_PASS",
    "_PWD",
    "_SECRET",
    "_PAT",
    "_CREDENTIALS",
    "_CREDENTIAL",
];

/// Words at the end that two names of one identity share.
const TAILS: [&str; 14] = [
    "_PRODUCTION",
    "_PROD",
    "_LIVE",
    "_STAGING",
    "_STAGE",
    "_STG",
    "_PREPROD",
    "_UAT",
    "_DEVELOPMENT",
    "_DEV",
    "_TEST",
    "_QA",
    "_EU",
    "_US",
];

/// What a name is of a stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It says whose the credential is.
    Account,
    /// A key.
    Key,
    /// What goes with a key.
    WithKey,
    /// A credential of its own.
    Credential,
}

/// What several names have in common, with the part that this one is; `None` where the name tells nothing.
pub fn stem(name: &str, rank: Rank) -> Option<(String, Part)> {
    let (name, tail) = match TAILS.iter().find_map(|tail| Some((name.strip_suffix(tail)?, *tail))) {
        Some((rest, tail)) => (rest, tail),
        None => (name, ""),
    };
    let lists: [(&[&str], Part); 4] = match rank {
        Rank::Identifier => [
            (&ACCOUNTS, Part::Account),
            (&[], Part::Key),
            (&[], Part::Key),
            (&[], Part::Key),
        ],
        Rank::Credential | Rank::Unclassified => [
            (&WITH_A_KEY, Part::WithKey),
            (&KEYS, Part::Key),
            (&OTHERS, Part::Credential),
            (&[], Part::Account),
        ],
        Rank::Account | Rank::LowStake => return None,
    };
    let ends = lists
        .into_iter()
        .flat_map(|(ends, part)| ends.iter().map(move |end| (*end, part)));
    let (stem, part) = ends
        .filter_map(|(end, part)| Some((name.strip_suffix(end)?, part)))
        .min_by_key(|(stem, _)| stem.len())?;
    (!stem.is_empty()).then(|| (format!("{stem}{tail}"), part))
}

/// Pairs of names that are one identity, among all that are seen in a repository.
pub fn pairs(names: &[(String, Rank)]) -> Vec<(String, String)> {
    let mut stems: Vec<(String, Part, &str)> = names
        .iter()
        .filter_map(|(name, rank)| {
            let (stem, part) = stem(name, *rank)?;
            Some((stem, part, name.as_str()))
        })
        .collect();
    stems.sort();
    let mut pairs = Vec::new();
    for group in stems.chunk_by(|one, other| one.0 == other.0) {
        let of = |wanted: Part| {
            group
                .iter()
                .filter(move |(_, part, _)| *part == wanted)
                .map(|(.., name)| *name)
        };
        let keys: Vec<&str> = of(Part::Key).collect();
        if let [key] = keys.as_slice() {
            pairs.extend(of(Part::WithKey).map(|other| ((*key).to_owned(), other.to_owned())));
        }
        let alone: Vec<&str> = if keys.is_empty() {
            of(Part::WithKey).collect()
        } else {
            Vec::new()
        };
        let credentials: Vec<&str> = keys.iter().copied().chain(of(Part::Credential)).chain(alone).collect();
        if let [credential] = credentials.as_slice() {
            pairs.extend(of(Part::Account).map(|account| ((*credential).to_owned(), account.to_owned())));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::secret_name::by_name;

    fn joined(names: &[&str]) -> Vec<(String, String)> {
        let names: Vec<(String, Rank)> = names.iter().map(|name| ((*name).to_owned(), by_name(name))).collect();
        pairs(&names)
    }

    #[test]
    fn what_belongs_to_a_credential_joins_it() {
        for (one, other) in [
            ("QUAY_PASSWORD", "QUAY_USERNAME"),
            ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
            ("AWS_SECRET_ACCESS_KEY_PROD", "AWS_ACCESS_KEY_ID_PROD"),
            ("BOT_PRIVATE_KEY", "BOT_ID"),
            ("GPG_PRIVATE_KEY", "GPG_PASSPHRASE"),
            ("MINIO_ACCESS_KEY", "MINIO_SECRET_KEY"),
            ("AZURE_CLIENT_SECRET", "AZURE_CLIENT_ID"),
        ] {
            assert_eq!(
                joined(&[one, other]),
                [(one.to_owned(), other.to_owned())],
                "{one} {other}"
            );
        }
        for names in [
            &["AWS_SECRET_ACCESS_KEY", "AWS_ROLE_ARN"][..],
            &["AWS_SECRET_ACCESS_KEY_PROD", "AWS_ACCESS_KEY_ID"],
            &["QUAY_TOKEN", "QUAY_PASSWORD", "QUAY_USERNAME"],
            &["APPLE_CERTIFICATE", "APPLE_CERTIFICATE_PASSWORD"],
            &["NPM_TOKEN", "PYPI_TOKEN"],
            &["AZURE_CLIENT_SECRET", "AZURE_TENANT_ID"],
        ] {
            assert!(joined(names).is_empty(), "{names:?}");
        }
    }
}
