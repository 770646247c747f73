//! Whether the value of a setting is a credential that is written out, or leads to one, or only stands where one belongs.

use super::addresses;
use super::placeholder::{is_literal_secret, is_placeholder};

/// Whether a value, of a setting that takes a credential, is one in clear. A word such as `Bearer` may stand before it.
pub fn is_written_out(value: &str) -> bool {
    let value = value.trim();
    let is_address = value.contains("://") && !value.contains(char::is_whitespace);
    (is_address || !stands_for_one(value)) && value.split_whitespace().any(is_one)
}

fn is_one(word: &str) -> bool {
    // Of an address, only the password: its host may be called anything.
    if word.contains("://") {
        let is_literal = |password: &str| !stands_for_one(password) && is_literal_secret(password);
        return addresses::password_of(word).is_some_and(is_literal);
    }
    // `Server=db;User Id=app;Password=..`: of a string of settings, the password is the credential.
    if word.contains(';') && word.contains('=') {
        let mut settings = word.split(';').filter_map(|setting| setting.split_once('='));
        return settings.any(|(key, value)| is_secret_of_settings(key) && is_literal_secret(value));
    }
    !stands_for_one(word) && !is_path(word) && !is_variable(word) && is_literal_secret(word)
}

/// Whether a value is a reference or a placeholder, of the forms that are in use where agents and registries are set up.
fn stands_for_one(value: &str) -> bool {
    const STARTS: &[&str] = &[
        "env:",
        "env.",
        "file:",
        "keychain:",
        "keyring:",
        "secret:",
        "secrets:",
        "your",
    ];
    const PARTS: &[&str] = &[
        "dummy", "fake", "insert", "not-real", "notreal", "123456", "abcdef", "...", "…",
    ];
    let lower = value.to_ascii_lowercase();
    is_placeholder(value)
        || (value.contains('<') && value.contains('>'))
        || (value.starts_with('{') && value.ends_with('}') && !value.contains('"'))
        || (value.starts_with("__") && value.ends_with("__"))
        || STARTS.iter().any(|start| lower.starts_with(start))
        || PARTS.iter().any(|part| lower.contains(part))
}

/// `./keys/deploy.pem`: where it is.
fn is_path(word: &str) -> bool {
    const ENDS: &[&str] = &[
        ".json", ".pem", ".key", ".crt", ".cer", ".p12", ".pfx", ".jks", ".yaml", ".yml", ".toml", ".txt", ".env",
        ".conf",
    ];
    let mut bytes = word.bytes();
    let is_drive = matches!(
        (bytes.next(), bytes.next(), bytes.next()),
        (Some(b'a'..=b'z' | b'A'..=b'Z'), Some(b':'), Some(b'\\' | b'/'))
    );
    // A key in base64 may begin with a slash, and has no word between two of them that is written in small letters alone.
    let is_absolute = || {
        let mut parts = word.split('/');
        let first = parts.nth(1).unwrap_or_default();
        word.starts_with('/')
            && parts.next().is_some()
            && !first.is_empty()
            && first.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    is_drive
        || ["./", "../", "~/", ".\\", "..\\"]
            .iter()
            .any(|start| word.starts_with(start))
        || is_absolute()
        || ENDS.iter().any(|end| word.to_ascii_lowercase().ends_with(end))
}

/// `GITHUB_TOKEN_2`: which variable has it.
fn is_variable(word: &str) -> bool {
    word.contains('_')
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn is_secret_of_settings(key: &str) -> bool {
    const KEYS: &[&str] = &[
        "password",
        "pwd",
        "accountkey",
        "sharedaccesskey",
        "sharedaccesssignature",
        "session",
        "token",
    ];
    KEYS.iter().any(|known| key.trim().eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_out_is_told_from_what_leads_to_it() {
        for written in [
            "h7Gk29dLmPq81xZz",
            "Bearer h7Gk29dLmPq81xZz",
            "Basic cmVhZGVyOmg3R2syOWRMbVBxODF4Wno=",
            "postgres://app:h7Gk29dLmPq81xZz@db.internal:5432/app",
            "Server=tcp:db;User=app;Password=h7Gk29dLmPq81xZz;",
            "/h7Gk29dLmPq/81xZzk3Vb71tRwXs50yQa",
            "-----BEGIN PRIVATE KEY-----\nMIIEh7Gk29dLmPq81xZz\n-----END PRIVATE KEY-----",
            "session=h7Gk29dLmPq81xZz",
        ] {
            assert!(is_written_out(written), "{written}");
        }
        for other in [
            "",
            "Bearer",
            "Bearer ${TOKEN_2026_READ}",
            "Bearer $TOKEN_2026_READ",
            "Bearer <token 2026 of yours>",
            "ghp_<40 characters, 1 prefix>",
            "Bearer {env:TOKEN_2026}",
            "{env:TOKEN_2026_READ}",
            "${input:token-2026-read}",
            "%TOKEN_2026_READ%",
            "op://shared/npm-2026/token",
            "sk-1234567890abcdef",
            "yourtoken2026here",
            "sk-ant-api03-...",
            "postgres://localhost:5432/app2026",
            "postgres://postgres:postgres@localhost:5432/app",
            "postgres://app:${DB_PASSWORD_2026}@db.internal/app",
            "https://abc2026def2026@o1.ingest.example.com/5",
            "Server=tcp:db2026;Authentication=ActiveDirectory2026;",
            "./keys/deploy-2026-key",
            "~/.ssh/id_ed25519_2026",
            "/keys/ada/id_ed25519",
            "C:\\keys\\deploy-2026-key",
            "keys-2026/service-account.json",
            "GITHUB_TOKEN_2026",
            "__GITHUB_TOKEN_2026__",
            "see the wiki for 2026",
        ] {
            assert!(!is_written_out(other), "{other}");
        }
    }
}
