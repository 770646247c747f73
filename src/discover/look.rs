//! Looking into the files of a walk, folder by folder: what is read, what is parsed, and what is kept.

use super::words::{self, Words};
use super::{Input, Shows, Unread, mask, sources};
use crate::model::SourceKind;
use crate::source::{Source, Span};
use crate::workspace::{self, Files, Kinds, ReadError, Root, SoughtFolder, Visit};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// No source is longer that someone writes. In bytes.
const MAX_SOURCE: u64 = 1024 * 1024;

/// A file that shows something, or of which something could not be read.
#[derive(Debug)]
pub struct Shown {
    pub source: Source,
    pub shows: Shows,
}

/// What was looked into, whatever it showed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// The kinds of which a file was read.
    pub read: Kinds,
    /// The kinds of which a file, or a part of one, could not be read.
    pub failed: Kinds,
    pub files: usize,
}

/// Looks into the files that a walk hands on.
pub struct Looking {
    root: PathBuf,
    from: Files,
    /// Texts in place of those of single files, by path.
    texts: BTreeMap<String, String>,
    found: Mutex<(Vec<Shown>, Reading)>,
}

/// A file that may matter.
struct Candidate {
    path: String,
    text: String,
    kinds: Kinds,
}

impl Looking {
    pub fn new(root: &Root) -> Self {
        Self {
            root: root.dir.clone(),
            from: root.files.clone(),
            texts: BTreeMap::new(),
            found: Mutex::default(),
        }
    }

    /// Takes texts in place of those of the files of these paths.
    #[must_use]
    pub fn with_texts(mut self, texts: BTreeMap<String, String>) -> Self {
        self.texts = texts;
        self
    }

    /// What was found, in the order of the paths.
    pub fn finish(self) -> (Vec<Shown>, Reading) {
        let (mut shown, reading) = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        shown.sort_by(|one, other| one.source.path.cmp(&other.source.path));
        (shown, reading)
    }

    fn text_of(&self, path: &str, file: &Path) -> Result<Option<String>, String> {
        match self.texts.get(path) {
            Some(text) => Ok(Some(text.clone())),
            None => read(&self.from, file),
        }
    }

    fn add(&self, mut shown: Vec<Shown>, reading: Reading) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.0.append(&mut shown);
        let all = &mut found.1;
        all.read = all.read.with(reading.read);
        all.failed = all.failed.with(reading.failed);
        all.files += reading.files;
    }
}

impl Visit for Looking {
    fn visit(&self, folder: SoughtFolder<'_>) -> Option<Arc<str>> {
        let SoughtFolder {
            path,
            files,
            mut inherited,
        } = folder;
        let (mut shown, mut reading) = (Vec::new(), Reading::default());
        let mut candidates = Vec::new();
        let mut aside = Vec::new();
        for (name, kinds) in files {
            let file = path.join(&name);
            reading.files += 1;
            let relative = workspace::shown(&self.root, &file);
            let text = match self.text_of(&relative, &file) {
                Ok(Some(text)) => text,
                Ok(None) => continue,
                Err(why) => {
                    reading.failed = reading.failed.with(kinds);
                    shown.extend(unreadable(relative, kinds, why));
                    continue;
                }
            };
            if kinds.has(SourceKind::Kubernetes)
                && sources::is_kustomization(&name)
                && let Some(namespace) = sources::namespace_of(&text)
            {
                inherited = Some(namespace.into());
            }
            // Of what lies anywhere, only a file that says what it is counts as one of its kind.
            let fixed = kinds.and(Words::kinds_by_name());
            reading.read = reading.read.with(fixed);
            let kinds = words::kinds_in(kinds, &text);
            if !kinds.is_empty() {
                reading.read = reading.read.with(kinds);
                candidates.push(Candidate {
                    path: relative,
                    text,
                    kinds,
                });
            } else if fixed.has(SourceKind::Terraform) && words::has_locals(&text) {
                aside.push(Candidate {
                    path: relative,
                    text,
                    kinds: fixed,
                });
            }
        }
        // What only names values matters once something else of its module does.
        let is_terraform = |candidate: &Candidate| candidate.kinds.has(SourceKind::Terraform);
        if candidates.iter().any(is_terraform) {
            candidates.append(&mut aside);
            candidates.sort_by(|one, other| one.path.cmp(&other.path));
        }
        let folder = workspace::relative(&self.root, path).unwrap_or_default();
        for (candidate, shows) in look_into(&folder, candidates, inherited.as_deref()) {
            if !shows.unread.is_empty() || shows.partial {
                reading.failed = reading.failed.with(candidate.kinds);
            }
            shown.extend(kept(candidate, shows));
        }
        self.add(shown, reading);
        inherited
    }
}

/// What each file of a folder shows. Those of Terraform are one module, and are looked into together.
fn look_into(folder: &str, candidates: Vec<Candidate>, namespace: Option<&str>) -> Vec<(Candidate, Shows)> {
    let is_terraform = |candidate: &Candidate| candidate.kinds.has(SourceKind::Terraform);
    let (module, others): (Vec<_>, Vec<_>) = candidates.into_iter().partition(is_terraform);
    let mut looked = Vec::with_capacity(module.len() + others.len());
    if !module.is_empty() {
        let inputs: Vec<Input<'_>> = module.iter().map(Candidate::input).collect();
        let shows = sources::terraform(folder, &inputs);
        looked.extend(module.into_iter().zip(shows));
    }
    for candidate in others {
        let shows = sources::file(candidate.input(), candidate.kinds, namespace);
        looked.push((candidate, shows));
    }
    looked
}

impl Candidate {
    fn input(&self) -> Input<'_> {
        Input {
            path: &self.path,
            text: &self.text,
        }
    }
}

/// What is kept of a file: nothing, unless something is to be said of it, and never a secret.
fn kept(candidate: Candidate, shows: Shows) -> Option<Shown> {
    if shows.is_empty() {
        return None;
    }
    let text = mask::masked(candidate.text, &shows);
    Some(Shown {
        source: Source::masked(candidate.path, text),
        shows,
    })
}

/// Reads a file as text; nothing, where it is none, or is gone.
fn read(files: &Files, file: &Path) -> Result<Option<String>, String> {
    let bytes = match files.read(file, MAX_SOURCE) {
        Ok(bytes) => bytes,
        Err(ReadError::Io(std::io::ErrorKind::NotFound)) | Err(ReadError::NotRegular) => return Ok(None),
        Err(why) => return Err(why.to_string()),
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(text)),
        // UTF-16 is text, and says so; anything else with such bytes is none.
        Err(error)
            if error.as_bytes().contains(&0) && !matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) =>
        {
            Ok(None)
        }
        Err(_) => Err("it is not UTF-8 text".to_owned()),
    }
}

/// A file that is a source by its place or name alone, and could not be read.
fn unreadable(path: String, kinds: Kinds, why: String) -> Option<Shown> {
    let is_named = !kinds.and(Words::kinds_by_name()).is_empty();
    is_named.then(|| Shown {
        source: Source::new(path, String::new()),
        shows: Shows {
            unread: vec![Unread {
                span: Span::default(),
                why,
            }],
            ..Shows::default()
        },
    })
}
