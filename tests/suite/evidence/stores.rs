//! Where a secret lives, however it is spelt.

use super::{Estate, Found, toml_text};

fn manifest(store: &str) -> String {
    let store = toml_text(store);
    format!(
        "owner = \"t\"\n[services.a]\nexposure = \"internal\"\n[identities.k]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = {store}\n\
         access = {{ service = \"a\", actions = \"read\" }}\ncreated = 2026-09-01\n\
         rotation = {{ every = \"90d\", last = 2026-09-01, mode = \"manual\", evidence = \"https://x.example/r\" }}\n\
         review = {{ every = \"6mo\", last = 2026-09-01, by = \"x\", evidence = \"https://x.example/r\" }}\n\
         offboarding = {{ trigger = \"service retired\", evidence = \"https://x.example/r\" }}\n\
         monitoring = {{ evidence = \"https://x.example/r\" }}\n"
    )
}

fn found(store: &str, sanctioned: Option<&[&str]>) -> Vec<Found> {
    let estate = Estate::of(&manifest(store));
    let estate = match sanctioned {
        Some(stores) => {
            let stores: Vec<String> = stores.iter().map(|store| toml_text(store)).collect();
            estate.with(
                "soclint.toml",
                format!("[policy]\nsecret-stores = [{}]\n", stores.join(", ")),
            )
        }
        None => estate,
    };
    estate.found()
}

fn rules(found: &[Found]) -> Vec<&str> {
    found.iter().map(|found| found.rule.as_str()).collect()
}

const UNSANCTIONED: &str = "nhi-secret-store-unsanctioned";

#[test]
fn a_place_where_no_secret_must_live_is_that_in_any_spelling() {
    for store in [
        "source-code",
        "SOURCE_CODE",
        " Source Code ",
        "sourceCode",
        "source--code",
        "source\u{a0}code",
        "config_file",
        "CONFIG FILE",
        "configfile",
        "CHAT",
        " chat",
        "c-h-a-t",
        "NONE",
        "none ",
        "No_ne",
        "cha\u{200b}t",
    ] {
        let found = found(store, None);
        assert_eq!(rules(&found), [UNSANCTIONED], "{store:?}");
        assert_eq!(found[0].severity, "error", "{store:?}");
    }
}

#[test]
fn a_store_that_is_known_is_known_in_any_spelling() {
    for store in [
        "vault",
        "Vault",
        "HSM",
        "Azure Key Vault",
        "azurekeyvault",
        "AWS_SECRETS_MANAGER",
        "GitHub Actions",
        "gitlab ci",
        "Kubernetes-Secret",
        "gcp secret-manager",
    ] {
        assert_eq!(rules(&found(store, None)), [""; 0], "{store}");
    }
}

#[test]
fn what_is_a_letter_away_is_asked_about() {
    for (store, meant) in [
        ("vualt", "vault"),
        ("valt", "vault"),
        ("vaultt", "vault"),
        ("Vaulr", "vault"),
        ("config-files", "config-file"),
        ("souce-code", "source-code"),
        ("source-codes", "source-code"),
        ("chats", "chat"),
        ("caht", "chat"),
        ("nome", "none"),
        ("hsmm", "hsm"),
        ("github-action", "github-actions"),
        ("aws-secret-manager", "aws-secrets-manager"),
        ("AzureKeyVualt", "azure-key-vault"),
    ] {
        let found = found(store, None);
        assert_eq!(rules(&found), ["unknown-value"], "{store}");
        assert!(
            found[0].help.contains(&format!("\"{meant}\"")),
            "{store}: {}",
            found[0].help
        );
        // It is not known whether the store that is meant is sanctioned.
        assert_eq!(
            rules(&super::stores::found(store, Some(&["hsm", "conjur"]))),
            ["unknown-value"],
            "{store}"
        );
    }
    // In a profile, too, once for all who take it.
    let profile = manifest("vualt")
        .replace("[identities.k]\n", "[identities.k]\nprofile = \"p\"\n")
        .replace("store = \"vualt\"\n", "");
    let estate = Estate::of(&(profile + "[profiles.p]\nstore = \"vualt\"\n"));
    assert_eq!(rules(&estate.found()), ["unknown-value"]);
}

#[test]
fn a_name_of_its_own_is_taken_as_it_is() {
    for store in [
        "1password",
        "doppler",
        "vault2",
        "hsm-7",
        "eu-vault",
        "git",
        "slack",
        ".env",
        "kms",
        "smartcard-safe",
        "vautl-x",
    ] {
        assert_eq!(rules(&found(store, None)), [""; 0], "{store}");
        assert_eq!(rules(&found(store, Some(&["vault"]))), [UNSANCTIONED], "{store}");
        assert_eq!(
            rules(&found(store, Some(&["vault", &store.to_uppercase()]))),
            [""; 0],
            "{store}"
        );
    }
}

#[test]
fn the_config_decides_what_a_look_alike_is() {
    for store in ["vaults", "HSMs", "chats", "nine", "Vault-S"] {
        assert_eq!(rules(&found(store, Some(&["vault", store]))), [""; 0], "{store}");
        assert_eq!(
            rules(&found(store, Some(&["vault", &store.to_lowercase()]))),
            [""; 0],
            "{store}"
        );
    }
    // What must never hold a secret is not sanctioned by listing it.
    for store in ["source-code", "Source Code", "CHAT", "none", "config_file"] {
        assert_eq!(rules(&found(store, Some(&[store]))), [UNSANCTIONED], "{store}");
    }
    // A known one that is not listed is none, and one that is listed is, however either is spelt.
    assert_eq!(rules(&found("AWS Secrets Manager", Some(&["vault"]))), [UNSANCTIONED]);
    assert_eq!(
        rules(&found("AWS Secrets Manager", Some(&["aws-secrets-manager"]))),
        [""; 0]
    );
    assert_eq!(rules(&found("vault", Some(&["Vault"]))), [""; 0]);
}
