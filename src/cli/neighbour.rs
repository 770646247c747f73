//! New files beside others, whose place they take when all is written.

use crate::render::buffered;
use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A new file beside another, on the disk with all that `write` writes; it may be asked twice.
pub fn written_neighbour(
    path: &Path,
    name: &OsStr,
    like: Option<&Metadata>,
    write: impl Fn(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<PathBuf> {
    #[cfg(target_os = "linux")]
    if let Some(file) = nameless(path) {
        write_synced(&file, like, &write)?;
        if let Some(neighbour) = named(&file, path, name) {
            return Ok(neighbour);
        }
    }
    let (neighbour, file) = neighbour(path, name)?;
    write_synced(&file, like, &write).inspect_err(|_| {
        let _ = std::fs::remove_file(&neighbour);
    })?;
    Ok(neighbour)
}

/// A file without a name while it is being written: nothing is left of it when the run is killed. Not every file system
/// has such files.
#[cfg(target_os = "linux")]
fn nameless(path: &Path) -> Option<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut options = File::options();
    options.write(true).custom_flags(OFlags::TMPFILE.bits().cast_signed());
    options.open(folder.unwrap_or(Path::new("."))).ok()
}

#[cfg(target_os = "linux")]
fn named(file: &File, path: &Path, name: &OsStr) -> Option<PathBuf> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd;
    let own = format!("/proc/self/fd/{}", file.as_raw_fd());
    for neighbour in neighbours(path, name) {
        match linkat(CWD, own.as_str(), CWD, &neighbour, AtFlags::SYMLINK_FOLLOW) {
            Err(rustix::io::Errno::EXIST) => {}
            linked => return linked.ok().map(|()| neighbour),
        }
    }
    None
}

/// A new file beside another; what is there by any name is neither followed nor written over.
pub fn neighbour(path: &Path, name: &OsStr) -> std::io::Result<(PathBuf, File)> {
    sweep(path, name);
    for neighbour in neighbours(path, name) {
        match File::options().write(true).create_new(true).open(&neighbour) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            opened => return Ok((neighbour, opened?)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn neighbours(path: &Path, name: &OsStr) -> impl Iterator<Item = PathBuf> {
    let begins = beginning(name);
    (0..100).map(move |at| path.with_file_name(format!("{begins}{}-{at}.tmp", std::process::id())))
}

/// How the neighbours of a file are called: as much of its name as leaves room for what is added to it.
fn beginning(name: &OsStr) -> String {
    let name: String = name.to_string_lossy().chars().take(32).collect();
    format!(".{name}.")
}

/// No run takes so long from making a neighbour to naming it.
const ABANDONED: Duration = Duration::from_secs(600);

/// Takes away the neighbours of a file that runs which were killed have left.
fn sweep(path: &Path, name: &OsStr) {
    let begins = beginning(name);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_own = |name: &OsStr| {
        let name = name.to_str().and_then(|name| name.strip_prefix(&begins));
        let numbers = name.and_then(|rest| rest.strip_suffix(".tmp")?.split_once('-'));
        numbers.is_some_and(|(process, at)| is_number(process) && is_number(at))
    };
    let is_abandoned = |there: Metadata| {
        let age = there.modified().ok().and_then(|modified| modified.elapsed().ok());
        there.is_file() && age.is_some_and(|age| age > ABANDONED)
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new(".")));
    for entry in entries.into_iter().flatten().flatten() {
        if is_own(&entry.file_name()) && entry.path().symlink_metadata().is_ok_and(is_abandoned) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// On the disk before it takes the other's place, so that a power cut leaves one of the two.
fn write_synced(
    file: &File,
    like: Option<&Metadata>,
    write: impl Fn(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<()> {
    if let Some(like) = like {
        // Only root can give a file away; for others it is theirs already.
        #[cfg(unix)]
        let _ = {
            use std::os::unix::fs::MetadataExt;
            std::os::unix::fs::fchown(file, Some(like.uid()), Some(like.gid()))
        };
        file.set_permissions(like.permissions())?;
    }
    buffered(file, write)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_taken_away_and_nothing_else() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let path = root.path().join("scope.toml");
        let old = std::time::SystemTime::now() - ABANDONED * 2;
        let make = |name: &str, is_old: bool| -> std::io::Result<()> {
            let file = File::create(root.path().join(name))?;
            if is_old { file.set_modified(old) } else { Ok(()) }
        };
        make(".scope.toml.123-0.tmp", true)?;
        let kept = [
            ".scope.toml.124-0.tmp",
            ".scope.toml.x-0.tmp",
            ".other.toml.123-0.tmp",
            "scope.toml.123-0.tmp",
        ];
        for (at, name) in kept.iter().enumerate() {
            make(name, at > 0)?;
        }
        let (own, _) = neighbour(&path, OsStr::new("scope.toml"))?;
        assert!(!root.path().join(".scope.toml.123-0.tmp").exists());
        assert!(kept.iter().all(|name| root.path().join(name).exists()) && own.exists());
        Ok(())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn nothing_has_a_name_before_it_is_whole() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let path = root.path().join("scope.toml");
        let Some(file) = nameless(&path) else {
            return Err("this file system has no files without a name".into());
        };
        write_synced(&file, None, |out| out.write_all(b"whole"))?;
        assert_eq!(std::fs::read_dir(root.path())?.count(), 0);
        let neighbour = named(&file, &path, OsStr::new("scope.toml")).ok_or("it has no name")?;
        assert_eq!(std::fs::read_to_string(neighbour)?, "whole");
        Ok(())
    }
}
