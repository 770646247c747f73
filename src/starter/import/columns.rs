//! The columns of a control matrix: found by their heads, or by what the command line says of them.

use super::keys::{Key, is_control, meant, plain};
use crate::model::{list_words, shortened, slip_of};
use std::collections::BTreeMap;
use std::fmt;

/// What the command line says of a head: a key, or that the column is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    pub head: String,
    pub key: Option<Key>,
}

/// Why a mapping cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoMapping {
    NoEquals,
    NoHead,
    UnknownKey { word: String, near: Option<&'static str> },
}

impl Mapped {
    /// Reads `Control ref=id`, and `Status=-` for a column that is not read.
    pub fn read(text: &str) -> Result<Self, NoMapping> {
        let (head, word) = text.rsplit_once('=').ok_or(NoMapping::NoEquals)?;
        if plain(head).is_empty() {
            return Err(NoMapping::NoHead);
        }
        let head = head.trim().to_owned();
        if word.trim() == "-" {
            return Ok(Self { head, key: None });
        }
        match Key::named(word) {
            Some(key) => Ok(Self { head, key: Some(key) }),
            None => Err(NoMapping::UnknownKey {
                word: word.to_owned(),
                near: slip_of(word, Key::ALL.iter().map(|key| key.name())),
            }),
        }
    }

    fn is_of(&self, head: &str) -> bool {
        plain(&self.head) == plain(head)
    }
}

impl std::error::Error for NoMapping {}

impl fmt::Display for NoMapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoEquals => f.write_str("write it as HEAD=KEY, such as \"Control ref=id\""),
            Self::NoHead => f.write_str("name the column's head before the `=`"),
            Self::UnknownKey { word, near: Some(near) } => {
                write!(f, "there is no key \"{}\"; did you mean `{near}`?", shortened(word))
            }
            Self::UnknownKey { word, near: None } => {
                let names: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
                let names = list_words(&names, "and");
                write!(
                    f,
                    "there is no key \"{}\"; the keys are {names}, and `-` for a column that is not read",
                    shortened(word)
                )
            }
        }
    }
}

/// How many heads of a row are known.
pub fn known(heads: &[String], mapped: &[Mapped]) -> usize {
    let is_known =
        |head: &&String| meant(head).is_some() || is_control(head) || mapped.iter().any(|mapping| mapping.is_of(head));
    heads.iter().filter(is_known).count()
}

/// Whether a row names a column for ids.
pub fn names_id(heads: &[String], mapped: &[Mapped]) -> bool {
    heads.iter().any(|head| {
        let mut of_head = mapped.iter().filter(|mapping| mapping.is_of(head)).peekable();
        match of_head.peek() {
            Some(_) => of_head.any(|mapping| mapping.key == Some(Key::Id)),
            None => meant(head) == Some(Key::Id) || is_control(head),
        }
    })
}

/// Which columns say what.
#[derive(Debug, Default)]
pub struct Columns {
    by_key: BTreeMap<Key, Vec<usize>>,
    /// What is to be said about heads.
    pub told: Vec<String>,
}

/// Why columns cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoColumns {
    NoId { heads: Vec<String> },
    Several { key: Key, heads: Vec<String> },
    NoSuchHead { head: String, near: Option<String> },
}

impl std::error::Error for NoColumns {}

/// So many heads are listed.
const MAX_LISTED: usize = 20;

fn listed(heads: &[String], and: &str) -> String {
    let named = heads.iter().take(MAX_LISTED);
    let mut named: Vec<String> = named.map(|head| format!("\"{}\"", shortened(head.trim()))).collect();
    if let Some(more @ 1..) = heads.len().checked_sub(MAX_LISTED) {
        named.push(format!("{more} more"));
    }
    list_words(&named, and)
}

impl fmt::Display for NoColumns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoId { heads } => {
                f.write_str(
                    "no column holds the ids of controls, and none are made up; name it, as in --map \"Control ref=id\"",
                )?;
                // A file that is no matrix may hold anything.
                match known(heads, &[]) {
                    0 => f.write_str("; none of its heads is known"),
                    _ => write!(f, "; the heads are {}", listed(heads, "and")),
                }
            }
            Self::Several { key, heads } => write!(
                f,
                "the columns {} would all be `{name}`; say which one is, as in --map \"{}={name}\"",
                listed(heads, "and"),
                shortened(heads.first().map_or("", |head| head.trim())),
                name = key.name()
            ),
            Self::NoSuchHead { head, near } => {
                write!(f, "no column is called \"{}\"", shortened(head))?;
                match near {
                    Some(near) => write!(f, "; did you mean \"{}\"?", shortened(near)),
                    None => Ok(()),
                }
            }
        }
    }
}

impl Columns {
    pub fn of(heads: &[String], mapped: &[Mapped]) -> Result<Self, NoColumns> {
        let mut columns = Self::default();
        let mut is_mapped = vec![false; heads.len()];
        for mapping in mapped {
            let named: Vec<usize> = (0..heads.len()).filter(|at| mapping.is_of(&heads[*at])).collect();
            if named.is_empty() {
                return Err(NoColumns::NoSuchHead {
                    head: mapping.head.clone(),
                    near: slip_of(&mapping.head, heads.iter().map(String::as_str)).map(str::to_owned),
                });
            }
            for at in named {
                is_mapped[at] = true;
                if let Some(key) = mapping.key {
                    columns.by_key.entry(key).or_default().push(at);
                }
            }
        }
        let stated: Vec<Key> = columns.by_key.keys().copied().collect();
        let free = || (0..heads.len()).filter(|at| !is_mapped[*at]);
        let mut unread = Vec::new();
        for at in free() {
            match meant(&heads[at]) {
                // What the command line says of a key holds alone.
                Some(key) if stated.contains(&key) => unread.push(at),
                Some(key) => columns.by_key.entry(key).or_default().push(at),
                None if is_control(&heads[at]) => {}
                None => unread.push(at),
            }
        }
        for at in free().filter(|at| is_control(&heads[*at])) {
            let key = [Key::Id, Key::Description]
                .into_iter()
                .find(|key| !columns.by_key.contains_key(key));
            match key {
                Some(key) => columns.by_key.entry(key).or_default().push(at),
                None => unread.push(at),
            }
        }
        if !columns.by_key.contains_key(&Key::Id) {
            let heads = heads.iter().filter(|head| !head.trim().is_empty());
            return Err(NoColumns::NoId {
                heads: heads.cloned().collect(),
            });
        }
        for (key, named) in &columns.by_key {
            if named.len() > 1 && !key.is_list() {
                return Err(NoColumns::Several {
                    key: *key,
                    heads: named.iter().map(|at| heads[*at].clone()).collect(),
                });
            }
        }
        if columns.by_key.contains_key(&Key::Title) {
            unread.extend(columns.by_key.remove(&Key::Description).unwrap_or_default());
            unread.sort_unstable();
        }
        columns.tell(heads, &unread);
        Ok(columns)
    }

    fn tell(&mut self, heads: &[String], unread: &[usize]) {
        let all = || Key::ALL.iter().flat_map(|key| key.heads().iter().copied());
        let mut others = Vec::new();
        for at in unread {
            let head = heads[*at].trim();
            let near = match meant(head) {
                None => slip_of(&plain(head), all()).and_then(meant),
                Some(_) => None,
            };
            match near {
                Some(key) => self.told.push(format!(
                    "the column \"{head}\" is not read; if it is `{name}`, say --map \"{head}={name}\"",
                    head = shortened(head),
                    name = key.name()
                )),
                None if !head.is_empty() => others.push(heads[*at].clone()),
                None => {}
            }
        }
        if !others.is_empty() {
            let (columns, are) = match others.len() {
                1 => ("column", "is"),
                _ => ("columns", "are"),
            };
            self.told.push(format!(
                "the {columns} {} {are} not read: nothing of a control is known by such a head, or another column says it; --map \"HEAD=KEY\" names one",
                listed(&others, "and")
            ));
        }
    }

    /// The columns that say something.
    pub fn of_key(&self, key: Key) -> &[usize] {
        self.by_key.get(&key).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(heads: &[&str]) -> Vec<String> {
        heads.iter().map(|head| (*head).to_owned()).collect()
    }

    #[test]
    fn columns_are_found_by_their_heads() -> Result<(), NoColumns> {
        let all = heads(&["Control #", "Control", "TSC", "Ownr", "ISO 27001", "Risk rating", ""]);
        let columns = Columns::of(&all, &[])?;
        assert_eq!(columns.of_key(Key::Id), [0]);
        assert_eq!(columns.of_key(Key::Description), [1]);
        let columns = Columns::of(&all[1..], &[])?;
        assert_eq!(columns.of_key(Key::Id), [0]);
        assert_eq!(columns.of_key(Key::Criteria), [1, 3]);
        assert_eq!(columns.told.len(), 2, "{:?}", columns.told);
        assert!(columns.told[0].contains("--map \"Ownr=owner\""), "{:?}", columns.told);
        Ok(())
    }

    #[test]
    fn two_columns_for_one_key_are_one_too_many() -> Result<(), Box<dyn std::error::Error>> {
        let all = heads(&["ID", "Owner", "Responsible"]);
        let several = Columns::of(&all, &[]).err();
        assert!(
            matches!(several, Some(NoColumns::Several { key: Key::Owner, .. })),
            "{several:?}"
        );
        let mapped: Result<Vec<Mapped>, NoMapping> = ["Responsible=owner", "owner = owner", "Owner=-"]
            .into_iter()
            .map(Mapped::read)
            .collect();
        let mapped = mapped?;
        for (mapping, at) in [(0, 2), (1, 1), (2, 2)] {
            let columns = Columns::of(&all, &mapped[mapping..=mapping])?;
            assert_eq!(columns.of_key(Key::Owner), [at]);
        }
        Ok(())
    }

    #[test]
    fn ids_are_not_made_up() -> Result<(), Box<dyn std::error::Error>> {
        let none = Columns::of(&heads(&["Owner", "Description"]), &[]).err();
        assert!(matches!(none, Some(NoColumns::NoId { .. })));
        let mapped = [Mapped::read("Descripton=id")?];
        let none = Columns::of(&heads(&["Owner", "Description"]), &mapped).err();
        assert!(
            matches!(none, Some(NoColumns::NoSuchHead { near: Some(_), .. })),
            "{none:?}"
        );
        Ok(())
    }

    #[test]
    fn a_column_may_be_two_keys_if_it_is_said() -> Result<(), Box<dyn std::error::Error>> {
        let mapped = [Mapped::read("Control ID=id")?, Mapped::read("Control ID=criteria")?];
        let columns = Columns::of(&heads(&["Control ID"]), &mapped)?;
        assert_eq!(columns.of_key(Key::Id), [0]);
        assert_eq!(columns.of_key(Key::Criteria), [0]);
        Ok(())
    }

    #[test]
    fn a_mapping_names_a_head_and_a_key() {
        assert!(matches!(Mapped::read("x"), Err(NoMapping::NoEquals)));
        assert!(matches!(Mapped::read(" =id"), Err(NoMapping::NoHead)));
        assert!(matches!(
            Mapped::read("x=ownr"),
            Err(NoMapping::UnknownKey {
                near: Some("owner"),
                ..
            })
        ));
        assert!(matches!(
            Mapped::read("x=colour"),
            Err(NoMapping::UnknownKey { near: None, .. })
        ));
        assert_eq!(
            Mapped::read("a=b=Inherited from").map(|mapped| mapped.key),
            Ok(Some(Key::InheritedFrom))
        );
    }
}
