//! Which families of reports a service needs, and over which services, by what is found.

use super::Because;
use super::found::Named;
use crate::estate::{Coverage, Estate, SecurityShown, ServiceRef};
use crate::finding::Finding;
use crate::model::{Purpose, ServiceKind, Tenancy};
use crate::standards::Family;
use std::collections::BTreeSet;

/// A family that a service lacks.
pub struct Need<'e, 'a> {
    pub family: Family,
    /// Whether something is missing without it; else it is to be considered.
    pub is_lack: bool,
    /// What its report has to cover.
    pub covers: BTreeSet<ServiceRef<'e, 'a>>,
    /// Whose readers it is for: those services, and what depends on them.
    pub read_for: BTreeSet<ServiceRef<'e, 'a>>,
    pub because: Vec<Because>,
    /// The purposes for which nothing suitable is cited.
    pub purposes: BTreeSet<Purpose>,
}

/// The families that a finding about a service asks for, each with the service that lacks it. None: no further report
/// settles it.
pub fn asked_for<'e, 'a>(
    estate: &'e Estate<'a>,
    service: ServiceRef<'e, 'a>,
    named: &Named<'_>,
) -> Vec<(Family, ServiceRef<'e, 'a>)> {
    let of = |family: Family| vec![(family, service)];
    // What is there, and not cited, is to be cited.
    let uncited = |family: Family| match service.coverage(family) {
        Coverage::No => of(family),
        _ => Vec::new(),
    };
    match named.finding.rule {
        "financial-impact-without-icfr-report" => of(Family::Icfr),
        "control-plane-without-security-assurance" | "commitment-without-category" => of(Family::TrustServices),
        "dual-purpose-service-single-family" | "hosting-without-both-families" => {
            service.only_missing_family().map(of).unwrap_or_default()
        }
        "security-report-cited-for-icfr" => match service.body.has_financial_impact() {
            true => uncited(Family::Icfr),
            // Who audits books on the ground of it contradicts that it has no effect on them.
            false => Vec::new(),
        },
        "icfr-report-cited-for-security" => uncited(Family::TrustServices),
        DEPENDENCY => dependency(estate, service, named),
        _ => Vec::new(),
    }
}

/// The families that a dependency lacks because a service needs them.
fn dependency<'e, 'a>(
    estate: &'e Estate<'a>,
    service: ServiceRef<'e, 'a>,
    named: &Named<'_>,
) -> Vec<(Family, ServiceRef<'e, 'a>)> {
    let Some(lacking) = named.subject.map(|id| estate.service(id)) else {
        return Vec::new();
    };
    let families = Family::ALL.into_iter().filter(|family| {
        let demanded = lacking.demanded(*family);
        lacking.coverage(*family) == Coverage::No
            && demanded.is_some_and(|demanded| {
                let mut way = demanded.way.iter().map(|step| step.dependant);
                lacking == service || demanded.origin == service || way.any(|on_the_way| on_the_way == service)
            })
    });
    families.map(|family| (family, lacking)).collect()
}

pub fn needs<'e, 'a>(estate: &'e Estate<'a>, service: ServiceRef<'e, 'a>, named: &[Named<'_>]) -> Vec<Need<'e, 'a>> {
    let mut needs: Vec<Need<'e, 'a>> = Vec::new();
    for one in named {
        for (family, lacking) in asked_for(estate, service, one) {
            // The plan, or the explanation, that makes it a note is the answer.
            let is_answered = family == Family::Icfr && !one.is_lack() && lacking == service;
            if is_answered {
                continue;
            }
            let need = of_family(&mut needs, family);
            need.is_lack |= one.is_lack();
            need.covers.insert(lacking);
            if one.finding.rule == DEPENDENCY
                && let Some(demanded) = lacking.demanded(family)
            {
                need.read_for.insert(demanded.origin);
            }
            need.because.push(said(service, lacking, family, one.finding));
        }
    }
    complete(&mut needs);
    for need in &mut needs {
        // The next report over a service has what it depends on in it, too.
        if service.coverage(need.family) == Coverage::Issued {
            need.covers.insert(service);
        }
        need.read_for.extend(need.covers.iter().copied());
        // To claim such a report contradicts that it has no effect.
        let may_claim = need.family == Family::TrustServices || service.body.has_financial_impact();
        if may_claim && need.covers.contains(&service) {
            need.purposes = purposes(service, need.family);
        }
    }
    needs.sort_by_key(|need| need.family);
    needs
}

fn of_family<'n, 'e, 'a>(needs: &'n mut Vec<Need<'e, 'a>>, family: Family) -> &'n mut Need<'e, 'a> {
    let at = needs.iter().position(|need| need.family == family);
    let at = at.unwrap_or_else(|| {
        needs.push(Need {
            family,
            is_lack: false,
            covers: BTreeSet::new(),
            read_for: BTreeSet::new(),
            because: Vec::new(),
            purposes: BTreeSet::new(),
        });
        needs.len() - 1
    });
    &mut needs[at]
}

/// Adds what would be missing once the rest is there: where readers of both families are, one family calls for the other.
fn complete(needs: &mut Vec<Need<'_, '_>>) {
    // What the second family adds may call for the first.
    for family in [Family::Icfr, Family::TrustServices, Family::Icfr] {
        let Some(need) = needs.iter().find(|need| need.family == family.other()) else {
            continue;
        };
        let both = need.covers.iter().copied();
        let both: Vec<(ServiceRef<'_, '_>, Because, bool)> =
            both.filter_map(|service| calls_for(service, family)).collect();
        for (service, because, is_lack) in both {
            let need = of_family(needs, family);
            if need.covers.insert(service) || is_lack && !need.is_lack {
                need.is_lack |= is_lack;
                need.because.push(because);
            }
        }
    }
}

/// Why a service that gets a report of one family will lack the other, and whether that is more than to consider.
fn calls_for<'e, 'a>(service: ServiceRef<'e, 'a>, family: Family) -> Option<(ServiceRef<'e, 'a>, Because, bool)> {
    let body = &service.body;
    if !service.readable
        || !body.is_offered()
        || !body.has_financial_impact()
        || service.coverage(family) != Coverage::No
        || family == Family::Icfr && body.icfr_alternative.explains()
    {
        return None;
    }
    let shown = match family {
        Family::TrustServices => service.security_otherwise_shown() != SecurityShown::No,
        Family::Icfr => false,
    };
    let promised = body.commitments.items.first().map(|first| {
        let text = format!(
            "it has an effect on user entities' financial reporting, and promises {} to its users",
            first.value
        );
        Because::new(text).at(service.at(first.span))
    });
    let shared = || {
        let tenancy = body
            .tenancy
            .known()
            .filter(|tenancy| tenancy.value == Tenancy::Shared)?;
        Some(Because::new("it serves financial and general operations together").at(service.at(tenancy.span)))
    };
    let hosting = || {
        let kinds = [ServiceKind::Datacenter, ServiceKind::Iaas, ServiceKind::Paas];
        let kind = body.kind.known().filter(|kind| kinds.contains(&kind.value))?;
        let text =
            "providers of hosting with an effect on financial reporting ordinarily have reports of both families";
        Some(Because::new(text).at(service.at(kind.span)))
    };
    let because = promised.or_else(shared).or_else(hosting)?;
    Some((service, because.citing("TSP 100"), !shown))
}

const DEPENDENCY: &str = "strongest-dependency-ignored";

/// What a finding says of a service: of a dependency, the half that concerns the family.
pub fn said(service: ServiceRef<'_, '_>, lacking: ServiceRef<'_, '_>, family: Family, finding: &Finding) -> Because {
    let reference = finding.references.first().copied();
    if finding.rule == DEPENDENCY
        && let Some(demanded) = lacking.demanded(family)
    {
        let origin = demanded.origin;
        let way: Vec<String> = demanded
            .way
            .iter()
            .map(|step| step.dependant.name().to_string())
            .collect();
        let way = format!("{} -> {}", way.join(" -> "), lacking.name());
        let (text, place) = if lacking == service {
            let needs = match family {
                Family::Icfr => "has an effect on user entities' financial reporting",
                Family::TrustServices => "makes promises to its users",
            };
            let text = format!(
                "`{}`, which depends on it ({way}), {needs}, and no declared report on {} covers it",
                origin.name(),
                family.subject_matter()
            );
            (text, finding.primary.place)
        } else {
            let text = format!(
                "`{}` ({way}), on which it depends, is covered by no declared report on {}",
                lacking.name(),
                family.subject_matter()
            );
            (text, lacking.place())
        };
        return Because {
            text,
            reference,
            place: Some(place),
        };
    }
    Because {
        text: finding.message.to_string(),
        reference,
        place: Some(finding.primary.place),
    }
}

/// The purposes for which something is cited, and nothing of the family that they ask for.
fn purposes(service: ServiceRef<'_, '_>, family: Family) -> BTreeSet<Purpose> {
    let asked = match family {
        Family::Icfr => [Purpose::FinancialStatementAudit, Purpose::StatutoryAudit],
        Family::TrustServices => [Purpose::SecurityDueDiligence, Purpose::MarketQualification],
    };
    let uncited = asked.into_iter().filter(|purpose| {
        let cited = service.cited_for(*purpose);
        cited.is_some_and(|cited| {
            let mut claims = cited.claims.iter();
            !cited.claims.is_empty() && claims.all(|(_, report)| !report.is_of(family))
        })
    });
    uncited.collect()
}
