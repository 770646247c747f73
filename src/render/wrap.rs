//! Text in lines of so many columns.

/// Breaks text into lines of at most `room` columns, between words: what is broken within one can be neither copied nor
/// found.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let options = textwrap::Options::new(room)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    let lines = textwrap::wrap(&text, options);
    lines.into_iter().map(std::borrow::Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_by_their_columns() {
        let lines = |text, room| wrap(text, room).join("|");
        assert_eq!(lines("", 10), "");
        assert_eq!(lines("  one\ttwo\n three  ", 9), "one two|three");
        assert_eq!(lines("one two three", 7), "one two|three");
        assert_eq!(lines("one two three", 6), "one|two|three");
        assert_eq!(lines("one two", 0), "one|two");
        let path = "see docs/soc-2/type-2.md#section";
        assert_eq!(lines(path, 10), "see|docs/soc-2/type-2.md#section");
        // Each of these takes two columns, and three bytes.
        assert_eq!(lines("チーム チーム x", 13), "チーム チーム|x");
        assert_eq!(lines("e\u{301}e\u{301} x", 4), "e\u{301}e\u{301} x");
    }
}
