//! What is wrong with a waiver.

use super::person;
use super::waivers::{Declared, Word};
use crate::config::Settings;
use crate::estate::Estate;
use crate::finding::{Finding, Fix, Severity};
use crate::model::{NamespaceId, list_words, nearest};
use crate::rules::{self, governance::waiver_invalid};
use crate::source::Place;

/// Why a waiver suppresses nothing, at the place that shows it.
#[derive(Debug, Clone)]
pub struct Reason {
    place: Place,
    label: String,
    /// What goes on in a sentence about the waiver.
    text: String,
    help: String,
    /// What in a config decided it.
    option: Option<Place>,
}

/// What is wrong with a waiver of findings about these subjects; nothing, if it holds.
pub fn reasons(waiver: &Declared, subjects: &[&str], estate: &Estate<'_>, settings: &Settings<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    reasons.extend(expired(waiver, estate));
    reasons.extend(missing(waiver));
    reasons.extend(not_waivable(waiver, settings));
    reasons.extend(too_broad(waiver, settings));
    reasons.extend(too_long(waiver, estate, settings));
    reasons.extend(undeclared(waiver, estate));
    reasons.extend(approver(waiver, subjects, estate, settings));
    reasons
}

fn reason(place: Place, label: impl Into<String>, text: impl Into<String>, help: impl Into<String>) -> Reason {
    Reason {
        place,
        label: label.into(),
        text: text.into(),
        help: help.into(),
        option: None,
    }
}

/// Why a waiver that was not evaluated suppresses nothing.
pub fn too_many(waiver: &Declared) -> Reason {
    reason(
        waiver.subject.place,
        "not evaluated",
        "more waivers with patterns precede it than can be compared with all findings",
        "name the entities that waivers are for, or begin their patterns with a distinctive prefix",
    )
}

fn expired(waiver: &Declared, estate: &Estate<'_>) -> Option<Reason> {
    let (expires, place) = waiver.expires?;
    (expires < estate.as_of).then(|| {
        reason(
            place,
            "its last day",
            format!("it expired on {expires}"),
            "fix what it accepted, or renew the approval for another term",
        )
    })
}

fn missing(waiver: &Declared) -> Option<Reason> {
    let stated = [
        ("reason", waiver.reason.is_some()),
        ("owner", waiver.owner.is_some()),
        ("approved-by", waiver.approved_by.is_some()),
        ("expires", waiver.expires.is_some()),
    ];
    let missing: Vec<String> = stated
        .into_iter()
        .filter(|(_, stated)| !stated)
        .map(|(key, _)| format!("`{key}`"))
        .collect();
    (!missing.is_empty()).then(|| {
        let keys = list_words(&missing, "and");
        reason(
            waiver.rule.place,
            format!("without {keys}"),
            format!("it does not state {keys}"),
            format!("state {keys}: who accepts the risk, why, and until when"),
        )
    })
}

fn not_waivable(waiver: &Declared, settings: &Settings<'_>) -> Option<Reason> {
    let name = waiver.rule.text.as_str();
    let rule = rules::find(name)?;
    if name == waiver_invalid::RULE.name || rule.group == rules::Group::Reading {
        let text = format!("findings of `{name}` cannot be waived");
        return Some(reason(
            waiver.rule.place,
            "cannot be waived",
            text,
            "remove it, and fix what the rule reports",
        ));
    }
    let listed = settings.not_waivable()?.find(name)?;
    let mut reason = reason(
        waiver.rule.place,
        "not waivable here",
        format!("the config does not allow findings of `{name}` to be waived"),
        "fix what the rule reports, and remove the waiver",
    );
    reason.option = Some(listed);
    Some(reason)
}

fn too_broad(waiver: &Declared, settings: &Settings<'_>) -> Option<Reason> {
    let allowed = settings.allow_broad();
    if allowed.value || !waiver.is_broad() {
        return None;
    }
    let mut reason = reason(
        waiver.subject.place,
        "too broad",
        format!("its subject \"{}\" covers everything of a kind", waiver.subject.text),
        "name the entities that it is for",
    );
    reason.option = allowed.place;
    Some(reason)
}

fn too_long(waiver: &Declared, estate: &Estate<'_>, settings: &Settings<'_>) -> Option<Reason> {
    let (expires, place) = waiver.expires?;
    let term = settings.longest_term();
    (!estate.as_of.reaches(expires, term.value)).then(|| {
        let last = estate.as_of.told_after(term.value);
        let mut reason = reason(
            place,
            format!("more than {} ahead", term.value),
            format!(
                "it expires on {expires}, more than {} after {}",
                term.value, estate.as_of
            ),
            format!("let it expire by {last}, and renew the approval then if it is still needed"),
        );
        reason.option = term.place;
        reason
    })
}

/// Names in a manifest are checked with all other references; those in a config only here.
fn undeclared(waiver: &Declared, estate: &Estate<'_>) -> Vec<Reason> {
    if !waiver.in_config || estate.owners.is_empty() {
        return Vec::new();
    }
    let words = [&waiver.owner, &waiver.approved_by].into_iter().flatten();
    let unknown = words.filter(|word| {
        let id = word.text.rsplit('/').next().unwrap_or(&word.text);
        estate.owner_named(waiver.namespace, &word.text).is_none() && !estate.may_hide(id)
    });
    unknown
        .map(|word| {
            let near = nearest(&word.text, estate.owners.iter().map(|owner| owner.id.as_str()));
            let label = near.map_or_else(|| "not declared".to_owned(), |near| format!("did you mean \"{near}\"?"));
            let text = format!("there is no owner \"{}\"", word.text);
            reason(word.place, label, text, "name an owner that the estate declares")
        })
        .collect()
}

fn approver(waiver: &Declared, subjects: &[&str], estate: &Estate<'_>, settings: &Settings<'_>) -> Option<Reason> {
    let approver = waiver.approved_by.as_ref()?;
    let name = waiver.named(approver);
    let is_approver = |allowed: &str| {
        let allowed = (NamespaceId::UNNAMED, allowed.to_owned());
        person::is_named(estate, &allowed, &name)
    };
    if let Some(allowed) = settings.approvers()
        && !allowed.items.iter().any(|allowed| is_approver(allowed.value.as_str()))
    {
        let mut reason = reason(
            approver.place,
            "may not approve waivers",
            format!("`{}` is not among the config's approvers of waivers", approver.text),
            "have it approved by one of them",
        );
        reason.option = Some(allowed.place);
        return Some(reason);
    }
    let help = "have it approved by someone else";
    let own = waiver.owner.as_ref().map(|owner| (owner, waiver.named(owner)));
    if let Some((owner, owner_name)) = own {
        if person::may_be_named(estate, &owner_name, &name) {
            let text = format!("`{}` approved it and owns it", approver.text);
            return Some(reason(approver.place, "also its owner", text, help));
        }
        if estate.is_only_member(&owner_name, &name) {
            let text = format!(
                "`{}` approved it, and is the only member of its owner `{}`",
                approver.text, owner.text
            );
            return Some(reason(approver.place, only_member(owner), text, help));
        }
    }
    let exact = (!waiver.resolved.contains('*')).then_some(waiver.resolved.as_str());
    subjects.iter().copied().chain(exact).find_map(|subject| {
        let owner = estate.owner_at(subject)?;
        if person::may_be_named(estate, &owner, &name) {
            let text = format!("`{}` approved it and owns `{subject}`", approver.text);
            return Some(reason(approver.place, "owns what is waived", text, help));
        }
        estate.is_only_member(&owner, &name).then(|| {
            let text = format!(
                "`{}` approved it, and is the only member of `{}`, which owns `{subject}`",
                approver.text, owner.1
            );
            reason(
                approver.place,
                "the only member of the owner of what is waived",
                text,
                help,
            )
        })
    })
}

fn only_member(owner: &Word) -> String {
    format!("the only member of `{}`", owner.text)
}

/// Places of findings that a waiver does not suppress; more would not help.
const MAX_SHOWN: usize = 5;

/// Says that a waiver suppresses nothing, why, and which findings stand for that; it is `useless` when it is over
/// and there is nothing that it could suppress.
pub fn invalid(waiver: &Declared, reasons: &[Reason], standing: &[&Finding], useless: bool) -> Option<Finding> {
    let first = reasons.first()?;
    let texts: Vec<&str> = reasons.iter().map(|reason| reason.text.as_str()).collect();
    let stands = match standing.len() {
        0 => String::new(),
        1 => "; the finding remains".to_owned(),
        n => format!("; {n} findings remain"),
    };
    let message = format!(
        "the waiver of `{}` for `{}` is not effective: {}{stands}",
        waiver.rule.text,
        waiver.resolved,
        list_words(&texts, "and")
    );
    let mut finding = waiver_invalid::RULE.finding(waiver.path(), first.place, first.label.clone(), message);
    for reason in &reasons[1..] {
        finding = finding.related(reason.place, reason.label.clone());
    }
    for option in reasons.iter().filter_map(|reason| reason.option) {
        finding = finding.related(option, "decided by the config");
    }
    for found in standing.iter().take(MAX_SHOWN) {
        finding = finding.related(
            found.primary.place,
            format!("not suppressed: {} of `{}`", found.rule, found.subject),
        );
    }
    if let Some(index) = waiver.index.filter(|_| useless) {
        finding = finding.fix(Fix::RemoveWaiver { index });
    }
    // Whatever is wrong with it, it is one waiver that does not hold.
    Some(finding.fact(waiver.subject.text.as_str()).help(first.help.clone()))
}

/// The finding about a valid waiver that has nothing to suppress.
pub fn unused(waiver: &Declared) -> Finding {
    let message = format!(
        "the waiver of `{}` for `{}` waives nothing: there is no such finding",
        waiver.rule.text, waiver.resolved
    );
    waiver_invalid::RULE
        .finding(waiver.path(), waiver.subject.place, "nothing to waive", message)
        .severity(Severity::Note)
        .help("remove it")
}
