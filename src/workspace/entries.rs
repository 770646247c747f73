//! What is in a folder of the disk, in no order.

use super::files::Kind;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

/// Gives each entry of a folder. What could not be read of it is given as an error.
#[cfg(target_os = "linux")]
pub fn for_each(folder: &Path, mut take: impl FnMut(io::Result<(&OsStr, Kind)>)) -> io::Result<()> {
    use rustix::fs::{AtFlags, FileType, Mode, OFlags, RawDir, open, statat};
    use rustix::io::Errno;
    use std::mem::MaybeUninit;
    use std::os::unix::ffi::OsStrExt;

    let kind = |of: FileType| match of {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Odd,
    };
    // The standard library makes two allocations for each entry, most of which are passed over by name. That is a tenth of
    // a walk.
    let folder = open(
        folder,
        OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC,
        Mode::empty(),
    )?;
    let mut buffer = [const { MaybeUninit::uninit() }; 32 * 1024];
    let mut entries = RawDir::new(&folder, &mut buffer);
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) => {
                let name = entry.file_name();
                if matches!(name.to_bytes(), b"." | b"..") {
                    continue;
                }
                // Some file systems do not say.
                let of = match entry.file_type() {
                    FileType::Unknown => statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW)
                        .map(|there| FileType::from_raw_mode(there.st_mode)),
                    known => Ok(known),
                };
                take(match of {
                    Ok(of) => Ok((OsStr::from_bytes(name.to_bytes()), kind(of))),
                    Err(error) => Err(error.into()),
                });
            }
            Err(Errno::INTR) => {}
            // It was removed meanwhile.
            Err(Errno::NOENT) => break,
            Err(error) => {
                take(Err(error.into()));
                break;
            }
        }
    }
    Ok(())
}

/// Gives each entry of a folder. What could not be read of it is given as an error.
#[cfg(not(target_os = "linux"))]
pub fn for_each(folder: &Path, mut take: impl FnMut(io::Result<(&OsStr, Kind)>)) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        match entry.and_then(|entry| Ok((entry.file_type()?, entry))) {
            Ok((kind, entry)) => take(Ok((&entry.file_name(), Kind::of(kind)))),
            Err(error) => take(Err(error)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::for_each;
    use crate::workspace::files::Kind;
    use std::io::ErrorKind;

    #[test]
    fn a_folder_has_the_entries_that_the_standard_library_lists() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        // More than one read gives, and names of every length.
        let names = (0..2000).map(|at| format!("{at}{}", "x".repeat(at % 200)));
        for name in names.chain(["é ü".into(), ".hidden".into(), "...".into()]) {
            std::fs::write(dir.path().join(name), "")?;
        }
        std::fs::create_dir(dir.path().join("folder"))?;
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("nowhere", dir.path().join("link"))?;
            std::os::unix::net::UnixListener::bind(dir.path().join("socket"))?;
        }
        let mut listed = Vec::new();
        for_each(dir.path(), |entry| {
            listed.push(entry.map(|(name, kind)| (name.to_owned(), kind)))
        })?;
        let mut listed = listed.into_iter().collect::<std::io::Result<Vec<_>>>()?;
        let mut expected = Vec::new();
        for entry in std::fs::read_dir(dir.path())? {
            let entry = entry?;
            expected.push((entry.file_name(), Kind::of(entry.file_type()?)));
        }
        listed.sort_by(|one, other| one.0.cmp(&other.0));
        expected.sort_by(|one, other| one.0.cmp(&other.0));
        assert!(listed.len() > 2000);
        assert_eq!(listed, expected);
        Ok(())
    }

    #[test]
    fn what_is_no_folder_has_no_entries() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("file");
        std::fs::write(&file, "")?;
        let mut count = 0;
        let mut why = |path: &std::path::Path| for_each(path, |_| count += 1).err().map(|error| error.kind());
        assert_eq!(why(&file), Some(ErrorKind::NotADirectory));
        assert_eq!(why(&dir.path().join("nothing")), Some(ErrorKind::NotFound));
        assert_eq!(count, 0);
        Ok(())
    }
}
