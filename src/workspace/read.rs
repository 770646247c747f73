//! Reading files that might be anything: bounded, and without waiting for whoever might write to them.

use std::io::Read;
use std::path::Path;

/// Nobody writes a manifest of this size; offsets into larger ones would not fit either.
const MAX_MANIFEST: u64 = 16 * 1024 * 1024;

/// Reads a manifest, or another file of that kind.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    read_bounded(path, MAX_MANIFEST)
}

/// Reads a regular file of at most `limit` bytes; anything else might never end.
pub fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let file = open(path).map_err(|error| reason(&error))?;
    let metadata = file.metadata().map_err(|error| reason(&error))?;
    if !metadata.is_file() {
        return Err("it is not a regular file".into());
    }
    let size = metadata.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or(0) + 1);
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| reason(&error))?;
    if bytes.len() as u64 > limit {
        return Err(match limit / 1024 / 1024 {
            0 => format!("it is larger than {} KiB", limit / 1024),
            limit => format!("it is larger than {limit} MiB"),
        });
    }
    Ok(bytes)
}

/// Opens a file, without waiting for whoever might write to it.
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

/// An error of the operating system in words that are the same everywhere.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        kind => kind.to_string(),
    }
}
