//! Tables of many entities, decoded a part at a time: the tree of a file takes more memory than what is made of it.

use super::{Manifest, guess, tables::for_each_table};
use crate::decode::tree::{Item, Table, Value};
use crate::decode::{Decoded, read};

/// So many entities are decoded at a time.
pub const BATCH: usize = 1024;

fn is_large(item: &Item<'_>) -> bool {
    matches!(&item.value, Value::Table(table) if table.in_order().len() > BATCH)
}

/// Whether a file has more entities than are decoded at a time.
pub fn has_large(root: &Table<'_>) -> bool {
    root.in_order().any(|(_, item)| is_large(item))
}

/// Decodes a tree, and lets go of each part of it. Nothing, if anything is wrong with it: what people mean is found in the
/// whole.
pub fn decode<'a>(text: &'a str, mut root: Table<'a>) -> Option<Manifest<'a>> {
    let (large, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut root.entries)
        .into_iter()
        .partition(|(_, item)| is_large(item));
    root.replace(rest);
    let mut manifest = without_fault(text, root)?;
    for (name, item) in large {
        let Value::Table(table) = item.value else { continue };
        let mut entities = table.into_sorted().into_iter();
        while entities.len() > 0 {
            let mut batch = Table::default();
            batch.replace(entities.by_ref().take(BATCH).collect());
            let mut root = Table::default();
            let (span, value) = (item.span, Value::Table(batch));
            root.push(name.clone(), Item { span, value });
            append(&mut manifest, without_fault(text, root)?);
        }
    }
    Some(manifest)
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

#[cfg(test)]
mod tests {
    use super::{BATCH, decode, has_large};
    use crate::decode::tree::build;
    use crate::manifest::{Manifest, guess, read};
    use crate::source::Source;
    use std::fmt::Write;

    /// Two large tables whose ids are not in order, and what else a file may have.
    fn many() -> String {
        let mut text = "namespace = \"pay\"\nowner = \"team\"\n[owners.team]\ncontact = \"a@example.com\"\n".to_owned();
        for at in (0..2 * BATCH + 7).rev() {
            let _ = write!(
                text,
                "[services.s{at}]\ndescription = \"no {at}\"\ndata = [\"d{at}\"]\n[services.s{at}.user-entities]\n[data.d{at}]\n"
            );
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
        let ids = manifest.iter().flat_map(|manifest| manifest.services.iter());
        assert_eq!(ids.count(), 2 * BATCH + 7);
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
