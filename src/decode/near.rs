//! The nearest known name to what somebody wrote.

/// Whether two texts can be told apart by fewer than so many slips: each changes one letter or two, and most names
/// differ in more of them.
fn may_be_near(a: &str, b: &str, slips: usize) -> bool {
    if a.len().abs_diff(b.len()) > 4 * slips {
        return false;
    }
    let mut surplus = [0_i32; 64];
    for byte in a.bytes() {
        surplus[usize::from(byte % 64)] += 1;
    }
    for byte in b.bytes() {
        surplus[usize::from(byte % 64)] -= 1;
    }
    let (mut more, mut fewer) = (0_u32, 0_u32);
    for count in surplus {
        match count > 0 {
            true => more += count.unsigned_abs(),
            false => fewer += count.unsigned_abs(),
        }
    }
    // A character has at most four bytes.
    more.max(fewer) as usize <= 4 * slips && (!a.is_ascii() || !b.is_ascii() || more.max(fewer) as usize <= slips)
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
        .filter_map(|name| {
            let candidate = name.to_lowercase();
            if !may_be_near(&lower, &candidate, 1 + lower.len().max(candidate.len()) / 3) {
                return None;
            }
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
        .filter(|name| may_be_near(&lower, &name.to_lowercase(), length / 3))
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
    fn a_slip_is_found_and_a_different_word_is_not() {
        let known = ["financial-impact", "lifecycle", "kind"];
        assert_eq!(nearest("finacial-impact", known), Some("financial-impact"));
        assert_eq!(nearest("financial_impact", known), Some("financial-impact"));
        assert_eq!(nearest("Kind", known), Some("kind"));
        assert_eq!(nearest("colour", known), None);
    }
}
