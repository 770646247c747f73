//! Which scalars are literals, and which of them stand where a credential belongs.

use super::Node;
use crate::discover::placeholder::{is_placeholder, is_setting};
use crate::discover::secret_name;
use crate::source::Span;

/// Keys of maps that say where a value is, so that nothing under them is one.
const REFERENCES: &[&str] = &[
    "valueFrom",
    "secretKeyRef",
    "configMapKeyRef",
    "secretRef",
    "remoteRef",
    "sourceRef",
    "secretStoreRef",
    "matchLabels",
    "labels",
    "nodeSelector",
];

/// Whether what stands under a key is a name: of a label, of a toleration, of what is made elsewhere.
fn is_name(key: &str) -> bool {
    let is = |name: &&str| key.eq_ignore_ascii_case(name);
    ["key", "topologyKey", "parameterKey"].iter().any(is) || key.starts_with("existing")
}

/// Literals in a document under keys that name a credential, and values beside a `name` that does.
pub fn of_credentials(root: Node<'_, '_>, literals: &mut Vec<Span>) {
    // What begins before it is under a reference.
    let mut behind = 0;
    for node in root.walk() {
        if !node.is_map() || node.is_alias() {
            continue;
        }
        let is_reference = node.span().start < behind;
        let names_one = name_of(node).is_some_and(secret_name::names_a_credential);
        for (key, value) in node.own_entries() {
            let Some(name) = key.text() else { continue };
            if REFERENCES.contains(&name) {
                behind = behind.max(value.span().end);
                continue;
            }
            let is_one = (matches!(name, "value" | "Value") && names_one)
                || (!is_name(name) && secret_name::names_a_credential(name));
            // `!Ref` and the like say where it is; `!!str` says what it is.
            let is_reference = is_reference || value.tag().is_some_and(|tag| !tag.starts_with("!!"));
            if is_one && !is_reference && value.text().is_some_and(is_worth_hiding) {
                literals.push(value.span());
            }
        }
    }
}

/// Whether a value is more than a switch or a word that stands for one.
pub fn is_worth_hiding(value: &str) -> bool {
    !is_placeholder(value) && !is_setting(value)
}

/// What an entry of a list of variables says is its name.
fn name_of<'n>(node: Node<'n, '_>) -> Option<&'n str> {
    let is_name = |key: &Node<'_, '_>| matches!(key.text(), Some("name" | "Name"));
    let mut entries = node.own_entries();
    entries
        .find(|(key, _)| is_name(key))
        .and_then(|(_, value)| value.text())
}
