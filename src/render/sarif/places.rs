//! Where results are: files by their paths from the repository's root, and places in them.

use super::ROOT;
use crate::render::Shown;
use crate::source::{FileId, Place, Sources, Span};
use crate::workspace;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::path::Path;
use std::sync::OnceLock;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    end_column: usize,
    end_line: usize,
    start_column: usize,
    start_line: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhysicalLocation<'s> {
    artifact_location: &'s RawValue,
    region: Region,
}

/// The files, as results name them.
pub struct Artifacts<'s> {
    pub sources: &'s Sources,
    prefix: &'s str,
    /// Where each is, as it is written, once it was asked for: a file may have many findings.
    locations: Vec<OnceLock<Box<RawValue>>>,
}

impl<'s> Artifacts<'s> {
    pub fn new(shown: &Shown<'s>) -> Self {
        Self {
            sources: shown.sources,
            prefix: shown.prefix,
            locations: (0..shown.sources.all()).map(|_| OnceLock::new()).collect(),
        }
    }

    pub fn location(&self, file: FileId) -> &RawValue {
        self.locations[file.0 as usize].get_or_init(|| {
            let Uri { uri, from_root } = uri(self.prefix, &self.sources.get(file).path);
            let uri_base_id = from_root.then_some(ROOT);
            to_raw_value(&ArtifactLocation { uri, uri_base_id }).unwrap_or_default()
        })
    }

    pub fn region(&self, file: FileId, span: Span) -> Region {
        let source = self.sources.get(file);
        let (start, end) = (source.position(span.start), source.position(span.end));
        Region {
            end_column: end.column_utf16,
            end_line: end.line,
            start_column: start.column_utf16,
            start_line: start.line,
        }
    }

    pub fn physical(&self, place: Place) -> PhysicalLocation<'_> {
        PhysicalLocation {
            artifact_location: self.location(place.file),
            region: self.region(place.file, place.span),
        }
    }
}

pub struct Uri {
    pub uri: String,
    pub from_root: bool,
}

/// Everything but what may be in a path as it is.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b':');

pub fn uri(prefix: &str, path: &str) -> Uri {
    // A config may lie outside the estate; then its path is a whole one.
    if path.starts_with('/') {
        return Uri {
            uri: format!("file://{}", utf8_percent_encode(path, ESCAPED)),
            from_root: false,
        };
    }
    let path = format!("{prefix}{path}");
    // What a config extends may be beside the estate.
    let path = match workspace::normalized(Path::new(&path)) {
        Some(path) => path.to_string_lossy().into_owned(),
        None => path,
    };
    Uri {
        uri: utf8_percent_encode(&path, ESCAPED).to_string(),
        from_root: true,
    }
}
