//! References that do not resolve, and what they probably mean.

use super::Flaw;
use crate::decode::Fault;
use crate::estate::link::Unresolved;
use crate::estate::{Entity, Estate, Table};
use crate::manifest::{Declaration, Target};
use crate::model::{NamespaceId, Text, nearest, shortened, spelt_alike};
use crate::source::{Place, Sources};
use std::collections::BTreeSet;

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

impl<'a> Estate<'a> {
    /// What is wrong with references: those that do not resolve, in the order of files, and objectives that nothing meets.
    pub(in crate::estate) fn unknown_references(&self, found: &[Unresolved], sources: &Sources) -> Vec<Flaw<'a>> {
        let mut flaws = Vec::new();
        let csocs = self.csocs_of_third_parties();
        for report in &self.reports {
            self.unmet_objectives(report, &csocs, &mut flaws);
        }
        let suggestions = (MAX_LOOKS / self.entities().max(1)).clamp(5, MAX_SUGGESTIONS);
        let named = found.iter().enumerate();
        flaws.extend(named.map(|(at, unresolved)| self.unknown_reference(unresolved, sources, at < suggestions)));
        flaws
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
