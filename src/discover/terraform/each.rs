//! What an expression stands for: the names in a reference, and the literals that `for_each` lists.

use super::folder::{Folder, MAX_MEANT, MAX_NAME, Resource};
use super::reference::path;
use crate::discover::hcl::{Expr, Part, Value};
use crate::source::Span;

/// How many parts of an expression are looked at, where many resources may have the same.
const MAX_PARTS: usize = 2_000;

/// One of those that `for_each` makes.
pub struct Instance<'t> {
    pub key: &'t str,
    pub key_span: Span,
    /// What `each.value` is; `None` in a set, where it is the key.
    pub value: Option<&'t Expr>,
    value_span: Span,
}

impl Instance<'_> {
    fn text(&self) -> Option<(String, Span)> {
        match self.value {
            None => Some((self.key.to_owned(), self.key_span)),
            Some(value) => value.text().map(|text| (text.to_owned(), self.value_span)),
        }
    }
}

impl<'t> Folder<'t> {
    /// The texts that an expression stands for, as far as they are literal, each with its place in the file of `at`:
    /// itself, or those that `for_each` lists.
    pub fn literals(&self, at: Resource<'t>, expr: &Expr) -> Vec<(String, Span)> {
        if let Some(text) = self.resolve(expr).text() {
            return if text.len() <= MAX_NAME {
                vec![(text.to_owned(), expr.span)]
            } else {
                Vec::new()
            };
        }
        let of_each = |expr: &Expr| {
            let path = path(expr)?;
            match path.as_slice() {
                ["each", "key"] => Some(true),
                ["each", "value"] => Some(false),
                _ => None,
            }
        };
        let pick = |is_key: bool| {
            self.instances(at).into_iter().filter_map(move |instance| {
                if is_key {
                    Some((instance.key.to_owned(), instance.key_span))
                } else {
                    instance.text()
                }
            })
        };
        if let Some(is_key) = of_each(expr) {
            return pick(is_key).collect();
        }
        let Value::Template(parts) = &expr.value else {
            return Vec::new();
        };
        // `"arn:aws:iam::aws:policy/${each.value}"`
        let mut holes = parts.iter().filter_map(|part| match part {
            Part::Hole(hole) => Some(of_each(hole)),
            Part::Literal(_) => None,
        });
        let (Some(Some(is_key)), None) = (holes.next(), holes.next()) else {
            return Vec::new();
        };
        let around: usize = parts
            .iter()
            .map(|part| if let Part::Literal(text) = part { text.len() } else { 0 })
            .sum();
        if around > 256 {
            return Vec::new();
        }
        pick(is_key)
            .map(|(each, span)| {
                let texts = parts.iter().map(|part| match part {
                    Part::Literal(text) => text.as_str(),
                    Part::Hole(_) => each.as_str(),
                });
                (texts.collect(), span)
            })
            .collect()
    }

    /// What `for_each` makes, as far as its keys are literal; in another place, `for_each` itself shows them.
    pub fn instances(&self, at: Resource<'t>) -> Vec<Instance<'t>> {
        let Some(each) = at.body.value("for_each") else {
            return Vec::new();
        };
        let mut made = each;
        while let Value::Call(name, items) = &made.value
            && matches!(name.as_str(), "toset" | "tomap" | "tolist" | "nonsensitive")
            && let [inner] = items.as_slice()
        {
            made = inner;
        }
        let here = made;
        made = self.resolve(made);
        let place = |span: Span| if std::ptr::eq(here, made) { span } else { each.span };
        let instances: Vec<Instance<'t>> = match &made.value {
            Value::Object(items) => {
                let items = items.iter().take(MAX_MEANT);
                let items = items.filter_map(|(key, value)| {
                    Some(Instance {
                        key: key.text.as_deref()?,
                        key_span: place(key.span),
                        value: Some(value),
                        value_span: place(value.span),
                    })
                });
                items.collect()
            }
            Value::List(items) => {
                let items = items.iter().take(MAX_MEANT);
                let items = items.filter_map(|item| {
                    Some(Instance {
                        key: item.text()?,
                        key_span: place(item.span),
                        value: None,
                        value_span: place(item.span),
                    })
                });
                items.collect()
            }
            _ => Vec::new(),
        };
        instances
    }
}

/// Calls `look` with each reference that the value may come from, of the first ones that it has.
pub fn each_reference<'e>(expr: &'e Expr, look: &mut impl FnMut(&'e Expr)) {
    let mut ahead = vec![expr];
    for _ in 0..MAX_PARTS {
        match ahead.pop() {
            Some(expr) if path(expr).is_some() => look(expr),
            Some(expr) => ahead.extend(expr.parts().into_iter().take(MAX_PARTS).rev()),
            None => return,
        }
    }
}
