//! The SHA-256 digest of a file.

use crate::model::hex;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// What a file's content hashes to, in lower-case hexadecimal.
#[derive(Debug, Clone)]
pub struct Digests {
    pub own: String,
    /// Of the text with LF line ends, when it has others: git changes them between machines.
    pub with_lf: Option<String>,
}

impl Digests {
    pub fn is_any(&self, digest: &str) -> bool {
        digest == self.own || self.with_lf.as_deref() == Some(digest)
    }
}

pub fn digests(path: &Path) -> std::io::Result<Digests> {
    digests_of(std::fs::File::open(path)?)
}

/// Whether `digest` is that of a text with CRLF line ends.
pub fn is_digest_with_crlf(text: &[u8], digest: &str) -> bool {
    if text.contains(&0) {
        return false;
    }
    let mut hash = Sha256::new();
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                hash.update(line.strip_suffix(b"\r").unwrap_or(line));
                hash.update(b"\r\n");
            }
            None => hash.update(line),
        }
    }
    hex(&hash.finalize()) == digest
}

pub fn digests_of(mut file: impl Read) -> std::io::Result<Digests> {
    let mut own = Sha256::new();
    let mut with_lf: Option<WithLf> = None;
    let mut is_text = true;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match file.read(&mut buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        if read == 0 {
            break;
        }
        let bytes = &buffer[..read];
        // To git, too, what holds a NUL is not text.
        is_text &= memchr::memchr(0, bytes).is_none();
        // Until there is a CR, the two are the same.
        if with_lf.is_none() && memchr::memchr(b'\r', bytes).is_some() {
            with_lf = Some(WithLf::after(own.clone()));
        }
        if let Some(with_lf) = &mut with_lf {
            with_lf.add(bytes);
        }
        own.update(bytes);
    }
    Ok(Digests {
        own: hex(&own.finalize()),
        with_lf: with_lf.filter(|_| is_text).and_then(WithLf::finish),
    })
}

/// Hashes a text as if each CRLF in it were an LF.
struct WithLf {
    hash: Sha256,
    /// A CR is at the end of what was seen, and may belong to an LF.
    ends_with_cr: bool,
    is_other: bool,
}

impl WithLf {
    fn after(hash: Sha256) -> Self {
        Self {
            hash,
            ends_with_cr: false,
            is_other: false,
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        if std::mem::take(&mut self.ends_with_cr) {
            match bytes.first() {
                Some(b'\n') => self.is_other = true,
                _ => self.hash.update(b"\r"),
            }
        }
        let mut from = 0;
        for at in memchr::memchr_iter(b'\r', bytes) {
            match bytes.get(at + 1) {
                None => self.ends_with_cr = true,
                Some(b'\n') => self.is_other = true,
                Some(_) => continue,
            }
            self.hash.update(&bytes[from..at]);
            from = at + 1;
        }
        self.hash.update(&bytes[from..]);
    }

    fn finish(mut self) -> Option<String> {
        if self.ends_with_cr {
            self.hash.update(b"\r");
        }
        self.is_other.then(|| hex(&self.hash.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes in pieces of so many.
    struct Pieces<'b>(&'b [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let (piece, rest) = self.0.split_at(self.1.min(self.0.len()).min(buffer.len()));
            buffer[..piece.len()].copy_from_slice(piece);
            self.0 = rest;
            Ok(piece.len())
        }
    }

    #[test]
    fn a_copy_with_crlf_has_the_digest_of_the_text() {
        let digest = |bytes: &[u8]| crate::model::sha256(bytes);
        for text in [
            "a\r\nb\r\n",
            "\r\n",
            "a\n\r\n\r\r\nb\rc\r",
            "a\r\r\n",
            "é\r\nx",
            "\r",
            "\rx\r\n",
            "x",
        ] {
            let lf = text.replace("\r\n", "\n");
            for size in 1..=text.len() {
                let found = digests_of(Pieces(text.as_bytes(), size)).ok();
                let found = found.map(|digests| (digests.own, digests.with_lf));
                let expected = (lf != text).then(|| digest(lf.as_bytes()));
                assert_eq!(found, Some((digest(text.as_bytes()), expected)), "{text:?} by {size}");
            }
        }
        let binary = digests_of(&b"\0a\r\nb"[..]).ok().and_then(|digests| digests.with_lf);
        assert_eq!(binary, None, "no text, no line ends");
    }
}
