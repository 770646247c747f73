//! An object of a manifest, and what names in it mean.

use crate::discover::yaml::Node;

/// A mapping with `apiVersion` and `kind`.
#[derive(Debug, Clone, Copy)]
pub struct Object<'n, 't> {
    pub root: Node<'n, 't>,
    pub version: &'n str,
    pub kind: &'n str,
    /// Whether SOPS encrypted the document.
    pub is_encrypted: bool,
    /// That of the nearest kustomization.
    given: Option<&'n str>,
}

impl<'n, 't> Object<'n, 't> {
    pub fn new(root: Node<'n, 't>, given: Option<&'n str>, is_encrypted: bool) -> Option<Self> {
        Some(Self {
            root,
            version: root.get("apiVersion")?.text()?,
            kind: root.get("kind")?.text()?,
            is_encrypted: is_encrypted || root.get("sops").is_some(),
            given,
        })
    }

    /// Whether it is of a kind of an API's group; the core's group is empty.
    pub fn is(self, group: &str, kind: &str) -> bool {
        let of_version = self.version.rsplit_once('/').map_or("", |(group, _)| group);
        of_version == group && self.kind == kind
    }

    /// Its name, where it is literal.
    pub fn name(self) -> Option<Node<'n, 't>> {
        self.path(&["metadata", "name"]).filter(|name| name_in(*name).is_some())
    }

    /// Its namespace: `*` where the file does not tell it.
    pub fn namespace(self) -> &'n str {
        match self.path(&["metadata", "namespace"]) {
            Some(own) if !own.is_null() => name_in(own).unwrap_or("*"),
            _ => self.given.unwrap_or("*"),
        }
    }

    pub fn path(self, keys: &[&str]) -> Option<Node<'n, 't>> {
        keys.iter().try_fold(self.root, |node, key| node.get(key))
    }

    /// An annotation that says something.
    pub fn annotation(self, name: &str) -> Option<Node<'n, 't>> {
        self.path(&["metadata", "annotations", name])
            .filter(|value| !value.is_null() && value.text().is_some_and(|text| !text.trim().is_empty()))
    }
}

/// The name that a scalar holds, where it is literal.
pub fn name_in<'n>(node: Node<'n, '_>) -> Option<&'n str> {
    node.text().filter(|name| is_name(name))
}

/// Whether it is a name as a cluster takes it, so that nothing is left to fill in.
pub fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    !text.is_empty() && text.len() <= 253 && text.bytes().all(allowed)
}
