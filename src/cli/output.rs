//! Writing to the terminal and to files.

use crate::render::safe;
use std::io::{ErrorKind, Write};
use std::path::Path;

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
    let mut neighbour = std::ffi::OsString::from(".");
    neighbour.push(name);
    neighbour.push(format!(".{}.tmp", std::process::id()));
    let neighbour = path.with_file_name(neighbour);
    let written = std::fs::write(&neighbour, text).and_then(|()| std::fs::rename(&neighbour, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&neighbour);
        failed(error)
    })
}
