//! Locators: where an identity is seen, as people write it and as a source has it.
//!
//! `*` stands for any run of characters but `/`, on either side: in what is declared, and in what a file leaves open.

use super::SourceKind;
use std::borrow::Cow;

/// The forms of locators that begin with a scheme, and the source that shows them, if one is read for that.
pub const SCHEMES: [(&str, Option<SourceKind>); 13] = [
    ("github-secret", Some(SourceKind::GithubActions)),
    ("github-oidc", Some(SourceKind::GithubActions)),
    ("terraform", Some(SourceKind::Terraform)),
    ("k8s", Some(SourceKind::Kubernetes)),
    ("k8s-secret", Some(SourceKind::Kubernetes)),
    ("cloudformation", Some(SourceKind::Cloudformation)),
    ("gitlab-variable", Some(SourceKind::GitlabCi)),
    ("gitlab-oidc", Some(SourceKind::GitlabCi)),
    ("circleci-context", Some(SourceKind::Circleci)),
    ("jenkins-credential", Some(SourceKind::Jenkins)),
    ("mcp", Some(SourceKind::Agents)),
    ("agent", Some(SourceKind::Agents)),
    ("registry", Some(SourceKind::Registries)),
];

/// How exactly a locator matches: without `*`, and then by the length of its literal part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Specificity {
    without_star: bool,
    literal: usize,
}

/// A locator as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator(String);

impl Locator {
    /// Reads a locator of one of the forms; `None` for free text.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((scheme, rest)) = text.split_once(':') {
            let scheme = scheme.trim().to_ascii_lowercase();
            if scheme == "arn" {
                return Some(Self(format!("arn:{}", rest.trim())));
            }
            if SCHEMES.iter().any(|(known, _)| *known == scheme) {
                let rest = rest.trim();
                let rest = match scheme.as_str() {
                    "github-secret" => Cow::Owned(rest.to_ascii_uppercase()),
                    "terraform" => without_indices(rest),
                    _ => Cow::Borrowed(rest),
                };
                return (!rest.is_empty()).then(|| Self(format!("{scheme}:{rest}")));
            }
        }
        let is_email = || {
            let (name, host) = text.split_once('@')?;
            let plain = |part: &str| !part.is_empty() && !part.contains([' ', '\t', '/', ':', '@']);
            Some(plain(name) && plain(host) && host.contains('.'))
        };
        is_email().unwrap_or(false).then(|| Self(text.to_owned()))
    }

    /// How a locator of one of our schemes is written, where it is written otherwise.
    pub fn respelt(text: &str) -> Option<String> {
        let (written, rest) = text.split_once(':')?;
        let scheme = written.trim();
        let (scheme, _) = SCHEMES.iter().find(|(known, _)| scheme.eq_ignore_ascii_case(known))?;
        let rest = rest.trim();
        let (environment, name) = match rest.rsplit_once('/') {
            // The name of a deployment environment stays as it is.
            Some((environment, name)) if *scheme == "github-secret" => (Some(environment), name),
            _ => (None, rest),
        };
        let is_upper = *scheme != "github-secret" || !name.bytes().any(|byte| byte.is_ascii_lowercase());
        // Almost every one is right, and nothing is made of it.
        let is_right = written == *scheme && is_upper && text.len() == scheme.len() + 1 + rest.len();
        if is_right || rest.is_empty() {
            return None;
        }
        let name = if is_upper {
            name.to_owned()
        } else {
            name.to_ascii_uppercase()
        };
        Some(match environment {
            Some(environment) => format!("{scheme}:{environment}/{name}"),
            None => format!("{scheme}:{name}"),
        })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What comes before the first colon, if it is a scheme of ours.
    pub fn scheme(&self) -> Option<&'static str> {
        let scheme = self.0.split_once(':')?.0;
        SCHEMES.iter().map(|(known, _)| *known).find(|known| *known == scheme)
    }

    /// The source that shows locators of this form, if one is read for that.
    pub fn source(&self) -> Option<SourceKind> {
        let scheme = self.scheme()?;
        SCHEMES.iter().find(|(known, _)| *known == scheme)?.1
    }

    pub fn has_star(&self) -> bool {
        self.0.contains('*')
    }

    /// Whether it says anything after its scheme but `*`.
    pub fn is_bounded(&self) -> bool {
        let rest = match self.scheme() {
            Some(scheme) => &self.0[scheme.len() + 1..],
            None => self.0.strip_prefix("arn:").unwrap_or(&self.0),
        };
        rest.contains(|c: char| c.is_alphanumeric())
    }

    /// For Terraform: the address without its folder, if it is written without one.
    pub fn address_anywhere(&self) -> Option<&str> {
        self.0.strip_prefix("terraform:").filter(|rest| !rest.contains('/'))
    }

    pub fn specificity(&self) -> Specificity {
        let stars = self.0.matches('*').count();
        Specificity {
            without_star: stars == 0,
            literal: self.0.len() - stars,
        }
    }

    /// Whether it means what is seen under another.
    pub fn means(&self, seen: &Self) -> bool {
        if let Some(address) = self.address_anywhere()
            && let Some(place) = seen.0.strip_prefix("terraform:")
        {
            let last = place.rsplit('/').next().unwrap_or(place);
            return meet(address.as_bytes(), last.as_bytes());
        }
        meet(self.0.as_bytes(), seen.0.as_bytes())
    }
}

impl std::fmt::Display for Locator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address with `[0]` or `["eu"]` behind it is all of them.
fn without_indices(address: &str) -> Cow<'_, str> {
    if !address.contains('[') {
        return Cow::Borrowed(address);
    }
    let mut out = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, behind)) = rest.split_once('[') {
        out.push_str(before);
        // A folder may be called by a bracket; an index stands behind a name, and ends.
        let is_behind_name = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ']'));
        match behind.split_once(']') {
            Some((_, behind)) if is_behind_name => rest = behind,
            _ => {
                out.push('[');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// No locator that someone writes is longer; of longer ones none is compared but for being the same.
const MAX_COMPARED: usize = 1_000;

/// Whether there is a text that both patterns match.
fn meet(one: &[u8], other: &[u8]) -> bool {
    if !one.contains(&b'*') && !other.contains(&b'*') {
        return one == other;
    }
    if one.len() > MAX_COMPARED || other.len() > MAX_COMPARED {
        return one == other;
    }
    // Which positions of `other` can be reached, for each position of `one`.
    let mut reached = vec![false; other.len() + 1];
    reached[0] = true;
    spread(&mut reached, other);
    for byte in one {
        let mut next = vec![false; other.len() + 1];
        if *byte == b'*' {
            // A run of any length, over what the other has there.
            let mut open = false;
            for at in 0..=other.len() {
                open |= reached[at];
                next[at] = open;
                if other.get(at) == Some(&b'/') {
                    open = false;
                }
            }
        } else {
            for at in 0..other.len() {
                match other[at] {
                    b'*' if *byte != b'/' => next[at] |= reached[at],
                    literal => next[at + 1] |= reached[at] && literal == *byte,
                }
            }
        }
        reached = next;
        spread(&mut reached, other);
    }
    reached[other.len()]
}

/// A `*` of the other may stand for nothing.
fn spread(reached: &mut [bool], other: &[u8]) {
    for (at, byte) in other.iter().enumerate() {
        if *byte == b'*' && reached[at] {
            reached[at + 1] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn means(declared: &str, seen: &str) -> bool {
        let read = |text| Locator::read(text);
        read(declared)
            .zip(read(seen))
            .is_some_and(|(one, other)| one.means(&other))
    }

    #[test]
    fn a_locator_means_what_is_seen_under_it() {
        for (declared, seen) in [
            ("github-secret:npm_token", "github-secret:NPM_TOKEN"),
            ("GitHub-Secret: NPM_*", "github-secret:NPM_TOKEN"),
            ("github-secret:production/KEY", "github-secret:production/KEY"),
            ("terraform:aws_iam_user.x", "terraform:infra/pay/aws_iam_user.x"),
            ("terraform:infra/*/aws_iam_user.x", "terraform:infra/pay/aws_iam_user.x"),
            (
                "terraform:infra/aws_iam_user.x[\"eu\"]",
                "terraform:infra/aws_iam_user.x",
            ),
            ("terraform:aws_iam_user.x[0]", "terraform:aws_iam_user.x"),
            ("k8s:payments/api", "k8s:*/api"),
            ("k8s:pay*/api", "k8s:*/api"),
            ("arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::*:role/deploy"),
            ("arn:aws:iam::*:role/deploy", "arn:aws:iam::*:role/deploy"),
            (
                "deploy@*.iam.gserviceaccount.com",
                "deploy@pay-1.iam.gserviceaccount.com",
            ),
        ] {
            assert!(means(declared, seen), "{declared} means {seen}");
        }
        for (declared, seen) in [
            ("github-secret:NPM", "github-secret:NPM_TOKEN"),
            ("github-secret:*", "github-secret:production/KEY"),
            ("terraform:infra/aws_iam_user.x", "terraform:infra/pay/aws_iam_user.x"),
            ("terraform:infra/[/aws_iam_user.x", "terraform:infra/[/aws_iam_user.y"),
            ("terraform:*/aws_iam_user.x", "terraform:infra/pay/aws_iam_user.x"),
            ("k8s:payments/api", "k8s:billing/api"),
            ("arn:aws:iam::*:role/deploy", "arn:aws:iam::*:role/eu/deploy"),
            ("the root account's password", "the root account's password"),
        ] {
            assert!(!means(declared, seen), "{declared} does not mean {seen}");
        }
    }

    #[test]
    fn a_locator_has_one_spelling() {
        for (written, respelt) in [
            ("GitHub-Secret: npm_token", "github-secret:NPM_TOKEN"),
            ("github-secret:Production/key", "github-secret:Production/KEY"),
            (" k8s:a/b", "k8s:a/b"),
        ] {
            assert_eq!(Locator::respelt(written).as_deref(), Some(respelt), "{written}");
        }
        for written in [
            "github-secret:NPM_TOKEN",
            "terraform:aws_iam_user.x[0]",
            "Jira: someone",
            "arn:aws:iam::1:role/R",
            "k8s:",
        ] {
            assert_eq!(Locator::respelt(written), None, "{written}");
        }
    }

    #[test]
    fn the_more_literal_is_the_more_specific() {
        let of = |text: &str| Locator::read(text).map(|locator| locator.specificity());
        assert!(of("github-secret:A") > of("github-secret:LONG_NAME_*"));
        assert!(of("github-secret:LONG_*") > of("github-secret:L*"));
        assert!(of("github-secret:production/A") > of("github-secret:A"));
    }

    #[test]
    fn a_pattern_without_anything_literal_is_not_bounded() {
        for text in ["github-secret:*", "k8s:*/*", "arn:*"] {
            assert!(
                Locator::read(text).is_some_and(|locator| !locator.is_bounded()),
                "{text}"
            );
        }
        for text in ["github-secret:A*", "k8s:pay/*", "arn:aws:*", "a@b.c"] {
            assert!(
                Locator::read(text).is_some_and(|locator| locator.is_bounded()),
                "{text}"
            );
        }
    }

    fn fits(pattern: &str, text: &str) -> bool {
        let (mut fits, text) = (vec![false; text.len() + 1], text.as_bytes());
        fits[0] = true;
        for byte in pattern.bytes() {
            let mut next = vec![false; text.len() + 1];
            for at in 0..=text.len() {
                if byte == b'*' {
                    next[at] = fits[at] || at > 0 && next[at - 1] && text[at - 1] != b'/';
                } else if at > 0 {
                    next[at] = fits[at - 1] && text[at - 1] == byte;
                }
            }
            fits = next;
        }
        fits[text.len()]
    }

    proptest! {
        #[test]
        fn two_patterns_meet_if_some_text_fits_both(one in "[ab/*]{0,5}", other in "[ab/*]{0,5}", text in "[ab/]{0,6}") {
            if fits(&one, &text) && fits(&other, &text) {
                prop_assert!(meet(one.as_bytes(), other.as_bytes()));
            }
            prop_assert_eq!(meet(one.as_bytes(), other.as_bytes()), meet(other.as_bytes(), one.as_bytes()));
            prop_assert_eq!(meet(one.as_bytes(), text.as_bytes()), fits(&one, &text));
        }
    }
}
