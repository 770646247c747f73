//! The format of git's index: versions 2 to 4, split and sparse ones, with hashes of either length.

use super::bitmap;
use crate::workspace::read::ReadError;
use std::fmt;

/// Why an index tells nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexError {
    /// There is no repository.
    None,
    Unreadable(ReadError),
    SharedUnreadable(ReadError),
    Damaged,
    UnknownVersion(u32),
    UnknownExtension(String),
    SharedIsSplit,
    DoesNotFitShared,
}

impl From<ReadError> for IndexError {
    fn from(error: ReadError) -> Self {
        Self::Unreadable(error)
    }
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("there is none"),
            Self::Unreadable(error) => write!(f, "{error}"),
            Self::SharedUnreadable(error) => write!(f, "its shared index: {error}"),
            Self::Damaged => f.write_str("it is not an index, or a damaged one"),
            Self::UnknownVersion(version) => write!(f, "it is of version {version}, which is not known"),
            Self::UnknownExtension(name) => write!(f, "it has an extension that is not known, `{name}`"),
            Self::SharedIsSplit => f.write_str("the shared index is itself split"),
            Self::DoesNotFitShared => f.write_str("it does not fit the shared index"),
        }
    }
}

/// One name of the index; a conflict has it more than once.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    start: u32,
    end: u32,
    /// A submodule.
    pub is_link: bool,
    /// A folder that a sparse index does not look into.
    pub is_folder: bool,
    /// Left out of the checkout.
    pub is_skipped: bool,
}

/// The names of an index, in order.
#[derive(Debug, Default)]
pub struct Entries {
    text: Vec<u8>,
    entries: Vec<Entry>,
}

/// Of names that share their beginnings there may be much more than there is of the file.
const MAX_TEXT: usize = 1 << 30;

impl Entries {
    /// Reads an index. `shared` gives the file of a name beside it.
    pub fn parse(bytes: Vec<u8>, shared: impl FnOnce(&str) -> Result<Vec<u8>, IndexError>) -> Result<Self, IndexError> {
        let (whole, link) = Self::parse_file(bytes)?;
        let Some(link) = link else {
            return Ok(whole.in_order());
        };
        let (base, its_link) = Self::parse_file(shared(&link.name)?)?;
        match its_link {
            None => whole.merged_into(base, &link.bitmaps),
            Some(_) => Err(IndexError::SharedIsSplit),
        }
    }

    fn parse_file(bytes: Vec<u8>) -> Result<(Self, Option<Link>), IndexError> {
        // The length of a hash is said in the repository's config alone; with the wrong one, nothing fits.
        let parsed = match parse(&bytes, 20) {
            Err(IndexError::Damaged) => parse(&bytes, 32)?,
            parsed => parsed?,
        };
        let entries = Self {
            text: parsed.text.unwrap_or(bytes),
            entries: parsed.entries,
        };
        Ok((entries, parsed.link))
    }

    /// A split index: what `self` replaces, adds to and takes out of the shared one.
    fn merged_into(self, base: Self, bitmaps: &[u8]) -> Result<Self, IndexError> {
        let wrong = || IndexError::DoesNotFitShared;
        let limit = u32::try_from(base.entries.len()).map_err(|_| wrong())?;
        let (deleted, replaced) = match bitmaps {
            [] => (Vec::new(), Vec::new()),
            _ => {
                let (deleted, rest) = bitmap::positions(bitmaps, limit).ok_or_else(wrong)?;
                (deleted, bitmap::positions(rest, limit).ok_or_else(wrong)?.0)
            }
        };
        let mut base = base;
        let (replacing, added) = self.entries.split_at_checked(replaced.len()).ok_or_else(wrong)?;
        for (entry, at) in replacing.iter().zip(replaced) {
            let old = &mut base.entries[at as usize];
            *old = Entry {
                start: old.start,
                end: old.end,
                ..*entry
            };
        }
        let mut deleted = deleted.into_iter().peekable();
        let mut at = 0;
        base.entries.retain(|_| {
            let goes = deleted.next_if_eq(&at).is_some();
            at += 1;
            !goes
        });
        let offset = u32::try_from(base.text.len()).map_err(|_| wrong())?;
        let end = |at: u32| offset.checked_add(at).ok_or_else(wrong);
        for entry in added {
            let (start, end) = (end(entry.start)?, end(entry.end)?);
            base.entries.push(Entry { start, end, ..*entry });
        }
        base.text.extend_from_slice(&self.text);
        // What was added takes the place of what has its name.
        base.entries.reverse();
        let text = &base.text;
        base.entries.sort_by(|a, b| name(text, a).cmp(name(text, b)));
        base.entries.dedup_by(|b, a| name(text, a) == name(text, b));
        Ok(base)
    }

    /// A damaged index may be in no order, and nothing would be found in it.
    fn in_order(mut self) -> Self {
        let text = &self.text;
        if !self.entries.is_sorted_by(|a, b| name(text, a) <= name(text, b)) {
            self.entries.sort_by(|a, b| name(text, a).cmp(name(text, b)));
        }
        self
    }

    pub fn name(&self, entry: &Entry) -> &[u8] {
        name(&self.text, entry)
    }

    pub fn find(&self, wanted: &[u8]) -> Option<&Entry> {
        let at = self.entries.partition_point(|entry| self.name(entry) < wanted);
        self.entries.get(at).filter(|entry| self.name(entry) == wanted)
    }

    /// All that is in a folder, the folder of a sparse index itself too; the root is the empty name.
    pub fn under(&self, folder: &[u8]) -> &[Entry] {
        if folder.is_empty() {
            return &self.entries;
        }
        let bound = |end: u8| {
            let bound = [folder, &[end]].concat();
            self.entries
                .partition_point(|entry| self.name(entry) < bound.as_slice())
        };
        &self.entries[bound(b'/')..bound(b'/' + 1)]
    }
}

fn name<'t>(text: &'t [u8], entry: &Entry) -> &'t [u8] {
    text.get(entry.start as usize..entry.end as usize).unwrap_or_default()
}

/// What a split index says of the shared one.
struct Link {
    name: String,
    /// Of the entries that are taken out, and of those that are replaced.
    bitmaps: Vec<u8>,
}

struct Parsed {
    /// Names that do not occur in the file as they are.
    text: Option<Vec<u8>>,
    entries: Vec<Entry>,
    link: Option<Link>,
}

const EXTENDED: u16 = 0x4000;
const SKIP_WORKTREE: u16 = 0x4000;
const LENGTH: u16 = 0x0fff;
/// Before an entry's hash: two times, the device, the inode, the mode, the owner, the group and the size.
const STAT: usize = 40;
const MODE: usize = 24;

fn parse(bytes: &[u8], hash: usize) -> Result<Parsed, IndexError> {
    let word = |at: usize| -> Option<u32> { Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)) };
    let half = |at: usize| -> Option<u16> { Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?)) };
    if !bytes.starts_with(b"DIRC") {
        return Err(IndexError::Damaged);
    }
    let version = word(4).ok_or(IndexError::Damaged)?;
    if !(2..=4).contains(&version) {
        return Err(IndexError::UnknownVersion(version));
    }
    let count = word(8)
        .and_then(|count| usize::try_from(count).ok())
        .ok_or(IndexError::Damaged)?;
    // Each has at least its fixed part, so that a false number reserves nothing.
    let mut entries = Vec::with_capacity(count.min(bytes.len() / (STAT + hash)));
    let mut text = Vec::new();
    let mut at = 12;
    for _ in 0..count {
        let mut entry = || -> Option<Entry> {
            let mode = word(at + MODE)?;
            let flags = half(at + STAT + hash)?;
            let mut start = at + STAT + hash + 2;
            let mut is_skipped = false;
            if flags & EXTENDED != 0 {
                is_skipped = version > 2 && half(start)? & SKIP_WORKTREE != 0;
                start += 2;
            }
            let range = if version == 4 {
                let (cut, used) = offset(bytes.get(start..)?)?;
                let rest = bytes.get(start + used..)?;
                let length = memchr::memchr(0, rest)?;
                let before = entries
                    .last()
                    .map_or(0..0, |entry: &Entry| entry.start as usize..entry.end as usize);
                let keep = before.len().checked_sub(cut)?;
                let begin = text.len();
                text.extend_from_within(before.start..before.start + keep);
                text.extend_from_slice(&rest[..length]);
                at = start + used + length + 1;
                if text.len() > MAX_TEXT {
                    return None;
                }
                begin..text.len()
            } else {
                let length = match flags & LENGTH {
                    LENGTH => memchr::memchr(0, bytes.get(start..)?)?,
                    length => usize::from(length),
                };
                let end = start.checked_add(length).filter(|end| bytes.get(*end) == Some(&0))?;
                // With one zero at least, entries fill eights.
                at += (end - at + 8) & !7;
                start..end
            };
            Some(Entry {
                start: u32::try_from(range.start).ok()?,
                end: u32::try_from(range.end).ok()?,
                is_link: mode == 0o160_000,
                is_folder: mode == 0o040_000,
                is_skipped,
            })
        };
        let entry = entry().ok_or(IndexError::Damaged)?;
        entries.push(entry);
    }
    let end = bytes.len().checked_sub(hash).ok_or(IndexError::Damaged)?;
    let extensions = bytes.get(at..end).ok_or(IndexError::Damaged)?;
    let link = link(extensions, hash)?;
    if link.is_none() && entries.iter().any(|entry| entry.start == entry.end) {
        return Err(IndexError::Damaged);
    }
    Ok(Parsed {
        text: (version == 4).then_some(text),
        entries,
        link,
    })
}

/// Goes through the extensions, of which those that begin with a capital say nothing about names.
fn link(mut extensions: &[u8], hash: usize) -> Result<Option<Link>, IndexError> {
    let mut link = None;
    while !extensions.is_empty() {
        let (name, rest) = extensions.split_first_chunk::<4>().ok_or(IndexError::Damaged)?;
        let (size, rest) = rest.split_first_chunk::<4>().ok_or(IndexError::Damaged)?;
        let size = usize::try_from(u32::from_be_bytes(*size)).map_err(|_| IndexError::Damaged)?;
        let (body, rest) = rest.split_at_checked(size).ok_or(IndexError::Damaged)?;
        extensions = rest;
        match name {
            b"link" => {
                let (base, bitmaps) = body.split_at_checked(hash).ok_or(IndexError::Damaged)?;
                if base.iter().any(|byte| *byte != 0) {
                    let base: String = base.iter().map(|byte| format!("{byte:02x}")).collect();
                    link = Some(Link {
                        name: format!("sharedindex.{base}"),
                        bitmaps: bitmaps.to_vec(),
                    });
                }
            }
            b"sdir" => {}
            [b'A'..=b'Z', ..] => {}
            name if name.iter().all(u8::is_ascii_lowercase) => {
                return Err(IndexError::UnknownExtension(String::from_utf8_lossy(name).into_owned()));
            }
            _ => return Err(IndexError::Damaged),
        }
    }
    Ok(link)
}

/// A number as packs write offsets, and how many bytes it takes.
fn offset(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(8) {
        value = value.checked_mul(128)?.checked_add(usize::from(byte & 0x7f))?;
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
        value = value.checked_add(1)?;
    }
    None
}
