//! GitHub Actions: workflows, composite actions and Dependabot's registries.

mod cloud;
mod dependabot;
mod envs;
pub mod expression;
mod fields;
mod stems;
mod workflow;

pub use stems::pairs;

use super::yaml::{Fault, Tree, literals};
use super::{Input, Shows, Unread};
use crate::source::Span;

/// Words without which a file shows nothing.
pub const WORDS: &[&str] = &[
    "secrets",
    "role-to-assume",
    "workload_identity_provider",
    "azure/login",
    "registries",
];

/// The scheme of a secret's locator.
pub const SECRET: &str = "github-secret:";

/// What a workflow, an action or Dependabot's config shows.
pub fn see(input: Input<'_>) -> Shows {
    let mut shows = Shows::default();
    let (tree, fault) = Tree::parse(input.text);
    if let Some((fault, span)) = fault {
        shows.partial = true;
        shows.unread.push(Unread {
            span,
            why: match fault {
                Fault::Syntax => "it is not YAML from here on, and nothing of it was read".to_owned(),
                Fault::TooDeep => "it is nested deeper than 64 levels".to_owned(),
                Fault::TooLarge => "it has more than 250,000 values".to_owned(),
            },
        });
        return shows;
    }
    let name = input.path.rsplit('/').next().unwrap_or(input.path);
    for document in tree.documents() {
        if name.starts_with("dependabot.") {
            dependabot::see(document, &mut shows);
        } else if input.path.contains("/actions/") && name.starts_with("action.") {
            workflow::see_action(document, &mut shows);
        } else {
            workflow::see(document, &mut shows);
        }
        literals::of_credentials(document, &mut shows.literals);
    }
    if tree.is_exhausted() {
        shows.partial = true;
        shows.unread.push(Unread {
            span: Span::default(),
            why: "its aliases repeat more than 4 MiB, of which the rest was not read".to_owned(),
        });
    }
    shows
}
