//! References that do not resolve, and what they probably mean.

use super::Flaw;
use crate::decode::{Fault, Val};
use crate::estate::link::{LocalPlace, Using};
use crate::estate::{Entity, Estate, Table, Uses};
use crate::manifest::{Declaration, Reading, Target, for_each_table, local};
use crate::model::{NamespaceId, Text, nearest, shortened, spelt_alike};
use crate::source::{FileId, Place, Sources};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};

/// Finding the nearest name compares every name; beyond this many, a run has reported enough.
const MAX_SUGGESTIONS: usize = 100;
/// The total of those comparisons.
const MAX_LOOKS: usize = 1_000_000;

/// What a reference probably means.
struct Near {
    name: String,
    /// Whether nothing else can be meant.
    sure: bool,
}

/// A reference that does not resolve.
struct Unresolved {
    place: Place,
    namespace: NamespaceId,
    target: Target,
    text: String,
    subject: String,
}

impl<'a> Estate<'a> {
    /// The references that do not resolve, and what the others name.
    pub(in crate::estate) fn unknown_references(&self, sources: &Sources) -> (Vec<Flaw<'a>>, Uses<'a>) {
        let uses = Using::of(self);
        let mut found = Vec::new();
        macro_rules! check {
            ($($table:ident: $type:ident,)*) => {
                $(found.par_extend(self.$table.as_slice().par_iter().flat_map_iter(|entity| self.unresolved(entity, &uses)));)*
            };
        }
        for_each_table!(check);
        let mut flaws = Vec::new();
        let csocs = self.csocs_of_third_parties();
        for report in &self.reports {
            for subservice in &report.body.subservice {
                let key = Val {
                    span: subservice.span,
                    value: subservice.id.clone(),
                };
                let subject = || self.path(report);
                found.extend(self.unresolved_reference(
                    &uses,
                    report.file,
                    report.namespace,
                    Target::ThirdParty,
                    &key,
                    &subject,
                ));
            }
            self.unmet_objectives(report, &csocs, &mut flaws);
        }
        for (at, facts) in self.files.iter().enumerate() {
            let file = FileId(u32::try_from(at).unwrap_or(u32::MAX));
            let subject = || sources.get(file).path.clone();
            if let Some(owner) = facts.owner.known() {
                found.extend(self.unresolved_reference(&uses, file, facts.namespace, Target::Owner, owner, &subject));
            }
            for waiver in facts.waivers.iter() {
                waiver.value.references(&mut |target, reference| {
                    found.extend(self.unresolved_reference(&uses, file, facts.namespace, target, reference, &subject));
                });
            }
        }
        found.sort_by_key(|unresolved| unresolved.place);
        let suggestions = (MAX_LOOKS / self.entities().max(1)).clamp(5, MAX_SUGGESTIONS);
        let named = found.iter().enumerate();
        flaws.extend(named.map(|(at, unresolved)| self.unknown_reference(unresolved, sources, at < suggestions)));
        (flaws, uses.into())
    }

    fn unresolved<T: Declaration<'a>>(&self, entity: &Entity<'a, T>, uses: &Using<'a>) -> Vec<Unresolved> {
        let (mut found, mut places, mut known) = (Vec::new(), Vec::new(), HashSet::new());
        let subject = || self.path(entity);
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
            found.extend(self.unresolved_reference(uses, entity.file, entity.namespace, target, reference, &subject));
        });
        uses.name(places);
        found
    }

    /// Objectives whose `met-by` names an undeclared complementary control.
    fn unmet_objectives(
        &self,
        report: &Entity<'a, crate::manifest::Report<'a>>,
        csocs: &BTreeSet<&str>,
        flaws: &mut Vec<Flaw<'a>>,
    ) {
        let own = complementary_controls(&report.body);
        for objective in &report.body.objectives {
            for met_by in objective.body.met_by.iter() {
                let text = met_by.value.as_str();
                if !own.contains(text) && !csocs.contains(text) && !self.may_hide(text) {
                    let ids = || own.iter().chain(csocs).copied();
                    let kind = "complementary control (a CUEC of this report, or a CSOC)";
                    let alike = spelt_alike(text, ids());
                    let near = alike.or_else(|| nearest(text, ids())).map(|near| Near {
                        sure: alike == Some(near),
                        name: near.to_owned(),
                    });
                    let flaw = unknown_reference(report.at(met_by.span), self.path(report), kind, text, near.as_ref());
                    flaws.push(flaw.about("met-by"));
                }
            }
        }
    }

    fn unresolved_reference(
        &self,
        uses: &Using<'a>,
        file: FileId,
        namespace: NamespaceId,
        target: Target,
        reference: &Val<Text<'a>>,
        subject: &dyn Fn() -> String,
    ) -> Option<Unresolved> {
        let text = reference.value.as_str();
        let reading = if target.takes_place() {
            self.reading(text)
        } else {
            Reading::NoPlace
        };
        match reading {
            Reading::Path(_) | Reading::Elsewhere { .. } => return None,
            Reading::NoPlace if self.resolves(uses, target, namespace, text) => return None,
            _ => {}
        }
        // It may be declared in text that could not be read, which is reported.
        let id = text.rsplit('/').next().unwrap_or(text);
        let is_glob = target == Target::Services && text.contains('*');
        // No other file can make it a valid place.
        let may_be_declared = target != Target::Place && reading == Reading::NoPlace;
        if may_be_declared && self.may_hide(if is_glob { "services" } else { id }) {
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

    fn unknown_reference(&self, unresolved: &Unresolved, sources: &Sources, suggest: bool) -> Flaw<'static> {
        let Unresolved {
            place,
            namespace,
            target,
            text,
            subject,
        } = unresolved;
        let (kind, near) = self.nearest_of(*target, *namespace, if suggest { text } else { "" });
        if target.takes_place() {
            let near = near.filter(|_| *target == Target::Evidence);
            let near = near.as_ref().map(|near| (near.name.as_str(), near.sure));
            return self.no_evidence(*place, subject.clone(), *target, text, near);
        }
        let source = sources.get(place.file);
        let flaw = unknown_reference(*place, subject.clone(), kind, text, near.as_ref());
        let from = super::proposals::Asked {
            source,
            span: place.span,
            namespace: *namespace,
            target: *target,
            text,
        };
        self.propose(flaw, &from, near.is_some())
    }

    /// Whether a reference resolves; what it names is in use.
    fn resolves(&self, uses: &Using<'a>, target: Target, from: NamespaceId, text: &str) -> bool {
        let names = &self.namespaces;
        match target {
            // Names of owners are accepted as written until an estate declares one.
            Target::Owner => self.owners.is_empty() || self.owners.resolve(names, from, text).is_some(),
            Target::Service => self.services.resolve(names, from, text).is_some(),
            Target::Services => self.services_named(from, text).next().is_some(),
            Target::Profile => uses.profiles.mark(self.profiles.resolve(names, from, text)),
            Target::Identity => self.identities.resolve(names, from, text).is_some(),
            Target::Data => uses.data.mark(self.data.resolve(names, from, text)),
            Target::Assurance => {
                self.reports.resolve(names, from, text).is_some()
                    || self.certificates.resolve(names, from, text).is_some()
            }
            Target::ThirdParty => uses.third_parties.mark(self.third_parties.resolve(names, from, text)),
            Target::Control => self.controls.resolve(names, from, text).is_some(),
            Target::Place => false,
            Target::Evidence => uses.evidence.mark(self.evidence.resolve(names, from, text)),
        }
    }

    /// The kind that a reference should name, and the nearest existing name.
    fn nearest_of<'e>(&'e self, target: Target, from: NamespaceId, text: &str) -> (&'static str, Option<Near>) {
        let near = |ids: &dyn Fn() -> Vec<(NamespaceId, &'e str)>| {
            if text.is_empty() {
                return None;
            }
            let ids = ids();
            // The own namespace first, then written in full.
            let is_own = |namespace: NamespaceId| namespace == from || namespace == NamespaceId::UNNAMED;
            let own = || {
                ids.iter()
                    .filter(|(namespace, _)| is_own(*namespace))
                    .map(|(_, id)| *id)
            };
            let id = text.rsplit('/').next().unwrap_or(text);
            // An omitted namespace may be any of them.
            let anywhere = ids.iter().map(|(_, id)| *id);
            let alike = spelt_alike(text, anywhere).filter(|alike| own().any(|id| id == *alike));
            if !text.contains('/')
                && let Some(short) = alike.or_else(|| nearest(text, own()))
            {
                return Some(Near {
                    sure: alike == Some(short),
                    name: short.to_owned(),
                });
            }
            let full: Vec<String> = ids
                .iter()
                .map(|(namespace, id)| format!("{}/{id}", self.namespaces.name(*namespace)))
                .collect();
            let elsewhere = ids
                .iter()
                .zip(&full)
                .filter(|((_, known), _)| *known == id)
                .map(|(_, full)| full)
                .min();
            if let Some(name) = elsewhere.cloned() {
                return Some(Near { name, sure: false });
            }
            let full = || full.iter().map(String::as_str);
            let alike = spelt_alike(text, full());
            let near = alike.or_else(|| nearest(text, full())).filter(|_| text.contains('/'))?;
            Some(Near {
                sure: alike == Some(near),
                name: near.to_owned(),
            })
        };
        fn ids<'t, 'a, T: Declaration<'a>>(table: &'t Table<'a, T>) -> Vec<(NamespaceId, &'t str)> {
            table
                .iter()
                .map(|entity| (entity.namespace, entity.id.as_str()))
                .collect()
        }
        match target {
            Target::Owner => ("owner", near(&|| ids(&self.owners))),
            Target::Service => ("service", near(&|| ids(&self.services))),
            Target::Services if text.contains('*') => ("service that this glob matches", None),
            Target::Services => ("service", near(&|| ids(&self.services))),
            Target::Profile => ("profile", near(&|| ids(&self.profiles))),
            Target::Identity => ("identity", near(&|| ids(&self.identities))),
            Target::Data => ("data category", near(&|| ids(&self.data))),
            Target::Assurance => {
                let both = || [ids(&self.reports), ids(&self.certificates)].concat();
                ("report or certificate", near(&both))
            }
            Target::ThirdParty => ("third party", near(&|| ids(&self.third_parties))),
            Target::Control => ("control", near(&|| ids(&self.controls))),
            Target::Evidence | Target::Place => ("evidence entry", near(&|| ids(&self.evidence))),
        }
    }
}

/// The ids of a report's CUECs, and of the CSOCs that it states.
pub fn complementary_controls<'r>(report: &'r crate::manifest::Report<'_>) -> BTreeSet<&'r str> {
    let cuecs = report.cuecs.iter().filter_map(|cuec| cuec.value.id.get());
    let subservices = report.subservice.iter();
    let csocs = subservices.flat_map(|subservice| subservice.body.csocs.iter());
    let csocs = csocs.filter_map(|csoc| csoc.value.id.get());
    cuecs.chain(csocs).map(Text::as_str).collect()
}

fn unknown_reference(place: Place, subject: String, kind: &str, text: &str, near: Option<&Near>) -> Flaw<'static> {
    let text = &*shortened(text);
    let label = match near {
        Some(near) => format!("did you mean \"{}\"?", near.name),
        None => "not declared".to_owned(),
    };
    let help = match near {
        Some(near) => format!("write \"{}\", or declare \"{text}\"", near.name),
        None => format!("declare \"{text}\" in a manifest of this estate, or correct the name"),
    };
    if text.contains('*') {
        let message = format!("\"{text}\" matches no service that is in scope");
        let help =
            "correct the pattern, or declare a service that it matches; `*` matches only the file's own namespace";
        let label = "no match".to_owned();
        return Flaw::new(Fault::UnknownReference, place, subject, message, label, help.to_owned()).about("services");
    }
    let message = format!("there is no {kind} \"{text}\"");
    let flaw = Flaw::new(Fault::UnknownReference, place, subject, message, label, help).about(kind);
    match near {
        Some(near) => flaw.rename(&near.name, near.sure),
        None => flaw,
    }
}
