//! An approver approved something of their own.

use crate::decode::Field;
use crate::estate::{IdentityRef, Located, OwnerName, ServiceRef, StatedAt, in_profile};
use crate::finding::{Finding, Severity};
use crate::model::{Action, Scope, Text, list_words};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "self-approval",
    since: "0.2.0",
    group: Group::Access,
    severity: Severity::Error,
    summary: "An approver approved something of their own.",
    references: &["A.5.3", "CC6.3", "AC-5"],
    options: &[],
    yields_to: &[],
    page: include_str!("self_approval.md"),
    check: Check::Several(&[Check::ActiveIdentity(judge), Check::Service(judge_exclusion)]),
};

/// Someone to whom the approved item belongs.
struct Holder {
    name: OwnerName,
    place: Place,
    /// The profile that states it, if one does.
    profile: Option<String>,
    /// "its owner", "the person accountable for it".
    what: &'static str,
}

/// An approval, and its approver.
struct Approval {
    /// The key that states it: `privilege.approved-by`.
    key: &'static str,
    place: Place,
    /// The profile that states it, if one does.
    profile: Option<String>,
    name: OwnerName,
    is_review: bool,
}

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let stated = approvals(identity);
    if stated.is_empty() {
        return None;
    }
    let holders = holders(cx, identity);
    let approvals = stated.into_iter().filter_map(|approval| {
        let holder = holders.iter().find(|holder| is_own(cx, &approval.name, &holder.name))?;
        let ought_to = !is_named_holder(cx, &approval, &holders) && owns_a_service_of(cx, identity, &approval.name);
        // A review by an undeclared owner is ordinary.
        let is_open = ought_to || approval.is_review && cx.owner_named(approval.name.0, &approval.name.1).is_none();
        (!is_open).then_some((approval, holder))
    });
    let mut own: Vec<(Approval, &Holder)> = approvals.collect();
    own.sort_by_key(|(approval, _)| approval.is_review);
    let (first, holder) = own.first()?;
    let keys: Vec<String> = own.iter().map(|(approval, _)| format!("`{}`", approval.key)).collect();
    let message = format!(
        "`{}` is approved by {}: {} names `{}`{}",
        identity.name(),
        holder.what,
        list_words(&keys, "and"),
        first.name.1,
        only_member(cx, &first.name, &holder.name)
    );
    let message = if first.is_review {
        message.replacen("is approved by", "is reviewed by", 1)
    } else {
        message
    };
    let severity = match first.is_review {
        true => Severity::Note,
        false if cx.owner_named(first.name.0, &first.name.1).is_none() => Severity::Warning,
        false if identity.is_human() || may_much(identity) => Severity::Error,
        false => Severity::Warning,
    };
    let finding = RULE
        .finding(identity.path(), first.place, "approves something of its own", message)
        .severity(severity)
        .related(
            holder.place,
            in_profile(holder.profile.as_ref(), format!("{}, `{}`", holder.what, holder.name.1)),
        );
    let finding = own[1..].iter().fold(finding, |finding, (approval, _)| {
        let what = if approval.is_review {
            "also reviews it"
        } else {
            "and also this"
        };
        finding.related(approval.place, in_profile(approval.profile.as_ref(), what))
    });
    Some(finding.help("have someone else approve it and name them: the owner of the service that it reaches, or a person who neither owns the identity nor is accountable for it"))
}

/// Its owner, and the person accountable for it as an agent.
fn holders(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Vec<Holder> {
    let holder = |stated: StatedAt<'_, Text<'_>>, what| {
        let at = stated.known().filter(|at| at.value.says_something())?;
        Some(Holder {
            name: name_of(at),
            place: at.place(),
            profile: at.profile.map(|profile| profile.to_string()),
            what,
        })
    };
    let accountable = identity.part(|i| &i.agent).stated(|agent| &agent.accountable);
    let both = [
        holder(identity.owner(), "its own owner"),
        holder(accountable, "the person accountable for it"),
    ];
    let found = both.into_iter().flatten();
    // An undeclared name is reported as a reading error.
    found
        .filter(|holder| cx.owners.is_empty() || cx.owner_named(holder.name.0, &holder.name.1).is_some())
        .collect()
}

fn name_of(at: Located<'_, Text<'_>>) -> OwnerName {
    (at.namespace, at.value.as_str().to_owned())
}

fn approvals(identity: IdentityRef<'_, '_>) -> Vec<Approval> {
    let mut found = Vec::new();
    let mut take = |key, at: Option<Located<'_, Text<'_>>>| {
        found.extend(at.filter(|at| at.value.says_something()).map(|at| Approval {
            key,
            place: at.place(),
            profile: at.profile.map(|profile| profile.to_string()),
            name: name_of(at),
            is_review: key == "review.by",
        }));
    };
    let privilege = identity.stated(|i| &i.privilege).known();
    take(
        "privilege.approved-by",
        privilege.and_then(|at| Some(at.with(at.value.approved_by.known()?))),
    );
    let approval = identity.stated(|i| &i.approval).known();
    take(
        "approval.approved-by",
        approval.and_then(|at| Some(at.with(at.value.approved_by.known()?))),
    );
    let login = identity.stated(|i| &i.interactive_login).known();
    let login = login.filter(|login| login.value.allowed.value() != Some(false));
    take(
        "interactive-login.approved-by",
        login.and_then(|at| Some(at.with(at.value.approved_by.known()?))),
    );
    if identity.is_human() {
        for access in identity.list(|i| &i.access).iter() {
            let second = access.value.second_approver.known();
            take("access.second-approver", second.map(|second| access.with(second)));
        }
    }
    take(
        "review.by",
        identity.part(|i| &i.review).stated(|review| &review.by).known(),
    );
    found
}

/// Whether the approver is the holder: the same person, or the only one left in the same team. A team of two or more
/// has someone else to ask; for a team whose people are not declared, it is not known.
fn is_own(cx: &Context<'_, '_>, approver: &OwnerName, holder: &OwnerName) -> bool {
    if cx.owners.is_empty() {
        return cx.is_same_owner(approver, holder);
    }
    // Someone who left no longer approves anything; that they did is reported by name.
    let person = |name: &OwnerName| cx.owner_named(name.0, &name.1)?.only_person_left();
    person(approver).is_some_and(|approver| person(holder) == Some(approver))
}

/// Whether the approver is named as one of the holders, and does not only represent one.
fn is_named_holder(cx: &Context<'_, '_>, approval: &Approval, holders: &[Holder]) -> bool {
    holders
        .iter()
        .any(|holder| cx.is_same_owner(&approval.name, &holder.name))
}

/// Whether the approver owns a service to which the identity has access, and so ought to approve.
fn owns_a_service_of(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>, approver: &OwnerName) -> bool {
    let mut services = identity.own_rights().filter_map(|right| right.service);
    services.any(|service| {
        let owner = cx.owner_of(service.file, &service.body.owner);
        let owner = owner.get().map(|owner| (service.namespace, owner.as_str().to_owned()));
        owner.is_some_and(|owner| cx.is_same_owner(approver, &owner))
    })
}

/// Whether it may administer, do everything, or move money.
fn may_much(identity: IdentityRef<'_, '_>) -> bool {
    let mut rights = identity.own_rights();
    rights.any(|right| right.grants(&[Action::Admin]).is_some() || right.names_any(&Action::FINANCIAL).is_some())
}

/// ", the only person left in `team-x`", where the two are called differently.
fn only_member(cx: &Context<'_, '_>, approver: &OwnerName, holder: &OwnerName) -> String {
    if cx.is_same_owner(approver, holder) {
        String::new()
    } else {
        format!(", which represents the same person as `{}`", holder.1)
    }
}

fn judge_exclusion(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    if !service.readable || service.body.scope.value() != Some(Scope::Out) {
        return None;
    }
    let approved = service.body.exclusion.get()?.approved_by.known()?;
    let file = cx.file(service.file);
    let owner = match &*service.body.owner {
        Field::Absent => file.owner.known()?,
        own => own.known()?,
    };
    let name = |text: &Text<'_>| (service.namespace, text.as_str().to_owned());
    let (approver, holder) = (name(&approved.value), name(&owner.value));
    let is_declared = |name: &OwnerName| cx.owner_named(name.0, &name.1).is_some();
    let is_known = cx.owners.is_empty() || is_declared(&holder);
    if !approved.value.says_something() || !is_known || !is_own(cx, &approver, &holder) {
        return None;
    }
    let message = format!(
        "the exclusion of `{}` is approved by its own owner: `exclusion.approved-by` names `{}`{}",
        service.name(),
        approver.1,
        only_member(cx, &approver, &holder)
    );
    let finding = RULE
        .finding(
            service.path(),
            service.at(approved.span),
            "approves something of its own",
            message,
        )
        .severity(if is_declared(&approver) {
            Severity::Error
        } else {
            Severity::Warning
        })
        .related(service.at(owner.span), format!("its owner, `{}`", holder.1));
    Some(
        finding.help("have someone else approve the exclusion of the service: the person responsible for the boundary"),
    )
}
