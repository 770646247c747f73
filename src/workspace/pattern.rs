//! What a path pattern means, wherever one is written.
//!
//! It counts from a folder. Leading parts that exist there by that very name are names, however they look. What names a
//! folder takes all in it.

use super::files::Base;
use crate::model::shortened;
use globset::{Glob, GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};
use std::fmt;
use std::path::{Path, PathBuf};

/// Why a text is not a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternFault {
    /// It begins with `!`.
    Negated {
        text: String,
    },
    Backslash {
        text: String,
    },
    NotAGlob {
        text: String,
        kind: globset::ErrorKind,
    },
    /// What is made of it, or of all of them, is too much for the matcher.
    TooMuch(globset::Error),
}

impl PatternFault {
    pub fn message(&self) -> String {
        match self {
            Self::Negated { text } => {
                format!("\"{}\" begins with `!`, which negates nothing here", shortened(text))
            }
            Self::Backslash { text } => {
                format!("\"{}\" has a `\\`, which a path pattern cannot have", shortened(text))
            }
            Self::NotAGlob { text, kind } => format!("\"{}\" is not a glob: {kind}", shortened(text)),
            Self::TooMuch(error) => match error.glob() {
                Some(glob) => format!("\"{}\" is not a glob: {}", shortened(glob), error.kind()),
                None => error.kind().to_string(),
            },
        }
    }

    /// How to write what is probably meant.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Negated { text } => Some(format!(
                "name only what is meant; a file that is called so is \"./{}\"",
                shortened(text)
            )),
            Self::Backslash { text } => Some(format!("write \"{}\"", shortened(&without_backslashes(text)))),
            Self::NotAGlob { .. } | Self::TooMuch(_) => None,
        }
    }
}

impl fmt::Display for PatternFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        self.help().iter().try_for_each(|help| write!(f, "; {help}"))
    }
}

impl std::error::Error for PatternFault {}

const SPECIAL: [char; 6] = ['*', '?', '[', ']', '{', '}'];

pub fn is_special(text: &str) -> bool {
    text.contains(SPECIAL)
}

/// Whether a text is a pattern, wherever it counts from.
pub fn check(text: &str) -> Result<(), PatternFault> {
    Pattern::read(text, |_| false).map(drop)
}

/// A path pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    glob: Glob,
    /// The names that it begins with.
    fixed: PathBuf,
    /// Whether it is a name as a whole.
    is_name: bool,
    /// Whether it says that it names a folder.
    is_folder: bool,
}

impl Pattern {
    /// Reads a pattern that counts from `base`.
    pub fn new(base: Base<'_>, text: &str) -> Result<Self, PatternFault> {
        Self::read(text, |path| base.files.is_there(&base.dir.join(path)))
    }

    fn read(text: &str, exists: impl Fn(&Path) -> bool) -> Result<Self, PatternFault> {
        if text.starts_with('!') {
            return Err(PatternFault::Negated { text: text.to_owned() });
        }
        if text.contains('\\') {
            return Err(PatternFault::Backslash { text: text.to_owned() });
        }
        let mut fixed = PathBuf::new();
        let mut parts: Vec<String> = Vec::new();
        let mut is_name = true;
        for part in text.split('/').filter(|part| !part.is_empty() && *part != ".") {
            if part == ".." && parts.pop().is_some() {
                fixed.pop();
                continue;
            }
            let as_name = fixed.join(part);
            is_name &= !is_special(part) || exists(&as_name);
            if is_name {
                parts.push(globset::escape(part));
                fixed = as_name;
            } else {
                parts.push(part.to_owned());
            }
        }
        let glob = if parts.is_empty() {
            "**".to_owned()
        } else {
            parts.join("/")
        };
        let glob = build(&glob).map_err(|error| PatternFault::NotAGlob {
            text: text.to_owned(),
            kind: error.kind().clone(),
        })?;
        Ok(Self {
            glob,
            fixed,
            is_name,
            is_folder: text.is_empty() || text.ends_with(['/', '.']) && !text.ends_with("..") && ends_as_folder(text),
        })
    }

    /// As a glob, of which every part that is not special stands for itself.
    pub fn glob(&self) -> &str {
        self.glob.glob()
    }

    /// The names that it begins with: all that it can match is in this folder, or is it.
    pub fn fixed(&self) -> &Path {
        &self.fixed
    }

    /// Whether nothing in it is special.
    pub fn is_name(&self) -> bool {
        self.is_name
    }

    /// For paths, one by one; a folder does not take what is in it.
    pub fn matcher(&self) -> GlobMatcher {
        self.glob.compile_matcher()
    }

    /// The globs of files that it means where files of a name are looked for: a folder means those in it.
    pub fn globs_of(&self, base: Base<'_>, names: &[&str]) -> Vec<String> {
        let in_it = || names.iter().map(|name| format!("{}/{name}", self.glob())).collect();
        if self.is_folder || self.is_name && base.files.is_dir(&base.dir.join(&self.fixed)) {
            in_it()
        } else {
            vec![self.glob().to_owned()]
        }
    }
}

/// `a/`, `a/.` and `.` are folders.
fn ends_as_folder(text: &str) -> bool {
    matches!(text.rsplit('/').next(), Some("" | "."))
}

pub(super) fn build(glob: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(glob).literal_separator(true).build()
}

/// Before a special character it was meant to take its meaning away, elsewhere to separate folders.
fn without_backslashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some(next)) if ['[', ']', '{', '}', '?'].contains(next) => {
                out.push('[');
                out.extend(rest.next());
                out.push(']');
            }
            ('\\', Some('\\')) => {}
            ('\\', _) => out.push('/'),
            (c, _) => out.push(c),
        }
    }
    out
}

/// Patterns that take a path when one of them matches it, or a folder that it is in.
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    set: GlobSet,
    globs: Vec<String>,
}

impl Patterns {
    /// Patterns that count from `base`, in which nothing is looked up if it is not known. Gives what is wrong with the
    /// first text that is not a pattern.
    pub fn new<S: AsRef<str>>(base: Option<Base<'_>>, texts: &[S]) -> Result<Self, PatternFault> {
        let mut set = GlobSetBuilder::new();
        let mut globs = Vec::with_capacity(texts.len());
        for text in texts {
            let pattern = match base {
                Some(base) => Pattern::new(base, text.as_ref())?,
                None => Pattern::read(text.as_ref(), |_| false)?,
            };
            let inside = build(&format!("{}/**", pattern.glob())).map_err(PatternFault::TooMuch)?;
            globs.push(pattern.glob().to_owned());
            set.add(pattern.glob).add(inside);
        }
        let set = set.build().map_err(PatternFault::TooMuch)?;
        Ok(Self { set, globs })
    }

    pub fn is_empty(&self) -> bool {
        self.globs.is_empty()
    }

    pub fn len(&self) -> usize {
        self.globs.len()
    }

    /// As globs, in order.
    pub fn globs(&self) -> &[String] {
        &self.globs
    }

    pub fn take(&self, path: impl AsRef<Path>) -> bool {
        self.set.is_match(path)
    }

    /// Which of the patterns take a path, in order.
    pub fn taking(&self, path: impl AsRef<Path>) -> Vec<usize> {
        let mut taking: Vec<usize> = self.set.matches(path).into_iter().map(|at| at / 2).collect();
        taking.dedup();
        taking
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(base: &Path, pattern: &str, path: &str) -> bool {
        Patterns::new(Some(Base::on_disk(base)), &[pattern]).is_ok_and(|patterns| patterns.take(path))
    }

    #[test]
    fn what_names_a_folder_takes_all_in_it() {
        let base = Path::new("/nowhere");
        for pattern in [
            "vendor",
            "vendor/",
            "./vendor",
            "/vendor",
            "./vendor/**",
            "vendor/.",
            "a/../vendor",
            "vend*",
            "vendor/*",
        ] {
            for path in ["vendor/scope.toml", "vendor/a/b/scope.toml"] {
                assert!(taken(base, pattern, path), "{pattern} takes {path}");
            }
            for path in ["scope.toml", "a/vendor/scope.toml", "other/vendor"] {
                assert!(!taken(base, pattern, path), "{pattern} does not take {path}");
            }
        }
        for pattern in ["", ".", "./", "/", "**", "a/.."] {
            assert!(taken(base, pattern, "any/where"), "{pattern}");
        }
        for pattern in ["../vendor", "a/../../vendor"] {
            assert!(!taken(base, pattern, "vendor/scope.toml"), "{pattern} lies outside");
        }
    }

    #[test]
    fn leading_parts_that_exist_are_names() -> std::io::Result<()> {
        let base = tempfile::tempdir()?;
        for folder in ["[2026] Q1/sub", "a{b,c}", "what?", "st*r", "2"] {
            std::fs::create_dir_all(base.path().join(folder))?;
        }
        let base = base.path();
        for (pattern, path) in [
            ("[2026] Q1/*.md", "[2026] Q1/x.md"),
            ("[2026] Q1", "[2026] Q1/sub/x.md"),
            ("./a{b,c}/**", "a{b,c}/x"),
            ("what?/*", "what?/x"),
            ("/st*r", "st*r/x"),
            ("[2]/*", "2/x"),
        ] {
            assert!(taken(base, pattern, path), "{pattern} takes {path}");
        }
        for (pattern, path) in [
            ("[2026] Q1/*.md", "2 Q1/x.md"),
            ("st*r/*", "star/x"),
            ("what?/x", "whatt/x"),
            ("a{b,c}", "ab"),
        ] {
            assert!(!taken(base, pattern, path), "{pattern} does not take {path}");
        }
        let fixed = Pattern::new(Base::on_disk(base), "[2026] Q1/sub/*.md").map(|pattern| pattern.fixed().to_owned());
        assert_eq!(fixed, Ok(PathBuf::from("[2026] Q1/sub")));
        Ok(())
    }

    #[test]
    fn what_can_never_be_right_is_said_with_the_right_form() {
        for (wrong, right) in [
            ("!src/**", "./!src/**"),
            ("src\\**", "\"src/**\""),
            ("a\\b\\c", "\"a/b/c\""),
            ("\\[2026\\] Q1", "\"[[]2026[]] Q1\""),
            ("a\\\\b", "\"a/b\""),
            ("really\\?", "\"really[?]\""),
        ] {
            let help = check(wrong).err().and_then(|fault| fault.help()).unwrap_or_default();
            assert!(help.contains(right), "{wrong}: {help}");
        }
        for wrong in ["a[", "{a", "a}", "[z-a]"] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
        for right in ["a!", "./!a", "[!a]b", "{a/b,c}/**", "a b", "é/*"] {
            assert!(check(right).is_ok(), "{right}");
        }
    }
}
