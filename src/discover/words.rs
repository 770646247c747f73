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
        let by_content = Kinds::of(SourceKind::Kubernetes).with(Kinds::of(SourceKind::Cloudformation));
        Kinds::all().except(by_content)
    }
}

/// Whether a text of Terraform may name values.
pub fn has_locals(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"locals").is_some()
}

/// The kinds for which a text may matter, of those that its name allows.
pub fn kinds_in(kinds: Kinds, text: &str) -> Kinds {
    use super::sources::{CLOUDFORMATION, KUBERNETES};
    static BY_NAME: [OnceLock<Words>; SourceKind::ALL.len()] = [const { OnceLock::new() }; SourceKind::ALL.len()];
    static IN_ANY: OnceLock<Words> = OnceLock::new();
    // A file that is a source by its name is one of just one kind.
    if let Some(kind) = kinds.and(Words::kinds_by_name()).iter().next() {
        let (of_kind, ignore_case) = of_kind(kind);
        let words = BY_NAME[kind as usize].get_or_init(|| Words::new(&[(kind, of_kind)], ignore_case));
        return words.in_text(text, kinds);
    }
    let words = IN_ANY.get_or_init(|| {
        let of_kinds = [
            (SourceKind::Kubernetes, KUBERNETES),
            (SourceKind::Cloudformation, CLOUDFORMATION),
        ];
        Words::new(&of_kinds, false)
    });
    let found = words.in_text(text, kinds);
    let is_object = || memchr::memmem::find(text.as_bytes(), b"apiVersion").is_some();
    if found.has(SourceKind::Kubernetes) && !is_object() {
        return found.without(SourceKind::Kubernetes);
    }
    found
}

/// The words of a kind, and whether their case does not matter.
const fn of_kind(kind: SourceKind) -> (&'static [&'static str], bool) {
    use super::sources as of;
    match kind {
        // Names in expressions are read in any case.
        SourceKind::GithubActions => (of::GITHUB_ACTIONS, true),
        SourceKind::GitlabCi => (of::GITLAB_CI, false),
        SourceKind::Circleci => (of::CIRCLECI, false),
        SourceKind::Jenkins => (of::JENKINS, false),
        SourceKind::Terraform => (of::TERRAFORM, false),
        SourceKind::Kubernetes => (of::KUBERNETES, false),
        SourceKind::Cloudformation => (of::CLOUDFORMATION, false),
        SourceKind::Agents => (of::AGENTS, true),
        SourceKind::Registries => (of::REGISTRIES, true),
    }
}
