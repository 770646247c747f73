//! Which files are manifests by their names, and which only look like it.

use super::files::Base;
use super::pattern::{Pattern, PatternFault, Patterns, build};
use super::reach::Reach;
use super::root::FILE_NAMES;
use globset::{GlobSet, GlobSetBuilder};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub const DEFAULT_INCLUDE: [&str; 2] = ["**/scope.toml", "**/*.scope.toml"];

/// What a name says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    Manifest,
    /// A manifest that the config's `exclude` keeps out, by which of its patterns.
    Excluded(usize),
    Config,
    /// A reader may take it for a manifest or a config.
    LookAlike,
    Other,
}

/// What the config asks for.
#[derive(Debug)]
pub struct Wanted {
    pub root: PathBuf,
    by_default_names: bool,
    include: GlobSet,
    include_globs: Vec<Vec<String>>,
    reach: Reach,
    exclude: Patterns,
    /// Which patterns of `exclude` kept something out.
    excluding: Vec<AtomicBool>,
    /// How many folders and manifests `exclude` kept out.
    excluded: AtomicUsize,
}

/// Whether a path is that of a manifest, by what a config includes and excludes.
pub fn names_manifest(
    base: Base<'_>,
    (include, exclude): (&[String], &[String]),
    path: &Path,
) -> Result<bool, PatternFault> {
    Ok(Wanted::new(base, include, exclude)?.takes(path))
}

impl Wanted {
    pub fn new(base: Base<'_>, include: &[String], exclude: &[String]) -> Result<Self, PatternFault> {
        let stated = include.iter().map(|text| {
            let pattern = Pattern::new(base, text)?;
            Ok(pattern.globs_of(base, &DEFAULT_INCLUDE))
        });
        let include_globs: Vec<Vec<String>> = stated.collect::<Result<_, PatternFault>>()?;
        let by_default_names = include.is_empty();
        let globs: Vec<&str> = if by_default_names {
            DEFAULT_INCLUDE.to_vec()
        } else {
            include_globs.iter().flatten().map(String::as_str).collect()
        };
        Ok(Self {
            root: base.dir.to_owned(),
            by_default_names,
            // The default names are known without patterns.
            include: if by_default_names {
                GlobSet::empty()
            } else {
                set(&globs)?
            },
            reach: Reach::of(&globs),
            include_globs,
            exclude: Patterns::new(Some(base), exclude)?,
            excluding: exclude.iter().map(|_| AtomicBool::new(false)).collect(),
            excluded: AtomicUsize::new(0),
        })
    }

    /// What the name of a file says of it.
    pub fn named(&self, folder: &Path, name: &[u8]) -> Named {
        if self.by_default_names {
            // Almost every file is passed over by its last byte.
            if !matches!(name.last(), Some(b'l' | b'n' | b't' | b'L' | b'N' | b'T')) {
                return Named::Other;
            }
            if !is_manifest_by_default(name) {
                return resemblance(name);
            }
        } else if !self.includes(folder, name) || FILE_NAMES.iter().any(|config| name == config.as_bytes()) {
            // What `include` does not name is kept out on purpose.
            return Some(resemblance(name))
                .filter(|_| !is_manifest_by_default(name))
                .unwrap_or(Named::Other);
        }
        match self.exclusion(&folder.join(os(name))) {
            Some(by) => Named::Excluded(by),
            None => Named::Manifest,
        }
    }

    fn includes(&self, folder: &Path, name: &[u8]) -> bool {
        folder
            .strip_prefix(&self.root)
            .is_ok_and(|folder| self.include.is_match(folder.join(os(name))))
    }

    /// Whether a path names a manifest that is not excluded.
    pub fn takes(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.as_encoded_bytes()).unwrap_or_default();
        path.parent()
            .is_some_and(|folder| self.named(folder, name) == Named::Manifest)
    }

    /// Whether the patterns name the same files as those of another do.
    pub fn means_the_same(&self, other: &Self) -> bool {
        self.include_globs == other.include_globs && self.exclude.globs() == other.exclude.globs()
    }

    /// Whether a name may be that of a manifest, wherever it stands.
    pub fn may_take(&self, path: &[u8]) -> bool {
        !self.by_default_names || path.ends_with(b"scope.toml")
    }

    /// The pattern that keeps a path out.
    pub fn exclusion(&self, path: &Path) -> Option<usize> {
        if self.exclude.is_empty() {
            return None;
        }
        let relative = path.strip_prefix(&self.root).ok()?;
        if !self.exclude.take(relative) {
            return None;
        }
        let taking = self.exclude.taking(relative);
        for at in &taking {
            self.excluding[*at].store(true, Ordering::Relaxed);
        }
        taking.first().copied()
    }

    /// Whether `include` can lead into a folder.
    pub fn reaches(&self, folder: &Path) -> bool {
        folder
            .strip_prefix(&self.root)
            .is_ok_and(|relative| self.reach.leads_into(relative))
    }

    /// Counts a folder or a manifest that `exclude` kept out.
    pub fn count_excluded(&self) {
        self.excluded.fetch_add(1, Ordering::Relaxed);
    }

    /// How many folders and manifests `exclude` kept out.
    pub fn excluded(&self) -> usize {
        self.excluded.load(Ordering::Relaxed)
    }

    /// The patterns of `exclude` that kept nothing out.
    pub fn idle_excludes(&self) -> impl Iterator<Item = usize> {
        let idle = self.excluding.iter().enumerate();
        idle.filter(|(_, used)| !used.load(Ordering::Relaxed)).map(|(at, _)| at)
    }

    /// The patterns of `include` that name none of these.
    pub fn idle_includes(&self, manifests: &[&Path]) -> Vec<usize> {
        let is_idle = |globs: &Vec<String>| {
            let Ok(set) = set(globs) else { return false };
            let mut relative = manifests.iter().filter_map(|path| path.strip_prefix(&self.root).ok());
            !relative.any(|path| set.is_match(path))
        };
        let idle = self.include_globs.iter().enumerate();
        idle.filter(|(_, globs)| is_idle(globs)).map(|(at, _)| at).collect()
    }
}

fn set<S: AsRef<str>>(globs: &[S]) -> Result<GlobSet, PatternFault> {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(build(glob.as_ref()).map_err(PatternFault::TooMuch)?);
    }
    set.build().map_err(PatternFault::TooMuch)
}

pub(super) fn os(name: &[u8]) -> &std::ffi::OsStr {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStrExt::from_bytes(name);
    // Names come from the system, or are text.
    #[cfg(not(unix))]
    std::ffi::OsStr::new(std::str::from_utf8(name).unwrap_or_default())
}

fn is_manifest_by_default(name: &[u8]) -> bool {
    name.strip_suffix(b"scope.toml")
        .is_some_and(|before| before.is_empty() || before.ends_with(b"."))
}

/// Endings that people give to files of settings.
const ENDINGS: [&[u8]; 9] = [
    b".toml.txt",
    b".toml",
    b".tml",
    b".tolm",
    b".yaml",
    b".yml",
    b".json",
    b".jsonl",
    b".hcl",
];

/// Whether a name that is none of a manifest looks like one: in other letters, with another ending, in the plural.
fn resemblance(name: &[u8]) -> Named {
    if FILE_NAMES.iter().any(|config| name == config.as_bytes()) {
        return Named::Config;
    }
    let lower = name.to_ascii_lowercase();
    let Some(stem) = ENDINGS.iter().find_map(|ending| lower.strip_suffix(*ending)) else {
        return Named::Other;
    };
    let stem = stem.strip_suffix(b".toml").unwrap_or(stem);
    let last = stem.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    match last {
        b"scope" | b"scopes" => Named::LookAlike,
        b"soclint" if stem == b"soclint" || stem == b".soclint" => Named::LookAlike,
        _ => Named::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_told_from_manifests_and_from_others() -> Result<(), PatternFault> {
        let wanted = Wanted::new(Base::on_disk(Path::new("/estate")), &[], &[])?;
        let named = |name: &str| wanted.named(Path::new("/estate/a"), name.as_bytes());
        for name in ["scope.toml", "pay.scope.toml", ".scope.toml", "a.b.scope.toml"] {
            assert_eq!(named(name), Named::Manifest, "{name}");
        }
        for name in [
            "Scope.toml",
            "SCOPE.TOML",
            "pay.scope.TOML",
            "pay.Scope.toml",
            "scopes.toml",
            "pay.scopes.toml",
            "scope.tml",
            "scope.yaml",
            "scope.yml",
            "pay.scope.json",
            "scope.toml.json",
            "scope.toml.txt",
            "Soclint.toml",
            "soclint.yaml",
            ".soclint.yml",
        ] {
            assert_eq!(named(name), Named::LookAlike, "{name}");
        }
        for name in [
            "microscope.toml",
            "scope",
            "scope.txt",
            "scope.rs",
            "telescope.yaml",
            "scope.toml~",
            "soclint-baseline.toml",
            "my.soclint.toml",
            "scoped.toml",
            "toml",
            "l",
            "package.json",
            "x.scope.toml.orig",
        ] {
            assert_eq!(named(name), Named::Other, "{name}");
        }
        assert_eq!(named("soclint.toml"), Named::Config);
        assert_eq!(named(".soclint.toml"), Named::Config);
        Ok(())
    }
}
