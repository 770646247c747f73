//! The sources, each by its name: which words matter to it, and what looks into its files.

use super::{Input, Shows};
use crate::model::SourceKind;
use crate::workspace::Kinds;
use std::ffi::OsStr;

pub const GITHUB_ACTIONS: &[&str] = &["secrets"];
pub const TERRAFORM: &[&str] = &["aws_"];
pub const KUBERNETES: &[&str] = &["ServiceAccount"];
pub const CLOUDFORMATION: &[&str] = &["AWS::IAM::"];

/// Whether a file says in which namespace the objects of its folder are.
pub fn is_kustomization(name: &OsStr) -> bool {
    let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
    names.into_iter().any(|known| name == known)
}

pub fn namespace_of(kustomization: &str) -> Option<String> {
    let _ = kustomization;
    None
}

/// The Terraform files of one folder, which are one module.
pub fn terraform(folder: &str, files: &[Input<'_>]) -> Vec<Shows> {
    let _ = folder;
    files.iter().map(|_| Shows::default()).collect()
}

/// A file that is looked into by itself. `namespace` is that of the nearest kustomization.
pub fn file(input: Input<'_>, kinds: Kinds, namespace: Option<&str>) -> Shows {
    let _ = (input, kinds.has(SourceKind::Kubernetes), namespace);
    Shows::default()
}
