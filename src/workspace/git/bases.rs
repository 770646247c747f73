//! What objects of a pack are told as differences from: manifests that are alike stand on each other, one after the other,
//! and each would be put together anew for every one that stands on it.

use gix::objs::Kind;
use gix::odb::pack::cache::DecodeEntry;
use std::collections::HashMap;

/// So many bytes are remembered by each handle. A larger object is not.
const MAX_BYTES: usize = 16 * 1024 * 1024;
const MAX_OBJECT: usize = 256 * 1024;

/// Its kind, how large it is in the pack, and what it holds.
type Base = (Kind, usize, Box<[u8]>);

#[derive(Default)]
pub struct Bases {
    /// By the pack, and where it stands there.
    known: HashMap<(u32, u64), Base>,
    bytes: usize,
}

impl DecodeEntry for Bases {
    fn put(&mut self, pack: u32, offset: u64, data: &[u8], kind: Kind, compressed: usize) {
        if data.len() > MAX_OBJECT {
            return;
        }
        if self.bytes + data.len() > MAX_BYTES {
            self.known.clear();
            self.bytes = 0;
        }
        if self
            .known
            .insert((pack, offset), (kind, compressed, data.into()))
            .is_none()
        {
            self.bytes += data.len();
        }
    }

    fn get(&mut self, pack: u32, offset: u64, out: &mut Vec<u8>) -> Option<(Kind, usize)> {
        let (kind, compressed, data) = self.known.get(&(pack, offset))?;
        out.clear();
        out.extend_from_slice(data);
        Some((*kind, *compressed))
    }
}
