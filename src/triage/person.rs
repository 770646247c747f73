//! Whether two names are one person's.
//!
//! Where owners are declared, a name means one of them. Where none are, names are taken at their word, and a word may be
//! written in more than one way: with other capitals, or with letters of another alphabet that look the same.

use crate::estate::{Estate, OwnerName};
use unicode_security::skeleton;

/// Whether two names are surely one person's: but for blanks around them and capitals, they are the same.
pub fn is_named(estate: &Estate<'_>, one: &OwnerName, other: &OwnerName) -> bool {
    decide(estate, one, other, |one, other| folded(one) == folded(other))
}

/// Whether two names may be one person's: to a reader they are the same.
pub fn may_be_named(estate: &Estate<'_>, one: &OwnerName, other: &OwnerName) -> bool {
    decide(estate, one, other, |one, other| seen(one) == seen(other))
}

fn decide(estate: &Estate<'_>, one: &OwnerName, other: &OwnerName, alike: impl Fn(&str, &str) -> bool) -> bool {
    let is_declared = |name: &OwnerName| estate.owner_named(name.0, &name.1).is_some();
    // Two that are declared are two, whatever they are called.
    estate.is_same_owner(one, other)
        || (!(is_declared(one) && is_declared(other)) && alike(bare(&one.1), bare(&other.1)))
}

/// A name without its namespace.
fn bare(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// What a reader sees of a name. ASCII's own look-alikes (`l` and `1`, `rn` and `m`) stay apart: in names that people are
/// called by, they are.
fn seen(name: &str) -> String {
    let visible: String = name.chars().filter(|c| !is_invisible(*c)).collect();
    let mut out = String::with_capacity(visible.len());
    for c in visible
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if c.is_ascii() {
            out.push(c)
        } else {
            out.extend(skeleton(c.encode_utf8(&mut [0; 4])).flat_map(char::to_lowercase))
        }
    }
    out
}

fn is_invisible(c: char) -> bool {
    c != '\t' && c != '\n' && c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{folded, seen};

    #[test]
    fn what_looks_the_same_is_seen_as_the_same() {
        for (one, other) in [
            ("a", "A"),
            ("a", " a "),
            ("a", "\u{430}"), // Cyrillic
            ("person-ciso", "person-\u{441}iso"),
            ("omar", "\u{3bf}mar"),   // Greek
            ("alice", "\u{410}lice"), // a Cyrillic capital
            ("ciso", "c\u{456}so"),
            ("anna", "\u{ff41}nna"), // full width
            ("anna", "an\u{200b}na"),
            ("zoë", "zoe\u{308}"),
            ("ann lee", "Ann\u{a0}Lee"),
            ("ann lee", "ann  lee"),
        ] {
            assert_eq!(seen(one), seen(other), "{one} {other}");
        }
    }

    #[test]
    fn other_people_stay_other_people() {
        for (one, other) in [
            ("a", "b"),
            ("person-1", "person-l"),
            ("team-0", "team-o"),
            ("barn", "bam"),
            ("zoë", "zoe"),
            ("müller", "muller"),
            ("ann", "anne"),
            ("ann lee", "annlee"),
            ("王", "玉"),
        ] {
            assert_ne!(seen(one), seen(other), "{one} {other}");
        }
    }

    #[test]
    fn who_may_approve_is_not_who_looks_like_it() {
        assert_eq!(folded(" Person-CISO\u{a0}"), "person-ciso");
        assert_ne!(folded("person-\u{441}iso"), "person-ciso");
        assert_ne!(folded("person-c\u{456}so"), "person-ciso");
    }
}
