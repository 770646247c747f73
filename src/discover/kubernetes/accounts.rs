//! Service accounts: where they are made, what is bound to them, and tokens for them that last.

use super::object::{Object, name_in};
use crate::discover::yaml::Node;
use crate::discover::{Demand, Fact, Power, Rank, Shows, Sighting, Suggests, What};
use crate::model::{Credential, IdentityKind};

const RBAC: &str = "rbac.authorization.k8s.io";

/// Annotations by which a cloud lets a service account act as one of its own.
const CLOUD_ROLES: &[&str] = &[
    "eks.amazonaws.com/role-arn",
    "iam.gke.io/gcp-service-account",
    "azure.workload.identity/client-id",
];

pub fn see(objects: &[Object<'_, '_>], shows: &mut Shows) {
    for object in objects {
        if object.is("", "ServiceAccount") {
            let is_cloud_role = CLOUD_ROLES.iter().any(|name| object.annotation(name).is_some());
            let demand = if is_cloud_role { Demand::Demanded } else { Demand::Shown };
            if let Some(name) = object.name() {
                shows.sightings.extend(account(name, object.namespace(), demand));
            }
        } else if object.is(RBAC, "ClusterRoleBinding") || object.is(RBAC, "RoleBinding") {
            binding(*object, shows);
        } else if object.is("", "Secret") {
            shows.sightings.extend(token(*object));
        }
    }
}

fn account(name: Node<'_, '_>, namespace: &str, demand: Demand) -> Option<Sighting> {
    let text = name_in(name).filter(|name| *name != "default")?;
    Some(Sighting {
        locator: format!("k8s:{namespace}/{text}"),
        also: Vec::new(),
        span: name.span(),
        rank: Rank::Account,
        by_use: false,
        demand,
        suggests: Suggests {
            kind: Some(IdentityKind::WorkloadIdentity),
            ..Suggests::default()
        },
        facts: Vec::new(),
    })
}

fn binding(object: Object<'_, '_>, shows: &mut Shows) {
    let role = object.path(&["roleRef", "name"]);
    let is_of_cluster = object.path(&["roleRef", "kind"]).and_then(Node::text) == Some("ClusterRole");
    let is_cluster_binding = object.kind == "ClusterRoleBinding";
    let power = role.filter(|_| is_cluster_binding && is_of_cluster).and_then(|role| {
        let name = role.text()?;
        (name == "cluster-admin").then(|| Fact {
            span: role.span(),
            what: What::Power(Power::Administrator, name.to_owned()),
        })
    });
    let demand = if power.is_some() {
        Demand::Demanded
    } else {
        Demand::Shown
    };
    for subject in object.root.get("subjects").into_iter().flat_map(Node::items) {
        if subject.get("kind").and_then(Node::text) != Some("ServiceAccount") {
            continue;
        }
        let Some(name) = subject.get("name") else { continue };
        let namespace = match subject.get("namespace") {
            Some(own) if !own.is_null() => name_in(own).unwrap_or("*"),
            // A kustomization fills it in, there too.
            _ => object.namespace(),
        };
        if let Some(mut sighting) = account(name, namespace, demand) {
            sighting.facts.extend(power.clone());
            shows.sightings.push(sighting);
        }
    }
}

/// The service account whose token a Secret holds for as long as it is there.
fn token(object: Object<'_, '_>) -> Option<Sighting> {
    let kind = object.root.get("type")?;
    if kind.text() != Some("kubernetes.io/service-account-token") {
        return None;
    }
    let name = object.annotation("kubernetes.io/service-account.name")?;
    let mut sighting = account(name, object.namespace(), Demand::Demanded)?;
    sighting.suggests.credential = Some(Credential::StaticSecret);
    sighting.facts.push(Fact {
        span: kind.span(),
        what: What::StaticCredential("a service account token"),
    });
    Some(sighting)
}
