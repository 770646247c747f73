//! A static credential lives where secrets must not live, or nobody says where it lives.

use crate::estate::{IdentityRef, Said};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Store, store as read_store};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "nhi-secret-store-unsanctioned",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Error,
    summary: "A static credential lives where secrets must not live, or nobody says where it lives.",
    references: &["NHI2", "IA-5(7)", "A.5.17", "PCI DSS 8.6.2"],
    options: &[],
    yields_to: &[],
    page: include_str!("secret_store_unsanctioned.md"),
    check: Check::ActiveNhi(judge),
};

/// Places where a secret is open to whoever can read them.
const NEVER: [&str; 3] = ["source-code", "config-file", "chat"];

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let finding = unsanctioned(cx, identity)?;
    let login = identity.said(|i| &i.interactive_login);
    // PCI DSS speaks of accounts that people can log in with.
    let people_log_in = login
        .known()
        .is_some_and(|login| login.value.allowed.value() == Some(true));
    Some(match people_log_in {
        true => finding,
        false => finding.citing(&["NHI2", "IA-5(7)", "A.5.17"]),
    })
}

fn unsanctioned(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let entity = identity.entity();
    let credential = identity
        .said(|i| &i.credential)
        .known()
        .filter(|credential| credential.value.is_static())?;
    let name = cx.name(entity);
    let holds = format!("a static credential (`{}`)", credential.value);
    match identity.said(|i| &i.store) {
        Said::Unknown => None,
        Said::Known(store) if store.value.says_something() => {
            let stated = match read_store(store.value) {
                Store::Known(known) => known,
                // What it means is not known, and said where it is read.
                Store::LooksLike(_) if !cx.is_listed_store(store.value) => return None,
                Store::LooksLike(_) | Store::Other(_) => store.value.as_str(),
            };
            if stated == "none" {
                let message = format!("`{name}` has {holds}, and declares that no secret store holds it");
                let finding = RULE.finding(cx.path(entity), store.place(), "no secret store", message);
                return Some(
                    finding
                        .related(credential.place(), "a static credential")
                        .help("keep the secret in a secret store; if there is no secret, declare another `credential`"),
                );
            }
            if NEVER.contains(&stated) {
                let message = format!("`{name}` keeps {holds} in `{stated}`, which is no secret store");
                let finding = RULE.finding(cx.path(entity), store.place(), "not a secret store", message);
                return Some(finding.related(credential.place(), "a static credential").help(
                    "revoke the credential, since it must be taken as known to others, and keep its successor in a secret store",
                ));
            }
            let (sanctioned, option) = cx.sanctioned_stores()?;
            if cx.is_listed_store(stated) {
                return None;
            }
            let message =
                format!("`{name}` keeps {holds} in `{stated}`, which is not among the sanctioned secret stores");
            let list: Vec<String> = sanctioned
                .iter()
                .map(|store| format!("`{}`", store.value.as_str()))
                .collect();
            let finding = RULE.finding(cx.path(entity), store.place(), "not a sanctioned store", message);
            let finding = finding
                .related(option, "these are sanctioned")
                .related(credential.place(), "a static credential");
            Some(finding.help(format!(
                "move the secret to {}, or have the store sanctioned in the config",
                list_words(&list, "or")
            )))
        }
        _ => {
            let message = format!("`{name}` has {holds}, but does not say where the secret is stored");
            let finding = RULE.finding(
                cx.path(entity),
                credential.place(),
                "where does this secret live?",
                message,
            );
            Some(
                finding
                    .related(entity.place(), "no `store`")
                    .help("state `store`, such as \"vault\" or \"aws-secrets-manager\""),
            )
        }
    }
}
