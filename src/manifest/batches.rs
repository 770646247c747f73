//! Tables of many entities, decoded a part at a time: the tree of a file takes more memory than what is made of it.

use super::{Manifest, guess, tables::for_each_table};
use crate::decode::tree::{Item, Key, Table, Value};
use crate::decode::{Decoded, read};
use crate::source::Span;

/// So many entities are decoded at a time.
pub const BATCH: usize = 1024;

fn is_large(item: &Item<'_>) -> bool {
    matches!(&item.value, Value::Table(table) if table.in_order().len() > BATCH)
}

/// Whether a file has more entities than are decoded at a time.
pub fn has_large(root: &Table<'_>) -> bool {
    root.in_order().any(|(_, item)| is_large(item))
}

/// What is left of a large table.
struct Large<'a> {
    name: Key<'a>,
    span: Span,
    entries: std::vec::IntoIter<(Key<'a>, Item<'a>)>,
    /// So many of them are decoded at a time.
    share: usize,
}

/// Decodes a tree, and lets go of each part of it. Nothing, if anything is wrong with it: what people mean is found in the
/// whole.
pub fn decode<'a>(text: &'a str, mut root: Table<'a>) -> Option<Manifest<'a>> {
    let (large, small): (Vec<_>, Vec<_>) = std::mem::take(&mut root.entries)
        .into_iter()
        .partition(|(_, item)| is_large(item));
    root.replace(small);
    let mut large: Vec<Large<'a>> = large.into_iter().filter_map(Large::of).collect();
    let longest = large.iter().map(|table| table.entries.len()).max().unwrap_or(0);
    let rounds = longest.div_ceil(BATCH);
    for table in &mut large {
        table.share = table.entries.len().div_ceil(rounds);
    }
    let mut manifest = without_fault(text, root)?;
    // All tables side by side, as they are in the file: memory that lies together becomes free together.
    for _ in 0..rounds {
        let mut part = Table::default();
        for table in &mut large {
            table.move_share(&mut part);
        }
        append(&mut manifest, without_fault(text, part)?);
    }
    sort(&mut manifest);
    Some(manifest)
}

impl<'a> Large<'a> {
    fn of((name, item): (Key<'a>, Item<'a>)) -> Option<Self> {
        match item.value {
            Value::Table(table) => Some(Self {
                name,
                span: item.span,
                entries: table.entries.into_iter(),
                share: 0,
            }),
            _ => None,
        }
    }

    fn move_share(&mut self, root: &mut Table<'a>) {
        let mut table = Table::default();
        table.replace(self.entries.by_ref().take(self.share).collect());
        let (span, value) = (self.span, Value::Table(table));
        root.push(self.name.clone(), Item { span, value });
    }
}

fn without_fault<'a>(text: &'a str, root: Table<'a>) -> Option<Manifest<'a>> {
    let Decoded { value, problems, lost } = read(text, &Value::Table(root), &guess::DIALECT, Vec::new(), Vec::new());
    (problems.is_empty() && lost.is_empty()).then_some(value)
}

fn append<'a>(manifest: &mut Manifest<'a>, more: Manifest<'a>) {
    macro_rules! append {
        ($($table:ident: $type:ident,)*) => {
            $(manifest.$table.append(more.$table);)*
        };
    }
    for_each_table!(append);
}

/// As they are when they are decoded at once.
fn sort(manifest: &mut Manifest<'_>) {
    macro_rules! sort {
        ($($table:ident: $type:ident,)*) => {
            $(manifest.$table.sort_unstable_by(|one, other| one.id.cmp(&other.id));)*
        };
    }
    for_each_table!(sort);
}

#[cfg(test)]
mod tests {
    use super::{BATCH, decode, has_large};
    use crate::decode::tree::build;
    use crate::manifest::{Manifest, guess, read};
    use crate::source::Source;
    use std::fmt::Write;

    /// Two large tables, of which one is larger, whose ids are not in order, and what else a file may have.
    fn many() -> String {
        let mut text = "namespace = \"pay\"\nowner = \"team\"\n[owners.team]\ncontact = \"a@example.com\"\n".to_owned();
        for at in (0..2 * BATCH + 7).rev() {
            let _ = write!(
                text,
                "[services.s{at}]\ndescription = \"no {at}\"\ndata = [\"d{at}\"]\n[services.s{at}.user-entities]\n"
            );
            if at <= BATCH {
                let _ = writeln!(text, "[data.d{at}]");
            }
        }
        text + "[[waivers]]\nrule = \"coverage-gap\"\nsubject = \"services.s1\"\n"
    }

    fn whole(text: &str) -> Option<Manifest<'_>> {
        let tree = crate::decode::tree::Value::Table(build(text)?);
        Some(crate::decode::read(text, &tree, &guess::DIALECT, Vec::new(), Vec::new()).value)
    }

    #[test]
    fn a_part_at_a_time_is_the_whole() -> Result<(), &'static str> {
        let text = many();
        let root = build(&text).ok_or("nothing is wrong with it")?;
        assert!(has_large(&root));
        let manifest = decode(&text, root);
        let lengths = manifest
            .as_ref()
            .map(|manifest| (manifest.services.len(), manifest.data.len()));
        assert_eq!(lengths, Some((2 * BATCH + 7, BATCH + 1)));
        assert_eq!(format!("{manifest:?}"), format!("{:?}", whole(&text)));
        Ok(())
    }

    #[test]
    fn a_fault_in_any_part_is_said_of_the_whole() {
        for (written, fault) in [("data = [\"d3\"]", "dta = [\"d3\"]"), ("\"no 2000\"", "7")] {
            let text = many();
            assert!(text.contains(written));
            let source = Source::new("scope.toml".to_owned(), text.replace(written, fault));
            let root = build(&source.text);
            assert!(root.and_then(|root| decode(&source.text, root)).is_none());
            let read = read(&source);
            assert_eq!(read.manifest.services.len(), 2 * BATCH + 7);
            assert_eq!(read.problems.len(), 1, "{:?}", read.problems);
        }
    }
}
