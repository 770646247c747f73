//! Service accounts of Google Cloud, with what belongs to them.

use super::folder::{Folder, MAX_MEANT, Resource, SERVICE_ACCOUNT, is_name, push, tell};
use super::rotation;
use crate::discover::hcl::{Expr, Part, Value};
use crate::discover::{Demand, Fact, Power, Shows, Suggests, What};

const ACCOUNT: &str = "google_service_account";
const DOMAIN: &str = ".iam.gserviceaccount.com";

/// Where a role holds for all that is in a project or more.
const GRANTS: &[&str] = &[
    "google_project_iam_member",
    "google_project_iam_binding",
    "google_folder_iam_member",
    "google_folder_iam_binding",
    "google_organization_iam_member",
    "google_organization_iam_binding",
];

pub fn see(folder: &Folder<'_>, shows: &mut [Shows]) {
    for account in folder.of(&[ACCOUNT]) {
        let mut sighting = folder.sighting(account, folder.locator(account), Demand::Demanded, SERVICE_ACCOUNT);
        if let Some(id) = folder.text(account.body, "account_id").filter(|id| is_name(id)) {
            let project = folder
                .text(account.body, "project")
                .filter(|project| is_name(project))
                .unwrap_or("*");
            sighting.also.push(format!("{id}@{project}{DOMAIN}"));
        }
        push(shows, account, sighting);
    }
    let keys = [
        (
            "google_service_account_key",
            "service_account_id",
            "a service account key",
        ),
        ("google_storage_hmac_key", "service_account_email", "an HMAC key"),
    ];
    for (kind, attribute, what) in keys {
        for key in folder.of(&[kind]) {
            let mut locators = owners(folder, key, attribute);
            if locators.is_empty() && kind == "google_service_account_key" {
                locators.push(folder.locator(key));
            }
            for locator in locators {
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
    for grant in folder.of(GRANTS) {
        grants(folder, grant, shows);
    }
    let suggests = Suggests {
        store: Some("gcp-secret-manager"),
        ..Suggests::default()
    };
    for secret in folder.of(&["google_secret_manager_secret"]) {
        let mut sighting = rotation::stored(folder, secret, suggests);
        sighting.facts.extend(rotation::stated(secret.body));
        push(shows, secret, sighting);
    }
}

/// The locators of the accounts whose key this is, its own where none is seen.
pub fn key_owners<'t>(folder: &Folder<'t>, key: Resource<'t>) -> Vec<String> {
    let owners = owners(folder, key, "service_account_id");
    if owners.is_empty() {
        vec![folder.locator(key)]
    } else {
        owners
    }
}

fn owners<'t>(folder: &Folder<'t>, key: Resource<'t>, attribute: &str) -> Vec<String> {
    let Some(expr) = key.body.value(attribute) else {
        return Vec::new();
    };
    if let Some(account) = expr.text().and_then(|text| by_email(folder, text)) {
        return vec![folder.locator(account)];
    }
    // `"projects/x/serviceAccounts/${google_service_account.x.email}"`
    let account = match &expr.value {
        Value::Template(parts) => match parts.as_slice() {
            [.., Part::Literal(before), Part::Hole(hole)] if before.ends_with("/serviceAccounts/") => hole,
            _ => expr,
        },
        _ => expr,
    };
    let meant = folder.meant(key, account, &[ACCOUNT]);
    meant.into_iter().map(|account| folder.locator(account)).collect()
}

/// The account of this folder that has this email, also at the end of a path.
fn by_email<'t>(folder: &Folder<'t>, text: &str) -> Option<Resource<'t>> {
    let email = text.rsplit('/').next()?;
    let (id, project) = email.strip_suffix(DOMAIN)?.split_once('@')?;
    let account = folder.named(ACCOUNT, id)?;
    let is_same = folder.text(account.body, "project").is_none_or(|own| own == project);
    is_same.then_some(account)
}

fn grants<'t>(folder: &Folder<'t>, at: Resource<'t>, shows: &mut [Shows]) {
    let Some(role) = at.body.value("role") else { return };
    // With a condition it holds only sometimes.
    if at.body.blocks("condition").next().is_some() {
        return;
    }
    let roles = folder.literals(at, role).into_iter().filter_map(|(role, span)| {
        let power = match role.as_str() {
            "roles/owner" => Power::Administrator,
            "roles/editor" => Power::Broad,
            _ => return None,
        };
        Some((power, role, span))
    });
    let Some((power, name, span)) = roles.max_by_key(|(power, ..)| *power) else {
        return;
    };
    let members = at.body.value("member").or_else(|| at.body.value("members"));
    let mut seen = Vec::new();
    let members = members.map(|members| folder.resolve(members).items());
    for member in members.unwrap_or_default().iter().take(MAX_MEANT) {
        for (locator, demand) in granted_to(folder, at, member) {
            if seen.contains(&locator) || seen.len() >= MAX_MEANT {
                continue;
            }
            let fact = Fact {
                span,
                what: What::Power(power, name.clone()),
            };
            tell(
                shows,
                at,
                folder.sighting(at, locator.clone(), demand, SERVICE_ACCOUNT),
                fact,
            );
            seen.push(locator);
        }
    }
}

/// The service accounts that a member of a binding means.
fn granted_to<'t>(folder: &Folder<'t>, at: Resource<'t>, member: &Expr) -> Vec<(String, Demand)> {
    const PREFIX: &str = "serviceAccount:";
    let literal = folder.literals(at, member);
    if !literal.is_empty() {
        let emails = literal.iter().filter_map(|(member, _)| member.strip_prefix(PREFIX));
        return emails.filter_map(|email| by_literal(folder, email)).collect();
    }
    let account = match &member.value {
        // `"serviceAccount:${google_service_account.x.email}"`
        Value::Template(parts) => match parts.as_slice() {
            [Part::Literal(prefix), Part::Hole(hole)] if prefix == PREFIX => hole,
            _ => return Vec::new(),
        },
        // `google_service_account.x.member`
        Value::Reference(names) if names.last().is_some_and(|name| name == "member") => member,
        _ => return Vec::new(),
    };
    let meant = folder.meant(at, account, &[ACCOUNT]);
    meant
        .into_iter()
        .map(|account| (folder.locator(account), Demand::Demanded))
        .collect()
}

/// What the email of a service account means: the account of this folder, else one of elsewhere.
fn by_literal(folder: &Folder<'_>, email: &str) -> Option<(String, Demand)> {
    if let Some(account) = by_email(folder, email) {
        return Some((folder.locator(account), Demand::Demanded));
    }
    // Google's own agents are nobody's to declare.
    let is_agent = email.starts_with("service-") || email.contains("@gcp-sa-") || email.contains("@gs-project-");
    let is_plain = email.ends_with(DOMAIN) && !is_agent && !email.contains(['*', '/', ' ']);
    is_plain.then(|| (email.to_owned(), Demand::Shown))
}
