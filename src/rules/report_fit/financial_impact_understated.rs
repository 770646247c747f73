//! A service states little or no financial impact, but another declared fact contradicts it.

use crate::decode::Val;
use crate::estate::{Coverage, IdentityRef, Right, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::model::{Action, DataKind, FinancialImpact, Lifecycle, ServiceKind, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "financial-impact-understated",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A service states little or no financial impact, but another declared fact contradicts it.",
    references: &["ISAE 3402", "CSF GV.OC-04"],
    options: &[],
    yields_to: &[],
    page: include_str!("financial_impact_understated.md"),
    check: Check::Service(judge),
};

/// A fact that suggests financial impact, and where it is declared.
struct Fact {
    place: Place,
    label: String,
    clause: String,
}

fn judge(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let body = &service.body;
    let in_use = !matches!(body.lifecycle.value(), Some(Lifecycle::Retired)) && body.is_in_scope();
    if !service.readable || body.financial_impact.is_unknown() || !in_use {
        return None;
    }
    let stated = body.financial_impact.known();
    let facts = match stated.map(|impact| impact.value) {
        None | Some(FinancialImpact::None) => {
            let moved = moves_money(service).into_iter();
            moved
                .chain(financial_records(cx, service))
                .chain(icfr_claim(service))
                .collect::<Vec<_>>()
        }
        Some(FinancialImpact::OwnBooks) => icfr_claim(service).into_iter().chain(sec_issuers(service)).collect(),
        Some(_) => return None,
    };
    if facts.is_empty() {
        let kind = body.kind.known().filter(|_| stated.is_none())?;
        if !kind.value.is_ordinarily_financial() {
            return None;
        }
        return Some(by_kind_alone(service, kind));
    }
    let name = service.name();
    let (place, label, states) = match stated {
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
    let clauses: Vec<&str> = facts.iter().map(|fact| fact.clause.as_str()).collect();
    let message = format!("`{name}` {states}, but {}", list_words(&clauses, "and"));
    let finding = RULE.finding(service.path(), place, label, message);
    let finding = facts
        .into_iter()
        .fold(finding, |finding, fact| finding.related(fact.place, fact.label));
    Some(finding.help(format!("{STATE_THE_IMPACT}; or correct the other declaration")))
}

const STATE_THE_IMPACT: &str = "set `financial-impact`: `direct` or `indirect` if user entities' books depend on it, `itgc-only` if they do so only through general IT controls, `own-books` if only your own ledger is affected, `none` if no ledger is";

/// Only the kind of the service suggests financial reporting. Where readers are offered reports, none of which
/// addresses it, that is their first question.
fn by_kind_alone(service: ServiceRef<'_, '_>, kind: &Val<ServiceKind>) -> Finding {
    let name = service.name();
    let place = service.place();
    let label = "no `financial-impact` is stated";
    let related = service.at(kind.span);
    let related_label = "ordinarily part of user entities' financial reporting";
    if !claims_nothing_icfr(service) {
        let message = format!(
            "`{name}` states no financial impact; services of kind `{}` ordinarily have one",
            kind.value
        );
        let finding = RULE.finding(service.path(), place, label, message);
        return finding
            .severity(Severity::Note)
            .related(related, related_label)
            .help(STATE_THE_IMPACT);
    }
    let message = format!(
        "`{name}` states no financial impact and {}; services of kind `{}` ordinarily matter to user entities' financial reporting, which none of these addresses",
        words::claimed(service),
        kind.value
    );
    let mut finding = RULE
        .finding(service.path(), place, label, message)
        .related(related, related_label);
    for claimed in service.claims() {
        if claimed.assurance.is_live()
            && let Some(place) = claimed.place()
        {
            let about = words::subject_matter(claimed.assurance);
            finding = finding.related(place, format!("is about {about}"));
        }
    }
    finding.help(format!(
        "{STATE_THE_IMPACT}; if user auditors get comfort in another way, state how in `icfr-alternative`"
    ))
}

/// Whether it is offered and is known to claim something, none of it about financial reporting.
fn claims_nothing_icfr(service: ServiceRef<'_, '_>) -> bool {
    let body = &service.body;
    body.is_offered()
        && !body.icfr_alternative.explains()
        && service.coverage(Family::Icfr) == Coverage::No
        && service.claims().any(|claimed| claimed.assurance.is_live())
}

/// The first active identity that may move money or change the books there in production.
fn moves_money(service: ServiceRef<'_, '_>) -> Option<Fact> {
    let identity = service.moving_money().find(IdentityRef::is_active)?;
    let mut rights = identity.own_rights().filter(Right::is_production);
    let action = rights.find_map(|right| {
        let action = right.names_any(&Action::FINANCIAL)?;
        (right.service == Some(service)).then_some(action)
    })?;
    let may = format!("`{}` may {} on it", identity.name(), words::action(*action.value));
    Some(Fact {
        place: action.place(),
        clause: format!("the identity {may}"),
        label: action.label(may),
    })
}

fn financial_records(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Fact> {
    if !service.body.is_offered() {
        return None;
    }
    service.body.data.iter().find_map(|name| {
        let data = cx.data_named(service.namespace, &name.value)?;
        data.body.kinds.find(&DataKind::FinancialRecord)?;
        Some(Fact {
            place: service.at(name.span),
            label: format!("`{}` is declared as financial records", data.name()),
            clause: format!("it holds the financial records `{}`", data.name()),
        })
    })
}

fn icfr_claim(service: ServiceRef<'_, '_>) -> Option<Fact> {
    service.claims().find_map(|claimed| {
        let report = claimed.assurance;
        let place = claimed.place()?;
        (report.is_live() && report.is_of(Family::Icfr)).then(|| Fact {
            place,
            label: format!(
                "claims {}, which is about {}",
                report.title(),
                words::subject_matter(report)
            ),
            clause: format!("it claims the {} report `{}`", report.title(), report.name()),
        })
    })
}

fn sec_issuers(service: ServiceRef<'_, '_>) -> Option<Fact> {
    let issuers = service.body.user_entities.get()?.sec_issuers.known()?;
    issuers.value.then(|| Fact {
        place: service.at(issuers.span),
        label: "SEC issuers rely on it".to_owned(),
        clause: "its user entities include SEC issuers".to_owned(),
    })
}
