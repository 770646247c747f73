//! Whether two references mean the same evidence.

use super::Context;
use crate::decode::{OneOrTable, Val};
use crate::estate::NamespaceId;
use crate::manifest::{EvidenceRef, is_place};
use crate::source::{FileId, Place};
use crate::workspace::normalized;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What a reference to evidence means, whichever way it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Identified {
    /// A path from the estate's root.
    Path(PathBuf),
    Url(String),
    /// An evidence entry that states no place, by its index.
    Entry(usize),
}

/// `None` when the reference could not be read, or names nothing.
pub fn identify(
    cx: &Context<'_, '_>,
    file: FileId,
    namespace: NamespaceId,
    item: &Val<OneOrTable<EvidenceRef<'_>>>,
) -> Option<Identified> {
    let at = item.value.at.known()?;
    if is_place(&at.value) {
        return place(cx, file, &at.value);
    }
    // A table has room for a place only; written as text, the item and its place are one.
    let entry = || cx.evidence.resolve(&cx.namespaces, namespace, &at.value);
    let index = (at.span == item.span).then(entry).flatten()?;
    let entry = cx.evidence.get(index);
    let at = entry.body.at.known().filter(|at| is_place(&at.value));
    match at {
        Some(at) => place(cx, entry.file, &at.value),
        None => Some(Identified::Entry(index)),
    }
}

fn place(cx: &Context<'_, '_>, file: FileId, place: &str) -> Option<Identified> {
    if place.starts_with("https://") || place.starts_with("http://") {
        return Some(Identified::Url(place.to_owned()));
    }
    let path = match place.strip_prefix('/') {
        Some(from_root) => PathBuf::from(from_root),
        None => Path::new(&cx.sources.get(file).path)
            .parent()
            .unwrap_or(Path::new(""))
            .join(place),
    };
    normalized(&path).map(Identified::Path)
}

/// What controls name as evidence that they operated: the first that names it, and where.
pub type Operating = HashMap<Identified, (usize, Place)>;

pub fn operating_evidence(cx: &Context<'_, '_>) -> Operating {
    let mut operating = Operating::new();
    for (index, control) in cx.controls.iter().enumerate() {
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
