//! The nearest known name to what somebody wrote.

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

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_a_different_word_is_not() {
        let known = ["financial-impact", "lifecycle", "kind"];
        assert_eq!(nearest("finacial-impact", known), Some("financial-impact"));
        assert_eq!(nearest("financial_impact", known), Some("financial-impact"));
        assert_eq!(nearest("Kind", known), Some("kind"));
        assert_eq!(nearest("colour", known), None);
    }
}
