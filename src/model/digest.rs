//! Digests of texts and files, and how they are written.

use sha2::{Digest, Sha256};

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)].into());
        text.push(DIGITS[usize::from(byte & 15)].into());
    }
    text
}

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Tells texts apart that are too long, or too private, to be shown.
pub fn short_digest(text: &str) -> String {
    hex(&Sha256::digest(text)[..6])
}

/// The hash of a list of texts: that of any other list differs, whoever wrote it.
pub fn hash_of<const N: usize>(texts: [&str; N]) -> Sha256 {
    let mut hash = Sha256::new();
    for text in texts {
        // With its length, so that no two lists are one text.
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{hash_of, hex, sha256, short_digest};
    use sha2::Digest;

    #[test]
    fn bytes_are_written_in_two_digits_each() {
        assert_eq!(hex(&[0x00, 0x0f, 0xa0, 0xff, 0x5c]), "000fa0ff5c");
        // The examples of FIPS 180-4.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
        assert_eq!(short_digest("abc"), &abc[..12]);
    }

    #[test]
    fn no_two_lists_of_texts_are_one() {
        let lists = [["a", "bc"], ["ab", "c"], ["abc", ""], ["", "abc"]];
        let mut hashes = lists.map(|list| hex(&hash_of(list).finalize())).to_vec();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), lists.len());
    }
}
