//! What an expression refers to.

use crate::discover::hcl::{Expr, Part, Value};

/// The names in a reference, also when it is wrapped into what does not change it.
pub fn path(expr: &Expr) -> Option<Vec<&str>> {
    match &expr.value {
        Value::Reference(names) => Some(names.iter().map(String::as_str).collect()),
        Value::Access(base, names) => {
            let mut path = path(base)?;
            path.extend(names.iter().map(String::as_str));
            Some(path)
        }
        Value::Template(parts) => match parts.as_slice() {
            [Part::Hole(hole)] => path(hole),
            _ => None,
        },
        Value::Call(name, items) => match name.as_str() {
            "one" | "element" | "try" | "sensitive" | "nonsensitive" | "tostring" | "values" => path(items.first()?),
            _ => None,
        },
        _ => None,
    }
}
