//! What a file has of secrets is masked before anything else sees its text.
//!
//! Each character becomes one of the same length in bytes, in characters and in UTF-16, so that every place stays true.

use super::{Shows, secret_name};
use crate::source::Span;

/// A text in which no secret stands any more: neither the literals that were found where a credential belongs, nor what
/// looks like one anywhere else.
pub fn masked(text: String, shows: &Shows) -> String {
    let mut spans: Vec<Span> = shows.literals.clone();
    // What is known to be a name is shown, however it looks.
    let sightings = shows.sightings.iter();
    let names = sightings.flat_map(|one| std::iter::once(one.span).chain(one.facts.iter().map(|fact| fact.span)));
    let mut names: Vec<Span> = names.collect();
    names.sort();
    let is_name = |span: &Span| {
        let from = names.partition_point(|name| name.start < span.start);
        let around = &names[from.saturating_sub(1)..names.len().min(from + 2)];
        around.iter().any(|name| name.overlaps(*span))
    };
    spans.extend(suspicious(&text).into_iter().filter(|span| !is_name(span)));
    if spans.is_empty() {
        return text;
    }
    spans.sort();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        let (start, end) = (span.start as usize, (span.end as usize).min(text.len()));
        if end <= at || !text.is_char_boundary(start.max(at)) || !text.is_char_boundary(end) {
            continue;
        }
        let start = start.max(at);
        out.push_str(&text[at..start]);
        out.extend(text[start..end].chars().map(mask));
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

/// A character that stands for another of the same length.
fn mask(c: char) -> char {
    match (c, c.len_utf8()) {
        ('\n' | '\r' | '\t' | ' ', _) => c,
        (_, 1) => '*',
        (_, 2) => '·',
        (_, 3) => '•',
        _ => '🔒',
    }
}

/// Words that begin like the tokens of known services.
const PREFIXES: [&str; 24] = [
    "AKIA",
    "ASIA",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "gldt-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xapp-",
    "sk-",
    "sk_live_",
    "rk_live_",
    "pk_live_",
    "npm_",
    "pypi-",
    "AIza",
    "ya29.",
    "eyJ",
    "hvs.",
];
/// Shorter words are hardly a secret.
const LEAST_TOKEN: usize = 16;

/// What looks like a secret, wherever it stands: in a script, a comment or an address.
fn suspicious(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut line_start = 0;
    let mut in_key = false;
    for line in text.split_inclusive('\n') {
        if line.contains("-----BEGIN ") {
            in_key = true;
        }
        if in_key {
            let content = line.trim_end().len();
            let indent = line.len() - line.trim_start().len();
            if indent < content && !line.contains("-----BEGIN ") && !line.contains("-----END ") {
                spans.push(Span::new(line_start + indent..line_start + content));
            }
            if line.contains("-----END ") {
                in_key = false;
            }
        } else {
            in_line(line, line_start, &mut spans);
        }
        line_start += line.len();
    }
    spans
}

fn in_line(line: &str, start: usize, spans: &mut Vec<Span>) {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '/' | '=' | '.' | '~');
    let mut at = 0;
    // Whether what was read last gives its name to what comes next: `PASSWORD=`, `--token `, `Bearer `.
    let mut names = false;
    // Whether a name and a password with a colon between them come next: `-u name:password`.
    let mut pair = Pair::None;
    while at < line.len() {
        let rest = &line[at..];
        let word_len = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
        if word_len == 0 {
            let c = rest.chars().next().unwrap_or(' ');
            // `https://user:password@host`
            if c == ':'
                && let Some(end) = userinfo(line, at)
            {
                spans.push(Span::new(start + at + 1..start + end));
                at = end;
                names = false;
                continue;
            }
            pair = match (pair, c) {
                (Pair::Name, ':') => Pair::Password,
                (Pair::Option, ' ' | '"' | '\'' | '=') => Pair::Option,
                _ => Pair::None,
            };
            names &= matches!(c, ':' | ' ' | '"' | '\'' | '\t' | '`');
            at += c.len_utf8();
            continue;
        }
        let word = &rest[..word_len];
        let (name, value) = match word.split_once('=') {
            Some((name, value)) if !name.is_empty() => (Some(name), value),
            _ => (None, word),
        };
        let value_at = at + word_len - value.len();
        let is_value = match name {
            Some(name) => names_a_credential(name),
            None => names,
        };
        let opens = line[at + word_len..].chars().next();
        let is_value = is_value || pair == Pair::Password;
        if !value.is_empty() && (is_value && is_literal(value, opens) || looks_secret(value)) {
            spans.push(Span::new(start + value_at..start + at + word_len));
        }
        pair = match pair {
            Pair::Option => Pair::Name,
            _ if matches!(word, "-u" | "--user") => Pair::Option,
            _ => Pair::None,
        };
        names = match name {
            Some(name) => value.is_empty() && names_a_credential(name),
            None => {
                let followed = line[at + word_len..].trim_start_matches([' ', '"', '\'']);
                let is_key = followed.starts_with(':') || followed.starts_with('=');
                let is_option = word.starts_with("--");
                let is_bearer = word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic");
                (is_key || is_option) && names_a_credential(word) || is_bearer && is_header(line)
            }
        };
        at += word_len;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    None,
    Option,
    Name,
    Password,
}

fn names_a_credential(word: &str) -> bool {
    let word = word.trim_start_matches('-');
    let last = word.rsplit(['.', '/']).next().unwrap_or(word);
    secret_name::names_a_credential(last)
}

/// Whether a word stands for itself: it neither refers to anything nor is it a word of a language.
fn is_literal(value: &str, opens: Option<char>) -> bool {
    const WORDS: [&str; 14] = [
        "true", "false", "null", "none", "inherit", "required", "write", "read", "string", "secrets", "var", "local",
        "data", "env",
    ];
    let is_reference = value.contains('.') && value.split('.').next().is_some_and(|first| WORDS.contains(&first))
        || matches!(opens, Some('(' | '[' | '{'));
    !is_reference && !WORDS.contains(&value) && !value.starts_with('-')
}

fn is_header(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    line.contains("authorization")
}

/// Where the password of an address ends, if a colon at `at` stands before one.
fn userinfo(line: &str, at: usize) -> Option<usize> {
    let before = &line[..at];
    let scheme = before.rfind("://")?;
    let user = &before[scheme + 3..];
    if user.contains(['/', ' ', '@', '"', '\'']) {
        return None;
    }
    let rest = &line[at + 1..];
    let end = rest.find('@')?;
    let password = &rest[..end];
    let is_plain = !password.is_empty() && !password.contains(['/', ' ', '"', '\'', '$', '{']);
    is_plain.then_some(at + 1 + end)
}

/// Whether a word may be a token by its own looks.
fn looks_secret(word: &str) -> bool {
    let word = word.trim_matches(['.', '=', '-']);
    if PREFIXES
        .iter()
        .any(|prefix| word.strip_prefix(prefix).is_some_and(|rest| rest.len() >= 8))
    {
        return true;
    }
    if word.len() < LEAST_TOKEN {
        return false;
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
    let lower = word.bytes().filter(u8::is_ascii_lowercase).count();
    if word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        // A commit is written so, and a digest; a key may be.
        return digits > 0 && word.len() != 40 && word.len() != 64;
    }
    // Names have separators, and words between them.
    let longest = word.split(['-', '_', '.', '/']).map(str::len).max().unwrap_or(0);
    digits >= 2 && upper >= 2 && lower >= 2 && longest >= 12
}
