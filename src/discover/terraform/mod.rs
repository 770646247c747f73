//! What Terraform shows: the accounts that it makes, with their keys, grants and rotation, and the secrets that it hands on.
//!
//! The files of a folder are seen together, since their resources refer to each other.

mod aws;
mod azure;
mod each;
mod folder;
mod google;
mod grant;
mod hosts;
mod kubernetes;
mod literals;
mod locals;
mod policies;
mod reference;
mod rotation;
mod trust;

#[cfg(test)]
mod tests;

use super::hcl::{self, Parsed};
use super::{Input, Shows, Unread};
use folder::Folder;

/// A file without any of these shows nothing.
pub const WORDS: &[&str] = &[
    "aws_iam_",
    "aws_secretsmanager_secret",
    "azuread_application",
    "azuread_service_principal",
    "azurerm_key_vault_secret",
    "azurerm_role_assignment",
    "azurerm_user_assigned_identity",
    "github_actions_",
    "github_dependabot_",
    "github_repository_deploy_key",
    "github_repository_environment",
    "gitlab_deploy_key",
    "gitlab_deploy_token",
    "gitlab_group_access_token",
    "gitlab_project_access_token",
    "google_folder_iam_",
    "google_organization_iam_",
    "google_project_iam_",
    "google_secret_manager_secret",
    "google_service_account",
    "google_storage_hmac_key",
    "kubernetes.io/service-account-token",
    "kubernetes_cluster_role_binding",
    "kubernetes_namespace",
    "kubernetes_role_binding",
    "kubernetes_service_account",
    "time_rotating",
];

/// What the Terraform files of one folder show, each for itself and in their order. `folder` is its path from the root,
/// empty at the root.
pub fn see(folder: &str, files: &[Input<'_>]) -> Vec<Shows> {
    let mut parsed: Vec<Parsed> = files
        .iter()
        .map(|file| {
            if is_json(file.path) {
                hcl::parse_json(file.text)
            } else {
                hcl::parse(file.text)
            }
        })
        .collect();
    let mut shows: Vec<Shows> = parsed
        .iter()
        .zip(files)
        .map(|(parsed, file)| Shows {
            unread: unread(parsed, file.text),
            literals: literals::literals(parsed),
            ..Shows::default()
        })
        .collect();
    // After the literals of the files, which these are not.
    locals::fill_in(&mut parsed);
    let folder = Folder::new(folder.trim_end_matches('/'), &parsed);
    aws::see(&folder, &mut shows);
    google::see(&folder, &mut shows);
    azure::see(&folder, &mut shows);
    hosts::see(&folder, &mut shows);
    kubernetes::see(&folder, &mut shows);
    for shows in &mut shows {
        shows.sightings.sort_by_key(|sighting| sighting.span);
    }
    shows
}

/// What could not be read, and might have shown something.
fn unread(parsed: &Parsed, text: &str) -> Vec<Unread> {
    let matters = |lost: &&hcl::Lost| {
        let lost = text.get(lost.whole.range()).unwrap_or_default();
        WORDS.iter().any(|word| lost.contains(word))
    };
    parsed
        .unread
        .iter()
        .filter(matters)
        .map(|lost| lost.unread.clone())
        .collect()
}

fn is_json(path: &str) -> bool {
    path.ends_with(".json")
}
