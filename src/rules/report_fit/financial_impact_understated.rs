//! A service states little or no financial impact, but another declared fact says otherwise.

use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Action, DataKind, FinancialImpact, Lifecycle, ServiceKind};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use crate::standards::Family;
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    name: "financial-impact-understated",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A service states little or no financial impact, but another declared fact says otherwise.",
    references: &["ISAE 3402", "CSF GV.OC-04"],
    options: &[],
    yields_to: &[],
    page: include_str!("financial_impact_understated.md"),
    check: Check::Estate(check),
};

/// A fact that speaks for financial impact, and where it is declared.
struct Fact {
    place: Place,
    label: String,
    said: String,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let moved_by = identities_that_move_money(cx);
    (0..cx.services.len())
        .filter_map(|service| judge(cx, service, moved_by.get(&service)))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: usize, moved_by: Option<&Fact>) -> Option<Finding> {
    let service = cx.services.get(index);
    let body = &service.body;
    let in_use = !matches!(body.lifecycle.value(), Some(Lifecycle::Retired)) && body.is_in_scope();
    if !service.readable || body.financial_impact.is_unknown() || !in_use {
        return None;
    }
    let stated = body.financial_impact.known();
    let facts = match stated.map(|impact| impact.value) {
        None | Some(FinancialImpact::None) => {
            let moved = moved_by.map(|fact| Fact {
                place: fact.place,
                label: fact.label.clone(),
                said: fact.said.clone(),
            });
            moved
                .into_iter()
                .chain(financial_records(cx, index))
                .chain(icfr_claim(cx, index))
                .collect::<Vec<_>>()
        }
        Some(FinancialImpact::OwnBooks) => icfr_claim(cx, index)
            .into_iter()
            .chain(sec_issuers(cx, index))
            .collect(),
        Some(_) => return None,
    };
    let name = cx.name(service);
    let (place, label, says) = match stated {
        Some(impact) => (
            service.at(impact.span),
            format!("{} is stated", words::impact(impact.value)),
            format!(
                "is declared to have {} on user entities' financial reporting",
                words::impact(impact.value)
            ),
        ),
        None => (
            service.place(),
            "no `financial-impact` is stated".to_owned(),
            "states no financial impact".to_owned(),
        ),
    };
    let help = "state the effect on user entities' financial reporting in `financial-impact` (`direct`, `indirect` or `itgc-only`), or correct the other declaration";
    if facts.is_empty() {
        let kind = body.kind.known().filter(|_| stated.is_none())?;
        if !ORDINARILY_FINANCIAL.contains(&kind.value) {
            return None;
        }
        let message = format!("`{name}` {says}; services of kind `{}` ordinarily have one", kind.value);
        let finding = RULE
            .finding(cx.path(service), place, label, message)
            .severity(Severity::Note);
        return Some(
            finding
                .related(
                    service.at(kind.span),
                    "ordinarily part of user entities' financial reporting",
                )
                .help(help),
        );
    }
    let said: Vec<&str> = facts.iter().map(|fact| fact.said.as_str()).collect();
    let message = format!("`{name}` {says}, but {}", list_words(&said, "and"));
    let finding = RULE.finding(cx.path(service), place, label, message);
    let finding = facts
        .into_iter()
        .fold(finding, |finding, fact| finding.related(fact.place, fact.label));
    Some(finding.help(help))
}

const ORDINARILY_FINANCIAL: [ServiceKind; 6] = [
    ServiceKind::PayrollHr,
    ServiceKind::Billing,
    ServiceKind::Payments,
    ServiceKind::TransactionProcessing,
    ServiceKind::FinancialService,
    ServiceKind::Fulfilment,
];

/// For each service, the first active identity that may move money or change the books there in production.
fn identities_that_move_money(cx: &Context<'_, '_>) -> HashMap<usize, Fact> {
    let mut found = HashMap::new();
    for identity in cx.identities_view().filter(|identity| identity.is_active()) {
        for right in identity.own_rights() {
            let Some(service) = right.service.filter(|_| right.is_production()) else {
                continue;
            };
            if let Some(action) = right.grants(&Action::FINANCIAL) {
                found.entry(service).or_insert_with(|| Fact {
                    place: action.place(),
                    label: format!(
                        "`{}` may {} on it",
                        cx.name(identity.entity()),
                        words::action(*action.value)
                    ),
                    said: format!(
                        "the identity `{}` may {} on it",
                        cx.name(identity.entity()),
                        words::action(*action.value)
                    ),
                });
            }
        }
    }
    found
}

fn financial_records(cx: &Context<'_, '_>, index: usize) -> Option<Fact> {
    let service = cx.services.get(index);
    if !service.body.is_offered() {
        return None;
    }
    service.body.data.iter().find_map(|name| {
        let data = cx
            .data
            .get(cx.data.resolve(&cx.namespaces, service.namespace, &name.value)?);
        data.body.kinds.find(&DataKind::FinancialRecord)?;
        Some(Fact {
            place: service.at(name.span),
            label: format!("`{}` is declared as financial records", cx.name(data)),
            said: format!("it holds the financial records `{}`", cx.name(data)),
        })
    })
}

fn icfr_claim(cx: &Context<'_, '_>, index: usize) -> Option<Fact> {
    let service = cx.services.get(index);
    cx.claims_of(index).iter().find_map(|(entry, id)| {
        let assurance = cx.assurance(*id);
        let report = service.body.claims.items[*entry].value.report.known()?;
        (assurance.is_live() && assurance.is_of(Family::Icfr)).then(|| Fact {
            place: service.at(report.span),
            label: format!(
                "claims {}, which speaks about {}",
                cx.assurance_title(*id),
                words::subject_matter(cx, *id)
            ),
            said: format!(
                "it claims the {} report `{}`",
                cx.assurance_title(*id),
                cx.assurance_name(*id)
            ),
        })
    })
}

fn sec_issuers(cx: &Context<'_, '_>, index: usize) -> Option<Fact> {
    let service = cx.services.get(index);
    let issuers = service.body.user_entities.get()?.sec_issuers.known()?;
    issuers.value.then(|| Fact {
        place: service.at(issuers.span),
        label: "SEC issuers rely on it".to_owned(),
        said: "its user entities include SEC issuers".to_owned(),
    })
}
