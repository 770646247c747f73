//! The sources, each by its name: which words matter to it, and what looks into its files.

use super::{
    Input, Shows, agents, circleci, cloudformation, github_actions, gitlab_ci, jenkins, kubernetes, registries,
};
use crate::model::SourceKind;
use crate::workspace::Kinds;
use std::ffi::OsStr;

pub use super::agents::WORDS as AGENTS;
pub use super::circleci::WORDS as CIRCLECI;
pub use super::cloudformation::WORDS as CLOUDFORMATION;
pub use super::github_actions::WORDS as GITHUB_ACTIONS;
pub use super::gitlab_ci::WORDS as GITLAB_CI;
pub use super::jenkins::WORDS as JENKINS;
pub use super::kubernetes::WORDS as KUBERNETES;
pub use super::kubernetes::namespace_of;
pub use super::registries::WORDS as REGISTRIES;
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
            SourceKind::GitlabCi => gitlab_ci::see(input),
            SourceKind::Circleci => circleci::see(input),
            SourceKind::Jenkins => jenkins::see(input),
            SourceKind::Kubernetes => kubernetes::see(input, namespace),
            SourceKind::Cloudformation => cloudformation::see(input),
            SourceKind::Agents => agents::see(input),
            SourceKind::Registries => registries::see(input),
            // Its files are looked into by folders.
            SourceKind::Terraform => continue,
        };
        all.add(shows);
    }
    all
}
