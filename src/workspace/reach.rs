//! Which folders can hold what a list of globs names, so that no others are entered.

use std::path::Path;

/// The folders that lead to what globs name.
#[derive(Debug)]
pub struct Reach(Vec<Way>);

/// The way to what one glob names.
#[derive(Debug)]
struct Way {
    /// Names of folders; `None` where any will do.
    steps: Vec<Option<String>>,
    /// Whether it goes on behind them, to an unknown depth.
    goes_on: bool,
}

impl Reach {
    pub fn of<G: AsRef<str>>(globs: impl IntoIterator<Item = G>) -> Self {
        Self(globs.into_iter().map(|glob| Way::of(glob.as_ref())).collect())
    }

    /// Whether something in `folder`, a path from where the globs count, may be meant. What is not plain may.
    pub fn leads_into(&self, folder: &Path) -> bool {
        self.0.iter().any(|way| way.leads_into(folder))
    }
}

impl Way {
    fn of(glob: &str) -> Self {
        let mut steps: Vec<Option<String>> = Vec::new();
        for part in glob.split('/') {
            // Braces and brackets may hold a slash, and a backslash changes what the next character means.
            if part.contains("**") || part.contains(['{', '[', '\\']) {
                return Self { steps, goes_on: true };
            }
            steps.push((!part.contains(['*', '?'])).then(|| part.to_owned()));
        }
        // The last is the file.
        steps.pop();
        Self { steps, goes_on: false }
    }

    fn leads_into(&self, folder: &Path) -> bool {
        let mut steps = self.steps.iter();
        folder.components().all(|name| match steps.next() {
            Some(Some(step)) => name.as_os_str() == step.as_str(),
            Some(None) => true,
            None => self.goes_on,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Reach;
    use crate::workspace::pattern::build;
    use proptest::prelude::*;
    use std::path::Path;

    #[test]
    fn only_folders_on_the_way_are_entered() {
        let reach = Reach::of(["services/*/scope.toml", "teams/**/*.scope.toml", "top.scope.toml"]);
        for folder in ["", "services", "services/a", "teams", "teams/a", "teams/a/b/c"] {
            assert!(reach.leads_into(Path::new(folder)), "{folder}");
        }
        for folder in ["node_modules", "services/a/b", "team", "a/services"] {
            assert!(!reach.leads_into(Path::new(folder)), "{folder}");
        }
        assert!(Reach::of(["**/scope.toml"]).leads_into(Path::new("any/where")));
    }

    proptest! {
        #[test]
        fn whatever_a_glob_names_is_reached(
            glob in prop::collection::vec(prop::sample::select(vec!["a", "b", "*", "**", "a*", "?", "{a,b}", "{a/b,b}", "[ab]", "**a", "\\a"]), 1..5),
            path in prop::collection::vec(prop::sample::select(vec!["a", "b", "ab"]), 1..6),
        ) {
            let (glob, path) = (glob.join("/"), path.join("/"));
            let Ok(set) = build(&glob) else { return Ok(()) };
            if set.compile_matcher().is_match(&path) {
                for folder in Path::new(&path).ancestors().skip(1) {
                    prop_assert!(Reach::of([&glob]).leads_into(folder), "{glob} names {path}");
                }
            }
        }
    }
}
