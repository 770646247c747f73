//! Literals where a credential belongs: where they are, never what they are.

use crate::discover::hcl::{Block, Body, Expr, Parsed, Part, Value};
use crate::discover::secret_name::names_a_credential;
use crate::source::Span;

/// Attributes that hold a secret, or many, whatever resource has them.
const HOLDERS: &[&str] = &[
    "secret_string",
    "secret_binary",
    "secret_data",
    "plaintext_value",
    "encrypted_value",
    "value_encrypted",
    "data_json",
    "string_data",
];

pub fn literals(parsed: &Parsed) -> Vec<Span> {
    let mut found = parsed.opaque.clone();
    body(&parsed.body, false, false, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// `holds_value`: an attribute `value` or `data` is a secret; `has_default`: so is `default`.
fn body(of: &Body, holds_value: bool, has_default: bool, found: &mut Vec<Span>) {
    for attribute in &of.attributes {
        let key = attribute.key.text.as_str();
        let is_secret = HOLDERS.contains(&key)
            || (holds_value && matches!(key, "value" | "data" | "binary_data"))
            || (has_default && key == "default");
        look(&attribute.value, is_secret, is_secret || names_a_credential(key), found);
    }
    for block in &of.blocks {
        let is_resource = block.kind.text == "resource";
        let is_named = block
            .labels
            .first()
            .is_some_and(|label| names_a_credential(&label.text));
        let holds_value = holds_value || (is_resource && is_secret_kind(block));
        body(
            &block.body,
            holds_value,
            block.kind.text == "variable" && is_named,
            found,
        );
    }
}

/// Whether the value of such a resource is a secret.
fn is_secret_kind(block: &Block) -> bool {
    let kind = block
        .labels
        .first()
        .map(|label| label.text.as_str())
        .unwrap_or_default();
    kind.contains("secret") || kind.ends_with("_variable") || kind == "aws_ssm_parameter"
}

/// `is_all`: all texts in it are secret, also in objects; `is_here`: those are that stand here.
fn look(expr: &Expr, is_all: bool, is_here: bool, found: &mut Vec<Span>) {
    match &expr.value {
        Value::Text(text) => {
            if is_here && !text.is_empty() {
                found.push(expr.span);
            }
        }
        Value::Template(parts) => {
            let is_literal = |part: &Part| matches!(part, Part::Literal(text) if text.contains(char::is_alphanumeric));
            if is_here && parts.iter().any(is_literal) {
                found.push(expr.span);
            } else {
                expr.parts()
                    .into_iter()
                    .for_each(|part| look(part, is_all, is_here, found));
            }
        }
        Value::Object(items) => {
            for (key, value) in items {
                let is_named = key.text.as_deref().is_some_and(names_a_credential);
                look(value, is_all, is_all || is_named, found);
            }
        }
        _ => expr
            .parts()
            .into_iter()
            .for_each(|part| look(part, is_all, is_here, found)),
    }
}
