//! Writing to the terminal and to files.

use super::estate::Opened;
use crate::fix::Mended;
use crate::render::safe;
use crate::source::Source;
use crate::workspace;
use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Prints to standard output. A reader that has gone away (`| head`) is no error.
pub fn print(text: &str) -> Result<(), String> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write to standard output: {error}")),
        _ => Ok(()),
    }
}

/// Prints a patch, byte for byte unless somebody reads it on a terminal.
pub fn print_patch(patch: &str) -> Result<(), String> {
    match std::io::stdout().is_terminal() && !patch.is_empty() {
        true => print(&(safe::lines(patch) + "\n")),
        false => print(patch),
    }
}

/// Says on standard error why a run cannot be trusted.
pub fn complain(message: &str) {
    let _ = writeln!(std::io::stderr(), "soclint: {}", safe::lines(message));
}

/// Says on standard error what a run could make nothing of.
pub fn warn(message: &str) {
    complain(&format!("warning: {message}"));
}

/// Says on standard error what may have been meant.
pub fn hint(message: &str) {
    let _ = writeln!(std::io::stderr(), "\n  tip: {}", safe::lines(message));
}

/// Prints what clap says: help on standard output, what is wrong with the usage on standard error.
pub fn usage(error: &clap::Error) {
    if error.use_stderr() {
        let _ = writeln!(std::io::stderr(), "{}", safe::lines(&error.render().to_string()));
    } else {
        let _ = error.print();
    }
}

/// Writes a file whole or not at all: to a neighbour first, which then takes its place.
pub fn write_file(path: &Path, text: &str) -> Result<(), String> {
    write_as(path, text, None)
}

fn write_as(path: &Path, text: &str, like: Option<&Metadata>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file());
    let (Some(name), false) = (path.file_name(), is_special) else {
        return std::fs::write(path, text).map_err(failed);
    };
    let (neighbour, file) = neighbour(path, name).map_err(failed)?;
    let written = write_synced(file, text, like).and_then(|()| std::fs::rename(&neighbour, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&neighbour);
        failed(error)
    })
}

/// Writes a file that is not there yet, whole or not at all. What is there stays as it is.
pub fn write_new(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    let (neighbour, mut file) = neighbour(path, path.file_name().unwrap_or_default()).map_err(failed)?;
    let filled = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if let Err(error) = filled {
        let _ = std::fs::remove_file(&neighbour);
        return Err(failed(error));
    }
    // Unlike a rename, a link never takes another file's place.
    let mut written = std::fs::hard_link(&neighbour, path);
    if written
        .as_ref()
        .is_err_and(|error| error.kind() != ErrorKind::AlreadyExists)
    {
        // Not every file system has links.
        let created = std::fs::File::create_new(path);
        written = created.and_then(|mut file| file.write_all(text.as_bytes()));
    }
    let _ = std::fs::remove_file(&neighbour);
    written.map_err(failed)
}

/// A new file beside another; what is there by any name is neither followed nor written over.
fn neighbour(path: &Path, name: &OsStr) -> std::io::Result<(PathBuf, File)> {
    // As much of the name as leaves room for what is added to it.
    let name: String = name.to_string_lossy().chars().take(32).collect();
    let mut tries = 0;
    loop {
        let neighbour = path.with_file_name(format!(".{name}.{}-{tries}.tmp", std::process::id()));
        match File::options().write(true).create_new(true).open(&neighbour) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && tries < 100 => tries += 1,
            opened => return Ok((neighbour, opened?)),
        }
    }
}

/// On the disk before it takes the other's place, so that a power cut leaves one of the two.
fn write_synced(mut file: File, text: &str, like: Option<&Metadata>) -> std::io::Result<()> {
    if let Some(like) = like {
        // Only root can give a file away; for others it is theirs already.
        #[cfg(unix)]
        let _ = {
            use std::os::unix::fs::MetadataExt;
            std::os::unix::fs::fchown(&file, Some(like.uid()), Some(like.gid()))
        };
        file.set_permissions(like.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Writes mended files, each whole or not at all. A file that is not as it was read is left alone.
pub fn write_mended(mended: &[Mended], opened: &Opened<'_, '_>) -> Result<(), String> {
    for one in mended {
        write_one(&opened.root.dir, opened.sources.get(one.file), &one.text).map_err(|why| match mended.len() {
            1 => why,
            _ => format!("{why}; it and what comes after it by path is not mended"),
        })?;
    }
    Ok(())
}

fn write_one(root: &Path, source: &Source, text: &str) -> Result<(), String> {
    let failed = |why: &str| format!("cannot mend {}: {why}", source.path);
    // What a link leads to is mended, and the link stays.
    let path = match &source.file {
        Some(file) => file.to_path_buf(),
        None => root.join(&source.path),
    };
    let path = path.canonicalize().map_err(|error| failed(&error.to_string()))?;
    if !path.starts_with(root) {
        return Err(failed("its link leads outside the estate's root"));
    }
    let metadata = path.metadata().map_err(|error| failed(&error.to_string()))?;
    if metadata.permissions().readonly() {
        return Err(failed("it is read-only"));
    }
    let now = workspace::read_bytes(&path).map_err(|why| failed(&why))?;
    if now != source.text.as_bytes() {
        return Err(failed("it changed while it was checked"));
    }
    write_as(&path, text, Some(&metadata))
}

/// Says on standard error what was mended.
pub fn say_mended(findings: usize, files: usize) {
    let plural = |n: usize, word: &str| {
        if n == 1 {
            format!("1 {word}")
        } else {
            format!("{n} {word}s")
        }
    };
    let said = match findings {
        0 => "nothing to mend".to_owned(),
        _ => format!("mended {} in {}", plural(findings, "finding"), plural(files, "file")),
    };
    let _ = writeln!(std::io::stderr(), "soclint: {said}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_is_as_it_was_read_is_written_over() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let dir = root.path().canonicalize()?;
        let path = dir.join("scope.toml");
        std::fs::write(&path, "as it was read")?;
        let source = Source::new("scope.toml".to_owned(), "as it was read".to_owned());
        assert_eq!(write_one(&dir, &source, "mended"), Ok(()));
        assert_eq!(std::fs::read_to_string(&path)?, "mended");

        std::fs::write(&path, "somebody else wrote this")?;
        let refused = write_one(&dir, &source, "mended");
        assert!(refused.is_err_and(|why| why.contains("changed while it was checked")));
        assert_eq!(std::fs::read_to_string(&path)?, "somebody else wrote this");

        std::fs::remove_file(&path)?;
        assert!(write_one(&dir, &source, "mended").is_err());
        assert!(!path.exists(), "what was taken away does not come back");
        assert_eq!(std::fs::read_dir(&dir)?.count(), 0, "nothing is left behind");
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_now_leads_outside_is_not_followed() -> Result<(), Box<dyn std::error::Error>> {
        let (root, outside) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let target = outside.path().join("x.toml");
        std::fs::write(&target, "as it was read")?;
        let dir = root.path().canonicalize()?;
        std::os::unix::fs::symlink(&target, dir.join("scope.toml"))?;
        let source = Source::new("scope.toml".to_owned(), "as it was read".to_owned());
        assert!(write_one(&dir, &source, "mended").is_err());
        assert_eq!(std::fs::read_to_string(&target)?, "as it was read");
        Ok(())
    }
}
