//! What manifests of a cluster show: service accounts, what they are bound to, and secrets.
//!
//! A template is no YAML until it is rendered: of a file that does not parse nothing is seen, and nothing is said.

mod accounts;
mod base64;
mod object;
mod secrets;
#[cfg(test)]
mod tests;

use hashbrown::HashSet;

use self::object::Object;
use super::yaml::{Fault, Node, Tree, literals, unread};
use super::{Input, Shows};

/// Words one of which is in every file that shows something here.
pub const WORDS: &[&str] = &["ServiceAccount", "Secret"];

/// The namespace that a kustomization gives to what it lists.
pub fn namespace_of(kustomization: &str) -> Option<String> {
    let (tree, fault) = Tree::parse(kustomization);
    let root = tree.documents().next().filter(|_| fault.is_none())?;
    let text_of = |key: &str| root.get(key).and_then(Node::text);
    // Flux has objects of that kind too, which may lie in a file of that name.
    let is_ours = text_of("apiVersion").is_none_or(|version| version.starts_with("kustomize.config.k8s.io/"));
    let namespace = text_of("namespace").filter(|name| object::is_name(name))?;
    is_ours.then(|| namespace.to_owned())
}

/// What a file with manifests shows. `namespace` is that of the nearest kustomization.
pub fn see(input: Input<'_>, namespace: Option<&str>) -> Shows {
    let mut shows = Shows::default();
    let (tree, fault) = Tree::parse(input.text);
    if let Some((fault, span)) = fault.filter(|_| input.text.contains("apiVersion")) {
        shows.partial = true;
        shows.unread.extend(unread(fault, span));
    }
    if matches!(fault, Some((Fault::Syntax, _))) {
        return shows;
    }
    let objects = objects(&tree, namespace.filter(|name| object::is_name(name)));
    if objects.is_empty() {
        return shows;
    }
    accounts::see(&objects, &mut shows);
    secrets::see(&objects, &mut shows);
    let mut seen = HashSet::new();
    // What says where secrets are kept has their names under such keys, and no secret.
    let is_about_names = |root: &Node<'_, '_>| {
        let version = root.get("apiVersion").and_then(Node::text);
        version.is_some_and(|version| version.starts_with("external-secrets.io/"))
    };
    for root in tree.documents().filter(|root| !is_about_names(root)) {
        literals::of_credentials(root, &mut shows.literals);
    }
    shows.literals.retain(|span| seen.insert(*span));
    shows.literals.sort_unstable();
    shows
}

/// The objects of all documents and, once each, those of their lists.
fn objects<'n, 't>(tree: &'n Tree<'t>, namespace: Option<&'n str>) -> Vec<Object<'n, 't>> {
    let mut found = Vec::new();
    let mut met = HashSet::new();
    for root in tree.documents() {
        let is_encrypted = root.get("sops").is_some();
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            if !met.insert(node.span()) {
                continue;
            }
            let Some(object) = Object::new(node, namespace, is_encrypted) else {
                continue;
            };
            if object.kind == "List" {
                let items = node.get("items").into_iter().flat_map(Node::items);
                let from = todo.len();
                todo.extend(items);
                todo[from..].reverse();
            } else {
                found.push(object);
            }
        }
    }
    found
}
