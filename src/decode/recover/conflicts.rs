//! What a merge left behind: `<<<<<<<`, `|||||||`, `=======`, `>>>>>>>`.

use super::lines::next_line;
use std::ops::Range;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// An unresolved merge conflict, or what is left of one.
#[derive(Debug, PartialEq)]
pub struct Conflict {
    /// With its markers.
    pub range: Range<usize>,
    /// What one side and the other say; the common ancestor is not a side.
    pub sides: Vec<Range<usize>>,
}

/// More markers than these are not a merge.
const MAX_MARKERS: usize = 2_000;
/// Shorter markers are markers only in a conflict that is complete.
const SURE_MARKER: usize = 5;
const MIN_MARKER: usize = 3;

/// The character of a marker, and how often it is there.
fn marker(line: &str) -> Option<(u8, usize)> {
    let line = line.trim_end_matches(['\n', '\r']);
    let first = *line.as_bytes().first()?;
    if !matches!(first, b'<' | b'|' | b'=' | b'>') {
        return None;
    }
    let count = line.bytes().take_while(|byte| *byte == first).count();
    let behind = &line[count..];
    let ends = behind.trim().is_empty() || first != b'=' && behind.starts_with(' ');
    (count >= MIN_MARKER && ends).then_some((first, count))
}

/// Whether there is anything that may be a marker.
pub fn may_have(text: &str) -> bool {
    let find = |needle: &[u8]| memchr::memmem::find(text.as_bytes(), needle).is_some();
    find(b"<<<") || find(b">>>") || find(b"===") || find(b"|||")
}

#[derive(Debug, Clone, Copy)]
struct Marker {
    sign: u8,
    count: usize,
    start: usize,
    end: usize,
}

/// Every conflict of a text, those in texts over several lines too. What is left of one counts outside of texts.
pub fn conflicts(text: &str) -> Vec<Conflict> {
    if !may_have(text) {
        return Vec::new();
    }
    let mut markers = Vec::new();
    let mut start = 0;
    while start < text.len() && markers.len() < MAX_MARKERS {
        let end = next_line(text, start);
        if let Some((sign, count)) = marker(&text[start..end]) {
            markers.push(Marker {
                sign,
                count,
                start,
                end,
            });
        }
        start = end;
    }
    let mut found = Vec::new();
    let mut left = Vec::new();
    let mut at = 0;
    while at < markers.len() {
        match complete(&markers[at..]) {
            Some(length) => {
                found.push(conflict(&markers[at..at + length]));
                at += length;
            }
            None => {
                left.push(markers[at]);
                at += 1;
            }
        }
    }
    found.extend(leftovers(text, &left, &found));
    found.sort_by_key(|conflict| conflict.range.start);
    found
}

/// How many markers make up the conflict that begins with the first, with those within.
fn complete(markers: &[Marker]) -> Option<usize> {
    let first = markers.first().filter(|marker| marker.sign == b'<')?;
    let mut open = vec![first.count];
    let mut middle = false;
    for (at, marker) in markers.iter().enumerate().skip(1) {
        match marker.sign {
            b'<' => open.push(marker.count),
            b'>' => {
                // A conflict within that lost its end ends with the one around it.
                let matching = open.iter().rposition(|count| *count == marker.count)?;
                open.truncate(matching);
                if open.is_empty() {
                    return middle.then_some(at + 1);
                }
            }
            b'=' => middle |= marker.count == first.count,
            _ => {}
        }
    }
    None
}

fn conflict(markers: &[Marker]) -> Conflict {
    let (first, last) = (markers[0], markers[markers.len() - 1]);
    let mut sides = Vec::new();
    let mut from = Some(first.end);
    let mut depth = 0;
    for marker in &markers[1..] {
        match marker.sign {
            b'<' => depth += 1,
            b'>' if depth > 0 => depth -= 1,
            _ if depth > 0 || marker.count != first.count => {}
            sign => {
                sides.extend(from.take().map(|from| from..marker.start));
                if sign == b'=' {
                    from = Some(marker.end);
                }
            }
        }
    }
    Conflict {
        range: first.start..last.end,
        sides,
    }
}

/// Markers without their counterparts: those that may belong together are one conflict.
fn leftovers(text: &str, left: &[Marker], complete: &[Conflict]) -> Vec<Conflict> {
    let sure: Vec<&Marker> = left.iter().filter(|marker| marker.count >= SURE_MARKER).collect();
    if sure.is_empty() {
        return Vec::new();
    }
    let texts: Vec<Range<usize>> = Source::new(text)
        .lex()
        .filter(|token| matches!(token.kind(), TokenKind::MlBasicString | TokenKind::MlLiteralString))
        .map(|token| token.span().start()..token.span().end())
        .collect();
    let in_text = |at: usize| {
        let before = texts.partition_point(|text| text.start <= at);
        texts[..before].last().is_some_and(|text| at < text.end)
    };
    let rank = |sign: u8| match sign {
        b'<' => 0,
        b'|' => 1,
        b'=' => 2,
        _ => 3,
    };
    let mut found: Vec<(Conflict, u8, usize)> = Vec::new();
    for marker in sure {
        if in_text(marker.start) || complete.iter().any(|one| one.range.contains(&marker.start)) {
            continue;
        }
        let crossed = |from: usize| {
            complete
                .iter()
                .any(|one| (from..marker.start).contains(&one.range.start))
        };
        match found.last_mut() {
            Some((last, sign, count))
                if *count == marker.count && rank(*sign) < rank(marker.sign) && !crossed(last.range.end) =>
            {
                last.sides.push(last.range.end..marker.start);
                last.range.end = marker.end;
                *sign = marker.sign;
            }
            _ => found.push((
                Conflict {
                    range: marker.start..marker.end,
                    sides: Vec::new(),
                },
                marker.sign,
                marker.count,
            )),
        }
    }
    found.into_iter().map(|(conflict, ..)| conflict).collect()
}

#[cfg(test)]
mod tests {
    use super::{Conflict, conflicts};

    fn sides<'t>(text: &'t str, conflict: &Conflict) -> Vec<&'t str> {
        conflict.sides.iter().map(|side| &text[side.clone()]).collect()
    }

    #[test]
    fn a_conflict_has_two_sides_and_what_lies_within_belongs_to_them() {
        for (text, expected) in [
            ("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", vec!["x\n", "y\n"]),
            (
                "<<<<<<< a\nx\n||||||| o\nz\n=======\ny\n>>>>>>> b\n",
                vec!["x\n", "y\n"],
            ),
            ("<<<<< a\nx\n=====\ny\n>>>>> b\n", vec!["x\n", "y\n"]),
            (
                "<<<<<<< a\n<<<<<<< c\n1\n=======\n2\n>>>>>>> c\n=======\ny\n>>>>>>> b\n",
                vec!["<<<<<<< c\n1\n=======\n2\n>>>>>>> c\n", "y\n"],
            ),
            (
                "<<<<<<< a\nx\n||||||| o\n<<<<<<<<< p\n1\n=========\n2\n>>>>>>>>> q\n=======\ny\n>>>>>>> b\n",
                vec!["x\n", "y\n"],
            ),
            ("<<<<<<< a\r\nx\r\n=======\r\n>>>>>>> b\r\n", vec!["x\r\n", ""]),
        ] {
            let found = conflicts(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].range, 0..text.len(), "{text}");
            assert_eq!(sides(text, &found[0]), expected, "{text}");
        }
    }

    #[test]
    fn what_is_left_of_a_conflict_is_one() {
        for text in [
            "a = 1\n<<<<<<< HEAD\nb = 1\n=======\nc = 1\n",
            "a = 1\n=======\nb = 1\n>>>>>>> x\nc = 1\n",
            ">>>>>>> x\n",
            "<<<<<<< HEAD\n",
            "=======\n",
        ] {
            assert_eq!(conflicts(text).len(), 1, "{text}");
        }
        for text in [
            "a = \"<<<<<<< x\"\n",
            "a = '''\nTitle\n=======\n'''\n",
            "# =======\n",
            "a = 1 # >>>>>>>\n",
            "===\n",
            "<<a>>\n",
            ">>>\n",
        ] {
            assert_eq!(conflicts(text), [], "{text}");
        }
    }
}
