//! How text is written as it is made, so that no format holds the text of all findings.

use super::{log, safe};
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use std::io::{self, BufWriter, Write};

/// So many bytes are gathered before they are written, or looked through.
const BUFFER: usize = 1 << 16;

/// Writes in large pieces to what would take long for many small ones.
pub fn buffered(out: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    write(&mut out)?;
    out.flush()
}

/// What is written, as a text. That cannot fail for want of room or of a reader.
pub fn text(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    let _ = write(&mut out);
    // All of it is text; if ever some were not, the rest would still be there.
    String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// A JSON document, which any terminal and any log may show.
pub fn json(out: &mut dyn Write, document: &impl Serialize) -> io::Result<()> {
    buffered(safe::Json::new(log::Broken::json(out)), |out| {
        serde_json::to_writer_pretty(&mut *out, document)?;
        out.write_all(b"\n")
    })
}

/// A list, of which each element is made as it is written.
pub struct Rows<F>(pub F);

impl<F, I> Serialize for Rows<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// So many pieces are made at once, and then written.
const AT_ONCE: usize = 2048;
/// So many at least are made by one thread: one alone is made too quickly to be worth another.
const OF_A_THREAD: usize = 32;

/// Pieces that take long, made by several threads and written in their order.
pub fn joined<T: Sync>(
    out: &mut dyn Write,
    items: &[T],
    between: &str,
    piece: impl Fn(&T) -> String + Sync,
) -> io::Result<()> {
    let mut lead = "";
    for some in items.chunks(AT_ONCE) {
        let pieces = some.par_iter().with_min_len(OF_A_THREAD).map(&piece);
        for piece in pieces.collect::<Vec<String>>() {
            out.write_all(lead.as_bytes())?;
            out.write_all(piece.as_bytes())?;
            lead = between;
        }
    }
    Ok(())
}
