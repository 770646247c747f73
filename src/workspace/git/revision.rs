//! From the name of a revision to a commit: branches, tags, `HEAD~2`, ids and their beginnings.
//!
//! References are read by a bounded reader of our own. What stands in a reflog or follows from a setting of the repository
//! is no name here, nor is a range.

use super::objects::{Lack, MAX_COMMIT, MAX_FILE, Objects};
use super::revision_error::RevisionError;
use crate::workspace::read::read_bounded;
use gix::ObjectId;
use gix::objs::Kind;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::Path;

/// No name is longer.
const MAX_NAME: usize = 1024;
/// A reference that stands for one that stands for one.
const MAX_SYMBOLIC: usize = 8;
/// A tag of a tag.
const MAX_TAGS: usize = 16;
/// The beginning of an id is at least so long.
const MIN_ABBREVIATED: usize = 4;
/// So far back from a name, and so many steps of `~` and `^`.
const MAX_BACK: usize = 1_000_000;
const MAX_REFERENCE: u64 = 64 * 1024;

/// A commit, as it was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub(super) named: String,
    pub(super) id: ObjectId,
    pub(super) tree: ObjectId,
    pub(super) parents: Vec<ObjectId>,
    /// In seconds since 1970, as the committer's clock had it.
    pub(super) seconds: i64,
}

impl Revision {
    /// As it was named; a commit that was come by has its id.
    pub fn name(&self) -> &str {
        &self.named
    }

    /// The commit's whole id.
    pub fn id(&self) -> String {
        self.id.to_string()
    }

    /// The id of its tree: the same tree holds the same files.
    pub fn tree(&self) -> String {
        self.tree.to_string()
    }

    /// The committer's day, in UTC.
    pub fn day(&self) -> Date {
        let at = jiff::Timestamp::from_second(self.seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        at.to_zoned(TimeZone::UTC).date()
    }
}

/// What is looked up in the references and objects of a repository.
pub struct Resolving<'o> {
    objects: &'o Objects,
    shallow: &'o [ObjectId],
    revision: &'o str,
}

impl<'o> Resolving<'o> {
    pub fn new(objects: &'o Objects, shallow: &'o [ObjectId], revision: &'o str) -> Self {
        Self {
            objects,
            shallow,
            revision,
        }
    }

    /// The commit that the revision names.
    pub fn commit(&self) -> Result<Revision, RevisionError> {
        let revision = || self.revision.to_owned();
        if self.revision.starts_with('-') {
            return Err(RevisionError::Option { revision: revision() });
        }
        let form = || RevisionError::Form { revision: revision() };
        let end = self.revision.find(['~', '^']).unwrap_or(self.revision.len());
        let (name, mut rest) = self.revision.split_at(end);
        if self.revision.len() > MAX_NAME || !is_reference(name) {
            return Err(form());
        }
        let mut commit = self.read(self.peeled(self.named(name)?)?)?;
        let mut steps = 0;
        while let Some(step) = rest.chars().next() {
            rest = &rest[1..];
            let braced = rest.strip_prefix("{}").or_else(|| rest.strip_prefix("{commit}"));
            if let (Some(after), '^') = (braced, step) {
                rest = after;
                continue;
            }
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let number: usize = match &rest[..digits] {
                "" => 1,
                digits => digits.parse().map_err(|_| form())?,
            };
            rest = &rest[digits..];
            steps += 1 + if step == '~' { number } else { 0 };
            if steps > MAX_BACK || !(rest.is_empty() || rest.starts_with(['~', '^'])) {
                return Err(form());
            }
            match step {
                '~' => {
                    for _ in 0..number {
                        commit = self.parent(&commit, 1)?;
                    }
                }
                _ if number == 0 => {}
                _ => commit = self.parent(&commit, number)?,
            }
        }
        commit.named = revision();
        Ok(commit)
    }

    fn parent(&self, of: &Revision, number: usize) -> Result<Revision, RevisionError> {
        let revision = self.revision.to_owned();
        if self.shallow.contains(&of.id) {
            return Err(RevisionError::NotHere {
                revision,
                is_shallow: true,
            });
        }
        match of.parents.get(number - 1) {
            Some(parent) => self.read(*parent),
            None => Err(RevisionError::NotFound { revision }),
        }
    }

    /// A commit of an id.
    pub fn read(&self, id: ObjectId) -> Result<Revision, RevisionError> {
        let data = self
            .objects
            .read(id, Kind::Commit, MAX_COMMIT)
            .map_err(|lack| self.lacks(lack))?;
        parsed(id, &data).ok_or_else(|| self.lacks(Lack::Damaged))
    }

    pub fn lacks(&self, lack: Lack) -> RevisionError {
        let revision = self.revision.to_owned();
        match lack {
            Lack::NotHere => RevisionError::NotHere {
                revision,
                is_shallow: !self.shallow.is_empty(),
            },
            Lack::TooLarge(_) => RevisionError::TooMuch { revision },
            Lack::Damaged => RevisionError::Damaged { revision },
        }
    }

    /// The object that a name without steps behind it means, in the order in which git looks for it.
    fn named(&self, name: &str) -> Result<ObjectId, RevisionError> {
        let revision = || self.revision.to_owned();
        let is_hex = name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hex && name.len() == self.objects.hash().len_in_hex() {
            return ObjectId::from_hex(name.to_ascii_lowercase().as_bytes())
                .map_err(|_| RevisionError::NotFound { revision: revision() });
        }
        let name = if name == "@" { "HEAD" } else { name };
        let forms = [
            name.to_owned(),
            format!("refs/{name}"),
            format!("refs/tags/{name}"),
            format!("refs/heads/{name}"),
            format!("refs/remotes/{name}"),
            format!("refs/remotes/{name}/HEAD"),
        ];
        let packed = read_bounded(&self.objects.common().join("packed-refs"), MAX_FILE).unwrap_or_default();
        for form in &forms {
            if let Some(id) = self.reference(form, &packed, MAX_SYMBOLIC) {
                return Ok(id);
            }
        }
        if is_hex
            && name.len() >= MIN_ABBREVIATED
            && let Some(found) = self.abbreviated(name)
        {
            return found;
        }
        Err(match self.objects.common().join("reftable").is_dir() {
            true => RevisionError::Reftable { revision: revision() },
            false => RevisionError::NotFound { revision: revision() },
        })
    }

    /// What a reference of a whole name stands for.
    fn reference(&self, name: &str, packed: &[u8], depth: usize) -> Option<ObjectId> {
        let folders = [self.objects.dir(), self.objects.common()];
        // Only a pseudo reference stands beside git's own files.
        let is_pseudo = |name: &str| {
            name.bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte == b'-')
        };
        if !name.contains('/') && !is_pseudo(name) {
            return None;
        }
        let loose = folders
            .iter()
            .find_map(|dir| read_bounded(&dir.join(Path::new(name)), MAX_REFERENCE).ok());
        if let Some(text) = loose {
            let text = std::str::from_utf8(text.trim_ascii()).ok()?;
            return match text.strip_prefix("ref:") {
                Some(other) if depth > 0 && is_reference(other.trim()) => {
                    self.reference(other.trim(), packed, depth - 1)
                }
                Some(_) => None,
                None => self.id(text.split_ascii_whitespace().next()?),
            };
        }
        let line = format!(" {name}\n");
        let at = memchr::memmem::find_iter(packed, line.as_bytes());
        at.filter_map(|at| {
            let from = memchr::memrchr(b'\n', &packed[..at]).map_or(0, |end| end + 1);
            self.id(std::str::from_utf8(&packed[from..at]).ok()?)
        })
        .next()
    }

    fn id(&self, text: &str) -> Option<ObjectId> {
        ObjectId::from_hex(text.as_bytes())
            .ok()
            .filter(|id| id.kind() == self.objects.hash())
    }

    /// The commit whose id begins so, or the only object.
    fn abbreviated(&self, name: &str) -> Option<Result<ObjectId, RevisionError>> {
        let whole = format!("{:0<1$}", name.to_ascii_lowercase(), self.objects.hash().len_in_hex());
        let prefix = gix::hash::Prefix::new(&ObjectId::from_hex(whole.as_bytes()).ok()?, name.len()).ok()?;
        let mut candidates = std::collections::HashSet::new();
        let found = self.objects.with(|repository| {
            let found = repository.objects.lookup_prefix(prefix, Some(&mut candidates));
            found.ok().flatten()
        });
        match found? {
            Ok(id) => Some(Ok(id)),
            Err(()) => {
                let is_commit = |id: &&ObjectId| matches!(self.objects.header(**id), Ok((Kind::Commit | Kind::Tag, _)));
                let mut commits = candidates.iter().filter(is_commit);
                Some(match (commits.next(), commits.next()) {
                    (Some(one), None) => Ok(*one),
                    _ => Err(RevisionError::Ambiguous {
                        revision: self.revision.to_owned(),
                    }),
                })
            }
        }
    }

    /// The commit behind tags.
    fn peeled(&self, mut id: ObjectId) -> Result<ObjectId, RevisionError> {
        let not_a_commit = || RevisionError::NotACommit {
            revision: self.revision.to_owned(),
        };
        for _ in 0..MAX_TAGS {
            match self.objects.header(id).map_err(|lack| self.lacks(lack))?.0 {
                Kind::Commit => return Ok(id),
                Kind::Tag => {
                    let data = self
                        .objects
                        .read(id, Kind::Tag, MAX_COMMIT)
                        .map_err(|lack| self.lacks(lack))?;
                    let line = data
                        .strip_prefix(b"object ")
                        .and_then(|rest| rest.split(|byte| *byte == b'\n').next());
                    id = line
                        .and_then(|hex| ObjectId::from_hex(hex).ok())
                        .ok_or_else(not_a_commit)?;
                }
                Kind::Tree | Kind::Blob => return Err(not_a_commit()),
            }
        }
        Err(not_a_commit())
    }
}

/// What git lets a reference be called, as far as that keeps it inside git's folder.
fn is_reference(name: &str) -> bool {
    let is_plain = |c: char| !c.is_control() && !matches!(c, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\');
    !name.is_empty()
        && name.len() <= MAX_NAME
        && name.chars().all(is_plain)
        && !name.contains("..")
        && !name.contains("@{")
        && name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
}

/// A commit's tree, parents and date.
pub(super) fn parsed(id: ObjectId, data: &[u8]) -> Option<Revision> {
    let mut tree = None;
    let mut parents = Vec::new();
    let mut seconds = None;
    for line in data.split(|byte| *byte == b'\n') {
        if let Some(hex) = line.strip_prefix(b"tree ") {
            tree = tree.or(ObjectId::from_hex(hex).ok());
        } else if let Some(hex) = line.strip_prefix(b"parent ") {
            parents.push(ObjectId::from_hex(hex).ok()?);
        } else if let Some(who) = line.strip_prefix(b"committer ") {
            let behind = who.rsplit(|byte| *byte == b'>').next()?;
            let number = std::str::from_utf8(behind).ok()?.split_ascii_whitespace().next()?;
            seconds = number.parse().ok();
            break;
        } else if line.is_empty() {
            break;
        }
    }
    Some(Revision {
        named: id.to_string(),
        id,
        tree: tree?,
        parents,
        seconds: seconds.unwrap_or(0),
    })
}
