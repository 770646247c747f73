//! Repositories in a repository: each has a tree of its own, as far as its objects are here.

use super::objects::{MAX_COMMIT, Objects};
use super::revision::parsed;
use super::{Git, path_of};
use gix::ObjectId;
use gix::objs::Kind;
use std::path::{Component, PathBuf};
use std::sync::Arc;

/// Submodules in submodules.
const MAX_DEPTH: usize = 16;
/// Of what says where submodules are.
const MAX_MODULES: u64 = 1024 * 1024;

/// A repository: the outermost, or that of a submodule.
pub struct Level {
    pub objects: Arc<Objects>,
    /// Where its work tree is, if it has one.
    pub work_tree: Option<PathBuf>,
    /// Its name from the top.
    pub name: Vec<u8>,
    /// Its outermost tree.
    pub tree: ObjectId,
    pub depth: usize,
}

/// The submodule that stands at a name from the top, at a commit, if git has that here: where it is checked out, or where
/// git keeps what it once had.
pub fn open(outer: &Level, name: &[u8], commit: ObjectId) -> Option<Level> {
    if outer.depth >= MAX_DEPTH {
        return None;
    }
    let inside = match outer.name.len() {
        0 => name,
        outer => name.get(outer + 1..)?,
    };
    let work_tree = outer.work_tree.as_ref().map(|top| top.join(path_of(inside)));
    let checked_out = work_tree.as_deref().and_then(Git::of).map(|git| git.dir);
    let keeps = [
        outer.objects.dir().join("modules"),
        outer.objects.common().join("modules"),
    ];
    let called = called(outer, inside).into_iter().chain([inside.to_vec()]);
    let names = called.map(|name| path_of(&name)).filter(|name| {
        let mut parts = name.components();
        parts.clone().next().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
    });
    let kept = names.flat_map(|name| keeps.clone().map(|keep| keep.join(&name)));
    let folders = checked_out.into_iter().chain(kept).filter(|dir| dir.is_dir());
    let objects = outer.objects.inner(folders, commit)?;
    let data = objects.read(commit, Kind::Commit, MAX_COMMIT).ok()?;
    Some(Level {
        tree: parsed(commit, &data)?.tree,
        objects,
        work_tree,
        name: name.to_vec(),
        depth: outer.depth + 1,
    })
}

/// What the tree calls the submodule of a path.
fn called(outer: &Level, path: &[u8]) -> Option<Vec<u8>> {
    let folder = outer.objects.folder(outer.tree).ok()?;
    let modules = outer
        .objects
        .read(folder.get(b".gitmodules")?.id, Kind::Blob, MAX_MODULES)
        .ok()?;
    let mut name = None;
    for line in modules.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        if line.starts_with(b"[") {
            let quoted = line
                .strip_prefix(b"[submodule \"")
                .and_then(|rest| rest.strip_suffix(b"\"]"));
            name = quoted.map(<[u8]>::to_vec);
        } else if let Some(value) = line.strip_prefix(b"path").map(<[u8]>::trim_ascii_start)
            && value.strip_prefix(b"=").map(<[u8]>::trim_ascii) == Some(path)
        {
            return name;
        }
    }
    None
}
