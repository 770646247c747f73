//! The resources of a template, and how they name each other.

use std::collections::HashMap;

use super::values::{literal, referred};
use crate::discover::yaml::Node;
use crate::source::Span;

/// A resource of a template.
#[derive(Debug, Clone, Copy)]
pub struct Resource<'n, 't> {
    /// Which of the template's.
    pub number: usize,
    pub id: &'n str,
    pub id_span: Span,
    pub kind: &'n str,
    properties: Option<Node<'n, 't>>,
}

impl<'n, 't> Resource<'n, 't> {
    pub fn get(self, key: &str) -> Option<Node<'n, 't>> {
        self.properties?.get(key)
    }

    pub fn entry(self, key: &str) -> Option<(Node<'n, 't>, Node<'n, 't>)> {
        self.properties?.entry(key)
    }

    /// The name that AWS is told to give it.
    fn name(self) -> Option<&'n str> {
        let key = match self.kind {
            USER => "UserName",
            ROLE => "RoleName",
            GROUP => "GroupName",
            _ => return None,
        };
        let allowed = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
        self.get(key).and_then(literal).filter(|name| name.chars().all(allowed))
    }

    /// Its ARN but for the account, where the template tells all of it.
    pub fn arn(self) -> Option<String> {
        let kind = if self.kind == USER { "user" } else { "role" };
        let path = match self.get("Path") {
            None => "/",
            Some(path) => {
                literal(path).filter(|path| path.starts_with('/') && path.ends_with('/') && !path.contains('*'))?
            }
        };
        Some(format!("arn:aws:iam::*:{kind}{path}{}", self.name()?))
    }
}

pub const USER: &str = "AWS::IAM::User";
pub const ROLE: &str = "AWS::IAM::Role";
pub const GROUP: &str = "AWS::IAM::Group";

/// A template.
#[derive(Debug, Default)]
pub struct Stack<'n, 't> {
    pub resources: Vec<Resource<'n, 't>>,
    by_id: HashMap<&'n str, usize>,
    by_name: HashMap<(&'n str, &'n str), usize>,
}

impl<'n, 't> Stack<'n, 't> {
    /// Nothing, where no type is of AWS.
    pub fn new(root: Node<'n, 't>) -> Self {
        let mut stack = Self::default();
        for (key, value) in root.get("Resources").into_iter().flat_map(Node::entries) {
            let kind = value.get("Type").and_then(literal);
            let (Some(id), Some(kind)) = (key.text().filter(|id| is_id(id)), kind) else {
                continue;
            };
            let number = stack.resources.len();
            let resource = Resource {
                number,
                id,
                id_span: key.span(),
                kind,
                properties: value.get("Properties"),
            };
            if stack.by_id.contains_key(id) || !kind.starts_with("AWS::") {
                continue;
            }
            stack.by_id.insert(id, number);
            if let Some(name) = resource.name() {
                stack.by_name.entry((kind, name)).or_insert(number);
            }
            stack.resources.push(resource);
        }
        stack
    }

    /// The resource of a type that a value means: by a reference, or by the name that it has there.
    pub fn meant(&self, node: Node<'n, 't>, kind: &str) -> Option<Resource<'n, 't>> {
        let number = match referred(node) {
            Some(id) => self.by_id.get(id),
            None => self.by_name.get(&(kind, literal(node)?)),
        };
        let resource = self.resources.get(*number?)?;
        (resource.kind == kind).then_some(*resource)
    }
}

/// Letters and digits; anything else is yet to be filled in, or is a macro.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
