//! The resources of one folder, and how they refer to each other.

use std::cell::RefCell;
use std::collections::HashMap;

use super::grant::Grant;
use super::reference::path;
use crate::discover::hcl::{Block, Body, Expr, Parsed, Value};
use crate::discover::{Demand, Fact, Rank, Shows, Sighting, Suggests};
use crate::model::{Authentication, Credential, IdentityKind};
use crate::source::Span;

/// How many references are followed one after another.
pub const MAX_HOPS: usize = 8;

/// How many things one expression is taken to mean.
pub const MAX_MEANT: usize = 256;

/// The longest name that is taken for one. Many may have the same, and each is told.
pub const MAX_NAME: usize = 1_024;

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
    locals: HashMap<&'t str, &'t Expr>,
    /// What policy documents that others refer to grant, once it was worked out.
    pub grants: RefCell<HashMap<usize, Option<Grant>>>,
    /// Whether they let a CI system in.
    pub issuers: RefCell<HashMap<usize, bool>>,
    /// The same of local values.
    pub local_grants: RefCell<HashMap<*const Expr, Option<Grant>>>,
    pub local_issuers: RefCell<HashMap<*const Expr, bool>>,
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
            locals: HashMap::new(),
            grants: RefCell::default(),
            issuers: RefCell::default(),
            local_grants: RefCell::default(),
            local_issuers: RefCell::default(),
        };
        let blocks = files.iter().flat_map(|parsed| &parsed.body.blocks);
        for locals in blocks.filter(|block| block.kind.text == "locals") {
            let attributes = locals.body.attributes.iter();
            folder
                .locals
                .extend(attributes.map(|local| (local.key.text.as_str(), &local.value)));
        }
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
        if !is_identifier(&kind.text) || !is_identifier(&name.text) {
            return;
        }
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
            if let Some(literal) = self.text(&block.body, name_attribute(&kind.text)) {
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

    /// What a local value stands for, and what those stand for that it refers to. Nothing, where they go round.
    pub fn resolve<'e>(&self, expr: &'e Expr) -> &'e Expr
    where
        't: 'e,
    {
        let mut at = expr;
        for _ in 0..MAX_HOPS {
            match self.local(at) {
                Some(next) => at = next,
                None => return at,
            }
        }
        expr
    }

    fn local(&self, expr: &Expr) -> Option<&'t Expr> {
        let Value::Reference(names) = &expr.value else {
            return None;
        };
        match names.as_slice() {
            [root, name] if root == "local" => self.locals.get(name.as_str()).copied(),
            _ => None,
        }
    }

    /// The literal text of an attribute, be it by way of a local value.
    pub fn text(&self, body: &'t Body, key: &str) -> Option<&'t str> {
        self.resolve(body.value(key)?).text()
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
        let expr = self.resolve(expr);
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

/// Whether a word can be the type or the name of a resource.
fn is_identifier(word: &str) -> bool {
    !word.is_empty() && word.len() <= MAX_NAME && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether a name can stand in a locator as it is.
pub fn is_name(name: &str) -> bool {
    let is_short = !name.is_empty() && name.len() <= MAX_NAME;
    is_short && !name.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '*' | '/'))
}

/// Functions whose value is all of what they are given.
fn is_gathering(name: &str) -> bool {
    matches!(
        name,
        "concat" | "toset" | "tolist" | "compact" | "flatten" | "distinct" | "setunion" | "sort"
    )
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
