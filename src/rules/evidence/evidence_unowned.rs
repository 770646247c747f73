//! Neither a piece of evidence nor anything that references it has an owner.

use crate::decode::Field;
use crate::estate::{Entity, Named, StatedAt};
use crate::finding::{Finding, Severity};
use crate::manifest::{Declaration, NamesEvidence};
use crate::model::{EvidenceId, IdVec, Text};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "evidence-unowned",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "Neither a piece of evidence nor anything that references it has an owner.",
    references: &["CSF GV.RR-02", "AI RMF GOVERN 2.1"],
    options: &[],
    yields_to: &[],
    page: include_str!("evidence_unowned.md"),
    check: Check::Estate(check),
};

/// What references each entry.
struct Naming {
    entries: IdVec<EvidenceId, NamedBy>,
    /// Whether something with an owner may reference any entry, because something could not be read.
    blind: bool,
}

#[derive(Clone, Default)]
struct NamedBy {
    /// Whether one that references it has, or may have, an owner.
    owned: bool,
    /// The first without an owner.
    unowned: Option<(Place, String, String)>,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    if cx.evidence.is_empty() {
        return Vec::new();
    }
    let mut naming = Naming {
        entries: IdVec::filled(NamedBy::default(), cx.evidence.len()),
        blind: false,
    };
    for control in &cx.controls {
        naming.add(cx, control, has_owner(cx, control, &control.body.owner));
    }
    for report in &cx.reports {
        naming.add(cx, report, has_owner(cx, report, &Field::Absent));
    }
    for third_party in &cx.third_parties {
        let mut cuecs = third_party.body.cuecs.iter();
        let owned =
            has_owner(cx, third_party, &third_party.body.owner) || cuecs.any(|cuec| cuec.value.owner.says_something());
        naming.add(cx, third_party, owned);
    }
    // What a profile references, each identity with that profile references.
    let mut taken_by_owned = IdVec::filled(false, cx.profiles.len());
    for identity in cx.identities() {
        let owned = match identity.owner() {
            StatedAt::Absent => false,
            StatedAt::Unknown => true,
            StatedAt::Known(owner) => owner.value.says_something(),
        };
        naming.add(cx, &identity, owned);
        match &*identity.body.profile {
            Field::Absent => {}
            Field::Unknown(_) => naming.blind |= owned,
            Field::Known(name) => match cx.profile_named(identity.namespace, &name.value) {
                Some(profile) => taken_by_owned[profile.index] |= owned,
                None => naming.blind |= owned,
            },
        }
    }
    for (profile, taken) in cx.profiles().zip(taken_by_owned.iter().copied()) {
        naming.add(cx, &profile, taken || has_owner(cx, &profile, &profile.body.0.owner));
    }
    if naming.blind {
        return Vec::new();
    }
    let named = cx.evidence().zip(naming.entries.iter());
    named
        .filter(|(entry, by)| {
            !by.owned && !has_owner(cx, entry, &entry.body.owner) && !cx.may_hide(entry.id.as_str())
        })
        .map(|(entry, by)| {
            let name = entry.name();
            let message = match &by.unowned {
                Some((_, path, _)) => {
                    format!("neither the evidence `{name}` nor `{path}`, which references it, has a declared owner")
                }
                None => format!("the evidence `{name}` has no declared owner, and nothing references it"),
            };
            let finding = RULE.finding(entry.path(), entry.place(), "no `owner`", message);
            let finding = match &by.unowned {
                Some((place, _, name)) => finding.related(*place, format!("`{name}` references it, and has no owner either")),
                None => finding,
            };
            finding.help("name a team or person in `owner`, of the evidence or of what references it; at the top of a file, it applies to every entity in the file")
        })
        .collect()
}

impl Naming {
    fn add<'a, T: Declaration<'a> + NamesEvidence<'a>>(
        &mut self,
        cx: &Context<'_, 'a>,
        entity: &Entity<'a, T>,
        owned: bool,
    ) {
        let named = entity.body.evidence_lists();
        let owned = owned || !entity.readable;
        for list in named.lists {
            self.blind |= owned && cx.names_more(entity.namespace, list);
            for item in list.iter() {
                if let Some(Named::Entry(entry)) = cx.named_evidence(entity.namespace, item) {
                    let entry = &mut self.entries[entry.index];
                    entry.owned |= owned;
                    if !owned && entry.unowned.is_none() {
                        entry.unowned = Some((entity.at(item.span), cx.path(entity), cx.name(entity).to_string()));
                    }
                }
            }
        }
        self.blind |= owned && (named.unread || !entity.readable);
    }
}

/// Whether an entity has, or may have, an owner.
fn has_owner<'a, T>(cx: &Context<'_, 'a>, entity: &Entity<'a, T>, own: &Field<Text<'a>>) -> bool {
    !entity.readable || cx.owner_of(entity.file, own).says_something()
}
