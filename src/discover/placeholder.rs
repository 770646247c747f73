//! Whether a value is a secret, or only stands where one belongs.

/// A secret that is shorter is none.
const LEAST: usize = 12;

/// Whether a value is none, or a word that stands for one: a reference, a template's, an example's.
pub fn is_placeholder(value: &str) -> bool {
    const STARTS: &[&str] = &["%", "vault:", "ref+", "op://", "enc[", "todo", "my-", "my_"];
    const PARTS: &[&str] = &[
        "${",
        "{{",
        "$(",
        "{%",
        "your-",
        "your_",
        "xxx",
        "example",
        "changeme",
        "change-me",
        "change_me",
        "replace",
        "placeholder",
        "redacted",
    ];
    let value = value.trim().to_ascii_lowercase();
    value.is_empty()
        || (value.starts_with('<') && value.ends_with('>'))
        || value.bytes().all(|byte| matches!(byte, b'*' | b'.' | b'-' | b'_'))
        // A hash of a password begins so, too: `$2y$12$..`.
        || value.strip_prefix('$').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        || STARTS.iter().any(|start| value.starts_with(start))
        || PARTS.iter().any(|part| value.contains(part))
}

/// Whether a value only sets something, whatever its key is called: a switch, a port.
pub fn is_setting(value: &str) -> bool {
    let value = value.trim();
    let is_number = value.len() <= 5 && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        || ["true", "false", "yes", "no", "null", "none"]
            .iter()
            .any(|word| value.eq_ignore_ascii_case(word))
}

/// Whether a value is encrypted by SOPS.
pub fn is_encrypted(value: &str) -> bool {
    value.trim_start().starts_with("ENC[")
}

/// Whether a value is a secret in clear, as far as its form can tell.
pub fn is_in_clear(value: &str) -> bool {
    !is_placeholder(value) && !is_setting(value) && !is_encrypted(value)
}

/// Whether a value looks like a secret written out: long enough, with letters and digits both.
pub fn is_literal_secret(value: &str) -> bool {
    let value = value.trim();
    value.chars().count() >= LEAST
        && value.contains(|c: char| c.is_ascii_digit())
        && value.contains(char::is_alphabetic)
        && !is_placeholder(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_told_from_what_stands_for_one() {
        for literal in [
            "h7Gk29dLmPq81xZz",
            "correct-horse-battery-1",
            "$2y$12$4xkQ7bVv9Jw0rT1sD8uO5e",
        ] {
            assert!(is_literal_secret(literal), "{literal}");
        }
        for other in [
            "",
            "short1",
            "onlyletterswithoutdigits",
            "${{ secrets.TOKEN_1234 }}",
            "$TOKEN_12345678",
            "%TOKEN_123456%",
            "op://vault/item/1234567",
            "<your token 12345>",
            "your-token-12345",
            "xxxxxxxxxxxx1",
            "example-token-12",
            "changeme12345678",
            "REPLACE_ME_123456",
            "ENC[AES256_GCM,data:1234]",
        ] {
            assert!(!is_literal_secret(other), "{other}");
        }
    }
}
