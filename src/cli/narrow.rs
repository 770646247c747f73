//! Paths on the command line: which manifests they mean, and which of them mean none.

use super::failure::Usage;
use crate::model::list_words;
use crate::source::{FileId, Sources};
use crate::workspace::{self, PatternFault, Patterns, Root, normalized, relative};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// So many are named in one warning.
const MAX_NAMED: usize = 3;

/// What the named paths mean.
#[derive(Default)]
pub struct Narrowed {
    pub files: BTreeSet<FileId>,
    pub warnings: Vec<String>,
    /// Those that mean no manifest, as they were written.
    pub idle: Vec<String>,
}

#[derive(Default)]
struct Sorted {
    outside: Vec<String>,
    gone: Vec<String>,
    not_checked_out: Vec<(String, String)>,
    configs: Vec<String>,
    unrelated: Vec<String>,
    wrong: Vec<String>,
}

/// Finds the manifests that the paths mean. Paths that mean none are warned of; if no path means any, that is an error.
pub fn narrow(root: &Root, working: &Path, sources: &Sources, paths: &[PathBuf]) -> Result<Narrowed, Usage> {
    let mut narrowed = Narrowed::default();
    let mut sorted = Sorted::default();
    for path in paths {
        let shown = path.display().to_string();
        let files = named(root, working, sources, path);
        match files {
            Ok(files) if !files.is_empty() => {
                narrowed.files.extend(files);
                continue;
            }
            Ok(_) => sorted.put(root, working, path, shown.clone()),
            Err(why) => sorted.wrong.push(why.to_string()),
        }
        narrowed.idle.push(shown);
    }
    let warnings = sorted.warnings(root);
    if narrowed.files.is_empty() {
        return Err(Usage::NoPath(warnings));
    }
    narrowed.warnings = warnings;
    Ok(narrowed)
}

/// The manifests that a path means: itself, those in the folder, or those that match it.
fn named(root: &Root, working: &Path, sources: &Sources, path: &Path) -> Result<Vec<FileId>, PatternFault> {
    let whole = working.join(path);
    let by_text = normalized(&whole).and_then(|whole| relative(&root.dir, &whole));
    if whole.symlink_metadata().is_ok() {
        let real = whole.canonicalize().ok().and_then(|whole| relative(&root.dir, &whole));
        let mut files: Vec<FileId> = [by_text, real]
            .into_iter()
            .flatten()
            .flat_map(|path| under(sources, &path))
            .collect();
        files.sort_unstable();
        files.dedup();
        return Ok(files);
    }
    match (by_text, path.to_str()) {
        (Some(text), Some(written)) if workspace::pattern::is_special(written) => {
            let patterns = Patterns::new(Some(root.base()), &[text])?;
            let all = sources.iter().chain(sources.shown());
            let taken = all.filter(|(_, source)| patterns.take(&source.path));
            Ok(taken.map(|(file, _)| file).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// Sources are in the order of their paths.
fn under(sources: &Sources, path: &str) -> Vec<FileId> {
    let shown = sources.shown().filter(|(_, source)| {
        let inside = source.path.strip_prefix(path);
        inside.is_some_and(|rest| path.is_empty() || rest.is_empty() || rest.starts_with('/'))
    });
    let shown = shown.map(|(file, _)| file);
    let all = sources.as_slice();
    let range = |from: &str, to: &str| {
        let at = |bound: &str| all.partition_point(|source| source.path.as_str() < bound);
        at(from)..at(to)
    };
    let inside = match path {
        "" => 0..all.len(),
        path => range(&format!("{path}/"), &format!("{path}0")),
    };
    let itself = range(path, &format!("{path}\0"));
    itself.chain(inside).map(FileId::at).chain(shown).collect()
}

impl Sorted {
    fn put(&mut self, root: &Root, working: &Path, path: &Path, shown: String) {
        let whole = working.join(path);
        let by_text = normalized(&whole).unwrap_or_else(|| whole.clone());
        let real = whole.canonicalize().unwrap_or_else(|_| by_text.clone());
        if !real.starts_with(&root.dir) && !by_text.starts_with(&root.dir) {
            self.outside.push(shown);
        } else if let Some(absence) = root.index.is_absent_by_choice(&by_text) {
            self.not_checked_out.push((shown, absence.command));
        } else if whole.symlink_metadata().is_err() && !workspace::pattern::is_special(&shown) {
            self.gone.push(shown);
        } else if root.config.as_ref() == Some(&real) || root.config.as_ref() == Some(&by_text) {
            self.configs.push(shown);
        } else {
            self.unrelated.push(shown);
        }
    }

    fn warnings(self, root: &Root) -> Vec<String> {
        let mut warnings = self.wrong;
        if let Some(names) = listed(&self.outside) {
            warnings.push(format!(
                "{names} {} outside the estate's root {}; choose another root with --root",
                if self.outside.len() == 1 { "lies" } else { "lie" },
                root.dir.display()
            ));
        }
        for (name, command) in self.not_checked_out {
            warnings.push(format!("{name} is not checked out; `{command}` does it"));
        }
        if let Some(names) = listed(&self.gone) {
            warnings.push(format!("{names}: there is no such file or folder"));
        }
        if let Some(names) = listed(&self.configs) {
            warnings.push(format!(
                "{names} is the config, not a manifest; run without paths to see what it changes"
            ));
        }
        if let Some(names) = listed(&self.unrelated) {
            warnings.push(format!(
                "{names} {} no manifest that belongs to the estate",
                if self.unrelated.len() == 1 { "holds" } else { "hold" }
            ));
        }
        warnings
    }
}

fn listed(names: &[String]) -> Option<String> {
    let mut shown: Vec<String> = names.iter().take(MAX_NAMED).cloned().collect();
    if names.len() > MAX_NAMED {
        shown.push(format!("{} more", names.len() - MAX_NAMED));
    }
    (!shown.is_empty()).then(|| list_words(&shown, "and"))
}
