//! What a file has of secrets is masked before anything else sees its text.
//!
//! What may be a secret cannot be told from what is none: a password may be any word. So of a file that shows something,
//! only that is kept which is known to be a name: what was seen, the keys, the references of expressions, and the layout.
//! Each character of all else becomes one of the same length in bytes, in characters and in UTF-16, so that every place
//! stays true.

use super::Shows;
use crate::source::Span;

/// A text of which only names, keys and layout are left.
pub fn masked(text: String, shows: &Shows) -> String {
    let mut kept = Kept::of(&text, shows);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_kept = match kept.at(at) {
            Known::Literal => c.is_whitespace(),
            Known::Name => true,
            Known::Nothing => is_layout(c),
        };
        out.push(if is_kept { c } else { mask(c) });
    }
    out
}

/// Whether a masked text can be that of another: it has the same characters, as far as they are not masked.
pub fn may_stand_for(masked: &str, text: &str) -> bool {
    let is_same = |(shown, c): (char, char)| shown == c || shown == mask(c);
    masked.len() == text.len() && masked.chars().zip(text.chars()).all(is_same)
}

/// A character that stands for another of the same length.
fn mask(c: char) -> char {
    match c.len_utf8() {
        1 => '*',
        2 => '·',
        3 => '•',
        _ => '🔒',
    }
}

/// What only separates values.
fn is_layout(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{feff}' | '{' | '}' | '[' | ']' | '(' | ')' | ',' | '"' | '\'' | ':' | '='
        )
}

/// What is known of a character.
enum Known {
    /// It is of a literal where a credential belongs.
    Literal,
    Name,
    Nothing,
}

/// The ranges that are kept, asked for from the front to the back.
struct Kept {
    /// Sorted; they may overlap.
    names: Vec<Span>,
    literals: Vec<Span>,
    next_name: usize,
    next_literal: usize,
    /// The end of those names that begin before what was asked for last.
    until: u32,
    literal_until: u32,
}

impl Kept {
    fn of(text: &str, shows: &Shows) -> Self {
        let sightings = shows.sightings.iter().chain(&shows.parameters);
        let seen = sightings.flat_map(|one| std::iter::once(one.span).chain(one.facts.iter().map(|fact| fact.span)));
        let mut names: Vec<Span> = seen.collect();
        // The head of a block that could not be parsed.
        let unread = shows.unread.iter().map(|part| part.span);
        let is_head = |span: &Span| {
            let head = text.get(span.range()).unwrap_or_default();
            OPENING.iter().any(|word| head.starts_with(word)) && !head.contains(['\n', '=', ':'])
        };
        names.extend(unread.filter(is_head));
        keys(text, &mut names);
        expressions(text, &mut names);
        names.sort_unstable();
        let mut literals = shows.literals.clone();
        literals.sort_unstable();
        Self {
            names,
            literals,
            next_name: 0,
            next_literal: 0,
            until: 0,
            literal_until: 0,
        }
    }

    fn at(&mut self, at: usize) -> Known {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let enter = |spans: &[Span], next: &mut usize, until: &mut u32| {
            while let Some(span) = spans.get(*next).filter(|span| span.start <= at) {
                *until = (*until).max(span.end);
                *next += 1;
            }
            at < *until
        };
        let is_literal = enter(&self.literals, &mut self.next_literal, &mut self.literal_until);
        let is_name = enter(&self.names, &mut self.next_name, &mut self.until);
        match (is_literal, is_name) {
            (true, _) => Known::Literal,
            (false, true) => Known::Name,
            (false, false) => Known::Nothing,
        }
    }
}

/// Words that begin a block or a document, and no value.
const OPENING: [&str; 9] = [
    "resource",
    "data",
    "module",
    "provider",
    "variable",
    "output",
    "locals",
    "terraform",
    "import",
];
/// No key is longer that someone writes.
const MAX_KEY: usize = 60;

/// The keys of lines: what stands where a line, a list item or a brace begins, and before `:` or `=`.
fn keys(text: &str, names: &mut Vec<Span>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        keys_of_line(line, start, names);
        start += line.len();
    }
}

fn keys_of_line(line: &str, start: usize, names: &mut Vec<Span>) {
    let is_of_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    // Whether only layout stands before: then a word may be a key.
    let mut opens = true;
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let len = rest.find(|c| !is_of_key(c)).unwrap_or(rest.len());
        if len == 0 {
            let c = rest.chars().next().unwrap_or(' ');
            opens = matches!(c, '{' | ',') || opens && matches!(c, ' ' | '\t' | '\u{feff}' | '"' | '\'');
            at += c.len_utf8();
            continue;
        }
        let word = &rest[..len];
        let behind = line[at + len..]
            .trim_start_matches(['"', '\''])
            .trim_start_matches([' ', '\t']);
        let is_value_next = behind.starts_with(':') || behind.starts_with('=') && !behind.starts_with("==");
        let is_key = is_value_next && len <= MAX_KEY && word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if opens && (is_key || OPENING.contains(&word)) {
            names.push(Span::new(start + at..start + at + len));
        }
        opens = opens && word == "-";
        if opens {
            names.push(Span::new(start + at..start + at + len));
        }
        at += len;
    }
}

/// Longer ones are not looked through for their end. In characters.
const MAX_EXPRESSION: usize = 1_000;

/// The references of `${{ }}` and `${ }`: their names, and nothing in quotes.
fn expressions(text: &str, names: &mut Vec<Span>) {
    let mut from = 0;
    while let Some(open) = text[from..].find("${") {
        let start = from + open;
        // Of one that does not end on its line, nothing is known.
        let rest = text[start..].char_indices().take(MAX_EXPRESSION);
        let mut end = None;
        for (at, c) in rest {
            if c == '\n' {
                break;
            }
            if c == '}' {
                end = Some(at);
                break;
            }
        }
        let rest = &text[start..];
        let Some(end) = end else {
            from = start + 2;
            continue;
        };
        let inside = &rest[..end];
        if !inside.starts_with("${{") {
            // A shell has more in its braces: `${PASSWORD:-none}`.
            let name = inside[2..].find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']')));
            let name = name.unwrap_or(inside.len() - 2);
            names.push(Span::new(start..start + 2 + name));
            from = start + end;
            continue;
        }
        let mut at = 0;
        for (number, part) in inside.split(['\'', '"']).enumerate() {
            if number % 2 == 0 {
                names.push(Span::new(start + at..start + at + part.len()));
            }
            at += part.len() + 1;
        }
        from = start + end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        masked(text.to_owned(), &Shows::default())
    }

    #[test]
    fn keys_and_references_are_left_and_nothing_else() {
        for (text, left) in [
            (
                "  - run: curl -u a:hunter2 https://x\n",
                "  - run: **** ** *:******* *****:***\n",
            ),
            (
                "env: { A: '${{ secrets.A_TOKEN }}', B: \"hunter\" }",
                "env: { A: '${{ secrets.A_TOKEN }}', B: \"******\" }",
            ),
            (
                "  password = \"ü 🔑$x\" # old one\n",
                "  password = \"· 🔒**\" * *** ***\n",
            ),
            ("a line with hunter2", "* **** **** *******"),
            ("export TOKEN=AbCd==", "****** *****=****=="),
            ("TOKEN=AbCd==", "TOKEN=****=="),
            (
                "x: ${{ contains('hunter2', env.A) }}",
                "x: ${{ contains('*******', env.A) }}",
            ),
            ("resource \"a\" \"b\" {", "resource \"*\" \"*\" {"),
            (
                "{\"password\": \"hunter2\", \"b\": 1}",
                "{\"password\": \"*******\", \"b\": *}",
            ),
            ("- hunter2\n", "- *******\n"),
            (
                "x = \"${var.a}/${PASSWORD:-hunter2}\"",
                "x = \"${var.a}*${PASSWORD:********}\"",
            ),
            ("${ never closed hunter2\n", "*{ ***** ****** *******\n"),
        ] {
            assert_eq!(shown(text), left, "{text}");
        }
    }

    #[test]
    fn what_was_seen_is_left_unless_it_is_a_literal() {
        let span = |from, to| Span { start: from, end: to };
        let shows = Shows {
            untold: Vec::new(),
            literals: vec![span(4, 8)],
            ..Shows::default()
        };
        assert_eq!(masked("a = hush x".to_owned(), &shows), "a = **** *");
    }
}
