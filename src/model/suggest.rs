//! The known name nearest to a misspelt one.

/// Whether so many slips may make one text of another, told by their letters alone: a slip changes one of them, or
/// none. Most names differ in more, and need no closer look.
fn may_be_near(lower: &str, name: &str, slips: usize) -> bool {
    if !lower.is_ascii() || !name.is_ascii() {
        return true;
    }
    if lower.len().abs_diff(name.len()) > slips {
        return false;
    }
    let mut surplus = [0_i8; 128];
    let (mut more, mut fewer) = (0, 0);
    for byte in lower.bytes() {
        surplus[usize::from(byte)] = surplus[usize::from(byte)].saturating_add(1);
    }
    for byte in name.bytes() {
        let left = &mut surplus[usize::from(byte.to_ascii_lowercase())];
        if *left > 0 {
            *left -= 1
        } else {
            more += 1
        }
        if more > slips {
            return false;
        }
    }
    for byte in lower.bytes() {
        let left = &mut surplus[usize::from(byte)];
        if *left > 0 {
            *left -= 1;
            fewer += 1;
        }
    }
    fewer <= slips
}

/// The name in `known` that is nearest to `written`, if one is near enough to be what was meant.
/// Of equally near ones it is the first in alphabetical order, so that the answer never depends on order.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // A name too long for a slip is not worth measuring; hostile ones can be very long.
    if written.len() > 128 {
        return None;
    }
    let lower = written.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .filter(|name| may_be_near(&lower, name, lower.len().max(name.len()) / 3))
        .filter_map(|name| {
            let candidate = name.to_lowercase();
            let score = if candidate == lower {
                0
            } else {
                1 + strsim::damerau_levenshtein(&lower, &candidate)
            };
            let longest = lower.chars().count().max(candidate.chars().count());
            (score <= 1 + longest / 3).then_some((score, name))
        })
        .min()
        .map(|(_, name)| name)
}

/// A name without what people write in one way or another: capitals, blanks, `-` and `_`.
pub fn folded(name: &str) -> String {
    let plain = name.chars().filter(|c| !(c.is_whitespace() || matches!(c, '-' | '_')));
    plain.flat_map(char::to_lowercase).collect()
}

/// Whether a name is `plain` when it is folded: most differ in their first letters, and none is copied to tell.
fn is_folded_to(name: &str, plain: &str) -> bool {
    if !name.is_ascii() {
        return folded(name) == plain;
    }
    let letters = name
        .bytes()
        .filter(|byte| !(char::from(*byte).is_whitespace() || matches!(byte, b'-' | b'_')));
    letters.map(|byte| byte.to_ascii_lowercase()).eq(plain.bytes())
}

/// The name that differs from what is written in case, `-` and `_` alone, if it is the only one.
pub fn spelt_alike<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if written.len() > 128 || written.contains(char::is_whitespace) {
        return None;
    }
    let plain = folded(written);
    only(known.into_iter().filter(|name| is_folded_to(name, &plain)))
}

/// The key that a slip was made in: the only one that differs in case, `-` and `_`, in one letter, or in two
/// neighbours that are turned. Short words, and words that differ in a digit, are words of their own.
pub fn slip_of<'k>(written: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<&'k str> {
    if let Some(alike) = spelt_alike(written, known.clone()) {
        return Some(alike);
    }
    let lower = written.to_lowercase().replace('_', "-");
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).count();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if written.len() > 128 || letters(&lower) < SHORTEST {
        return None;
    }
    let is_near = |name: &&str| {
        name.len().abs_diff(lower.len()) <= 1
            && letters(name) >= SHORTEST
            && may_be_near(&lower, name, 1)
            && strsim::osa_distance(&lower, &name.to_lowercase()) == 1
            && digits(name) == digits(written)
    };
    only(known.into_iter().filter(is_near))
}

/// Among shorter words, one letter makes another word.
const SHORTEST: usize = 4;

fn only<'k>(mut names: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let first = names.next()?;
    names.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{nearest, slip_of, spelt_alike};

    #[test]
    fn a_slip_is_one_letter_or_two_that_are_turned() {
        let known = [
            "financial-impact",
            "lifecycle",
            "kind",
            "owner",
            "since",
            "rotation",
            "soc2-2026",
            "id",
            "at",
            "from",
        ];
        for (written, meant) in [
            ("finacial-impact", Some("financial-impact")),
            ("financial_impact", Some("financial-impact")),
            ("financialImpact", Some("financial-impact")),
            ("lifecylce", Some("lifecycle")),
            ("Kind", Some("kind")),
            ("ownr", Some("owner")),
            ("kinds", Some("kind")),
            ("form", Some("from")),
            ("location", None),
            ("finacial-impct", None),
            ("soc2-2025", None),
            ("it", None),
            ("ad", None),
            ("sincee2", None),
            ("colour", None),
        ] {
            assert_eq!(slip_of(written, known), meant, "{written}");
        }
        assert_eq!(slip_of("deploye", ["deployer", "deployed"]), None, "two are near");
    }

    #[test]
    fn a_name_is_spelt_alike_in_case_and_hyphens_alone() {
        let known = ["pay-roll", "soc1-eu", "Ledger", "a_b", "ab"];
        for (written, meant) in [
            ("payroll", Some("pay-roll")),
            ("Pay_Roll", Some("pay-roll")),
            ("ledger", Some("Ledger")),
            ("SOC1_EU", Some("soc1-eu")),
            ("soc1-us", None),
            ("ledgre", None),
            ("a-b", None),
            ("pay roll", None),
        ] {
            assert_eq!(spelt_alike(written, known), meant, "{written}");
        }
    }

    #[test]
    fn a_quick_look_never_passes_over_a_near_name() {
        let names = [
            "payroll", "payrol", "apyroll", "Payroll", "pay-roll", "ledger", "x", "", "lager", "päyroll",
        ];
        for a in names {
            for b in names {
                let (lower, other) = (a.to_lowercase(), b.to_lowercase());
                let slips = strsim::damerau_levenshtein(&lower, &other);
                assert!(super::may_be_near(&lower, b, slips), "{a} and {b}");
            }
        }
    }

    #[test]
    fn a_slip_is_found_and_a_different_word_is_not() {
        let known = ["financial-impact", "lifecycle", "kind"];
        assert_eq!(nearest("finacial-impact", known), Some("financial-impact"));
        assert_eq!(nearest("financial_impact", known), Some("financial-impact"));
        assert_eq!(nearest("Kind", known), Some("kind"));
        assert_eq!(nearest("colour", known), None);
    }
}
