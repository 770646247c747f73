//! Writing to the terminal and to files.

use super::estate::Opened;
use crate::fix::Mended;
use crate::render::safe;
use crate::workspace;
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
    write_as(path, text, None)
}

fn write_as(path: &Path, text: &str, permissions: Option<std::fs::Permissions>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file());
    let (Some(name), false) = (path.file_name(), is_special) else {
        return std::fs::write(path, text).map_err(failed);
    };
    let mut neighbour = std::ffi::OsString::from(".");
    neighbour.push(name);
    neighbour.push(format!(".{}.tmp", std::process::id()));
    let neighbour = path.with_file_name(neighbour);
    let written = write_synced(&neighbour, text, permissions).and_then(|()| std::fs::rename(&neighbour, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&neighbour);
        failed(error)
    })
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
