//! An identity acts both where only reports on controls relevant to financial reporting are declared and where only trust services reports are.

use crate::estate::{Answer, IdentityRef, Right, Said, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{IdVec, ServiceId};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "identity-intersection-undocumented",
    since: "0.1.0",
    group: Group::Access,
    severity: Severity::Note,
    summary: "An identity acts both where only reports on controls relevant to financial reporting are declared and where only trust services reports are.",
    references: &["CSF GV.OC-05"],
    options: &[],
    yields_to: &[],
    page: include_str!("identity_intersection_undocumented.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let only: IdVec<ServiceId, Option<Family>> = cx.services.ids().map(|service| only_family(cx, service)).collect();
    cx.active_nhis()
        .filter_map(|identity| judge(cx, identity, &only))
        .collect()
}

/// The family of which issued reports answer for a service, when none of the other does.
fn only_family(cx: &Context<'_, '_>, service: ServiceId) -> Option<Family> {
    match Family::ALL.map(|family| cx.answer(service, family)) {
        [Answer::Issued, Answer::No | Answer::Coming] => Some(Family::Icfr),
        [Answer::No | Answer::Coming, Answer::Issued] => Some(Family::TrustServices),
        _ => None,
    }
}

fn judge(
    cx: &Context<'_, '_>,
    identity: IdentityRef<'_, '_>,
    only: &IdVec<ServiceId, Option<Family>>,
) -> Option<Finding> {
    let entity = identity.entity();
    match identity.said(|i| &i.assurance_note) {
        Said::Unknown => return None,
        Said::Known(note) if note.value.explains() => return None,
        _ => {}
    }
    // A platform serves many by declaration, and its access is looked at.
    if identity.may_be_platform() && !identity.part(|i| &i.review).is_absent() {
        return None;
    }
    let on = |family| {
        let acts = |right: &Right<'_, '_>| right.service.is_some_and(|service| only[service] == Some(family));
        identity.rights_with_humans().find(acts)
    };
    let sides = [
        (Family::Icfr, on(Family::Icfr)?),
        (Family::TrustServices, on(Family::TrustServices)?),
    ];
    let mut labels = Vec::new();
    for (family, right) in sides {
        let service = right.service?;
        let name = cx.name(cx.services.get(service));
        let stated = right.access.value.service.known()?;
        let report = cx.answering(service).iter().copied().find(|id| {
            let assurance = cx.assurance(*id);
            assurance.is_of(family) && assurance.standing == Standing::Issued
        })?;
        let lacking = format!(
            "no issued report on {} is declared for `{name}`",
            family.other().subject_matter()
        );
        labels.push((right.access.at(stated.span), right.access.label(lacking)));
        labels.push((
            cx.assurance_place(report),
            format!(
                "`{}` is declared for `{name}`, on {}",
                cx.assurance_name(report),
                family.subject_matter()
            ),
        ));
        if right.identity.index != identity.index {
            let person = right.identity.entity();
            labels.push((
                person.place(),
                format!("it may act as `{}`, who has access", cx.name(person)),
            ));
        }
    }
    let name_of = |right: Right<'_, '_>| right.service.map(|service| cx.name(cx.services.get(service)));
    let [(_, icfr), (_, trust)] = sides;
    let message = format!(
        "`{}` acts on `{}`, for which only a report on {} is declared, and on `{}`, for which only one on {} is; nothing declares how it serves both",
        cx.name(entity),
        name_of(icfr)?,
        Family::Icfr.subject_matter(),
        name_of(trust)?,
        Family::TrustServices.subject_matter()
    );
    let mut labels = labels.into_iter();
    let (place, label) = labels.next()?;
    let finding = RULE.finding(cx.path(entity), place, label, message);
    let finding = labels.fold(finding, |finding, (place, label)| finding.related(place, label));
    let note = identity.said(|i| &i.assurance_note).known();
    let finding = match note {
        Some(note) => finding.related(note.place(), note.label(words::SAYS_NOTHING)),
        None => finding,
    };
    Some(finding.help(
        "say in `assurance-note` in which population of each report the identity is tested, or give each service an identity of its own",
    ))
}
