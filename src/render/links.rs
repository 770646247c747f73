//! Links to places, as the job that runs can show them: in the repository's pages, at the commit that is checked.

use super::sarif::uri;
use crate::source::{Place, Sources};

/// Where the files of the commit are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// A path from the repository's root makes it whole.
    base: String,
}

impl Links {
    /// Made of the job's own variables, where it has all of them and each looks as it should: those of GitHub Actions, else
    /// those of GitLab CI/CD.
    pub fn of_job(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let commit = |name: &str| variable(name).filter(|commit| is_commit(commit));
        let page = |name: &str| variable(name).filter(|page| is_page(page));
        let github = || {
            let repository = variable("GITHUB_REPOSITORY").filter(|repository| is_path(repository))?;
            let (server, commit) = (page("GITHUB_SERVER_URL")?, commit("GITHUB_SHA")?);
            Some(format!("{}/{repository}/blob/{commit}/", server.trim_end_matches('/')))
        };
        let gitlab = || {
            let (project, commit) = (page("CI_PROJECT_URL")?, commit("CI_COMMIT_SHA")?);
            Some(format!("{}/-/blob/{commit}/", project.trim_end_matches('/')))
        };
        github().or_else(gitlab).map(|base| Self { base })
    }

    /// Below an address or a relative path that someone names: nothing that could run anything, or lead to another place than
    /// it says.
    pub fn below(base: &str) -> Option<Self> {
        let is_relative = !base.is_empty() && !base.starts_with("//") && is_relative(base);
        let base = (is_page(base) || is_relative).then(|| base.trim_end_matches('/'))?;
        Some(Self {
            base: format!("{base}/"),
        })
    }

    /// The page that shows a place; `None` of a file outside the repository. `prefix` is the estate's path from the
    /// repository's root.
    pub fn to(&self, sources: &Sources, prefix: &str, place: Place) -> Option<String> {
        let source = sources.get(place.file);
        let file = uri(prefix, &source.path);
        let is_inside = file.from_root && !file.uri.split('/').any(|part| part == "..");
        let line = source.position(place.span.start).line;
        // A link in Markdown ends at a bracket.
        let file = file.uri.replace('(', "%28").replace(')', "%29");
        is_inside.then(|| format!("{}{file}#L{line}", self.base))
    }
}

fn is_commit(text: &str) -> bool {
    (40..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The address of a page, without anything that could end a link or lead somewhere else.
fn is_page(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | ':' | '~' | '%');
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.chars().all(is_plain))
}

/// The address of a page, if that is all that a text is.
pub fn address(text: &str) -> Option<&str> {
    is_page(text).then_some(text)
}

/// A path from the page itself, or from its host's root, without a scheme.
fn is_relative(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '~' | '%');
    text.chars().all(is_plain)
}

fn is_path(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    !text.is_empty() && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Source, Span};

    const SHA: &str = "0123456789abcdef0123456789abcdef01234567";

    fn links(variables: &[(&str, &str)]) -> Option<Links> {
        Links::of_job(|name| {
            let found = variables.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        })
    }

    fn github<'v>(server: &'v str, repository: &'v str, sha: &'v str) -> [(&'static str, &'v str); 3] {
        [
            ("GITHUB_SERVER_URL", server),
            ("GITHUB_REPOSITORY", repository),
            ("GITHUB_SHA", sha),
        ]
    }

    #[test]
    fn a_job_says_where_its_commit_is_shown() {
        let base = |variables: &[(&str, &str)]| links(variables).map(|links| links.base);
        let expected = format!("https://github.com/acme/pay/blob/{SHA}/");
        assert_eq!(base(&github("https://github.com", "acme/pay", SHA)), Some(expected));
        let gitlab = [
            ("CI_PROJECT_URL", "https://gitlab.example.com:8443/a/b/c"),
            ("CI_COMMIT_SHA", SHA),
        ];
        let expected = format!("https://gitlab.example.com:8443/a/b/c/-/blob/{SHA}/");
        assert_eq!(base(&gitlab), Some(expected));
        for variables in [
            &[][..],
            &github("https://github.com", "acme/pay", "main"),
            &github("https://github.com", "acme/pay", ""),
            &github("javascript:alert(1)//", "acme/pay", SHA),
            &github("https://github.com) [x](https://evil.example", "acme/pay", SHA),
            &github("https://user@evil.example", "acme/pay", SHA),
            &github("https://", "acme/pay", SHA),
            &github("https://github.com", "acme/pay)|", SHA),
            &github("https://github.com", "", SHA),
            &github("https://github.com", "acme/pay", SHA)[..2],
            &gitlab[..1],
        ] {
            assert_eq!(base(variables), None, "{variables:?}");
        }
    }

    #[test]
    fn what_someone_names_is_an_address_or_a_relative_path() {
        let base = |text: &str| Links::below(text).map(|links| links.base);
        for (named, expected) in [
            (
                "https://git.example.com/acme/pay/blob/main",
                "https://git.example.com/acme/pay/blob/main/",
            ),
            ("http://localhost:8080/", "http://localhost:8080/"),
            ("..", "../"),
            ("../src/", "../src/"),
            ("/files", "/files/"),
            ("/", "/"),
        ] {
            assert_eq!(base(named), Some(expected.to_owned()));
        }
        for refused in [
            "",
            "javascript:alert(1)",
            "JavaScript:alert(1)//",
            "data:text/html,x",
            "file:///etc",
            "//evil.example",
            "ftp://x.example",
            "https://",
            "https://user@evil.example",
            "https://x.example/\"onclick=",
            "https://x.example/?a=",
            "a b",
            "\tjavascript:x",
        ] {
            assert_eq!(base(refused), None, "{refused:?}");
        }
    }

    #[test]
    fn a_link_leads_to_the_line_and_nowhere_else() {
        let links = links(&github("https://github.com", "acme/pay", SHA));
        let to = |prefix: &str, path: &str| {
            let sources = Sources::new(vec![Source::new(path.to_owned(), "a = 1\nb = 2\n".to_owned())]);
            let place = Place {
                file: FileId(0),
                span: Span::new(6..7),
            };
            links.as_ref().and_then(|links| links.to(&sources, prefix, place))
        };
        let page = |path: &str| Some(format!("https://github.com/acme/pay/blob/{SHA}/{path}#L2"));
        assert_eq!(to("", "scope.toml"), page("scope.toml"));
        assert_eq!(
            to("pay/", "a b/(é)|#?.toml"),
            page("pay/a%20b/%28%C3%A9%29%7C%23%3F.toml")
        );
        assert_eq!(to("pay/", "../org/soclint.toml"), page("org/soclint.toml"));
        assert_eq!(to("", "../../org/soclint.toml"), None);
        assert_eq!(to("", "/etc/soclint.toml"), None);
    }
}
