//! What kind of credential a secret of a pipeline is, by its name.

/// An identity's `kind` and `credential`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    pub kind: &'static str,
    pub credential: &'static str,
}

/// Last words of names of secrets that give no access by themselves.
const PLAIN: [&str; 23] = [
    "ACCOUNT", "ADDRESS", "ARN", "BUCKET", "CHANNEL", "CLUSTER", "DOMAIN", "EMAIL", "ENDPOINT", "ENV", "HOST",
    "HOSTNAME", "ID", "LOGIN", "NAME", "ORG", "PORT", "PROJECT", "REGION", "TENANT", "URL", "USER", "USERNAME",
];
/// Words of names of addresses that hold a password or a key.
const WITH_PASSWORD: [&str; 11] = [
    "DATABASE",
    "DB",
    "POSTGRES",
    "POSTGRESQL",
    "PG",
    "MYSQL",
    "MONGO",
    "MONGODB",
    "REDIS",
    "AMQP",
    "RABBITMQ",
];
const PASSWORDS: [&str; 5] = ["PASSWORD", "PASSWD", "PASS", "PASSPHRASE", "PWD"];
const CERTIFICATES: [&str; 7] = ["CERT", "CERTIFICATE", "P12", "PFX", "PEM", "KEYSTORE", "JKS"];

/// `None` for a name that says what is not a credential.
pub fn looks(name: &str) -> Option<Looks> {
    let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    let has = |word: &str| words.contains(&word);
    let ends = |last: &[&str]| words.ends_with(last);
    let last = words.last().copied().unwrap_or_default();
    let of = |kind, credential| Some(Looks { kind, credential });
    if PASSWORDS.contains(&last) {
        return of("service-account", "static-secret");
    }
    if has("WEBHOOK") {
        return of("api-key", "static-secret");
    }
    if matches!(last, "URL" | "URI" | "DSN") && words.iter().any(|word| WITH_PASSWORD.contains(word)) {
        return of("service-account", "static-secret");
    }
    if PLAIN.contains(&last) || last == "URI" || ends(&["PUBLIC", "KEY"]) {
        return None;
    }
    if name.starts_with("KUBE")
        || ends(&["ACCESS", "KEY"])
        || ends(&["CONNECTION", "STRING"])
        || ends(&["CLIENT", "SECRET"])
    {
        return of("service-account", "static-secret");
    }
    if has("SSH")
        || has("GPG")
        || ["PRIVATE", "DEPLOY", "SIGNING"]
            .iter()
            .any(|before| ends(&[before, "KEY"]))
    {
        return of("service-account", "key-pair");
    }
    if words.iter().any(|word| CERTIFICATES.contains(word)) {
        return of("certificate", "certificate");
    }
    if has("BOT") {
        return of("bot", "static-secret");
    }
    of("api-key", "static-secret")
}

/// Whether a name that says no credential is the other half of one: the id of a key, the user of a password.
pub fn is_half_of(plain: &str, credential: &str) -> bool {
    const HALVES: [(&str, &[&str]); 5] = [
        ("_ACCESS_KEY_ID", &["_SECRET_ACCESS_KEY"]),
        ("_CLIENT_ID", &["_CLIENT_SECRET"]),
        ("_USERNAME", &["_PASSWORD", "_TOKEN"]),
        ("_USER", &["_PASSWORD", "_PASS", "_TOKEN"]),
        ("_APP_ID", &["_APP_PRIVATE_KEY", "_PRIVATE_KEY"]),
    ];
    HALVES.iter().any(|(half, others)| {
        let stem = plain.strip_suffix(half);
        stem.is_some_and(|stem| others.iter().any(|other| credential.strip_suffix(other) == Some(stem)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_kind_of_credential_it_is() {
        for (name, expected) in [
            ("STRIPE_SECRET_KEY", Some(("api-key", "static-secret"))),
            ("NPM_TOKEN", Some(("api-key", "static-secret"))),
            ("KEY_1", Some(("api-key", "static-secret"))),
            ("KUBECONFIG", Some(("service-account", "static-secret"))),
            ("KUBE_CONFIG_DATA", Some(("service-account", "static-secret"))),
            ("DB_PASSWORD", Some(("service-account", "static-secret"))),
            ("DATABASE_URL", Some(("service-account", "static-secret"))),
            ("AWS_SECRET_ACCESS_KEY", Some(("service-account", "static-secret"))),
            ("SSH_KEY", Some(("service-account", "key-pair"))),
            ("SSH_PRIVATE_KEY", Some(("service-account", "key-pair"))),
            ("SSH_PASSPHRASE", Some(("service-account", "static-secret"))),
            ("GPG_SIGNING_KEY", Some(("service-account", "key-pair"))),
            ("TLS_CERT", Some(("certificate", "certificate"))),
            ("AZURE_CLIENT_SECRET", Some(("service-account", "static-secret"))),
            ("RELEASE_BOT_TOKEN", Some(("bot", "static-secret"))),
            ("SLACK_WEBHOOK_URL", Some(("api-key", "static-secret"))),
            ("SONAR_HOST_URL", None),
            ("AWS_ACCOUNT_ID", None),
            ("AWS_ROLE_ARN", None),
            ("AWS_ACCESS_KEY_ID", None),
            ("SSH_HOST", None),
            ("LICENSE_PUBLIC_KEY", None),
        ] {
            let expected = expected.map(|(kind, credential)| Looks { kind, credential });
            assert_eq!(looks(name), expected, "{name}");
        }
        assert!(is_half_of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
        assert!(is_half_of("NEXUS_USERNAME", "NEXUS_PASSWORD"));
        assert!(!is_half_of("AWS_ACCESS_KEY_ID", "OTHER_SECRET_ACCESS_KEY"));
        assert!(!is_half_of("AWS_ACCOUNT_ID", "AWS_SECRET_ACCESS_KEY"));
    }
}
