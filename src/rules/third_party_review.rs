//! Whether a third party was reviewed in time.

use super::context::Limit;
use super::{Context, Rule};
use crate::config::Settings;
use crate::decode::{Field, Val};
use crate::estate::ThirdPartyRef;
use crate::finding::Finding;
use crate::model::Duration;
use crate::source::Place;
use crate::today::Today;

/// What requires the review of a third party: the rest of the sentence that begins with its name, and where it is
/// stated.
pub struct Asked {
    pub what: String,
    pub place: Place,
    pub label: String,
}

/// How often a third party is reviewed, by its own word or a rule's, and where it states that itself; `None` when that is
/// not known.
pub fn cycle(
    as_of: &Today,
    settings: &Settings<'_>,
    rule: &Rule,
    third_party: ThirdPartyRef<'_, '_>,
) -> Option<(Limit, Option<Val<Duration>>)> {
    match &*third_party.body.review {
        Field::Unknown(_) => None,
        Field::Absent => Some((Limit::longest(settings, rule), None)),
        Field::Known(review) => match &review.value.every {
            Field::Unknown(_) => None,
            Field::Absent => Some((Limit::longest(settings, rule), None)),
            Field::Known(every) => {
                let limit = Limit::own(as_of, every.value, settings.longest(rule.name));
                Some((limit, Some(*every)))
            }
        },
    }
}

/// Finds a third party that was not reviewed within its cycle: its own, or the rule's `longest`.
pub fn overdue(
    cx: &Context<'_, '_>,
    rule: &Rule,
    third_party: ThirdPartyRef<'_, '_>,
    asked: &Asked,
) -> Option<Finding> {
    let (limit, own) = cycle(&cx.as_of, cx.settings, rule, third_party)?;
    let review = third_party.body.review.known();
    let is_new = match &third_party.body.since {
        Field::Absent => false,
        Field::Unknown(_) => true,
        Field::Known(since) => limit.due(since.value.0) > cx.as_of,
    };
    if is_new {
        return None;
    }
    let (name, what) = (third_party.name(), &asked.what);
    let path = third_party.path();
    let last = review.map(|review| cx.happened(&review.value.last));
    let mut finding = match (review, last) {
        (_, Some(Field::Unknown(_))) => return None,
        (_, Some(Field::Known(last))) => {
            let due = limit.due(last.value.0);
            if due >= cx.as_of {
                return None;
            }
            let message = format!(
                "`{name}` {what}, and was last reviewed on {}; with a cycle of {}, the next review was due on {due}",
                last.value, limit.value
            );
            rule.finding(path, third_party.at(last.span), format!("due again by {due}"), message)
                .related(asked.place, asked.label.clone())
        }
        (Some(review), _) => {
            let message = format!("`{name}` {what}, but its review states no past date");
            rule.finding(path, third_party.at(review.span), "no past `last`", message)
                .related(asked.place, asked.label.clone())
        }
        (None, _) => {
            let message = format!("`{name}` {what}, but no review of it is declared");
            rule.finding(path, asked.place, asked.label.clone(), message)
                .related(third_party.place(), "no `review`")
        }
    };
    if let Some(every) = own {
        finding = finding.related(third_party.at(every.span), "the declared cycle");
    }
    if let Some(option) = limit.option {
        finding = finding.related(option, "longest cycle set in the config");
    }
    Some(finding)
}
