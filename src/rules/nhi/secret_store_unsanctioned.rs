//! A static credential is stored where secrets must not be, or its store is not stated.

use crate::estate::{IdentityRef, Located};
use crate::finding::{Finding, Severity};
use crate::manifest::{Store, store as read_store};
use crate::model::{Credential, Text, list_words};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "nhi-secret-store-unsanctioned",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Error,
    summary: "A static credential is stored where secrets must not be, or its store is not stated.",
    references: &["NHI2", "IA-5(7)", "A.5.17", "PCI DSS 8.6.2"],
    options: &[],
    yields_to: &[],
    page: include_str!("secret_store_unsanctioned.md"),
    check: Check::ActiveNhi(judge),
};

/// Places of passwords that are hard-coded in code or files, to which PCI DSS 8.6.2 applies.
const HARD_CODED: [&str; 2] = ["source-code", "config-file"];

/// A place that is not a secret store, and why.
struct Fault {
    place: Place,
    label: String,
    name: String,
    why: Why,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It is open to anyone who can read it.
    Open,
    /// The secret is declared as not being in a store.
    Nowhere,
    /// The config lists the sanctioned ones, and it is not among them.
    Unlisted,
}

impl Why {
    const fn reason(self) -> &'static str {
        match self {
            Self::Open | Self::Nowhere => "which is not a secret store",
            Self::Unlisted => "which is not among the sanctioned secret stores",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Open => "not a secret store",
            Self::Nowhere => "not a secret store",
            Self::Unlisted => "not a sanctioned store",
        }
    }
}

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let finding = unsanctioned(cx, identity)?;
    let login = identity.stated(|i| &i.interactive_login);
    // PCI DSS applies to accounts that people can log in with.
    let people_log_in = login
        .known()
        .is_some_and(|login| login.value.allowed.value() == Some(true));
    Some(if people_log_in {
        finding
    } else {
        finding.citing(&["NHI2", "IA-5(7)", "A.5.17"])
    })
}

fn unsanctioned(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let credential = identity
        .stated(|i| &i.credential)
        .known()
        .filter(|credential| credential.value.is_static())?;
    let store = identity.stated(|i| &i.store);
    let own = store.known().and_then(|store| fault(cx, store));
    let copies: Vec<Fault> = identity
        .list(|i| &i.copies)
        .iter()
        .filter_map(|copy| fault(cx, copy))
        .collect();
    if store.says_something() && own.is_none() && copies.is_empty() {
        return None;
    }
    let name = identity.name();
    let holds = format!("a static credential (`{}`)", credential.value);
    let mut clauses = Vec::new();
    if !store.says_something() {
        clauses.push(format!(
            "`{name}` has {holds}, but does not state where the secret is stored"
        ));
    }
    if let Some(own) = &own {
        clauses.push(match own.why {
            Why::Nowhere => format!("`{name}` has {holds}, and declares that it is not in a secret store"),
            why => format!("`{name}` keeps {holds} in `{}`, {}", own.name, why.reason()),
        });
    }
    for copy in &copies {
        let kept = if clauses.is_empty() {
            format!("`{name}` keeps a copy of {holds}")
        } else {
            "a copy is kept".to_owned()
        };
        clauses.push(format!("{kept} in `{}`, {}", copy.name, copy.why.reason()));
    }
    let faults: Vec<Fault> = own.into_iter().chain(copies).collect();
    let message = clauses.join("; ");
    let mut finding = match faults.first() {
        Some(first) if store.says_something() => RULE.finding(identity.path(), first.place, first.why.label(), message),
        _ => RULE
            .finding(
                identity.path(),
                credential.place(),
                "no `store` is stated for this secret",
                message,
            )
            .related(identity.place(), "no `store`"),
    };
    for fault in &faults {
        finding = finding.related(fault.place, fault.label.clone());
    }
    let list = cx.sanctioned_stores();
    if let Some((_, option)) = list.filter(|_| faults.iter().any(|fault| fault.why == Why::Unlisted)) {
        finding = finding.related(option, "the stores sanctioned in the config");
    }
    finding = finding.related(credential.place(), credential.label("a static credential"));
    if !is_written_password(identity, *credential.value, &faults) {
        finding = finding.citing(&["NHI2", "IA-5(7)", "A.5.17"]);
    }
    Some(finding.help(help(cx, &faults)))
}

/// What is wrong with a place, if anything is.
fn fault(cx: &Context<'_, '_>, store: Located<'_, Text<'_>>) -> Option<Fault> {
    if !store.value.says_something() {
        return None;
    }
    let name = match read_store(store.value) {
        Store::Known(known) => known,
        // Its meaning is not known, and reading reports that.
        Store::LooksLike(_) if !cx.is_listed_store(store.value) => return None,
        Store::LooksLike(_) | Store::Other(_) => store.value.as_str(),
    };
    let why = match name {
        "source-code" | "config-file" | "chat" => Why::Open,
        "none" => Why::Nowhere,
        _ if cx.sanctioned_stores().is_some() && !cx.is_listed_store(name) => Why::Unlisted,
        _ => return None,
    };
    Some(Fault {
        place: store.place(),
        label: store.label(why.label()),
        name: name.to_owned(),
        why,
    })
}

/// Whether it is a password that people may log in with, hard-coded in code or files.
fn is_written_password(identity: IdentityRef<'_, '_>, credential: Credential, faults: &[Fault]) -> bool {
    let login = identity.stated(|i| &i.interactive_login).known();
    let is_allowed = login.is_some_and(|login| login.value.allowed.value() == Some(true));
    let is_written = faults.iter().any(|fault| HARD_CODED.contains(&fault.name.as_str()));
    is_allowed && is_written && credential == Credential::StaticSecret
}

fn help(cx: &Context<'_, '_>, faults: &[Fault]) -> String {
    let is_any = |why| faults.iter().any(|fault| fault.why == why);
    if is_any(Why::Open) {
        "revoke the credential, since it must be considered compromised, and keep its replacement in secret stores only"
            .to_owned()
    } else if is_any(Why::Nowhere) {
        "keep the secret in a secret store, and name the store in `store`; an identity that holds no secret has another `credential`".to_owned()
    } else if is_any(Why::Unlisted) {
        let sanctioned = cx.sanctioned_stores().map(|(stores, _)| stores).unwrap_or_default();
        let sanctioned: Vec<String> = sanctioned
            .iter()
            .map(|store| format!("`{}`", store.value.as_str()))
            .collect();
        format!(
            "move the secret to {}; add a store that has since been sanctioned to the config's list",
            list_words(&sanctioned, "or")
        )
    } else {
        "state `store`, such as \"vault\" or \"aws-secrets-manager\"".to_owned()
    }
}
