//! Text in lines of so many columns.

use unicode_width::UnicodeWidthStr;

/// Breaks text into lines of at most `room` columns, where it has spaces: what is broken within a word can be neither
/// copied nor found. Each line has as many words as fit.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut column, mut spaces) = (String::new(), 0, 0);
    for word in text.split(' ') {
        if word.is_empty() {
            spaces += usize::from(!line.is_empty());
            continue;
        }
        let width = if word.is_ascii() { word.len() } else { word.width() };
        if !line.is_empty() && column + spaces + width > room {
            lines.push(std::mem::take(&mut line));
            (column, spaces) = (0, 0);
        }
        line.extend(std::iter::repeat_n(' ', spaces));
        line.push_str(word);
        column += spaces + width;
        spaces = 1;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_by_their_columns() {
        let lines = |text, room| wrap(text, room).join("|");
        assert_eq!(lines("", 10), "");
        assert_eq!(lines("one two  three   ", 9), "one two|three");
        assert_eq!(lines("  one  two three", 9), "one  two|three");
        assert_eq!(lines("one     two", 5), "one|two");
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
