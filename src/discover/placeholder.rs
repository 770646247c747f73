//! Whether a value is a secret, or only stands where one belongs.

/// A secret that is shorter is none.
const LEAST: usize = 12;

/// Whether a value refers to a secret, or stands for one that is to be filled in.
pub fn is_reference_or_placeholder(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let is_reference = value.contains("${")
        || value.contains("{{")
        || value.contains("$(")
        || value.starts_with('$')
        || value.starts_with("op://")
        || value.starts_with("ENC[")
        || value.len() > 2 && value.starts_with('%') && value.ends_with('%');
    let words = [
        "your-",
        "your_",
        "xxx",
        "example",
        "changeme",
        "change-me",
        "replace",
        "placeholder",
        "todo",
    ];
    value.is_empty()
        || is_reference
        || value.starts_with('<') && value.ends_with('>')
        || words.iter().any(|word| lower.contains(word))
}

/// Whether a value looks like a secret written out: long enough, with letters and digits both.
pub fn is_literal_secret(value: &str) -> bool {
    let value = value.trim();
    value.chars().count() >= LEAST
        && value.contains(|c: char| c.is_ascii_digit())
        && value.contains(char::is_alphabetic)
        && !is_reference_or_placeholder(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_told_from_what_stands_for_one() {
        for literal in ["h7Gk29dLmPq81xZz", "correct-horse-battery-1"] {
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
