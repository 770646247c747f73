//! Local values that are literal, put into the templates that they stand in.

use std::collections::HashMap;

use super::folder::MAX_HOPS;
use crate::discover::hcl::{Body, Expr, Parsed, Part, Value};

/// How long a local value may be that is put into others.
const MAX_TEXT: usize = 512;

/// Makes `"https://${local.issuer}"` the text that it is, in the files of one folder. What is worked out later stays.
pub fn fill_in(files: &mut [Parsed]) {
    let known = texts(files);
    if known.is_empty() {
        return;
    }
    for parsed in files {
        body(&mut parsed.body, &known);
    }
}

/// The local values that are literal, be it by way of others.
fn texts(files: &[Parsed]) -> HashMap<String, String> {
    let blocks = files.iter().flat_map(|parsed| &parsed.body.blocks);
    let mut open: HashMap<&str, &Expr> = blocks
        .filter(|block| block.kind.text == "locals")
        .flat_map(|block| &block.body.attributes)
        .map(|local| (local.key.text.as_str(), &local.value))
        .collect();
    let mut known = HashMap::new();
    for _ in 0..MAX_HOPS {
        let found: Vec<(&str, String)> = open
            .iter()
            .filter_map(|(name, value)| Some((*name, literal(value, &known)?)))
            .collect();
        if found.is_empty() {
            break;
        }
        for (name, text) in found {
            open.remove(name);
            known.insert(name.to_owned(), text);
        }
    }
    known
}

fn literal(expr: &Expr, known: &HashMap<String, String>) -> Option<String> {
    match &expr.value {
        Value::Text(text) => (text.len() <= MAX_TEXT).then(|| text.clone()),
        Value::Number(number) => number.map(|number| number.to_string()),
        Value::Reference(_) => local(expr, known).map(str::to_owned),
        Value::Template(parts) => {
            let mut text = String::new();
            for part in parts {
                text.push_str(match part {
                    Part::Literal(literal) => literal,
                    Part::Hole(hole) => local(hole, known)?,
                });
                if text.len() > MAX_TEXT {
                    return None;
                }
            }
            Some(text)
        }
        _ => None,
    }
}

/// The text of `local.name`.
fn local<'k>(expr: &Expr, known: &'k HashMap<String, String>) -> Option<&'k str> {
    let Value::Reference(names) = &expr.value else {
        return None;
    };
    match names.as_slice() {
        [root, name] if root == "local" => known.get(name).map(String::as_str),
        _ => None,
    }
}

fn body(of: &mut Body, known: &HashMap<String, String>) {
    for attribute in &mut of.attributes {
        expr(&mut attribute.value, known);
    }
    for block in &mut of.blocks {
        body(&mut block.body, known);
    }
}

/// No deeper than what was parsed, and so safe.
fn expr(of: &mut Expr, known: &HashMap<String, String>) {
    match &mut of.value {
        Value::Template(parts) => {
            for part in parts.iter_mut() {
                if let Part::Hole(hole) = part {
                    expr(hole, known);
                }
            }
            let parts = std::mem::take(parts);
            of.value = template(parts, known);
        }
        Value::List(items) | Value::Call(_, items) | Value::Other(items) => {
            items.iter_mut().for_each(|item| expr(item, known));
        }
        Value::Object(items) => items.iter_mut().for_each(|(_, value)| expr(value, known)),
        Value::Access(base, _) => expr(base, known),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Reference(_) => {}
    }
}

/// A template with the known values in it, as one text where nothing else is left.
fn template(parts: Vec<Part>, known: &HashMap<String, String>) -> Value {
    let mut filled: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        let text = match &part {
            Part::Literal(text) => Some(text.as_str()),
            Part::Hole(hole) => local(hole, known).or_else(|| hole.text()),
        };
        match (text, filled.last_mut()) {
            (Some(text), Some(Part::Literal(before))) => before.push_str(text),
            (Some(text), _) => filled.push(Part::Literal(text.to_owned())),
            (None, _) => filled.push(part),
        }
    }
    match filled.pop() {
        Some(Part::Literal(text)) if filled.is_empty() => Value::Text(text),
        last => {
            filled.extend(last);
            Value::Template(filled)
        }
    }
}
