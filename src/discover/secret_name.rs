//! What the name of a secret, and the input that takes it, tell of what it is.

use super::Rank;

/// What a secret's name ends with when it is a credential.
pub const CREDENTIAL: &[&str] = &[
    "TOKEN",
    "KEY",
    "SECRET",
    "SECRETS",
    "PASSWORD",
    "PASSWD",
    "PASS",
    "PAT",
    "PASSPHRASE",
    "CREDENTIAL",
    "CREDENTIALS",
    "CREDS",
    "KUBECONFIG",
    "DSN",
    "CONNECTION_STRING",
    "CONNECTIONSTRING",
    "CONNSTR",
    "CONN_STR",
    "DATABASE_URL",
    "CERTIFICATE",
    "CERT",
    "JWT",
    "COOKIE",
    "P12",
    "PFX",
    "KEYSTORE",
    "KEY_JSON",
    "SA_JSON",
];

/// What it ends with when it only says who, where or which.
pub const IDENTIFIER: &[&str] = &[
    "ID",
    "URL",
    "URI",
    "ENDPOINT",
    "HOST",
    "REGION",
    "ARN",
    "ROLE",
    "NAME",
    "USERNAME",
    "USER",
    "LOGIN",
    "EMAIL",
    "PROJECT",
    "ORG",
    "ACCOUNT",
    "BUCKET",
    "MODEL",
    "CHANNEL",
    "PROVIDER",
    "TEAM",
    "TENANT",
    "NAMESPACE",
    "DOMAIN",
    "TYPE",
    "PARAM",
    "TEMPLATE",
    "ENVIRONMENT",
    "FINGERPRINT",
    "OCID",
    "PUBKEY",
    "PUBLIC_KEY",
    "KEYGRIP",
    "ROLE_TO_ASSUME",
    "VERSION",
    "PATH",
    "PORT",
    "ZONE",
    "CLUSTER",
    "NUMBER",
    "REGISTRY",
];

/// Words at the end that say of which environment or region it is, or how it is encoded, and not what it is.
const ASIDE: &[&str] = &[
    "PROD",
    "PRODUCTION",
    "LIVE",
    "STAGING",
    "STAGE",
    "STG",
    "PREPROD",
    "UAT",
    "DEV",
    "DEVELOPMENT",
    "PREVIEW",
    "TEST",
    "QA",
    "CI",
    "SANDBOX",
    "EU",
    "US",
    "UK",
    "APAC",
    "EMEA",
    "EAST",
    "WEST",
    "NORTH",
    "SOUTH",
    "CENTRAL",
    "AWS",
    "AZURE",
    "GCP",
    "NEW",
    "OLD",
    "B64",
    "BASE64",
    "ENCODED",
    "JSON",
    "HEX",
];

/// Secrets that can only report in or post.
pub const WELL_KNOWN: &[&str] = &[
    "CODECOV_TOKEN",
    "COVERALLS_REPO_TOKEN",
    "CC_TEST_REPORTER_ID",
    "*WEBHOOK",
    "*WEBHOOK_URL",
];

/// Whether a secret is on the list of those that can only report in or post.
pub fn is_well_known(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    WELL_KNOWN.iter().any(|known| match known.strip_prefix('*') {
        Some(end) => name.ends_with(end),
        None => name == *known,
    })
}

/// Words at the end that say where a credential belongs as well as what an identifier is.
const WHOSE: &[&str] = &[
    "ACCOUNT",
    "USER",
    "REGION",
    "ENVIRONMENT",
    "PROJECT",
    "TEAM",
    "TENANT",
    "ORG",
    "CLUSTER",
];

/// Whether a name that ends as an identifier does may be that of a credential: `DATADOG_API_KEY_MAIN_ACCOUNT`.
fn says_whose(name: &str) -> bool {
    let Some((before, last)) = name.rsplit_once('_') else {
        return false;
    };
    // A word stands between: the user of a key is none.
    let mut rest = before;
    while WHOSE.contains(&last)
        && let Some((begins, _)) = rest.rsplit_once('_')
    {
        if begins.contains('_') && by_end(begins) == Some(Rank::Credential) {
            return true;
        }
        rest = begins;
    }
    false
}

/// What the name of a secret, in any case, says of it.
pub fn by_name(name: &str) -> Rank {
    let name = name.to_ascii_uppercase().replace(['-', '.'], "_");
    let mut rest = name.as_str();
    loop {
        // Before what is aside is: `SA_JSON` is a credential, `B64` alone says nothing.
        let plain = rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
        if let Some(rank) = by_end(rest).or_else(|| by_end(plain)) {
            return match rank {
                Rank::Identifier if says_whose(plain) => Rank::Unclassified,
                rank => rank,
            };
        }
        match rest.rsplit_once('_') {
            Some((before, last)) if !before.is_empty() && (ASIDE.contains(&last) || has_number(last)) => rest = before,
            _ => return Rank::Unclassified,
        }
    }
}

/// `PG17`, `V2`: which of several it is.
fn has_number(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit()) && word.len() <= 4
}

fn by_end(name: &str) -> Option<Rank> {
    let singular = name.strip_suffix('S').filter(|rest| !rest.ends_with('S'));
    exactly_by_end(name).or_else(|| exactly_by_end(singular?))
}

fn exactly_by_end(name: &str) -> Option<Rank> {
    let ends = |end: &&&str| {
        name.strip_suffix(**end)
            .is_some_and(|before| before.is_empty() || before.ends_with('_'))
    };
    // Of `DATABASE_URL` and `URL`, `KEY_ID` and `KEY`, the longer end says more.
    let longest = |ends_with: &[&str]| ends_with.iter().filter(|end| ends(end)).map(|end| end.len()).max();
    match (longest(CREDENTIAL), longest(IDENTIFIER)) {
        (None, None) => None,
        (credential, identifier) if credential > identifier => Some(Rank::Credential),
        _ => Some(Rank::Identifier),
    }
}

/// What an input takes, whatever the secret that it is given is called.
pub fn by_use(input: &str) -> Option<Rank> {
    let input = input.to_ascii_lowercase().replace('_', "-");
    const CREDENTIALS: &[&str] = &[
        "password",
        "token",
        "private-key",
        "ssh-key",
        "ssh-private-key",
        "credentials-json",
        "creds",
        "client-secret",
        "aws-secret-access-key",
        "api-key",
        "api-token",
        "access-token",
        "github-token",
        "repo-token",
        "passphrase",
        "gpg-private-key",
    ];
    const IDENTIFIERS: &[&str] = &[
        "username",
        "user",
        "role-to-assume",
        "workload-identity-provider",
        "service-account",
        "client-id",
        "tenant-id",
        "subscription-id",
        "app-id",
        "registry",
        "aws-region",
        "region",
        "aws-access-key-id",
    ];
    // `npm-token`, `dd-api-key`: whose it is, and then what.
    const ENDS: &[&str] = &[
        "-password",
        "-token",
        "-api-key",
        "-secret-key",
        "-private-key",
        "-client-secret",
    ];
    if CREDENTIALS.contains(&input.as_str()) || ENDS.iter().any(|end| input.ends_with(end)) {
        Some(Rank::Credential)
    } else if IDENTIFIERS.contains(&input.as_str()) {
        Some(Rank::Identifier)
    } else {
        None
    }
}

/// Whether a key, in whatever way it is written, names a credential: then a literal under it is one.
pub fn names_a_credential(key: &str) -> bool {
    let mut snake = String::with_capacity(key.len() + 4);
    let mut before = None::<char>;
    for c in key.chars() {
        if c.is_ascii_uppercase() && before.is_some_and(|before| before.is_ascii_lowercase()) {
            snake.push('_');
        }
        snake.push(c);
        before = Some(c);
    }
    let is_header = ["authorization", "cookie"]
        .iter()
        .any(|header| key.eq_ignore_ascii_case(header));
    is_header || by_name(&snake) == Rank::Credential || by_use(key) == Some(Rank::Credential)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_a_credential_from_an_identifier() {
        for name in [
            "NPM_TOKEN",
            "AWS_SECRET_ACCESS_KEY",
            "DEPLOY_KEY_PROD",
            "PROD_EU_API_TOKEN_2",
            "KUBECONFIG_B64",
            "DATABASE_URL",
            "POSTGRES_CONNECTION_STRING",
            "SENTRY_DSN",
            "GCP_SA_JSON",
            "gh_pat",
            "SIGNING_P12",
            "FLY_API_TOKEN",
            "token",
            "APPLE_CERTIFICATE_P12_BASE64",
            "BENCHMARK_CONNSTR_PG17",
            "DEPLOY_KEYS",
        ] {
            assert_eq!(by_name(name), Rank::Credential, "{name}");
        }
        for name in [
            "AWS_ACCESS_KEY_ID",
            "QUAY_USERNAME",
            "ORACLE_FINGERPRINT",
            "DELINEA_TENANT",
            "AWS_ROLE",
            "AWS_ROLE_PROD",
            "SLACK_CHANNEL",
            "APP_ID",
            "SENTRY_URL",
            "GCP_PROJECT_DEV",
            "PLATFORM_ENVIRONMENTS",
            "AWS_ACCOUNT_NUMBER",
            "ECR_REGISTRY",
        ] {
            assert_eq!(by_name(name), Rank::Identifier, "{name}");
        }
        for name in ["RANDOM", "MONKEY", "COMPAT", "PROD", "B64", "2", "", "_"] {
            assert_eq!(by_name(name), Rank::Unclassified, "{name}");
        }
        assert!(is_well_known("SLACK_WEBHOOK_URL") && is_well_known("codecov_token"));
        assert!(!is_well_known("WEBHOOK_SECRET"));
    }

    #[test]
    fn keys_in_any_spelling_name_credentials() {
        for key in [
            "password",
            "clientSecret",
            "API-Key",
            "apiToken",
            "Authorization",
            "private_key",
            "SecretString",
        ] {
            let expected = key != "SecretString";
            assert_eq!(names_a_credential(key), expected, "{key}");
        }
        for key in ["username", "secretName", "region", "keyId"] {
            assert!(!names_a_credential(key), "{key}");
        }
    }
}
