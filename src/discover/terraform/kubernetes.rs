//! Service accounts of Kubernetes that Terraform makes, with what belongs to them.

use std::collections::HashSet;

use super::folder::{Folder, Resource, WORKLOAD, is_name, push, tell};
use super::reference::path;
use crate::discover::hcl::{Body, Expr, Key, Value};
use crate::discover::{Demand, Fact, Power, Shows, What};

const ACCOUNTS: &[&str] = &["kubernetes_service_account", "kubernetes_service_account_v1"];
const CLUSTER_BINDINGS: &[&str] = &["kubernetes_cluster_role_binding", "kubernetes_cluster_role_binding_v1"];
const BINDINGS: &[&str] = &["kubernetes_role_binding", "kubernetes_role_binding_v1"];
const SECRETS: &[&str] = &["kubernetes_secret", "kubernetes_secret_v1"];
const NAMESPACES: &[&str] = &["kubernetes_namespace", "kubernetes_namespace_v1"];

/// Annotations by which a service account acts as a role or account of a cloud.
const CLOUD_ROLES: &[&str] = &[
    "eks.amazonaws.com/role-arn",
    "iam.gke.io/gcp-service-account",
    "azure.workload.identity/client-id",
];

pub fn see(folder: &Folder<'_>, shows: &mut [Shows]) {
    let mut demanded = HashSet::new();
    let mut facts = Vec::new();
    for binding in folder.of(&[CLUSTER_BINDINGS, BINDINGS].concat()) {
        let role = binding.body.blocks("role_ref").find_map(|role| role.value("name"));
        let is_of_all = CLUSTER_BINDINGS.contains(&binding.kind);
        let admin = role.filter(|role| is_of_all && folder.resolve(role).text() == Some("cluster-admin"));
        for subject in binding.body.blocks("subject") {
            let Some(locator) = subject_locator(folder, subject) else {
                continue;
            };
            if let Some(role) = admin {
                let what = What::Power(Power::Administrator, "cluster-admin".to_owned());
                demanded.insert(locator.clone());
                facts.push((binding, locator, Fact { span: role.span, what }));
            } else {
                push(
                    shows,
                    binding,
                    folder.sighting(binding, locator, Demand::Shown, WORKLOAD),
                );
            }
        }
    }
    for secret in folder.of(SECRETS) {
        if let Some(locator) = token_of(folder, secret) {
            let what = What::StaticCredential("a service account token");
            demanded.insert(locator.clone());
            facts.push((
                secret,
                locator,
                Fact {
                    span: secret.labels,
                    what,
                },
            ));
        }
    }
    for account in folder.of(ACCOUNTS) {
        let Some(locator) = locator(folder, account) else {
            continue;
        };
        let has_role = metadata(account)
            .and_then(|metadata| metadata.value("annotations"))
            .is_some_and(|annotations| keys(annotations).any(|key| CLOUD_ROLES.contains(&key)));
        let demand = if has_role || demanded.contains(&locator) {
            Demand::Demanded
        } else {
            Demand::Shown
        };
        let mut sighting = folder.sighting(account, locator, demand, WORKLOAD);
        let address = folder.locator(account);
        if address != sighting.locator {
            sighting.also.push(address);
        }
        push(shows, account, sighting);
    }
    for (at, locator, fact) in facts {
        tell(
            shows,
            at,
            folder.sighting(at, locator, Demand::Demanded, WORKLOAD),
            fact,
        );
    }
}

fn metadata<'t>(of: Resource<'t>) -> Option<&'t Body> {
    of.body.blocks("metadata").next()
}

fn keys(object: &Expr) -> impl Iterator<Item = &str> {
    let items: &[(Key, Expr)] = match &object.value {
        Value::Object(items) => items,
        _ => &[],
    };
    items.iter().filter_map(|(key, _)| key.text.as_deref())
}

/// `k8s:namespace/name`; where the name is not literal, the address. None for the account that every namespace has.
fn locator<'t>(folder: &Folder<'t>, account: Resource<'t>) -> Option<String> {
    let metadata = metadata(account)?;
    match folder.text(metadata, "name") {
        Some("default") => None,
        Some(name) if is_name(name) => Some(format!(
            "k8s:{}/{name}",
            namespace(folder, account, metadata.value("namespace"))
        )),
        _ => Some(folder.locator(account)),
    }
}

/// A namespace, `*` when it is not literal. The provider takes `default` when none is stated.
fn namespace<'t>(folder: &Folder<'t>, at: Resource<'t>, expr: Option<&'t Expr>) -> String {
    let Some(expr) = expr else { return "default".to_owned() };
    if let Some(name) = folder.resolve(expr).text().filter(|name| is_name(name)) {
        return name.to_owned();
    }
    // Of the namespace itself, its name; a list of them leaves it open.
    let name = match path(expr).as_deref() {
        Some([kind, _, "metadata", "name"] | [kind, _, "id"]) if NAMESPACES.contains(kind) => {
            let named = folder.meant(at, expr, NAMESPACES);
            named
                .first()
                .and_then(|named| metadata(*named))
                .and_then(|metadata| folder.text(metadata, "name"))
        }
        _ => None,
    };
    name.filter(|name| is_name(name)).unwrap_or("*").to_owned()
}

/// The service account that a subject of a binding is.
fn subject_locator<'t>(folder: &Folder<'t>, subject: &'t Body) -> Option<String> {
    if subject.text("kind") != Some("ServiceAccount") {
        return None;
    }
    named(folder, subject.value("name")?, subject.value("namespace"))
}

/// The service account that a name means, in this namespace.
fn named<'t>(folder: &Folder<'t>, name: &'t Expr, space: Option<&'t Expr>) -> Option<String> {
    if let Some((false, account, _)) = folder.referred(name)
        && ACCOUNTS.contains(&account.kind)
    {
        return locator(folder, account);
    }
    let name = folder.resolve(name).text();
    let name = name.filter(|name| is_name(name) && *name != "default")?;
    let space = match space {
        None => "default".to_owned(),
        Some(space) => match folder.referred(space) {
            Some((_, at, _)) => namespace(folder, at, Some(space)),
            None => folder
                .resolve(space)
                .text()
                .filter(|name| is_name(name))
                .unwrap_or("*")
                .to_owned(),
        },
    };
    Some(format!("k8s:{space}/{name}"))
}

/// The service account whose long-lived token a secret is.
fn token_of<'t>(folder: &Folder<'t>, secret: Resource<'t>) -> Option<String> {
    if secret.body.text("type") != Some("kubernetes.io/service-account-token") {
        return None;
    }
    let metadata = metadata(secret)?;
    let name = metadata
        .value("annotations")?
        .item("kubernetes.io/service-account.name")?;
    named(folder, name, metadata.value("namespace"))
}
