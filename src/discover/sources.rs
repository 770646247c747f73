//! The sources, each by its name: which words matter to it, and what looks into its files.

use super::{Input, Shows, cloudformation, github_actions, kubernetes};
use crate::model::SourceKind;
use crate::workspace::Kinds;
use std::ffi::OsStr;

pub use super::cloudformation::WORDS as CLOUDFORMATION;
pub use super::github_actions::WORDS as GITHUB_ACTIONS;
pub use super::kubernetes::WORDS as KUBERNETES;
pub use super::kubernetes::namespace_of;
pub use super::terraform::{WORDS as TERRAFORM, see as terraform};

/// Whether a file says in which namespace the objects of its folder are.
pub fn is_kustomization(name: &OsStr) -> bool {
    let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
    names.into_iter().any(|known| name == known)
}

/// A file that is looked into by itself. `namespace` is that of the nearest kustomization.
pub fn file(input: Input<'_>, kinds: Kinds, namespace: Option<&str>) -> Shows {
    let mut all = Shows::default();
    for kind in kinds.iter() {
        let shows = match kind {
            SourceKind::GithubActions => github_actions::see(input),
            SourceKind::Kubernetes => kubernetes::see(input, namespace),
            SourceKind::Cloudformation => cloudformation::see(input),
            // Its files are looked into by folders.
            SourceKind::Terraform => continue,
        };
        all.add(shows);
    }
    all
}
