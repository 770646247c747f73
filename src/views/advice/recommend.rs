//! What is recommended for a service: the reports that it needs, with all that makes them fit.

use super::found::{Named, NamedIn};
use super::needs::{Need, needs};
use super::period::{self, Fitting, Setting};
use super::{
    Because, Judged, NotRecommended, Recommendation, ServiceAdvice, State, Weight, When, answers, beside, families,
    framework,
};
use crate::estate::{Estate, ServiceRef, Standing};
use crate::model::{Category, Framework, Level, Method, Purpose, ReportType, Role, ServiceKind, count, list_words};
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
        .map(|need| report(judged, service, need, needs.len() > 1))
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

fn report(judged: &Judged<'_, '_>, service: ServiceRef<'_, '_>, need: &Need<'_, '_>, beside: bool) -> Recommendation {
    let (estate, family) = (judged.estate, need.family);
    let setting = Setting {
        family,
        services: &need.read_for,
        as_of: estate.as_of,
    };
    let named = framework::of(family, &need.read_for);
    let mut because = need.because.clone();
    because.push(named.because);
    let is_first = is_first(estate, service, need);
    let (report_type, when, then, fitting) = if is_first {
        let (when, fitting) = period::first(&setting);
        let then = fitting.period.map(|period| (period.from, period.to));
        (ReportType::One, Some(when), then, fitting)
    } else {
        let fitting = period::next(&setting);
        let when = fitting.period.map(|period| When::Over(period.from, period.to));
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
            when.or(then.map(|(from, to)| When::Over(from, to))),
        ),
        namespace: estate.namespaces.name(service.namespace).to_owned(),
        report_type: Some(report_type),
        when,
        then,
        carve_out: carve_out(&need.covers),
        needed: needed(service, need, &categories, beside),
        exists: exists(judged, need),
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
pub fn id(estate: &Estate<'_>, service: ServiceRef<'_, '_>, framework: Framework, when: Option<When>) -> String {
    let last = match when {
        Some(When::Over(_, day) | When::On(day)) => day,
        None => estate.as_of,
    };
    let id = format!("{}-{}", framework.as_str(), last.year());
    let is_taken = |id: &str| estate.assurance_named(service.namespace, id).is_some();
    let others = (2_u32..).map(|number| format!("{id}-{number}"));
    let mut all = std::iter::once(id.clone()).chain(others);
    all.find(|id| !is_taken(id)).unwrap_or(id)
}

/// Whether a report of type 1 comes first: none of the family was ever issued, nothing shows yet how controls operated, and
/// no reader is declared to whom only a period is of use.
fn is_first(estate: &Estate<'_>, service: ServiceRef<'_, '_>, need: &Need<'_, '_>) -> bool {
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
    let operates = estate
        .controls()
        .any(|control| !control.body.operating.is_surely_empty());
    let is_young = service
        .body
        .since
        .value()
        .is_some_and(|since| !lies_back(since.0, estate.as_of));
    !need.read_for.iter().any(has_one) && !needs_operation && (!operates || is_young)
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

/// Security, and what is promised.
fn categories(services: &BTreeSet<ServiceRef<'_, '_>>) -> Vec<Category> {
    let promised: BTreeSet<Category> = services
        .iter()
        .flat_map(|service| service.body.commitments.iter())
        .map(|promised| promised.value)
        .chain([Category::Security])
        .collect();
    Category::ALL
        .iter()
        .copied()
        .filter(|category| promised.contains(category))
        .collect()
}

/// Drafts of control objectives. Their words are the company's to decide, with its auditor.
fn objectives(services: &BTreeSet<ServiceRef<'_, '_>>) -> Vec<(&'static str, &'static str)> {
    let mut kinds = services.iter().filter_map(|service| service.body.kind.value());
    let hosts_alone = kinds.clone().all(|kind| kind == ServiceKind::Datacenter) && kinds.next().is_some();
    if hosts_alone {
        return vec![
            (
                "physical-access",
                "Physical access to computer equipment is restricted to authorized people",
            ),
            (
                "environment",
                "Computer equipment is protected against environmental damage",
            ),
            ("monitoring", "Systems are monitored, and incidents are resolved"),
        ];
    }
    let financial = services.iter().find(|service| {
        service
            .body
            .kind
            .value()
            .is_some_and(ServiceKind::is_ordinarily_financial)
    });
    let processing = (
        "processing",
        "Transactions are authorized, and processed completely, accurately and on time",
    );
    let general = [
        (
            "logical-access",
            "Logical access to programs and data is restricted to authorized people",
        ),
        (
            "change",
            "Changes to programs and infrastructure are authorized, tested and approved",
        ),
        ("operations", "Processing is monitored, and failures are resolved"),
    ];
    financial.map(|_| processing).into_iter().chain(general).collect()
}

/// The third parties that a report over these services has to treat.
pub fn carve_out(services: &BTreeSet<ServiceRef<'_, '_>>) -> Vec<Because> {
    let third_parties: BTreeSet<_> = services.iter().flat_map(|service| service.third_parties()).collect();
    let said = third_parties.into_iter().filter_map(|third_party| {
        let entity = third_party.entity();
        let body = &entity.body;
        let name = third_party.name();
        let role = body.role.find(&Role::SubserviceOrganization);
        let reports = match body.reports.iter().count() {
            0 => "none of its reports is declared".to_owned(),
            declared => format!("{} of its own {} declared", count(declared, "report"), if declared == 1 { "is" } else { "are" }),
        };
        let (text, place) = match (body.method.known(), role) {
            (Some(method), _) if method.value == Method::CarveOut => (
                format!("`{name}` is declared as carved out: its controls are left out, what is expected of it (CSOCs) is stated, and its report is read each year; {reports}"),
                third_party.at(method.span),
            ),
            (Some(method), _) => (
                format!("`{name}` is declared as included: its controls are in the report, and it gives its own assertion"),
                third_party.at(method.span),
            ),
            (None, Some(role)) => (
                format!("`{name}` is declared as a subservice organization without a `method`: ordinarily it is carved out; {reports}"),
                third_party.at(role.span),
            ),
            (None, None) => return None,
        };
        Some(Because::new(text).at(place).citing("AU-C 402.18"))
    });
    said.collect()
}

fn needed(service: ServiceRef<'_, '_>, need: &Need<'_, '_>, categories: &[Category], beside: bool) -> Vec<Because> {
    let mut needed = Vec::new();
    match need.family {
        Family::Icfr => needed.push(
            Because::new("control objectives, each with the controls that achieve it (`objectives`); a description of the system; what is expected of user entities (`cuecs`)")
                .citing("AT-C 320"),
        ),
        Family::TrustServices => {
            let categories: Vec<&str> = categories.iter().map(|category| words::category(*category)).collect();
            let text = format!(
                "controls for the criteria of {}; a description of the system (infrastructure, software, people, procedures, data)",
                list_words(&categories, "and")
            );
            needed.push(Because::new(text).citing("TSP 100"));
        }
    }
    for other in need.covers.iter().filter(|other| **other != service) {
        let text = format!("`{}` has to be covered as well", other.name());
        needed.push(Because::new(text).at(other.place()));
    }
    if let Some(other) = service.live_reports(need.family.other()).next() {
        let text = format!(
            "evidence of its own: what shows controls to readers of `{}` ({}) has other populations than what shows them here, even where the control is the same (`identical-evidence-set`)",
            other.name(),
            other.title()
        );
        needed.push(Because::new(text).at(other.place()));
    } else if beside {
        let text = format!(
            "evidence of its own: what shows controls to readers of a report on {} has other populations than what shows them here, even where the control is the same (`identical-evidence-set`)",
            need.family.other().subject_matter()
        );
        needed.push(Because::new(text));
    }
    needed
}

/// What is declared already that such a report can build on.
fn exists(judged: &Judged<'_, '_>, need: &Need<'_, '_>) -> Vec<Because> {
    let estate = judged.estate;
    let mut exists: Vec<Because> = Vec::new();
    for service in &need.covers {
        for mut because in families::reports(*service, need.family) {
            let of_family = service.live_reports(need.family);
            let report = of_family
                .into_iter()
                .find(|report| Some(report.place()) == because.place);
            let open = report
                .map(|report| judged.found.open(&report.path()))
                .unwrap_or_default();
            if !open.is_empty() {
                because.text.push_str(&format!("; open: {}", list_words(&open, "and")));
            }
            if !exists.contains(&because) {
                exists.push(because);
            }
        }
        if need.family == Family::TrustServices
            && let crate::estate::SecurityShown::By(other) = service.security_otherwise_shown()
        {
            let text = format!("`{}` ({}) speaks about its security", other.name(), other.title());
            let because = Because::new(text).at(other.place());
            if !exists.contains(&because) {
                exists.push(because);
            }
        }
    }
    let controls = estate.controls().count();
    if controls > 0 {
        let operating = estate
            .controls()
            .filter(|control| !control.body.operating.is_surely_empty())
            .count();
        let are = if controls == 1 { "is" } else { "are" };
        exists.push(Because::new(format!(
            "{} {are} declared in the estate, {operating} of them with evidence of operation",
            count(controls, "control")
        )));
    }
    exists
}

fn would_change(
    service: ServiceRef<'_, '_>,
    family: Family,
    of_name: Because,
    categories: &[Category],
) -> Vec<Because> {
    let mut changes = vec![of_name];
    match family {
        Family::Icfr => {
            changes.push(Because::new(
                "`financial-impact = \"own-books\"` or `\"none\"`, if no user entity's books depend on it; `icfr-alternative`, if user auditors get comfort in another way",
            ));
            if service
                .body
                .user_entities
                .get()
                .is_none_or(|stated| stated.fiscal_year_ends.items.is_empty())
            {
                changes.push(Because::new(
                    "`user-entities.fiscal-year-ends`, which decide when the period has to end",
                ));
            }
        }
        Family::TrustServices => {
            let text = match service.body.commitments.items.is_empty() {
                true => "what is promised to users (`commitments`) decides the categories beside security",
                false => "commitments that are not made after all, or further ones: they decide the categories",
            };
            changes.push(Because::new(text));
            if !categories.contains(&Category::Privacy)
                && !categories.contains(&Category::Confidentiality)
                && !service.body.data.is_surely_empty()
            {
                changes.push(Because::new(
                    "promises about the data that it holds would add confidentiality or privacy",
                ));
            }
        }
    }
    changes
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
