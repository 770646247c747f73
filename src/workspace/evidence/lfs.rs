//! Git LFS pointers: small files that stand for content which is elsewhere.

/// No pointer is as large.
pub const TOO_LARGE: usize = 1024;

/// The SHA-256 digest of the content that a pointer stands for; `None` when `bytes` are not a pointer exactly as Git
/// LFS writes it. Any text can be made to look like one.
pub fn oid(bytes: &[u8]) -> Option<&str> {
    if bytes.len() >= TOO_LARGE {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = text.strip_suffix('\n')?.split('\n').peekable();
    (lines.next()? == "version https://git-lfs.github.com/spec/v1").then_some(())?;
    // Extensions, in their order and with a digest each, come before the oid.
    let mut last = None;
    while let Some(extension) = lines.next_if(|line| line.starts_with("ext-")) {
        let (key, value) = extension.split_once(' ')?;
        let (priority, name) = key.strip_prefix("ext-")?.split_once('-')?;
        let [priority] = priority.as_bytes() else {
            return None;
        };
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let in_order = last.is_none_or(|last| last < *priority);
        (priority.is_ascii_digit() && is_name && in_order).then_some(())?;
        digest(value)?;
        last = Some(*priority);
    }
    let oid = digest(lines.next()?.strip_prefix("oid ")?)?;
    let size = lines.next()?.strip_prefix("size ")?;
    let is_number = size.bytes().all(|b| b.is_ascii_digit()) && size.parse::<u64>().is_ok();
    let is_plain = size == "0" || !size.starts_with('0');
    (is_number && is_plain && lines.next().is_none()).then_some(oid)
}

fn digest(value: &str) -> Option<&str> {
    let digest = value.strip_prefix("sha256:")?;
    let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    (digest.len() == 64 && digest.bytes().all(is_digit)).then_some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OID: &str = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";

    #[test]
    fn a_pointer_is_what_git_lfs_writes_and_nothing_else() {
        let version = "version https://git-lfs.github.com/spec/v1\n";
        let oid_line = format!("oid sha256:{OID}\n");
        let good = [
            format!("{version}{oid_line}size 12345\n"),
            format!("{version}{oid_line}size 0\n"),
            format!("{version}ext-0-foo sha256:{OID}\next-1-bar sha256:{OID}\n{oid_line}size 9\n"),
        ];
        for pointer in &good {
            assert_eq!(oid(pointer.as_bytes()), Some(OID), "{pointer}");
        }
        let bad = [
            String::new(),
            format!("{version}{oid_line}size 12345"),
            format!("{version}{oid_line}"),
            format!("{version}size 1\n{oid_line}"),
            format!("{version}NOTHING WAS ROTATED\n{oid_line}size 1\n"),
            format!("{version}{oid_line}size 1\nx y\n"),
            format!("{version}{oid_line}{oid_line}size 1\n"),
            format!("{version}{oid_line}size -1\n"),
            format!("{version}{oid_line}size 007\n"),
            format!("{version}{oid_line}size 99999999999999999999\n"),
            format!("{version}{}size 1\n", oid_line.to_uppercase()),
            format!("{version}oid sha256:{}\nsize 1\n", &OID[1..]),
            format!("{version}oid sha512:{OID}\nsize 1\n"),
            format!("{version}{oid_line}size 1\n").replace('\n', "\r\n"),
            format!("version https://git-lfs.github.com/spec/v2\n{oid_line}size 1\n"),
            format!("version https://git-lfs.github.com/spec/\n{oid_line}size 1\n"),
            format!("version https://hawser.github.com/spec/v1\n{oid_line}size 1\n"),
            format!("{version}ext-1-a sha256:{OID}\next-0-b sha256:{OID}\n{oid_line}size 9\n"),
            format!(
                "{version}ext-0-{} sha256:{OID}\n{oid_line}size 9\n",
                "a".repeat(TOO_LARGE)
            ),
            format!("\u{feff}{version}{oid_line}size 1\n"),
            format!("{version}\n{oid_line}size 1\n"),
        ];
        for text in &bad {
            assert_eq!(oid(text.as_bytes()), None, "{text}");
        }
    }
}
