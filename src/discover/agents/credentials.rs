//! Which credentials an agent or a server is given, and whether one of them is written out.

use hashbrown::HashSet;
use jsonc_parser::ast::{Object, StringLit, Value};

use super::json::Document;
use crate::discover::placeholder::is_setting;
use crate::discover::{secret_name, written_out};
use crate::source::Span;

/// A credential, by its name.
pub struct Given {
    /// Where its name stands.
    pub span: Span,
    pub is_written_out: bool,
}

/// Those of a server: in `env`, in `headers`, and in a `--header` of its `args`.
pub fn of_server(document: &Document<'_>, server: &Object<'_>) -> Vec<Given> {
    let mut given = Vec::new();
    let mut led_to = HashSet::new();
    for (name, span, value) in texts(document, server, "headers") {
        header(name, span, value.map(|value| &*value.value), &mut given, &mut led_to);
    }
    for of_args in headers_of_args(document, server) {
        header(of_args.name, of_args.span, Some(of_args.value), &mut given, &mut led_to);
    }
    for (name, span, value) in texts(document, server, "env") {
        let value = value.map(|value| &*value.value);
        if led_to.contains(name) || names_a_credential(name, value) {
            given.push(Given::new(span, value));
        }
    }
    given.sort_by_key(|given| given.span);
    given
}

/// Those of an agent itself, in `env`. One that is empty takes away what it would have else.
pub fn of_agent(document: &Document<'_>, settings: &Object<'_>) -> Vec<Given> {
    let of_env = texts(document, settings, "env");
    let of_env = of_env.filter_map(|(name, span, value)| {
        let value = &*value?.value;
        (!value.trim().is_empty() && names_a_credential(name, Some(value))).then(|| Given::new(span, Some(value)))
    });
    of_env.collect()
}

impl Given {
    fn new(span: Span, value: Option<&str>) -> Self {
        Self {
            span,
            is_written_out: value.is_some_and(written_out::is_written_out),
        }
    }
}

fn header<'v>(name: &str, span: Span, value: Option<&'v str>, given: &mut Vec<Given>, led_to: &mut HashSet<&'v str>) {
    if names_a_credential(name, value) {
        given.push(Given::new(span, value));
        led_to.extend(value.into_iter().flat_map(variables));
    }
}

/// What `${NAME}` in a value leads to: `Authorization:${AUTH_HEADER}`, and the header in `env`.
fn variables(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split("${").skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

/// The entries of a table of settings. The value of one that is no text is `None`.
fn texts<'d>(
    document: &'d Document<'_>,
    of: &'d Object<'_>,
    table: &str,
) -> impl Iterator<Item = (&'d str, Span, Option<&'d StringLit<'d>>)> {
    let table = of.get_object(table);
    let entries = table.into_iter().flat_map(|table| &table.properties);
    entries.filter_map(|entry| {
        let (name, span) = document.key(&entry.name)?;
        match &entry.value {
            Value::StringLit(text) => Some((name, span, Some(text))),
            Value::NullKeyword(_) => Some((name, span, None)),
            // A switch, a number, or nothing that is known.
            _ => None,
        }
    })
}

struct OfArgs<'v> {
    name: &'v str,
    span: Span,
    value: &'v str,
}

/// `--header "Authorization: Bearer ${TOKEN}"`, in one argument or in two.
fn headers_of_args<'d>(document: &Document<'_>, server: &'d Object<'_>) -> Vec<OfArgs<'d>> {
    const OPTIONS: [&str; 2] = ["--header", "-H"];
    let Some(args) = server.get_array("args") else {
        return Vec::new();
    };
    let mut headers = Vec::new();
    let mut is_next = false;
    for arg in &args.elements {
        let text = match arg {
            Value::StringLit(text) => text,
            _ => {
                is_next = false;
                continue;
            }
        };
        let whole = &*text.value;
        let own = OPTIONS
            .iter()
            .find_map(|option| whole.strip_prefix(option)?.strip_prefix('='));
        if let Some(header) = own.or_else(|| is_next.then_some(whole))
            && let Some((name, value)) = header.trim_matches(['"', '\'']).split_once(':')
        {
            let name = name.trim();
            // The option has no colon in it.
            let end = whole.find(':').map_or(0, |colon| whole[..colon].trim_end().len());
            let span = document.part(text, end.saturating_sub(name.len())..end);
            headers.push(OfArgs {
                name,
                span: span.unwrap_or_else(|| document.span(text)),
                value,
            });
        }
        is_next = OPTIONS.contains(&whole);
    }
    headers
}

/// Whether a variable or a header takes a credential. A value that only sets something says that it does not.
fn names_a_credential(name: &str, value: Option<&str>) -> bool {
    // `MAX_OUTPUT_TOKENS`: how many.
    const COUNTS: &[&str] = &[
        "MAX", "MIN", "LIMIT", "BUDGET", "THINKING", "OUTPUT", "INPUT", "CONTEXT", "TOTAL",
    ];
    let is_number = |value: &str| {
        let value = value.trim();
        !value.is_empty()
            && value
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b','))
    };
    let upper = name.to_ascii_uppercase();
    let is_count = upper.ends_with("TOKENS") && upper.split('_').any(|word| COUNTS.contains(&word));
    !is_count
        && !value.is_some_and(|value| !value.trim().is_empty() && (is_setting(value) || is_number(value)))
        && !secret_name::is_well_known(name)
        && secret_name::names_a_credential(name)
}

/// Every value of a file is one that nothing may show, but for the references in it and the names that were seen.
pub fn hidden(document: &Document<'_>, object: &Object<'_>, names: &[Span], literals: &mut Vec<Span>) {
    let mut ahead: Vec<&Value<'_>> = object.properties.iter().map(|setting| &setting.value).collect();
    while let Some(value) = ahead.pop() {
        match value {
            Value::Object(object) => ahead.extend(object.properties.iter().map(|setting| &setting.value)),
            Value::Array(array) => ahead.extend(&array.elements),
            Value::StringLit(text) => around_names(document, text, names, literals),
            Value::NumberLit(_) | Value::BooleanLit(_) | Value::NullKeyword(_) => {}
        }
    }
}

/// All of a text but its references and the names in it, which are sorted.
fn around_names(document: &Document<'_>, text: &StringLit<'_>, names: &[Span], literals: &mut Vec<Span>) {
    let whole = document.span(text);
    let references = text.value.match_indices("${").filter_map(|(start, _)| {
        let inside = &text.value[start + 2..];
        let end = inside.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')))?;
        let is_closed = inside[end..].starts_with('}');
        is_closed.then(|| document.part(text, start..start + 2 + end + 1))?
    });
    let first = names.partition_point(|name| name.start < whole.start);
    let inside = names[first..].iter().take_while(|name| name.end <= whole.end);
    // A name that is all of a text is one only because nothing in it could be told apart.
    let inside = inside.copied().filter(|name| *name != whole);
    let mut kept: Vec<Span> = references.chain(inside).collect();
    kept.sort_unstable();
    let mut from = whole.start;
    for name in kept.into_iter().chain([Span {
        start: whole.end,
        end: whole.end,
    }]) {
        if from < name.start {
            literals.push(Span {
                start: from,
                end: name.start,
            });
        }
        from = from.max(name.end);
    }
}
