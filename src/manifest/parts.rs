//! Large files, decoded a part at a time while they are parsed: the tree of a file takes several times as much memory as
//! the file, and more than what is made of it.

use super::{Manifest, TABLES, guess, prepare, tables::for_each_table};
use crate::decode::tree::{Pieces, Table, Value};
use crate::decode::{Decoded, Entities, Prepared, is_plain, read};
use crate::source::Source;

/// The tree of a smaller file is no burden.
const LARGE: usize = 256 * 1024;

/// So many entities are decoded at a time, or a few more.
const AT_ONCE: usize = 1024;

/// What a large file declares, if nothing at all is wrong with it: what people mean is found in the whole.
pub fn decode(source: &Source) -> Option<Manifest<'_>> {
    let is_large = source.text.len() >= LARGE && is_plain(source);
    let pieces = is_large.then(|| Pieces::of(&source.text))?;
    decode_pieces(&source.text, pieces, AT_ONCE)
}

fn decode_pieces<'a>(text: &'a str, mut pieces: Pieces<'a>, at_once: usize) -> Option<Manifest<'a>> {
    let mut parts = Vec::new();
    while pieces.read() {
        if pieces.entries_of(&TABLES) >= at_once {
            parts.push(without_fault(text, pieces.take(&TABLES))?);
        }
    }
    let rest = without_fault(text, pieces.finish()?)?;
    joined(parts, rest)
}

fn without_fault<'a>(text: &'a str, mut table: Table<'a>) -> Option<Manifest<'a>> {
    let (mut problems, mut damage, mut lost) = Default::default();
    prepare::prepare(&mut Prepared {
        text,
        table: &mut table,
        problems: &mut problems,
        damage: &mut damage,
        lost: &mut lost,
    });
    if !(problems.is_empty() && damage.is_empty() && lost.is_empty()) {
        return None;
    }
    let Decoded { value, problems, lost } = read(text, &Value::Table(table), &guess::DIALECT, problems, damage);
    (problems.is_empty() && lost.is_empty()).then_some(value)
}

/// One manifest of its parts: tables of entities are in each, all else is in the rest. An entity in several parts may be
/// one that is written in two places, or two.
fn joined<'a>(mut parts: Vec<Manifest<'a>>, mut rest: Manifest<'a>) -> Option<Manifest<'a>> {
    macro_rules! join {
        ($($table:ident: $type:ident,)*) => {
            $(
                let of_parts = parts.iter_mut().map(|part| std::mem::take(&mut part.$table));
                let of_rest = std::mem::take(&mut rest.$table);
                rest.$table = Entities::joined(of_parts.chain([of_rest]))?;
            )*
        };
    }
    for_each_table!(join);
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, LARGE, decode, decode_pieces};
    use crate::decode::tree::{Pieces, Value, build};
    use crate::manifest::{Manifest, guess, read};
    use crate::source::Source;
    use std::fmt::Write;
    use std::path::Path;

    /// Tables of which one is larger, whose ids are not in order, and what else a file may have.
    fn many() -> String {
        let mut text = "namespace = \"pay\"\nowner = \"team\"\n[owners.team]\ncontact = \"a@example.com\"\n".to_owned();
        for at in (0..8 * AT_ONCE).rev() {
            let _ = write!(
                text,
                "[services.s{at}]\ndescription = \"no {at}\"\ndata = [\"d{at}\"]\n[services.s{at}.user-entities]\n"
            );
            if at % 3 == 0 {
                let _ = writeln!(text, "[data.d{at}]");
            }
        }
        text + "[[waivers]]\nrule = \"coverage-gap\"\nsubject = \"services.s1\"\n"
    }

    fn source(text: &str) -> Source {
        Source::new("scope.toml".to_owned(), text.to_owned())
    }

    /// What the whole tree of a text declares, and whether nothing is wrong with it.
    fn whole(text: &str) -> Option<(Manifest<'_>, bool)> {
        let tree = Value::Table(build(text)?);
        let decoded = crate::decode::read(text, &tree, &guess::DIALECT, Vec::new(), Vec::new());
        Some((decoded.value, decoded.problems.is_empty() && decoded.lost.is_empty()))
    }

    /// The same in parts as small as they can be.
    fn in_parts(text: &str) -> Option<Manifest<'_>> {
        decode_pieces(text, Pieces::new(text, 1), 1)
    }

    #[test]
    fn a_part_at_a_time_is_the_whole() -> Result<(), &'static str> {
        let text = many();
        assert!(text.len() > LARGE);
        let source = source(&text);
        let manifest = decode(&source).ok_or("nothing is wrong with it")?;
        assert_eq!(manifest.services.len(), 8 * AT_ONCE);
        assert_eq!(
            format!("{:?}", Some((manifest, true))),
            format!("{:?}", whole(&source.text))
        );
        Ok(())
    }

    #[test]
    fn a_fault_in_any_part_is_said_of_the_whole() {
        for (written, fault) in [
            ("data = [\"d3\"]", "dta = [\"d3\"]"),
            ("\"no 6000\"", "7"),
            ("subject", "subjct"),
        ] {
            let text = many();
            assert!(text.contains(written));
            let source = source(&text.replace(written, fault));
            assert!(decode(&source).is_none());
            let read = read(&source);
            assert_eq!(read.manifest.services.len(), 8 * AT_ONCE);
            assert_eq!(read.problems.len(), 1, "{:?}", read.problems);
        }
    }

    #[test]
    fn an_entity_in_two_places_is_left_to_the_whole() {
        let between = "[data.a]\n[data.b]\n[data.c]\n";
        for (one, other) in [
            // One service.
            ("[services.s]\nkind = \"saas\"\n", "[services.s.user-entities]\n"),
            ("[services.s.user-entities]\n", "[services.s]\nkind = \"saas\"\n"),
            // Two of the same name.
            ("[services.s]\n", "[services.s]\n"),
            ("[services]\ns.kind = \"saas\"\n", "[services.s]\n"),
        ] {
            let text = format!("{one}{between}{other}");
            assert!(in_parts(&text).is_none(), "{text}");
            assert!(in_parts(&format!("{one}{between}")).is_some() && in_parts(&format!("{between}{other}")).is_some());
        }
    }

    fn texts(folder: &Path, found: &mut Vec<String>) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                texts(&path, found)?;
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                found.extend(String::from_utf8(std::fs::read(path)?));
            }
        }
        Ok(())
    }

    #[test]
    fn every_fixture_declares_the_same_in_parts() -> std::io::Result<()> {
        let mut found = Vec::new();
        texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut found)?;
        let mut left = 0;
        for text in &found {
            let whole = whole(text).filter(|(_, is_right)| *is_right);
            let whole = whole.map(|(manifest, _)| format!("{manifest:?}"));
            let parts = in_parts(text).map(|manifest| format!("{manifest:?}"));
            // Else an entity is in two places, or the text is put right before it is decoded.
            if parts.is_some() {
                assert_eq!(parts, whole, "{text}");
            } else {
                left += usize::from(whole.is_some());
            }
        }
        assert!(
            found.len() > 2_000 && left * 20 < found.len(),
            "{left} of {}",
            found.len()
        );
        Ok(())
    }
}
