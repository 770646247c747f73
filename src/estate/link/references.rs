//! Resolves what entities refer to: what is named is in use, and what is not there is told.

use super::lists::in_parts;
use super::uses::{LocalPlace, Marks, Uses};
use crate::decode::Val;
use crate::estate::{Entity, Estate};
use crate::manifest::{Declaration, Reading, Target, for_each_table, local};
use crate::model::{NamespaceId, Text};
use crate::source::{FileId, Place, Sources};
use hashbrown::HashSet;
use rayon::prelude::*;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

/// A reference that does not resolve.
pub struct Unresolved {
    pub place: Place,
    pub namespace: NamespaceId,
    pub target: Target,
    pub text: String,
    pub subject: String,
}

/// What some references came to.
#[derive(Default)]
pub struct Checked<'a> {
    unresolved: Vec<Unresolved>,
    /// Each once for an entity.
    local: Vec<LocalPlace<'a>>,
    /// Those of one entity.
    known: HashSet<&'a str>,
}

/// What all references come to, while several threads resolve them.
pub struct References<'e, 'a> {
    estate: &'e Estate<'a>,
    profiles: Marks<AtomicBool>,
    data: Marks<AtomicBool>,
    third_parties: Marks<AtomicBool>,
    evidence: Marks<AtomicBool>,
    checked: Mutex<Checked<'a>>,
}

impl<'e, 'a> References<'e, 'a> {
    pub fn of(estate: &'e Estate<'a>) -> Self {
        Self {
            estate,
            profiles: Marks::of(&estate.profiles),
            data: Marks::of(&estate.data),
            third_parties: Marks::of(&estate.third_parties),
            evidence: Marks::of(&estate.evidence),
            checked: Mutex::default(),
        }
    }

    /// Checks all but those of services, identities and controls, which are checked where these are linked: each entity is
    /// then fetched from memory once, and what it names a second time is still at hand.
    pub fn check_others(&self, sources: &Sources) {
        let estate = self.estate;
        // Of the tables of a manifest, each is named here or checked.
        macro_rules! check_table {
            (services) => {};
            (identities) => {};
            (controls) => {};
            ($table:ident) => {
                let entities = estate.$table.as_slice();
                in_parts(entities.len(), |part| {
                    let mut checked = Checked::default();
                    entities[part]
                        .iter()
                        .for_each(|entity| self.check(entity, &mut checked));
                    self.add(checked);
                });
            };
        }
        macro_rules! check {
            ($($table:ident: $type:ident,)*) => {
                $(check_table!($table);)*
            };
        }
        for_each_table!(check);
        let mut checked = Checked::default();
        let found = &mut checked.unresolved;
        for report in &estate.reports {
            for subservice in &report.body.subservice {
                let key = Val {
                    span: subservice.span,
                    value: subservice.id.clone(),
                };
                let (from, subject) = ((report.file, report.namespace), || estate.path(report));
                found.extend(self.unresolved(from, Target::ThirdParty, &key, &subject));
            }
        }
        for (at, facts) in estate.files.iter().enumerate() {
            let file = FileId(u32::try_from(at).unwrap_or(u32::MAX));
            let (from, subject) = ((file, facts.namespace), || sources.get(file).path.clone());
            if let Some(owner) = facts.owner.known() {
                found.extend(self.unresolved(from, Target::Owner, owner, &subject));
            }
            for waiver in facts.waivers.iter() {
                waiver.value.references(&mut |target, reference| {
                    found.extend(self.unresolved(from, target, reference, &subject));
                });
            }
        }
        self.add(checked);
    }

    /// Checks what an entity refers to.
    pub fn check<T: Declaration<'a>>(&self, entity: &Entity<'a, T>, checked: &mut Checked<'a>) {
        let Checked {
            unresolved,
            local: places,
            known,
        } = checked;
        known.clear();
        let (from, subject) = ((entity.file, entity.namespace), || self.estate.path(entity));
        let entry = entity.entry();
        entry.body.references(&mut |target, reference| {
            if target.takes_place()
                && let Some(path) = local(&reference.value)
            {
                places.extend(known.insert(path).then(|| LocalPlace {
                    at: entity.at(reference.span),
                    path,
                    namespace: entity.namespace,
                    table: T::TABLE,
                    id: &entry.id,
                }));
                return;
            }
            unresolved.extend(self.unresolved(from, target, reference, &subject));
        });
    }

    /// Adds what was checked.
    pub fn add(&self, mut checked: Checked<'a>) {
        if !checked.unresolved.is_empty() || !checked.local.is_empty() {
            let mut all = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
            all.unresolved.append(&mut checked.unresolved);
            all.local.append(&mut checked.local);
        }
    }

    /// What does not resolve, in the order of files, and what the others name.
    pub fn told(self) -> (Vec<Unresolved>, Uses<'a>) {
        let checked = self.checked.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Checked {
            mut unresolved,
            mut local,
            ..
        } = checked;
        unresolved.sort_unstable_by(|one, other| {
            let key = |of: &Unresolved| (of.place, of.target);
            key(one).cmp(&key(other)).then_with(|| one.text.cmp(&other.text))
        });
        local.par_sort_unstable_by_key(|place| place.at);
        let uses = Uses {
            profiles: self.profiles.known(),
            data: self.data.known(),
            third_parties: self.third_parties.known(),
            evidence: self.evidence.known(),
            local,
        };
        (unresolved, uses)
    }

    fn unresolved(
        &self,
        (file, namespace): (FileId, NamespaceId),
        target: Target,
        reference: &Val<Text<'a>>,
        subject: &dyn Fn() -> String,
    ) -> Option<Unresolved> {
        let text = reference.value.as_str();
        let reading = if target.takes_place() {
            self.estate.reading(text)
        } else {
            Reading::NoPlace
        };
        match reading {
            Reading::Path(_) | Reading::Elsewhere { .. } => return None,
            Reading::NoPlace if self.resolves(target, namespace, text) => return None,
            _ => {}
        }
        // It may be declared in text that could not be read, which is reported.
        let id = text.rsplit('/').next().unwrap_or(text);
        let is_glob = target == Target::Services && text.contains('*');
        // No other file can make it a valid place.
        let may_be_declared = target != Target::Place && reading == Reading::NoPlace;
        if may_be_declared && self.estate.may_hide(if is_glob { "services" } else { id }) {
            return None;
        }
        Some(Unresolved {
            place: Place {
                file,
                span: reference.span,
            },
            namespace,
            target,
            text: text.to_owned(),
            subject: subject(),
        })
    }

    /// Whether a reference resolves; what it names is in use.
    fn resolves(&self, target: Target, from: NamespaceId, text: &str) -> bool {
        let estate = self.estate;
        let names = &estate.namespaces;
        match target {
            // Names of owners are accepted as written until an estate declares one.
            Target::Owner => estate.owners.is_empty() || estate.owners.resolve(names, from, text).is_some(),
            Target::Service => estate.services.resolve(names, from, text).is_some(),
            Target::Services => estate.services_named(from, text).next().is_some(),
            Target::Profile => self.profiles.mark(estate.profiles.resolve(names, from, text)),
            Target::Identity => estate.identities.resolve(names, from, text).is_some(),
            Target::Data => self.data.mark(estate.data.resolve(names, from, text)),
            Target::Assurance => {
                estate.reports.resolve(names, from, text).is_some()
                    || estate.certificates.resolve(names, from, text).is_some()
            }
            Target::ThirdParty => self.third_parties.mark(estate.third_parties.resolve(names, from, text)),
            Target::Control => estate.controls.resolve(names, from, text).is_some(),
            Target::Place => false,
            Target::Evidence => self.evidence.mark(estate.evidence.resolve(names, from, text)),
        }
    }
}
