//! The SHA-256 digest of a file.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::Read;
use std::path::Path;

/// What a file's content hashes to, in lower-case hexadecimal.
#[derive(Debug, Clone)]
pub struct Digests {
    pub own: String,
    /// Of the content that a Git LFS pointer stands for.
    pub behind_pointer: Option<String>,
}

/// The first line of every Git LFS pointer.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";
/// No pointer is larger.
const LARGEST_POINTER: usize = 1024;

pub fn digests(path: &Path) -> std::io::Result<Digests> {
    let mut file = std::fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let (mut start, mut length) = (Vec::new(), 0);
    loop {
        let read = match file.read(&mut buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        length += read;
        if start.len() < LARGEST_POINTER {
            start.extend(buffer[..read].iter().take(LARGEST_POINTER - start.len()));
        }
    }
    let mut own = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(own, "{byte:02x}");
    }
    Ok(Digests {
        own,
        behind_pointer: (length < LARGEST_POINTER).then(|| oid(&start)).flatten(),
    })
}

/// The digest that a Git LFS pointer states.
fn oid(pointer: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(pointer.starts_with(POINTER).then_some(pointer)?).ok()?;
    let oid = text.lines().find_map(|line| line.strip_prefix("oid sha256:"))?;
    Some(oid.trim().to_ascii_lowercase())
}
