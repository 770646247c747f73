//! How each family stands to a service, and why.

use super::found::Named;
use super::needs::{asked_for, said};
use super::{Because, Correction, FamilyAdvice, State};
use crate::estate::{Coverage, Estate, SecurityShown, ServiceRef, Standing};
use crate::model::{Exposure, FinancialImpact, Lifecycle};
use crate::standards::Family;

pub fn family(estate: &Estate<'_>, service: ServiceRef<'_, '_>, named: &[Named<'_>], family: Family) -> FamilyAdvice {
    let asking = named.iter().filter_map(|one| {
        let mut asked = asked_for(estate, service, one).into_iter();
        let (_, lacking) = asked.find(|(asked, _)| *asked == family)?;
        Some((one, lacking))
    });
    let asking: Vec<(&Named<'_>, ServiceRef<'_, '_>)> = asking.collect();
    let lacks: Vec<&Named<'_>> = asking.iter().map(|(one, _)| *one).filter(|one| one.is_lack()).collect();
    let state = match service.coverage(family) {
        _ if !lacks.is_empty() => State::Missing,
        Coverage::Issued => State::Covered,
        Coverage::Upcoming => State::Planned,
        Coverage::Unknown => State::Unknown,
        Coverage::No if !asking.is_empty() => State::Consider,
        Coverage::No => State::NotNeeded,
    };
    let mut because: Vec<Because> = Vec::new();
    because.extend(
        asking
            .iter()
            .map(|(one, lacking)| said(service, *lacking, family, one.finding)),
    );
    because.extend(reports(service, family));
    match state {
        State::NotNeeded => because.extend(not_needed(service, family)),
        State::Unknown => because.push(Because::new("something that could not be read may cover it")),
        _ => {}
    }
    FamilyAdvice {
        family,
        state,
        held: held(&lacks),
        because,
    }
}

/// What suppresses all that is missing.
fn held(lacks: &[&Named<'_>]) -> Option<String> {
    let mut held: Vec<&str> = lacks
        .iter()
        .map(|one| one.held.as_deref())
        .collect::<Option<Vec<&str>>>()?;
    held.dedup();
    held.first().map(|_| held.join("; "))
}

/// The live reports of a family over a service.
pub fn reports(service: ServiceRef<'_, '_>, family: Family) -> Vec<Because> {
    let live = service.live_reports(family);
    let said = live.map(|report| {
        let how = match (report.standing(), report.is_about(service)) {
            (Standing::Upcoming, _) => "is declared as planned or in progress",
            (_, true) if report.states_covers => "is declared to cover it",
            _ => "is claimed for it, and its coverage is not stated",
        };
        let days = match (report.period, report.as_of) {
            (Some(period), _) => format!(", {} to {}", period.from, period.to),
            (None, Some(day)) => format!(", as of {day}"),
            (None, None) => String::new(),
        };
        Because::new(format!("`{}` ({}{days}) {how}", report.name(), report.title())).at(report.place())
    });
    said.collect()
}

/// The declarations that contradict each other: what no further report settles.
pub fn corrections(estate: &Estate<'_>, service: ServiceRef<'_, '_>, named: &[Named<'_>]) -> Vec<Correction> {
    let others = named
        .iter()
        .filter(|one| one.is_lack() && asked_for(estate, service, one).is_empty());
    let corrections = others.map(|one| Correction {
        rule: one.finding.rule,
        severity: one.finding.severity,
        text: one.finding.message.to_string(),
        help: one.finding.help.to_string(),
        place: one.finding.primary.place,
        held: one.held.clone(),
    });
    corrections.collect()
}

/// Why no reader is expected to ask for a family.
pub fn not_needed(service: ServiceRef<'_, '_>, family: Family) -> Vec<Because> {
    let mut because = Vec::new();
    because.extend(not_offered(service));
    match family {
        Family::Icfr => because.extend(no_effect(service)),
        Family::TrustServices => {
            let body = &service.body;
            if body.commitments.is_surely_empty() {
                because.push(
                    Because::new("nothing is declared to be promised to its users (`commitments`)").citing("TSP 100"),
                );
            }
            if let SecurityShown::By(other) = service.security_otherwise_shown() {
                let text = format!("`{}` ({}) shows its security otherwise", other.name(), other.title());
                because.push(Because::new(text).at(other.place()));
            }
        }
    }
    if because.is_empty() {
        because.push(Because::new("no declared fact asks for it"));
    }
    because
}

/// Why it has no readers outside.
pub fn not_offered(service: ServiceRef<'_, '_>) -> Option<Because> {
    let body = &service.body;
    if let Some(scope) = body.scope.known()
        && service.is_excluded()
    {
        let text = "it is declared out of scope: no report speaks about it";
        return Some(Because::new(text).at(service.at(scope.span)));
    }
    if let Some(lifecycle) = body.lifecycle.known() {
        let text = match lifecycle.value {
            Lifecycle::Experimental => Some("it is declared experimental: nothing is promised about it yet"),
            Lifecycle::Retired => Some("it is declared retired"),
            Lifecycle::Production | Lifecycle::Deprecated => None,
        };
        if let Some(text) = text {
            return Some(Because::new(text).at(service.at(lifecycle.span)));
        }
    }
    let exposure = body.exposure.known()?;
    let text = match exposure.value {
        Exposure::External => return None,
        Exposure::Internal => {
            "it is declared internal: it is nobody's service outside, and reports on what depends on it may have to cover it"
        }
        Exposure::SelfHosted => {
            "customers run it themselves: controls over its operation are theirs, and a report is about a system that someone operates; how it is developed can be the subject of one"
        }
    };
    Some(Because::new(text).at(service.at(exposure.span)))
}

/// Why it is no matter of user entities' financial reporting.
pub fn no_effect(service: ServiceRef<'_, '_>) -> Vec<Because> {
    let body = &service.body;
    let mut because = Vec::new();
    match body.financial_impact.known() {
        Some(impact) => {
            let text = match impact.value {
                FinancialImpact::None => "it is declared to have no effect on user entities' financial reporting",
                FinancialImpact::OwnBooks => OWN_BOOKS,
                _ => return because,
            };
            because.push(Because::new(text).at(service.at(impact.span)).citing("AT-C 320"));
        }
        None if body.financial_impact.is_unknown() => {}
        None => because.push(
            Because::new(
                "no effect on user entities' financial reporting is declared (`financial-impact` is not stated)",
            )
            .citing("AT-C 320"),
        ),
    }
    if let Some(alternative) = body.icfr_alternative.known().filter(|text| text.value.explains()) {
        let text = "how user auditors get comfort without such a report is declared (`icfr-alternative`)";
        because.push(Because::new(text).at(service.at(alternative.span)));
    }
    because
}

/// Metering, usage and billing of one's own service.
const OWN_BOOKS: &str = "it is declared to affect only your own books: what it measures ends in your own ledger and invoices. Customers who see those figures book your invoice, and their auditors test that against contract and payment, not against your metering. So it is ordinarily no matter of their internal control over financial reporting, even where outside readers ask about it; it would be if customers computed their own revenue or balances from it";
