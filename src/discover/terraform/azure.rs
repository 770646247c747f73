//! Applications of Entra ID, their principals and managed identities of Azure, with what belongs to them.

use std::collections::HashSet;

use super::folder::{Folder, Resource, SERVICE_ACCOUNT, WORKLOAD, push, tell};
use super::reference::path;
use super::rotation;
use crate::discover::hcl::{Expr, Part, Value};
use crate::discover::{Demand, Fact, Power, Shows, Suggests, What};
use crate::model::Credential;

const APPLICATIONS: &[&str] = &["azuread_application", "azuread_application_registration"];
const PRINCIPAL: &str = "azuread_service_principal";
const MANAGED: &str = "azurerm_user_assigned_identity";
const PASSWORD: &str = "an application password";
const CERTIFICATE: &str = "an application certificate";

/// What an application may have to prove what it is, and the attributes that name the application or its principal.
const KEYS: &[(&str, &[&str], &str)] = &[
    (
        "azuread_application_password",
        &["application_id", "application_object_id"],
        PASSWORD,
    ),
    (
        "azuread_application_certificate",
        &["application_id", "application_object_id"],
        CERTIFICATE,
    ),
    (
        "azuread_service_principal_password",
        &["service_principal_id"],
        PASSWORD,
    ),
    (
        "azuread_service_principal_certificate",
        &["service_principal_id"],
        CERTIFICATE,
    ),
];

const MANAGED_IDENTITY: Suggests = Suggests {
    credential: Some(Credential::ProviderManaged),
    provider: Some("azure"),
    ..WORKLOAD
};

pub fn see(folder: &Folder<'_>, shows: &mut [Shows]) {
    applications(folder, shows);
    let mut granted = Vec::new();
    let mut admins = HashSet::new();
    for at in folder.of(&["azurerm_role_assignment"]) {
        let Some((power, fact)) = grant(folder, at) else {
            continue;
        };
        let Some(principal) = at.body.value("principal_id") else {
            continue;
        };
        let kinds = [APPLICATIONS, &[PRINCIPAL, MANAGED]].concat();
        for to in folder.meant(at, principal, &kinds) {
            if power == Power::Administrator {
                admins.insert(to.id);
            }
            granted.push((to, at, fact.clone()));
        }
    }
    let demand = |identity: Resource<'_>| match admins.contains(&identity.id) {
        true => Demand::Demanded,
        false => Demand::Shown,
    };
    for identity in folder.of(&[MANAGED]) {
        push(
            shows,
            identity,
            folder.sighting(identity, folder.locator(identity), demand(identity), MANAGED_IDENTITY),
        );
    }
    for (to, at, fact) in granted {
        let (demand, suggests) = match to.kind {
            MANAGED => (demand(to), MANAGED_IDENTITY),
            _ => (Demand::Demanded, SERVICE_ACCOUNT),
        };
        let Some(locator) = locator(folder, to) else { continue };
        tell(shows, at, folder.sighting(at, locator, demand, suggests), fact);
    }
    let suggests = Suggests {
        store: Some("azure-key-vault"),
        ..Suggests::default()
    };
    for secret in folder.of(&["azurerm_key_vault_secret"]) {
        let mut sighting = rotation::stored(folder, secret, suggests);
        sighting.facts.extend(rotation::stated(secret.body));
        push(shows, secret, sighting);
    }
}

fn applications(folder: &Folder<'_>, shows: &mut [Shows]) {
    for application in folder.of(APPLICATIONS) {
        let mut sighting = folder.sighting(
            application,
            folder.locator(application),
            Demand::Demanded,
            SERVICE_ACCOUNT,
        );
        for block in &application.body.blocks {
            if block.kind.text == "password" {
                sighting.facts.push(Fact {
                    span: block.kind.span,
                    what: What::StaticCredential(PASSWORD),
                });
            }
        }
        push(shows, application, sighting);
    }
    for principal in folder.of(&[PRINCIPAL]) {
        if let Some(locator) = locator(folder, principal) {
            push(
                shows,
                principal,
                folder.sighting(principal, locator, Demand::Demanded, SERVICE_ACCOUNT),
            );
        }
    }
    for &(kind, _, what) in KEYS {
        for key in folder.of(&[kind]) {
            for locator in key_owners(folder, key) {
                let mut sighting = folder.sighting(key, locator, Demand::Demanded, SERVICE_ACCOUNT);
                sighting.facts.push(Fact {
                    span: key.labels,
                    what: What::StaticCredential(what),
                });
                sighting.facts.extend(rotation::of_linked(folder, key));
                push(shows, key, sighting);
            }
        }
    }
    for federated in folder.of(&["azuread_application_federated_identity_credential"]) {
        for locator in named(folder, federated, &["application_id", "application_object_id"]) {
            push(
                shows,
                federated,
                folder.sighting(federated, locator, Demand::Demanded, SERVICE_ACCOUNT),
            );
        }
    }
}

/// The locators of what a password or certificate is of, its own where that is not seen.
pub fn key_owners<'t>(folder: &Folder<'t>, key: Resource<'t>) -> Vec<String> {
    let attributes = KEYS
        .iter()
        .find(|(kind, ..)| *kind == key.kind)
        .map(|(_, attributes, _)| *attributes);
    let owners = named(folder, key, attributes.unwrap_or_default());
    if owners.is_empty() {
        vec![folder.locator(key)]
    } else {
        owners
    }
}

fn named<'t>(folder: &Folder<'t>, at: Resource<'t>, attributes: &[&str]) -> Vec<String> {
    let kinds = [APPLICATIONS, &[PRINCIPAL]].concat();
    let Some(expr) = attributes.iter().find_map(|attribute| at.body.value(attribute)) else {
        return Vec::new();
    };
    // Their ids are made by Azure, so a literal names nothing here.
    let Some(expr) = reference(folder, expr, &kinds) else {
        return Vec::new();
    };
    // A password makes the principal of somebody else's application one's own to declare.
    let meant = folder.meant(at, expr, &kinds).into_iter();
    let owners = meant.map(|of| application_of(folder, of).unwrap_or(of));
    let mut locators: Vec<_> = owners.map(|owner| folder.locator(owner)).collect();
    locators.dedup();
    locators
}

/// What an id is a reference to: itself, or the only one in it to such a thing, as in
/// `"/applications/${azuread_application.x.object_id}"`.
fn reference<'e, 't: 'e>(folder: &Folder<'t>, id: &'e Expr, kinds: &[&str]) -> Option<&'e Expr> {
    let id = folder.resolve(id);
    if path(id).is_some() {
        return Some(id);
    }
    let Value::Template(parts) = &id.value else { return None };
    let mut found = None;
    for part in parts {
        let Part::Hole(hole) = part else { continue };
        let hole = folder.resolve(hole);
        if let Some((false, of, "id" | "object_id" | "client_id" | "application_id")) = folder.referred(hole)
            && kinds.contains(&of.kind)
            && found.replace(hole).is_some()
        {
            return None;
        }
    }
    found
}

/// Of a principal, the locator of its application; none for the principal of somebody else's application.
fn locator<'t>(folder: &Folder<'t>, of: Resource<'t>) -> Option<String> {
    if let Some(application) = application_of(folder, of) {
        return Some(folder.locator(application));
    }
    let is_others = of
        .body
        .value("use_existing")
        .is_some_and(|value| value.value == Value::Bool(true));
    (of.kind != PRINCIPAL || !is_others).then(|| folder.locator(of))
}

/// The application whose principal this is, if that is seen.
fn application_of<'t>(folder: &Folder<'t>, of: Resource<'t>) -> Option<Resource<'t>> {
    if of.kind != PRINCIPAL {
        return None;
    }
    let id = ["client_id", "application_id"]
        .iter()
        .find_map(|key| of.body.value(key))?;
    let id = reference(folder, id, APPLICATIONS)?;
    folder.meant(of, id, APPLICATIONS).first().copied()
}

/// What a role assignment grants on all of a subscription.
fn grant<'t>(folder: &Folder<'t>, at: Resource<'t>) -> Option<(Power, Fact)> {
    if !is_subscription(folder.resolve(at.body.value("scope")?)) || at.body.value("condition").is_some() {
        return None;
    }
    let roles = folder.literals(at, at.body.value("role_definition_name")?);
    let roles = roles.into_iter().filter_map(|(role, span)| {
        let power = match role.as_str() {
            "Owner" => Power::Administrator,
            "Contributor" => Power::Broad,
            _ => return None,
        };
        let what = What::Power(power, role);
        Some((power, Fact { span, what }))
    });
    roles.max_by_key(|(power, _)| *power)
}

fn is_subscription(scope: &Expr) -> bool {
    let is_id_of = |expr: &Expr, attribute: &str| match path(expr).as_deref() {
        Some(["data", "azurerm_subscription", _, last] | ["azurerm_subscription", _, last]) => *last == attribute,
        Some(["data", "azurerm_client_config", _, "subscription_id"]) => attribute == "subscription_id",
        _ => false,
    };
    match &scope.value {
        Value::Text(text) => {
            let id = text.strip_prefix("/subscriptions/");
            id.is_some_and(|id| !id.is_empty() && !id.contains('/'))
        }
        Value::Template(parts) if parts.len() == 2 => match parts.as_slice() {
            [Part::Literal(prefix), Part::Hole(hole)] => {
                prefix == "/subscriptions/" && is_id_of(hole, "subscription_id")
            }
            _ => false,
        },
        _ => is_id_of(scope, "id"),
    }
}
