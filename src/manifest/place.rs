//! Where a piece of evidence is, as the text of a reference says it.

/// What the text of an evidence reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<'t> {
    /// A path in the repository.
    Path(&'t str),
    /// Somewhere else, which soclint does not open: a page, a ticket, an object in a store.
    Elsewhere { scheme: &'t str },
    /// Meant as a place, and none.
    Faulty(Faulty<'t>),
    /// An id, if it is known.
    NoPlace,
}

/// Why what begins as a place is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faulty<'t> {
    /// `file:` and a path: files of the repository need no scheme, and others are out of readers' reach.
    FileScheme { path: &'t str },
    /// A URL without a host.
    NoHost { rest: &'t str },
    /// A scheme, and nothing behind it.
    NothingBehind { scheme: &'t str },
    /// What looks like a scheme is a namespace of the estate.
    Namespace { name: &'t str, rest: &'t str },
}

/// Reads the text of an evidence reference.
pub fn reading(text: &str) -> Reading<'_> {
    if let Some(path) = local(text) {
        return Reading::Path(path);
    }
    // Almost all are of this form, and there may be many.
    if let Some(rest) = text.strip_prefix("https://")
        && rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !rest.contains('@')
    {
        return Reading::Elsewhere { scheme: "https" };
    }
    let Some((scheme, rest)) = scheme(text) else {
        return Reading::NoPlace;
    };
    let faulty = if scheme.eq_ignore_ascii_case("file") {
        Faulty::FileScheme { path: rest }
    } else if is_web(scheme) {
        if has_host(rest) {
            return Reading::Elsewhere { scheme };
        }
        Faulty::NoHost { rest }
    } else if rest.chars().any(char::is_alphanumeric) {
        return Reading::Elsewhere { scheme };
    } else {
        Faulty::NothingBehind { scheme }
    };
    Reading::Faulty(faulty)
}

/// Whether an evidence reference is a place rather than an id.
pub fn is_place(text: &str) -> bool {
    matches!(reading(text), Reading::Path(_) | Reading::Elsewhere { .. })
}

/// The path in the repository that a place is, if it is one.
pub fn local(text: &str) -> Option<&str> {
    let is_path = text.starts_with('/') || text.starts_with("./") || text.starts_with("../");
    is_path.then_some(text)
}

/// Whether a scheme is that of web pages.
pub fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// The scheme that a text begins with, and what is behind its colon. One letter is a drive, and what has a dot
/// is a file or a host.
pub fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.len() >= 2
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'_'));
    is_scheme.then_some((scheme, rest))
}

/// Whether the rest of a URL, from `//` on, names a host.
fn has_host(rest: &str) -> bool {
    let Some(authority) = rest.strip_prefix("//") else {
        return false;
    };
    let authority = authority.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host.split('%')
        .enumerate()
        // What follows `%` is the number of a character, not one.
        .map(|(at, part)| {
            if at == 0 {
                part
            } else {
                part.get(2..).unwrap_or_default()
            }
        })
        .any(|part| part.chars().any(char::is_alphanumeric))
}

/// A place in a manifest of some folder, so that the same place is the same text.
pub fn from_root(folder: &str, text: &str) -> String {
    match reading(text) {
        Reading::Path(path) => {
            let whole = match path.strip_prefix('/') {
                Some(path) => joined("", path),
                None => joined(folder, path),
            };
            whole.map_or_else(|| text.to_owned(), |path| format!("/{path}"))
        }
        _ => text.to_owned(),
    }
}

/// A path within a folder, without `.` and `..`; `None` where that leads out of the root.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_from_ids() {
        for path in ["./x", "../x", "/", "/x#y", "./"] {
            assert_eq!(reading(path), Reading::Path(path));
        }
        for place in [
            "https://x",
            "HTTP://x.example/y",
            "https://[::1]/",
            "https://me@x:80",
            "s3://bucket/log",
            "jira:SEC-1",
            "git+ssh://x/y",
            "urn:isbn:1",
            "servicenow:変更1",
        ] {
            assert!(matches!(reading(place), Reading::Elsewhere { .. }), "{place}");
        }
        for faulty in [
            "https://",
            "HTTPS:///x",
            "http:x.example",
            "https://:443/x",
            "https://me@/x",
            "https://?x",
            "https://%20%0A/x",
            "https://-",
            "https://\u{200b}/x",
            "s3://",
            "jira:",
            "jira:-",
            "mailto: ",
            "file:x.md",
            "FILE:///x.md",
        ] {
            assert!(matches!(reading(faulty), Reading::Faulty(_)), "{faulty}");
        }
        for other in [
            "",
            "x",
            "a/b",
            "evidence/x.md",
            "c:\\x",
            "C:/x",
            ".",
            "..",
            "git@h:x",
            "a.md:3",
            ":x",
            "1a:x",
        ] {
            assert_eq!(reading(other), Reading::NoPlace, "{other}");
        }
    }

    #[test]
    fn the_same_place_is_the_same() {
        assert_eq!(from_root("grc", "./a/../b.md"), "/grc/b.md");
        assert_eq!(from_root("", "/grc/b.md"), "/grc/b.md");
        assert_eq!(from_root("", "../b.md"), "../b.md");
        assert_eq!(from_root("grc", "https://x.example/./a"), "https://x.example/./a");
    }
}
