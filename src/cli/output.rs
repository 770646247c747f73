//! Writing to the terminal and to files.

use super::estate::Opened;
use crate::fix::Mended;
use crate::render::safe;
use crate::workspace;
use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Prints to standard output. A reader that has gone away (`| head`) is no error.
pub fn print(text: &str) -> Result<(), String> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write to standard output: {error}")),
        _ => Ok(()),
    }
}

/// Says on standard error why a run cannot be trusted.
pub fn complain(message: &str) {
    let _ = writeln!(std::io::stderr(), "soclint: {}", safe::lines(message));
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

fn write_as(path: &Path, text: &str, permissions: Option<std::fs::Permissions>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file());
    let (Some(name), false) = (path.file_name(), is_special) else {
        return std::fs::write(path, text).map_err(failed);
    };
    let neighbour = neighbour(path, name);
    let written = write_synced(&neighbour, text, permissions).and_then(|()| std::fs::rename(&neighbour, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&neighbour);
        failed(error)
    })
}

/// Writes a file that is not there yet, whole or not at all. What is there stays as it is.
pub fn write_new(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    let neighbour = neighbour(path, path.file_name().unwrap_or_default());
    let created = std::fs::File::create_new(&neighbour);
    let filled = created.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    filled.map_err(failed)?;
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

/// A hidden file beside `path` that no other run writes to.
fn neighbour(path: &Path, name: &OsStr) -> PathBuf {
    let mut neighbour = OsString::from(".");
    neighbour.push(name);
    neighbour.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(neighbour)
}

/// On the disk before it takes the other's place, so that a power cut leaves one of the two.
fn write_synced(path: &Path, text: &str, permissions: Option<std::fs::Permissions>) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

/// Writes mended files, each whole or not at all. A file that is not as it was read is left alone.
pub fn write_mended(mended: &[Mended], opened: &Opened<'_, '_>) -> Result<(), String> {
    for one in mended {
        let source = opened.sources.get(one.file);
        let named = opened.root.dir.join(&source.path);
        // What a link leads to is mended, and the link stays.
        let path = named.canonicalize().unwrap_or(named);
        let now = workspace::read_bytes(&path).map_err(|why| format!("cannot mend {}: {why}", source.path))?;
        if now != source.text.as_bytes() {
            return Err(format!(
                "{} changed while it was checked; nothing more was mended",
                source.path
            ));
        }
        let permissions = path.metadata().map(|metadata| metadata.permissions()).ok();
        write_as(&path, &one.text, permissions)?;
    }
    Ok(())
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
