//! What is recommended for a service: the reports that it needs, with all that makes them fit.

use super::contents::{carve_out, categories, exists, needed, objectives, would_change};
use super::found::{Named, NamedIn};
use super::needs::{Need, needs};
use super::period::{self, Fitting, Setting};
use super::{
    Because, Dated, Judged, NotRecommended, Recommendation, ServiceAdvice, State, Weight, answers, beside, families,
    framework,
};
use crate::estate::{Estate, ServiceRef, Standing};
use crate::model::{Framework, Level, Purpose, ReportType};
use crate::rules::words;
use crate::standards::Family;
use std::collections::BTreeSet;

pub fn advice(judged: &Judged<'_, '_>, service: ServiceRef<'_, '_>, found: &NamedIn<'_>) -> ServiceAdvice {
    let estate = judged.estate;
    let named = found.about(service);
    let families = Family::ALL.map(|family| families::family(estate, service, named, family));
    let needs = needs(estate, service, named);
    let mut recommendations: Vec<Recommendation> = needs
        .iter()
        .map(|need| report(judged, found, (service, need), needs.len() > 1))
        .collect();
    recommendations.extend(beside::recommendations(judged, service, &recommendations));
    recommendations.sort_by_key(|recommendation| recommendation.weight);
    unique_ids(&mut recommendations);
    let states = [families[0].state, families[1].state];
    ServiceAdvice {
        subject: service.path(),
        name: service.name().to_string(),
        title: service.body.title.get().map(|title| title.as_str().to_owned()),
        place: service.place(),
        answers: answers::answers(estate, service),
        nothing_missing: !named.iter().any(Named::is_lack),
        corrections: families::corrections(estate, service, named),
        not_recommended: not_recommended(service, states, &recommendations),
        families,
        recommendations,
    }
}

/// Two that are recommended together are told apart.
fn unique_ids(recommendations: &mut [Recommendation]) {
    let mut seen = BTreeSet::new();
    for recommendation in recommendations {
        let id = recommendation.id.clone();
        let mut number = 2;
        while !seen.insert(recommendation.id.clone()) {
            recommendation.id = format!("{id}-{number}");
            number += 1;
        }
    }
}

fn report(
    judged: &Judged<'_, '_>,
    found: &NamedIn<'_>,
    (service, need): (ServiceRef<'_, '_>, &Need<'_, '_>),
    beside: bool,
) -> Recommendation {
    let (estate, family) = (judged.estate, need.family);
    let setting = Setting {
        family,
        services: &need.read_for,
        as_of: estate.as_of.date(),
    };
    let named = framework::of(family, &need.read_for);
    let mut because = need.because.clone();
    because.push(named.because);
    let is_first = is_first(estate, found, service, need);
    let (report_type, when, then, fitting) = if is_first {
        let (when, fitting) = period::first(&setting);
        let then = fitting.period.map(|period| (period.from, period.to));
        (ReportType::One, Some(when), then, fitting)
    } else {
        let fitting = period::next(&setting);
        let when = fitting.period.map(|period| Dated::Over(period.from, period.to));
        (ReportType::Two, when, None, fitting)
    };
    because.push(type_reason(&need.read_for, family, is_first));
    let Fitting { because: days, .. } = fitting;
    because.push(days);
    let categories = match family {
        Family::Icfr => Vec::new(),
        Family::TrustServices => categories(&need.read_for),
    };
    Recommendation {
        weight: if need.is_lack { Weight::Needed } else { Weight::Consider },
        framework: named.framework,
        also: named.also,
        subject_matter: named.subject_matter,
        suitable_criteria: None,
        covers: need.covers.iter().map(|service| service.path()).collect(),
        id: id(
            estate,
            service,
            named.framework,
            when.or(then.map(|(from, to)| Dated::Over(from, to))),
        ),
        namespace: estate.namespaces.name(service.namespace).to_owned(),
        report_type: Some(report_type),
        when,
        then,
        carve_out: carve_out(&need.covers),
        needed: needed(service, need, &categories, beside),
        exists: exists(judged, found, need),
        because,
        would_change: would_change(service, family, named.would_change, &categories),
        claim_for: need.purposes.iter().copied().collect(),
        objectives: match family {
            Family::Icfr => objectives(&need.covers),
            Family::TrustServices => Vec::new(),
        },
        categories,
    }
}

/// An id that neither a report nor a certificate has: `soc1-2027`.
pub fn id(estate: &Estate<'_>, service: ServiceRef<'_, '_>, framework: Framework, when: Option<Dated>) -> String {
    let last = match when {
        Some(Dated::Over(_, day) | Dated::On(day)) => day,
        None => estate.as_of.date(),
    };
    let id = format!("{}-{}", framework.as_str(), last.year());
    let is_taken = |id: &str| estate.assurance_named(service.namespace, id).is_some();
    let others = (2_u32..).map(|number| format!("{id}-{number}"));
    let mut all = std::iter::once(id.clone()).chain(others);
    all.find(|id| !is_taken(id)).unwrap_or(id)
}

/// Whether a report of type 1 comes first: none of the family was ever issued, nothing shows yet how controls operated
/// (neither evidence nor a report of the other family), and no reader is declared to whom only a period is of use.
fn is_first(estate: &Estate<'_>, found: &NamedIn<'_>, service: ServiceRef<'_, '_>, need: &Need<'_, '_>) -> bool {
    let has_one = |service: &ServiceRef<'_, '_>| {
        let mut reports = service
            .reports(need.family, Standing::Issued)
            .chain(service.reports(need.family, Standing::Upcoming));
        reports.next().is_some()
    };
    let needs_operation = need
        .read_for
        .iter()
        .any(|service| operation(*service, need.family).is_some());
    let is_young = service
        .body
        .since
        .value()
        .is_some_and(|since| !lies_back(since.0, estate.as_of.date()));
    let is_examined = |service: &ServiceRef<'_, '_>| {
        let mut others = service.issued_reports(need.family.other());
        others.any(|report| report.report_type == Some(ReportType::Two))
    };
    !need
        .read_for
        .iter()
        .any(|service| has_one(service) || is_examined(service))
        && !needs_operation
        && (found.operating == 0 || is_young)
}

/// Whether a service is there for six months.
fn lies_back(since: jiff::civil::Date, as_of: jiff::civil::Date) -> bool {
    let half = crate::model::Duration::months(6);
    crate::calendar::plus(since, half) <= as_of
}

/// A reader who has to know how controls operated.
fn operation(service: ServiceRef<'_, '_>, family: Family) -> Option<Because> {
    let body = &service.entity().body;
    let audits: &[Purpose] = match family {
        Family::Icfr => &[
            Purpose::FinancialStatementAudit,
            Purpose::StatutoryAudit,
            Purpose::ItgcReliance,
        ],
        Family::TrustServices => &[],
    };
    let stated = body.assurance_for.iter();
    let claimed = body.claims.iter().flat_map(|claim| claim.value.purpose.iter());
    if let Some(purpose) = stated.chain(claimed).find(|purpose| audits.contains(&purpose.value)) {
        let text = format!(
            "readers of `{}` need it for {}, and rely on how controls operated over a period",
            service.name(),
            words::with_article(words::purpose(purpose.value))
        );
        return Some(Because::new(text).at(service.at(purpose.span)).citing("AU-C 402.17"));
    }
    let mut levels = body.claims.iter().filter_map(|claim| claim.value.level.known());
    let operating = levels.find(|level| level.value == Level::Operating)?;
    let text = "it is claimed that controls operated, which only a report over a period shows";
    Some(Because::new(text).at(service.at(operating.span)))
}

fn type_reason(services: &BTreeSet<ServiceRef<'_, '_>>, family: Family, is_first: bool) -> Because {
    if is_first {
        let reference = match family {
            Family::Icfr => "AT-C 320",
            Family::TrustServices => "AT-C 205",
        };
        return Because::new(
            "no report of this kind is declared yet, and no evidence shows how controls operated: type 1 speaks about their design on a day, typically two to four months after work on it begins in a company of fewer than a hundred people; type 2 follows over a period",
        )
        .citing(reference);
    }
    services
        .iter()
        .find_map(|service| operation(*service, family))
        .unwrap_or_else(|| {
            let text = match family {
                Family::Icfr => "user auditors ordinarily rely on how controls operated over a period: type 2",
                Family::TrustServices => "readers ordinarily ask how controls operated over a period: type 2",
            };
            Because::new(text)
        })
}

fn not_recommended(
    service: ServiceRef<'_, '_>,
    states: [State; 2],
    recommended: &[Recommendation],
) -> Vec<NotRecommended> {
    let mut not = Vec::new();
    let is_recommended = |framework: Framework| {
        let mut all = recommended.iter();
        all.any(|one| one.framework == framework || one.also.contains(&framework))
    };
    for (family, state) in Family::ALL.into_iter().zip(states) {
        if state != State::NotNeeded {
            continue;
        }
        let because = families::not_needed(service, family);
        let frameworks = match family {
            Family::Icfr => [Framework::Soc1, Framework::Isae3402],
            Family::TrustServices => [Framework::Soc2, Framework::Isae3000],
        };
        for framework in frameworks.into_iter().filter(|framework| !is_recommended(*framework)) {
            not.push(NotRecommended {
                framework,
                because: because.clone(),
            });
        }
    }
    let [icfr, trust_services] = states.map(|state| matches!(state, State::Missing | State::Consider));
    if icfr && !is_recommended(Framework::Soc2) && states[1] == State::NotNeeded {
        not.retain(|one| one.framework != Framework::Soc2);
        not.push(NotRecommended {
            framework: Framework::Soc2,
            because: vec![Because::new("it does not report on controls relevant to user entities' financial reporting, so it is no substitute here; nothing declared asks for it beside").citing("AU-C 402")],
        });
    }
    if (icfr || trust_services) && !is_recommended(Framework::Iso27001) {
        not.push(NotRecommended {
            framework: Framework::Iso27001,
            because: vec![Because::new("a certificate says that a management system meets the standard; it is no report, and says nothing about how controls operated over a period. No declared reader asks for one (`assurance-for`)").citing("ISO/IEC 17021-1")],
        });
    }
    not
}
