//! An identity acts both on a service with only a report on financial reporting and on one with only a trust-services report.

use crate::estate::{Coverage, IdentityRef, Right, ServiceRef, Standing, StatedAt};
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "identity-intersection-undocumented",
    since: "0.1.0",
    group: Group::Access,
    severity: Severity::Note,
    summary: "An identity acts both on a service with only a report on financial reporting and on one with only a trust-services report.",
    references: &["CSF GV.OC-05"],
    options: &[],
    yields_to: &[],
    page: include_str!("identity_intersection_undocumented.md"),
    check: Check::ActiveNhi(judge),
};

/// The family whose issued reports cover a service, when no report of the other family does.
fn only_family(service: ServiceRef<'_, '_>) -> Option<Family> {
    match Family::ALL.map(|family| service.coverage(family)) {
        [Coverage::Issued, Coverage::No | Coverage::Upcoming] => Some(Family::Icfr),
        [Coverage::No | Coverage::Upcoming, Coverage::Issued] => Some(Family::TrustServices),
        _ => None,
    }
}

fn judge(_: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    match identity.stated(|i| &i.assurance_note) {
        StatedAt::Unknown => return None,
        StatedAt::Known(note) if note.value.explains() => return None,
        _ => {}
    }
    // A platform is declared to serve many, and its access is reviewed.
    if identity.may_be_platform() && !identity.part(|i| &i.review).is_absent() {
        return None;
    }
    let on = |family| {
        let acts = |right: &Right<'_, '_>| right.service.and_then(only_family) == Some(family);
        identity.rights_with_humans().find(acts)
    };
    let sides = [
        (Family::Icfr, on(Family::Icfr)?),
        (Family::TrustServices, on(Family::TrustServices)?),
    ];
    let mut labels = Vec::new();
    for (family, right) in sides {
        let service = right.service?;
        let name = service.name();
        let stated = right.access.value.service.known()?;
        let report = service
            .assurances()
            .find(|report| report.is_of(family) && report.standing() == Standing::Issued)?;
        let lacking = format!(
            "no issued report on {} is declared for `{name}`",
            family.other().subject_matter()
        );
        labels.push((right.access.at(stated.span), right.access.label(lacking)));
        labels.push((
            report.place(),
            format!(
                "`{}` is declared for `{name}`, on {}",
                report.name(),
                family.subject_matter()
            ),
        ));
        if right.identity != identity {
            let person = right.identity;
            labels.push((
                person.place(),
                format!("it may assume `{}`, who has access", person.name()),
            ));
        }
    }
    let [(_, icfr), (_, trust)] = sides;
    let message = format!(
        "`{}` acts on `{}`, for which only a report on {} is declared, and on `{}`, for which only one on {} is; nothing states how it serves both",
        identity.name(),
        icfr.service?.name(),
        Family::Icfr.subject_matter(),
        trust.service?.name(),
        Family::TrustServices.subject_matter()
    );
    let mut labels = labels.into_iter();
    let (place, label) = labels.next()?;
    let finding = RULE.finding(identity.path(), place, label, message);
    let finding = labels.fold(finding, |finding, (place, label)| finding.related(place, label));
    let note = identity.stated(|i| &i.assurance_note).known();
    let finding = match note {
        Some(note) => finding.related(note.place(), note.label(words::NO_EXPLANATION)),
        None => finding,
    };
    Some(finding.help(
        "state in `assurance-note` in which population of each report the identity is tested, or give each service an identity of its own",
    ))
}
