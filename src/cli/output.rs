//! Writing to the terminal and to files.

use crate::render::safe;
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
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file());
    let (Some(name), false) = (path.file_name(), is_special) else {
        return std::fs::write(path, text).map_err(failed);
    };
    let neighbour = neighbour(path, name);
    let written = std::fs::write(&neighbour, text).and_then(|()| std::fs::rename(&neighbour, path));
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
    created
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(failed)?;
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
