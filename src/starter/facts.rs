//! What a repository shows of itself: its name, who owns it, which secrets its pipelines use.

use crate::manifest::is_id;
use crate::workspace;
use std::collections::BTreeSet;
use std::path::Path;

/// Where GitHub and GitLab look for it, in the order in which they do.
const CODEOWNERS: [&str; 4] = [
    ".github/CODEOWNERS",
    ".gitlab/CODEOWNERS",
    "CODEOWNERS",
    "docs/CODEOWNERS",
];
/// Folders of others' files, which may have manifests of their own.
const VENDORED: [&str; 3] = ["vendor", "third_party", "node_modules"];
/// How names of variables end that hold a secret.
const SECRET_ENDINGS: [&str; 5] = ["_TOKEN", "_KEY", "_SECRET", "_PASSWORD", "_CREDENTIALS"];

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The folder's name, as it is.
    pub title: String,
    /// The folder's name, as an id.
    pub id: String,
    pub owner: Option<Owner>,
    pub pipelines: Vec<Pipeline>,
    pub vendored: Vec<&'static str>,
}

/// Who owns everything, and the file that says so.
#[derive(Debug, PartialEq, Eq)]
pub struct Owner {
    pub id: String,
    pub from: &'static str,
}

/// A build server's pipelines, and what they act with.
#[derive(Debug, PartialEq, Eq)]
pub struct Pipeline {
    pub host: Host,
    /// Files that say so, from the root.
    pub files: BTreeSet<String>,
    /// Names of the secrets that they use.
    pub secrets: BTreeSet<String>,
    /// Whether they ask for a token of their own, which others trust.
    pub federated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    Github,
    Gitlab,
}

/// Looks at a repository. What is not there, or cannot be read, says nothing.
pub fn look(root: &Path) -> Facts {
    let title = root
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Facts {
        id: id_of(&title),
        owner: owner(root),
        pipelines: [github(root), gitlab(root)].into_iter().flatten().collect(),
        vendored: VENDORED.into_iter().filter(|name| root.join(name).is_dir()).collect(),
        title,
    }
}

/// The nearest id: letters and digits of other scripts, and all that separates words, become a hyphen.
pub(super) fn id_of(name: &str) -> String {
    let mut id = String::new();
    for c in name.chars() {
        let is_allowed = c.is_ascii_alphanumeric() || (matches!(c, '.' | '_') && !id.is_empty());
        if is_allowed {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches(['-', '.', '_']);
    if is_id(id) { id.to_owned() } else { "service".to_owned() }
}

fn read(root: &Path, path: &str) -> Option<String> {
    let path = root.join(path);
    path.symlink_metadata().ok().filter(std::fs::Metadata::is_file)?;
    let bytes = workspace::read_bytes(&path).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Only from the plainest of files: one owner of everything, whose name can be an owner's.
fn owner(root: &Path) -> Option<Owner> {
    let (from, text) = CODEOWNERS.iter().find_map(|path| Some((*path, read(root, path)?)))?;
    let mut owner = None;
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if line.starts_with(['[', '^']) {
            // GitLab's sections each have owners of their own.
            return None;
        }
        let mut words = line.split_whitespace();
        if words.next() == Some("*") {
            // The last line that fits counts.
            owner = match (words.next(), words.next()) {
                (Some(one), None) => Some(one.to_owned()),
                (Some(one), Some(comment)) if comment.starts_with('#') => Some(one.to_owned()),
                _ => None,
            };
        }
    }
    let owner = owner?;
    let name = owner.strip_prefix('@')?;
    let id = name.rsplit('/').next().filter(|id| is_id(id))?;
    Some(Owner {
        id: id.to_owned(),
        from,
    })
}

fn github(root: &Path) -> Option<Pipeline> {
    const FOLDER: &str = ".github/workflows";
    let mut pipeline = Pipeline::of(Host::Github);
    for entry in std::fs::read_dir(root.join(FOLDER)).ok()?.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = format!("{FOLDER}/{name}");
        let is_workflow = name.ends_with(".yml") || name.ends_with(".yaml");
        if let Some(text) = is_workflow.then(|| read(root, &path)).flatten() {
            let secrets = lines(&text).flat_map(github_secrets);
            let federated = lines(&text).any(|line| states(line, "id-token", "write"));
            pipeline.add(&path, secrets.collect(), federated);
        }
    }
    pipeline.says_something()
}

fn gitlab(root: &Path) -> Option<Pipeline> {
    const FILE: &str = ".gitlab-ci.yml";
    let text = read(root, FILE)?;
    let mut pipeline = Pipeline::of(Host::Gitlab);
    let secrets = lines(&text).flat_map(gitlab_secrets);
    let federated = lines(&text).any(|line| line.trim() == "id_tokens:");
    pipeline.add(FILE, secrets.collect(), federated);
    pipeline.says_something()
}

impl Pipeline {
    fn of(host: Host) -> Self {
        Self {
            host,
            files: BTreeSet::new(),
            secrets: BTreeSet::new(),
            federated: false,
        }
    }

    fn add(&mut self, path: &str, secrets: BTreeSet<String>, federated: bool) {
        if federated || !secrets.is_empty() {
            self.files.insert(path.to_owned());
            self.secrets.extend(secrets);
            self.federated |= federated;
        }
    }

    fn says_something(self) -> Option<Self> {
        (!self.files.is_empty()).then_some(self)
    }
}

/// The lines of YAML that are no comment.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with('#'))
}

fn states(line: &str, key: &str, value: &str) -> bool {
    line.split_once(':').is_some_and(|(before, after)| {
        let after = after.split('#').next().unwrap_or_default();
        before.trim() == key && after.trim().trim_matches(['"', '\'']) == value
    })
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn word(text: &str) -> &str {
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    &text[..end]
}

/// `secrets.NAME` in an expression; the token that each run gets is no secret that anyone keeps.
fn github_secrets(line: &str) -> Vec<String> {
    let expressions = line.split("${{").skip(1).filter_map(|rest| rest.split("}}").next());
    let names = expressions.flat_map(|expression| {
        expression.match_indices("secrets.").filter_map(|(at, found)| {
            let is_whole = !expression[..at].ends_with(|c| is_word(c) || c == '.');
            is_whole.then(|| word(&expression[at + found.len()..]))
        })
    });
    names
        .map(str::to_ascii_uppercase)
        .filter(|name| !name.is_empty() && name != "GITHUB_TOKEN")
        .collect()
}

/// `$NAME` of a variable that is named like a secret, and not one that GitLab gives each job.
fn gitlab_secrets(line: &str) -> Vec<String> {
    let names = line.split('$').skip(1).map(|rest| word(rest.trim_start_matches('{')));
    names
        .filter(|name| !name.starts_with("CI_") && !name.starts_with("GITLAB_"))
        .filter(|name| {
            SECRET_ENDINGS
                .iter()
                .any(|end| name.len() > end.len() && name.ends_with(end))
        })
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_the_nearest_id() {
        for (name, id) in [
            ("payroll", "payroll"),
            ("My Repo!", "My-Repo"),
            ("Größe & mehr", "Gr-e-mehr"),
            (".dotfiles", "dotfiles"),
            ("_x.y_z-", "x.y_z"),
            ("日本語", "service"),
            ("", "service"),
        ] {
            assert_eq!(id_of(name), id, "{name}");
            assert!(is_id(&id_of(name)));
        }
    }

    #[test]
    fn secrets_are_found_where_they_are_used() {
        assert_eq!(
            github_secrets("x: ${{ secrets.NPM_TOKEN || secrets.other }} ${{ secrets.GITHUB_TOKEN }}"),
            ["NPM_TOKEN", "OTHER"]
        );
        assert_eq!(
            github_secrets("echo secrets.NO ${{ my_secrets.NO }}"),
            Vec::<String>::new()
        );
        assert_eq!(
            gitlab_secrets("- curl -H \"$DEPLOY_TOKEN\" ${SIGN_KEY} $CI_JOB_TOKEN $HOME $_KEY"),
            ["DEPLOY_TOKEN", "SIGN_KEY"]
        );
        assert!(states("  id-token: write # OIDC", "id-token", "write"));
        assert!(!states("  id-token: none", "id-token", "write"));
    }
}
