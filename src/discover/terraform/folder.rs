//! The resources of one folder, and how they refer to each other.

use std::cell::RefCell;
use std::collections::HashMap;

use super::policies::Grant;
use crate::discover::hcl::{Block, Body, Expr, Parsed, Part, Value};
use crate::discover::{Demand, Fact, Rank, Shows, Sighting, Suggests};
use crate::model::{Authentication, Credential, IdentityKind};
use crate::source::Span;

/// How many references are followed one after another.
pub const MAX_HOPS: usize = 8;

/// How many things one expression is taken to mean.
const MAX_MEANT: usize = 256;

/// A resource, or a data source.
#[derive(Debug, Clone, Copy)]
pub struct Resource<'t> {
    /// Its number among those of the folder.
    pub id: usize,
    pub file: usize,
    pub kind: &'t str,
    pub name: &'t str,
    /// Both labels.
    pub labels: Span,
    pub body: &'t Body,
}

/// What names a resource in a reference: whether it is a data source, its type and its name.
type Address<'t> = (bool, &'t str, &'t str);

pub struct Folder<'t> {
    path: &'t str,
    resources: Vec<Resource<'t>>,
    by_address: HashMap<Address<'t>, usize>,
    by_kind: HashMap<&'t str, Vec<usize>>,
    /// By type and literal name; `None` where two have the same.
    by_literal: HashMap<(&'t str, &'t str), Option<usize>>,
    /// What policy documents that others refer to grant, once it was worked out.
    pub grants: RefCell<HashMap<usize, Option<Grant>>>,
    /// Whether they let a CI system in.
    pub issuers: RefCell<HashMap<usize, bool>>,
}

/// The attribute that holds the name of a resource in its cloud.
fn name_attribute(kind: &str) -> &'static str {
    match kind {
        "google_service_account" => "account_id",
        _ => "name",
    }
}

impl<'t> Folder<'t> {
    pub fn new(path: &'t str, files: &'t [Parsed]) -> Self {
        let mut folder = Self {
            path,
            resources: Vec::new(),
            by_address: HashMap::new(),
            by_kind: HashMap::new(),
            by_literal: HashMap::new(),
            grants: RefCell::default(),
            issuers: RefCell::default(),
        };
        for (file, parsed) in files.iter().enumerate() {
            for block in &parsed.body.blocks {
                folder.add(file, block);
            }
        }
        folder
    }

    fn add(&mut self, file: usize, block: &'t Block) {
        let is_data = match block.kind.text.as_str() {
            "resource" => false,
            "data" => true,
            _ => return,
        };
        let [kind, name] = block.labels.as_slice() else { return };
        let id = self.resources.len();
        self.resources.push(Resource {
            id,
            file,
            kind: &kind.text,
            name: &name.text,
            labels: Span {
                start: kind.span.start,
                end: name.span.end,
            },
            body: &block.body,
        });
        self.by_address.entry((is_data, &kind.text, &name.text)).or_insert(id);
        if !is_data {
            self.by_kind.entry(&kind.text).or_default().push(id);
            if let Some(literal) = block.body.text(name_attribute(&kind.text)) {
                self.by_literal
                    .entry((&kind.text, literal))
                    .and_modify(|at| *at = None)
                    .or_insert(Some(id));
            }
        }
    }

    /// The resources of some types, in the order of these and then as they stand. Never data sources.
    pub fn of(&self, kinds: &[&str]) -> Vec<Resource<'t>> {
        kinds
            .iter()
            .filter_map(|kind| self.by_kind.get(kind))
            .flatten()
            .map(|id| self.resources[*id])
            .collect()
    }

    pub fn locator(&self, resource: Resource<'_>) -> String {
        let slash = if self.path.is_empty() { "" } else { "/" };
        format!("terraform:{}{slash}{}.{}", self.path, resource.kind, resource.name)
    }

    /// The resource of this type that has this literal name, if there is just one.
    pub fn named(&self, kind: &str, name: &str) -> Option<Resource<'t>> {
        let id = *self.by_literal.get(&(kind, name))?;
        Some(self.resources[id?])
    }

    /// The resource or data source that an expression is an attribute of, and which.
    pub fn referred<'e>(&self, expr: &'e Expr) -> Option<(bool, Resource<'t>, &'e str)> {
        let path = path(expr)?;
        let (is_data, path) = match path.split_first() {
            Some((&"data", rest)) => (true, rest),
            _ => (false, path.as_slice()),
        };
        let (&kind, rest) = path.split_first()?;
        let (&name, rest) = rest.split_first()?;
        let id = self.by_address.get(&(is_data, kind, name))?;
        Some((is_data, self.resources[*id], rest.first().copied().unwrap_or_default()))
    }

    /// The resources of these types that an attribute of `at` means: by reference, by literal name, or by those that
    /// `for_each` lists.
    pub fn meant(&self, at: Resource<'t>, expr: &Expr, kinds: &[&str]) -> Vec<Resource<'t>> {
        let mut found = Vec::new();
        self.collect(at, expr, kinds, MAX_HOPS, &mut found);
        found
    }

    fn collect(&self, at: Resource<'t>, expr: &Expr, kinds: &[&str], hops: usize, found: &mut Vec<Resource<'t>>) {
        if found.len() >= MAX_MEANT || hops == 0 {
            return;
        }
        let mut add = |resource: Resource<'t>| {
            if !found.iter().any(|other| other.id == resource.id) {
                found.push(resource);
            }
        };
        match &expr.value {
            Value::Text(name) => {
                if let Some(resource) = kinds.iter().find_map(|kind| self.named(kind, name)) {
                    add(resource);
                }
            }
            Value::List(items) => {
                for item in items.iter().take(MAX_MEANT) {
                    self.collect(at, item, kinds, hops - 1, found);
                }
            }
            Value::Call(name, items) if is_gathering(name) => {
                for item in items.iter().take(MAX_MEANT) {
                    self.collect(at, item, kinds, hops - 1, found);
                }
            }
            _ => {
                let Some(names) = path(expr) else { return };
                if let ["each", ..] = names.as_slice() {
                    let Some(each) = at.body.value("for_each") else { return };
                    // Where one resource is made for each of another, it is of that one.
                    if let Some((false, resource, _)) = self.referred(each).filter(|(_, r, _)| kinds.contains(&r.kind))
                    {
                        add(resource);
                    } else if names.len() == 2 {
                        for (text, _) in self.literals(at, expr) {
                            if let Some(resource) = kinds.iter().find_map(|kind| self.named(kind, &text)) {
                                add(resource);
                            }
                        }
                    }
                    return;
                }
                let Some((false, resource, attribute)) = self.referred(expr) else {
                    return;
                };
                if kinds.contains(&resource.kind) {
                    add(resource);
                } else if let Some(next) = resource.body.value(attribute) {
                    self.collect(resource, next, kinds, hops - 1, found);
                }
            }
        }
    }

    /// The texts that an expression stands for, as far as they are literal, each with its place in the file of `at`:
    /// itself, or those that `for_each` lists.
    pub fn literals(&self, at: Resource<'t>, expr: &Expr) -> Vec<(String, Span)> {
        if let Some(text) = expr.text() {
            return vec![(text.to_owned(), expr.span)];
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
            instances(at).into_iter().filter_map(move |instance| {
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

    /// A sighting of an account, at the labels of a resource.
    pub fn sighting(&self, at: Resource<'_>, locator: String, demand: Demand, suggests: Suggests) -> Sighting {
        Sighting {
            locator,
            also: Vec::new(),
            span: at.labels,
            rank: Rank::Account,
            by_use: false,
            demand,
            suggests,
            facts: Vec::new(),
        }
    }
}

/// One of those that `for_each` makes.
pub struct Instance<'t> {
    pub key: &'t str,
    pub key_span: Span,
    /// What `each.value` is; `None` in a set, where it is the key.
    pub value: Option<&'t Expr>,
}

impl Instance<'_> {
    fn text(&self) -> Option<(String, Span)> {
        match self.value {
            None => Some((self.key.to_owned(), self.key_span)),
            Some(value) => value.text().map(|text| (text.to_owned(), value.span)),
        }
    }
}

/// What `for_each` makes, as far as its keys are literal.
pub fn instances<'t>(at: Resource<'t>) -> Vec<Instance<'t>> {
    let Some(mut each) = at.body.value("for_each") else {
        return Vec::new();
    };
    while let Value::Call(name, items) = &each.value
        && matches!(name.as_str(), "toset" | "tomap" | "tolist" | "nonsensitive")
        && let [inner] = items.as_slice()
    {
        each = inner;
    }
    match &each.value {
        Value::Object(items) => items
            .iter()
            .take(MAX_MEANT)
            .filter_map(|(key, value)| {
                Some(Instance {
                    key: key.text.as_deref()?,
                    key_span: key.span,
                    value: Some(value),
                })
            })
            .collect(),
        Value::List(items) => items
            .iter()
            .take(MAX_MEANT)
            .filter_map(|item| {
                Some(Instance {
                    key: item.text()?,
                    key_span: item.span,
                    value: None,
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Functions whose value is all of what they are given.
fn is_gathering(name: &str) -> bool {
    matches!(
        name,
        "concat" | "toset" | "tolist" | "compact" | "flatten" | "distinct" | "setunion" | "sort"
    )
}

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

/// Calls `look` with each reference that the value may come from.
pub fn each_reference<'e>(expr: &'e Expr, look: &mut impl FnMut(&'e Expr)) {
    if path(expr).is_some() {
        look(expr);
        return;
    }
    for part in expr.parts() {
        each_reference(part, look);
    }
}

/// What most identities that Terraform makes are.
pub const SERVICE_ACCOUNT: Suggests = suggests(Some(IdentityKind::ServiceAccount));

pub const WORKLOAD: Suggests = suggests(Some(IdentityKind::WorkloadIdentity));

pub const CI_PIPELINE: Suggests = Suggests {
    credential: Some(Credential::Federated),
    authentication: Some(Authentication::Oidc),
    ..suggests(Some(IdentityKind::CiPipeline))
};

const fn suggests(kind: Option<IdentityKind>) -> Suggests {
    Suggests {
        kind,
        credential: None,
        authentication: None,
        store: None,
        provider: None,
    }
}

/// Adds a sighting with one fact, in the file of `at`.
pub fn tell(shows: &mut [Shows], at: Resource<'_>, sighting: Sighting, fact: Fact) {
    if let Some(shows) = shows.get_mut(at.file) {
        shows.sightings.push(Sighting {
            facts: vec![fact],
            ..sighting
        });
    }
}

pub fn push(shows: &mut [Shows], at: Resource<'_>, sighting: Sighting) {
    if let Some(shows) = shows.get_mut(at.file) {
        shows.sightings.push(sighting);
    }
}
