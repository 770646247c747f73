//! Texts that stand for the files of a repository: looked into as a walk would.

use crate::workspace::{Around, Kinds, Sought, SoughtFolder};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

/// A folder of texts.
#[derive(Default)]
struct Folder {
    folders: BTreeMap<String, Folder>,
    files: Vec<String>,
}

/// Hands on what may be sources of texts at these paths, which the visitor has, as a walk of them would.
pub fn look_into_texts(paths: impl IntoIterator<Item = String>, sought: &Sought<'_>, root: &Path) {
    let mut top = Folder::default();
    for path in paths {
        let mut folder = &mut top;
        let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let Some(name) = parts.pop() else { continue };
        for part in parts {
            folder = folder.folders.entry(part.to_owned()).or_default();
        }
        folder.files.push(name.to_owned());
    }
    let mut ahead = vec![(root.to_owned(), top, Around::root())];
    while let Some((path, mut folder, mut around)) = ahead.pop() {
        folder.files.sort();
        let files: Vec<(OsString, Kinds)> = folder
            .files
            .into_iter()
            .map(|name| {
                let kinds = sought.kinds(&around, name.as_bytes());
                (OsString::from(name), kinds)
            })
            .filter(|(name, kinds)| !kinds.is_empty() && !sought.excludes(root, &path.join(name)))
            .collect();
        if !files.is_empty() {
            around.inherited = sought.visit.visit(SoughtFolder {
                path: &path,
                files,
                inherited: around.inherited.take(),
            });
        }
        for (name, inner) in folder.folders {
            let inside = path.join(&name);
            if let Some(around) = sought.enter(&around, name.as_bytes())
                && !sought.excludes(root, &inside)
            {
                ahead.push((inside, inner, around));
            }
        }
    }
}
