//! Reading files that might be anything: bounded, and without waiting for a writer.

use std::fmt;
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

/// Reads a regular file of at most `limit` bytes; anything else might never end.
pub fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
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
pub fn open(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(OFlags::NONBLOCK.bits().cast_signed());
    }
    options.open(path)
}
