//! Where results are: files by their paths from the repository's root, and places in them.

use super::ROOT;
use super::line::Line;
use crate::render::Shown;
use crate::source::{FileId, Place, Sources, Span};
use crate::workspace;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::path::Path;
use std::sync::OnceLock;

/// The files, as results name them.
pub struct Artifacts<'s> {
    pub sources: &'s Sources,
    prefix: &'s str,
    /// Where each is, as JSON, once it was asked for: a file may have many findings.
    locations: Vec<OnceLock<Vec<u8>>>,
}

impl<'s> Artifacts<'s> {
    pub fn new(shown: &Shown<'s>) -> Self {
        Self {
            sources: shown.sources,
            prefix: shown.prefix,
            locations: (0..shown.sources.all()).map(|_| OnceLock::new()).collect(),
        }
    }

    /// Where a file is, as JSON.
    pub fn location(&self, file: FileId) -> &[u8] {
        self.locations[file.0 as usize].get_or_init(|| {
            let Uri { uri, from_root } = uri(self.prefix, &self.sources.get(file).path);
            let mut out = Vec::new();
            Line::new(&mut out).object(|line| {
                line.key("uri").text(&uri);
                if from_root {
                    line.key("uriBaseId").text(ROOT);
                }
            });
            out
        })
    }

    pub fn region(&self, line: &mut Line<'_>, file: FileId, span: Span) {
        let source = self.sources.get(file);
        let (start, end) = (source.position(span.start), source.position(span.end));
        line.object(|line| {
            line.key("endColumn").number(end.column_utf16);
            line.key("endLine").number(end.line);
            line.key("startColumn").number(start.column_utf16);
            line.key("startLine").number(start.line);
        });
    }

    pub fn physical(&self, line: &mut Line<'_>, place: Place) {
        line.object(|line| {
            line.key("artifactLocation").json(self.location(place.file));
            line.key("region");
            self.region(line, place.file, place.span);
        });
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
