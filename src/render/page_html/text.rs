//! Text of manifests in HTML. Markup is escaped by its type; here names are set off from each other, whichever way they are
//! written, and what moves, hides or turns text is written out.

use crate::render::safe;
use crate::views::ORGANIZATION;
use maud::{Markup, PreEscaped, Render, html};

/// A text of someone's. What is not written from left to right does not turn what stands beside it.
pub fn text(text: &str) -> Markup {
    let text = safe::line(text);
    match text.is_ascii() {
        true => dated(&text),
        false => html! { bdi { (dated(&text)) } },
    }
}

/// With its days set off, so that none is broken at the end of a line.
fn dated(text: &str) -> Markup {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = next_day(rest) {
        let (before, from) = rest.split_at(at);
        let (day, after) = from.split_at(DAY.len());
        out.push_str(&html! { (before) time { (day) } }.into_string());
        rest = after;
    }
    out.push_str(&rest.render().into_string());
    PreEscaped(out)
}

/// How a day is written: a digit for each 0.
const DAY: &[u8] = b"0000-00-00";

/// Where the first day in a text begins.
fn next_day(text: &str) -> Option<usize> {
    let is_day = |bytes: &[u8]| {
        let mut pairs = bytes.iter().zip(DAY);
        pairs.all(|(byte, like)| {
            if *like == b'0' {
                byte.is_ascii_digit()
            } else {
                byte == like
            }
        })
    };
    text.as_bytes().windows(DAY.len()).position(is_day)
}

/// A path or an id, which can be broken behind what separates its parts.
pub fn path(text: &str) -> Markup {
    let line = safe::line(text);
    let mut out = String::new();
    for part in line.split_inclusive(['/', '.', ':', '_', '-']) {
        if !out.is_empty() {
            out.push_str("<wbr>");
        }
        out.push_str(&part.render().into_string());
    }
    let parts = PreEscaped(out);
    match line.is_ascii() {
        true => html! { code { (parts) } },
        false => html! { code { bdi { (parts) } } },
    }
}

/// A sentence in which the organization is named, or only called so.
pub fn sentence(said: &str, organization: Option<&str>) -> Markup {
    let mut parts = said.split(ORGANIZATION);
    let first = prose(parts.next().unwrap_or_default());
    let others: Vec<Markup> = parts.map(prose).collect();
    html! {
        (first)
        @for other in others {
            @match organization {
                Some(name) => { bdi { (safe::line(name)) } }
                None => { "the organization" }
            }
            (other)
        }
    }
}

/// A sentence, in which backticks set off names. A name that holds one itself changes what is set off, and no more.
pub fn prose(said: &str) -> Markup {
    let mut parts = Vec::new();
    let mut rest = said;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((name, after)) = after.split_once('`') else {
            break;
        };
        parts.push(text(before));
        parts.push(html! { code { (text(name)) } });
        rest = after;
    }
    parts.push(text(rest));
    html! { @for part in parts { (part) } }
}

/// A text as a string of CSS.
pub fn css(text: &str) -> String {
    let mut out = String::from("\"");
    for c in safe::line(text).chars() {
        match c {
            c if c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '-' | ':') => out.push(c),
            c => out.push_str(&format!("\\{:x} ", u32::from(c))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_markup() {
        let hostile = "</style><script>alert(1)</script>\" onload=\"x";
        for markup in [
            text(hostile),
            path(hostile),
            prose(hostile),
            prose(&format!("`{hostile}`")),
        ] {
            let shown = markup.into_string().replace("<wbr>", "");
            assert!(
                !shown.contains("<s") && !shown.contains("</s") && !shown.contains('"'),
                "{shown}"
            );
        }
        let style = css("</style>\"\\;}é");
        assert_eq!(style, "\"\\3c \\2f style\\3e \\22 \\5c \\3b \\7d \\e9 \"");
    }

    #[test]
    fn what_turns_or_hides_text_is_written_out() {
        let shown = text("a\u{202e}b\u{200b}").into_string();
        assert!(shown.contains("\\u{202e}") && !shown.contains('\u{202e}') && !shown.contains('\u{200b}'));
        assert_eq!(text("مرحبا").into_string(), "<bdi>مرحبا</bdi>");
        assert_eq!(text("plain").into_string(), "plain");
        let named = sentence("of {organization}, `a`", Some("مرحبا")).into_string();
        assert_eq!(named, "of <bdi>مرحبا</bdi>, <code>a</code>");
        assert_eq!(
            sentence("of {organization}.", None).into_string(),
            "of the organization."
        );
    }

    #[test]
    fn a_day_is_not_broken() {
        let days = text("2026-10-01 to 2026-12-31, 12026-1-01 é2026-01-021").into_string();
        let expected =
            "<bdi><time>2026-10-01</time> to <time>2026-12-31</time>, 12026-1-01 é<time>2026-01-02</time>1</bdi>";
        assert_eq!(days, expected);
        assert_eq!(prose("`a/b` is `c").into_string(), "<code>a/b</code> is `c");
    }
}
