//! The nearest known name to what somebody wrote.

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
        match *left > 0 {
            true => *left -= 1,
            false => more += 1,
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
    // A name that nobody would take for a slip is not worth measuring; hostile ones can be very long.
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

/// The name that was surely meant: the only near one, a letter or two away. Names that differ in a digit are
/// different names.
pub fn only_near<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if written.len() > 128 {
        return None;
    }
    let lower = written.to_lowercase().replace('_', "-");
    let length = lower.chars().count();
    let distance = |name: &str| strsim::damerau_levenshtein(&lower, &name.to_lowercase());
    let mut near = known
        .into_iter()
        .filter(|name| name.len().abs_diff(written.len()) <= length / 3)
        .filter(|name| may_be_near(&lower, name, length / 3))
        .map(|name| (distance(name), name))
        .filter(|(distance, _)| *distance <= length / 3);
    let (distance, name) = near.next()?;
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let alone = near.all(|(_, other)| other == name);
    (alone && distance <= 2 && digits(name) == digits(written)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{nearest, only_near};

    #[test]
    fn only_one_near_name_is_sure() {
        let known = [
            "financial-impact",
            "lifecycle",
            "soc2-2026",
            "deployer",
            "deployed",
            "kind",
        ];
        assert_eq!(only_near("finacial-impact", known), Some("financial-impact"));
        assert_eq!(only_near("soc2-2025", known), None, "another year is another report");
        assert_eq!(only_near("deploye", known), None, "two are near");
        assert_eq!(only_near("lifecylce", known), Some("lifecycle"));
        assert_eq!(only_near("knd", known), Some("kind"));
        assert_eq!(only_near("colour", known), None);
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
