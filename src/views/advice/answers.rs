//! The three questions that decide which reports a service needs, as far as declarations answer them.

use super::families::{no_effect, not_offered};
use super::{Answer, Because};
use crate::estate::{Estate, ServiceRef};
use crate::model::{DataKind, FinancialImpact, MonthDay, list_words};
use crate::rules::words;
use crate::standards::Family;

pub const QUESTIONS: [&str; 3] = [
    "Does it affect user entities' financial reporting?",
    "What do its readers need it for?",
    "Who are they, and where?",
];

pub fn answers(estate: &Estate<'_>, service: ServiceRef<'_, '_>) -> [Answer; 3] {
    let [effect, purpose, readers] = QUESTIONS;
    let answer = |question, because: Vec<Because>| Answer { question, because };
    [
        answer(effect, does_affect(service)),
        answer(purpose, needed_for(estate, service)),
        answer(readers, readers_of(service)),
    ]
}

fn does_affect(service: ServiceRef<'_, '_>) -> Vec<Because> {
    let body = &service.body;
    let mut because = Vec::new();
    match body.financial_impact.known() {
        Some(impact) if body.has_financial_impact() => {
            let text = match impact.value {
                FinancialImpact::Direct => {
                    "yes, directly: it is declared to initiate, record or process their transactions"
                }
                FinancialImpact::Indirect => "yes, indirectly: it is declared to feed or support what does",
                _ => "yes, through general IT controls alone, as declared",
            };
            because.push(Because::new(text).at(service.at(impact.span)).citing("AT-C 320"));
        }
        Some(_) => because.extend(no_effect(service)),
        None if body.financial_impact.is_unknown() => {
            because.push(Because::new("not known: `financial-impact` could not be read"));
        }
        None => {
            because.extend(no_effect(service));
            if let Some(kind) = body.kind.known().filter(|kind| kind.value.is_ordinarily_financial()) {
                let text = format!("services of kind `{}` ordinarily do", kind.value);
                because.push(Because::new(text).at(service.at(kind.span)));
            }
        }
    }
    if let Some(demanded) = service.demanded(Family::Icfr) {
        let text = format!("`{}`, which depends on it, does, as declared", demanded.origin.name());
        let place = demanded
            .way
            .last()
            .map_or(demanded.origin.place(), |step| step.stated_at());
        because.push(Because::new(text).at(place));
    }
    because
}

fn needed_for(estate: &Estate<'_>, service: ServiceRef<'_, '_>) -> Vec<Because> {
    let body = &service.body;
    let mut because = Vec::new();
    let mut purposes: Vec<(&str, crate::source::Span)> = Vec::new();
    let stated = body.assurance_for.iter();
    let claimed = body.claims.iter().flat_map(|claim| claim.value.purpose.iter());
    for purpose in stated.chain(claimed) {
        let words = words::purpose(purpose.value);
        if !purposes.iter().any(|(known, _)| *known == words) {
            purposes.push((words, purpose.span));
        }
    }
    for (purpose, span) in purposes {
        because.push(Because::new(format!("{purpose}, as declared")).at(service.at(span)));
    }
    if let Some(first) = body.commitments.items.first() {
        let promised: Vec<&str> = body
            .commitments
            .iter()
            .map(|promised| words::category(promised.value))
            .collect();
        let are = if promised.len() == 1 { "is" } else { "are" };
        let text = format!(
            "{} {are} promised to its users, as declared",
            list_words(&promised, "and")
        );
        because.push(Because::new(text).at(service.at(first.span)).citing("TSP 100"));
    }
    for name in body.data.iter() {
        let Some(data) = estate.data_named(service.namespace, &name.value) else {
            continue;
        };
        let what = if data.body.kinds.find(&DataKind::SpecialCategory).is_some() {
            "special category personal data"
        } else if data.body.kinds.find(&DataKind::Personal).is_some() {
            "personal data"
        } else if data.body.kinds.find(&DataKind::FinancialRecord).is_some() {
            "financial records"
        } else if data.body.kinds.find(&DataKind::Cardholder).is_some() {
            "cardholder data"
        } else {
            continue;
        };
        let text = format!("it holds {what} (`{}`), as declared", data.name());
        because.push(Because::new(text).at(service.at(name.span)));
    }
    if let Some(demanded) = service.demanded(Family::TrustServices) {
        let text = format!(
            "`{}`, which depends on it, makes promises to its users",
            demanded.origin.name()
        );
        let place = demanded
            .way
            .last()
            .map_or(demanded.origin.place(), |step| step.stated_at());
        because.push(Because::new(text).at(place));
    }
    if because.is_empty() {
        because.push(Because::new("not declared (`assurance-for`, `commitments`)"));
    }
    because
}

fn readers_of(service: ServiceRef<'_, '_>) -> Vec<Because> {
    let mut because = Vec::new();
    because.extend(not_offered(service));
    if let Some(user_entities) = service.entity().body.user_entities.get() {
        if !user_entities.regions.items.is_empty() {
            let regions: Vec<String> = user_entities
                .regions
                .iter()
                .map(|region| format!("`{}`", region.value.0))
                .collect();
            let text = format!("user entities in {}, as declared", list_words(&regions, "and"));
            because.push(Because::new(text).at(service.at(user_entities.regions.span)));
        }
        if let Some(issuers) = user_entities.sec_issuers.known() {
            let text = if issuers.value {
                "SEC issuers are among them, as declared"
            } else {
                "no SEC issuers are among them, as declared"
            };
            because.push(Because::new(text).at(service.at(issuers.span)).citing("SOX 404"));
        }
        let ends: Vec<String> = user_entities
            .fiscal_year_ends
            .iter()
            .map(|end| year_end(end.value))
            .collect();
        if !ends.is_empty() {
            let text = format!("their fiscal years end on {}, as declared", list_words(&ends, "and"));
            because.push(Because::new(text).at(service.at(user_entities.fiscal_year_ends.span)));
        }
    }
    if because.is_empty() {
        because.push(Because::new("not declared (`user-entities`)"));
    }
    because
}

fn year_end(end: MonthDay) -> String {
    match end.day {
        Some(day) => format!("{:02}-{day:02}", end.month),
        None => "the last day of February".to_owned(),
    }
}
