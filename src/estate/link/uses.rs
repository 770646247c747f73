//! Which entities are referenced, among the kinds that exist only to be referenced; and which may be, where
//! something could not be read.

use crate::decode::{Fault, Field};
use crate::estate::{Entity, Estate, Table};
use crate::manifest::{Declaration, Reading, Target};
use crate::model::{Id, NamespaceId, Text};
use crate::source::{FileId, Place, Sources};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// A place in the repository that an entity names as evidence.
#[derive(Debug, Clone, Copy)]
pub struct LocalPlace<'a> {
    pub at: Place,
    pub path: &'a str,
    pub namespace: NamespaceId,
    pub table: &'static str,
    pub id: &'a str,
}

/// What the references of an estate name.
#[derive(Debug, Default)]
pub struct Uses<'a> {
    pub(super) profiles: Marks<bool>,
    pub(super) data: Marks<bool>,
    pub(super) third_parties: Marks<bool>,
    pub(super) evidence: Marks<bool>,
    /// In the order in which they are named, each once for an entity.
    pub(super) local: Vec<LocalPlace<'a>>,
}

impl Uses<'_> {
    fn marks(&self, target: Target) -> Option<&Marks<bool>> {
        match target {
            Target::Profile => Some(&self.profiles),
            Target::Data => Some(&self.data),
            Target::ThirdParty => Some(&self.third_parties),
            Target::Evidence => Some(&self.evidence),
            _ => None,
        }
    }
}

/// The referenced entities of one kind.
#[derive(Debug, Default)]
pub(super) struct Marks<M> {
    named: Vec<M>,
    /// Whether a reference to one of them does not resolve; it may mean any.
    astray: M,
}

impl Marks<AtomicBool> {
    pub(super) fn of<'a, T: Declaration<'a>>(table: &Table<'a, T>) -> Self {
        Self {
            named: table.iter().map(|_| AtomicBool::new(false)).collect(),
            astray: AtomicBool::new(false),
        }
    }

    /// Records what a reference names, and returns whether it resolves.
    pub(super) fn mark(&self, named: Option<impl Id>) -> bool {
        let mark = named.and_then(|id| self.named.get(id.index())).unwrap_or(&self.astray);
        // Many names recur, in several threads: data that is only read stays in every thread's cache.
        if !mark.load(Ordering::Relaxed) {
            mark.store(true, Ordering::Relaxed);
        }
        named.is_some()
    }

    pub(super) fn known(self) -> Marks<bool> {
        Marks {
            named: self.named.into_iter().map(AtomicBool::into_inner).collect(),
            astray: self.astray.into_inner(),
        }
    }
}

impl Marks<bool> {
    fn may_have(&self, id: impl Id) -> bool {
        self.astray || self.named.get(id.index()).is_some_and(|named| *named)
    }
}

impl<'a> Estate<'a> {
    /// The places in the repository that entities name as evidence.
    pub fn local_places(&self) -> &[LocalPlace<'a>] {
        &self.uses.local
    }

    /// The entities of a table that no reference names, or may name without resolving. `target` is their kind.
    pub fn unnamed<'t, T: Declaration<'a>>(
        &self,
        table: &'t Table<'a, T>,
        target: Target,
    ) -> impl Iterator<Item = (T::Id, &'t Entity<'a, T>)> {
        let marks = self.uses.marks(target);
        let all = table.enumerate();
        all.filter(move |(index, entity)| {
            !marks.is_none_or(|marks| marks.may_have(*index)) && !self.may_hide(&entity.id)
        })
    }

    /// Records every referenced place with its file, except the places that evidence entries state for themselves.
    pub fn for_each_named_place(&self, mut take: impl FnMut(FileId, &str)) {
        macro_rules! each {
            ($($table:ident),*) => {
                $(for entity in &self.$table {
                    entity.body.references(&mut |target, reference| {
                        if target.takes_place() && self.reading(&reference.value) != Reading::NoPlace {
                            take(entity.file, &reference.value);
                        }
                    });
                })*
            };
        }
        each!(profiles, identities, reports, third_parties, controls);
    }

    /// The `provider`s of identities: third parties, or free text.
    pub fn providers(&self) -> impl Iterator<Item = &Field<Text<'a>>> {
        let of_profiles = self.profiles.iter().map(|profile| &*profile.body.0.provider);
        of_profiles.chain(self.identities.iter().map(|identity| &*identity.body.provider))
    }

    /// Of entities with the places of their ids: those whose id appears anywhere else in a file in which
    /// something could not be read. It may be a reference there.
    pub fn mentioned_unread<'i>(
        &self,
        sources: &Sources,
        ids: &HashMap<&'i str, Vec<(FileId, u32)>>,
    ) -> HashSet<&'i str> {
        let unread = |fault: Fault| {
            !matches!(
                fault,
                Fault::UnknownReference | Fault::MissingKey | Fault::NonCanonicalSpelling
            )
        };
        let flaws = self.flaws.iter().filter(|flaw| unread(flaw.fault));
        let files: HashSet<FileId> = flaws.map(|flaw| flaw.place.file).collect();
        let mut mentioned = HashSet::new();
        for file in files {
            let mut start = 0;
            for line in sources.get(file).text.split_inclusive('\n') {
                // A comment is not a reference.
                let names = names_in(line).filter(|_| !line.trim_start().starts_with('#'));
                for (at, name) in names {
                    let is_declared_here = |declared: &Vec<(FileId, u32)>| {
                        u32::try_from(start + at).is_ok_and(|at| declared.contains(&(file, at)))
                    };
                    if let Some((id, declared)) = ids.get_key_value(name)
                        && !is_declared_here(declared)
                    {
                        mentioned.insert(*id);
                    }
                }
                start += line.len();
            }
        }
        mentioned
    }
}

/// Joined parts of dotted keys that may be an id.
const MAX_PARTS: usize = 4;

/// All possible ids in a text, with their places: runs of id characters, and the parts of such a run between dots,
/// as in `[evidence.scan]`.
fn names_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_of_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let bytes = text.as_bytes();
    let mut at = 0;
    let runs = std::iter::from_fn(move || {
        let start = at + bytes.get(at..)?.iter().position(|byte| is_of_id(*byte))?;
        let length = bytes[start..].iter().position(|byte| !is_of_id(*byte));
        at = length.map_or(bytes.len(), |length| start + length);
        Some((start, at))
    });
    runs.flat_map(move |(start, end)| {
        let run = &text[start..end];
        let ends = |from: usize| {
            let rest = run.get(from..).unwrap_or_default();
            let dots = rest.match_indices('.').map(move |(dot, _)| from + dot);
            dots.take(MAX_PARTS).chain([run.len()])
        };
        let after_dots = run.match_indices('.').map(|(dot, _)| dot + 1);
        let starts = std::iter::once(0).chain(after_dots);
        starts.flat_map(move |from| ends(from).filter_map(move |to| Some((start + from, run.get(from..to)?))))
    })
}

#[cfg(test)]
mod tests {
    use super::names_in;

    #[test]
    fn ids_are_found_in_headers_keys_and_strings() {
        let text = "[evidence.scan]\nat = \"./a.b.md\" # ops/q3_log\n";
        let names: Vec<(usize, &str)> = names_in(text).collect();
        for name in [
            "evidence",
            "scan",
            "evidence.scan",
            "ops",
            "q3_log",
            "a.b.md",
            "a.b",
            "b.md",
        ] {
            let at = text.find(name).unwrap_or_default();
            assert!(names.contains(&(at, name)), "{name}: {names:?}");
        }
        assert!(names_in("").next().is_none() && names_in(" = ").next().is_none());
    }
}
