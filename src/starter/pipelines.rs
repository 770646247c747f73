//! Which secrets and tokens the pipelines of a repository use.

use super::{entries, read};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How names of variables end that hold a secret.
const SECRET_ENDINGS: [&str; 5] = ["_TOKEN", "_KEY", "_SECRET", "_PASSWORD", "_CREDENTIALS"];

/// A build server's pipelines, and what they act with.
#[derive(Debug, PartialEq, Eq)]
pub struct Pipeline {
    pub host: Host,
    /// Names of the secrets that they use, and which files use each.
    pub secrets: BTreeMap<String, BTreeSet<String>>,
    /// Files that ask for a token of their own, which others trust.
    pub token_files: BTreeSet<String>,
    /// Locators of the roles that they take with it, as far as they are named.
    pub roles: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    Github,
    Gitlab,
}

pub fn of(repository: &Path) -> Vec<Pipeline> {
    let found = [github(repository), gitlab(repository)];
    let says_something = |pipeline: &Pipeline| !pipeline.secrets.is_empty() || !pipeline.token_files.is_empty();
    found.into_iter().filter(says_something).collect()
}

fn github(repository: &Path) -> Pipeline {
    const FOLDER: &str = ".github/workflows";
    let mut pipeline = Pipeline::of(Host::Github);
    for (name, is_folder) in entries(&repository.join(FOLDER)) {
        let is_workflow = !is_folder && (name.ends_with(".yml") || name.ends_with(".yaml"));
        let path = format!("{FOLDER}/{name}");
        let Some(text) = is_workflow.then(|| read(&repository.join(&path))).flatten() else {
            continue;
        };
        let (mut asks, mut roles) = (false, BTreeSet::new());
        for line in lines(&text) {
            for secret in github_secrets(line.text) {
                pipeline.use_secret(secret, &path);
            }
            if line.in_block {
                continue;
            }
            asks |= value_of(line.text, "id-token") == Some("write");
            roles.extend(value_of(line.text, "role-to-assume").and_then(github_role));
        }
        if asks {
            pipeline.token_files.insert(path);
            pipeline.roles.extend(roles);
        }
    }
    pipeline
}

fn gitlab(repository: &Path) -> Pipeline {
    const FILE: &str = ".gitlab-ci.yml";
    let mut pipeline = Pipeline::of(Host::Gitlab);
    let text = read(&repository.join(FILE)).unwrap_or_default();
    let mut tokens: Option<usize> = None;
    let mut given = BTreeSet::new();
    for line in lines(&text) {
        for secret in gitlab_secrets(line.text) {
            pipeline.use_secret(secret, FILE);
        }
        if line.in_block {
            continue;
        }
        let indent = indent(line.text);
        // Each key below is a token's name.
        tokens = tokens.filter(|above| indent > *above);
        if line.text.trim() == "id_tokens:" {
            pipeline.token_files.insert(FILE.to_owned());
            tokens = Some(indent);
        } else if let (Some(above), Some(name)) = (tokens, line.text.trim().strip_suffix(':'))
            && indent > above
            && !name.is_empty()
            && name.chars().all(is_word)
        {
            pipeline.roles.insert(format!("gitlab-oidc:{name}"));
            given.insert(name.to_owned());
        }
    }
    // GitLab gives these to each job: they are not stored secrets.
    pipeline.secrets.retain(|name, _| !given.contains(name));
    pipeline
}

impl Pipeline {
    fn of(host: Host) -> Self {
        Self {
            host,
            secrets: BTreeMap::new(),
            token_files: BTreeSet::new(),
            roles: BTreeSet::new(),
        }
    }

    fn use_secret(&mut self, secret: String, file: &str) {
        self.secrets.entry(secret).or_default().insert(file.to_owned());
    }

    /// Files that use a secret.
    pub fn secret_files(&self) -> BTreeSet<&str> {
        self.secrets.values().flatten().map(String::as_str).collect()
    }
}

struct Line<'t> {
    text: &'t str,
    /// Whether it is part of a script or another text, and no key of the pipeline.
    in_block: bool,
}

/// The lines of YAML, without comments.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut block: Option<usize> = None;
    text.lines().filter_map(move |line| {
        let text = without_comment(line);
        if text.trim().is_empty() {
            return None;
        }
        block = block.filter(|above| indent(text) > *above);
        let in_block = block.is_some();
        if !in_block {
            let last = text.split_whitespace().next_back().unwrap_or_default();
            let opens = last.starts_with(['|', '>']) && last[1..].chars().all(|c| matches!(c, '+' | '-' | '0'..='9'));
            block = opens.then(|| indent(text));
        }
        Some(Line { text, in_block })
    })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A `#` begins one at the beginning or after a blank, outside of quotes.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            None if c == '#' && before.is_whitespace() => return &line[..at],
            // An apostrophe within a word quotes nothing.
            None if matches!(c, '"' | '\'') && !is_word(before) => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ => {}
        }
        before = c;
    }
    line
}

/// The value of a key on its line.
fn value_of<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let (before, after) = line.split_once(':')?;
    let before = before.trim().trim_start_matches("- ").trim_matches(['"', '\'']);
    (before == key).then(|| after.trim().trim_matches(['"', '\'']))
}

/// A role that is named, or the name of what names it.
fn github_role(value: &str) -> Option<String> {
    if !value.contains("${{") {
        return value.starts_with("arn:").then(|| value.to_owned());
    }
    let expression = value.strip_prefix("${{")?.strip_suffix("}}")?.trim();
    let name = ["secrets.", "vars.", "env."]
        .iter()
        .find_map(|from| expression.strip_prefix(from))?;
    (!name.is_empty() && name.chars().all(is_word)).then(|| format!("github-oidc:{name}"))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn word(text: &str) -> &str {
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    &text[..end]
}

/// `secrets.NAME` in an expression; the token that each run gets is not a secret that anyone keeps.
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
    }

    #[test]
    fn keys_are_told_from_comments_and_scripts() {
        let text =
            "a: 1 # b: 2\nrun: |\n  id-token: write\n\n  x\nit's: \"# no comment\"\n# c\n- id-token: write # OIDC\n";
        let seen: Vec<(&str, bool)> = lines(text).map(|line| (line.text.trim(), line.in_block)).collect();
        assert_eq!(
            seen,
            [
                ("a: 1", false),
                ("run: |", false),
                ("id-token: write", true),
                ("x", true),
                ("it's: \"# no comment\"", false),
                ("- id-token: write", false),
            ]
        );
        assert_eq!(value_of("  - \"id-token\": 'write'", "id-token"), Some("write"));
        assert_eq!(value_of("  my-id-token: write", "id-token"), None);
    }

    #[test]
    fn a_role_is_named_by_itself_or_by_what_holds_its_name() {
        for (value, locator) in [
            ("arn:aws:iam::1:role/deploy", Some("arn:aws:iam::1:role/deploy")),
            ("${{ secrets.AWS_ROLE }}", Some("github-oidc:AWS_ROLE")),
            ("${{ vars.ROLE }}", Some("github-oidc:ROLE")),
            ("arn:aws:iam::${{ vars.ACCOUNT }}:role/x", None),
            ("${{ inputs.role }}", None),
            ("deploy", None),
        ] {
            assert_eq!(github_role(value).as_deref(), locator, "{value}");
        }
    }
}
