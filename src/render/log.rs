//! Text that may reach the log of a build server, which takes some of it for commands.
//!
//! GitHub's runner and Azure's agent look for `##[command]` and `##vso[command]` anywhere in a line of the log, and do
//! what they say; TeamCity has `##teamcity[message]`. Names, paths and lines of manifests must not be such.

use std::borrow::Cow;

/// What is in place of the bracket for people: as wide, so that columns and labels stay where they are.
const SHOWN: &str = "?";

/// Text for people.
pub fn text(text: &str) -> Cow<'_, str> {
    broken(text, SHOWN)
}

/// A JSON document, in which `#` is in strings only; what is parsed is the same.
pub fn json(document: String) -> String {
    owned(document, "\\u005b")
}

/// An XML document without CDATA; what is parsed is the same.
pub fn xml(document: String) -> String {
    owned(document, "&#91;")
}

/// Lines for GitHub's runner. One that is a command as a whole holds no other, and its text must be what it was.
pub fn annotations(document: &str) -> String {
    let line = |line| {
        if str::starts_with(line, "::") {
            Cow::Borrowed(line)
        } else {
            text(line)
        }
    };
    document.split_inclusive('\n').map(line).collect()
}

fn owned(document: String, bracket: &str) -> String {
    match broken(&document, bracket) {
        Cow::Borrowed(_) => document,
        Cow::Owned(broken) => broken,
    }
}

fn broken<'t>(text: &'t str, bracket: &str) -> Cow<'t, str> {
    let mut out = String::new();
    let mut done = 0;
    for at in memchr::memchr_iter(b'#', text.as_bytes()) {
        if let Some(end) = bracket_of_command(&text[at..]).map(|end| at + end) {
            out.push_str(&text[done..end]);
            out.push_str(bracket);
            done = end + 1;
        }
    }
    match done {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(out + &text[done..]),
    }
}

/// Where the bracket is of a command that begins with the text: `##`, perhaps letters, `[`.
fn bracket_of_command(text: &str) -> Option<usize> {
    let mut seen = text.char_indices().filter(|(_, c)| !is_ignorable(*c));
    let begins = seen.next()?.1 == '#' && seen.next()?.1 == '#';
    let (at, end) = seen.find(|(_, c)| !begins || !c.is_ascii_alphabetic())?;
    (begins && end == '[').then_some(at)
}

/// What .NET passes over when it looks for one text in another, unless it is told to compare bytes.
fn is_ignorable(c: char) -> bool {
    super::safe::is_unsafe(c)
        || matches!(c,
            '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}')
}

#[cfg(test)]
mod tests {
    use super::{json, text, xml};

    #[test]
    fn what_would_be_a_command_is_broken_and_nothing_else() {
        for (written, shown) in [
            ("##[debug]", "##?debug]"),
            ("a ##[error file=x]b ##[group]", "a ##?error file=x]b ##?group]"),
            ("###[x]", "###?x]"),
            (
                "##vso[task.setvariable variable=PATH]",
                "##vso?task.setvariable variable=PATH]",
            ),
            ("##teamcity[buildStop]", "##teamcity?buildStop]"),
            ("#\u{fe0f}#\u{200b}[x]", "#\u{fe0f}#\u{200b}?x]"),
            ("##vs\u{ad}o[x]", "##vs\u{ad}o?x]"),
        ] {
            assert_eq!(text(written), shown);
            assert_eq!(text(&text(written)), shown, "twice is once");
        }
        for plain in [
            "",
            "#",
            "##",
            "#[x]",
            "# #[x]",
            "## [x]",
            "##v1[x]",
            "[##]",
            "a # b ## c",
            "##\u{e9}[x]",
        ] {
            assert_eq!(text(plain), plain);
        }
    }

    #[test]
    fn whoever_parses_a_document_reads_what_was_written() -> Result<(), Box<dyn std::error::Error>> {
        for written in ["##[debug]x", "a##vso[b] ##[c]\n", "plain"] {
            let document = json(serde_json::to_string(written)?);
            assert!(!document.contains("##[") && !document.contains("vso["));
            assert_eq!(serde_json::from_str::<String>(&document)?, written);
            let document = xml(format!("<a>{written}</a>"));
            assert!(!document.contains("##[") && !document.contains("vso["));
            let parsed = roxmltree::Document::parse(&document)?;
            assert_eq!(parsed.root_element().text(), Some(written));
        }
        Ok(())
    }

    #[test]
    fn an_annotation_keeps_its_text_and_what_stands_around_it_does_not() {
        let shown = super::annotations("::error file=##[a]::b ##[c]\nand ##[d]\n");
        assert_eq!(shown, "::error file=##[a]::b ##[c]\nand ##?d]\n");
    }

    #[test]
    fn a_line_of_nothing_but_marks_takes_no_longer() {
        let marks = "#\u{200b}".repeat(200_000);
        assert_eq!(text(&marks), marks);
    }
}
