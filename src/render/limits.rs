//! What GitHub takes of a SARIF file: more of anything, and it refuses all of it.

use std::cmp::Reverse;

/// Results in a run.
pub const RESULTS: usize = 25_000;
/// Tags of a rule.
pub const TAGS: usize = 20;
/// Characters of a rule's description.
pub const DESCRIPTION: usize = 1024;
/// Places of a result that are shown, beside the one that it is about.
pub const RELATED: usize = 99;

/// Keeps the `most` of the highest rank, and says how many that leaves out. What all fits keeps its order; else the
/// highest come first.
pub fn keep_highest<T, R: Ord>(items: &mut Vec<T>, most: usize, rank: impl Fn(&T) -> R) -> usize {
    let left_out = items.len().saturating_sub(most);
    if left_out > 0 {
        items.sort_by_key(|item| Reverse(rank(item)));
        items.truncate(most);
    }
    left_out
}

/// At most `most` characters, cut between words, with `…` for the rest.
pub fn clip(text: String, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let last = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
    let kept = &text[..last];
    let kept = kept.rsplit_once(char::is_whitespace).map_or(kept, |(kept, _)| kept);
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    #[test]
    fn what_fits_stays_as_it_is_and_what_does_not_loses_the_least() {
        use Severity::{Error, Note, Warning};
        let some = [(Note, 1), (Error, 2), (Warning, 3), (Error, 4)];
        let mut kept = some.to_vec();
        assert_eq!(keep_highest(&mut kept, 4, |(severity, _)| *severity), 0);
        assert_eq!(kept, some);
        assert_eq!(keep_highest(&mut kept, 3, |(severity, _)| *severity), 1);
        assert_eq!(kept, [(Error, 2), (Error, 4), (Warning, 3)]);
    }

    #[test]
    fn text_is_cut_by_characters_and_between_words() {
        assert_eq!(clip("é é é".to_owned(), 5), "é é é");
        assert_eq!(clip("één twee drie".to_owned(), 9), "één…");
        assert_eq!(clip("één twee drie".to_owned(), 10), "één twee…");
        assert_eq!(clip("aaaaaaaa".to_owned(), 4), "aaa…");
    }
}
