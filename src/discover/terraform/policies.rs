//! What a policy of AWS grants, and whom a trust policy lets in, as far as it is literal.

use super::folder::{Folder, MAX_HOPS, Resource};
use super::grant::Grant;
use super::reference::path;
use super::trust;
use crate::discover::Power;
use crate::discover::hcl::{Body, Expr, Key, Part, Value};
use crate::source::Span;

/// Stand around the number of what is interpolated while JSON is read; in no real policy.
const HOLE: char = '\u{e000}';
const END: char = '\u{e001}';

impl<'t> Folder<'t> {
    /// What the policies grant that `expr`, an attribute of `at`, names by their ARNs.
    pub fn granted_by_arn(&self, at: Resource<'t>, expr: &Expr) -> Option<Grant> {
        let resolved = self.resolve(expr);
        if !std::ptr::eq(resolved, expr) {
            let grant = self.granted_by_local(resolved, |this| this.granted_by_arn(at, resolved))?;
            return Some(Grant {
                span: Some(expr.span),
                ..grant
            });
        }
        let mut best: Option<Grant> = None;
        let mut take = |grant: Option<Grant>| {
            if let Some(grant) = grant
                && best.as_ref().is_none_or(|best| best.power < grant.power)
            {
                best = Some(grant);
            }
        };
        if let Value::List(items) = &expr.value {
            items.iter().for_each(|item| take(self.granted_by_arn(at, item)));
            return best;
        }
        for (arn, span) in self.literals(at, expr) {
            take(managed(&arn, span));
        }
        if let Some((is_data, resource, _)) = self.referred(expr)
            && resource.kind == "aws_iam_policy"
        {
            take(match is_data {
                true => self.text(resource.body, "arn").and_then(|arn| managed(arn, expr.span)),
                false => self.granted_elsewhere(resource, MAX_HOPS).map(|grant| Grant {
                    span: Some(expr.span),
                    ..grant
                }),
            });
        }
        if let Some(end) = in_any_partition(expr) {
            take(managed(&format!("arn:aws{end}"), expr.span));
        }
        best
    }

    /// What a policy grants that stands in the attribute `key`, or that this refers to.
    pub fn granted_by_document(&self, body: &'t Body, key: &str) -> Option<Grant> {
        let attribute = body.get(key)?;
        let grant = self.document(&attribute.value, MAX_HOPS)?;
        // In `jsonencode` the action shows it; in a heredoc the attribute does; elsewhere, the reference to it.
        let span = match grant.span {
            Some(span) if span != attribute.value.span => span,
            Some(_) => attribute.key.span,
            None => attribute.value.span,
        };
        Some(Grant {
            span: Some(span),
            ..grant
        })
    }

    fn document(&self, expr: &Expr, hops: usize) -> Option<Grant> {
        let resolved = self.resolve(expr);
        if !std::ptr::eq(resolved, expr) {
            let grant = self.granted_by_local(resolved, |this| this.document(resolved, hops))?;
            return Some(Grant { span: None, ..grant });
        }
        if let Some(json) = json(expr) {
            return statements(&json).into_iter().find_map(everything);
        }
        let (_, resource, _) = self.referred(expr)?;
        self.granted_elsewhere(resource, hops.checked_sub(1)?)
    }

    /// What a local value grants, by whatever it is; worked out once.
    fn granted_by_local(&self, local: &Expr, work_out: impl Fn(&Self) -> Option<Grant>) -> Option<Grant> {
        let key = std::ptr::from_ref(local);
        if let Some(known) = self.local_grants.borrow().get(&key) {
            return known.clone();
        }
        let grant = work_out(self);
        self.local_grants.borrow_mut().insert(key, grant.clone());
        grant
    }

    /// What a policy or a policy document grants; worked out once.
    fn granted_elsewhere(&self, resource: Resource<'t>, hops: usize) -> Option<Grant> {
        if let Some(known) = self.grants.borrow().get(&resource.id) {
            return known.clone();
        }
        // One that refers to itself grants nothing by that.
        self.grants.borrow_mut().insert(resource.id, None);
        let grant = match resource.kind {
            "aws_iam_policy" => resource
                .body
                .value("policy")
                .and_then(|policy| self.document(policy, hops)),
            "aws_iam_policy_document" => {
                let own = resource.body.blocks("statement").find_map(statement_grants);
                own.or_else(|| {
                    self.sources(resource)
                        .into_iter()
                        .find_map(|source| self.document(source, hops))
                })
            }
            _ => None,
        };
        // Its place is in another resource, and so perhaps in another file.
        let grant = grant.map(|grant| Grant { span: None, ..grant });
        self.grants.borrow_mut().insert(resource.id, grant.clone());
        grant
    }

    /// The documents that a policy document takes up.
    pub fn sources(&self, document: Resource<'t>) -> Vec<&'t Expr> {
        [
            "source_policy_documents",
            "source_json",
            "override_policy_documents",
            "override_json",
        ]
        .iter()
        .filter_map(|key| document.body.value(key))
        .flat_map(Expr::items)
        .collect()
    }

    /// Whether the trust policy in `expr` lets a CI system in.
    pub fn trusts_ci(&self, expr: &Expr, hops: usize) -> bool {
        let resolved = self.resolve(expr);
        if !std::ptr::eq(resolved, expr) {
            let key = std::ptr::from_ref(resolved);
            if let Some(known) = self.local_issuers.borrow().get(&key) {
                return *known;
            }
            let found = self.trusts_ci(resolved, hops);
            self.local_issuers.borrow_mut().insert(key, found);
            return found;
        }
        if let Some(json) = json(expr) {
            return statements(&json)
                .into_iter()
                .any(|statement| trust::statement_lets_in(self, statement));
        }
        let Some((true, document, _)) = self.referred(expr) else {
            return false;
        };
        if document.kind != "aws_iam_policy_document" || hops == 0 {
            return false;
        }
        if let Some(known) = self.issuers.borrow().get(&document.id) {
            return *known;
        }
        self.issuers.borrow_mut().insert(document.id, false);
        let found = document
            .body
            .blocks("statement")
            .any(|statement| trust::block_lets_in(self, statement))
            || self
                .sources(document)
                .into_iter()
                .any(|source| self.trusts_ci(source, hops - 1));
        self.issuers.borrow_mut().insert(document.id, found);
        found
    }
}

/// What follows the partition in an ARN whose partition alone is worked out later:
/// `"arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess"`, or the same by `format`.
fn in_any_partition(arn: &Expr) -> Option<&str> {
    let end = match &arn.value {
        Value::Template(parts) => match parts.as_slice() {
            [Part::Literal(start), Part::Hole(_), Part::Literal(end)] if start == "arn:" => end,
            _ => return None,
        },
        Value::Call(name, items) if name == "format" => items.first()?.text()?.strip_prefix("arn:%s")?,
        _ => return None,
    };
    (end.starts_with(":iam::aws:policy/") && !end.contains('%')).then_some(end)
}

/// What a policy grants that AWS keeps, by its ARN.
fn managed(arn: &str, span: Span) -> Option<Grant> {
    let rest = arn.strip_prefix("arn:aws")?;
    let (partition, name) = rest.split_once(":iam::aws:policy/")?;
    if !matches!(partition, "" | "-cn" | "-us-gov") {
        return None;
    }
    let power = match name {
        "AdministratorAccess" => Power::Administrator,
        "PowerUserAccess" | "IAMFullAccess" => Power::Broad,
        _ => return None,
    };
    Some(Grant {
        power,
        name: name.to_owned(),
        span: Some(span),
    })
}

fn all(span: Span) -> Grant {
    Grant {
        power: Power::Administrator,
        name: crate::discover::EVERYTHING.to_owned(),
        span: Some(span),
    }
}

/// A statement of JSON that allows everything. With a condition it does not.
fn everything(statement: &Expr) -> Option<Grant> {
    let action = statement.item("Action")?;
    let is_all = statement.item("Effect")?.text() == Some("Allow")
        && is_star(action, true)
        && is_star(statement.item("Resource")?, false)
        && statement.item("Condition").is_none();
    is_all.then(|| all(action.span))
}

/// The same as a block of `aws_iam_policy_document`.
fn statement_grants(statement: &Body) -> Option<Grant> {
    let actions = statement.value("actions")?;
    let is_all = statement
        .value("effect")
        .is_none_or(|effect| effect.text() == Some("Allow"))
        && is_star(actions, true)
        && is_star(statement.value("resources")?, false)
        && !statement
            .blocks
            .iter()
            .any(|block| matches!(block.kind.text.as_str(), "condition" | "dynamic"));
    is_all.then(|| all(actions.span))
}

fn is_star(expr: &Expr, is_action: bool) -> bool {
    expr.items().iter().any(|item| {
        item.text()
            .is_some_and(|text| text == "*" || (is_action && text == "*:*"))
    })
}

fn statements(json: &Expr) -> Vec<&Expr> {
    json.item("Statement")
        .map(|statement| statement.items().iter().collect())
        .unwrap_or_default()
}

/// The JSON that an expression is or becomes; what was read from a text has the place of the whole text.
fn json(expr: &Expr) -> Option<std::borrow::Cow<'_, Expr>> {
    use std::borrow::Cow;
    match &expr.value {
        Value::Call(name, items) if name == "jsonencode" => items.first().map(Cow::Borrowed),
        Value::Text(text) => read(text, &[], expr.span).map(Cow::Owned),
        Value::Template(parts) if path(expr).is_none() => {
            let mut text = String::new();
            let mut holes = Vec::new();
            for part in parts {
                match part {
                    Part::Literal(literal) => {
                        if literal.contains([HOLE, END]) {
                            return None;
                        }
                        text.push_str(literal);
                    }
                    Part::Hole(hole) => {
                        text.push(HOLE);
                        text.push_str(&holes.len().to_string());
                        text.push(END);
                        holes.push(hole);
                    }
                }
            }
            read(&text, &holes, expr.span).map(Cow::Owned)
        }
        _ => None,
    }
}

fn read(text: &str, holes: &[&Expr], span: Span) -> Option<Expr> {
    let start = text.trim_start();
    if !start.starts_with('{') {
        return None;
    }
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    Some(expr(&json, holes, span))
}

/// `serde_json` stops at 128 levels, so going down is safe.
fn expr(json: &serde_json::Value, holes: &[&Expr], span: Span) -> Expr {
    use serde_json::Value as Json;
    let value = match json {
        Json::Null => Value::Other(Vec::new()),
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.as_u64()),
        Json::String(text) if text.contains(HOLE) => template(text, holes, span),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(|item| expr(item, holes, span)).collect()),
        Json::Object(items) => Value::Object(
            items
                .iter()
                .map(|(key, value)| {
                    let text = (!key.contains(HOLE)).then(|| key.clone());
                    (Key { text, span }, expr(value, holes, span))
                })
                .collect(),
        ),
    };
    Expr { span, value }
}

fn template(text: &str, holes: &[&Expr], span: Span) -> Value {
    let mut parts = Vec::new();
    for piece in text.split_inclusive([HOLE, END]) {
        if let Some(number) = piece.strip_suffix(END) {
            let hole = number.parse::<usize>().ok().and_then(|number| holes.get(number));
            parts.push(Part::Hole(hole.map_or(
                Expr {
                    span,
                    value: Value::Other(Vec::new()),
                },
                |hole| (*hole).clone(),
            )));
            continue;
        }
        let literal = piece.strip_suffix(HOLE).unwrap_or(piece);
        if !literal.is_empty() {
            parts.push(Part::Literal(literal.to_owned()));
        }
    }
    Value::Template(parts)
}
