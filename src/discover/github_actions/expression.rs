//! Expressions: `${{ .. }}` in a value, and which secrets they name.

use github_actions_expressions::context::Context;
use github_actions_expressions::{Expr, SpannedExpr, call::Function, literal::Literal};
use std::ops::Range;

/// A secret that an expression names, or may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// By its name, and where that stands in the value.
    Named(String, Range<usize>),
    /// Any whose name begins so; where the expression stands.
    Untold(String, Range<usize>),
}

/// What a value is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'v> {
    Text(&'v str),
    /// The inside of an expression, and where it begins in the value.
    Expression(&'v str, usize),
}

/// Parts a value into its text and its expressions.
pub fn pieces(value: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(open) = value[at..].find("${{") {
        let start = at + open + 3;
        let Some(len) = inside(&value[start..]) else { break };
        if open > 0 {
            pieces.push(Piece::Text(&value[at..at + open]));
        }
        pieces.push(Piece::Expression(&value[start..start + len], start));
        at = start + len + 2;
    }
    if at < value.len() {
        pieces.push(Piece::Text(&value[at..]));
    }
    pieces
}

/// How long an expression is, up to the `}}` that is in no string.
fn inside(text: &str) -> Option<usize> {
    let mut in_string = false;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\'' => in_string = !in_string,
            b'}' if !in_string && bytes.get(at + 1) == Some(&b'}') => return Some(at),
            _ => {}
        }
    }
    None
}

/// The secrets that a value names. `is_condition` says whether it is an expression without `${{ }}`, as under `if`.
pub fn secrets_in(value: &str, is_condition: bool) -> Vec<Secret> {
    let mut found = Vec::new();
    let pieces = pieces(value);
    if is_condition && pieces.iter().all(|piece| matches!(piece, Piece::Text(_))) {
        in_expression(value, 0, &mut found);
    }
    for piece in pieces {
        if let Piece::Expression(text, at) = piece {
            in_expression(text, at, &mut found);
        }
    }
    found
}

fn in_expression(text: &str, at: usize, found: &mut Vec<Secret>) {
    if !mentions_secrets(text) {
        return;
    }
    let Ok(expression) = Expr::parse(text) else {
        // What cannot be read may mean any of them.
        found.push(Secret::Untold(String::new(), at..at + text.len()));
        return;
    };
    for (context, origin) in expression.contexts() {
        if !is_secrets(context) {
            continue;
        }
        let whole = at + origin.span.start..at + origin.span.end;
        found.push(
            match context.parts.get(1).map(|part| (&part.inner, &part.origin.span)) {
                Some((Expr::Identifier(name), span)) => {
                    Secret::Named(name.as_str().to_owned(), at + span.start..at + span.end)
                }
                Some((Expr::Index(index), _)) => match &index.inner {
                    Expr::Literal(Literal::String(name)) => {
                        let span = &index.origin.span;
                        let quoted = text.get(span.start..span.end).unwrap_or_default();
                        let quotes = usize::from(quoted.starts_with('\'') && quoted.len() > 1);
                        Secret::Named(name.to_string(), at + span.start + quotes..at + span.end - quotes)
                    }
                    computed => Secret::Untold(prefix_of(computed), whole),
                },
                _ => Secret::Untold(String::new(), whole),
            },
        );
    }
}

fn is_secrets(context: &Context<'_>) -> bool {
    let head = context.parts.first().map(|part| &part.inner);
    matches!(head, Some(Expr::Identifier(name)) if name.as_str().eq_ignore_ascii_case("secrets"))
}

fn mentions_secrets(text: &str) -> bool {
    let word = b"secrets";
    text.as_bytes()
        .windows(word.len())
        .any(|window| window.eq_ignore_ascii_case(word))
}

/// How a computed name surely begins: `format('DEPLOY_KEY_{0}', ..)`.
fn prefix_of(computed: &Expr<'_>) -> String {
    let Expr::Call(call) = computed else {
        return String::new();
    };
    if call.func != Function::Format {
        return String::new();
    }
    match call.args.first().map(|first| &first.inner) {
        Some(Expr::Literal(Literal::String(text))) => {
            let end = text.find(['{', '}']).unwrap_or(text.len());
            text[..end].to_owned()
        }
        _ => String::new(),
    }
}

/// A name in one of the contexts that a repository or a workflow sets: `secrets.X`, `vars.X`, `env.X`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// `secrets`, `vars`, `env`, in lower case.
    pub context: String,
    pub name: String,
    /// Where the name stands in the value.
    pub range: Range<usize>,
}

/// The setting that a value is as a whole, if it is one.
pub fn setting(value: &str) -> Option<Setting> {
    let pieces = pieces(value);
    let mut expressions = pieces.iter().filter(|piece| match piece {
        Piece::Text(text) => !text.trim().is_empty(),
        Piece::Expression(..) => true,
    });
    let (Some(Piece::Expression(text, at)), None) = (expressions.next(), expressions.next()) else {
        return None;
    };
    let expression: SpannedExpr<'_> = Expr::parse(text).ok()?;
    let Expr::Context(context) = &expression.inner else {
        return None;
    };
    let [Expr::Identifier(head), part] = [&context.parts.first()?.inner, &context.parts.get(1)?.inner] else {
        return None;
    };
    let context_name = head.as_str().to_ascii_lowercase();
    if context.parts.len() != 2 || !matches!(context_name.as_str(), "secrets" | "vars" | "env") {
        return None;
    }
    let span = context.parts.get(1)?.origin.span;
    match part {
        Expr::Identifier(name) => Some(Setting {
            context: context_name,
            name: name.as_str().to_owned(),
            range: at + span.start..at + span.end,
        }),
        Expr::Index(index) => match &index.inner {
            Expr::Literal(Literal::String(name)) => {
                let span = index.origin.span;
                Some(Setting {
                    context: context_name,
                    name: name.to_string(),
                    range: at + span.start + 1..(at + span.end).max(at + span.start + 2) - 1,
                })
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(value: &str) -> Vec<(String, &str)> {
        secrets_in(value, false)
            .into_iter()
            .map(|secret| match secret {
                Secret::Named(name, range) => (name, &value[range]),
                Secret::Untold(prefix, _) => (format!("?{prefix}"), ""),
            })
            .collect()
    }

    #[test]
    fn a_secret_is_found_where_its_name_stands() {
        for (value, names) in [
            ("${{ secrets.NPM_TOKEN }}", &["NPM_TOKEN"][..]),
            ("${{secrets['A']}} and ${{ Secrets.b }}", &["A", "b"]),
            ("${{ secrets.A || secrets.B }}", &["A", "B"]),
            ("${{ format('{0}}}', secrets.A) }}", &["A"]),
            ("${{ fromJSON(secrets.JSON).key }}", &["JSON"]),
            ("${{ steps.secrets.outputs.A }}", &[]),
            ("${{ needs.secrets.outputs.A }}", &[]),
            ("${{ 'secrets.A' }}", &[]),
            ("secrets.A", &[]),
            ("${{ secrets.A", &[]),
        ] {
            let found = named(value);
            assert_eq!(
                found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
                names,
                "{value}"
            );
            assert!(found.iter().all(|(name, text)| name == text), "{value}: {found:?}");
        }
        assert_eq!(secrets_in("secrets.A != ''", true).len(), 1);
    }

    #[test]
    fn a_name_that_is_not_literal_may_be_any() {
        for (value, untold) in [
            ("${{ secrets[matrix.name] }}", "?"),
            ("${{ toJSON(secrets) }}", "?"),
            ("${{ secrets.* }}", "?"),
            ("${{ secrets[format('DEPLOY_{0}', matrix.env)] }}", "?DEPLOY_"),
            ("${{ what is this secrets }}", "?"),
        ] {
            assert_eq!(named(value), [(untold.to_owned(), "")], "{value}");
        }
    }

    #[test]
    fn a_value_that_is_one_setting_tells_which() {
        let of = |value: &str| setting(value).map(|setting| (setting.context, setting.name));
        assert_eq!(
            of("${{ vars.AWS_ROLE }}"),
            Some(("vars".to_owned(), "AWS_ROLE".to_owned()))
        );
        assert_eq!(of(" ${{ env['R'] }} "), Some(("env".to_owned(), "R".to_owned())));
        for value in [
            "a${{ vars.A }}",
            "${{ vars.A || vars.B }}",
            "${{ inputs.role }}",
            "${{ vars.A }}${{ vars.B }}",
            "x",
        ] {
            assert_eq!(of(value), None, "{value}");
        }
    }
}
