//! Whether a file may be written: one that is overwritten by mistake is lost.

use super::args::CheckArgs;
use super::estate::Opened;
use super::failure::{OutputError, Refusal};
use crate::session::Session;
use crate::workspace::FILE_NAMES;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// Refuses outputs that would take the place of what the run reads, or of each other.
pub fn check_all(args: &CheckArgs, opened: &Opened) -> Result<(), OutputError> {
    let baseline = args.baseline.as_ref().map(|file| resolved(&opened.working.join(file)));
    let mut seen: Vec<PathBuf> = Vec::new();
    for (_, file) in &args.output {
        let path = opened.working.join(file);
        check(&path, opened)?;
        let resolved = resolved(&path);
        if baseline.as_ref() == Some(&resolved) {
            return refused(file, Refusal::OwnBaseline);
        }
        // A terminal or a pipe takes any number of them, one after the other.
        if !is_stream(&path) && seen.contains(&resolved) {
            return refused(file, Refusal::TwoOutputs);
        }
        seen.push(resolved);
    }
    Ok(())
}

fn refused(path: &Path, why: Refusal) -> Result<(), OutputError> {
    let path = path.to_owned();
    Err(OutputError::Refused { path, why })
}

/// Refuses to write over a manifest, a config, a file that shows something, what is git's, and what is read-only.
pub fn check(path: &Path, session: &Session) -> Result<(), OutputError> {
    let target = resolved(path);
    let name = target.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_git = |part: &std::ffi::OsStr| part.eq_ignore_ascii_case(".git");
    if target.components().any(|part| is_git(part.as_os_str())) {
        return refused(path, Refusal::Git);
    }
    let is_read = |path: &str| resolved(&session.root().dir.join(path)) == target;
    let (sources, configs) = (session.sources().as_slice(), session.sources().configs());
    if FILE_NAMES.contains(&name.as_str()) || configs.iter().any(|config| is_read(&config.path)) {
        return refused(path, Refusal::Config);
    }
    // Names first: of many manifests, few are looked for on the disk.
    let has_name = |path: &str| path.rsplit('/').next().is_some_and(|last| last.to_lowercase() == name);
    let is_manifest = || {
        sources
            .iter()
            .any(|source| has_name(&source.path) && is_read(&source.path))
    };
    if name == "scope.toml" || name.ends_with(".scope.toml") || is_manifest() {
        return refused(path, Refusal::Manifest);
    }
    let mut shown = session.sources().shown();
    if shown.any(|(_, source)| has_name(&source.path) && is_read(&source.path)) {
        return refused(path, Refusal::Source);
    }
    if path.starts_with(&session.root().dir) && !target.starts_with(&session.root().dir) && !is_stream(path) {
        return refused(path, Refusal::LinkOut);
    }
    refuse_link(path)?;
    match path.symlink_metadata() {
        Ok(there) if there.is_dir() => refused(path, Refusal::Folder),
        Ok(there) if there.is_file() && there.permissions().readonly() => refused(path, Refusal::ReadOnly),
        _ => Ok(()),
    }
}

/// Refuses a link in the place of a file: its author would decide what is written to, and a pull request can add one.
pub fn refuse_link(path: &Path) -> Result<(), OutputError> {
    let is_link = path.symlink_metadata().is_ok_and(|there| there.is_symlink());
    if is_link && !is_stream(path) {
        refused(path, Refusal::Link)
    } else {
        Ok(())
    }
}

/// A path whose folder is free of links.
fn resolved(path: &Path) -> PathBuf {
    let (folder, name) = (path.parent(), path.file_name());
    let (Some(folder), Some(name)) = (folder, name) else {
        return path.to_owned();
    };
    match folder.canonicalize() {
        Ok(folder) => folder.join(name),
        Err(_) => path.to_owned(),
    }
}

/// Whether a path is not a file but a way to somewhere else: a terminal, a pipe, a device. Among the system's own such a way
/// may be a link, as `/dev/stdout` is, and may lead to a file that another program opened.
pub fn is_stream(path: &Path) -> bool {
    let is_device = |folder: &Path| folder == Path::new("/dev") || folder.starts_with("/proc");
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    let is_way = |there: Metadata| !(there.is_file() || there.is_symlink() || there.is_dir());
    folder.is_some_and(|folder| is_device(&folder)) || path.symlink_metadata().is_ok_and(is_way)
}

/// The file at a path, if what is written there takes its place and its mode.
pub fn to_replace(path: &Path) -> Option<Metadata> {
    path.symlink_metadata().ok().filter(Metadata::is_file)
}
