//! Reading files that might be anything: bounded, and without waiting for a writer.

use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// No manifest is this large; offsets into larger ones would not fit either.
pub const MAX_MANIFEST: u64 = 16 * 1024 * 1024;

/// Why a file cannot be read, in words that are the same on every system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadError {
    NotRegular,
    TooLarge {
        limit: u64,
    },
    /// Git has it elsewhere, and not here.
    NotAtHand,
    /// What git has of it is not what it was.
    Damaged,
    Io(ErrorKind),
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error.kind())
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRegular => f.write_str("it is not a regular file"),
            Self::TooLarge { limit } => match limit / 1024 / 1024 {
                0 => write!(f, "it is larger than {} KiB", limit / 1024),
                limit => write!(f, "it is larger than {limit} MiB"),
            },
            Self::NotAtHand => f.write_str("this clone does not have it"),
            Self::Damaged => f.write_str("what git has of it is damaged"),
            Self::Io(ErrorKind::NotFound) => f.write_str("there is no such file or folder"),
            Self::Io(ErrorKind::PermissionDenied) => f.write_str("permission denied"),
            Self::Io(kind) => write!(f, "{kind}"),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a manifest, or another file of that kind.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_bounded(path, MAX_MANIFEST)
}

/// Room for most files.
const SMALL: usize = 16 * 1024;

/// Reads a regular file of at most `limit` bytes; anything else might never end.
pub fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    thread_local! {
        static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    let mut file = open(path)?;
    let small = ROOM.with_borrow_mut(|room| {
        room.resize(SMALL, 0);
        let length = read_small(&mut file, room)?;
        Some(room.get(..length)?.to_vec())
    });
    match small {
        Some(bytes) if bytes.len() as u64 <= limit => Ok(bytes),
        _ => read_any(path, limit),
    }
}

/// How long a file is that is now all read: not empty, and with less in it than there is room for. What gives so little and
/// then ends can be read, so that for most files nobody has to ask what they are.
fn read_small(file: &mut File, room: &mut [u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        match file.read(room.get_mut(length..).filter(|room| !room.is_empty())?) {
            Ok(0) => return (length > 0).then_some(length),
            Ok(more) => length += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// Reads whatever may be there.
fn read_any(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let file = open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(ReadError::NotRegular);
    }
    let size = metadata.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { limit });
    }
    Ok(bytes)
}

/// Opens a file, without waiting for a writer.
pub fn open(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(OFlags::NONBLOCK.bits().cast_signed());
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::{ReadError, SMALL, read_bounded};
    use std::io::ErrorKind;

    #[test]
    fn files_are_read_whole_whatever_their_size() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("file");
        for size in [0, 1, SMALL - 1, SMALL, SMALL + 1, 5 * SMALL] {
            let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            std::fs::write(&file, &bytes)?;
            let limit = size as u64;
            assert_eq!(read_bounded(&file, limit), Ok(bytes), "{size}");
            if size > 0 {
                let limit = limit - 1;
                assert_eq!(read_bounded(&file, limit), Err(ReadError::TooLarge { limit }), "{size}");
            }
        }
        Ok(())
    }

    #[test]
    fn what_is_no_file_is_not_read() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        assert_eq!(read_bounded(dir.path(), 10), Err(ReadError::NotRegular));
        let nothing = read_bounded(&dir.path().join("nothing"), 10);
        assert_eq!(nothing, Err(ReadError::Io(ErrorKind::NotFound)));
        #[cfg(target_os = "linux")]
        for device in ["/dev/null", "/dev/zero"] {
            assert_eq!(
                read_bounded(device.as_ref(), 10),
                Err(ReadError::NotRegular),
                "{device}"
            );
        }
        Ok(())
    }

    /// Without waiting for somebody who writes into it, or for more of what was written.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_is_not_read() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let pipe = dir.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status()?;
        assert!(made.success());
        assert_eq!(read_bounded(&pipe, 10), Err(ReadError::NotRegular));
        let mut both = std::fs::File::options().read(true).write(true).open(&pipe)?;
        std::io::Write::write_all(&mut both, b"some")?;
        assert_eq!(read_bounded(&pipe, 10), Err(ReadError::NotRegular));
        Ok(())
    }
}
