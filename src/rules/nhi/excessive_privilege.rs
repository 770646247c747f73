//! A non-human identity has administrative or unrestricted rights without a current approved reason.

use crate::decode::Field;
use crate::estate::{IdentityRef, Located, Right, StatedAt};
use crate::finding::{Finding, Severity};
use crate::manifest::Privilege;
use crate::model::{Action, Classification, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "nhi-excessive-privilege",
    since: "0.1.0",
    group: Group::Nhi,
    severity: Severity::Warning,
    summary: "A non-human identity has administrative or unrestricted rights without a current approved reason.",
    references: &["NHI5", "CC6.3", "A.8.2", "AC-6"],
    options: &[],
    yields_to: &[],
    page: include_str!("excessive_privilege.md"),
    check: Check::ActiveNhi(judge),
};

/// A broad right, the action that makes it so, and what makes it severe.
type Broad<'e, 'a> = (Right<'e, 'a>, Located<'e, Action>, Option<Reach>);

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    // The most severe right is the one to name: one that reaches money or restricted data comes first.
    let rights = identity.rights_with_humans();
    let broad = rights
        .filter(Right::is_production)
        .filter_map(|right| Some((right, right.grants(&[Action::Admin])?)));
    let mut broadest: Option<Broad<'_, '_>> = None;
    for (right, action) in broad {
        let reach = grave_reach(&right);
        if broadest
            .as_ref()
            .is_none_or(|(_, _, known)| known.is_none() && reach.is_some())
        {
            broadest = Some((right, action, reach));
        }
    }
    let (right, action, reach) = broadest?;
    let lack = lacking_privilege(cx, identity)?;
    let name = identity.name();
    let may = match action.value {
        Action::All => "do everything",
        _ => "administer",
    };
    let on = right
        .service
        .map(|service| match action.value {
            Action::All => format!(" on `{}`", service.name()),
            _ => format!(" `{}`", service.name()),
        })
        .unwrap_or_default();
    let through = if right.identity == identity {
        String::new()
    } else {
        format!(" as the person `{}`", right.identity.name())
    };
    let severe = reach
        .as_ref()
        .map(|reach| format!(", {}", reach.clause))
        .unwrap_or_default();
    let message = format!("`{name}` may {may}{on}{through}{severe}, {}", lack.message);
    let label = format!("may {may}{on}");
    let mut finding = RULE.finding(identity.path(), action.place(), label, message);
    if let Some(reach) = reach {
        finding = finding.severity(Severity::Error).related(reach.place, reach.label);
    }
    for (place, label) in lack.related {
        finding = finding.related(place, label);
    }
    if right.identity != identity {
        finding = finding.related(identity.place(), "this identity may act as that person");
    }
    Some(finding.help(
        "grant only the actions that it needs; where it needs them all, have someone other than its owner approve that, and state `privilege` with `reason`, `approved-by` and, if temporary, `expires`",
    ))
}

struct Lack {
    message: String,
    related: Vec<(Place, String)>,
}

/// What the declared privilege lacks; `None` when it is complete, or cannot be checked.
fn lacking_privilege(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Lack> {
    match identity.stated(|i| &i.privilege) {
        StatedAt::Unknown => None,
        StatedAt::Absent => Some(Lack {
            message: "and no `privilege` is declared for it".to_owned(),
            related: Vec::new(),
        }),
        StatedAt::Known(privilege) => {
            let body = privilege.value;
            let mut missing = Vec::new();
            if !body.reason.explains() {
                missing.push("`reason`");
            }
            if !body.approved_by.says_something() {
                missing.push("`approved-by`");
            }
            if !missing.is_empty() {
                let lacking = format!("no {}", list_words(&missing, "or"));
                let mut related = vec![(privilege.place(), privilege.label(lacking))];
                let reason = words::no_explanation(&body.reason, |span| privilege.at(span));
                related.extend(reason.map(|(place, label)| (place, privilege.label(label))));
                return Some(Lack {
                    message: format!("and its `privilege` states no {}", list_words(&missing, "or")),
                    related,
                });
            }
            if let Some(expires) = body.expires.known().filter(|expires| expires.value.0 < cx.as_of) {
                return Some(Lack {
                    message: format!("and its `privilege` expired on {}", expires.value),
                    related: vec![(privilege.at(expires.span), privilege.label("the approval has expired"))],
                });
            }
            endless(cx, privilege)
        }
    }
}

/// What a privilege lacks where the config requires exemptions to end.
fn endless(cx: &Context<'_, '_>, privilege: Located<'_, Privilege<'_>>) -> Option<Lack> {
    let (term, option) = cx.exemptions_end_within()?;
    let last = || cx.as_of.told_after(term);
    let (message, place) = match &privilege.value.expires {
        Field::Unknown(_) => return None,
        Field::Known(expires) if cx.as_of.reaches(expires.value.0, term) => return None,
        Field::Known(expires) => (
            format!(
                "and its `privilege` expires on {}, later than {}",
                expires.value,
                last()
            ),
            privilege.at(expires.span),
        ),
        Field::Absent => ("and its `privilege` states no `expires`".to_owned(), privilege.place()),
    };
    let mut related = vec![(place, privilege.label(format!("must end by {}", last())))];
    related.extend(option.map(|option| (option, "the config requires exemptions to end".to_owned())));
    Some(Lack { message, related })
}

/// What makes a broad right severe.
struct Reach {
    place: Place,
    /// The rest of the sentence in the message.
    clause: String,
    label: String,
}

/// Whether it reaches restricted data, or a service with financial impact.
fn grave_reach(right: &Right<'_, '_>) -> Option<Reach> {
    if let Some(service) = right.service.filter(|service| service.body.has_financial_impact())
        && let Some(impact) = service.body.financial_impact.known()
    {
        let clause = format!(
            "declared to have {} on user entities' financial reporting",
            words::impact(impact.value)
        );
        return Some(Reach {
            place: service.at(impact.span),
            label: format!("`{}` is {clause}", service.name()),
            clause,
        });
    }
    right.data().into_iter().find_map(|data| {
        let classification = data
            .body
            .classification
            .known()
            .filter(|c| c.value == Classification::Restricted)?;
        let clause = format!("with the restricted data `{}`", data.name());
        Some(Reach {
            place: data.at(classification.span),
            label: clause.clone(),
            clause,
        })
    })
}
