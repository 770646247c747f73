//! Where secrets live: names that rules know, however they are spelt, and any other.

/// The names that rules know.
pub const STORES: [&str; 12] = [
    "vault",
    "aws-secrets-manager",
    "gcp-secret-manager",
    "azure-key-vault",
    "kubernetes-secret",
    "github-actions",
    "gitlab-ci",
    "hsm",
    "source-code",
    "config-file",
    "chat",
    "none",
];

/// The keys of an identity that name stores.
pub const STORE_KEYS: [&str; 2] = ["store", "copies"];

/// What a stated store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store<'t> {
    Known(&'static str),
    /// One slip away from a name that rules know, and so perhaps that one.
    LooksLike(&'static str),
    /// A name of the organization's own.
    Other(&'t str),
}

/// Reads the name of a store, without regard to case, blanks, `-` and `_`.
pub fn store(text: &str) -> Store<'_> {
    if let Some(known) = STORES.into_iter().find(|known| *known == text) {
        return Store::Known(known);
    }
    let plain = folded(text);
    let plain_stores = || STORES.into_iter().map(|known| (known, folded(known)));
    if let Some((known, _)) = plain_stores().find(|(_, name)| *name == plain) {
        return Store::Known(known);
    }
    match plain_stores().find(|(_, name)| is_a_slip(&plain, name)) {
        Some((known, _)) => Store::LooksLike(known),
        None => Store::Other(text),
    }
}

/// Whether two names are one store.
pub fn is_same_store(one: &str, other: &str) -> bool {
    one == other || folded(one) == folded(other)
}

fn folded(text: &str) -> String {
    let says = |c: &char| !(c.is_whitespace() || crate::model::is_invisible(*c) || matches!(c, '-' | '_'));
    text.chars().filter(says).flat_map(char::to_lowercase).collect()
}

/// Whether one letter too many, too few or wrong, or two neighbours turned, make one name of the other. Names that
/// differ in a digit are different names.
fn is_a_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([a], [b]) => a.is_alphabetic() && b.is_alphabetic(),
        ([letter], []) | ([], [letter]) => letter.is_alphabetic(),
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_slips_and_other_names_are_told_apart() {
        for (text, known) in [
            ("Source-Code", "source-code"),
            ("SOURCE_CODE", "source-code"),
            ("source code ", "source-code"),
            ("sourcecode", "source-code"),
            ("None", "none"),
            ("AWS Secrets Manager", "aws-secrets-manager"),
            ("GitLab CI", "gitlab-ci"),
            ("cha\u{200b}t", "chat"),
        ] {
            assert_eq!(store(text), Store::Known(known), "{text}");
        }
        for (text, known) in [
            ("vualt", "vault"),
            ("vaults", "vault"),
            ("Vaul", "vault"),
            ("config-files", "config-file"),
            ("hsn", "hsm"),
            ("nonne", "none"),
            ("github-action", "github-actions"),
            ("Azure Key Valut", "azure-key-vault"),
        ] {
            assert_eq!(store(text), Store::LooksLike(known), "{text}");
        }
        for text in [
            "1password",
            "vault2",
            "hsm-1",
            "doppler",
            ".env",
            "git",
            "kms",
            "",
            "vautl-x",
            "code",
        ] {
            assert_eq!(store(text), Store::Other(text), "{text}");
        }
    }

    #[test]
    fn no_known_name_is_a_slip_of_another() {
        for one in STORES {
            for other in STORES {
                assert!(!is_a_slip(&folded(one), &folded(other)), "{one} and {other}");
            }
        }
    }
}
