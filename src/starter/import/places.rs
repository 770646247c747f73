//! Places of evidence: what a cell names, as a manifest in another folder has to name it.

use crate::manifest::{Reading, joined, reading};

/// Where the matrix and the manifest are, from the root.
pub struct Places<'p> {
    /// The folder of the matrix; `None` if it lies elsewhere.
    pub matrix: Option<String>,
    /// The folder of the manifest.
    pub manifest: String,
    /// Whether something is there, by its path from the root.
    pub exists: &'p dyn Fn(&str) -> bool,
}

/// Longer names are those of no file.
const LONGEST: usize = 1_000;

impl Places<'_> {
    /// A place as the manifest names it.
    pub fn of(&self, text: &str, is_namespace: impl Fn(&str) -> bool) -> Option<String> {
        let is_odd = |c: char| c.is_control() || crate::model::is_invisible(c);
        if text.len() > LONGEST || text.contains(is_odd) {
            return None;
        }
        match reading(text) {
            Reading::Path(path) if path.starts_with('/') => Some(path.to_owned()),
            Reading::Path(path) => match self.matrix.as_deref() {
                Some(folder) if folder != self.manifest => Some(self.written(&joined(folder, path)?)),
                _ => Some(path.to_owned()),
            },
            // Words with a colon among them are words.
            Reading::Elsewhere { scheme } => {
                // A password is for no manifest.
                let is_place = !text.contains(char::is_whitespace) && !is_namespace(scheme) && !has_password(text);
                is_place.then(|| text.to_owned())
            }
            Reading::Faulty(_) => None,
            Reading::NoPlace => self.without_beginning(text),
        }
    }

    /// A path without `./` is one if something is there.
    fn without_beginning(&self, text: &str) -> Option<String> {
        if !text.contains(['/', '.'])
            || text.contains(['\\', '*', '?', '#'])
            || text.trim_matches(['.', '/']).is_empty()
        {
            return None;
        }
        let beside = self.matrix.as_deref().and_then(|folder| joined(folder, text));
        let mut paths = beside.into_iter().chain(joined("", text));
        paths.find(|path| (self.exists)(path)).map(|path| self.written(&path))
    }

    /// A path from the root, as the manifest writes it.
    fn written(&self, path: &str) -> String {
        let folder = &self.manifest;
        let inside = match folder.is_empty() {
            true => Some(path),
            false => path
                .strip_prefix(folder.as_str())
                .and_then(|rest| rest.strip_prefix('/')),
        };
        match inside {
            Some(inside) => format!("./{inside}"),
            None => format!("/{path}"),
        }
    }
}

/// Whether an address has a user and a password.
fn has_password(text: &str) -> bool {
    let authority = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(matrix: Option<&str>, manifest: &str, text: &str) -> Option<String> {
        let places = Places {
            matrix: matrix.map(str::to_owned),
            manifest: manifest.to_owned(),
            exists: &|path| matches!(path, "evidence/log.csv" | "grc/evidence/log.csv" | "SECURITY.md"),
        };
        places.of(text, |scheme| scheme == "payments")
    }

    #[test]
    fn a_place_is_named_from_the_folder_of_the_manifest() {
        for (matrix, manifest, text, place) in [
            (Some(""), "", "./policies/a b.md", Some("./policies/a b.md")),
            (Some("grc"), "", "./a.md", Some("./grc/a.md")),
            (Some("grc"), "grc", "../a.md", Some("../a.md")),
            (Some("grc"), "teams/a", "../a.md", Some("/a.md")),
            (Some("grc"), "teams/a", "../../a.md", None),
            (None, "teams/a", "./a.md", Some("./a.md")),
            (Some("grc"), "", "/a.md", Some("/a.md")),
            (Some(""), "", "https://x.example/y", Some("https://x.example/y")),
            (Some(""), "", "jira:SEC-1", Some("jira:SEC-1")),
            (Some(""), "", "payments:x", None),
            (Some(""), "", "Note: see the wiki", None),
            (Some(""), "", "Note: x", None),
            (Some(""), "", "file:x", None),
            (Some(""), "", "https://u:p@x.example/y", None),
            (
                Some(""),
                "",
                "https://x.example/y?at=a:b@c",
                Some("https://x.example/y?at=a:b@c"),
            ),
            (Some(""), "", "evidence/log.csv", Some("./evidence/log.csv")),
            (Some("grc"), "", "evidence/log.csv", Some("./grc/evidence/log.csv")),
            (Some("grc"), "grc", "SECURITY.md", Some("/SECURITY.md")),
            (Some(""), "", "evidence/none.csv", None),
            (Some(""), "", "Access logs", None),
            (Some(""), "", "..", None),
            (Some(""), "", "./a\u{202e}b", None),
        ] {
            assert_eq!(
                of(matrix, manifest, text).as_deref(),
                place,
                "{matrix:?} {manifest} {text}"
            );
        }
    }
}
