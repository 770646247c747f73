//! The way through a tree along a path: links that lead on, submodules, and what is not here.

use super::index::Kind as Absent;
use super::objects::{Lack, Node};
use super::snapshot::{Here, MAX_TARGET, Snapshot};
use super::submodule::Level;
use super::{name_of, path_of};
use crate::workspace::read::ReadError;
use gix::ObjectId;
use gix::objs::Kind;
use std::path::Path;
use std::sync::Arc;

/// As many links in a row lead nowhere.
const MAX_LINKS: usize = 40;
/// No system has a longer path.
pub const MAX_PATH: usize = 4096;

/// What a path leads to.
pub enum Found {
    Folder(Here),
    File(Arc<Level>, ObjectId),
    Link(Arc<Level>, ObjectId),
    /// What git keeps of a work tree, which no tree has.
    Git,
}

/// What a path leads to, and where that is without links.
pub struct Way {
    /// From the top.
    pub name: Vec<u8>,
    pub found: Found,
    pub is_through_link: bool,
}

/// Why a path leads to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    Nothing,
    /// Links that lead to each other.
    Loop,
    /// It leads out of the repository.
    Outside,
    /// What git has not here: its name from the top.
    Absent(Vec<u8>, Absent),
    Damaged,
}

impl Miss {
    /// What is not to be had of an object, if it is that.
    pub fn of_object(&self) -> Option<Lack> {
        match self {
            Self::Absent(..) => Some(Lack::NotHere),
            Self::Damaged => Some(Lack::Damaged),
            _ => None,
        }
    }

    pub fn reason(&self) -> ReadError {
        match self {
            Self::Nothing | Self::Outside => ReadError::Io(std::io::ErrorKind::NotFound),
            Self::Loop => too_many_links(),
            Self::Absent(..) => ReadError::NotAtHand,
            Self::Damaged => ReadError::Damaged,
        }
    }
}

/// As the system says it.
fn too_many_links() -> ReadError {
    #[cfg(unix)]
    return std::io::Error::from(rustix::io::Errno::LOOP).into();
    #[cfg(not(unix))]
    ReadError::Io(std::io::ErrorKind::Other)
}

impl Snapshot {
    /// Goes along a path, and where links lead, but for one at its end if that is not asked for.
    pub fn way(&self, path: &Path, follow: bool) -> Result<Way, Miss> {
        let asked = name_of(self.top(), path).ok_or(Miss::Outside)?;
        let mut ahead: Vec<Vec<u8>> = parts(&asked).rev().map(<[u8]>::to_vec).collect();
        let mut name: Vec<u8> = Vec::new();
        let mut around = vec![(self.here(), 0)];
        let mut links = 0;
        while let Some(part) = ahead.pop() {
            if part == b".." {
                let (_, end) = around.pop().filter(|_| !around.is_empty()).ok_or(Miss::Outside)?;
                name.truncate(end);
                continue;
            }
            let Some((here, _)) = around.last() else {
                return Err(Miss::Outside);
            };
            if here.is_top && part == b".git" {
                if !name.is_empty() {
                    name.push(b'/');
                }
                name.extend_from_slice(b".git");
                let found = Found::Git;
                return if ahead.is_empty() {
                    Ok(Way {
                        name,
                        found,
                        is_through_link: links > 0,
                    })
                } else {
                    Err(Miss::Nothing)
                };
            }
            let folder = self.folder(here, &name)?;
            let absent = here.tree.is_none();
            let Some(entry) = folder.get(&part) else {
                return Err(if absent {
                    Miss::Absent(name, Absent::Submodule)
                } else {
                    Miss::Nothing
                });
            };
            let end = name.len();
            if end > 0 {
                name.push(b'/');
            }
            name.extend_from_slice(&part);
            if name.len() > MAX_PATH {
                return Err(Miss::Nothing);
            }
            let level = Arc::clone(&here.level);
            let is_last = ahead.is_empty();
            match entry.node {
                Node::Folder => around.push((
                    Here {
                        level,
                        tree: Some(entry.id),
                        is_top: false,
                    },
                    end,
                )),
                Node::Submodule => around.push((self.submodule(here, &name, entry.id), end)),
                Node::File if is_last => {
                    let found = Found::File(level, entry.id);
                    return Ok(Way {
                        name,
                        found,
                        is_through_link: links > 0,
                    });
                }
                Node::File => return Err(Miss::Nothing),
                Node::Link if is_last && !follow => {
                    let found = Found::Link(level, entry.id);
                    return Ok(Way {
                        name,
                        found,
                        is_through_link: links > 0,
                    });
                }
                Node::Link => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(Miss::Loop);
                    }
                    let target = level.objects.read(entry.id, Kind::Blob, MAX_TARGET);
                    let target = target.map_err(|lack| self.lacks(lack, &name))?;
                    if target.starts_with(b"/") || path_of(&target).is_absolute() {
                        return Err(Miss::Outside);
                    }
                    name.truncate(end);
                    ahead.extend(parts(&target).rev().map(<[u8]>::to_vec));
                }
            }
        }
        let (here, _) = around.pop().ok_or(Miss::Outside)?;
        Ok(Way {
            name,
            found: Found::Folder(here),
            is_through_link: links > 0,
        })
    }
}

/// The names of which a path is made.
fn parts(path: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    let parts = path.split(|byte| *byte == b'/' || cfg!(windows) && *byte == b'\\');
    parts.filter(|part| !part.is_empty() && *part != b".")
}
