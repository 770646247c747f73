//! What readers may ask for beside the two families: a certificate, a report for the public, other criteria.

use super::contents::carve_out;
use super::framework::Readers;
use super::period::{self, Setting};
use super::recommend::id;
use super::{Because, Dated, Judged, Recommendation, Weight};
use crate::estate::ServiceRef;
use crate::model::{Category, DataKind, Framework, Purpose, ReportType, ServiceKind, SubjectMatter};
use crate::source::Place;
use crate::standards::Family;
use std::collections::BTreeSet;

pub fn recommendations(
    judged: &Judged<'_, '_>,
    service: ServiceRef<'_, '_>,
    reports: &[Recommendation],
) -> Vec<Recommendation> {
    if !service.readable || !service.body.is_offered() {
        return Vec::new();
    }
    [
        certificate(judged, service),
        general_use(judged, service, reports),
        other_criteria(judged, service),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where one of several purposes is declared.
fn purpose(service: ServiceRef<'_, '_>, wanted: &[Purpose]) -> Option<(Purpose, Place)> {
    let body = &service.entity().body;
    let stated = body.assurance_for.iter();
    let claimed = body.claims.iter().flat_map(|claim| claim.value.purpose.iter());
    let found = stated.chain(claimed).find(|purpose| wanted.contains(&purpose.value))?;
    Some((found.value, service.at(found.span)))
}

/// Whether a live report or certificate over a service is of a framework.
fn has(service: ServiceRef<'_, '_>, framework: Framework) -> bool {
    let mut live = service.assurances().filter(|one| one.is_live());
    live.any(|one| one.framework == Some(framework))
}

fn bare(
    judged: &Judged<'_, '_>,
    service: ServiceRef<'_, '_>,
    framework: Framework,
    when: Option<Dated>,
) -> Recommendation {
    Recommendation {
        weight: Weight::Consider,
        framework,
        also: Vec::new(),
        subject_matter: None,
        suitable_criteria: None,
        categories: Vec::new(),
        covers: vec![service.path()],
        id: id(judged.estate, service, framework, when),
        namespace: judged.estate.namespaces.name(service.namespace).to_owned(),
        report_type: None,
        when,
        then: None,
        carve_out: Vec::new(),
        needed: Vec::new(),
        exists: Vec::new(),
        because: Vec::new(),
        would_change: Vec::new(),
        claim_for: Vec::new(),
        objectives: Vec::new(),
    }
}

/// ISO/IEC 27001, where readers ask for a certificate.
fn certificate(judged: &Judged<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Recommendation> {
    let asked = [Purpose::MarketQualification, Purpose::SecurityDueDiligence];
    let (purpose, place) = purpose(service, &asked)?;
    let readers = Readers::of(std::iter::once(service));
    let is_asked_for = purpose == Purpose::MarketQualification || readers.are_outside_the_us();
    if !is_asked_for || has(service, Framework::Iso27001) {
        return None;
    }
    let text = match purpose {
        Purpose::MarketQualification => {
            "readers need it to qualify for a market, as declared: tenders and marketplaces ordinarily ask for this certificate"
        }
        _ => {
            "readers outside the US need it for security due diligence, as declared: they ordinarily ask for this certificate first"
        }
    };
    Some(Recommendation {
        because: vec![Because::new(text).at(place).citing("ISO/IEC 17021-1")],
        needed: vec![
            Because::new("a scope statement that names the service, a statement of applicability, a risk assessment, an internal audit and a management review")
                .citing("ISO/IEC 27001 6.1.3"),
        ],
        would_change: vec![Because::new(
            "it does not replace a report: it says that a management system meets the standard, and nothing about how controls operated over a period, or about user entities' financial reporting",
        )],
        ..bare(judged, service, Framework::Iso27001, None)
    })
}

/// SOC 3 beside SOC 2, where the public is to read something.
fn general_use(
    judged: &Judged<'_, '_>,
    service: ServiceRef<'_, '_>,
    reports: &[Recommendation],
) -> Option<Recommendation> {
    let (_, place) = purpose(service, &[Purpose::MarketQualification])?;
    let recommended = reports.iter().find(|report| {
        report.framework == Framework::Soc2
            && report.report_type == Some(ReportType::Two)
            && report.covers.contains(&service.path())
    });
    let is_there = || {
        service
            .live_reports(Family::TrustServices)
            .any(|report| report.framework == Some(Framework::Soc2))
    };
    if has(service, Framework::Soc3) || recommended.is_none() && !is_there() {
        return None;
    }
    let covered = service
        .live_reports(Family::TrustServices)
        .filter_map(|report| report.as_report());
    let stated: BTreeSet<Category> = covered
        .flat_map(|report| report.entity().body.categories.iter())
        .map(|category| category.value)
        .chain(service.body.commitments.iter().map(|promised| promised.value))
        .chain([Category::Security])
        .collect();
    let categories: Vec<Category> = Category::ALL
        .iter()
        .copied()
        .filter(|category| stated.contains(category))
        .collect();
    let when = recommended.and_then(|report| report.when);
    Some(Recommendation {
        categories,
        because: vec![
            Because::new("those who are not customers yet read about it, as declared: SOC 2 is for readers who know the service, and SOC 3 says the opinion to everyone, without the tests")
                .at(place)
                .citing("AT-C 205"),
        ],
        needed: vec![Because::new("the examination of the SOC 2 report: it is the same work, issued in two forms")],
        would_change: vec![Because::new("prospects who sign a non-disclosure agreement can be given the SOC 2 report itself")],
        ..bare(judged, service, Framework::Soc3, when)
    })
}

/// C5, where German readers entrust data to a cloud service that the law speaks of.
fn other_criteria(judged: &Judged<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Recommendation> {
    let body = &service.entity().body;
    let readers = Readers::of(std::iter::once(service));
    let clouds = [
        ServiceKind::Saas,
        ServiceKind::Paas,
        ServiceKind::Iaas,
        ServiceKind::AiService,
        ServiceKind::ManagedService,
    ];
    let kind = body.kind.known().filter(|kind| clouds.contains(&kind.value))?;
    let has_c5 = service.assurances().filter(|one| one.is_live()).any(|one| {
        let report = one.as_report();
        report.is_some_and(|report| {
            report
                .entity()
                .body
                .suitable_criteria
                .iter()
                .any(|name| name.value.as_str().trim_start().starts_with("C5"))
        })
    });
    if !readers.any_is_in("de") || has_c5 {
        return None;
    }
    let special = body.data.iter().find(|name| {
        let data = judged.estate.data_named(service.namespace, &name.value);
        data.is_some_and(|data| data.body.kinds.find(&DataKind::SpecialCategory).is_some())
    });
    let because = match special {
        Some(name) => Because::new("user entities in Germany keep special category personal data in it, as declared: where these are health or social data of care providers or insurers, section 393 of SGB V asks its processors for a C5 type 2 attestation")
            .at(service.at(name.span)),
        None => Because::new("user entities in Germany use it as a cloud service, as declared: those in the public sector and health care ordinarily ask for an attestation on C5")
            .at(service.at(kind.span)),
    };
    let covers = BTreeSet::from([service]);
    let setting = Setting {
        family: Family::TrustServices,
        services: &covers,
        as_of: judged.estate.as_of.date(),
    };
    let fitting = period::next(&setting);
    let when = fitting.period.map(|period| Dated::Over(period.from, period.to));
    Some(Recommendation {
        subject_matter: Some(SubjectMatter::Security),
        suitable_criteria: Some("C5:2020"),
        report_type: Some(ReportType::Two),
        carve_out: carve_out(&covers),
        because: vec![because.citing("ISAE 3000")],
        needed: vec![Because::new(
            "controls for the basic criteria of C5, and the description that it asks for; it can be examined together with a SOC 2 report",
        )],
        would_change: vec![Because::new(
            "readers in Germany who do not ask for it: reports on the trust services criteria answer much of the same, and the criteria themselves are others",
        )],
        ..bare(judged, service, Framework::Isae3000, when)
    })
}
