//! Text in lines of so many columns.

use unicode_width::UnicodeWidthChar;

/// Breaks text into lines of at most `room` columns, where it has spaces: what is broken within a word can be neither
/// copied nor found. Each line has as many words as fit.
pub fn wrap(text: &str, room: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text.trim_matches(' ');
    loop {
        let line = words_within(rest, room);
        lines.push(line);
        rest = rest[line.len()..].trim_start_matches(' ');
        if rest.is_empty() {
            return lines;
        }
    }
}

/// The words at the beginning of a text that fit into so many columns, or the first if it is longer.
fn words_within(text: &str, room: usize) -> &str {
    let within = bytes_within(text, room);
    let is_whole = text[within..].is_empty() || text[within..].starts_with(' ');
    let end = if is_whole {
        within
    } else {
        let last_space = text[..within].rfind(' ');
        last_space.or_else(|| text.find(' ')).unwrap_or(text.len())
    };
    text[..end].trim_end_matches(' ')
}

/// How many bytes at the beginning of a text take at most so many columns.
fn bytes_within(text: &str, room: usize) -> usize {
    // With the one behind them, which may take no column.
    let head = text.as_bytes().get(..=room).unwrap_or(text.as_bytes());
    if head.is_ascii() {
        return head.len().min(room);
    }
    let mut column = 0;
    let beyond = text.char_indices().find(|(_, c)| {
        column += c.width().unwrap_or(0);
        column > room
    });
    beyond.map_or(text.len(), |(at, _)| at)
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
        assert_eq!(lines("ne\u{301} x", 2), "ne\u{301}|x");
        assert_eq!(lines("two tre\u{301}", 7), "two tre\u{301}");
        // What takes no column may be endless.
        let still = "\u{301}".repeat(9);
        assert_eq!(lines(&format!("{still} x"), 2), format!("{still} x"));
    }
}
