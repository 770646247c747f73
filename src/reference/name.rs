//! When two names mean the same: case, blanks, `-`, `_` and `/` never matter, nor does a plural.

use crate::model::folded;

pub fn is_same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// Whether two paths are the same, key by key.
pub fn is_same_path(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.split('.'), other.split('.'));
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if is_same(one, other) => {}
            _ => return false,
        }
    }
}

fn plain(name: &str) -> String {
    let name = folded(name).replace(['/', '\''], "");
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    match name.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_same, is_same_path};

    #[test]
    fn case_blanks_and_plurals_make_no_difference() {
        for (one, other) in [
            ("SOC 2", "soc2"),
            ("user entity", "User Entities"),
            ("CUEC", "cuecs"),
            ("carve-out", "Carve Out"),
            ("third-parties", "third_party"),
            ("ISO/IEC 27001", "iso iec 27001"),
            ("access", "access"),
        ] {
            assert!(is_same(one, other), "{one} and {other}");
        }
        for (one, other) in [("SOC 1", "SOC 2"), ("as", "a"), ("CSOC", "CUEC"), ("type 1", "type 2")] {
            assert!(!is_same(one, other), "{one} and {other}");
        }
        assert!(is_same_path("identities.rotation.every", "identity.Rotation.every"));
        assert!(!is_same_path("identities.rotation", "identities.rotation.every"));
        assert!(!is_same_path("identities.rotation.every", "identities.rotation"));
    }
}
