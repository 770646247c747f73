//! What a recommended report holds: its categories, drafts of objectives, whom it carves out, what it takes, what exists, and
//! what would change it.

use super::found::NamedIn;
use super::needs::Need;
use super::{Because, Judged, families};
use crate::estate::ServiceRef;
use crate::model::{Category, Method, Role, ServiceKind, count, list_words};
use crate::rules::words;
use crate::standards::Family;
use std::collections::BTreeSet;

/// Security, and what is promised.
pub fn categories(services: &BTreeSet<ServiceRef<'_, '_>>) -> Vec<Category> {
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
pub fn objectives(services: &BTreeSet<ServiceRef<'_, '_>>) -> Vec<(&'static str, &'static str)> {
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

pub fn needed(service: ServiceRef<'_, '_>, need: &Need<'_, '_>, categories: &[Category], beside: bool) -> Vec<Because> {
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
pub fn exists(judged: &Judged<'_, '_>, found: &NamedIn<'_>, need: &Need<'_, '_>) -> Vec<Because> {
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
    if found.controls > 0 {
        let are = if found.controls == 1 { "is" } else { "are" };
        exists.push(Because::new(format!(
            "{} {are} declared in the estate, {} of them with evidence of operation",
            count(found.controls, "control"),
            found.operating
        )));
    }
    exists
}

pub fn would_change(
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
