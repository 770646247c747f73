//! Standards of attestation and assurance engagements, and which reports are issued under them.

use super::editions;
use crate::model::Framework;

/// A standard that a report can be issued under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// SAS 70, SSAE 16, AT-C 320: controls relevant to user entities' financial reporting.
    UsServiceOrganization,
    /// AT-C 205 and 206: examinations of other subjects.
    UsExamination,
    /// SSAE 18 and later, which contain all those sections.
    Ssae,
    Isae3402,
    Isae3000,
}

impl Standard {
    /// The frameworks whose reports are issued under it.
    pub const fn carries(self) -> &'static [Framework] {
        match self {
            Self::UsServiceOrganization => &[Framework::Soc1],
            Self::UsExamination => &[Framework::Soc2, Framework::Soc3, Framework::Other],
            Self::Ssae => &[Framework::Soc1, Framework::Soc2, Framework::Soc3, Framework::Other],
            Self::Isae3402 => &[Framework::Isae3402, Framework::Soc1],
            Self::Isae3000 => &[Framework::Isae3000, Framework::Soc2, Framework::Soc3, Framework::Other],
        }
    }
}

/// The standards that a text names: `SSAE 18`, `AT-C sections 105 and 320`, `ISAE (UK) 3000`. Numbers belong to the
/// letters before them, whatever is between. A section named with an SSAE decides which standard is meant.
pub fn named(issued_under: &str) -> Vec<Standard> {
    let words = editions::words(issued_under);
    let mut named = Vec::new();
    let mut letters = "";
    for (at, word) in words.iter().enumerate() {
        match word.as_str() {
            "sas" | "ssae" | "isae" | "atc" => letters = word,
            "c" if at > 0 && words[at - 1] == "at" => letters = "atc",
            number => named.extend(numbered(letters, number)),
        }
    }
    let has_section = named.iter().any(|(_, is_section)| *is_section);
    named.retain(|(standard, _)| *standard != Standard::Ssae || !has_section);
    named.into_iter().map(|(standard, _)| standard).collect()
}

/// The standard of a number, and whether it is a section of AT-C.
fn numbered(letters: &str, number: &str) -> Option<(Standard, bool)> {
    let number: u32 = number.parse().ok()?;
    let standard = match (letters, number) {
        ("sas", 70) | ("ssae", 16) => (Standard::UsServiceOrganization, false),
        ("ssae", 18..100) => (Standard::Ssae, false),
        ("atc", 320) => (Standard::UsServiceOrganization, true),
        ("atc", 205 | 206) => (Standard::UsExamination, true),
        ("isae", 3402) => (Standard::Isae3402, false),
        ("isae", 3000) => (Standard::Isae3000, false),
        _ => return None,
    };
    Some(standard)
}

#[cfg(test)]
mod tests {
    use super::Standard::{Isae3000, Isae3402, Ssae, UsExamination, UsServiceOrganization};
    use super::named;

    #[test]
    fn a_standard_is_known_in_the_ways_people_write_it() {
        for text in ["SSAE 18", "ssae-21", "SSAE No. 18", "SSAE18", "SSAE 18, AT-C 105"] {
            assert_eq!(named(text), [Ssae], "{text}");
        }
        for text in [
            "SAS 70",
            "SSAE 16",
            "AT-C 320",
            "atc320",
            "AT-C section 320",
            "SSAE 18 (AT-C 320)",
        ] {
            assert_eq!(named(text), [UsServiceOrganization], "{text}");
        }
        for text in ["AT-C 205", "AT-C sections 105 and 206", "SSAE 21, AT-C 205"] {
            assert_eq!(named(text), [UsExamination], "{text}");
        }
        assert_eq!(named("ISAE (UK) 3000 (Revised)"), [Isae3000]);
        assert_eq!(named("isae3402 and SSAE 18"), [Isae3402, Ssae]);
        assert_eq!(named("SSAE 18, which replaced SSAE 16"), [Ssae, UsServiceOrganization]);
        assert_eq!(named("ISAE 3000 and 3402"), [Isae3000, Isae3402]);
    }

    #[test]
    fn what_is_none_of_these_is_not_named() {
        for text in [
            "",
            "SSAE 17",
            "SSAE 10",
            "SSAE",
            "AT 801",
            "AT-C 105",
            "ISAE 3410",
            "ISO 27001",
            "C 320",
            "70",
        ] {
            assert_eq!(named(text), [], "{text}");
        }
    }
}
