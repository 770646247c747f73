//! A declared entity is not referenced anywhere in the estate.

use crate::decode::Field;
use crate::estate::{Entity, Table};
use crate::finding::{Finding, Severity};
use crate::manifest::{Declaration, Evidence, Target, ThirdParty};
use crate::model::{EvidenceId, EvidenceKind, Text, ThirdPartyId, folded};
use crate::rules::same_evidence::{self, Identified};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::{FileId, Place};
use std::collections::{HashMap, HashSet};
use std::path::Path;

pub static RULE: Rule = Rule {
    name: "declared-and-unused",
    since: "0.2.0",
    group: Group::Evidence,
    severity: Severity::Note,
    summary: "An evidence entry, profile, data category or third party is declared but not referenced in the estate.",
    references: &[],
    options: &[],
    yields_to: &[],
    page: include_str!("declared_and_unused.md"),
    check: Check::Estate(check),
};

/// A kind of entities that exist to be referenced.
#[derive(Clone, Copy)]
struct Kind {
    target: Target,
    title: &'static str,
    help: &'static str,
}

const EVIDENCE: Kind = Kind {
    target: Target::Evidence,
    title: "evidence entry",
    help: "reference it where it belongs (`design` or `operating` of a control, a rotation, a review, a report), remove it, or explain in `keep` why it is here",
};
const PROFILE: Kind = Kind {
    target: Target::Profile,
    title: "profile",
    help: "use it in identities (`profile`), remove it, or explain in `keep` why it is here",
};
const DATA: Kind = Kind {
    target: Target::Data,
    title: "data category",
    help: "name it in the `data` of a service, an access or a third party that holds it, remove it, or explain in `keep` why it is here",
};
const THIRD_PARTY: Kind = Kind {
    target: Target::ThirdParty,
    title: "third party",
    help: "name it in the `third-parties` of the services that rely on it, or name these in its `supports`; if nothing relies on it any more, remove it, or explain in `keep` why it is here",
};

/// What is known not to be referenced.
struct Unnamed<'e, I> {
    kind: Kind,
    /// Its index among those of its kind.
    index: I,
    id: &'e str,
    place: Place,
    finding: Finding,
}

impl<'e, I> Unnamed<'e, I> {
    fn of_any_kind(self) -> Unnamed<'e, ()> {
        Unnamed {
            kind: self.kind,
            index: (),
            id: self.id,
            place: self.place,
            finding: self.finding,
        }
    }
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let profiles = of(cx, &cx.profiles, PROFILE, |profile| &profile.0.keep, |_, _| false);
    let data = of(cx, &cx.data, DATA, |data| &data.keep, |_, _| false);
    let mut unnamed: Vec<Unnamed<'_, ()>> = Vec::new();
    unnamed.extend(evidence(cx).into_iter().map(Unnamed::of_any_kind));
    unnamed.extend(profiles.into_iter().map(Unnamed::of_any_kind));
    unnamed.extend(data.into_iter().map(Unnamed::of_any_kind));
    unnamed.extend(third_parties(cx).into_iter().map(Unnamed::of_any_kind));
    let mut ids: HashMap<&str, Vec<(FileId, u32)>> = HashMap::new();
    for of in &unnamed {
        let declared = (of.place.file, of.place.span.start);
        ids.entry(of.id).or_default().push(declared);
    }
    let mentioned = cx.mentioned_unread(cx.sources, &ids);
    unnamed.retain(|of| !mentioned.contains(of.id));
    let findings = unnamed.into_iter();
    findings.map(|of| of.finding.help(of.kind.help)).collect()
}

/// The entities of one kind that are not referenced and do not state why they are there.
fn of<'e, 'a, T: Declaration<'a>>(
    cx: &'e Context<'_, 'a>,
    table: &'e Table<'a, T>,
    kind: Kind,
    keep: impl Fn(&T) -> &Field<Text<'a>>,
    is_used: impl Fn(T::Id, &T) -> bool,
) -> Vec<Unnamed<'e, T::Id>> {
    let unnamed = cx.unnamed(table, kind.target).filter(|(index, entity)| {
        let of_file = &cx.file(entity.file).keep;
        let is_kept = keep(&entity.body).explains() || of_file.explains();
        entity.readable && !is_kept && !is_used(*index, &entity.body)
    });
    unnamed
        .map(|(index, entity)| Unnamed {
            kind,
            index,
            id: entity.id.as_str(),
            place: entity.place(),
            finding: finding(cx, entity, kind.title, keep(&entity.body)),
        })
        .collect()
}

fn finding<'a, T: Declaration<'a>>(
    cx: &Context<'_, 'a>,
    entity: &Entity<'a, T>,
    title: &str,
    keep: &Field<Text<'a>>,
) -> Finding {
    let message = format!(
        "the {title} `{}` is declared, but nothing in the estate references it",
        cx.name(entity)
    );
    let finding = RULE.finding(cx.path(entity), entity.place(), "not referenced", message);
    let finding = words::unexplained(finding, keep, |span| entity.at(span));
    let of_file = &cx.file(entity.file).keep;
    match words::no_explanation(of_file, |span| entity.at(span)) {
        Some((place, label)) => finding.related(place, format!("the `keep` of the file: {label}")),
        None => finding,
    }
}

fn evidence<'e>(cx: &'e Context<'_, '_>) -> Vec<Unnamed<'e, EvidenceId>> {
    // A risk assessment is looked up by its kind, whether or not it is referenced.
    let may_be_assessment =
        |kind: Field<EvidenceKind>| kind.is_unknown() || kind.value() == Some(EvidenceKind::RiskAssessment);
    let is_used = |_, body: &Evidence<'_>| may_be_assessment(body.kind) || body.at.is_unknown();
    let unnamed = of(cx, &cx.evidence, EVIDENCE, |body| &body.keep, is_used);
    let by_place = named_by_place(cx, &unnamed);
    let all = unnamed.into_iter();
    all.filter(|of| !by_place.contains(&of.index)).collect()
}

/// The evidence entries whose place is referenced: the same one, or a folder or pattern that includes it.
fn named_by_place(cx: &Context<'_, '_>, unnamed: &[Unnamed<'_, EvidenceId>]) -> HashSet<EvidenceId> {
    let mut at: HashMap<Identified<'_, '_>, Vec<EvidenceId>> = HashMap::new();
    for index in unnamed.iter().map(|of| of.index) {
        let entry = cx.evidence_entry(index);
        let stated = entry.body.at.known();
        match stated.and_then(|at| same_evidence::place(cx, entry.file, &at.value)) {
            Some(Identified::Path(path)) => {
                let folders = path.ancestors().filter(|folder| !folder.as_os_str().is_empty());
                for path in folders {
                    at.entry(Identified::Path(path.to_owned())).or_default().push(index);
                }
            }
            Some(elsewhere) => at.entry(elsewhere).or_default().push(index),
            None => {}
        }
    }
    let mut named = HashSet::new();
    if at.is_empty() {
        return named;
    }
    cx.for_each_named_place(|file, text| {
        let place = same_evidence::place(cx, file, text).map(|place| match place {
            Identified::Path(path) => Identified::Path(without_pattern(&path).to_owned()),
            elsewhere => elsewhere,
        });
        named.extend(place.and_then(|place| at.get(&place)).into_iter().flatten());
    });
    named
}

/// The folder before the first wildcard of a pattern; a path without one stays as it is.
fn without_pattern(path: &Path) -> &Path {
    let special = |part: &Path| {
        part.as_os_str()
            .as_encoded_bytes()
            .iter()
            .any(|byte| b"*?[{".contains(byte))
    };
    let mut plain = path.ancestors();
    plain.find(|part| !special(part)).unwrap_or(path)
}

fn third_parties<'e>(cx: &'e Context<'_, '_>) -> Vec<Unnamed<'e, ThirdPartyId>> {
    let is_used = |_, body: &ThirdParty<'_>| {
        // `supports` links the two as much as `third-parties` does; and a register is a use.
        body.supports.stated || !body.review.is_absent() || body.reports.stated || body.cuecs.stated
    };
    let unnamed = of(cx, &cx.third_parties, THIRD_PARTY, |body| &body.keep, is_used);
    if unnamed.is_empty() {
        return unnamed;
    }
    let mut providers: HashSet<String> = HashSet::new();
    for provider in cx.providers() {
        match provider {
            Field::Absent => {}
            Field::Unknown(_) => return Vec::new(),
            Field::Known(name) => {
                // It may be written as `namespace/id`, or as its title.
                let words = name.value.split(|c: char| c.is_whitespace() || c == '/');
                providers.extend(words.map(folded));
                providers.insert(folded(&name.value));
            }
        }
    }
    let provides = |of: &Unnamed<'_, ThirdPartyId>| {
        let third_party = cx.third_party(of.index);
        let title = third_party.body.title.get();
        providers.contains(&folded(of.id)) || title.is_some_and(|title| providers.contains(&folded(title)))
    };
    unnamed.into_iter().filter(|of| !provides(of)).collect()
}
