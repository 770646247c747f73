//! From the parser's tree to ours, with places in the whole file.
//!
//! The parser stops at 64 levels and 128 operators, so going down is safe.

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ObjectKey, TraversalOperator};
use hcl_edit::structure::{self, BlockLabel, Structure};
use hcl_edit::template::{Directive, Element, Strip, Template};

use super::{Attribute, Block, Body, Expr, Key, Name, Part, Value};
use crate::source::Span;

type Range = Option<std::ops::Range<usize>>;

/// `base`: where the text that was parsed begins in the file.
pub fn body(body: &structure::Body, base: usize) -> Body {
    let mut ours = Body::default();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => ours.attributes.push(Attribute {
                key: Name {
                    text: attribute.key.as_str().to_owned(),
                    span: span(attribute.key.span(), base),
                },
                value: expr(&attribute.value, base),
            }),
            Structure::Block(block) => ours.blocks.push(Block {
                kind: Name {
                    text: block.ident.as_str().to_owned(),
                    span: span(block.ident.span(), base),
                },
                labels: block.labels.iter().map(|label| name(label, base)).collect(),
                body: self::body(&block.body, base),
            }),
        }
    }
    ours
}

fn name(label: &BlockLabel, base: usize) -> Name {
    Name {
        text: label.as_str().to_owned(),
        span: span(label.span(), base),
    }
}

fn span(range: Range, base: usize) -> Span {
    range.map_or_else(Span::default, |range| Span::new(base + range.start..base + range.end))
}

fn expr(from: &Expression, base: usize) -> Expr {
    let all = |items: &mut dyn Iterator<Item = &Expression>| items.map(|item| expr(item, base)).collect::<Vec<_>>();
    let value = match from {
        Expression::Null(_) => Value::Other(Vec::new()),
        Expression::Bool(value) => Value::Bool(*value.value()),
        Expression::Number(number) => Value::Number(number.value().as_u64()),
        Expression::String(text) => Value::Text(text.value().clone()),
        Expression::StringTemplate(template) => self::template(template, base),
        Expression::HeredocTemplate(heredoc) => self::template(&heredoc.template, base),
        Expression::Parenthesis(inner) => expr(inner.inner(), base).value,
        Expression::Variable(name) => Value::Reference(vec![name.as_str().to_owned()]),
        Expression::Array(array) => Value::List(all(&mut array.iter())),
        Expression::Object(object) => Value::Object(
            object
                .iter()
                .map(|(at, value)| (key(at, base), expr(value.expr(), base)))
                .collect(),
        ),
        Expression::FuncCall(call) => {
            let name = if call.name.is_namespaced() {
                ""
            } else {
                call.name.name.as_str()
            };
            Value::Call(name.to_owned(), all(&mut call.args.iter()))
        }
        Expression::Traversal(traversal) => {
            let names = traversal
                .operators
                .iter()
                .filter_map(|operator| match operator.value() {
                    TraversalOperator::GetAttr(name) => Some(name.as_str().to_owned()),
                    _ => None,
                });
            let on = expr(&traversal.expr, base);
            match on.value {
                Value::Reference(mut path) => {
                    path.extend(names);
                    Value::Reference(path)
                }
                _ => Value::Access(Box::new(on), names.collect()),
            }
        }
        // What a condition is about does not get into the value.
        Expression::Conditional(choice) => {
            Value::Other(vec![expr(&choice.true_expr, base), expr(&choice.false_expr, base)])
        }
        Expression::UnaryOp(operation) => Value::Other(vec![expr(&operation.expr, base)]),
        Expression::BinaryOp(operation) => {
            Value::Other(vec![expr(&operation.lhs_expr, base), expr(&operation.rhs_expr, base)])
        }
        Expression::ForExpr(each) => Value::Other(vec![
            expr(&each.intro.collection_expr, base),
            expr(&each.value_expr, base),
        ]),
    };
    Expr {
        span: span(from.span(), base),
        value,
    }
}

fn key(from: &ObjectKey, base: usize) -> Key {
    let text = match from {
        ObjectKey::Ident(name) => Some(name.as_str().to_owned()),
        ObjectKey::Expression(Expression::String(text)) => Some(text.value().clone()),
        ObjectKey::Expression(_) => None,
    };
    Key {
        text,
        span: span(from.span(), base),
    }
}

fn template(from: &Template, base: usize) -> Value {
    let mut parts = Vec::new();
    elements(from, base, &mut parts);
    // What the parser split stays one text.
    if parts.iter().all(|part| matches!(part, Part::Literal(_))) {
        let literals = parts.into_iter().filter_map(|part| match part {
            Part::Literal(text) => Some(text),
            Part::Hole(_) => None,
        });
        return Value::Text(literals.collect());
    }
    Value::Template(parts)
}

fn elements(from: &Template, base: usize, parts: &mut Vec<Part>) {
    for element in from {
        match element {
            Element::Literal(text) => parts.push(Part::Literal(text.value().clone())),
            Element::Interpolation(hole) => {
                let inner = expr(&hole.expr, base);
                parts.push(Part::Hole(match hole.strip {
                    Strip::None => inner,
                    // It also takes blanks away from what stands around it.
                    _ => Expr {
                        span: inner.span,
                        value: Value::Other(vec![inner]),
                    },
                }));
            }
            // One hole, since what is in it comes or does not, or comes more than once.
            Element::Directive(directive) => {
                let mut inner = Vec::new();
                match &**directive {
                    Directive::If(choice) => {
                        elements(&choice.if_expr.template, base, &mut inner);
                        if let Some(other) = &choice.else_expr {
                            elements(&other.template, base, &mut inner);
                        }
                    }
                    Directive::For(each) => elements(&each.for_expr.template, base, &mut inner),
                }
                parts.push(Part::Hole(Expr {
                    span: span(element.span(), base),
                    value: Value::Other(vec![Expr {
                        span: span(element.span(), base),
                        value: Value::Template(inner),
                    }]),
                }));
            }
        }
    }
}
