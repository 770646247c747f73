//! Whether two references mean the same evidence.

use super::Context;
use crate::decode::{OneOrTable, Val};
use crate::estate::{ControlRef, EvidenceEntryRef};
use crate::manifest::{EvidenceRef, Reading};
use crate::model::NamespaceId;
use crate::source::{FileId, Place};
use std::collections::HashMap;
use std::path::PathBuf;

/// What a reference to evidence means, however it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identified<'e, 'a> {
    /// A path from the estate's root.
    Path(PathBuf),
    /// An address.
    Elsewhere(String),
    /// An evidence entry that states no place.
    Entry(EvidenceEntryRef<'e, 'a>),
}

/// `None` when the reference could not be read, or does not resolve.
pub fn identify<'e, 'a>(
    cx: &Context<'e, 'a>,
    file: FileId,
    namespace: NamespaceId,
    item: &Val<OneOrTable<EvidenceRef<'_>>>,
) -> Option<Identified<'e, 'a>> {
    let at = item.value.at.known()?;
    match cx.reading(&at.value) {
        Reading::Path(_) | Reading::Elsewhere { .. } => return place(cx, file, &at.value),
        Reading::Faulty(_) => return None,
        Reading::NoPlace => {}
    }
    // A table has only a place; written as text, the item and its place are one.
    let entry = || cx.estate.evidence_entry_named(namespace, &at.value);
    let entry = (at.span == item.span).then(entry).flatten()?;
    let at = entry.body.at.known();
    let place = at.and_then(|at| place(cx, entry.file, &at.value));
    Some(place.unwrap_or(Identified::Entry(entry)))
}

/// What a place means; `None` for an invalid place, and for a path that leads outside.
pub fn place<'e, 'a>(cx: &Context<'e, 'a>, file: FileId, place: &str) -> Option<Identified<'e, 'a>> {
    match cx.reading(place) {
        Reading::Path(path) => {
            let path = cx.repository.path_of(&cx.sources.get(file).path, path);
            path.map(Identified::Path)
        }
        // Schemes are case-insensitive.
        Reading::Elsewhere { scheme } => {
            let rest = place.get(scheme.len()..).unwrap_or_default();
            Some(Identified::Elsewhere(scheme.to_ascii_lowercase() + rest))
        }
        Reading::Faulty(_) | Reading::NoPlace => None,
    }
}

/// What controls name as evidence that they operated: the first control that names it, and where.
pub type Operating<'e, 'a> = HashMap<Identified<'e, 'a>, (ControlRef<'e, 'a>, Place)>;

pub fn operating_evidence<'e, 'a>(cx: &Context<'e, 'a>) -> Operating<'e, 'a> {
    let mut operating = Operating::new();
    for control in cx.estate.controls() {
        for item in control.body.operating.iter() {
            if let Some(evidence) = identify(cx, control.file, control.namespace, item)
                && let Some(at) = item.value.at.known()
            {
                operating.entry(evidence).or_insert((control, control.at(at.span)));
            }
        }
    }
    operating
}
