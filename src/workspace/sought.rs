//! Files beside the manifests that show which identities are used: where they lie, and what the walk hands on of them.

use super::files::Base;
use super::pattern::{PatternFault, Patterns};
use crate::model::SourceKind;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Kinds of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Kinds(u16);

impl Kinds {
    pub const fn of(kind: SourceKind) -> Self {
        Self(1 << kind as u16)
    }

    pub fn all() -> Self {
        SourceKind::ALL.iter().copied().collect()
    }

    pub const fn has(self, kind: SourceKind) -> bool {
        self.0 & Self::of(kind).0 != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub const fn without(self, kind: SourceKind) -> Self {
        Self(self.0 & !Self::of(kind).0)
    }

    #[must_use]
    pub const fn except(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub fn iter(self) -> impl Iterator<Item = SourceKind> {
        SourceKind::ALL.iter().copied().filter(move |kind| self.has(*kind))
    }
}

impl FromIterator<SourceKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = SourceKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self(0), |all, kind| all.with(Self::of(kind)))
    }
}

/// A folder, with the files in it that may be sources, in the order of their names.
pub struct SoughtFolder<'f> {
    pub path: &'f Path,
    pub files: Vec<(OsString, Kinds)>,
    /// What `visit` gave for the folder around it.
    pub inherited: Option<Arc<str>>,
}

/// What looks into the files, folder by folder, on several threads.
pub trait Visit: Sync {
    /// Looks into a folder, and gives what holds for the folders in it.
    fn visit(&self, folder: SoughtFolder<'_>) -> Option<Arc<str>>;
}

/// Which sources are looked for, and by whom.
pub struct Sought<'v> {
    kinds: Kinds,
    test_folders: bool,
    exclude: Patterns,
    /// Which patterns of `exclude` kept something out.
    excluding: Vec<AtomicBool>,
    excluded: AtomicUsize,
    pub visit: &'v dyn Visit,
}

impl<'v> Sought<'v> {
    pub fn new(
        root: Base<'_>,
        kinds: Kinds,
        exclude: &[String],
        test_folders: bool,
        visit: &'v dyn Visit,
    ) -> Result<Self, PatternFault> {
        Ok(Self {
            kinds,
            test_folders,
            exclude: Patterns::new(Some(root), exclude)?,
            excluding: exclude.iter().map(|_| AtomicBool::new(false)).collect(),
            excluded: AtomicUsize::new(0),
            visit,
        })
    }

    /// Whether discovery's own `exclude` keeps a path out, which is counted.
    pub fn excludes(&self, root: &Path, path: &Path) -> bool {
        if self.exclude.is_empty() {
            return false;
        }
        let Ok(relative) = path.strip_prefix(root) else {
            return false;
        };
        let taken = self.exclude.take(relative);
        if taken {
            self.excluded.fetch_add(1, Ordering::Relaxed);
            for at in self.exclude.taking(relative) {
                self.excluding[at].store(true, Ordering::Relaxed);
            }
        }
        taken
    }

    /// How many files and folders its `exclude` kept out.
    pub fn excluded(&self) -> usize {
        self.excluded.load(Ordering::Relaxed)
    }

    /// The patterns of its `exclude` that kept nothing out.
    pub fn idle_excludes(&self) -> impl Iterator<Item = usize> {
        let idle = self.excluding.iter().enumerate();
        idle.filter(|(_, used)| !used.load(Ordering::Relaxed)).map(|(at, _)| at)
    }

    /// What the name of a file says of it.
    pub fn kinds(&self, around: &Around, name: &[u8]) -> Kinds {
        kinds(around, name).and(self.kinds)
    }

    /// A folder in a folder; `None` where no sources are looked for.
    pub fn enter(&self, around: &Around, name: &[u8]) -> Option<Around> {
        if matches!(name, b".terraform" | b"node_modules" | b"vendor") {
            return None;
        }
        let stands = match (around.stands, name) {
            (Stands::Root, b".github") => Stands::GitHub,
            (Stands::GitHub, b"workflows") => Stands::Workflows,
            (Stands::Root, b".gitlab") | (Stands::GitLab, _) => Stands::GitLab,
            (Stands::Root, b".circleci") => Stands::CircleCi,
            (_, b".cursor" | b".vscode") => Stands::Editor,
            (_, b".claude" | b".gemini") => Stands::Agent,
            (Stands::GitHub | Stands::Actions, _) if around.stands == Stands::Actions || name == b"actions" => {
                Stands::Actions
            }
            _ => Stands::Elsewhere,
        };
        Some(Around {
            stands,
            in_tests: around.in_tests || !self.test_folders && is_of_tests(name),
            inherited: around.inherited.clone(),
        })
    }
}

/// Where a folder stands, as far as that says what is in it.
#[derive(Debug, Clone)]
pub struct Around {
    stands: Stands,
    /// Whether what is in it is there for tests, or to be read.
    in_tests: bool,
    pub inherited: Option<Arc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// At the root of a repository, or of the estate.
    Root,
    GitHub,
    Workflows,
    Actions,
    GitLab,
    CircleCi,
    /// The settings of an editor.
    Editor,
    /// The settings of an AI agent.
    Agent,
    Elsewhere,
}

impl Around {
    pub const fn root() -> Self {
        Self {
            stands: Stands::Root,
            in_tests: false,
            inherited: None,
        }
    }
}

/// Folders in which what looks like a source shows nothing of what runs.
fn is_of_tests(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 10] = [
        b"test",
        b"tests",
        b"testdata",
        b"fixtures",
        b"examples",
        b"samples",
        b"e2e",
        b"docs",
        b"cassettes",
        b"__tests__",
    ];
    NAMES.contains(&name)
}

fn kinds(around: &Around, name: &[u8]) -> Kinds {
    // Almost every file is passed over by its last byte.
    if !matches!(name.last(), Some(b'l' | b'n' | b'f' | b'u' | b'c' | b'e')) && !name.starts_with(b"Jenkinsfile") {
        return Kinds::default();
    }
    let is_yaml = name.ends_with(b".yml") || name.ends_with(b".yaml");
    let is_called = |stem: &[u8]| matches!(name.strip_prefix(stem), Some(b".yml" | b".yaml"));
    let fixed = match around.stands {
        Stands::Workflows if is_yaml => Some(SourceKind::GithubActions),
        Stands::Actions if is_called(b"action") => Some(SourceKind::GithubActions),
        Stands::GitHub if is_called(b"dependabot") => Some(SourceKind::GithubActions),
        Stands::GitLab if name.ends_with(b".yml") => Some(SourceKind::GitlabCi),
        Stands::Root if name == b".gitlab-ci.yml" => Some(SourceKind::GitlabCi),
        Stands::CircleCi if name.ends_with(b".yml") => Some(SourceKind::Circleci),
        _ => None,
    };
    if let Some(kind) = fixed {
        return Kinds::of(kind);
    }
    if around.in_tests {
        return Kinds::default();
    }
    let by_name = match (around.stands, name) {
        (_, b".mcp.json") | (Stands::Editor, b"mcp.json") | (Stands::Agent, b"settings.json") => {
            Some(SourceKind::Agents)
        }
        (_, b".npmrc" | b".pypirc" | b".netrc") => Some(SourceKind::Registries),
        _ if name.ends_with(b".gitlab-ci.yml") => Some(SourceKind::GitlabCi),
        _ if name.starts_with(b"Jenkinsfile") || name.ends_with(b".jenkinsfile") => Some(SourceKind::Jenkins),
        _ => None,
    };
    if let Some(kind) = by_name {
        return Kinds::of(kind);
    }
    let terraform: [&[u8]; 4] = [b".tf", b".tofu", b".tf.json", b".tofu.json"];
    if terraform.into_iter().any(|end| name.ends_with(end)) {
        return Kinds::of(SourceKind::Terraform);
    }
    if is_yaml || name == b"Kustomization" {
        return Kinds::of(SourceKind::Kubernetes).with(Kinds::of(SourceKind::Cloudformation));
    }
    if name.ends_with(b".json") {
        return Kinds::of(SourceKind::Cloudformation);
    }
    Kinds::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Visit for Nothing {
        fn visit(&self, _: SoughtFolder<'_>) -> Option<Arc<str>> {
            None
        }
    }

    /// The kinds of a file at a path; `None` where it is never looked for.
    fn at(path: &str, test_folders: bool) -> Option<Vec<&'static str>> {
        let sought = Sought::new(
            Base::on_disk(Path::new("/estate")),
            Kinds::all(),
            &[],
            test_folders,
            &Nothing,
        )
        .ok()?;
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folders = folders.split('/').filter(|part| !part.is_empty());
        let mut around = Around::root();
        for folder in folders {
            around = sought.enter(&around, folder.as_bytes())?;
        }
        let kinds = sought.kinds(&around, name.as_bytes());
        Some(kinds.iter().map(SourceKind::as_str).collect())
    }

    /// Paths, and the sources that each may be of.
    const CASES: &[(&str, &[&str])] = &[
        (".github/workflows/release.yml", &["github-actions"]),
        (
            ".github/workflows/nested/release.yml",
            &["kubernetes", "cloudformation"],
        ),
        (".github/actions/deploy/action.yaml", &["github-actions"]),
        (".github/actions/deploy/other.yaml", &["kubernetes", "cloudformation"]),
        (".github/dependabot.yml", &["github-actions"]),
        ("a/.github/workflows/release.yml", &["kubernetes", "cloudformation"]),
        ("infra/main.tf", &["terraform"]),
        ("infra/main.tf.json", &["terraform"]),
        ("infra/main.tofu", &["terraform"]),
        ("stack.json", &["cloudformation"]),
        ("k8s/sa.yaml", &["kubernetes", "cloudformation"]),
        (".gitlab-ci.yml", &["gitlab-ci"]),
        (".gitlab/ci/deploy.yml", &["gitlab-ci"]),
        ("services/pay/deploy.gitlab-ci.yml", &["gitlab-ci"]),
        (".circleci/config.yml", &["circleci"]),
        ("Jenkinsfile", &["jenkins"]),
        ("ci/Jenkinsfile.release", &["jenkins"]),
        ("ci/release.jenkinsfile", &["jenkins"]),
        (".mcp.json", &["agents"]),
        ("apps/web/.cursor/mcp.json", &["agents"]),
        (".vscode/mcp.json", &["agents"]),
        ("mcp.json", &["cloudformation"]),
        (".claude/settings.json", &["agents"]),
        (".gemini/settings.json", &["agents"]),
        (".vscode/settings.json", &["cloudformation"]),
        (".npmrc", &["registries"]),
        ("packages/a/.npmrc", &["registries"]),
        (".pypirc", &["registries"]),
        (".netrc", &["registries"]),
        ("tests/.npmrc", &[]),
        ("README.md", &[]),
        ("tests/main.tf", &[]),
        ("a/docs/b/sa.yaml", &[]),
        ("docs.yaml", &["kubernetes", "cloudformation"]),
        ("contf", &[]),
    ];

    #[test]
    fn a_file_is_a_source_by_its_place_or_its_name() {
        for (path, kinds) in CASES {
            assert_eq!(at(path, false).as_deref(), Some(*kinds), "{path}");
        }
        for path in [".terraform/a.tf", "a/node_modules/b/c.yaml", "vendor/x/main.tf"] {
            assert_eq!(at(path, false), None, "{path}");
        }
        assert_eq!(at("tests/main.tf", true).as_deref(), Some(&["terraform"][..]));
    }

    /// The hook of pre-commit runs for each of them, where it does not run always.
    #[test]
    fn the_hook_takes_each_source_and_each_manifest() {
        let hooks = include_str!("../../.pre-commit-hooks.yaml");
        let line = hooks
            .lines()
            .find_map(|line| line.trim().strip_prefix("files: &files "));
        let pattern = line.map(|line| line.trim_matches('\''));
        let schema = serde_json::json!({ "type": "string", "pattern": pattern.unwrap_or_default() });
        let validator = jsonschema::validator_for(&schema);
        let takes = |path: &str| {
            let path = serde_json::json!(path);
            validator.as_ref().is_ok_and(|validator| validator.is_valid(&path))
        };
        for (path, kinds) in CASES {
            assert!(kinds.is_empty() || takes(path), "{path}");
        }
        for path in [
            "scope.toml",
            "a/b.scope.toml",
            "soclint.toml",
            ".soclint.toml",
            "k8s/Kustomization",
        ] {
            assert!(takes(path), "{path}");
        }
        for path in ["README.md", "src/main.rs", "Cargo.toml", "microscope.toml", "a.npmrc"] {
            assert!(!takes(path), "{path}");
        }
    }
}
