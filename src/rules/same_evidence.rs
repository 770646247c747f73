//! Whether two references mean the same evidence.

use super::Context;
use crate::decode::{OneOrTable, Val};
use crate::manifest::{EvidenceRef, Reading};
use crate::model::{ControlId, EvidenceId, NamespaceId};
use crate::source::{FileId, Place};
use std::collections::HashMap;
use std::path::PathBuf;

/// What a reference to evidence means, whichever way it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identified {
    /// A path from the estate's root.
    Path(PathBuf),
    /// An address.
    Elsewhere(String),
    /// An evidence entry that states no place, by its index.
    Entry(EvidenceId),
}

/// `None` when the reference could not be read, or names nothing.
pub fn identify(
    cx: &Context<'_, '_>,
    file: FileId,
    namespace: NamespaceId,
    item: &Val<OneOrTable<EvidenceRef<'_>>>,
) -> Option<Identified> {
    let at = item.value.at.known()?;
    match cx.reading(&at.value) {
        Reading::Path(_) | Reading::Elsewhere { .. } => return place(cx, file, &at.value),
        Reading::Faulty(_) => return None,
        Reading::NoPlace => {}
    }
    // A table has room for a place only; written as text, the item and its place are one.
    let entry = || cx.evidence.resolve(&cx.namespaces, namespace, &at.value);
    let index = (at.span == item.span).then(entry).flatten()?;
    let entry = cx.evidence.get(index);
    let at = entry.body.at.known();
    let place = at.and_then(|at| place(cx, entry.file, &at.value));
    Some(place.unwrap_or(Identified::Entry(index)))
}

/// What a place means; `None` for what is none, and for a path that leads outside.
pub fn place(cx: &Context<'_, '_>, file: FileId, place: &str) -> Option<Identified> {
    match cx.reading(place) {
        Reading::Path(path) => {
            let path = cx.repository.path_of(&cx.sources.get(file).path, path);
            path.map(Identified::Path)
        }
        // Schemes have no case.
        Reading::Elsewhere { scheme } => {
            let rest = place.get(scheme.len()..).unwrap_or_default();
            Some(Identified::Elsewhere(scheme.to_ascii_lowercase() + rest))
        }
        Reading::Faulty(_) | Reading::NoPlace => None,
    }
}

/// What controls name as evidence that they operated: the first that names it, and where.
pub type Operating = HashMap<Identified, (ControlId, Place)>;

pub fn operating_evidence(cx: &Context<'_, '_>) -> Operating {
    let mut operating = Operating::new();
    for (index, control) in cx.controls.enumerate() {
        for item in control.body.operating.iter() {
            if let Some(evidence) = identify(cx, control.file, control.namespace, item)
                && let Some(at) = item.value.at.known()
            {
                operating.entry(evidence).or_insert((index, control.at(at.span)));
            }
        }
    }
    operating
}
