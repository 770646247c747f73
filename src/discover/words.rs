//! Words of which a file has to have one to matter: without them it is not parsed.

use crate::model::SourceKind;
use crate::workspace::Kinds;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use std::sync::OnceLock;

/// Words that are searched for in one go, each with the kind for which it matters.
pub struct Words {
    matcher: Option<AhoCorasick>,
    kinds: Vec<Kinds>,
}

impl Words {
    fn new(words: &[(SourceKind, &[&str])], ignore_case: bool) -> Self {
        let each = words
            .iter()
            .flat_map(|(kind, words)| words.iter().map(|word| (*word, Kinds::of(*kind))));
        let (words, kinds): (Vec<&str>, Vec<Kinds>) = each.unzip();
        let matcher = AhoCorasickBuilder::new()
            .ascii_case_insensitive(ignore_case)
            .build(words);
        Self {
            matcher: matcher.ok(),
            kinds,
        }
    }

    /// The kinds whose words a text has.
    fn in_text(&self, text: &str, wanted: Kinds) -> Kinds {
        let Some(matcher) = &self.matcher else { return wanted };
        let mut found = Kinds::default();
        for hit in matcher.find_iter(text) {
            found = found.with(self.kinds[hit.pattern().as_usize()].and(wanted));
            if found == wanted {
                break;
            }
        }
        found
    }

    /// The kinds that a file is of by its name or its place alone.
    pub fn kinds_by_name() -> Kinds {
        [SourceKind::GithubActions, SourceKind::Terraform].into_iter().collect()
    }
}

/// Whether a text of Terraform may name values.
pub fn has_locals(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"locals").is_some()
}

/// The kinds for which a text may matter, of those that its name allows.
pub fn kinds_in(kinds: Kinds, text: &str) -> Kinds {
    use super::sources::{CLOUDFORMATION, GITHUB_ACTIONS, KUBERNETES, TERRAFORM};
    static IN_YAML: OnceLock<Words> = OnceLock::new();
    static IN_TERRAFORM: OnceLock<Words> = OnceLock::new();
    static IN_WORKFLOWS: OnceLock<Words> = OnceLock::new();
    if kinds.has(SourceKind::GithubActions) {
        // Names in expressions are read in any case.
        let words = IN_WORKFLOWS.get_or_init(|| Words::new(&[(SourceKind::GithubActions, GITHUB_ACTIONS)], true));
        return words.in_text(text, kinds);
    }
    if kinds.has(SourceKind::Terraform) {
        let words = IN_TERRAFORM.get_or_init(|| Words::new(&[(SourceKind::Terraform, TERRAFORM)], false));
        return words.in_text(text, kinds);
    }
    let words = IN_YAML.get_or_init(|| {
        Words::new(
            &[
                (SourceKind::Kubernetes, KUBERNETES),
                (SourceKind::Cloudformation, CLOUDFORMATION),
            ],
            false,
        )
    });
    let found = words.in_text(text, kinds);
    let is_object = || memchr::memmem::find(text.as_bytes(), b"apiVersion").is_some();
    if found.has(SourceKind::Kubernetes) && !is_object() {
        return found.without(SourceKind::Kubernetes);
    }
    found
}
