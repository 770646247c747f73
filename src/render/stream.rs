//! How text is written as it is made, so that no format holds the text of all findings.

use super::{log, safe};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};
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
    json_with(out, |out| value(out, 0, document))
}

/// The same, of a document that is written part by part.
pub fn json_with(out: &mut dyn Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    buffered(safe::Json::new(log::Broken::json(out)), |out| {
        write(out)?;
        out.write_all(b"\n")
    })
}

/// A JSON object, field by field.
pub struct Object<'o> {
    out: &'o mut dyn Write,
    is_empty: bool,
}

impl<'o> Object<'o> {
    pub fn new(out: &'o mut dyn Write) -> Self {
        Self { out, is_empty: true }
    }

    pub fn field(&mut self, name: &'static str, is: &impl Serialize) -> io::Result<()> {
        self.name(name)?;
        value(&mut *self.out, 1, is)
    }

    /// A field with a list, of which each element is made as it is written.
    pub fn list<T, R>(
        &mut self,
        name: &'static str,
        items: impl Iterator<Item = T>,
        row: impl Fn(&T) -> R + Sync,
    ) -> io::Result<()>
    where
        T: Send + Sync,
        R: Serialize,
    {
        self.name(name)?;
        list(self.out, 1, items, row)
    }

    fn name(&mut self, name: &'static str) -> io::Result<()> {
        let lead = if self.is_empty { "{" } else { "," };
        self.is_empty = false;
        write!(self.out, "{lead}\n  \"{name}\": ")
    }

    pub fn end(self) -> io::Result<()> {
        self.out.write_all(if self.is_empty { b"{}" } else { b"\n}" })
    }
}

/// A JSON list, of which each element is made as it is written, so deep in a document.
pub fn list<T, R>(
    out: &mut dyn Write,
    depth: usize,
    items: impl Iterator<Item = T>,
    row: impl Fn(&T) -> R + Sync,
) -> io::Result<()>
where
    T: Send + Sync,
    R: Serialize,
{
    let mut items = items.peekable();
    if items.peek().is_none() {
        return out.write_all(b"[]");
    }
    let indent = "  ".repeat(depth);
    write!(out, "[\n{indent}  ")?;
    joined(out, items, &format!(",\n{indent}  "), |out, item| {
        value(out, depth + 1, &row(item))
    })?;
    write!(out, "\n{indent}]")
}

/// A value as it is written so deep in a document.
fn value(out: impl Write, depth: usize, value: &impl Serialize) -> io::Result<()> {
    let mut formatter = PrettyFormatter::new();
    for _ in 0..depth {
        // What is around it, which stands there already.
        formatter.begin_object(&mut io::sink())?;
    }
    Ok(value.serialize(&mut Serializer::with_formatter(out, formatter))?)
}

/// So many pieces are made at once, and then written.
const AT_ONCE: usize = 2048;
/// So many are made by one thread: one alone is made too quickly to be worth another.
const OF_A_THREAD: usize = 32;

/// Pieces that take long, made by several threads and written in their order.
pub fn joined<T: Send + Sync>(
    out: &mut dyn Write,
    mut items: impl Iterator<Item = T>,
    between: &str,
    piece: impl Fn(&mut Vec<u8>, &T) -> io::Result<()> + Sync,
) -> io::Result<()> {
    // What stands between two is written with the second.
    let mut done = between.len();
    // Taken again for the next pieces: what one thread asks for and another gives back costs as much as the text.
    let mut parts: Vec<Vec<u8>> = Vec::new();
    loop {
        let some: Vec<T> = items.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            return Ok(());
        }
        let write = |text: &mut Vec<u8>, part: &[T]| -> io::Result<()> {
            text.clear();
            for item in part {
                text.extend_from_slice(between.as_bytes());
                piece(text, item)?;
            }
            Ok(())
        };
        parts.resize_with(some.len().div_ceil(OF_A_THREAD), Vec::new);
        match &mut parts[..] {
            [text] => write(text, &some)?,
            parts => parts
                .par_iter_mut()
                .zip(some.par_chunks(OF_A_THREAD))
                .try_for_each(|(text, part)| write(text, part))?,
        }
        for part in &parts {
            out.write_all(part.get(done..).unwrap_or_default())?;
            done = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Object, json, json_with, text};
    use serde_json::{Value, json};

    /// The same document as a whole and part by part, with so many rows.
    fn documents(rows: usize) -> [String; 2] {
        let row = |at: &usize| json!({ "at": at, "within": { "none": [], "some": [at, { "a": "\u{202e}##[x]" }] } });
        let numbers: Vec<usize> = (0..rows).collect();
        let whole: Vec<Value> = numbers.iter().map(row).collect();
        let whole = json!({ "a": 1, "b": whole, "c": { "d": [true] } });
        let parts = text(|out| {
            json_with(out, |out| {
                let mut object = Object::new(out);
                object.field("a", &1)?;
                object.list("b", numbers.iter(), |at| row(at))?;
                object.field("c", &json!({ "d": [true] }))?;
                object.end()
            })
        });
        [text(|out| json(out, &whole)), parts]
    }

    #[test]
    fn a_document_is_the_same_however_many_pieces_it_is_made_of() {
        for rows in [0, 1, 2, 33, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE + 40] {
            let [whole, parts] = documents(rows);
            assert!(whole == parts, "{rows} rows");
            let read: Value = serde_json::from_str(&parts).unwrap_or_default();
            assert_eq!(read["b"].as_array().map(Vec::len), Some(rows));
        }
    }

    #[test]
    fn an_object_without_fields_is_one() {
        assert_eq!(text(|out| Object::new(out).end()), "{}");
    }
}
