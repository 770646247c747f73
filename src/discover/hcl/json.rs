//! Terraform's JSON syntax: the same blocks and expressions, as objects and strings.

use super::{Attribute, Block, Body, Expr, Key, Lost, Name, Parsed, Part, Value, parse};
use crate::discover::Unread;
use crate::discover::yaml::{Node, Tree};
use crate::source::Span;

/// Reads a file in JSON syntax.
pub fn parse_json(text: &str) -> Parsed {
    let (tree, fault) = Tree::parse(text);
    if let Some((_, span)) = fault {
        let whole = Span::new(0..text.len());
        return Parsed {
            body: Body::default(),
            unread: vec![Lost {
                unread: Unread {
                    span,
                    why: "the file is not JSON from here on".to_owned(),
                },
                whole,
            }],
            opaque: vec![whole],
        };
    }
    let mut body = Body::default();
    for root in tree.documents() {
        for (key, value) in root.own_entries() {
            match key.text() {
                Some("resource" | "data") => labelled(key, value, &mut Vec::new(), 2, &mut body.blocks),
                Some(_) => labelled(key, value, &mut Vec::new(), 0, &mut body.blocks),
                None => {}
            }
        }
    }
    Parsed {
        body,
        ..Parsed::default()
    }
}

/// Blocks of a kind, below as many levels of labels as the kind has.
fn labelled(kind: Node<'_, '_>, value: Node<'_, '_>, labels: &mut Vec<Name>, missing: usize, blocks: &mut Vec<Block>) {
    if value.is_list() {
        value
            .items()
            .for_each(|item| labelled(kind, item, labels, missing, blocks));
        return;
    }
    if missing == 0 {
        blocks.extend(name(kind).filter(|_| value.is_map()).map(|kind| Block {
            kind,
            labels: labels.clone(),
            body: body(value),
        }));
        return;
    }
    for (label, inner) in value.own_entries() {
        if let Some(label) = name(label) {
            labels.push(label);
            labelled(kind, inner, labels, missing - 1, blocks);
            labels.pop();
        }
    }
}

fn name(node: Node<'_, '_>) -> Option<Name> {
    let span = node.span();
    Some(Name {
        text: node.text()?.to_owned(),
        // With the quotes that JSON has around every key.
        span: Span {
            start: span.start.saturating_sub(1),
            end: span.end + 1,
        },
    })
}

/// What is in an object: whether a part of it is an attribute or a block, the syntax does not tell.
fn body(object: Node<'_, '_>) -> Body {
    let mut body = Body::default();
    for (key, value) in object.own_entries() {
        let Some(key_name) = name(key) else { continue };
        body.attributes.push(Attribute {
            key: key_name,
            value: expression(value),
        });
        if value.is_map() || value.is_list() {
            labelled(key, value, &mut Vec::new(), 0, &mut body.blocks);
        }
    }
    body
}

fn expression(node: Node<'_, '_>) -> Expr {
    let span = node.span();
    let value = if node.is_map() {
        let items = node.own_entries().map(|(key, value)| {
            let key = Key {
                text: key.text().map(str::to_owned),
                span: key.span(),
            };
            (key, expression(value))
        });
        Value::Object(items.collect())
    } else if node.is_list() {
        Value::List(node.items().map(expression).collect())
    } else {
        scalar(node, span)
    };
    Expr { span, value }
}

fn scalar(node: Node<'_, '_>, span: Span) -> Value {
    let text = node.text().unwrap_or_default();
    if node.is_plain() {
        return match (text, text.parse()) {
            ("true" | "false", _) => Value::Bool(text == "true"),
            (_, Ok(number)) => Value::Number(Some(number)),
            (_, Err(_)) => Value::Text(text.to_owned()),
        };
    }
    if !text.contains("${") && !text.contains("%{") {
        return Value::Text(text.to_owned());
    }
    // A string is a template there, too.
    let quoted = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
        .replace('\r', "\\r");
    let inside = unescaped_holes(&quoted);
    let mut parsed = parse(&format!("value = \"{inside}\"\n"));
    match parsed.body.attributes.pop() {
        Some(attribute) => at(attribute.value, span).value,
        None => Value::Template(vec![Part::Literal(String::new())]),
    }
}

/// Quotes within `${ }` are those of an expression, and stand there as they are.
fn unescaped_holes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let (before, hole) = rest.split_at(start);
        let end = hole.find('}').map_or(hole.len(), |end| end + 1);
        out.push_str(before);
        out.push_str(&hole[..end].replace("\\\"", "\""));
        rest = &hole[end..];
    }
    out.push_str(rest);
    out
}

/// An expression, all of which stands at one place.
fn at(expression: Expr, span: Span) -> Expr {
    let value = match expression.value {
        Value::Template(parts) => Value::Template(
            parts
                .into_iter()
                .map(|part| match part {
                    Part::Hole(hole) => Part::Hole(at(hole, span)),
                    literal => literal,
                })
                .collect(),
        ),
        Value::List(items) => Value::List(items.into_iter().map(|item| at(item, span)).collect()),
        Value::Object(items) => {
            let items = items
                .into_iter()
                .map(|(key, value)| (Key { span, ..key }, at(value, span)));
            Value::Object(items.collect())
        }
        value => value,
    };
    Expr { span, value }
}
